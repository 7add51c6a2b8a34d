"""``trust``: whose packages this PC takes."""

import json
from pathlib import Path

import typer

from backupreader.command import Context
from backupreader.language import N_, Language


def add(app: typer.Typer, language: Language) -> None:
    """Register the group of verbs."""
    _ = language.text
    group = typer.Typer(no_args_is_help=True, help=_("The export machines whose packages this PC takes."))
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
        from backupreader.store.files import Files
        from backupreader.store.trust import Trust

        context: Context = ctx.obj
        signer = Trust(context.settings.data, Files()).remove(which)
        context.say(
            N_("No more packages are taken from {site} {fingerprint}."),
            site=signer.site,
            fingerprint=signer.fingerprint,
        )


def _add(context: Context, file: Path) -> None:
    from backupreader.store.carried import TrustedSigner
    from backupreader.store.files import Files
    from backupreader.store.trust import Trust

    files = Files()
    signer = TrustedSigner.read(file, files)
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


def _list(context: Context, *, as_json: bool) -> None:
    from backupreader.store.files import Files
    from backupreader.store.trust import Trust

    trust = Trust(context.settings.data, Files())
    known, retired = trust.known(), trust.retired()
    if as_json:
        documents = [
            {"site": signer.site, "fingerprint": signer.fingerprint, "id": signer.id, "taken": signer in known}
            for signer in (*known, *retired)
        ]
        print(json.dumps(documents, indent=1))  # noqa: T201
        return
    if not known:
        context.say(N_("No export machine is trusted yet. Carry its SITE.signer file here and run: trust add FILE"))
    for signer in known:
        print(f"{signer.site}  {signer.fingerprint}")  # noqa: T201
    for signer in retired:
        print(f"{signer.site}  {signer.fingerprint}  ({context.language.text('no longer taken, still readable')})")  # noqa: T201
