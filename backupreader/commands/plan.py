"""``plan``: whether the plan of the outage is right, before anybody needs it."""

from __future__ import annotations

from pathlib import Path

import typer

from backupreader.commands._plancheck import check
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
