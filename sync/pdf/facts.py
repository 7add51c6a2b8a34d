"""What a print's name and first page say of it: date, route, whose it is. Where two differ, none is taken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from backupreader.domain.identity import compacted
from backupreader.domain.records import Issue
from sync.pdf.patterns import DATE, NUMBER, TAKEN, Pattern, match_lines, match_path, one_blank, read_moment
from sync.pdf.profile import PrintForm, PrintProfile

Severity: TypeAlias = Literal["warning", "error"]
FIRST_LINES: Final = 300
"""Lines of the first page in which labels are looked for."""
_SHORTENED: Final = 200
_CENTURY: Final = 2
_TEN: Final = re.compile("[0-9]{6}[0-9A-ZÅÄÖ]{4}")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one print beside its words. `number` is the citizen's, as written, and `own` in compact form."""

    kind: str | None = None
    date: str | None = None
    taken: str | None = None
    route: str | None = None
    number: str | None = None
    own: str | None = None
    name: str | None = None
    unit: str | None = None
    title: str | None = None


def facts(profile: PrintProfile, file: str, first_page: str, issues: list[Issue]) -> Facts:
    """The facts of the print called `file`; what is doubtful is added to `issues`."""
    fitting = _fitting(profile, file)
    if fitting is None:
        issues.append(Issue(code="print-unknown", file=file, severity="note"))
        return Facts()
    form, pattern, found = fitting
    gathering = _Gathering(file, issues)
    gathering.add(pattern, found, form.dates)
    lines = first_page.splitlines()[:FIRST_LINES]
    for label in form.labels:
        for place in match_lines(label, lines):
            gathering.add(label, place, form.page_dates, "warning")
    number = gathering.number()
    known = {place: gathering.one(place) for place in (DATE, TAKEN, "route", "name", "unit", "title")}
    gathering.tell_missing(form)
    return Facts(form.kind, number=number, own=compacted(number) if number else None, **known)


def _fitting(profile: PrintProfile, file: str) -> tuple[PrintForm, Pattern, re.Match[str]] | None:
    for form in profile.print:
        for pattern in form.paths:
            if (found := match_path(pattern, file)) is not None:
                return form, pattern, found
    return None


class _Gathering:
    """The values of each place of one print, those that mean the same once."""

    def __init__(self, file: str, issues: list[Issue]) -> None:
        self._file = file
        self._issues = issues
        self._values: dict[str, dict[str, str]] = {}  # of each place: what is compared, and what is kept
        self._unreadable: set[tuple[str, str]] = set()

    def add(self, pattern: Pattern, found: re.Match[str], dates: Sequence[str], severity: Severity = "error") -> None:
        """Take what stands in the places of a pattern."""
        for place, written in pattern.facts(found):
            value: str | None = written
            if place in {DATE, TAKEN}:
                value = read_moment(written, dates)
                if value is None and (place, written) not in self._unreadable:
                    self._unreadable.add((place, written))
                    self._tell("date-unreadable", place, written, severity)
            if value:
                self._values.setdefault(place, {}).setdefault(_KEYS.get(place, _alike)(value), value)

    def one(self, place: str) -> str | None:
        """The one value of a place; None where there is none, or where there are several."""
        values = self._values.get(place, {})
        if len(values) > 1:
            self._tell("print-disagrees", place, " / ".join(values.values()), "error")
        return next(iter(values.values())) if len(values) == 1 else None

    def number(self) -> str | None:
        """As `one`; a Swedish number with its century is the same as that without, and says more."""
        values = self._values.get(NUMBER, {})
        longer = {key[_CENTURY:] for key in values if len(key) > len("YYMMDDNNNN")}
        for key in [key for key in values if _TEN.fullmatch(key) and key in longer]:
            del values[key]
        return self.one(NUMBER)

    def tell_missing(self, form: PrintForm) -> None:
        """What the profile finds on the first page only, and what was not there."""
        stated = dict.fromkeys(place for label in form.labels for place in label.places)
        told = {place for place, _ in self._unreadable}
        for place in stated:
            if place not in {TAKEN, "any", *told, *self._values}:
                self._tell("print-fact-missing", place, None, "warning")

    def _tell(self, code: str, column: str, value: str | None, severity: Severity) -> None:
        shown = value[:_SHORTENED] if value else None
        self._issues.append(
            Issue(code=code, file=self._file, column=column, value=shown, severity=severity, table="document")
        )


def _alike(value: str) -> str:
    return unicodedata.normalize("NFC", one_blank(value)).casefold()


def _day(moment: str) -> str:
    return moment[:10]


_KEYS: Final[dict[str, Callable[[str], str]]] = {NUMBER: compacted, DATE: _day, TAKEN: _day}
