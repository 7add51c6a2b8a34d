"""``open``: the window. It is what no verb at all means too; `cli` then opens it without loading this file."""

import typer

from backupreader.command import Context
from backupreader.language import Language


def add(app: typer.Typer, language: Language) -> None:
    """Register the verb."""

    @app.command("open", help=language.text("Open the window: find a citizen, read, and print."))
    def open_(ctx: typer.Context) -> None:
        from ui.running import open_window

        context: Context = ctx.obj
        if status := open_window(context.settings, context.language):
            raise typer.Exit(status)
