"""``open``: the window. It is what no verb at all means too; `cli` then opens it without loading this file."""

from dataclasses import replace

import typer

from backupreader.command import Context
from backupreader.commands._practice import beginning
from backupreader.language import Language


def add(app: typer.Typer, language: Language) -> None:
    """Register the verb."""
    _ = language.text

    @app.command("open", help=_("Open the window: find a citizen, read, and print."))
    def open_(
        ctx: typer.Context,
        kiosk: bool = typer.Option(False, "--kiosk", help=_("Fill the screen; it cannot be closed by hand.")),
    ) -> None:
        from ui.running import open_window

        context: Context = ctx.obj
        context = replace(context, settings=replace(context.settings, kiosk=kiosk or context.settings.kiosk))
        if status := open_window(context.settings, context.language, practise=beginning(context)):
            raise typer.Exit(status)
