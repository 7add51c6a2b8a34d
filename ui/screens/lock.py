"""The lock screen: how old the data is, readable from the door; and a person's name and words to open it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from backupreader.domain.errors import ReaderError
from backupreader.language import CODES, N_, Language
from ui.look import SMALL, State
from ui.screen import Screen
from ui.widgets.agepanel import AgePanel
from ui.widgets.button import button
from ui.widgets.label import Label
from ui.widgets.middle import in_the_middle

if TYPE_CHECKING:
    from ui.opening import Opened
    from ui.shell import Shell
    from ui.widgets.notice import Notice

_OWN_NAMES: Final = {"da": "Dansk", "sv": "Svenska", "nb": "Norsk", "en": "English"}


@dataclass(frozen=True, slots=True)
class _Typed:
    """What stands in the two fields."""

    name: str
    words: str = field(repr=False)


class LockScreen(Screen):
    """See the module."""

    name = "lock"
    sentence = N_("Locked")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, _ = shell.look, shell.language.text
        self._line = self.ask_line()
        self.age = AgePanel(look)
        self.name_field, self.words_field = QLineEdit(), QLineEdit()
        self.name_field.setAccessibleName(_("Your name"))
        self.words_field.setAccessibleName(_("Your words"))
        self.words_field.setPlaceholderText(_("Capital letters and spaces do not matter"))
        self.show_words = button(_("Show the words"), name=_("Show the words"))
        self.unlock = button(_("Unlock"), kind="main", name=_("Unlock"))
        self.trouble: Notice | None = None
        self._below = QVBoxLayout()
        self._languages: dict[QPushButton, str] = {}
        self._dress()
        self._lay_out()

    def enter(self, what: object) -> None:
        """Show the age; fill in what was being typed when the screen was built anew."""
        if isinstance(what, _Typed):
            self.name_field.setText(what.name)
            self.words_field.setText(what.words)
        self.minute()

    def remembered(self) -> object:
        """What has been typed, so that a change of language or size does not take it away."""
        return _Typed(self.name_field.text(), self.words_field.text())

    def focus_first(self) -> bool:
        """The name, or the words when the name stands there already."""
        (self.words_field if self.name_field.text() else self.name_field).setFocus()
        return True

    def minute(self) -> None:
        """Tell the age anew."""
        self.age.tell(self.shell.standing, self.shell.settings, self.shell.now(), self.shell.language)

    def _dress(self) -> None:
        look = self.shell.look
        for line in (self.name_field, self.words_field):
            line.setFont(look.font(18))
            line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
            line.setMaxLength(400)
            line.setMinimumWidth(look.px(160))
        self.words_field.setEchoMode(QLineEdit.EchoMode.Password)
        self.show_words.setCheckable(True)
        self.unlock.setFont(look.font(18, bold=True))
        self.show_words.toggled.connect(self._echo)
        self.name_field.returnPressed.connect(self._to_words)
        self.words_field.returnPressed.connect(self.try_words)
        self.unlock.clicked.connect(self.try_words)

    def _lay_out(self) -> None:
        look, _ = self.shell.look, self.shell.language.text
        form = QGridLayout()
        form.setHorizontalSpacing(look.px(16))
        form.setVerticalSpacing(look.px(6))
        form.addWidget(Label(look, _("Your name"), bold=True), 0, 0)
        form.addWidget(Label(look, _("Your words"), bold=True), 0, 1)
        form.addWidget(self.name_field, 1, 0)
        form.addWidget(self.words_field, 1, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(look.px(16))
        buttons.addWidget(self.unlock, 1)
        buttons.addWidget(self.show_words)
        form.addLayout(buttons, 2, 0, 1, 2)
        form.setRowMinimumHeight(2, look.px(64))
        form.setColumnStretch(0, 2)
        form.setColumnStretch(1, 3)
        column = QWidget()
        inner = QVBoxLayout(column)
        inner.setSpacing(look.px(16))
        inner.setContentsMargins(look.px(24), look.px(24), look.px(24), look.px(16))
        inner.addStretch(2)
        inner.addWidget(self.age)
        inner.addSpacing(look.px(16))
        inner.addLayout(form)
        if self.shell.demo_words:
            demo = _("A demo: every citizen is made up. The words are: {words}").format(words=self.shell.demo_words)
            inner.addWidget(Label(look, demo, wrap=True))
        inner.addLayout(self._below)
        inner.addStretch(3)
        inner.addLayout(self._foot())
        column.setMaximumWidth(look.px(960))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(in_the_middle(column))
        self.setTabOrder(self.name_field, self.words_field)
        self.setTabOrder(self.words_field, self.unlock)
        self.setTabOrder(self.unlock, self.show_words)

    def _foot(self) -> QHBoxLayout:
        look, _ = self.shell.look, self.shell.language.text
        foot = QHBoxLayout()
        foot.setSpacing(look.px(4))
        for code in CODES:
            choice = button(_OWN_NAMES[code], kind="plain")
            choice.setCheckable(True)
            choice.setChecked(code == self.shell.language.code)
            choice.clicked.connect(self._speak)
            self._languages[choice] = code
            foot.addWidget(choice)
        foot.addStretch(1)
        keys = _("Larger Ctrl +   Smaller Ctrl −   Light or dark Ctrl+D   Keys F1")
        label = Label(look, keys, SMALL, quiet=True, wrap=True)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(label, 6)
        return foot

    def _speak(self) -> None:
        choice = self.sender()
        assert isinstance(choice, QPushButton)
        code = self._languages[choice]
        self.shell.restyle(Language(code), self.shell.look)

    def _echo(self, shown: bool) -> None:  # noqa: FBT001 (Qt's signature)
        normal, hidden = QLineEdit.EchoMode.Normal, QLineEdit.EchoMode.Password
        self.words_field.setEchoMode(normal if shown else hidden)
        self.words_field.setFocus()

    def _to_words(self) -> None:
        self.words_field.setFocus()

    def try_words(self) -> None:
        """Open the vault with what was typed; a second or so goes by on the desk's thread."""
        name, words = self.name_field.text().strip(), self.words_field.text()
        _ = self.shell.language.text
        if not self.unlock.isEnabled():
            return
        if not words.strip():
            self._say(_("Write your words first."), "", State.INFO)
            self.words_field.setFocus()
            return
        self._wait(waiting=True)
        from ui.opening import Asking, opening

        asking = Asking(name=name, words=words)
        self._line.open(opening(self.shell.settings, asking, self.shell.now), self._opened, self._refused)

    def _wait(self, *, waiting: bool) -> None:
        _ = self.shell.language.text
        for line in (self.name_field, self.words_field):
            line.setReadOnly(waiting)  # not disabled: the focus stays where it is
        self.unlock.setEnabled(not waiting)
        self.unlock.setText(_("Opening…") if waiting else _("Unlock"))
        if waiting and self.trouble is not None:
            self.trouble.hide()

    def _opened(self, opened: Opened) -> None:
        self.words_field.clear()
        self.shell.unlocked(opened.info, opened.session)

    def _refused(self, trouble: ReaderError) -> None:
        self._wait(waiting=False)
        language = self.shell.language
        self._say(f"{trouble.sentence(language)}  [{trouble.kind.code}]", trouble.hint(language), State.STOP)
        self.words_field.setFocus()
        self.words_field.selectAll()

    def _say(self, sentence: str, hint: str, state: State) -> None:
        if self.trouble is None:
            from ui.widgets.notice import Notice

            self.trouble = Notice(self.shell.look, self.shell.language.text("Close"))
            self.trouble.close_button.hide()
            self._below.addWidget(self.trouble)
        self.trouble.tell(sentence, hint, state)


SCREEN: Final = LockScreen
