"""How the generations that a person can choose from are told: one row each, Enter opens it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backupreader.settings import Settings
from ui.chapter import View
from ui.clock import taken_at, written
from ui.look import State
from ui.rows import Kind, Mark, Row

if TYPE_CHECKING:
    from backupreader.store.answers import GenerationInfo
    from backupreader.store.choosable import Choosable


@dataclass(frozen=True, slots=True)
class ToGeneration:
    """A row that opens a generation by its name; None is the one that is opened where nobody chooses."""

    name: str | None


@dataclass(frozen=True, slots=True)
class ToScreen:
    """A row that leads to another screen."""

    name: str


def choosing(settings: Settings) -> Callable[[None], tuple[Choosable, ...]]:
    """The work of reading what there is to choose from: heads only, nothing that is sealed."""

    def work(_held: None) -> tuple[Choosable, ...]:
        from backupreader.store.choosable import choosable
        from backupreader.store.files import Files

        return choosable(settings, Files())

    return work


def generation_rows(found: Sequence[Choosable], lost: Sequence[int | None], opened: str, view: View) -> tuple[Row, ...]:
    """All of them, the newest first, `opened` marked; then what never came."""
    language = view.language
    head = language.text("The data on this PC: Enter opens other data")
    compare = language.text("Four words name each: compare them by phone, in one language")
    rows = [Row(kind=Kind.HEADING, title=head, aside=compare)]
    rows += [_row(one, opened, view) for one in found]
    for number in lost:
        never = language.text("Some packages never came")
        if number is not None:
            never = language.count("{n} package never came", "{n} packages never came", number)
        rows.append(Row(kind=Kind.MISSING, title=never))
    return tuple(rows)


def former(found: Sequence[Choosable], info: GenerationInfo) -> Choosable | None:
    """The newest that is older than the open one, and opens as far as its head tells."""
    opened = f"{info.epoch:016d}-{info.seq:016d}"
    return next((one for one in found if not one.damaged and one.readable and one.name < opened), None)


def former_rows(found: Sequence[Choosable], info: GenerationInfo, view: View, *, older: bool) -> tuple[Row, ...]:
    """What one press does here: to the former data, or back to the newest; to what has changed. None without any."""
    _ = view.language.text
    one = former(found, info)
    rows: list[Row] = []
    if older:
        rows.append(Row(kind=Kind.ACTION, title=_("Back to the newest data"), aside="F7", target=ToGeneration(None)))
    elif one is not None:
        moment = taken_at(one.taken_at or one.created, view.now, view.language)
        title = _("Read the former data instead: taken {moment}").format(moment=moment)
        rows.append(Row(kind=Kind.ACTION, title=title, aside="F7", target=ToGeneration(one.name)))
    if one is not None:
        title = _("What has changed since the former data")
        rows.append(Row(kind=Kind.ACTION, title=title, aside="F6", target=ToScreen("changes")))
    return tuple(rows)


def _row(one: Choosable, opened: str, view: View) -> Row:
    _, language = view.language.text, view.language
    marks: list[Mark] = []
    if one.name == opened:
        marks.append(Mark(_("IN USE NOW"), State.GOOD))
    if one.damaged:
        marks.append(Mark(_("DAMAGED: does not open"), State.STOP))
    elif not one.readable:
        marks.append(Mark(_("OTHER VERSION: does not open"), State.STOP))
    elif one.why:
        marks.append(Mark(_("NOT OPENED BY ITSELF"), State.LATE))
    why = "; ".join(reason.told(language) for reason in one.why)
    if one.damaged:
        return Row(title=one.name, details=(why,), marks=tuple(marks))
    citizens = language.count("{n} citizen", "{n} citizens", one.citizens or 0)
    target = None if one.name == opened or not one.readable else ToGeneration(None if one.default else one.name)
    title = _("Taken {moment}").format(moment=taken_at(one.taken_at or one.created, view.now, language))
    made = language.text("made {moment}").format(moment=written(one.created, view.now, language))
    details = (f"{made} · {citizens} · {one.words(language.code)}", why)
    return Row(title=title, details=tuple(part for part in details if part), marks=tuple(marks), target=target)
