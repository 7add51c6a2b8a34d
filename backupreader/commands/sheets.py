"""``sheets``: what has become of each sheet of paper: come back, entered, checked, struck, shredded, missing.

Numbers are named on the command line, or come a line each on standard input, as a hand scanner types them. Of each
sheet one line is printed. Those for which a step was refused are told on standard error, and the rest is done.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, cast

import typer

from backupreader.command import Context, plain
from backupreader.commands._enter import AS, Who, enter, spend
from backupreader.commands._sheetdesk import SheetDesk, citizens, draw, of_report, titles
from backupreader.domain.acts import stamp
from backupreader.domain.errors import NOT_FOUND, SETTINGS_UNREADABLE, STEP_REFUSED
from backupreader.domain.ledger import InApp, StepName
from backupreader.domain.sheetlists import due, in_order, report, to_enter
from backupreader.domain.sheetrules import USUAL
from backupreader.domain.sheets import Serial, resembles, serial
from backupreader.domain.sheetwords import MISREAD, NO_NUMBER
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_, Language

_SERIALS: Final = N_("Numbers of sheets; without them, lines of a scanner on standard input.")
_FILE: Final = N_("A file with the words.")
_AT: Final = N_("When it was really done, as 2026-11-30T02:10; now by itself.")
_FOR: Final = N_("Who did it, where you write it down for somebody else.")
_REMARK: Final = N_("What else should be known; to strike a sheet, why.")
_OUTAGE: Final = N_("Only of this outage, such as 2026-003.")
_JSON: Final = N_("Print one JSON document.")
_NO_TIME: Final = N_("'{text}' is not a time written as 2026-11-30T02:10.")
_NO_APP: Final = N_("Say yes, no or unknown.")
_FIRST: Final = N_("a number on a sheet of that print")
_VERBS: Final[tuple[tuple[str, StepName, str], ...]] = (
    ("scan", "returned", N_("These sheets have come back.")),
    ("scan-only", "scanned", N_("These sheets were scanned, which is enough for them.")),
    ("check", "checked", N_("A second person has checked what was entered from these sheets.")),
    ("strike", "struck", N_("These sheets do not count; --remark says why.")),
    ("shred", "shredded", N_("These sheets were shredded.")),
    ("missing", "missing", N_("These sheets cannot be found.")),
    ("undo", "undone", N_("Take back the last step of these sheets.")),
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of a step."""

    at: datetime | None
    behalf: str
    remark: str
    in_app: InApp = ""


def add(app: typer.Typer, language: Language) -> None:
    """Register the group of verbs."""
    _ = language.text
    group = typer.Typer(no_args_is_help=True, help=_("Sheets of paper: what has become of each."))
    app.add_typer(group, name="sheets")

    @group.command("list", help=_("The sheets that must still be entered, by citizen, and the checks that are due."))
    def list_(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        outage: str | None = typer.Option(None, "--outage", help=_(_OUTAGE)),
        everything: bool = typer.Option(False, "--all", help=_("All sheets, in order of their numbers.")),
        as_json: bool = typer.Option(False, "--json", help=_(_JSON)),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
    ) -> None:
        with _at_desk(ctx.obj, passphrase_file, as_) as desk:
            _list(desk, outage, everything=everything, as_json=as_json)

    @group.command("enter", help=_("What stands on these sheets was entered in the journal."))
    def enter_(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        sheets: list[str] = typer.Argument(None, help=_(_SERIALS)),
        app_: str = typer.Option("", "--app", help=_("Did it stand in the mobile app already: yes, no or unknown.")),
        at: str = typer.Option("", "--at", help=_(_AT)),
        behalf: str = typer.Option("", "--for", help=_(_FOR)),
        remark: str = typer.Option("", "--remark", help=_(_REMARK)),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
    ) -> None:
        if app_ not in {"", "yes", "no", "unknown"}:
            raise typer.BadParameter(_(_NO_APP), param_hint="--app")
        said = _Said(_moment(at, ctx.obj), behalf, remark, cast("InApp", app_))
        with _at_desk(ctx.obj, passphrase_file, as_) as desk:
            _step(desk, sheets, "entered", said)

    for verb, name, told in _VERBS:
        _add_step(group, language, verb, (name, told))

    @group.command("unprinted", help=_("A print did not come out whole: nothing from this sheet on."))
    def unprinted(
        ctx: typer.Context,
        sheet: str = typer.Argument(help=_("The number of the first sheet that did not come out.")),
        cancelled: bool = typer.Option(False, "--cancelled", help=_("Nothing of that print came out.")),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
    ) -> None:
        with _at_desk(ctx.obj, passphrase_file, as_) as desk:
            _unprinted(desk, sheet, cancelled=cancelled)

    @group.command("report", help=_("How all sheets stand, and which are missing."))
    def report_(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        outage: str | None = typer.Option(None, "--outage", help=_(_OUTAGE)),
        out: Path | None = typer.Option(None, "--out", help=_("The report as a PDF.")),
        entry: Path | None = typer.Option(None, "--list", help=_("The list for back-entry as a PDF.")),
        done: bool = typer.Option(False, "--done", help=_("This is the end report: 90 days later its sheets may go.")),
        as_json: bool = typer.Option(False, "--json", help=_(_JSON)),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
    ) -> None:
        with _at_desk(ctx.obj, passphrase_file, as_) as desk:
            _report(desk, outage, (out, entry), done=done, as_json=as_json)


