"""``verify``: is this package, or everything in the store, whole and signed by a machine that this PC trusts?

Changes nothing.
"""

import json
from pathlib import Path

import typer

from backupreader.command import Context
from backupreader.commands._trouble import tell
from backupreader.domain.errors import NO_STORE, STORE_DAMAGED, ReaderError
from backupreader.language import N_, Language


def add(app: typer.Typer, language: Language) -> None:
    """Register the verb."""
    _ = language.text

    @app.command("verify", help=_("Check every byte of a package, or of all that lies in the store."))
    def verify(
        ctx: typer.Context,
        package: Path | None = typer.Argument(None, help=_("A package; the whole store when nothing is said.")),
        as_json: bool = typer.Option(False, "--json", help=_("Print one JSON document.")),
    ) -> None:
        if package is not None:
            _package(ctx.obj, package, as_json=as_json)
        else:
            _store(ctx.obj, as_json=as_json)


def _package(context: Context, path: Path, *, as_json: bool) -> None:
    from backupreader.store import container
    from backupreader.store.files import Files
    from backupreader.store.trust import Trust

    files = Files()
    with files.open(path) as reading:
        head = container.read_head(reading, Trust(context.settings.data, files).all_keys())
        container.check_database(reading, head.manifest)
    manifest = head.manifest
    if as_json:
        rows = {table: count.rows for table, count in manifest.counts.items()}
        print(  # noqa: T201
            json.dumps(
                {
                    "package": str(path),
                    "whole": True,
                    "site": manifest.site,
                    "generation": str(manifest.position),
                    "created": manifest.created,
                    "vaults": sorted(manifest.seals),
                    "rows": rows,
                },
                indent=1,
            )
        )
        return
    context.say(
        N_("The package is whole: {site}, made {created}, generation {generation}, {rows} rows."),
        site=manifest.site,
        created=manifest.created,
        generation=manifest.position,
        rows=sum(count.rows for count in manifest.counts.values()),
    )


def _store(context: Context, *, as_json: bool) -> None:
    from backupreader.store.files import Files
    from backupreader.store.generations import Store

    store = Store(context.settings.data, Files())
    generations = store.list()
    found: dict[str, ReaderError | None] = {
        folder.name: ReaderError(STORE_DAMAGED, path=folder) for folder in store.damaged()
    }
    if not generations and not found:
        raise ReaderError(NO_STORE, path=store.folder)
    with context.progress(N_("Checking")) as tick:
        for done, generation in enumerate(generations):
            tick(done, len(generations))
            found[generation.path.name] = None
            try:
                store.verify(generation)
            except ReaderError as damage:
                found[generation.path.name] = damage
    troubles = [trouble for trouble in found.values() if trouble is not None]
    if as_json:
        documents = [
            {"generation": name, "whole": trouble is None} for name, trouble in sorted(found.items(), reverse=True)
        ]
        print(json.dumps(documents, indent=1))  # noqa: T201
    else:
        for name, trouble in sorted(found.items(), reverse=True):
            if trouble is None:
                context.say(N_("{name}: whole."), name=name)
    for trouble in troubles[:-1]:
        tell(trouble, context.language)
    if troubles:
        raise troubles[-1]
