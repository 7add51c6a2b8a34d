"""``shift-check``: five points in two minutes at the beginning of a shift, without unlocking; recorded on this PC.

What this PC finds by itself is said; the rest is asked. Without a terminal ``--by`` says who makes it, ``--yes``
answers yes, and ``--not-good`` names a point that is not good. ``--list`` tells of the checks before.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import typer

from backupreader.command import Context, plain
from backupreader.commands._trouble import tell
from backupreader.domain.shiftcheck import ASKED, HINTS, NAMES, POINTS, UNDONE, Point, ShiftCheck, Verdict, result
from backupreader.domain.shifts import shift_at
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_, Language

_NO_TERMINAL: Final = N_("Nobody can be asked here: say --by NAME and --yes.")
_ONE_PLACE: Final = N_("Say where the test page shall go: either --out FILE.pdf or --printer NAME.")
_NO_POINT: Final = N_("There is no such point: {point}. The points are {points}.")
_NAME: Final = N_("Your name")
_ANSWERS: Final = N_("(y/n, or nothing: not done)")
_YES: Final = frozenset("yj")  # yes, ja
_SHOWN: Final = 20
_MARKS: Final[dict[Verdict, str]] = {"good": "✓", "not-good": "✗", "not-done": "–"}
_WORDS: Final[dict[Verdict, str]] = {
    "good": N_("good"),
    "not-good": N_("not good"),
    "not-done": N_("not done"),
}


@dataclass(frozen=True, slots=True)
class _Walk:
    """What was said beforehand."""

    context: Context
    by: str
    out: Path | None
    printer: str
    yes: bool
    wrong: frozenset[str]
    quiet: bool

    def verdict(self, point: Point, found: dict[Point, Verdict]) -> Verdict:
        """How a point is: as the PC finds it, as was said, or as a person answers."""
        if point in self.wrong:
            return "not-good"
        if point in found:
            return found[point]
        if point == "print" and not self._printed():
            return "not-good"
        return "good" if self.yes else self._asked(point)

    def _printed(self) -> bool:
        """Is the test page on its way? Why not is told."""
        try:
            where = _send(self.context, self.out, self.printer)
        except ReaderError as trouble:
            tell(trouble, self.context.language)
            return False
        if not self.quiet:
            self.context.say(N_("The test page was sent to {printer}."), printer=where)
        return True

    def _asked(self, point: Point) -> Verdict:
        language = self.context.language
        question = language.text(ASKED[point]).format(clock=language.clock(self.context.now()))
        answer = input(f"{question} {language.text(_ANSWERS)} ").strip().lower()
        return "not-done" if not answer else "good" if answer[0] in _YES else "not-good"


def add(app: typer.Typer, language: Language) -> None:
    """Register the verb."""
    _ = language.text

    help_ = _("Two minutes at the beginning of a shift: data, printer, clock, paper, the plan's dates; no unlock.")

    @app.command("shift-check", help=help_)
    def shift_check(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        by: str = typer.Option("", "--by", help=_("Who makes it; asked for when nothing is said.")),
        out: Path | None = typer.Option(None, "--out", help=_("The test page goes into this PDF file.")),
        printer: str = typer.Option("", "--printer", help=_("A printer; this PC's usual one when nothing is said.")),
        yes: bool = typer.Option(False, "--yes", help=_("Answer every question with yes.")),
        not_good: list[str] = typer.Option([], "--not-good", help=_("A point that is not good; may be repeated.")),
        listed: bool = typer.Option(False, "--list", help=_("Make none; tell of those that were made.")),
        as_json: bool = typer.Option(False, "--json", help=_("Print one JSON document.")),
    ) -> None:
        context: Context = ctx.obj
        if listed:
            _list(context, as_json=as_json)
            return
        if out is not None and printer:
            raise typer.BadParameter(context.language.text(_ONE_PLACE))
        for point in not_good:
            if point not in POINTS:
                sentence = context.language.text(_NO_POINT)
                raise typer.BadParameter(sentence.format(point=point, points=", ".join(POINTS)))
        if (as_json or not sys.stdin.isatty()) and not (by.strip() and yes):
            raise typer.BadParameter(context.language.text(_NO_TERMINAL))
        _check(_Walk(context, by.strip(), out, printer, yes, frozenset(not_good), as_json))


def _check(walk: _Walk) -> None:
    from backupreader.store.files import Files
    from backupreader.store.shiftchecks import ShiftChecks, document
    from backupreader.store.shiftlook import look

    context, files = walk.context, Files()
    now, language = context.now(), context.language
    by = walk.by or input(language.text(_NAME) + ": ").strip()
    looked = look(context.settings, now, files)
    verdicts: dict[Point, Verdict] = {}
    for point in POINTS:
        verdicts[point] = walk.verdict(point, looked.verdicts)
        if not walk.quiet:
            _say(context, point, verdicts[point])
            if point == "cards":
                for about in looked.overdue:
                    context.say(N_("  {title}, owner {owner}"), title=about.title, owner=about.owner)
    shift = shift_at(now, context.settings.shifts)
    check = ShiftCheck(at=now, shift=shift.name, day=shift.date, by=by, verdicts=verdicts)
    ShiftChecks(context.settings.data, files).made(check)
    if walk.quiet:
        print(json.dumps(document(check), indent=1))  # noqa: T201
    else:
        print(f"\n{result(check, language)}")  # noqa: T201


def _say(context: Context, point: Point, verdict: Verdict) -> None:
    language = context.language
    print(f"{_MARKS[verdict]} {language.text(NAMES[point])}: {language.text(_WORDS[verdict])}")  # noqa: T201
    if verdict != "good":
        print(f"  {language.text((HINTS if verdict == 'not-good' else UNDONE)[point])}")  # noqa: T201


def _list(context: Context, *, as_json: bool) -> None:
    from backupreader.store.files import Files
    from backupreader.store.shiftchecks import ShiftChecks, document
    from printing.wording import SHIFT

    made, language = ShiftChecks(context.settings.data, Files()).all(), context.language
    if as_json:
        print(json.dumps([document(check) for check in made], indent=1))  # noqa: T201
        return
    if not made:
        context.say(N_("No shift check was made on this PC."))
    for check in reversed(made[-_SHOWN:]):
        moment = language.moment(check.at.astimezone(context.settings.timezone()))
        who, shift = plain(check.by), language.text(SHIFT[check.shift])
        print(f"{moment}  {shift}  {who}  {result(check, language)}")  # noqa: T201


def _send(context: Context, out: Path | None, printer: str) -> str:
    """The test page into a file or to a printer; where it went. Raises `ReaderError`."""
    from backupreader.domain.papers import PrinterCheck
    from backupreader.store.files import Files
    from backupreader.store.identities import load_identity
    from printing import jobs, preflight, spool
    from printing.papers import paper

    identity = load_identity(context.settings.vault_folder, Files())
    check = PrinterCheck(pc=identity.name, site=context.settings.site)
    pages = paper("test-page", check, context.language, context.now())
    if out is not None:
        spool.write(pages, out)
        return str(out)
    known = jobs.printers()
    usual = next((one.name for one in known if one.default), known[0].name if known else "–")
    where = printer or usual
    preflight.check(preflight.found(preflight.Looked(printers=known), where), where)
    jobs.submit(pages, where, "Backup Reader")
    return where