def _add_step(group: typer.Typer, language: Language, verb: str, does: tuple[StepName, str]) -> None:
    """Register one verb that takes a step of some sheets."""
    _, (name, told) = language.text, does

    @group.command(verb, help=_(told))
    def step(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        sheets: list[str] = typer.Argument(None, help=_(_SERIALS)),
        at: str = typer.Option("", "--at", help=_(_AT)),
        behalf: str = typer.Option("", "--for", help=_(_FOR)),
        remark: str = typer.Option("", "--remark", help=_(_REMARK)),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
    ) -> None:
        said = _Said(_moment(at, ctx.obj), behalf, remark)
        with _at_desk(ctx.obj, passphrase_file, as_) as desk:
            _step(desk, sheets, name, said)


@contextmanager
def _at_desk(context: Context, passphrase_file: Path | None, name: str) -> Generator[SheetDesk]:
    _check_rules(context)
    session = enter(context, passphrase_file, Who(name=name))
    spend(context, session)
    desk = SheetDesk(context, session)
    try:
        yield desk
    finally:
        if desk.reader is not None:
            desk.reader.close()
        session.end()


def _check_rules(context: Context) -> None:
    """A misspelt document in the settings must not silently mean what is usual."""
    for name in context.settings.sheets.documents:
        if name not in USUAL and name not in titles():
            raise ReaderError(SETTINGS_UNREADABLE, path="settings.toml", reason=f"sheets: {name}")


def _moment(text: str, context: Context) -> datetime | None:
    """A moment with the site's zone, where none is said."""
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(context.language.text(_NO_TIME).format(text=text), param_hint="--at") from None
    if found is None or found.tzinfo is not None:
        return found
    return found.replace(tzinfo=context.settings.timezone())


def _step(desk: SheetDesk, words: list[str] | None, name: StepName, said: _Said) -> None:
    """On a terminal each sheet is answered as it is scanned; what comes from elsewhere is taken in one go."""
    refused: list[tuple[str, Reason]] = []
    for some in _read(words):
        numbers: list[Serial] = []
        for word in some:
            if (number := serial(word)) is not None:
                numbers.append(number)
            else:
                refused.append((plain(word), Reason(MISREAD if resembles(word) else NO_NUMBER)))
        done = desk.ledger.step(
            numbers, name, desk.context.settings.sheets,
            at=said.at, behalf=said.behalf, remark=said.remark, in_app=said.in_app,
        )  # fmt: skip
        names = desk.names(done.taken)
        for account in done.taken:
            print(desk.line(account, names), flush=True)  # noqa: T201 (this is the command line's voice)
        refused += [(str(number), why) for number, why in done.refused]
    for text, why in refused:
        print(f"{text}: {why.told(desk.context.language)}", file=sys.stderr)  # noqa: T201
    if refused:
        raise ReaderError(STEP_REFUSED, sheets=", ".join(text for text, _why in refused))


def _read(words: list[str] | None) -> Iterator[Sequence[str]]:
    """The numbers that were named; or each line of a terminal as it comes; or all lines of a pipe at once."""
    if words:
        yield words
        return
    lines = (line.strip() for line in sys.stdin)
    if sys.stdin.isatty():
        yield from ([line] for line in lines if line)
    else:
        yield [line for line in lines if line]


def _list(desk: SheetDesk, outage: str | None, *, everything: bool, as_json: bool) -> None:
    language, rules, now = desk.context.language, desk.context.settings.sheets, desk.session.now()
    accounts = desk.ledger.read()
    chosen = accounts.of(outage)
    told = in_order(chosen) if everything else to_enter(chosen, rules)
    checks = due(chosen, rules)
    desk.session.record("list", citizens=citizens([*told, *(one.account for one in checks)]), what="sheets")
    if as_json:
        late = [str(one.account.sheet.serial) for one in checks if one.overdue(now)]
        rows = [desk.machine(one) for one in told]
        checked = [str(one.account.sheet.serial) for one in checks]
        print(json.dumps({"sheets": rows, "checks_due": checked, "checks_late": late}, indent=1))  # noqa: T201
        return
    names = desk.names(chosen)
    for one in told:
        print(desk.line(one, names))  # noqa: T201
    for check in checks:
        until = language.text("to be checked by {moment}").format(moment=language.moment(check.until))
        print(f"{desk.line(check.account, names)} · {until}")  # noqa: T201
    desk.tell(report(accounts, outage, rules), end=False)


def _unprinted(desk: SheetDesk, word: str, *, cancelled: bool) -> None:
    number = serial(word)
    account = desk.ledger.read().by_serial.get(number) if number is not None else None
    if account is None or number is None:
        raise ReaderError(NOT_FOUND, what=plain(word), known=Reason(_FIRST))
    job = account.job.first
    struck = desk.ledger.ended(job, "cancelled" if cancelled else "jam", job if cancelled else number)
    sentence = desk.context.language.count(
        "{n} sheet is struck, because it never left the printer.",
        "{n} sheets are struck, because they never left the printer.",
        len(struck),
    )
    print(sentence)  # noqa: T201


def _report(
    desk: SheetDesk, outage: str | None, files: tuple[Path | None, Path | None], *, done: bool, as_json: bool
) -> None:
    accounts = desk.ledger.read()
    found = report(accounts, outage, desk.context.settings.sheets)
    told = [*found.missing, *found.to_enter, *(one.account for one in found.due)]
    anchor = desk.session.record("list", citizens=citizens(told), what="sheets report")
    for name, file in zip(("ledger-report", "back-entry-list"), files, strict=True):
        if file is not None:
            draw(desk, name, found, file, stamp(anchor, desk.context.language))
    if done:
        for one in sorted({job.outage for job in accounts.jobs}) if outage is None else [outage]:
            desk.ledger.reported(one)
    if as_json:
        print(json.dumps(of_report(found), indent=1))  # noqa: T201
        return
    names = desk.names(found.missing)
    for missing in found.missing:
        print(desk.line(missing, names))  # noqa: T201
    desk.tell(found, end=True)
