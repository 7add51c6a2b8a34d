"""Who, always: the bar on a citizen's page that never scrolls away."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from backupreader.domain.journal import Journal
from backupreader.language import Language
from ui import words
from ui.look import BASE, NAME, TITLE, Look, State
from ui.rows import Mark
from ui.telling import sources
from ui.widgets.button import button
from ui.widgets.label import Label
from ui.widgets.marks import Marks

_ROOMY = 125  # per cent
_LONG_NAME = 34  # characters
_BETWEEN, _SLACK = 16, 4  # pixels at 100 %: from the name to the facts beside it


class IdentityBar(QWidget):
    """Name, birthday and age, person number, unit and home, where she is, CAVE, namesakes."""

    print_wanted = Signal()

    def __init__(self, look: Look, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._language = look, language
        self._name = Label(look, " ", NAME, bold=True, wrap=True)
        self._facts = Label(look, " ", 16, wrap=True)
        self._home = Label(look, " ", quiet=True, wrap=True)
        roomy = look.scale <= _ROOMY
        self._marks = Marks(look, lines=3 if roomy else 2, more=self._more)
        self.print_button = button(language.text("Print  Ctrl+P"), name=language.text("Print"))
        self.print_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.print_button.clicked.connect(self.print_wanted)
        self._who = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._who.addWidget(self._name, 0, Qt.AlignmentFlag.AlignBottom)
        self._who.addWidget(self._facts, 1, Qt.AlignmentFlag.AlignBottom)
        who = QVBoxLayout()
        who.setSpacing(look.px(2))
        who.addLayout(self._who)
        who.addWidget(self._home)
        top = QHBoxLayout()
        top.setSpacing(look.px(16))
        top.addLayout(who, 1)
        top.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(look.px(20), look.px(10 if roomy else 4), look.px(16), look.px(12 if roomy else 6))
        layout.setSpacing(look.px(8 if roomy else 4))
        layout.addLayout(top)
        layout.addWidget(self._marks)

    def tell(self, journal: Journal, now: datetime, *, stated: bool = False) -> None:
        """Say who this is; where she lives, if that is protected, only where a reason for it was `stated`."""
        language, citizen = self._language, journal.citizen
        name = words.name(citizen, language)
        self._name.setText(name)
        facts = [words.born(citizen, now.date(), language), words.number(citizen)]
        home = [journal.unit.name if journal.unit else "", words.home(citizen, language, stated=stated)]
        crowded = self._crowds(name)
        if citizen.phone:  # in large letters the facts may then stand beside the name
            (facts if crowded or self._look.scale <= _ROOMY else home).append(citizen.phone)
        self._facts.setText("     ".join(part for part in facts if part))
        self._home.setText(" · ".join(part for part in home if part))
        self._home.setVisible(bool(self._home.text()) and not crowded)
        self._marks.tell(self._shown(journal, now))
        self._fit()
        self.setAccessibleName(f"{name}. {self._facts.text()}. " + ". ".join(self._marks.words))

    @property
    def words(self) -> str:
        """All that it says."""
        parts = (self._name.text(), self._facts.text(), self._home.text(), *self._marks.words)
        return "\n".join(parts)

    def _shown(self, journal: Journal, now: datetime) -> tuple[Mark, ...]:
        """The first CAVE, where she is, namesakes, then all else; what does not fit is counted, never left out."""
        language, citizen = self._language, journal.citizen
        first, *marks = words.cave(journal, language)
        if journal.namesakes:
            sentence = language.count(
                "One other citizen has this name", "{n} other citizens have this name", len(journal.namesakes)
            )
            marks.insert(0, Mark(sentence, State.LATE))
        if journal.same_number:
            sentence = language.count(
                "One other citizen has this person number: look there too",
                "{n} other citizens have this person number: look there too",
                len(journal.same_number),
            )
            marks.insert(0, Mark(sentence, State.LATE))
        marks = [
            first,
            *sources.whereabouts_now(journal, now, language),
            *sources.other_names(journal, language),
            *marks,
        ]
        if citizen.interpreter:
            marks.append(
                Mark(
                    " ".join(part for part in (language.text("Needs an interpreter"), citizen.language) if part),
                    State.INFO,
                )
            )
        if citizen.protected_name or citizen.protected_address:
            marks.append(Mark(language.text("Protected name or address"), State.LATE))
        if journal.withheld:
            kept = language.count("{n} order not shown", "{n} orders not shown", len(journal.withheld))
            marks.insert(1, Mark(kept, State.STOP))
        return tuple(marks)

    def _crowds(self, name: str) -> bool:
        """In large letters a long name takes the room of where she lives, which the summary has too."""
        return self._look.scale > _ROOMY and len(name) > _LONG_NAME

    def _more(self, number: int) -> Mark:
        return Mark(self._language.count("One more under “Warnings”", "{n} more under “Warnings”", number), State.STOP)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Another width may need another height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the words need: nothing here may be squeezed by what is below.

        The name is written smaller where all this would take more than a third of the page, and a long one again
        where it would take more than half: what is known needs room too.
        """
        page = self.parentWidget()
        whole = page.height() if page is not None else 1 << 20
        for pixels, most in ((NAME, whole // 3), (TITLE, whole // 2), (BASE, whole)):
            self._name.setFont(self._look.font(pixels, bold=True))
            self._place()
            high = self._needs()
            if high <= most:
                break
        self.setFixedHeight(high)

    def _place(self) -> None:
        """The facts under the name; in large letters beside it, where both have room there: a line less."""
        px, name, facts = self._look.px, self._name, self._facts
        name_metrics, facts_metrics = QFontMetrics(name.font()), QFontMetrics(facts.font())
        room = self.width() - px(20 + 16 + 16) - self.print_button.sizeHint().width()
        wide = name_metrics.horizontalAdvance(name.text()) + facts_metrics.horizontalAdvance(facts.text())
        beside = self._look.scale > _ROOMY and wide + px(_BETWEEN + _SLACK) <= room
        sideways = QBoxLayout.Direction.LeftToRight
        self._who.setDirection(sideways if beside else QBoxLayout.Direction.TopToBottom)
        self._who.setSpacing(px(_BETWEEN if beside else 2))
        for label in (name, facts):
            label.setWordWrap(not beside)
            label.setMinimumWidth(0 if beside else px(200))
        facts.setContentsMargins(0, 0, 0, name_metrics.descent() - facts_metrics.descent() if beside else 0)

    def _needs(self) -> int:
        layout = self.layout()
        assert layout is not None
        layout.activate()
        return layout.totalHeightForWidth(self.width()) if layout.hasHeightForWidth() else self.sizeHint().height()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """A panel with a line under it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("panel"))
        painter.fillRect(0, self.height() - self._look.px(2), self.width(), self._look.px(2), self._look.colour("line"))
        painter.end()
