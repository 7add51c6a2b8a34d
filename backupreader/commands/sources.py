"""``sources``: which source systems there are, and what would be read of a file, before any of it is sent anywhere."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from backupreader.command import Context
from backupreader.commands._listing import reader_of, show_list
from backupreader.commands._trial import Trial, as_documents, show_issues, show_tables
from backupreader.domain.errors import ALREADY_THERE, FILE_TROUBLE, ISSUES_FOUND
from backupreader.domain.records import Delivery
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from sync.read import Claimed


def add(app: typer.Typer, language: Language) -> None:
    """Register the group."""
    _ = language.text
    group = typer.Typer(help=_("The source systems' exports: what there is, and what would be read."))
    app.add_typer(group, name="sources")

    @group.command("list", help=_("List the sources in the settings, and every system that can be read."))
    def list_sources(
        ctx: typer.Context,
        as_json: bool = typer.Option(False, "--json", help=_("Print one JSON document.")),
    ) -> None:
        show_list(ctx.obj, as_json=as_json)

    profiles = typer.Typer(help=_("Profiles: how a site's own lists are laid out."))
    group.add_typer(profiles, name="profile")

    @profiles.command("new", help=_("Write a first profile from the headings of lists, for you to finish."))
    def new_profile(
        ctx: typer.Context,
        path: Path = typer.Argument(help=_("A list, or a folder of lists.")),
        out: Path | None = typer.Option(None, "--out", help=_("The file to write; without it, it is shown.")),
    ) -> None:
        _propose(ctx.obj, path, out)

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


def _propose(context: Context, path: Path, out: Path | None) -> None:
    """Write the proposal; a file that is there already stays as it is."""
    from sync.tables.proposing import propose

    text = propose(path.absolute(), (out or path).absolute().stem)
    if out is None:
        print(text, end="")  # noqa: T201
        return
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise ReaderError(ALREADY_THERE, path=out) from None
    except OSError as trouble:
        raise ReaderError(FILE_TROUBLE, path=out, reason=trouble.strerror or trouble) from trouble
    context.say(N_("Written: {path}. Finish each line with a #?, then try it with 'sources try'."), path=out)


def _try(context: Context, path: Path, adapter: str | None, profile: str | None, *, as_json: bool) -> None:
    from sync.adapter import Source
    from sync.read import claimed, read

    source = Source(
        name=path.absolute().stem or "source",
        path=path,
        adapter=adapter,
        profile=profile,
        zone=context.settings.zone,
        country=context.settings.country,
        thorough=True,
    )
    trial = Trial()
    with claimed(source) as parts:
        readers = [reader_of(part) for part in parts]
        names = [" / ".join(filter(None, reads.values())) for reads in readers]
        with context.progress(N_("Reading")) as tick:
            for part, name in zip(parts, names, strict=True):
                for item in read(part):
                    trial.take(item, name)
                    if not trial.items % 1000:
                        tick(trial.items, None)
    if as_json:
        print(json.dumps(_document(context, parts, readers, trial), indent=1, ensure_ascii=False))  # noqa: T201
    else:
        for part, name in zip(parts, names, strict=True):
            context.say(N_("{files} files are read by {reader}."), files=len(part.files), reader=name)
        show_tables(context.language, trial)
        show_issues(context.language, trial.issues)
    if trial.lost:
        raise ReaderError(ISSUES_FOUND, count=trial.lost)


def _shown(part: "Claimed", file: Path) -> Path:
    """The file's path, as if its archive were a folder: the opened one is gone when this is read."""
    base = part.source.path if part.source.path.is_dir() else part.source.path.parent
    return base / part.source.label(file)


def _document(
    context: Context, parts: Sequence["Claimed"], readers: Sequence[dict[str, str | None]], trial: Trial
) -> dict[str, Any]:
    return {
        "reads": [
            {**reads, "files": [str(_shown(part, file)) for file in part.files]}
            for part, reads in zip(parts, readers, strict=True)
        ],
        "not_read": [str(_shown(part, file)) for part in parts for file in part.left],
        "tables": _tables([delivery for _, delivery in trial.deliveries]),
        "deliveries": [{"reader": reader, **asdict(delivery)} for reader, delivery in trial.deliveries],
        "receipts": [asdict(receipt) for receipt in trial.receipts],
        "issues": as_documents(context.language, trial.issues),
    }


def _tables(deliveries: Sequence[Delivery]) -> dict[str, dict[str, Any]]:
    """By table, what all readers delivered of it together: the oldest moment, and whole only where each part is."""
    parts: dict[str, list[Delivery]] = {}
    for delivery in deliveries:
        parts.setdefault(delivery.table, []).append(delivery)
    return {
        table: {
            "taken_at": min(part.taken_at for part in own),
            "complete": next((word for word in (False, None) if any(part.complete is word for part in own)), True),
            "read": sum(part.read for part in own),
            "filed": sum(part.filed for part in own),
            "refused": sum(part.refused for part in own),
        }
        for table, own in parts.items()
    }
