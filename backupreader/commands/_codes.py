"""``vault codes``: sheets of event codes for the on-duty head: issue one, list them, cancel one."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from backupreader.command import Context
from backupreader.commands._enter import enter_to_change, recorded
from backupreader.commands._handing import Sheet, check_paper, drawn, readied, who
from backupreader.domain import moments
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from backupreader.domain.papers import CodeSheet
    from backupreader.store.eventcodes import Sheet as Issued
    from backupreader.store.vault import Vault

MOST = 50
LONGEST_HOLDER = 100
HOLDER = N_("A name in one line, of at most 100 characters.")
WHERE = N_("Say where the sheet shall go: either --out FILE.pdf or --printer NAME.")


def add(group: typer.Typer, language: Language) -> None:
    """Register the verb."""
    _ = language.text

    @group.command("codes", help=_("Issue a sheet of single-use event codes, list the sheets, or cancel one."))
    def codes(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        count: int = typer.Option(10, "--count", min=1, max=MOST, help=_("How many codes stand on the sheet.")),
        holder: str = typer.Option("", "--holder", help=_("Who holds the sheet and reads a code out.")),
        out: Path | None = typer.Option(None, "--out", help=_("A PDF file; what stands there is replaced.")),
        printer: str | None = typer.Option(None, "--printer", help=_("A printer of this PC.")),
        listed: bool = typer.Option(False, "--list", help=_("Show the sheets, without any secret.")),
        cancel: int | None = typer.Option(None, "--cancel", min=1, help=_("The number of a sheet that is lost.")),
        passphrase_file: Path | None = typer.Option(
            None, "--passphrase-file", help=_("Read the words of the person who is there from this file.")
        ),
    ) -> None:
        context: Context = ctx.obj
        if listed:
            _list(context)
        elif cancel is not None:
            _cancel(context, cancel, passphrase_file)
        elif (out is None) == (printer is None):
            raise typer.BadParameter(context.language.text(WHERE))
        elif len(holder) > LONGEST_HOLDER or not holder.isprintable():
            raise typer.BadParameter(context.language.text(HOLDER), param_hint="--holder")
        else:
            _issue(context, (count, holder), (out, printer), passphrase_file)


def _issue(
    context: Context, wish: tuple[int, str], target: tuple[Path | None, str | None], passphrase_file: Path | None
) -> None:
    from backupreader.store import codesheets, machine
    from backupreader.store.files import Files

    count, holder = wish
    check_paper(target[0])
    session = enter_to_change(context, passphrase_file)
    opened = session.unlocked
    secret = machine.make(context.settings.machine_secret_place, Files())
    closed, holder = _load(context), holder.strip() or who(context, opened)
    issued = f"sheet {codesheets.next_number(closed)} issued to {holder}: {target[0] or target[1]}"
    with recorded(context, session, "event-codes", issued):
        with context.progress(N_("Making codes")) as tick:
            changed, sheet = codesheets.issue(
                closed,
                opened,
                count,
                secret,
                language=context.settings.language,
                holder=holder,
                issued_by=who(context, opened),
                now=context.now(),
                tick=tick,
            )
        try:
            where = _put(context, sheet, *target)
        except BaseException:  # nobody has this sheet: its codes must open nothing
            codesheets.cancel(changed, opened, sheet.number, context.now())
            raise
    context.say(
        N_("Sheet {sheet} with {n} codes for {holder}: {where}. Done by {by}."),
        sheet=sheet.number,
        n=count,
        holder=sheet.holder,
        where=where,
        by=who(context, opened),
    )


def _put(context: Context, sheet: "CodeSheet", out: Path | None, printer: str | None) -> str:
    """The sheet into a file or on a printer; where it is."""
    if out is not None:
        with readied(context, [Sheet("code-sheet", sheet, out)]):
            pass
        return str(out)
    from printing import jobs

    return jobs.submit(drawn(context, "code-sheet", sheet), printer or "", "Backup Reader").printer


def _cancel(context: Context, number: int, passphrase_file: Path | None) -> None:
    from backupreader.store import codesheets

    session = enter_to_change(context, passphrase_file)
    opened = session.unlocked
    with recorded(context, session, "event-codes", f"sheet {number} cancelled"):
        codesheets.cancel(_load(context), opened, number, context.now())
    context.say(N_("No code of sheet {sheet} opens anything. Done by {by}."), sheet=number, by=who(context, opened))


def _list(context: Context) -> None:
    sheets = _load(context).sheets
    if not sheets:
        context.say(N_("There is no sheet of event codes."))
    for sheet in sheets:
        context.say(
            N_("Sheet {sheet}: {left} of {n} left. Held by {holder}, issued {moment} by {by}."),
            sheet=sheet.number,
            left=sheet.left,
            n=sheet.count,
            holder=sheet.holder,
            moment=_moment(context, sheet.issued),
            by=sheet.issued_by,
        )
        _list_spent(context, sheet)


def _list_spent(context: Context, sheet: "Issued") -> None:
    from backupreader.store.eventcodes import printed

    for number, moment in sorted(sheet.spent.items()):
        context.say(N_("  {code} used {moment}"), code=printed(sheet.number, number), moment=_moment(context, moment))
    if sheet.cancelled:
        context.say(N_("  cancelled {moment}"), moment=_moment(context, sheet.cancelled))


def _moment(context: Context, text: str) -> str:
    zone = context.settings.timezone()
    moment = moments.instant(text, zone)
    return text if moment is None else context.language.moment(moment.astimezone(zone))


def _load(context: Context) -> "Vault":
    from backupreader.store import vault
    from backupreader.store.files import Files

    return vault.load(context.settings.vault_folder, Files())
