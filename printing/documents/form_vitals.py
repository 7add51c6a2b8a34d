"""Blank form: vital signs at several times, each with its points, after NEWS2 or the Danish municipalities' TOBS.

The bands of NEWS2 are printed beside their rows as the Royal College of Physicians published them. Nothing is computed.
TOBS has bands of its own, which the municipality hands out: in Danish there is a row for its sum, and none for its key.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from backupreader.language import N_
from printing import forms, page
from printing.grid import HEADER_GREY, Cell, Grid, Group
from printing.text import Style

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from backupreader.language import Language
    from printing.document import Sheet, Subject

_TIMES: Final = 5
_VALUE: Final = 32.0  # points
_POINTS: Final = 22.0
_POINTS_GREY: Final = 0.93
_LABEL: Final = page.wide(landscape=False) - _TIMES * (_VALUE + _POINTS)
_LEAST: Final = 20.0
_TIGHT: Final = Style(size=10, leading=11.5)
_DECIMAL: Final = re.compile(r"[0-9]+[.][0-9]+")

# Royal College of Physicians: National Early Warning Score (NEWS) 2, London 2017, chart 1: (points, band).
_RESPIRATION: Final = ((3, "≤8"), (1, "9–11"), (0, "12–20"), (2, "21–24"), (3, "≥25"))
_SATURATION: Final = ((3, "≤91"), (2, "92–93"), (1, "94–95"), (0, "≥96"))
_PRESSURE: Final = ((3, "≤90"), (2, "91–100"), (1, "101–110"), (0, "111–219"), (3, "≥220"))
_PULSE: Final = ((3, "≤40"), (1, "41–50"), (0, "51–90"), (1, "91–110"), (2, "111–130"), (3, "≥131"))
_TEMPERATURE: Final = ((3, "≤35.0"), (1, "35.1–36.0"), (0, "36.1–38.0"), (1, "38.1–39.0"), (2, "≥39.1"))


def _body(_subject: Subject, sheet: Sheet) -> Sequence[forms.Part]:
    _ = sheet.language.text
    parts: list[forms.Part] = [
        forms.told(
            _("White: what you measured. Grey: its points. Not measured: write why."),
            _("Beside each name: the values and points of NEWS2 (Royal College of Physicians, London 2017)."),
        ),
        _across([_("Happened (date, time)")], above=4),
        forms.Grown(lambda more: _grid(sheet.language, more)),
        _across(_sums(sheet.language)),
    ]
    return parts


DOCUMENT: Final = forms.form("form-vitals", N_("Vital signs"), _body)


def _bands(language: Language, bands: Sequence[tuple[int, str]]) -> str:
    """``≤35,0 = 3 · 35,1–36,0 = 1``."""
    return " · ".join(f"{_DECIMAL.sub(_decimal(language), band)} = {points}" for points, band in bands)


def _decimal(language: Language) -> Callable[[re.Match[str]], str]:
    return lambda found: language.decimal(found[0])


def _grid(language: Language, more: float) -> Grid:
    """A row for each sign; `more` points are shared among them."""
    _ = language.text
    rows = (
        (_("Breaths a minute"), _bands(language, _RESPIRATION)),
        (_("SpO₂ %, scale 1"), _bands(language, _SATURATION)),
        (
            _("SpO₂ %, scale 2"),
            _(
                "only where a doctor has decided so: ≤83 = 3 · 84–85 = 2 · 86–87 = 1 · 88–92, and ≥93 on air = 0 · "
                "on oxygen 93–94 = 1, 95–96 = 2, ≥97 = 3"
            ),
        ),
        (_("Air or oxygen (litres a minute)"), _("air = 0 · oxygen = 2")),
        (_("Blood pressure, the upper"), _bands(language, _PRESSURE)),
        (_("Pulse a minute"), _bands(language, _PULSE)),
        (
            _("Consciousness (ACVPU)"),
            _("A alert = 0 · C newly confused, V answers voice, P answers pain, U does not answer = 3"),
        ),
        (_("Temperature °C"), _bands(language, _TEMPERATURE)),
    )
    pair = (Cell(), Cell(shade=_POINTS_GREY))
    leads = [Cell((((label, True), (f"  {_kept(bands)}", False)),), _TIGHT) for label, bands in rows]
    columns = (_LABEL, *(_VALUE, _POINTS) * _TIMES)
    groups = [Group((pair * _TIMES,), (lead,), _high(lead, columns) + more / len(leads)) for lead in leads]
    return Grid(columns, groups)


def _kept(bands: str) -> str:
    """A band and its points are not parted at the end of a line."""
    return bands.replace(" = ", "\u00a0=\u00a0")


def _high(lead: Cell, columns: Sequence[float]) -> float:
    return max(_LEAST, Grid(columns[:1], [Group(((lead,),))]).high(0))


def _sums(language: Language) -> list[str]:
    _ = language.text
    tobs = [_("TOBS: sum, after the municipality's card")] if language.code == "da" else []
    return [*tobs, _("NEWS2: sum of the points"), _("Told to, initials"), forms.entered(language)]


def _across(labels: Sequence[str], *, above: float = 0.0) -> Grid:
    """Rows with one place for each time."""
    groups = [Group(((Cell(),) * _TIMES,), (Cell((((label, True),),), shade=HEADER_GREY),), _LEAST) for label in labels]
    return Grid((_LABEL, *(_VALUE + _POINTS,) * _TIMES), groups, above=above)
