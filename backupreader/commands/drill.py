"""``drill``: what a person does in an outage, tried on an ordinary day, step by step, and recorded.

Each step ends with ✓ or with what is wrong and what to do; one that fails keeps no other from being tried, but for
those that need an open vault. Without a terminal ``--search`` names what to look for and ``--yes`` answers.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from backupreader.command import Context, plain
from backupreader.commands._enter import AS, Who, enter, spend
from backupreader.commands._trouble import tell
from backupreader.domain.acts import stamp
from backupreader.domain.errors import DRILL_FAILED, NO_PRINTER, NO_STORE
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from backupreader.store.reader import Reader
    from backupreader.store.session import Session

_NO_TERMINAL: Final = N_("Nobody can be asked here: say --search WORDS and --yes.")
_ONE_PLACE: Final = N_("Say where the test page shall go: either --out FILE.pdf or --printer NAME.")
_BEGIN: Final = N_("This is a drill. Nothing in it changes any data about citizens.")
_OWN_WORDS: Final = N_(
    "Unlock with your own words. A code that can be used only once would be gone afterwards, in this drill too."
)
_NAME: Final = N_("The name of a citizen you know")
_ANSWERS: Final = N_("(y/n)")
_YES: Final = frozenset("yj")  # yes, ja
_NOT_OPEN: Final = Reason(N_("the vault was not opened"))


class _Wrong(Exception):
    """What a person has seen that is not as it should be, and what to do."""

    def __init__(self, sentence: str, hint: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint


@dataclass(slots=True)
class _Walk:
    """One drill on its way. `session` and `reader` are there once the vault is open."""

    context: Context
    passphrase_file: Path | None
    words: str
    out: Path | None
    printer: str
    yes: bool
    name: str = ""
    session: Session | None = None
    reader: Reader | None = None

    def program(self) -> str:
        """The libraries, on known answers."""
        from backupreader.store.selftest import self_test

        self_test()
        return self._(N_("The program passes its own test."))

    def store(self) -> str:
        """Every byte of every generation."""
        from backupreader.store.files import Files
        from backupreader.store.generations import Store

        store = Store(self.context.settings.data, Files())
        generations = store.list()
        if not generations:
            raise ReaderError(NO_STORE, path=store.folder)
        with self.context.progress(N_("Checking")) as tick:
            for done, generation in enumerate(generations):
                tick(done, len(generations))
                store.verify(generation)
        count = self.context.language.count
        return count("{n} generation is whole.", "{n} generations are whole.", len(generations))

    def unlocking(self) -> str:
        """The vault, by a person's words; the newest data."""
        from backupreader.store.opening import open_newest

        self.context.say(_OWN_WORDS)
        self.session = enter(self.context, self.passphrase_file, Who(name=self.name, purpose="drill"))
        self.reader = open_newest(self.context.settings, self.session)
        spend(self.context, self.session)
        if self.reader.fallback is not None:
            raise _Wrong(self._(self.reader.fallback), self._(N_("Call IT: the newest data must be sent again.")))
        return self._(N_("The data is open for {name}.")).format(name=self.session.actor.name)

    def search(self) -> str:
        """A citizen whom the person knows."""
        assert self.reader is not None
        words = self.words or input(self._(_NAME) + ": ")
        found = len(self.reader.find(words)) if words.strip() else 0
        if not found:
            raise _Wrong(
                self._(N_("Nobody was found for '{words}'.")).format(words=words),
                self._(N_("Try another name. If someone who is in care is not found, call IT: data is missing.")),
            )
        return self.context.language.count("{n} citizen was found.", "{n} citizens were found.", found)

    def paper(self) -> str:
        """A page about nobody, on paper or in the file that was asked for."""
        from backupreader.domain.papers import PrinterCheck
        from printing import jobs, spool
        from printing.papers import paper

        context = self.context
        pc = self.session.unlocked.identity.name if self.session is not None else "–"
        check = PrinterCheck(pc=pc, site=context.settings.site)
        pages = paper("test-page", check, context.language, context.now(), anchor=self.anchor())
        if self.out is not None:
            spool.write(pages, self.out)
            return self._(N_("The test page lies in {where}.")).format(where=self.out)
        printer = self.printer or _usual_printer()
        jobs.submit(pages, printer, "Backup Reader")
        self._ask(
            N_("Is the test page in your hand, and can you read all of it?"),
            N_("No good page came out of the printer."),
            N_("Look at the printer: paper, toner, switched on. If that does not help, call IT."),
        )
        return self._(N_("The test page was printed on {where}.")).format(where=printer)

    def anchor(self) -> str:
        """Where the audit stands, for the foot of the test page."""
        return "" if self.session is None else stamp(self.session.anchor, self.context.language)

    def clock(self) -> str:
        """This PC has no network to set its clock by."""
        now = self.context.language.moment(self.context.now())
        self.context.say(N_("The clock of this PC says {moment}."), moment=now)
        self._ask(
            N_("Does your watch say the same?"),
            N_("The clock of this PC is wrong, so the ages and due times that it shows are wrong too."),
            N_("Have IT set the clock."),
        )
        return self._(N_("The clock is right."))

    def _ask(self, question: str, sentence: str, hint: str) -> None:
        if self.yes:
            return
        answer = input(f"{self._(question)} {self._(_ANSWERS)} ")
        if answer.strip().lower()[:1] not in _YES:
            raise _Wrong(self._(sentence), self._(hint))

    def _(self, sentence: str) -> str:
        return self.context.language.text(sentence)


