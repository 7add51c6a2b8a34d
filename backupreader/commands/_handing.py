"""How a secret is handed to the person whose it is: once on the terminal, or as a paper of her own."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from backupreader.command import Context
from backupreader.domain.errors import FILE_TROUBLE, ReaderError, Reason
from backupreader.domain.papers import CodeSheet, RecoverySheet, WordsSlip
from backupreader.language import N_

if TYPE_CHECKING:
    from backupreader.store.unlocked import Unlocked
    from backupreader.store.vault import VaultIdentity

SHOWN_ONCE = N_("Write this down and give it to no one else. It is shown only this once:")
ON_PAPER = N_("It is in {path}: print it, hand it over, and delete the file.")
RECOVERY = N_("Recovery code, for the safe")
RECOVERY_PART = N_("Recovery code, part {part} of {parts}, for a safe of its own")
NOT_ORDINARY = Reason(N_("it is not an ordinary file"))
NO_FOLDER = Reason(N_("its folder is not there"))
Paper = Literal["code-sheet", "words-slip", "recovery-sheet"]


def hand_words(context: Context, slip: WordsSlip, file: Path | None) -> None:
    """A person's words, into her hands."""
    if file is None:
        _once(context, context.language.text("Words"), slip.words)
    else:
        write_paper(context, "words-slip", slip, file)
        context.say(ON_PAPER, path=file)


def hand_recovery(
    context: Context, identity: "VaultIdentity", codes: tuple[str, ...], by: str, file: Path | None
) -> None:
    """The recovery code, or each of its two parts on a paper of its own."""
    for part, code in enumerate(codes, start=1):
        if file is None:
            what = RECOVERY if len(codes) == 1 else RECOVERY_PART
            _once(context, context.language.text(what).format(part=part, parts=len(codes)), code)
            continue
        sheet = RecoverySheet(
            pc=identity.name,
            site=identity.site,
            code=code,
            part=part,
            parts=len(codes),
            issued_at=context.now(),
            issued_by=by,
        )
        own = file if len(codes) == 1 else file.with_name(f"{file.stem}-{part}{file.suffix}")
        write_paper(context, "recovery-sheet", sheet, own)
        context.say(ON_PAPER, path=own)


def check_paper(file: Path | None) -> None:
    """Before anything is changed: a paper can be written here. Raises FILE_TROUBLE."""
    if file is None:
        return
    if file.exists() and not file.is_file():
        raise ReaderError(FILE_TROUBLE, path=file, reason=NOT_ORDINARY)  # a device would be replaced by a file
    if not file.absolute().parent.is_dir():
        raise ReaderError(FILE_TROUBLE, path=file, reason=NO_FOLDER)


def write_paper(context: Context, name: Paper, value: WordsSlip | CodeSheet | RecoverySheet, file: Path) -> None:
    """The paper as a PDF that only this user may read; what stood there is replaced in one step."""
    from backupreader.store.files import SECRET, Files

    Files().replace(file.absolute(), drawn(context, name, value), SECRET)


def drawn(context: Context, name: Paper, value: WordsSlip | CodeSheet | RecoverySheet) -> bytes:
    """The paper as a PDF."""
    from printing.papers import paper

    return paper(name, value, context.language, context.now())


def who(context: Context, opened: "Unlocked") -> str:
    """Who did it: the person whose words opened the vault, or the code that is nobody's."""
    return opened.account or context.language.text("the recovery code")


def _once(context: Context, what: str, secret: str) -> None:
    """Something that is never shown again."""
    context.say(SHOWN_ONCE)
    print(f"  {what}: {secret}")  # noqa: T201
