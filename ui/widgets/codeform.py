"""Who she says she is, where a code opens the PC: a code is nobody's own. Made when she says that she has one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QWidget

from backupreader.domain.barriers import WHOLE_AREA
from backupreader.language import N_, Language
from ui.look import Look
from ui.widgets.button import button
from ui.widgets.field import Field
from ui.widgets.hints import Hints
from ui.widgets.label import Label

_ROLES: Final = (N_("Nurse"), N_("Care assistant"), N_("Home carer"), N_("On-duty head"), N_("Temporary staff"))
_LONGEST: Final = 80


class _Units(QComboBox):
    """A choice that shows by an arrow that it opens."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """The arrow, in the ink of the look."""
        super().paintEvent(event)
        side = self._look.px(12)
        right, middle = self.width() - self._look.px(14), self.height() // 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("ink"))
        corners = (
            (right - side, middle - side // 4),
            (right, middle - side // 4),
            (right - side // 2, middle + side // 3),
        )
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        painter.end()


class CodeForm(QWidget):
    """Her role, freely or by one press, and her unit. `entered` tells that Enter was pressed in the role."""

    entered = Signal()

    def __init__(self, look: Look, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = language.text
        self._language = language
        self.role_field = Field()
        self.role_field.setAccessibleName(_("Your role"))
        Hints(self.role_field).tell(_("your role on this shift"), _("Your role"))
        self.role_field.setMaxLength(_LONGEST)
        self.role_field.setFont(look.font(18))
        self.role_field.setMinimumWidth(look.px(160))
        self.role_field.returnPressed.connect(self.entered)
        self.units = _Units(look)
        self.units.setAccessibleName(_("Your unit"))
        self.units.setFont(look.font(18))
        self.units.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.units.setMinimumWidth(look.px(160))
        self.units.setMaxVisibleItems(12)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(look.px(16))
        layout.setVerticalSpacing(look.px(6))
        layout.addWidget(Label(look, _("Your role"), bold=True), 0, 0)
        layout.addWidget(Label(look, _("Your unit"), bold=True), 0, 1)
        layout.addWidget(self.role_field, 1, 0)
        layout.addWidget(self.units, 1, 1)
        layout.setColumnStretch(0, 2)
        layout.setColumnStretch(1, 3)
        self._offer: tuple[str, ...] | None = None
        roles = QWidget()
        flow = QGridLayout(roles)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(look.px(2))
        for place, role in enumerate(_ROLES):
            choice = button(_(role), kind="plain", name=_("Your role: {role}").format(role=_(role)))
            choice.setProperty("role", _(role))
            choice.clicked.connect(self._take_role)
            flow.addWidget(choice, place // 3 if look.scale > 150 else 0, place % 3 if look.scale > 150 else place)  # noqa: PLR2004
        layout.addWidget(roles, 2, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        self.offer(())

    def offer(self, units: tuple[str, ...]) -> None:
        """Offer these units and the whole area; what was chosen stays chosen."""
        if units == self._offer:
            return
        self._offer = units
        chosen, _ = self.unit, self._language.text
        self.units.clear()
        self.units.addItem(_("Choose your unit"), None)
        self.units.addItem(_("The whole area"), WHOLE_AREA)
        for unit in units:
            self.units.addItem(unit, unit)
        self.choose(chosen)

    def choose(self, unit: str | None) -> None:
        """Choose a unit; `*` is the whole area, None is that nothing is chosen."""
        self.units.setCurrentIndex(max(0, self.units.findData(unit)))

    @property
    def unit(self) -> str | None:
        """The unit that is chosen; `*` for the whole area, None where she has not chosen yet."""
        chosen: str | None = self.units.currentData()
        return chosen

    @property
    def role(self) -> str:
        """What she says that she is."""
        return " ".join(self.role_field.text().split())

    def _take_role(self) -> None:
        choice = self.sender()
        assert choice is not None
        self.role_field.setText(str(choice.property("role")))
        self.units.setFocus()
