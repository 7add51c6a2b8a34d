"""How each screen is opened where all pages are gone through: to be read from outside, measured for room, and drawn.

`WAYS` is the table: a screen of ``ui.screens.SCREENS`` that is missing from it fails a test. A way opens its screen, and yields the name of
each state in which it is to be looked at, when the window has nothing left to do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt
from PySide6.QtWidgets import QApplication

from backupreader.domain.plan.about import Spot
from backupreader.domain.plan.finding import Finding
from backupreader.domain.scenarios.scenario import Ask
from backupreader.domain.tonight import Filter
from backupreader.domain.trouble import Reason
from backupreader.store.plans import Carried, Kept
from tests.ui import town, townsfolk
from ui.chapter import ToDocument, Whose
from ui.chapters import CHAPTERS
from ui.outagework import Writes
from ui.pages import Printable
from ui.plan import ROOM, Carded, Guided, Wrong
from ui.telling.outage import Turn
from ui.window import Window

PATIENCE: Final = 30_000
PEOPLE: Final = {"kirsten": "nexus:1", "cruel": "nexus:3", "little": "nexus:4"}
Way = Callable[[Window], Iterator[str]]


def every(window: Window) -> Iterator[str]:
    """Every state of every screen, those of a locked window first; Anna unlocks between. Each is named ``screen`` or ``screen-state``."""
    yield from locked(window)
    unlock(window)
    yield from opened(window)


def locked(window: Window) -> Iterator[str]:
    """Every state of the lock, and of each page that is there without unlocking; the lock is shown at the end."""
    yield from _named("lock", window)
    for name in LOCKED:
        yield from (f"{page}-locked" for page in _named(name, window))
    del window.history[1:]
    window.show_screen()


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


def _scenario(window: Window) -> Iterator[str]:
    """The five; a question, asked, hinted at and told; something to do, here and from elsewhere; and the score."""
    window.go("scenario")
    yield ""
    window.screen_now.name_field.setText(town.NAME)
    window.screen_now._open("locks")
    wait(lambda: window.playing is not None)
    yield "asked"
    while isinstance(step := window.playing.step, Ask):
        wrong = [place for place in range(len(step.choices)) if place != step.right]
        window.screen_now._open(wrong[0])
        yield f"hint-{step.id}"
        window.screen_now._open(step.right)
        yield f"told-{step.id}"
        window.screen_now._open("go-on")
    yield "do"
    window.go("find", "m")
    yield "elsewhere"
    window.to_scenario()
    settle(window)
    window.screen_now._open("pass")
    yield "score"
    window.go("start")


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


def _call(window: Window) -> Iterator[str]:
    """What is wrong; then each kind of answer; then without a plan, and with one that a newer one could not replace."""
    wait(lambda: window.plan is not None)
    window.go("call")
    yield ""
    for state, system in (("", "journal"), ("nobody", "laase"), ("cruel", "alarm"), ("mail", "net"), ("all", "")):
        window.go("call", Wrong(system))
        yield f"answer-{state}" if state else "answer"
    plan = window.plan
    finding = Finding(
        Spot("plan.toml", 12), Reason("'number' cannot be 'fem': a phone number has at least three digits")
    )
    for state, other in (("kept", replace(plan, kept=Kept("", "export", (finding,)))), ("none", Carried())):
        window.plan = other
        window.go("call")
        yield state
    window.plan = plan


def _guide(window: Window) -> Iterator[str]:
    """A question, one after an answer, and each kind of end."""
    wait(lambda: window.plan is not None)
    for state, answers in (
        ("", ()),
        ("second", (False,)),
        ("none", (True,)),
        ("local", (False, True)),
        ("global", (False, False, False)),
        ("national", (False, False, True)),
    ):
        window.go("guide", Guided("journal", answers))
        yield state


def _card(window: Window) -> Iterator[str]:
    """A card, one that is overdue, one that is no longer there, and the room."""
    wait(lambda: window.plan is not None)
    for state, card in (("", "journal"), ("overdue", "laase"), ("gone", "xyzzy"), ("room", ROOM)):
        window.go("card", Carded(card))
        yield state


def _outage(window: Window) -> Iterator[str]:
    """Before it is declared, each part of it, the hand-over that is owed, and when it is over."""
    wait(lambda: window.plan is not None)
    window.go("outage")
    settle(window)
    screen = window.screen_now
    yield "declare"
    for field, words in zip(
        screen.form.fields.values(), (town.NAME, "Ingen kan åbne journalen.", "05:30", ""), strict=True
    ):
        field.setText(words)
    screen.form.turn("journal")
    screen._declare()
    yield "due"
    for part, one in screen.parts.buttons.items():
        one.click()
        yield part
    for kind, more in (
        ("reach", {"what": "national"}),
        ("call", {"what": "it", "detail": "no-answer"}),
        ("unit", {"what": "Team Nord", "detail": "down"}),
        ("partner", {"what": "laegevagt"}),
        ("act", {"what": "sms", "who": "Team Nords telefoner"}),
        ("done", {"what": "meld"}),
        ("note", {"words": "Elevatoren virker heller ikke. Det har intet med journalen at gøre, men det haster."}),
    ):
        screen._ask(Writes(kind=kind, **more))
        settle(window)
    entry = screen._event.entries[-1]
    screen.log.opened.emit(Turn("cross", str(entry.number)))
    yield "cross"
    screen._ask(Writes(kind="withdrawn", what=str(entry.number), words="Hører ikke hjemme her."))
    yield "log-crossed"
    clock = window._clock_of
    window._clock_of = lambda zone: clock(zone) + timedelta(hours=8)
    screen.minute()
    yield "handed"
    window._clock_of = lambda zone: clock(zone) + timedelta(minutes=5)
    screen.minute()
    settle(window)
    screen._ask(Writes(kind="ended"))
    yield "ended"
    window._clock_of = clock


LOCKED: Final = ("call", "guide", "card", "contacts")
"""The pages of the plan: they are there without unlocking, too."""

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
    "call": _call,
    "guide": _guide,
    "card": _card,
    "contacts": partial(_plain, "contacts"),
    "scenario": _scenario,
    "outage": _outage,
}
