"""The window: the frame, the bar with the search box, one screen at a time, and the lock.

While locked it holds nothing: no reader, no key, no page. Typing anywhere types into the search box; Esc goes back.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent

from backupreader.domain.acts import DRILL, Waiting
from backupreader.language import Language
from backupreader.settings import Settings
from ui.blanking import Blanking
from ui.dress import hints, speak, wished
from ui.look import Look, State, load_more_fonts
from ui.opendata import OpenData
from ui.opening import ended
from ui.screen import Screen
from ui.screens import SCREENS
from ui.sweeper import Sweeper
from ui.touches import Touches

if TYPE_CHECKING:
    from printing.jobs import Printer
    from ui.bundle import Bundle
    from ui.chapter import Reading
    from ui.drilling import Drilling
    from ui.handing import Handed, Sent
    from ui.kiosk import Kiosk
    from ui.opening import Opened
    from ui.pages import Pages
    from ui.practice import Practise
    from ui.standing import Standing


class Window(OpenData):
    """The one window; it is the `Shell` of every screen."""

    def __init__(  # noqa: PLR0913 (what kind of window)
        self,
        settings: Settings,
        language: Language,
        look: Look | None = None,
        clock: Callable[[ZoneInfo], datetime] = datetime.now,
        *,
        demo_words: str = "",
        practice: bool = False,
        passing: bool = False,
        practise: Practise | None = None,
        evidence: Path | None = None,
    ) -> None:
        super().__init__(settings, language, look or wished(), practise)
        self.practice, self._passing = practice, passing
        self._clock_of = clock
        self.demo_words, self.evidence = demo_words, evidence or settings.data
        self.waiting = Waiting()
        self.drill: Drilling | None = None
        self.readings: dict[str, Reading] = {}
        self._told_minute = -1
        self._sent: dict[int, Handed] = {}  # the press's: what was sent last
        self._idle = QTimer(self, singleShot=True, interval=settings.idle_lock_minutes * 60_000)
        self._clock = QTimer(self, interval=5_000)
        self._touches = Touches(self)
        self._sweeper = Sweeper(self)
        self._blanking = Blanking(self, settings)
        self._kiosk = self._enclosed() if settings.kiosk else None
        self._touches.touched.connect(self._touched)
        self._touches.touched.connect(self.comparing.wait)
        self._standing_line = self.press.line()
        for desk in (self.desk, self.press, self.comparing.desk):
            desk.crashed.connect(self.crashed)
            desk.answered.connect(self._answered)
        self._idle.timeout.connect(self._left_alone)
        self._clock.timeout.connect(self._tick)
        self.build()
        self.frame.painted.connect(self._painted, Qt.ConnectionType.QueuedConnection)
        self.go("lock")
        self._clock.start()
        if passing:  # nobody may find a practice where the real window should be
            self._idle.start()
            self._touches.wake()

    # The shell of the screens.

    def now(self) -> datetime:
        """The site's wall clock."""
        return self._clock_of(self.settings.timezone())

    @property
    def is_open(self) -> bool:
        """Is anybody unlocked?"""
        return self.info is not None

    def make(self, name: str) -> Screen:
        """A new screen of this name."""
        screen: Screen = importlib.import_module(SCREENS[name]).SCREEN(self)
        return screen

    def arrived(self) -> None:
        """Another screen is shown: the tab and the loss belong on each."""
        super().arrived()
        self.tell_tab()
        self.tell_loss(self.session)
        self.tell_older(self.said_older())
        self.tell_outage(self.said_outage())

    @property
    def person(self) -> str:
        """Who has unlocked."""
        return self.session.actor.name if self.session is not None else ""

    def unlocked(self, opened: Opened) -> None:
        """Open: from now on the reader answers, until the lock."""
        began = self.session is None
        self.tell_doing("")
        self.info, self.session, self.older = opened.info, opened.session, opened.older
        self.comparing.begin(self.session, (self.info.epoch, self.info.seq))
        self.history.clear()
        self.go("start")
        if began and self.session.actor.reason == DRILL:
            from ui.drilling import Drilling

            self.drill = Drilling()
            self.go("drill")
        if self.session.practice and not self.practice:
            self.practice = True
            self.restyle(self.language, self.look)
        self._touched()
        self._touches.write_into(self.topbar.search)
        self._touches.wake()
        if not began:
            return
        from ui.pages import warming

        load_more_fonts()
        self.press.line().ask(warming, _nothing, self.tell)

    def did(self, step: str, of: str = "") -> None:
        """A step of a drill or a scenario was done, if one goes on."""
        if self.drill is not None:
            self.drill.did(step)
        if self.playing is not None and self.playing.did(step, of):
            self.tell_playing()

    def end_drill(self, sentence: str, hint: str, state: State) -> None:
        """The drill is over: to the start page, with what is to be told of it."""
        self.drill = None
        del self.history[1:]
        self.show_screen()
        if sentence:
            self.notice.tell(sentence, hint, state)

    def _answered(self) -> None:
        self.tell_loss(self.session)

    def make_bundle(self) -> Bundle:
        """What prints for many."""
        from ui.bundle import Bundle

        return Bundle(self)

    def send(self, pages: Pages, printer: Printer, from_sheet: int = 1) -> None:
        """Have pages printed. It goes on whatever is gone to meanwhile, also while the window is locked.

        The rest of what was sent last, from a sheet on, takes the place of that job.
        """
        from ui.handing import sending

        where, data = printer.name, self.settings.data
        work = sending(pages, where, self.session, data, from_sheet=from_sheet, former=self._sent)
        self.press.line().ask(work, self._printed, self.tell)

    def _printed(self, sent: Sent) -> None:
        sentence = self.language.count(
            "{n} page was sent to {{printer}}.", "{n} pages were sent to {{printer}}.", sent.pages
        )
        self.notice.tell(sentence.format(printer=sent.printer), "", State.GOOD)

    def restyle(self, language: Language, look: Look) -> None:
        """Build everything anew in another language or look, on the same page."""
        self._blanking.wake()
        self.remember()
        self.language, self.look = language, look
        self.leave_screen()
        self.ahead.drop()
        self.build()
        if self.info is not None:
            self._touches.write_into(self.topbar.search)
        self.show_screen()

    def lock(self) -> None:
        """Let go of the reader and of the key, and of everything that was shown."""
        self._blanking.stop()
        if not self._passing:
            self._idle.stop()
            self._touches.sleep()
        self._let_go()
        self.tell_doing("")
        self.info = self.session = self.drill = self.playing = None
        self.older = False
        self.readings.clear()
        self.history.clear()
        self.go("lock")

    def _enclosed(self) -> Kiosk:
        from ui.kiosk import Kiosk

        return Kiosk(self)

    def blank(self) -> None:
        """Cover everything of an open window, until a key or a touch."""
        if self.is_open:
            self._blanking.blank()

    def _touched(self) -> None:
        self._idle.start()
        if self.is_open:
            self._blanking.touched()

    def _left_alone(self) -> None:
        """Nobody has touched it: it locks; a practice over a real window ends, and that one is seen again."""
        if self._passing:
            self.close()
        else:
            self.lock()

    def _let_go(self) -> None:
        """The audit has the lock, and the desk holds nothing."""
        self.ahead.drop()
        self.forget_others()
        self.let_bundle_end()
        if self.session is not None:
            self.desk.line().ask(ended, _nothing, self.tell)
        self.desk.drop()

    def read_standing(self) -> None:
        """Have the published heads and the plan read: at the start, and each minute: new data may come at any time."""
        from ui.standing import reading

        self._standing_line.ask(reading(self.settings), self._stands, self.tell)
        self.read_plan()

    def _stands(self, standing: Standing) -> None:
        self.standing = standing
        self.tell_tab()
        self.tell_outage(self.said_outage())
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

        for shortcut, slot in shortcuts(self, self.slots()):
            shortcut.activated.connect(slot)
        self._words_of_qt = speak(self.language, self._words_of_qt)
        hints().accessibility().contrastPreferenceChanged.connect(self._wished)
        self.read_standing()

    def _wished(self) -> None:
        """The system asks for another contrast while the window is open."""
        self.restyle(self.language, replace(self.look, contrast=wished().contrast))

    def _tick(self) -> None:
        minute = self.now().minute
        if minute != self._told_minute and self.screen_now is not None:
            self._told_minute = minute
            self.tell_tab()
            self.tell_older(self.said_older())
            self.tell_outage(self.said_outage())
            self.screen_now.minute()
            self.read_standing()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Let go of everything before the window goes. As a kiosk it stays until the system's session ends."""
        if self._kiosk is not None and not self._kiosk.may_close and not self.practice:
            event.ignore()
            return
        self._blanking.stop()
        self.stop_practice()
        self._touches.sleep()
        self._clock.stop()
        self._idle.stop()
        self.leave_screen()
        self._let_go()
        self.desk.stop()
        self.press.stop()
        self.comparing.stop()
        self._sweeper.stop()
        super().closeEvent(event)


def _nothing(_held: None) -> None:
    """Nothing is to be done: neither to let go of what the press holds, nor when something is ready."""
