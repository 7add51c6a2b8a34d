"""``vault``: on the PC, the vault and who can open it; on the export machine, the PCs that packages are sealed to."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from backupreader.command import Context
from backupreader.commands._unlock import chosen_passphrase, unlock
from backupreader.domain.errors import SETTINGS_UNREADABLE, ReaderError, Reason
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from backupreader.store.vault import Vault

SHOWN_ONCE = N_("Write this down and give it to no one else. It is shown only this once:")
BAD_NAME = N_("name: letters without accents, digits, dot, hyphen and underscore only")
WORDS_FILE = N_("Read the words of the person who is there from this file.")


def add(app: typer.Typer, language: Language) -> None:
    """Register the group of verbs."""
    _ = language.text
    group = typer.Typer(no_args_is_help=True, help=_("The vault of this PC, and who can open it."))
    app.add_typer(group, name="vault")

    @group.command("init", help=_("Make the vault of this PC, with one account and a recovery code."))
    def init(
        ctx: typer.Context,
        name: str = typer.Option("", "--name", help=_("What this PC is called; its own name when nothing is said.")),
        account: str = typer.Option("", "--account", help=_("Who gets the first account.")),
        out: Path = typer.Option(Path(), "--out", help=_("The folder for the NAME.vault file.")),
        passphrase_file: Path | None = typer.Option(
            None, "--passphrase-file", help=_("Take the words from this file.")
        ),
    ) -> None:
        _init(ctx.obj, name or _pc_name(), account or _person(), out, passphrase_file)

    @group.command("enrol", help=_("On the export machine: seal packages to this PC too."))
    def enrol(ctx: typer.Context, file: Path = typer.Argument(help=_("The NAME.vault file of the PC."))) -> None:
        _enrol(ctx.obj, file)

    @group.command(
        "dismiss", help=_("On the export machine: seal no more packages to this PC, which is gone or stolen.")
    )
    def dismiss(ctx: typer.Context, name: str = typer.Argument(help=_("The name of the PC."))) -> None:
        from backupreader.store.files import Files
        from sync.origin import Origin

        context: Context = ctx.obj
        gone = Origin(context.settings.data, Files()).dismiss(name)
        context.say(N_("Packages no longer open on {name}."), name=gone.name)

    @group.command("add-account", help=_("Let one more person open the vault."))
    def add_account(
        ctx: typer.Context,
        account: str = typer.Argument(help=_("The person's name.")),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(WORDS_FILE)),
        new_passphrase_file: Path | None = typer.Option(
            None, "--new-passphrase-file", help=_("Take the new person's words from this file.")
        ),
    ) -> None:
        _add_account(ctx.obj, account, passphrase_file, new_passphrase_file)

    @group.command("remove-account", help=_("Take a person's account away."))
    def remove_account(
        ctx: typer.Context,
        account: str = typer.Argument(help=_("The person's name.")),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(WORDS_FILE)),
    ) -> None:
        opened = unlock(ctx.obj, passphrase_file)
        _load(ctx.obj).without_account(account)
        ctx.obj.say(
            N_("{name} can no longer open the vault. Done by {by}."), name=account, by=_who(ctx.obj, opened.account)
        )

    @group.command("recovery", help=_("Print a new recovery code; the old one stops working."))
    def recovery(
        ctx: typer.Context,
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(WORDS_FILE)),
    ) -> None:
        _recovery(ctx.obj, passphrase_file)


def _init(context: Context, name: str, account: str, out: Path, passphrase_file: Path | None) -> None:
    from backupreader.store import seal, vault
    from backupreader.store.carried import VAULT_SUFFIX
    from backupreader.store.files import Files
    from backupreader.store.manifest import is_site

    seal.self_test()
    if not is_site(name):
        raise ReaderError(SETTINGS_UNREADABLE, path="--name", reason=Reason(BAD_NAME))
    files, cost = Files(), vault.Cost()
    words, chosen = chosen_passphrase(context, passphrase_file)
    secret = vault.make_machine_secret(context.settings.machine_secret_file, files)
    made, opened = vault.init(
        context.settings.vault_folder,
        name,
        context.settings.site,
        words,
        files,
        cost,
        account=account,
        machine_secret=secret,
    )
    _, code = made.with_recovery(opened, cost)
    public = out / f"{name}{VAULT_SUFFIX}"
    files.make_folder(out.absolute())
    files.replace(public.absolute(), made.identity.encode())
    context.say(N_("The vault of {name} is made. {account} can open it."), name=name, account=account)
    if chosen:
        _once(context, N_("Words"), words)
    _once(context, N_("Recovery code, for the safe"), code)
    context.say(N_("Carry {path} to the export machine and run there: vault enrol {path}"), path=public)
    context.say(N_("Compare by phone: {fingerprint}"), fingerprint=made.identity.fingerprint)


def _enrol(context: Context, file: Path) -> None:
    from backupreader.store import seal
    from backupreader.store.carried import SIGNER_SUFFIX, VaultIdentity
    from backupreader.store.files import Files
    from sync.origin import Origin

    seal.self_test()
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
    origin.enrol(identity)
    trusted = replace(own.trusted(), site=identity.site)
    public = file.absolute().parent / f"{trusted.site}{SIGNER_SUFFIX}"
    files.replace(public, trusted.encode())
    context.say(N_("Packages now open on {name} too."), name=identity.name)
    context.say(N_("Compare by phone: {fingerprint}"), fingerprint=identity.fingerprint)
    context.say(N_("Carry {path} to the PC and run there: trust add {path}"), path=public)
    context.say(N_("This export machine's fingerprint: {fingerprint}"), fingerprint=trusted.fingerprint)


def _add_account(
    context: Context, account: str, passphrase_file: Path | None, new_passphrase_file: Path | None
) -> None:
    from backupreader.store import vault
    from backupreader.store.files import Files

    words, chosen = chosen_passphrase(context, new_passphrase_file)
    opened = unlock(context, passphrase_file)
    secret = vault.make_machine_secret(context.settings.machine_secret_file, Files())
    closed = _load(context)
    closed.with_account(opened, account, words, secret, closed.cost)
    context.say(N_("{name} can now open the vault. Done by {by}."), name=account, by=_who(context, opened.account))
    if chosen:
        _once(context, N_("Words"), words)


def _recovery(context: Context, passphrase_file: Path | None) -> None:
    opened = unlock(context, passphrase_file)
    closed = _load(context)
    _, code = closed.with_recovery(opened, closed.cost)
    _once(context, N_("Recovery code, for the safe"), code)


def _load(context: Context) -> "Vault":
    from backupreader.store import vault
    from backupreader.store.files import Files

    return vault.load(context.settings.vault_folder, Files())


def _once(context: Context, what: str, secret: str) -> None:
    """Something that is never shown again."""
    context.say(SHOWN_ONCE)
    print(f"  {context.language.text(what)}: {secret}")  # noqa: T201


def _who(context: Context, account: str) -> str:
    return account or context.language.text("the recovery code")


def _pc_name() -> str:
    """This PC's own name, as far as a file name can hold it."""
    import platform

    return (
        "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in platform.node()).strip("-")
        or "pc"
    )


def _person() -> str:
    """The user at the keyboard."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a service without a name
        return "admin"
