"""``plan``: whom to call now, which plan is here, and whether one is right before anybody needs it."""

from __future__ import annotations

from pathlib import Path

import typer

from backupreader.commands import _planhere, _plannow, _planshow
from backupreader.commands._plancheck import check
from backupreader.commands._planprint import add_print
from backupreader.language import Language


def add(app: typer.Typer, language: Language) -> None:
    """Register the group of verbs."""
    _ = language.text
    group = typer.Typer(no_args_is_help=True, help=_("The plan: whom to call, what to do, and what is due."))
    app.add_typer(group, name="plan")

    @group.command("check", help=_("Look through a plan and tell everything that is wrong with it, by file and line."))
    def plan_check(
        ctx: typer.Context,
        file: Path = typer.Argument(help=_("The plan's file, or the folder of a plan with supplements.")),
        as_json: bool = typer.Option(False, "--json", help=_("Print one JSON document.")),
    ) -> None:
        """Exit status 0, that of PLAN_UNREADABLE, or that of PLAN_DOUBTS."""
        check(ctx.obj, file, as_json=as_json)

    @group.command("now", help=_("Whom to call now, why, until when, and who is next. Needs no words."))
    def plan_now(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        at: str = typer.Option("", "--at", help=_(_plannow.AT)),
        system: str = typer.Option("", "--system", help=_(_plannow.SYSTEM)),
        role: str = typer.Option("", "--role", help=_(_plannow.ROLE)),
        reach: str = typer.Option("", "--reach", help=_(_plannow.REACH)),
        unit: str = typer.Option("", "--unit", help=_(_plannow.UNIT)),
        file: Path | None = typer.Option(None, "--plan", help=_(_planhere.FILE)),
        as_json: bool = typer.Option(False, "--json", help=_("Print one JSON document.")),
    ) -> None:
        asked = _plannow.Asked(at=at, system=system, role=role, reach=reach, unit=unit)
        _plannow.plan_now(ctx.obj, asked, file, as_json=as_json)

    @group.command("show", help=_("Which plan is in use here, whether it is overdue, and what is in it."))
    def plan_show(
        ctx: typer.Context,
        file: Path | None = typer.Option(None, "--plan", help=_(_planhere.FILE)),
        as_json: bool = typer.Option(False, "--json", help=_("Print one JSON document.")),
    ) -> None:
        _planshow.plan_show(ctx.obj, file, as_json=as_json)

    add_print(group, language)
