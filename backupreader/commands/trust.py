"""``trust``: whose packages this PC takes."""

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from backupreader.command import Context
from backupreader.commands._enter import noted
from backupreader.commands._generations import say_damaged_trust
from backupreader.domain import moments
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from backupreader.store.announced import Announced
    from backupreader.store.files import Files
    from sync.origin import OwnSigner


def add(app: typer.Typer, language: Language) -> None:
    """Register the group of verbs."""
    _ = language.text
    group = typer.Typer(
        no_args_is_help=True, help=_("The export machines whose packages this PC takes, and their keys.")
    )
    app.add_typer(group, name="trust")

    @group.command("add", help=_("Take packages that this export machine signs."))
    def add_signer(
        ctx: typer.Context, file: Path = typer.Argument(help=_("The SITE.signer file of the export machine."))
    ) -> None:
        _add(ctx.obj, file)

    @group.command("list", help=_("Whose packages are taken."))
    def list_signers(
        ctx: typer.Context, as_json: bool = typer.Option(False, "--json", help=_("Print one JSON document."))
    ) -> None:
        _list(ctx.obj, as_json=as_json)

    @group.command(
        "remove", help=_("Take no more packages from an export machine; what it sent before stays readable.")
    )
    def remove_signer(
        ctx: typer.Context, which: str = typer.Argument(help=_("Its site, or the start of its fingerprint."))
    ) -> None:
        _remove(ctx.obj, which)

    @group.command("add-pc", help=_("Let pages be sealed for another backup PC: print --to-reader."))
    def add_pc(ctx: typer.Context, file: Path = typer.Argument(help=_("The NAME.vault file of the other PC."))) -> None:
        _add_pc(ctx.obj, file)

    @group.command("list-pcs", help=_("For which other PCs pages can be sealed here."))
    def list_pcs(ctx: typer.Context) -> None:
        _list_pcs(ctx.obj)

    @group.command("remove-pc", help=_("Seal no more pages for another PC."))
    def remove_pc(
        ctx: typer.Context, name: str = typer.Argument(help=_("Its name, or the start of its fingerprint."))
    ) -> None:
        _remove_pc(ctx.obj, name)

    @group.command("rotate", help=_("On the export machine: make a new signing key, which the old one announces."))
    def rotate(
        ctx: typer.Context,
        finish: bool = typer.Option(
            False, "--finish", help=_("Sign with the new key from now on; every PC must have received a package since.")
        ),
        lost: bool = typer.Option(
            False, "--lost", help=_("The old key is lost or stolen: sign with a new one at once, and tell every PC.")
        ),
        out: Path = typer.Option(Path(), "--out", help=_("The folder for the SITE.signer files.")),
    ) -> None:
        if finish and lost:
            raise typer.BadParameter(_("Either --finish or --lost, not both."))
        if finish:
            _finish(ctx.obj)
        else:
            _rotate(ctx.obj, out, lost=lost)


def _add(context: Context, file: Path) -> None:
    from backupreader.store.carried import TrustedSigner
    from backupreader.store.files import Files
    from backupreader.store.trust import Trust

    files = Files()
    signer = TrustedSigner.read(file, files)
    with noted(context, "trust", f"added: {signer.site} {signer.fingerprint}"):
        Trust(context.settings.data, files).add(signer)
    context.say(N_("Packages for {site} are taken when this machine signed them:"), site=signer.site)
    context.say("  {fingerprint}", fingerprint=signer.fingerprint)
    context.say(
        N_("Ring the export machine and compare the numbers. If they differ, run: trust remove {start}"),
        start=signer.fingerprint[:5],
    )
    if signer.site != context.settings.site:
        context.say(
            N_("This PC belongs to {other}: packages for {site} will be refused here."),
            site=signer.site,
            other=context.settings.site,
        )


def _remove(context: Context, which: str) -> None:
    from backupreader.store.files import Files
    from backupreader.store.trust import Trust

    trust = Trust(context.settings.data, Files())
    before = trust.known_readable()
    with noted(context, "trust", f"removed: {which}"):
        removed = trust.remove(which)
    for signer in (removed, *(one for one in before if one != removed and one not in trust.known_readable())):
        with suppress(ReaderError), noted(context, "trust", f"removed: {signer.site} {signer.fingerprint}"):
            pass  # which ones went with it is known only now
        context.say(
            N_("No more packages are taken from {site} {fingerprint}."),
            site=signer.site,
            fingerprint=signer.fingerprint,
        )