_STEPS: Final[tuple[tuple[str, Callable[[_Walk], str]], ...]] = (
    (N_("the program itself"), _Walk.program),
    (N_("the data on this PC"), _Walk.store),
    (N_("unlocking"), _Walk.unlocking),
    (N_("a search"), _Walk.search),
    (N_("a page on paper"), _Walk.paper),
    (N_("the clock"), _Walk.clock),
)


def add(app: typer.Typer, language: Language) -> None:
    """Register the verb."""
    _ = language.text

    @app.command("drill", help=_("Go through what is done in an outage, step by step, and record how it went."))
    def drill(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        search: str = typer.Option("", "--search", help=_("A name to look for; asked for when nothing is said.")),
        out: Path | None = typer.Option(None, "--out", help=_("The test page goes into this PDF file.")),
        printer: str = typer.Option("", "--printer", help=_("A printer; this PC's usual one when nothing is said.")),
        yes: bool = typer.Option(False, "--yes", help=_("Answer every question with yes.")),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_("A file with the words.")),
    ) -> None:
        context: Context = ctx.obj
        if out is not None and printer:
            raise typer.BadParameter(context.language.text(_ONE_PLACE))
        if not sys.stdin.isatty() and not (search and yes):
            raise typer.BadParameter(context.language.text(_NO_TERMINAL))
        _drill(_Walk(context, passphrase_file, search, out, printer, yes, as_))


def _drill(walk: _Walk) -> None:
    walk.context.say(_BEGIN)
    failed = [name for number, (name, step) in enumerate(_STEPS, start=1) if not _tried(walk, number, name, step)]
    with closing(walk.reader) if walk.reader is not None else nullcontext():
        _held(walk, failed)
    if failed:
        raise ReaderError(DRILL_FAILED, steps=tuple(Reason(name) for name in failed))
    walk.context.say(N_("The drill passed: {n} steps of {n}."), n=len(_STEPS))


def _tried(walk: _Walk, number: int, name: str, step: Callable[[_Walk], str]) -> bool:
    """One step, told to the person; whether it went well."""
    language = walk.context.language
    print(f"\n{number}/{len(_STEPS)} {language.text(name)}")  # noqa: T201
    if step is _Walk.search and walk.reader is None:
        print(f"✗ {_NOT_OPEN.told(language)}")  # noqa: T201
        return False
    try:
        print(f"✓ {plain(step(walk))}")  # noqa: T201
    except _Wrong as wrong:
        print(f"✗ {plain(wrong.sentence)}\n  {plain(wrong.hint)}")  # noqa: T201
        return False
    except EOFError:
        print(f"✗ {language.text(_NO_TERMINAL)}")  # noqa: T201
        return False
    except ReaderError as trouble:
        print("✗", flush=True)  # noqa: T201
        tell(trouble, language)
        return False
    return True


def _held(walk: _Walk, failed: list[str]) -> None:
    """The result is known, and the vault may still be open: it is recorded here, and in the audit of who held it."""
    from backupreader.store.drills import Drill, Drills
    from backupreader.store.files import Files

    by = walk.session.actor.name if walk.session is not None else ""
    drill = Drill(kind="drill", at=walk.context.now(), by=by, passed=not failed, notes=tuple(failed))
    Drills(walk.context.settings.data, Files()).held(drill)
    if walk.session is not None:
        walk.session.record("drill", what=", ".join(failed) or "passed")
        walk.session.end()


def _usual_printer() -> str:
    """The printer that CUPS takes by itself, or the only one. Raises NO_PRINTER."""
    from printing import jobs

    known = jobs.printers()
    usual = [printer.name for printer in known if printer.default] or [printer.name for printer in known]
    if not usual:
        raise ReaderError(NO_PRINTER, printer="–", reason=Reason(N_("this PC knows no printer")))
    return usual[0]
