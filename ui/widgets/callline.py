"""The line at the foot of the lock screen: whom to call now, and the way to all the rest of it without unlocking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from backupreader.language import Language
from ui.look import BASE, SMALL, TITLE, Look
from ui.widgets.button import button
from ui.widgets.label import Label
from ui.widgets.marks import Marks

if TYPE_CHECKING:
    from ui.rows import Mark
    from ui.shell import Shell

CALL_KEY: Final = "Alt+0"
_ROOMY: Final = 125  # per cent
_WIDE: Final = 912  # pixels at 100 %: as the column above it
_NUMBER: Final = 40


class CallLine(QWidget):
    """`opened` tells that the way was taken. Its room is there from the start: nothing moves when the plan is read."""

    opened = Signal()

    def __init__(self, look: Look, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._language, _ = look, language, language.text
        roomy = look.scale <= _ROOMY
        self._head = Label(look, _("WHOM TO CALL NOW"), SMALL, bold=True, quiet=True) if roomy else None
        self._marks = Marks(look, lines=1, more=self._more) if roomy else None
        self._number = Label(look, " ", _NUMBER if roomy else TITLE, bold=True)
        self._name = Label(look, " ", 17 if roomy else SMALL, bold=True, wrap=True)
        self._until = Label(look, " ", BASE if roomy else SMALL, wrap=True)
        self.open = button(f"{_('Whom to call')}  {CALL_KEY}", name=_("Whom to call"))
        self.open.clicked.connect(self.opened)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._name)
        words.addWidget(self._until)
        words.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(look.px(20 if roomy else 12))
        across.addWidget(self._number)
        across.addLayout(words, 1)
        across.addWidget(self.open)
        inside = QWidget()
        inside.setMaximumWidth(look.px(_WIDE))
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if self._head is not None and self._marks is not None:
            top = QHBoxLayout()
            top.setSpacing(look.px(12))
            top.addWidget(self._head)
            top.addWidget(self._marks, 1)
            layout.addLayout(top)
        layout.addLayout(across)
        middle = QHBoxLayout(self)
        above = look.px(10 if roomy else 3)
        middle.setContentsMargins(look.px(24), above, look.px(24), above)
        middle.addStretch(1)
        middle.addWidget(inside, 100)
        middle.addStretch(1)
        self.setMinimumHeight(look.px(112 if roomy else 56))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def minute(self, shell: Shell) -> None:
        """Say it anew, as soon as the plan has been read."""
        if shell.plan is not None:
            from ui.telling.callline import tell

            tell(self, shell.plan, shell.now(), shell.language, self._due(shell))

    def _due(self, shell: Shell) -> Mark | None:
        """What is due next in the outage that goes on, where there is room for it."""
        here = shell.standing.here if shell.standing is not None else None
        if here is None or here.event is None or self._marks is None:
            return None
        from backupreader.domain.planpapers import BARE
        from ui.plan import plan_of
        from ui.telling.outage import next_told

        plan = plan_of(shell.plan, shell.session) or BARE
        return next_told(plan, here.event, shell.now(), shell.settings.shifts, shell.language)

    def tell(self, name: str, number: str, until: str, marks: tuple[Mark, ...] = ()) -> None:
        """Say who answers now, until when, and who is next; or, without a number, a sentence and what to do."""
        for label, text in ((self._number, number), (self._name, name), (self._until, until)):
            label.setText(text or " ")
        self._number.setVisible(bool(number))
        if self._marks is not None:
            self._marks.tell(marks)
        head = self._language.text("WHOM TO CALL NOW")
        self.setAccessibleName(". ".join(word for word in (head, name, number, until) if word))

    @property
    def noted(self) -> tuple[str, ...]:
        """What it notes above."""
        return () if self._marks is None else self._marks.words

    def _more(self, left_out: int) -> Mark:
        from ui.rows import Mark

        return Mark(self._language.count("and {n} more", "and {n} more", left_out))

    @property
    def words(self) -> str:
        """All that it says."""
        return self.accessibleName()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """A line above it, on a ground of its own."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("panel"))
        painter.fillRect(0, 0, self.width(), self._look.px(2), self._look.colour("second"))
        painter.end()
