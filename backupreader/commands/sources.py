"""``sources``: which source systems there are, and what would be read of a file, before any of it is sent anywhere."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from backupreader.command import Context
from backupreader.commands._trial import Trial, show_issues, show_tables
from backupreader.commands._trouble import tell
from backupreader.domain.errors import ISSUES_FOUND, ReaderError
from backupreader.domain.issues import sentence
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from sync.read import Claimed


def add(app: typer.Typer, language: Language) -> None:
    """Register the group."""
    _ = language.text
    group = typer.Typer(help=_("The source systems' exports: what there is, and what would be read."))
    app.add_typer(group, name="sources")

    @group.command("list", help=_("List the sources in the settings, the adapters and the profiles."))
    def list_sources(
        ctx: typer.Context,
        as_json: bool = typer.Option(False, "--json", help=_("Print one JSON document.")),
    ) -> None:
        _list(ctx.obj, as_json=as_json)

    @group.command("try", help=_("Read an export, show what was found in it, and send nothing."))
    def try_source(
        ctx: typer.Context,
        path: Path = typer.Argument(help=_("A file, or the folder of an export.")),
        adapter: str | None = typer.Option(None, "--adapter", help=_("The adapter to read it with.")),
        profile: str | None = typer.Option(None, "--profile", help=_("A profile's name, or the file that holds one.")),
        as_json: bool = typer.Option(False, "--json", help=_("Print one JSON document.")),
    ) -> None:
        """Exit status 0, or that of ISSUES_FOUND when values were lost."""
        _try(ctx.obj, path, adapter, profile, as_json=as_json)


def _list(context: Context, *, as_json: bool) -> None:
    from sync.adapters import adapters
    from sync.profile import SHIPPED, load
    from sync.read import claim, source_of

    rows: list[dict[str, Any]] = []
    troubles: list[ReaderError] = []
    for setting in context.settings.sources:
        row: dict[str, Any] = {"name": setting.name, "path": str(setting.path), "reads": [], "not_read": 0}
        try:
            for part in claim(source_of(context.settings, setting)):
                row["reads"].append(
                    {**_reader(part), "files": len(part.files), "written": _written(context, part.files)}
                )
                row["not_read"] += len(part.left)
        except ReaderError as trouble:
            row["trouble"] = f"{trouble.sentence(context.language)} [{trouble.kind.code}]"
            troubles.append(trouble)
        rows.append(row)
    profiles = {name: load(name).about for name in SHIPPED}
    if as_json:
        document = {"sources": rows, "adapters": [member.name for member in adapters()], "profiles": profiles}
        print(json.dumps(document, indent=1, ensure_ascii=False))  # noqa: T201
    else:
        _show_list(context, rows, [member.name for member in adapters()], profiles)
    for other in troubles[:-1]:
        tell(other, context.language)
    if troubles:
        raise troubles[-1]


def _reader(part: "Claimed") -> dict[str, str | None]:
    """The adapter, and the profile where it reads by one."""
    profile = part.source.profile
    if part.adapter.name == "table" and profile is None:
        from sync.adapters.table import stated_or_found

        profile = stated_or_found(part.source, part.files).name
    return {"adapter": part.adapter.name, "profile": profile}


def _written(context: Context, files: Sequence[Path]) -> str:
    """When the newest of the files was written, as the clock on the wall showed it."""
    newest = max(path.stat().st_mtime for path in files)
    return datetime.fromtimestamp(newest, context.settings.timezone()).isoformat(timespec="minutes")


def _show_list(
    context: Context, rows: Sequence[dict[str, Any]], names: Sequence[str], profiles: dict[str, str]
) -> None:
    if not rows:
        context.say(N_("The settings name no source yet."))
    for row in rows:
        print(f"{row['name']}: {row['path']}")  # noqa: T201
        for reads in row["reads"]:
            context.say(
                N_("  {files} files, read by {reader}, last written {written}"),
                files=reads["files"],
                reader=" / ".join(filter(None, (reads["adapter"], reads["profile"]))),
                written=context.language.moment(datetime.fromisoformat(reads["written"])),
            )
        if row["not_read"]:
            context.say(N_("  {n} files that nothing here reads"), n=row["not_read"])
    context.say(N_("Adapters: {names}"), names=", ".join(names))
    context.say(N_("Profiles:"))
    for name, about in profiles.items():
        print(f"  {name}: {about}")  # noqa: T201


def _try(context: Context, path: Path, adapter: str | None, profile: str | None, *, as_json: bool) -> None:
    from sync.adapter import Source
    from sync.read import claim, read

    source = Source(
        name=path.absolute().stem or "source",
        path=path,
        adapter=adapter,
        profile=profile,
        zone=context.settings.zone,
        country=context.settings.country,
    )
    parts = claim(source)
    trial = Trial()
    with context.progress(N_("Reading")) as tick:
        for part in parts:
            for item in read(part):
                trial.take(item)
                if not trial.items % 1000:
                    tick(trial.items, None)
    if as_json:
        print(json.dumps(_document(context, parts, trial), indent=1, ensure_ascii=False))  # noqa: T201
    else:
        for part in parts:
            reader = " / ".join(filter(None, _reader(part).values()))
            context.say(N_("{files} files are read by {reader}."), files=len(part.files), reader=reader)
        show_tables(context.language, trial)
        show_issues(context.language, trial)
    if trial.lost:
        raise ReaderError(ISSUES_FOUND, count=trial.lost)


def _document(context: Context, parts: Sequence["Claimed"], trial: Trial) -> dict[str, Any]:
    return {
        "reads": [{**_reader(part), "files": [str(file) for file in part.files]} for part in parts],
        "not_read": [str(file) for part in parts for file in part.left],
        "tables": {
            delivery.table: {
                "taken_at": delivery.taken_at,
                "complete": delivery.complete,
                "read": delivery.read,
                "filed": delivery.filed,
                "refused": delivery.refused,
            }
            for delivery in trial.deliveries
        },
        "issues": [
            {
                "severity": issue.severity,
                "code": issue.code,
                "file": issue.file,
                "row": issue.row,
                "column": issue.column,
                "table": issue.table,
                "value": issue.value,
                "sentence": sentence(issue, context.language),
            }
            for issue in trial.issues
        ],
    }
