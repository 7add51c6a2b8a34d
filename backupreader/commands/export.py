"""``export``: on the export machine, from the source systems' files to packages on their way to the PCs."""

import json
from typing import TYPE_CHECKING

import typer

from backupreader.command import Context
from backupreader.domain.errors import ISSUES_FOUND, ReaderError
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from sync.export import Exported


def add(app: typer.Typer, language: Language) -> None:
    """Register the verb."""
    _ = language.text

    @app.command("export", help=_("Read the source systems' exports, build, check, seal and send."))
    def export(
        ctx: typer.Context,
        accept_shrink: bool = typer.Option(
            False, "--accept-shrink", help=_("Send although it holds less than the one before.")
        ),
        dry_run: bool = typer.Option(False, "--dry-run", help=_("Read, build and check, but seal and send nothing.")),
        as_json: bool = typer.Option(False, "--json", help=_("Print one JSON document.")),
    ) -> None:
        """Exit status 0, or that of ISSUES_FOUND when values were lost and the rest was sent."""
        context: Context = ctx.obj
        from sync.export import export as export_all

        with context.progress(N_("Exporting")) as tick:
            done = export_all(context.settings, context.now(), accept_shrink=accept_shrink, dry_run=dry_run, tick=tick)
        if as_json:
            print(json.dumps(_document(done), indent=1))  # noqa: T201
        else:
            _say(context, done)
        if lost := done.issues.get("error", 0):
            raise ReaderError(ISSUES_FOUND, count=lost)


def _say(context: Context, done: "Exported") -> None:
    for table, rows in done.rows.items():
        if rows:
            print(f"{rows:>9} {table}")  # noqa: T201
    for severity, sentence in (
        ("error", N_("{n} values could not be read.")),
        ("warning", N_("{n} values were taken with doubt.")),
        ("note", N_("{n} things were left unread on purpose.")),
    ):
        if number := done.issues.get(severity, 0):
            context.say(sentence, n=number)
    for doubt in done.accepted:
        context.say(N_("Accepted: {doubt}."), doubt=doubt.told(context.language))
    if not done.packages:
        context.say(N_("Nothing was sent: this was a trial."))
    for package in done.packages:
        context.say(N_("Sealed: {path}"), path=package)
    for target in done.targets:
        context.say(N_("Sent to {target}."), target=target)
    if done.packages and not done.targets:
        context.say(N_("No target is named in the settings (send_to): carry the package yourself."))


def _document(done: "Exported") -> dict[str, object]:
    return {
        "generation": str(done.position) if done.position else None,
        "packages": [str(path) for path in done.packages],
        "sent_to": list(done.targets),
        "rows": dict(done.rows),
        "issues": dict(done.issues),
        "accepted": [str(doubt) for doubt in done.accepted],
        "deliveries": [
            {
                "source": d.source,
                "table": d.table,
                "taken_at": d.taken_at,
                "complete": d.complete,
                "read": d.read,
                "filed": d.filed,
                "refused": d.refused,
            }
            for d in done.deliveries
        ],
    }
