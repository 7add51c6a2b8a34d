"""``plan print``: a paper of the plan, without unlocking. Nothing that is sealed stands on any of them."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import Final

import typer

from backupreader.command import Context
from backupreader.commands._leaving import Target, checked, hand, say_left
from backupreader.commands._planhere import FILE, plan_here
from backupreader.domain.planpicks import picked
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_, Language

_PAPER: Final = N_(
    "Which paper: plan-card for the wall, phone-list, action-card, action-cards for all of them, fault-guide, "
    "door-notice, plan-text, partner-list, unit-tally."
)
_ID: Final = N_("Which card, guide, text or list, by its id in the plan; without it all of them.")
_UNIT: Final = N_("For this unit, with what it adds to the plan.")
NO_PC: Final = "–"


def add_print(group: typer.Typer, language: Language) -> None:
    """Register the verb in the group ``plan``."""
    _ = language.text

    @group.command("print", help=_("Print what the plan says: cards, guides, notices, lists. Needs no unlock."))
    def plan_print(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        paper: str = typer.Argument(help=_(_PAPER)),
        id_: str = typer.Argument("", metavar="[ID]", help=_(_ID)),
        unit: str = typer.Option("", "--unit", help=_(_UNIT)),
        file: Path | None = typer.Option(None, "--plan", help=_(FILE)),
        out: Path | None = typer.Option(None, "--out", help=_("A PDF file; what stands there is replaced.")),
        printer: str | None = typer.Option(None, "--printer", help=_("A printer of this PC.")),
    ) -> None:
        context: Context = ctx.obj
        target = checked(context, out, printer, None)
        _print(context, (paper, id_, unit), file, target)


def _print(context: Context, which: tuple[str, str, str], file: Path | None, target: Target) -> None:
    from backupreader.store.files import Files
    from backupreader.store.outagelog import OutageLog
    from printing.cut import page_count
    from printing.papers import several

    settings, plan = context.settings, plan_here(context, file).plan
    assert plan is not None
    (word, id_, unit), event = which, OutageLog(settings.data, Files(), None).event()
    name, values = picked(word, plan, pc=_pc(context), site=settings.site, id_=id_, unit=unit, event=event)
    number = event.number if event is not None else ""
    pdf = several(name, values, context.language, context.now(), outage=number)
    pages = page_count(pdf)
    hand(context, pdf, pages, target)
    say_left(context, pages, hashlib.sha256(pdf).hexdigest(), target)


def _pc(context: Context) -> str:
    """What this PC is called; a dash where it has no vault, as on the export machine."""
    from backupreader.store.files import Files
    from backupreader.store.identities import load_identity

    with suppress(ReaderError):
        return load_identity(context.settings.vault_folder, Files()).name
    return NO_PC
