"""The tour: six steps over the real start page, each a ring round the real control and one sentence.

It presses nothing and changes nothing; it is over when the page is left, by whatever way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QApplication, QScrollArea

from backupreader.language import N_
from ui.widgets.pointer import Pointer

if TYPE_CHECKING:
    from ui.stage import Stage

STEPS: Final = (
    ("tab", N_("Here it always says from when the data is. What happened after that is not in it.")),
    ("search", N_("Write what you know: a name, a birthday, a street, a drug. You can begin to write on any page.")),
    ("citizens", N_("Or see everyone who is yours on this shift.")),
    ("driving", N_("Who drives to whom, and when: the driving lists.")),
    ("shift", N_("Print for everyone at once. On any page Ctrl+P prints what you see.")),
    (
        "lock",
        N_("When you leave, lock: Ctrl+L. For a moment only, F9 covers the page. Nothing here can be changed or lost."),
    ),
)
"""What each step points at (`Tour._target`), and its sentence."""


class Tour(QObject):
    """One tour, from its first step on; `over` is called when it is over."""

    def __init__(self, window: Stage, over: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._over = window, over
        self._at = 0
        self._pointer = Pointer(window.look, window.language, window.frame)
        self._pointer.turned.connect(self._turn)
        self._pointer.ended.connect(self._over)
        window.frame.resized.connect(self._over)  # nothing is where it was

    @property
    def pointer(self) -> Pointer:
        """What is seen of it."""
        return self._pointer

    def begin(self) -> None:
        """The first step."""
        QApplication.processEvents()  # what was just shown gets its place
        self._turn(0)

    def end(self) -> None:
        """Take it away."""
        self._pointer.hide()
        self._pointer.deleteLater()
        self.deleteLater()

    def _turn(self, by: int) -> None:
        self._at = max(0, self._at + by)
        if self._at >= len(STEPS):
            self._over()
            return
        what, sentence = STEPS[self._at]
        self._pointer.point(self._target(what), self._window.language.text(sentence), self._at + 1, len(STEPS))

    def _target(self, what: str) -> QRect:
        """Where a step's control is, in the frame; scrolled to where it is below what is seen."""
        window, screen = self._window, self._window.screen_now
        if what == "tab" or screen is None:
            return window.frame.tab_place
        widget = {"search": window.topbar.search, "lock": window.topbar.lock}.get(what) or screen.landmark(what)
        if widget is None:
            return window.frame.tab_place
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget)
            parent = parent.parentWidget()
        return QRect(widget.mapTo(window.frame, widget.rect().topLeft()), widget.size()).intersected(
            window.frame.rect()
        )
