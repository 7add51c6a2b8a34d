"""Practice: a made-up municipality in a window of its own, over this one, which stays locked beneath.

This package reads and never makes data, so the practice is started by whoever opens the window (`Practise`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeAlias

from PySide6.QtCore import QObject

from backupreader.domain import moments
from backupreader.domain.trouble import ReaderError
from backupreader.language import Language
from ui.look import State
from ui.tasks import Desk

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from ui.pane import Pane
    from ui.standing import Standing


class Practising(Protocol):
    """One practice, from its beginning; `opened` and `ended` are waited for on a thread of their own."""

    def opened(self) -> None:
        """Wait until its window opens. Raises `ReaderError` where it cannot be made here."""
        ...

    def ended(self) -> None:
        """Wait until it has ended, and nothing of it is left."""
        ...

    def end(self) -> None:
        """End it. Returns at once; may be called at any time, and again."""
        ...


Practise: TypeAlias = Callable[[Language], Practising]
"""Begins a practice in a language. Raises `ReaderError` where that cannot be."""


class Practice(QObject):
    """Begins practices, one at a time, and says at the foot of the window that one goes on."""

    def __init__(self, pane: Pane, practise: Practise) -> None:
        super().__init__(pane)
        self._pane, self._practise = pane, practise
        self._one: Practising | None = None
        self._desk: Desk[None] = Desk("practice", _nothing, self, held=(None,))
        self._desk.crashed.connect(pane.crashed)
        self._line = self._desk.line()
        self._says = ""
        self._leaving = False

    @property
    def goes_on(self) -> bool:
        """Is one being made, or open?"""
        return bool(self._says)

    def begin(self) -> None:
        """Begin one, if none goes on."""
        if self.goes_on:
            return
        _ = self._pane.language.text
        self._say(_("Practice is being made ready: this takes half a minute. It opens by itself."))
        language, practise = self._pane.language, self._practise

        def work(_held: None) -> Practising:
            one = practise(language)
            self._one = one
            if self._leaving:
                one.end()
            one.opened()
            return one

        self._line.ask(work, self._opened, self._refused)

    def end(self) -> None:
        """End the one that goes on."""
        if self._one is not None:
            self._one.end()

    def stop(self) -> None:
        """The window is going away."""
        self._leaving = True
        self._line.hang_up()
        self.end()
        self._desk.stop()

    def tell(self) -> None:
        """Say on the page that is shown now what goes on."""
        if self._says:
            foot = self._pane.foot("practice", self.end)
            foot.tell(self._says, "", State.INFO, offer=self._pane.language.text("End the practice"))

    def _say(self, sentence: str) -> None:
        self._says = sentence
        if sentence:
            self.tell()
        else:
            self._pane.foot("practice", self.end).hide()

    def _opened(self, one: Practising) -> None:
        self._say(self._pane.language.text("Practice is open in a window of its own. This one stays locked."))

        def work(_held: None) -> None:
            one.ended()

        self._line.ask(work, self._ended, self._refused)

    def _ended(self, _nothing: None) -> None:
        self._one = None
        self._say("")
        self._pane.activateWindow()

    def _refused(self, trouble: ReaderError) -> None:
        self._ended(None)
        self._pane.tell(trouble)


def practice_tab(standing: Standing | None, now: datetime, language: Language, zone: ZoneInfo) -> str:
    """The words on the frame of a practice: that nobody is real; also there, how old what is seen would be."""
    from ui.clock import at, passed

    taken = None if standing is None else moments.instant(standing.oldest(zone), zone)
    if taken is None:
        return language.text("PRACTICE · nobody here is real · Ctrl+Q ends it")
    sentence = language.text("PRACTICE · nobody here is real · data from {moment}, {age} old · Ctrl+Q ends it")
    return sentence.format(moment=at(taken, now, language), age=language.age(passed(taken, now)))


def _nothing(_held: None) -> None:
    """The desk holds nothing."""
