"""How each screen is opened where all pages are gone through: to be read from outside, measured for room, and drawn.

`WAYS` is the table: a screen of ``ui.screens.SCREENS`` that is missing from it fails a test. A way opens its screen, and yields the name of
each state in which it is to be looked at, when the window has nothing left to do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt
from PySide6.QtWidgets import QApplication

from backupreader.domain.tonight import Filter
from tests.ui import town, townsfolk
from ui.chapter import ToDocument, Whose
from ui.chapters import CHAPTERS
from ui.pages import Printable
from ui.window import Window

PATIENCE: Final = 30_000
PEOPLE: Final = {"kirsten": "nexus:1", "cruel": "nexus:3", "little": "nexus:4"}
Way = Callable[[Window], Iterator[str]]


def every(window: Window) -> Iterator[str]:
    """Every state of every screen, those of the lock first; Anna unlocks between. Each is named ``screen`` or ``screen-state``."""
    yield from _named("lock", window)
    unlock(window)
    yield from opened(window)


def opened(window: Window, only: Collection[str] = ()) -> Iterator[str]:
    """Every state of every screen of an open window, or of some of them."""
    for name in WAYS:
        if name != "lock" and name in (only or WAYS):
            yield from _named(name, window)


def unlock(window: Window, name: str = town.NAME, words: str = town.WORDS, purpose: str = "outage") -> None:
    """Open the window as a person does."""
    lock = window.screen_now
    lock.name_field.setText(name)
    lock.words_field.setText(words)
    lock.purposes.choose(purpose)
    lock.try_words()
    wait(lambda: window.info is not None)
    settle(window)


def _named(name: str, window: Window) -> Iterator[str]:
    for state in WAYS[name](window):
        settle(window)
        yield f"{name}-{state}" if state else name


def settle(window: Window) -> None:
    """Wait until all that has been asked is answered, and what the answers ask in turn, and nothing is left to draw."""
    for _ in range(3):
        for desk in (window.desk, window.press) if window.is_open else (window.press,):
            answered: list[object] = []
            desk.line().ask(_nothing, answered.append, answered.append)
            wait(partial(bool, answered))
    for _ in range(10):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def wait(ready: Callable[[], object]) -> None:
    """Let the window work until something is so."""
    timer = QElapsedTimer()
    timer.start()
    while not ready():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
        assert timer.elapsed() < PATIENCE, "the window did not get ready"


def _nothing(_held: object) -> bool:
    return True


# The ways, one a screen.


def _plain(name: str, window: Window) -> Iterator[str]:
    window.go(name)
    yield ""


def _lock(window: Window) -> Iterator[str]:
    lock = window.screen_now
    yield ""
    lock.name_field.setText(town.NAME)
    lock.words_field.setText("wrong words")
    lock.try_words()
    wait(lock.unlock.isEnabled)
    yield "wrong"
    lock.forgotten.click()
    yield "forgotten"
    lock.have_code.click()
    yield "code"
    lock.have_code.click()


def _find(window: Window) -> Iterator[str]:
    for state, words in (("", "m"), ("nobody", "xyzzy"), ("all", "")):
        window.go("find", words)
        yield state


def _citizen(window: Window) -> Iterator[str]:
    for person, citizen in PEOPLE.items():
        window.go("citizen", Whose(citizen))
        settle(window)
        for number, chapter in enumerate(CHAPTERS):
            window.screen_now.chapters.choose(number)
            yield f"{person}-{chapter.key}"
    window.go("citizen", Whose("nexus:2"))
    settle(window)
    yield "private-overview"


def _driving(window: Window) -> Iterator[str]:
    window.go("driving")
    yield ""
    window.steered(Qt.Key.Key_Down)
    yield "route"


def _print(window: Window) -> Iterator[str]:
    for document, citizen in (("medicine-sheet", "nexus:3"), ("summary", "nexus:3")):
        window.go("print", Printable(document, townsfolk.CRUEL_NAME, citizen=citizen))
        yield document


def _document(window: Window) -> Iterator[str]:
    window.go("document", ToDocument("nexus:p1", "Epikrise"))
    yield ""


def _drill(window: Window) -> Iterator[str]:
    """None goes on; then one that has just begun, and one of its questions."""
    from ui.drilling import Drilling

    window.go("drill")
    yield "none"
    window.drill = Drilling()
    window.go("drill")
    yield ""
    window.screen_now.steps.choose(len(window.screen_now.steps.rows))
    window.screen_now.steps.open_chosen()
    yield "asked"
    window.drill = None


def _citizens(window: Window) -> Iterator[str]:
    window.go("citizens", Filter())
    yield ""
    window.go("citizens", Filter(life_critical=True))
    yield "life-critical"


def _sheets(window: Window) -> Iterator[str]:
    """No sheet yet; some that were printed, one of them shown; a number that was misread."""
    window.go("sheets")
    yield "none"
    town.print_sheets(window)
    window.go("sheets")
    yield ""
    settle(window)
    window.screen_now.list.opened.emit(next(row.target for row in window.screen_now.list.rows if row.target))
    yield "shown"
    window.searched("K7Q-0483921-57")
    window.steered(Qt.Key.Key_Return)
    yield "misread"


def _shift_check(window: Window) -> Iterator[str]:
    """Each question, with a point that is not good; the result; and the checks before it."""
    window.go("shift-check")
    yield "print"
    screen = window.screen_now
    screen.later.click()
    yield "clock"
    screen.no.click()
    yield "paper"
    screen.yes.click()
    yield "done"


def _start(window: Window) -> Iterator[str]:
    """The page, the page covered, and each step of the tour over it."""
    window.go("start")
    yield ""
    window.blank()
    yield "covered"
    window._blanking.wake()
    window.show_round()
    for step in range(1, 7):
        yield f"tour-{step}"
        window._tour.pointer.on.click()


WAYS: Final[Mapping[str, Way]] = {
    "lock": _lock,
    "start": _start,
    "keys": partial(_plain, "keys"),
    "find": _find,
    "citizen": _citizen,
    "driving": _driving,
    "print": _print,
    "document": _document,
    "data": partial(_plain, "data"),
    "drill": _drill,
    "changes": partial(_plain, "changes"),
    "citizens": _citizens,
    "overview": partial(_plain, "overview"),
    "readiness": partial(_plain, "readiness"),
    "shift": partial(_plain, "shift"),
    "sheets": _sheets,
    "shift-check": _shift_check,
}
