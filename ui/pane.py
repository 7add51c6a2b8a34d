"""The one window's outside: the frame, the bar with the search box, the strip for errors, and room for one screen."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from backupreader.domain.trouble import ReaderError
from backupreader.language import Language
from ui.dress import dress, speak
from ui.look import Look, State
from ui.widgets.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from PySide6.QtCore import Qt, QTranslator

    from backupreader.store.session import Session
    from ui.rows import Mark
    from ui.widgets.notice import Notice
    from ui.widgets.olderband import OlderBand
    from ui.widgets.outageband import OutageBand
    from ui.widgets.topbar import TopBar


class Pane(QWidget):
    """Everything round the screen. What is not needed while locked is made when it is first needed."""

    def __init__(self, language: Language, look: Look) -> None:
        super().__init__()
        self.language, self.look = language, look
        self._bar: TopBar | None = None
        self._notice: Notice | None = None
        self._loss: Notice | None = None
        self._doing: Notice | None = None
        self._older_band: OlderBand | None = None
        self._outage_band: OutageBand | None = None
        self._feet: dict[str, Notice] = {}
        self.practice = False
        self._words_of_qt: QTranslator | None = None
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        # Large letters must not outgrow the screen.
        self._outer.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)

    def build(self) -> None:
        """Build everything anew in the language and look that are set now."""
        old = self._outer.takeAt(0)
        if old is not None and (widget := old.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        dress(self.look)
        if self._words_of_qt is not None:
            self._words_of_qt = speak(self.language, self._words_of_qt)
        self._bar, self._notice, self._loss, self._doing, self._older_band = None, None, None, None, None
        self._outage_band = None
        self._feet.clear()
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._above, self._page, self._under = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        whole.addLayout(self._above)
        whole.addLayout(self._page, 1)
        whole.addLayout(self._under)
        self.frame = Frame(self.look, inside, practice=self.practice)
        self._outer.addWidget(self.frame)

    @property
    def topbar(self) -> TopBar:
        """The bar with the search box, made when the window is first open."""
        if self._bar is None:
            from ui.widgets.topbar import TopBar

            self._bar = TopBar(self.look, self.language)
            self._bar.search.textEdited.connect(self.searched)
            self._bar.search.steered.connect(self.steered)
            self._bar.back.clicked.connect(self.back)
            self._bar.keys.clicked.connect(self.help)
            self._bar.cover.clicked.connect(self.blank)
            self._bar.lock.clicked.connect(self.lock)
            self._above.insertWidget(0, self._bar)
            self.tell_outage(())  # Tab comes to it before any page, whenever a page makes its controls
        return self._bar

    @property
    def notice(self) -> Notice:
        """The strip for errors, made when there is the first one to tell."""
        if self._notice is None:
            from ui.widgets.notice import Notice

            self._notice = Notice(self.look, self.language.text("Close"))
            self._above.addWidget(self._notice)
        return self._notice

    @property
    def loss(self) -> Notice:
        """The line at the foot of every page while the audit cannot be written: it cannot be closed.

        At the foot, so that nothing above moves when it comes.
        """
        if self._loss is None:
            self._loss = self._at_the_foot()
        return self._loss

    def tell_older(self, sentence: str) -> None:
        """Say above the page that this is older data, with the way back; nothing where it is not."""
        if self._older_band is None and sentence:
            from ui.widgets.olderband import OlderBand

            self._older_band = OlderBand(self.look, self.language)
            self._older_band.taken.connect(self.to_former)
            self._above.insertWidget(1, self._older_band)
        if self._older_band is not None:
            self._older_band.tell(sentence)

    def tell_outage(self, marks: tuple[Mark, ...]) -> None:
        """Say at the foot of the page how the outage stands that goes on; nothing where none does."""
        if self._outage_band is None and (marks or self._bar is not None):
            from ui.widgets.outageband import OutageBand

            self._outage_band = OutageBand(self.look, self.language)
            self._outage_band.opened.connect(self.to_outage)
            self._under.insertWidget(0, self._outage_band)
        if self._outage_band is not None:
            self._outage_band.tell(marks)
            self._outage_band.raise_()  # to a screen reader it stands behind the page, as it does on it

    def to_outage(self) -> None:
        """The outage's page is wanted."""

    def to_former(self) -> None:
        """Older data was pressed away."""

    def _at_the_foot(self) -> Notice:
        from ui.widgets.notice import Notice

        made = Notice(self.look, "")
        made.close_button.hide()
        self._under.addWidget(made)
        return made

    def foot(self, name: str, taken: Callable[[], object]) -> Notice:
        """The line of this name at the foot of every page, made when it is first needed; `taken` is what it offers."""
        if name not in self._feet:
            self._feet[name] = self._at_the_foot()
            self._feet[name].taken.connect(taken)
        return self._feet[name]

    def tell_doing(self, sentence: str) -> None:
        """Say at the foot what takes a while, until nothing is said."""
        if sentence:
            self._doing = self._doing or self._at_the_foot()
            self._doing.tell(sentence, "", State.INFO)
        elif self._doing is not None:
            self._doing.hide()

    def not_done(self, trouble: ReaderError) -> None:
        """What took a while did not come to its end."""
        self.tell_doing("")
        self.tell(trouble)

    def tell_loss(self, session: Session | None) -> None:
        """Say that acts wait to be written in the audit; nothing once they are."""
        if session is None or session.trouble is None:
            if self._loss is not None:
                self._loss.hide()
            return
        said = self.language.count(
            "What you do cannot be written in the log: {n} act waits.",
            "What you do cannot be written in the log: {n} acts wait.",
            session.waiting,
        )
        self.loss.tell(said, self.language.text("You may go on; tell IT."), State.LATE)

    def tell(self, trouble: ReaderError) -> None:
        """The one place where the window shows an error."""
        self.notice.tell(f"{trouble.sentence(self.language)}  [{trouble.kind.code}]", trouble.hint(self.language))

    def crashed(self, trouble: BaseException) -> None:
        """Our own fault: one sentence for the person, the place of it for the supplier, never a citizen's data."""
        import traceback

        frames = traceback.extract_tb(trouble.__traceback__)
        place = " < ".join(f"{os.path.basename(f.filename)}:{f.lineno}" for f in reversed(frames[-4:]))  # noqa: PTH119
        print(f"BR01 {type(trouble).__name__} {place}", file=sys.stderr)  # noqa: T201
        _ = self.language.text
        self.notice.tell(
            _("Something went wrong inside the program. This is our fault, not yours.") + "  [BR01]",
            _("Try again. If it happens again, send this text to the supplier:") + f" {type(trouble).__name__} {place}",
        )

    def excepted(self, _kind: type[BaseException], trouble: BaseException, _trace: TracebackType | None) -> None:
        """An exception that nobody caught, as `sys.excepthook` is told of it."""
        self.crashed(trouble)

    def searched(self, words: str) -> None:
        """The search box was written in."""

    def steered(self, key: Qt.Key) -> None:
        """The search box was given a key that it has no use for."""

    def back(self) -> None:
        """Back was pressed."""

    def blank(self) -> None:
        """Cover was pressed."""

    def lock(self) -> None:
        """Lock was pressed."""

    def help(self) -> None:
        """Keys was pressed."""

    def restyle(self, language: Language, look: Look) -> None:
        """Speak and look otherwise from now on."""

    def larger(self) -> None:
        """The next size up."""
        self.restyle(self.language, self.look.larger())

    def smaller(self) -> None:
        """The next size down."""
        self.restyle(self.language, self.look.smaller())

    def hundred(self) -> None:
        """The usual size."""
        self.restyle(self.language, self.look.usual())

    def darken(self) -> None:
        """Light for dark, and dark for light."""
        self.restyle(self.language, self.look.other())

    def sharpen(self) -> None:
        """High contrast, and back from it."""
        self.restyle(self.language, self.look.sharper())
