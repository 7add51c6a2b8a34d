"""``outage report`` and ``outage hand-over``: the papers of an outage, in a session and told of in the audit."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final, Literal

import typer

from backupreader.command import Context
from backupreader.commands._enter import AS, Who, enter, spend
from backupreader.commands._leaving import checked, hand, say_left
from backupreader.domain.acts import stamp
from backupreader.domain.errors import NO_OUTAGE, NOT_FOUND
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_, Language

_OUT: Final = N_("A PDF file; what stands there is replaced.")
_PRINTER: Final = N_("A printer of this PC.")
_FILE: Final = N_("A file with the words.")
_OUTAGE: Final = N_("Of this outage, such as 2026-003; the last one by itself.")
_Paper = Literal["outage-report", "hand-over"]


def add_papers(group: typer.Typer, language: Language) -> None:
    """Register the two verbs in the group ``outage``."""
    _ = language.text

    @group.command(
        "report", help=_("The whole outage on paper: log, decisions, duties, sheets, and who opened the PC.")
    )
    def outage_report(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        outage: str = typer.Option("", "--outage", help=_(_OUTAGE)),
        out: Path | None = typer.Option(None, "--out", help=_(_OUT)),
        printer: str | None = typer.Option(None, "--printer", help=_(_PRINTER)),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
    ) -> None:
        _print(ctx.obj, ("outage-report", outage), (out, printer), (as_, passphrase_file))

    @group.command("hand-over", help=_("The sheet for a change of shift: how it stands, what is due, who signs."))
    def hand_over(
        ctx: typer.Context,
        out: Path | None = typer.Option(None, "--out", help=_(_OUT)),
        printer: str | None = typer.Option(None, "--printer", help=_(_PRINTER)),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
    ) -> None:
        _print(ctx.obj, ("hand-over", ""), (out, printer), (as_, passphrase_file))


def _print(
    context: Context,
    what: tuple[_Paper, str],
    where: tuple[Path | None, str | None],
    who: tuple[str, Path | None],
) -> None:
    """The audit has the print before its pages are made, and its anchor stands on them; then it has what was made."""
    from backupreader.store import outagepapers
    from backupreader.store.files import Files
    from backupreader.store.outagelog import OutageLog
    from backupreader.store.plans import carried
    from printing.cut import page_count
    from printing.papers import paper

    target, (name, outage) = checked(context, *where, None), what
    session = enter(context, who[1], Who(name=who[0]))
    spend(context, session)
    try:
        files, settings, now = Files(), context.settings, context.now()
        log = OutageLog(settings.data, files, session)
        event = log.event() if name == "hand-over" else log.of(outage) if outage else log.last()
        if event is None and outage:
            raise ReaderError(NOT_FOUND, what=outage, known=", ".join(log.numbers()) or "–")
        if event is None:
            raise ReaderError(NO_OUTAGE)
        plan = carried(settings.data, files).plan
        anchor = session.record("print", what=name)
        made = outagepapers.hand_over if name == "hand-over" else outagepapers.outage_report
        value = made(settings, session, plan, event, now)
        pdf = paper(name, value, context.language, now, anchor=stamp(anchor, context.language), outage=event.number)
        pages, digest = page_count(pdf), hashlib.sha256(pdf).hexdigest()
        hand(context, pdf, pages, target)
        session.record("printed", what=f"{name}: {target.where}", pages=pages, digest=digest)
    finally:
        session.end()
    say_left(context, pages, digest, target)
