"""``verify``: is this package, or everything in the store, whole and signed by a machine that this PC trusts?

Changes nothing.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from backupreader.command import Context
from backupreader.commands._generations import COMPARE, say_damaged_trust, say_gaps
from backupreader.commands._trouble import tell
from backupreader.domain.errors import FILE_TROUBLE, NO_STORE, STORE_DAMAGED, UNKNOWN_SIGNER
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from backupreader.store.generations import Store


def add(app: typer.Typer, language: Language) -> None:
    """Register the verb."""
    _ = language.text

    help_ = _("Check every byte of a package, or of all that lies in the store.") + " " + _(COMPARE)

    @app.command("verify", help=help_)
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
    from backupreader.store.spoken import four_words
    from backupreader.store.trust import Trust

    files = Files()
    trust = Trust(context.settings.data, files)
    with files.open(path) as reading:
        head = container.read_head(reading, trust.all_keys())
        container.check_database(reading, head.manifest)
    manifest, words = head.manifest, four_words(head.digest, context.language.code)
    taken = manifest.signer in trust.known_ids()
    if as_json:
        document = {
            "package": str(path),
            "whole": True,
            "site": manifest.site,
            "generation": str(manifest.position),
            "created": manifest.created,
            "vaults": sorted(manifest.seals),
            "rows": {table: count.rows for table, count in manifest.counts.items()},
            "retired": not taken,
            "plan": manifest.plan_sha256 if manifest.plan_length else None,
            "words": words,
            "digest": head.digest.hex(),
        }
        print(json.dumps(document, indent=1))  # noqa: T201
        return
    context.say(
        N_("The package is whole: {site}, made {created}, generation {generation}, {rows} rows."),
        site=manifest.site,
        created=manifest.created,
        generation=manifest.position,
        rows=sum(count.rows for count in manifest.counts.values()),
    )
    context.say(N_("Its four words: {words}"), words=words)
    if manifest.plan_length:
        context.say(N_("A plan goes along in it."))
    if not taken:
        context.say(N_("It is signed by a machine whose packages are no longer taken."))


@dataclass(frozen=True, slots=True)
class _Fate:
    """One folder of the store. `words` are empty where its head cannot be believed."""

    name: str
    trouble: ReaderError | None
    words: str = ""
    retired: bool = False

    @property
    def word(self) -> str:
        """What became of it. These words are the whole list."""
        if self.trouble is None:
            return "retired" if self.retired else "whole"
        return {UNKNOWN_SIGNER: "unknown-signer", FILE_TROUBLE: "unreadable"}.get(self.trouble.kind, "damaged")


SENTENCES = {
    "whole": N_("{name}: whole. {words}"),
    "retired": N_("{name}: whole, signed by a machine that is no longer trusted. {words}"),
    "damaged": N_("{name}: damaged."),
    "unknown-signer": N_("{name}: signed by a machine that this PC does not know."),
    "unreadable": N_("{name}: the disk does not give it back."),
}


def _store(context: Context, *, as_json: bool) -> None:
    """Every folder's fate; ends with the worst trouble's status."""
    from backupreader.store.files import Files
    from backupreader.store.gaps import gaps
    from backupreader.store.generations import Store

    store = Store(context.settings.data, Files())
    fates = sorted(_fates(context, store), key=lambda fate: fate.name, reverse=True)
    if not fates:
        raise ReaderError(NO_STORE, path=store.folder)
    missing = gaps([generation.manifest for generation in store.list()], store.damaged_positions())
    if as_json:
        documents = [
            {
                "generation": fate.name,
                "whole": fate.trouble is None,
                "fate": fate.word,
                "code": fate.trouble.kind.code if fate.trouble else None,
                "words": fate.words or None,
            }
            for fate in fates
        ]
        print(json.dumps(documents, indent=1))  # noqa: T201
    else:
        for fate in fates:
            context.say(SENTENCES[fate.word], name=fate.name, words=fate.words)
        say_gaps(context, missing)
        say_damaged_trust(context)
    troubles = [fate.trouble for fate in fates if fate.trouble is not None]
    troubles.sort(key=lambda trouble: trouble.kind is STORE_DAMAGED)  # the worst is told last, and is the status
    for trouble in troubles[:-1]:
        tell(trouble, context.language)
    if troubles:
        raise troubles[-1]


def _fates(context: Context, store: "Store") -> "list[_Fate]":
    from backupreader.store.spoken import four_words

    found: list[_Fate] = []
    for folder in store.damaged():
        trouble = store.trouble(folder)
        if trouble is None or trouble.kind not in {UNKNOWN_SIGNER, FILE_TROUBLE}:
            trouble = ReaderError(STORE_DAMAGED, path=folder)
        found.append(_Fate(folder.name, trouble))
    generations = store.list()
    with context.progress(N_("Checking")) as tick:
        for done, generation in enumerate(generations):
            tick(done, len(generations))
            damage: ReaderError | None = None
            try:
                store.verify(generation)
            except ReaderError as trouble:
                damage = trouble
            words = four_words(generation.digest, context.language.code)
            found.append(_Fate(generation.path.name, damage, words, generation.retired))
    return found
