"""How a secret is handed to the person whose it is: once on the terminal, or as a paper of her own."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from backupreader.command import Context
from backupreader.domain.errors import FILE_TROUBLE
from backupreader.domain.papers import CodeSheet, RecoverySheet, WordsSlip
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_

if TYPE_CHECKING:
    from backupreader.store.unlocked import Unlocked

SHOWN_ONCE = N_("Write this down and give it to no one else. It is shown only this once:")
ON_PAPER = N_("It is in {path}: print it, hand it over, and delete the file.")
RECOVERY = N_("Recovery code, for the safe")
RECOVERY_PART = N_("Recovery code, part {part} of {parts}, for a safe of its own")
SEEN_BY_ONE = N_(
    "Two people should make the recovery code: this way one sees both parts. "
    "With --slip each part has a paper of its own."
)
NOT_ORDINARY = Reason(N_("it is not an ordinary file"))
NO_FOLDER = Reason(N_("its folder is not there"))
Paper = Literal["code-sheet", "words-slip", "recovery-sheet"]


class Sheet(NamedTuple):
    """A paper, and the file that it goes into."""

    name: Paper
    value: WordsSlip | CodeSheet | RecoverySheet
    file: Path


def words_sheets(slip: WordsSlip, file: Path | None) -> list[Sheet]:
    """A person's words on paper, where that is wanted."""
    return [] if file is None else [Sheet("words-slip", slip, file)]


def hand_words(context: Context, slip: WordsSlip, file: Path | None) -> None:
    """A person's words, into her hands."""
    if file is None:
        _once(context, context.language.text("Words"), slip.words)
    else:
        context.say(ON_PAPER, path=file)


def recovery_sheets(
    context: Context, pc: tuple[str, str], codes: tuple[str, ...], by: str, file: Path | None
) -> list[Sheet]:
    """The recovery code on paper, where that is wanted; each of two parts on its own. `pc`: its name and site."""
    name, site = pc
    if file is None:
        return []
    values = (
        RecoverySheet(
            pc=name,
            site=site,
            code=code,
            part=part,
            parts=len(codes),
            issued_at=context.now(),
            issued_by=by,
        )
        for part, code in enumerate(codes, start=1)
    )
    files = [file] if len(codes) == 1 else [file.with_name(f"{file.stem}-{n}{file.suffix}") for n in (1, 2)]
    return [Sheet("recovery-sheet", value, own) for value, own in zip(values, files, strict=True)]


def hand_recovery(context: Context, codes: tuple[str, ...], sheets: Sequence[Sheet]) -> None:
    """The recovery code into the hands of the one who is there, where it is on no paper."""
    for sheet in sheets:
        context.say(ON_PAPER, path=sheet.file)
    if len(codes) > 1 and not sheets:
        context.say(SEEN_BY_ONE)
    for part, code in enumerate(() if sheets else codes, start=1):
        what = RECOVERY if len(codes) == 1 else RECOVERY_PART
        _once(context, context.language.text(what).format(part=part, parts=len(codes)), code)


@contextmanager
def readied(context: Context, sheets: Sequence[Sheet]) -> Generator[None]:
    """The papers lie beside their places before anything is changed, and get their names when it is.

    So that no words are changed for ones that never reached a paper. What goes wrong takes the papers away; one that
    cannot get its name stays where it is, and that is said.
    """
    from backupreader.store.files import SECRET, Files

    files, ready = Files(), list[tuple[Path, Path]]()
    try:
        for sheet in sheets:
            place = sheet.file.absolute()
            part = place.with_name(f"{place.name}.part")
            files.remove(part)
            files.write_new(part, drawn(context, sheet.name, sheet.value), SECRET)
            ready.append((part, place))
        yield
    except BaseException:
        for part, _ in ready:
            with suppress(ReaderError):
                files.remove(part)
        raise
    troubles: list[ReaderError] = []
    for part, place in ready:
        try:
            files.rename(part, place)
            files.fsync_folder(place.parent)
        except ReaderError as trouble:
            context.say(ON_PAPER, path=part)
            troubles.append(trouble)
    if troubles:
        raise troubles[0]


def check_paper(file: Path | None) -> None:
    """Before anything is changed: a paper can be written here. Raises FILE_TROUBLE."""
    if file is None:
        return
    if file.exists() and not file.is_file():
        raise ReaderError(FILE_TROUBLE, path=file, reason=NOT_ORDINARY)  # a device would be replaced by a file
    if not file.absolute().parent.is_dir():
        raise ReaderError(FILE_TROUBLE, path=file, reason=NO_FOLDER)


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