def _add_pc(context: Context, file: Path) -> None:
    from backupreader.store.carried import VaultIdentity
    from backupreader.store.files import Files
    from backupreader.store.otherpcs import OtherPcs

    files = Files()
    identity = VaultIdentity.read(file, files)
    with noted(context, "trust", f"pages may be sealed for: {identity.name} {identity.fingerprint}"):
        former = OtherPcs(context.settings.data, files).add(identity)
    context.say(N_("Pages can now be sealed for {name} ({site}):"), name=identity.name, site=identity.site)
    context.say("  {fingerprint}", fingerprint=identity.fingerprint)
    context.say(
        N_("Ring the one who made that vault and compare the numbers. If they differ, run: trust remove-pc {start}"),
        start=identity.fingerprint[:5],
    )
    for one in former:
        context.say(N_("Its former key is no longer sealed to: {fingerprint}"), fingerprint=one.fingerprint)


def _list_pcs(context: Context) -> None:
    from backupreader.store.files import Files
    from backupreader.store.otherpcs import OtherPcs

    known = OtherPcs(context.settings.data, Files()).known()
    if not known:
        context.say(N_("No other PC is known yet. Carry its NAME.vault file here and run: trust add-pc FILE"))
    for one in known:
        print(f"{one.name}  {one.site}  {one.fingerprint}")  # noqa: T201


def _remove_pc(context: Context, name: str) -> None:
    from backupreader.store.files import Files
    from backupreader.store.otherpcs import OtherPcs

    with noted(context, "trust", f"no more pages are sealed for: {name}"):
        gone = OtherPcs(context.settings.data, Files()).remove(name)
    context.say(N_("No more pages are sealed for {name} {fingerprint}."), name=gone.name, fingerprint=gone.fingerprint)


def _rotate(context: Context, out: Path, *, lost: bool) -> None:
    from backupreader.store.files import Files
    from sync import rotation

    files, settings = Files(), context.settings
    if lost:
        made = rotation.begin_anew(settings, context.now(), files)
        context.say(N_("A new key signs from now on. No PC knows it yet."))
        context.say(
            N_("On every PC run 'trust add' with the file below, and 'trust remove' with the old key's fingerprint.")
        )
    else:
        made = rotation.rotate(settings, context.now(), files)
        context.say(N_("A new key is made. The old one signs until 'trust rotate --finish', and announces it."))
        context.say(
            N_("A PC that receives a package before then needs nothing more; to any other, carry the file below.")
        )
    _carry(context, made, out, files)


def _carry(context: Context, made: "OwnSigner", out: Path, files: "Files") -> None:
    """A SITE.signer file for each site, and the numbers to compare."""
    from backupreader.store.carried import SIGNER_SUFFIX

    folder = out.absolute()
    files.make_folder(folder)
    for site in [site.name for site in context.settings.sites] or [context.settings.site]:
        path = folder / f"{site}{SIGNER_SUFFIX}"
        files.replace(path, replace(made.trusted(), site=site).encode())
        context.say("  {path}", path=path)
    context.say(N_("The new key's fingerprint: {fingerprint}"), fingerprint=made.trusted().fingerprint)


def _finish(context: Context) -> None:
    from backupreader.store.files import Files
    from sync import rotation

    own = rotation.finish(context.settings, Files())
    context.say(N_("The new key signs from now on: {fingerprint}"), fingerprint=own.trusted().fingerprint)
    context.say(N_("A PC that refuses its packages as unknown has missed the announcement: run 'trust add' there."))


def _list(context: Context, *, as_json: bool) -> None:
    from backupreader.store.files import Files
    from backupreader.store.trust import Trust

    trust = Trust(context.settings.data, Files())
    known, retired, pinned = trust.known_readable(), trust.retired(), trust.pinned()
    records = {record.signer.id: record for record in trust.announcements()}
    if as_json:
        documents = [
            {
                "site": signer.site,
                "fingerprint": signer.fingerprint,
                "id": signer.id,
                "taken": signer in known,
                "pinned": signer in pinned,
                "announced": _record(records[signer.id]) if signer.id in records else None,
            }
            for signer in (*known, *(one for one in retired if one not in known))
        ]
        print(json.dumps(documents, indent=1))  # noqa: T201
        return
    if not known:
        context.say(N_("No export machine is trusted yet. Carry its SITE.signer file here and run: trust add FILE"))
    for signer in known:
        print(f"{signer.site}  {signer.fingerprint}")  # noqa: T201
        if signer.id in records and signer not in pinned:
            _say_record(context, records[signer.id])
    for signer in retired:
        if signer not in known:
            told = context.language.text("no longer taken, still readable")
            print(f"{signer.site}  {signer.fingerprint}  ({told})")  # noqa: T201
    say_damaged_trust(context)


def _record(record: "Announced") -> dict[str, object]:
    return {"by": record.by, "package": record.package, "at": record.at, "epoch": record.epoch}


def _say_record(context: Context, record: "Announced") -> None:
    from backupreader.store.seal import fingerprint

    at = moments.instant(record.at, context.settings.timezone())
    context.say(
        N_("  announced by {fingerprint} in package {package}, {moment}"),
        fingerprint=fingerprint(record.by),
        package=record.package,
        moment=context.language.moment(at) if at else record.at,
    )
