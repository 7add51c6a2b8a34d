"""A ring round one control and a sentence beside it, over everything else, which can be seen and not pressed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backupreader.language import Language
from ui.look import NAME, SMALL, Look
from ui.widgets.button import button
from ui.widgets.frame import Frame
from ui.widgets.label import Label

_SHADE: Final = 120  # of 255
_WIDEST: Final = 560  # pixels at 100 %
_ON: Final = frozenset({Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})
_BACK: Final = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Up})
_ARROWS: Final = _BACK | {Qt.Key.Key_Right, Qt.Key.Key_Down}


class Pointer(QWidget):
    """`turned` tells by how many steps, `ended` that it is enough."""

    turned = Signal(int)
    ended = Signal()

    def __init__(self, look: Look, language: Language, over: Frame) -> None:
        super().__init__(over)
        self._look, self._language, self._over = look, language, over
        self._target = QRect()
        _ = language.text
        self._panel = QWidget(self)
        self._panel.setAutoFillBackground(True)
        self._panel.setBackgroundRole(QPalette.ColorRole.Window)
        self._count = Label(look, " ", SMALL, quiet=True)
        self._says = Label(look, " ", NAME - 4, wrap=True)
        self.back, self.on = button(_("◂  Back")), button(_("Next  ▸"), kind="main")
        self.end = button(_("End  Esc"), kind="plain", name=_("End the tour"))
        buttons = QHBoxLayout()
        for one in (self.back, self.on, self.end):
            one.installEventFilter(self)
        for one in (self.back, self.on):
            buttons.addWidget(one)
        buttons.addStretch(1)
        buttons.addWidget(self.end)
        layout = self._layout = QVBoxLayout(self._panel)
        side = look.px(20)
        layout.setContentsMargins(side, look.px(14), side, look.px(16))
        layout.setSpacing(look.px(8))
        layout.addWidget(self._count)
        layout.addWidget(self._says)
        layout.addLayout(buttons)
        self.on.clicked.connect(self._go_on)
        self.back.clicked.connect(self._go_back)
        self.end.clicked.connect(self.ended)

    def point(self, target: QRect, sentence: str, number: int, of: int) -> None:
        """Stand over everything, with the ring round `target` (in the frame that this is over)."""
        _ = self._language.text
        self._target = target
        self.setGeometry(self._over.rect())
        counted = _("{number} of {total}").format(number=number, total=of)
        self._count.setText(counted)
        self._says.setText(sentence)
        self.back.setEnabled(number > 1)
        last = number == of
        self.on.setText(self._language.context("the last step is read", "Done") if last else _("Next  ▸"))
        self.on.setAccessibleName(f"{counted}. {sentence} {self.on.text()}")
        self.setAccessibleName(f"{counted}. {sentence}")
        self._place()
        self.show()
        self.raise_()
        self.on.setFocus()
        QAccessible.updateAccessibility(QAccessibleEvent(self.on, QAccessible.Event.NameChanged))
        self.update()

    @property
    def words(self) -> str:
        """The step and its sentence."""
        return self.accessibleName()

    @property
    def panel(self) -> QRect:
        """Where the sentence stands, in the frame."""
        return self._panel.geometry()

    @property
    def target(self) -> QRect:
        """What the ring is round."""
        return self._target

    def _place(self) -> None:
        """The panel under its target, or over it, wherever there is room; never over the tab, where the age stands."""
        gap = self._look.px(20)
        wide = min(max(self._look.px(_WIDEST), self._layout.minimumSize().width()), self.width() - 2 * gap)
        high = self._layout.heightForWidth(wide)
        left = max(gap, min(self._target.left(), self.width() - wide - gap))
        below, above = self._target.bottom() + gap, self._target.top() - gap - high
        highest = self._over.tab_place.bottom() + gap
        top = below if below + high <= self.height() - gap else max(highest, above)
        self._panel.setGeometry(left, top, wide, high)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Arrows are for the steps, and not from button to button."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ARROWS:
            self.keyPressEvent(event)
            return True
        return False

    def event(self, event: QEvent) -> bool:
        """Its keys are not the page's; those that lock and cover stay what they are."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            locks = event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier
            event.setAccepted(not locks and event.key() != Qt.Key.Key_F9)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """On, back, or enough."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.ended.emit()
        elif key in _ON:
            self._go_on()
        elif key in _BACK:
            self._go_back()

    def _go_on(self) -> None:
        self.turned.emit(1)

    def _go_back(self) -> None:
        self.turned.emit(-1)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Shade over all but the target, and a ring of two colours, seen on any ground."""
        look, ring = self._look, self._look.px(4)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade, hole = QPainterPath(), QPainterPath()
        shade.addRect(self.rect().toRectF())
        place = self._target.adjusted(-ring, -ring, ring, ring).toRectF()
        hole.addRoundedRect(place, ring * 2, ring * 2)
        painter.fillPath(shade.subtracted(hole), QColor(0, 0, 0, _SHADE))
        for colour, wide in (("ground", 3 * ring), ("focus", ring)):
            painter.setPen(QPen(look.colour(colour), wide))
            painter.drawPath(hole)
        painter.setPen(QPen(look.colour("focus"), look.px(3)))
        painter.drawRect(self._panel.geometry().adjusted(-2, -2, 2, 2))
        painter.end()
