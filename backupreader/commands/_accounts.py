"""``vault add-account``, ``new-words``, ``remove-account`` and ``recovery``: who can open the vault of this PC."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from backupreader.command import Context
from backupreader.commands._enter import enter_to_change, recorded
from backupreader.commands._handing import (
    check_paper,
    hand_recovery,
    hand_words,
    readied,
    recovery_sheets,
    who,
    words_sheets,
)
from backupreader.commands._unlock import chosen_passphrase
from backupreader.domain.papers import WordsSlip
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from backupreader.store.vault import Vault, VaultIdentity

WORDS_FILE = N_("Read the words of the person who is there from this file.")
NEW_WORDS_FILE = N_("Take the new words from this file.")
NAME = N_("The person's name.")
ROLE = N_("What the person is: nurse, manager, …")
UNIT = N_("One of the person's own units; may be said several times. Without it, all units.")
SLIP = N_("Write it into this PDF and not on the terminal.")
OUT = N_("The folder for the NAME.vault file.")
STILL_FORMER = N_(
    "Until then packages are still sealed to the former key: {name} could open them with an old copy of the slot file, "
    "this PC's machine secret and the words."
)
STILL_OPENS = N_(
    "Sheet {sheet} of event codes, held by {holder}, goes on to open the data. If {name} has seen it, run: "
    "vault codes --cancel {sheet}"
)


class Person(NamedTuple):
    """Whom an account is for. `units` are names; none means that every unit is hers."""

    name: str
    role: str
    units: tuple[str, ...]


def add(group: typer.Typer, language: Language) -> None:
    """Register the verbs."""
    _ = language.text

    @group.command("add-account", help=_("Let one more person open the vault."))
    def add_account(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        account: str = typer.Argument(help=_(NAME)),
        role: str = typer.Option("", "--role", help=_(ROLE)),
        unit: list[str] = typer.Option([], "--unit", help=_(UNIT)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(WORDS_FILE)),
        new_passphrase_file: Path | None = typer.Option(None, "--new-passphrase-file", help=_(NEW_WORDS_FILE)),
        slip: Path | None = typer.Option(None, "--slip", help=_(SLIP)),
    ) -> None:
        _add_account(ctx.obj, Person(account, role, tuple(unit)), passphrase_file, new_passphrase_file, slip)

    @group.command("new-words", help=_("Give a person who has forgotten hers new words."))
    def new_words(
        ctx: typer.Context,
        account: str = typer.Argument(help=_(NAME)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(WORDS_FILE)),
        new_passphrase_file: Path | None = typer.Option(None, "--new-passphrase-file", help=_(NEW_WORDS_FILE)),
        slip: Path | None = typer.Option(None, "--slip", help=_(SLIP)),
    ) -> None:
        _new_words(ctx.obj, account, passphrase_file, new_passphrase_file, slip)

    @group.command("remove-account", help=_("Take a person's account away, and give the vault a new key."))
    def remove_account(
        ctx: typer.Context,
        account: str = typer.Argument(help=_(NAME)),
        out: Path = typer.Option(Path(), "--out", help=_(OUT)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(WORDS_FILE)),
    ) -> None:
        _remove_account(ctx.obj, account, out, passphrase_file)

    @group.command("recovery", help=_("Print a new recovery code; the old one stops working."))
    def recovery(
        ctx: typer.Context,
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(WORDS_FILE)),
        slip: Path | None = typer.Option(None, "--slip", help=_(SLIP)),
    ) -> None:
        _recovery(ctx.obj, passphrase_file, slip)


def _add_account(
    context: Context,
    person: Person,
    passphrase_file: Path | None,
    new_passphrase_file: Path | None,
    slip: Path | None,
) -> None:
    from backupreader.store import machine
    from backupreader.store.files import Files

    check_paper(slip)
    words, chosen = chosen_passphrase(context, new_passphrase_file)
    session = enter_to_change(context, passphrase_file)
    opened = session.unlocked
    closed = _load(context)
    secret = machine.make(context.settings.machine_secret_place, Files())
    paper = words_slip(context, named(closed), person, words, who(context, opened))
    with (
        recorded(context, session, "account", f"added: {person.name}"),
        readied(context, words_sheets(paper, slip)),
    ):
        closed.with_account(opened, person.name, words, secret, closed.cost, role=person.role, units=person.units)
    context.say(N_("{name} can now open the vault. Done by {by}."), name=person.name, by=who(context, opened))
    if chosen or slip is not None:
        hand_words(context, paper, slip)


def _new_words(
    context: Context, account: str, passphrase_file: Path | None, new_passphrase_file: Path | None, slip: Path | None
) -> None:
    from backupreader.store import machine
    from backupreader.store.files import Files

    check_paper(slip)
    words, chosen = chosen_passphrase(context, new_passphrase_file)
    session = enter_to_change(context, passphrase_file)
    opened = session.unlocked
    closed = _load(context)
    secret = machine.make(context.settings.machine_secret_place, Files())
    known = closed.account(account)
    person = Person(known.name, known.role, known.units)
    paper = words_slip(context, named(closed), person, words, who(context, opened))
    with (
        recorded(context, session, "account", f"new words: {known.name}"),
        readied(context, words_sheets(paper, slip)),
    ):
        closed.with_words(opened, account, words, secret, closed.cost)
    context.say(
        N_("{name} has new words; the old ones open nothing. Done by {by}."), name=known.name, by=who(context, opened)
    )
    if chosen or slip is not None:
        hand_words(context, paper, slip)


def _remove_account(context: Context, account: str, out: Path, passphrase_file: Path | None) -> None:
    session = enter_to_change(context, passphrase_file)
    opened = session.unlocked
    before = _load(context)
    name = before.account(account).name
    with recorded(context, session, "account", f"removed: {name}"):
        left = before.without_account(opened, account)
    context.say(N_("{name} can no longer open the vault. Done by {by}."), name=name, by=who(context, opened))
    _say_handed_out(context, before, left, name)
    public = write_public(left.identity, out)
    context.say(
        N_("The vault has a new key. Carry {path} to the export machine and run there: vault enrol {path}"), path=public
    )
    context.say(N_("Compare by phone: {fingerprint}"), fingerprint=left.identity.fingerprint)
    context.say(STILL_FORMER, name=name)


def _recovery(context: Context, passphrase_file: Path | None, slip: Path | None) -> None:
    check_paper(slip)
    session = enter_to_change(context, passphrase_file)
    opened, closed = session.unlocked, _load(context)
    codes = recovery_codes(context)
    sheets = recovery_sheets(context, named(closed), codes, who(context, opened), slip)
    with recorded(context, session, "recovery"), readied(context, sheets):
        closed.with_recovery(opened, closed.cost, codes=codes)
    hand_recovery(context, codes, sheets)


def named(closed: "Vault") -> tuple[str, str]:
    """What stands on a paper of this PC: its name and its site."""
    return closed.identity.name, closed.identity.site


def recovery_codes(context: Context) -> tuple[str, ...]:
    """A fresh recovery code, in as many parts as the site wants."""
    from backupreader.store import wordlist

    return wordlist.recovery_codes(2 if context.settings.two_for_recovery else 1)


def _say_handed_out(context: Context, before: "Vault", left: "Vault", name: str) -> None:
    """What went with a person who was taken away, and what she gave or saw that still opens the vault."""
    cancelled = {sheet.number for sheet in before.sheets if sheet.cancelled}
    for sheet in left.sheets:
        if sheet.cancelled and sheet.number not in cancelled:
            context.say(
                N_("Sheet {sheet} of event codes, held by {holder}, is cancelled."),
                sheet=sheet.number,
                holder=sheet.holder,
            )
        elif sheet.left:
            context.say(STILL_OPENS, sheet=sheet.number, holder=sheet.holder, name=name)
    for slot in left.made_by(name):
        if slot.kind == "account":
            context.say(
                N_("{name} has seen the words of {other}: run 'vault new-words' for {other}."),
                name=name,
                other=slot.name,
            )
        elif slot.kind == "recovery":
            context.say(N_("{name} has seen the recovery code: run 'vault recovery'."), name=name)


def words_slip(context: Context, pc: tuple[str, str], person: Person, words: str, by: str) -> WordsSlip:
    """What is handed to a person: her name, role and units, and her words. `pc`: its name and site."""
    return WordsSlip(
        pc=pc[0],
        site=pc[1],
        person=person.name,
        words=words,
        role=person.role,
        units=person.units,
        issued_at=context.now(),
        issued_by=by,
    )


def write_public(identity: "VaultIdentity", out: Path) -> Path:
    """The NAME.vault file that is carried to the export machine."""
    from backupreader.store.carried import VAULT_SUFFIX
    from backupreader.store.files import Files

    files, public = Files(), out / f"{identity.name}{VAULT_SUFFIX}"
    files.make_folder(out.absolute())
    files.replace(public.absolute(), identity.encode())
    return public


def _load(context: Context) -> "Vault":
    from backupreader.store import vault
    from backupreader.store.files import Files

    return vault.load(context.settings.vault_folder, Files())
