"""``vault``: on the PC, the vault and who can open it; on the export machine, the PCs that packages are sealed to."""

from dataclasses import replace
from pathlib import Path

import typer

from backupreader.command import Context
from backupreader.commands import _accounts, _codes
from backupreader.commands._accounts import OUT, ROLE, SLIP, UNIT, Person, recovery_codes, words_slip, write_public
from backupreader.commands._handing import (
    check_paper,
    hand_recovery,
    hand_words,
    readied,
    recovery_sheets,
    words_sheets,
)
from backupreader.commands._unlock import chosen_passphrase, own_user
from backupreader.domain.errors import SETTINGS_UNREADABLE
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_, Language

BAD_NAME = N_("name: letters without accents, digits, dot, hyphen and underscore only")


def add(app: typer.Typer, language: Language) -> None:
    """Register the group of verbs."""
    _ = language.text
    group = typer.Typer(no_args_is_help=True, help=_("The vault of this PC, and who can open it."))
    app.add_typer(group, name="vault")

    @group.command("init", help=_("Make the vault of this PC, with one account and a recovery code."))
    def init(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        name: str = typer.Option("", "--name", help=_("What this PC is called; its own name when nothing is said.")),
        account: str = typer.Option("", "--account", help=_("Who gets the first account.")),
        role: str = typer.Option("", "--role", help=_(ROLE)),
        unit: list[str] = typer.Option([], "--unit", help=_(UNIT)),
        out: Path = typer.Option(Path(), "--out", help=_(OUT)),
        passphrase_file: Path | None = typer.Option(
            None, "--passphrase-file", help=_("Take the words from this file.")
        ),
        slip: Path | None = typer.Option(None, "--slip", help=_(SLIP)),
    ) -> None:
        person = Person(account or own_user(), role, tuple(unit))
        _init(ctx.obj, name or _pc_name(), person, out, passphrase_file, slip)

    @group.command("enrol", help=_("On the export machine: seal packages to this PC too."))
    def enrol(ctx: typer.Context, file: Path = typer.Argument(help=_("The NAME.vault file of the PC."))) -> None:
        _enrol(ctx.obj, file)

    @group.command(
        "dismiss", help=_("On the export machine: seal no more packages to this PC, which is gone or stolen.")
    )
    def dismiss(
        ctx: typer.Context,
        name: str = typer.Argument(help=_("The name of the PC.")),
        site: str | None = typer.Option(
            None, "--site", help=_("The PC's site, where PCs of several sites have this name.")
        ),
    ) -> None:
        _dismiss(ctx.obj, name, site)

    _accounts.add(group, language)
    _codes.add(group, language)


def _init(  # noqa: PLR0917 (all that a vault is made of)
    context: Context,
    name: str,
    person: Person,
    out: Path,
    passphrase_file: Path | None,
    slip: Path | None,
) -> None:
    from backupreader.store import machine, vault
    from backupreader.store.files import Files
    from backupreader.store.manifest import is_site
    from backupreader.store.selftest import self_test

    self_test()
    if not is_site(name):
        raise ReaderError(SETTINGS_UNREADABLE, path="--name", reason=Reason(BAD_NAME))
    check_paper(slip)
    files = Files()
    vault.check_none(context.settings.vault_folder, files)  # a machine secret that is missing is not made anew for it
    words, chosen = chosen_passphrase(context, passphrase_file)
    cost, codes, pc = vault.Cost.calibrated(vault.seconds), recovery_codes(context), (name, context.settings.site)
    paper = words_slip(context, pc, person, words, person.name)
    recovery = slip and slip.with_name(f"{slip.stem}-recovery{slip.suffix}")
    sheets = recovery_sheets(context, pc, codes, person.name, recovery)
    with readied(context, words_sheets(paper, slip)):
        made, opened = vault.init(
            context.settings.vault_folder,
            name,
            context.settings.site,
            words,
            files,
            cost,
            account=person.name,
            machine_secret=machine.make(context.settings.machine_secret_place, files),
            role=person.role,
            units=person.units,
        )
    context.say(N_("The vault of {name} is made. {account} can open it."), name=name, account=person.name)
    if chosen or slip is not None:
        hand_words(context, paper, slip)
    with readied(context, sheets):
        made.with_recovery(opened, cost, codes=codes)
    hand_recovery(context, codes, sheets)
    public = write_public(made.identity, out)  # last: who has seen neither words nor code could never open it
    context.say(N_("Carry {path} to the export machine and run there: vault enrol {path}"), path=public)
    context.say(N_("Compare by phone: {fingerprint}"), fingerprint=made.identity.fingerprint)


def _enrol(context: Context, file: Path) -> None:
    from backupreader.store.carried import SIGNER_SUFFIX, VaultIdentity
    from backupreader.store.files import Files
    from backupreader.store.selftest import self_test
    from sync.origin import Origin

    self_test()
    files = Files()
    identity = VaultIdentity.read(file, files)
    sites = {site.name for site in context.settings.sites} or {context.settings.site}
    if identity.site not in sites:
        reason = Reason(
            N_("it belongs to the site {site}, but the settings say {other}"),
            {"site": identity.site, "other": ", ".join(sorted(sites))},
        )
        raise ReaderError(SETTINGS_UNREADABLE, path=file, reason=reason)
    origin = Origin(context.settings.data, files)
    own = origin.signer(context.settings.site, context.now())
    former = origin.enrol(identity)
    trusted = replace(own.trusted(), site=identity.site)
    public = file.absolute().parent / f"{trusted.site}{SIGNER_SUFFIX}"
    files.replace(public, trusted.encode())
    context.say(N_("Packages now open on {name} too."), name=identity.name)
    for one in former:
        context.say(
            N_("They are no longer sealed to the former key of {name}: {fingerprint}"),
            name=one.name,
            fingerprint=one.fingerprint,
        )
    context.say(N_("Compare by phone: {fingerprint}"), fingerprint=identity.fingerprint)
    context.say(N_("Carry {path} to the PC and run there: trust add {path}"), path=public)
    context.say(N_("This export machine's fingerprint: {fingerprint}"), fingerprint=trusted.fingerprint)


def _dismiss(context: Context, name: str, site: str | None) -> None:
    from backupreader.store.files import Files
    from sync.origin import Origin

    origin = Origin(context.settings.data, Files())
    sites = sorted({identity.site for identity in origin.enrolled() if identity.name == name})
    if site is None and len(sites) > 1:
        told = context.language.text(N_("PCs of several sites have this name. Say which with --site: {sites}."))
        raise typer.BadParameter(told.format(sites=", ".join(sites)))
    for gone in origin.dismiss(name, site):
        context.say(N_("Packages no longer open on {name}."), name=f"{gone.name} ({gone.site}, {gone.fingerprint})")


def _pc_name() -> str:
    """This PC's own name, as far as a file name can hold it."""
    import platform

    return (
        "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in platform.node()).strip("-")
        or "pc"
    )
