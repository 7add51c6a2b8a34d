"""The window: the frame, the bar with the search box, one screen at a time, and the lock.

While locked it holds nothing: no reader, no key, no page. Typing anywhere types into the search box; Esc goes back.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent

from backupreader.domain.acts import DRILL, Waiting
from backupreader.language import Language
from backupreader.settings import Settings
from ui.dress import speak, system_is_dark
from ui.drilling import Drilling
from ui.look import Look, State, load_more_fonts
from ui.opening import closed, ended
from ui.pane import Pane
from ui.screen import Screen
from ui.screens import SCREENS
from ui.sweeper import Sweeper
from ui.tasks import Desk
from ui.touches import Touches

if TYPE_CHECKING:
    from backupreader.store.answers import GenerationInfo
    from backupreader.store.reader import Reader
    from backupreader.store.session import Session
    from printing.jobs import Printer
    from ui.opening import Opened
    from ui.pages import Pages
    from ui.standing import Standing


class Window(Pane):
    """The one window; it is the `Shell` of every screen."""

    def __init__(
        self,
        settings: Settings,
        language: Language,
        look: Look | None = None,
        clock: Callable[[ZoneInfo], datetime] = datetime.now,
        *,
        demo_words: str = "",
    ) -> None:
        super().__init__(language, look or Look(dark=system_is_dark()))
        self._clock_of = clock
        self.demo_words = demo_words
        self.settings = settings
        self.desk: Desk[Reader] = Desk("reader", closed, self)
        self.press: Desk[None] = Desk("press", _nothing, self, held=(None,))
        self.info: GenerationInfo | None = None
        self.session: Session | None = None
        self.waiting = Waiting()
        self.older = False
        self.drill: Drilling | None = None
        self.standing: Standing | None = None
        self.screen_now: Screen | None = None
        self._history: list[tuple[str, object]] = []
        self._told_minute = -1
        self._idle = QTimer(self, singleShot=True, interval=settings.idle_lock_minutes * 60_000)
        self._clock = QTimer(self, interval=5_000)
        self._touches = Touches(self)
        self._sweeper = Sweeper(self)
        self._touches.touched.connect(self._idle.start)
        self._standing_line, self._choice_line = self.press.line(), self.desk.line()
        for desk in (self.desk, self.press):
            desk.crashed.connect(self.crashed)
            desk.answered.connect(self._answered)
        self._idle.timeout.connect(self.lock)
        self._clock.timeout.connect(self._tick)
        self.build()
        self.frame.painted.connect(self._painted, Qt.ConnectionType.QueuedConnection)
        self.go("lock")
        self._clock.start()

    # The shell of the screens.

    def now(self) -> datetime:
        """The site's wall clock."""
        return self._clock_of(self.settings.timezone())

    @property
    def open_standing(self) -> Standing | None:
        """How the data stands that is open, which may be older than the newest; None while locked."""
        if self.info is None:
            return None
        from ui.standing import Standing

        position, expected = (self.info.epoch, self.info.seq), self.info.next_expected
        return Standing(taken_at=self.info.taken_at, position=position, next_expected=expected)

    def go(self, name: str, what: object = None) -> None:
        """To a screen; the one that is left can be come back to."""
        self._remember()
        self._history.append((name, what))
        self._show()

    def back(self) -> None:
        """To the screen before; the first one stays."""
        if len(self._history) > 1:
            self._history.pop()
            self._show()

    @property
    def person(self) -> str:
        """Who has unlocked."""
        return self.session.actor.name if self.session is not None else ""

    def unlocked(self, opened: Opened) -> None:
        """Open: from now on the reader answers, until the lock."""
        began = self.session is None
        self.tell_doing("")
        self.info, self.session, self.older = opened.info, opened.session, opened.older
        self._history.clear()
        self.go("start")
        if began and self.session.actor.reason == DRILL:
            self.drill = Drilling()
            self.go("drill")
        self._idle.start()
        self._touches.write_into(self.topbar.search)
        self._touches.wake()
        if not began:
            return
        from ui.pages import warming

        load_more_fonts()
        self.press.line().ask(warming, _nothing, self.tell)

    def choose(self, generation: str | None) -> None:
        """Open another generation in the same session; the open one stays where it does not open."""
        from ui.opening import reopening

        if self.session is not None:
            self.tell_doing(self.language.text("Opening other data …"))
            work = reopening(self.settings, self.session, generation)
            self._choice_line.open(work, self.unlocked, self.not_done)

    def did(self, step: str) -> None:
        """A step of a drill was done, if one goes on."""
        if self.drill is not None:
            self.drill.did(step)

    def end_drill(self, sentence: str, hint: str, state: State) -> None:
        """The drill is over: to the start page, with what is to be told of it."""
        self.drill = None
        del self._history[1:]
        self._show()
        if sentence:
            self.notice.tell(sentence, hint, state)

    def _answered(self) -> None:
        self.tell_loss(self.session)

    def write_search(self, words: str) -> None:
        """Write in the search box, as a screen that shows what was found does when it is come back to."""
        if self.topbar.search.text() != words:
            self.topbar.search.setText(words)

    def send(self, pages: Pages, printer: Printer) -> None:
        """Have pages printed. It goes on whatever is gone to meanwhile, also while the window is locked."""
        from ui.pages import sending

        self._sent = (pages.count, printer.name)
        self.press.line().ask(sending(pages, printer.name, self.session), self._printed, self.tell)

    def _printed(self, name: str) -> None:
        sentence = self.language.count(
            "{n} page was sent to {{printer}}.", "{n} pages were sent to {{printer}}.", self._sent[0]
        )
        self.notice.tell(sentence.format(printer=name), "", State.GOOD)

    def restyle(self, language: Language, look: Look) -> None:
        """Build everything anew in another language or look, on the same page."""
        self._remember()
        self.language, self.look = language, look
        self._leave()
        self.build()
        if self.info is not None:
            self._touches.write_into(self.topbar.search)
        self._show()

    def lock(self) -> None:
        """Let go of the reader and of the key, and of everything that was shown."""
        self._idle.stop()
        self._touches.sleep()
        self._let_go()
        self.tell_doing("")
        self.info = self.session = self.drill = None
        self.older = False
        self._history.clear()
        self.go("lock")

    def _let_go(self) -> None:
        """The audit has the lock, and the desk holds nothing."""
        self._choice_line.hang_up()
        if self.session is not None:
            self.desk.line().ask(ended, _nothing, self.tell)
        self.desk.drop()

    def _show(self) -> None:
        name, what = self._history[-1]
        self._leave()
        screen: Screen = importlib.import_module(SCREENS[name]).SCREEN(self)
        self.screen_now = screen
        if self._notice is not None:
            self._notice.hide()
        if self._bar is not None or self.info is not None:
            self.topbar.setVisible(self.info is not None)
            self.topbar.back.setEnabled(len(self._history) > 1)
            self.topbar.search.setText("")
        self._page.addWidget(screen, 1)
        screen.enter(what)
        screen.show()
        self.setWindowTitle(f"BACKUP · {screen.title}")
        self._tell_tab()
        self.tell_loss(self.session)
        if not screen.focus_first() and self.info is not None:
            self.topbar.search.setFocus()

    def _leave(self) -> None:
        if self.screen_now is not None:
            self.screen_now.leave()
            self._page.removeWidget(self.screen_now)
            self.screen_now.hide()
            self.screen_now.deleteLater()
            self.screen_now = None

    def _remember(self) -> None:
        if self.screen_now is not None and self._history:
            self._history[-1] = (self._history[-1][0], self.screen_now.remembered())

    def _tell_tab(self) -> None:
        standing = self.open_standing or self.standing
        if standing is None:
            self.frame.tell(self.language.text("BACKUP · read only"))
            return
        from ui.standing import tab

        self.frame.tell(tab(standing, self.now(), self.language, older=self.older))

    def read_standing(self) -> None:
        """Have the published heads read: at the start, and each minute, because new data may arrive at any time."""
        from ui.standing import reading

        self._standing_line.ask(reading(self.settings), self._stands, self.tell)

    def _stands(self, standing: Standing) -> None:
        self.standing = standing
        self._tell_tab()
        if self.screen_now is not None:
            self.screen_now.minute()
        if self.info is None or self.info.fallback or self.older:
            return
        if standing.position > (self.info.epoch, self.info.seq):
            _ = self.language.text
            self.notice.tell(_("Newer data has arrived."), _("Lock and unlock to see it: Ctrl+L."), State.INFO)

    # Keys and time.

    def _painted(self) -> None:
        """After the first paint: what it need not wait for."""
        from ui.keys import shortcuts

        for shortcut, slot in shortcuts(self, self._slots()):
            shortcut.activated.connect(slot)
        self._words_of_qt = speak(self.language, self._words_of_qt)
        self.read_standing()

    def _slots(self) -> dict[str, Callable[[], object]]:
        return {
            "escape": self._escape,
            "back": self.back,
            "lock": self.lock,
            "print": self.print_seen,
            "search": self.to_search,
            "help": self.help,
            "larger": self.larger,
            "smaller": self.smaller,
            "hundred": self.hundred,
            "darken": self.darken,
        }

    def print_seen(self) -> None:
        """Ctrl+P: print what is seen."""
        if self.screen_now is None or self.info is None or self.screen_now.print_now():
            return
        wanted = self.screen_now.printable()
        if wanted is not None:
            self.go("print", wanted)

    def _escape(self) -> None:
        if self._notice is not None and not self._notice.isHidden():
            self._notice.hide()
        elif self.screen_now is None or not self.screen_now.escape():
            self.back()

    def help(self) -> None:
        """Show the keys."""
        if self.screen_now is not None and self.screen_now.name != "keys":
            self.go("keys")

    def to_search(self) -> None:
        """Give the search box the focus."""
        if self.info is not None:
            self.topbar.search.setFocus()
            self.topbar.search.selectAll()

    def searched(self, words: str) -> None:
        """The search box was written in: the screen that is seen takes the words, or the one that finds."""
        if self.screen_now is not None and not self.screen_now.searched(words):
            self.go("find", words)
            self.topbar.search.setText(words)

    def steered(self, key: Qt.Key) -> None:
        """A key that the search box has no use for goes to the screen."""
        if self.screen_now is not None:
            self.screen_now.steer(key)

    def _tick(self) -> None:
        minute = self.now().minute
        if minute != self._told_minute and self.screen_now is not None:
            self._told_minute = minute
            self._tell_tab()
            self.screen_now.minute()
            self.read_standing()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Let go of everything before the window goes."""
        self._touches.sleep()
        self._clock.stop()
        self._idle.stop()
        self._leave()
        self._let_go()
        self.desk.stop()
        self.press.stop()
        self._sweeper.stop()
        super().closeEvent(event)


def _nothing(_held: None) -> None:
    """Nothing is to be done: neither to let go of what the press holds, nor when something is ready."""
