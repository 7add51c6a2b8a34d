"""The lock screen: how old the data is, readable from the door; a person's name and words to open it; whom to call now.

With a code, which is nobody's own, she says who she is before it is tried: it opens once only.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from backupreader.domain.acts import OUTAGE
from backupreader.domain.errors import HALF_A_CODE
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_, Language
from ui.look import State
from ui.opening import Asking, opening
from ui.screen import Screen
from ui.widgets.agepanel import AgePanel
from ui.widgets.button import button
from ui.widgets.callline import CallLine
from ui.widgets.field import Field
from ui.widgets.hints import Hints
from ui.widgets.label import Label
from ui.widgets.lockfoot import LockFoot
from ui.widgets.middle import Middle
from ui.widgets.purposes import Purposes

if TYPE_CHECKING:
    from ui.opening import Opened
    from ui.shell import Shell
    from ui.widgets.codeform import CodeForm
    from ui.widgets.notice import Notice

_ROOMY: Final = 125  # per cent


@dataclass(frozen=True, slots=True)
class _Typed:
    """What stands in the fields. `role` and `unit` are hers who has a `code`."""

    name: str
    words: str = field(repr=False)
    purpose: str = OUTAGE
    code: bool = False
    role: str = ""
    unit: str | None = None


class LockScreen(Screen):
    """See the module."""

    name = "lock"
    sentence = N_("Locked")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        look, language, _ = shell.look, shell.language, shell.language.text
        self._line = self.ask_line()
        self.age = AgePanel(look)
        self.name_field, self.words_field = Field(), Field()
        self._words_hints = Hints(self.words_field)
        self.name_field.setAccessibleName(_("Your name"))
        self.show_words = button(_("Show the words"), name=_("Show the words"))
        self.unlock = button(_("Unlock"), kind="main", name=_("Unlock"))
        self.have_code = button(_("I have a code"), kind="plain", name=_("I have a code"))
        self.forgotten = button(_("Forgotten words"), kind="plain", name=_("Forgotten words"))
        self.practice = button(_("End the practice  Ctrl+Q") if shell.practice else _("Practice"), kind="plain")
        if not (shell.practice or shell.can_practise):
            self.practice.hide()
        self.check = button(_("Shift check  F11"), kind="plain", name=_("Shift check"))
        self.purposes = Purposes(look, language)
        self.foot = LockFoot(look, language)
        self.call = CallLine(look, language)
        self.form: CodeForm | None = None
        self.trouble: Notice | None = None
        self._words_label = Label(look, " ", bold=True)
        self._who, self._below = QVBoxLayout(), QVBoxLayout()
        self._dress()
        self._lay_out()
        self._tell_code()

    def enter(self, what: object) -> None:
        """Show the age; fill in what was being typed when the screen was built anew."""
        if isinstance(what, _Typed):
            self.name_field.setText(what.name)
            self.words_field.setText(what.words)
            self.purposes.choose(what.purpose)
            if what.code:
                self._turn_code()
                assert self.form is not None
                self.form.role_field.setText(what.role)
                self.form.choose(what.unit)
        self.minute()

    def remembered(self) -> object:
        """What has been typed, so that a change of language or size does not take it away."""
        role, unit = ("", None) if self.form is None else (self.form.role, self.form.unit)
        typed = self.name_field.text(), self.words_field.text(), self.purposes.purpose
        return _Typed(*typed, self.with_code, role, unit)

    @property
    def with_code(self) -> bool:
        """Does she have a code rather than words of her own?"""
        return self.form is not None and not self.form.isHidden()

    def focus_first(self) -> bool:
        """The name, or the words when the name stands there already."""
        (self.words_field if self.name_field.text() else self.name_field).setFocus()
        return True

    def escape(self) -> bool:
        """From the code back to the words."""
        if self.with_code:
            self._turn_code()
            return True
        return False

    def minute(self) -> None:
        """Tell the age and whom to call anew, and offer the units that are known by now."""
        self.age.tell(self.shell.standing, self.shell.settings, self.shell.now(), self.shell.language)
        if self.form is not None and self.shell.standing is not None:
            self.form.offer(self.shell.standing.units)
        self.call.minute(self.shell)

    def _dress(self) -> None:
        look = self.shell.look
        for line in (self.name_field, self.words_field):
            line.setFont(look.font(18))
            line.setMaxLength(400)
            line.setMinimumWidth(look.px(160))
        self.words_field.setEchoMode(QLineEdit.EchoMode.Password)
        self.show_words.setCheckable(True)
        self.unlock.setFont(look.font(18, bold=True))
        self.show_words.toggled.connect(self._echo)
        self.name_field.returnPressed.connect(self._to_next)
        self.words_field.returnPressed.connect(self.try_words)
        self.unlock.clicked.connect(self.try_words)
        self.have_code.clicked.connect(self._turn_code)
        self.forgotten.clicked.connect(self._tell_forgotten)
        self.foot.spoken.connect(self._speak)
        self.check.clicked.connect(self._to_check)
        self.call.opened.connect(self._to_call)
        self.practice.clicked.connect(self.shell.end_practice if self.shell.practice else self.shell.begin_practice)

    def _fields(self) -> QGridLayout:
        look, form = self.shell.look, QGridLayout()
        form.setHorizontalSpacing(look.px(16))
        form.setVerticalSpacing(look.px(6 if look.scale <= _ROOMY else 4))
        form.addWidget(Label(look, self.shell.language.text("Your name"), bold=True), 0, 0)
        form.addWidget(self._words_label, 0, 1)
        form.addWidget(self.name_field, 1, 0)
        form.addWidget(self.words_field, 1, 1)
        form.setColumnStretch(0, 2)
        form.setColumnStretch(1, 3)
        return form

    def _lay_out(self) -> None:
        look, _ = self.shell.look, self.shell.language.text
        roomy = look.scale <= _ROOMY
        buttons = QHBoxLayout()
        buttons.setSpacing(look.px(16))
        buttons.addWidget(self.unlock, 1)
        buttons.addWidget(self.show_words)
        self.unlock.ensurePolished()
        buttons.addStrut(self.unlock.sizeHint().height())  # its letters are larger than the style's least height is for
        column = QWidget()
        inner = QVBoxLayout(column)
        inner.setSpacing(look.px(12 if roomy else 3))
        inner.setContentsMargins(look.px(24), look.px(16 if roomy else 4), look.px(24), look.px(12))
        inner.addSpacing(look.px(8) if roomy else 0)  # not a stretch: nothing moves for what comes below
        inner.addWidget(self.age)
        if roomy:
            inner.addLayout(self._others())
        inner.addLayout(self._fields())
        inner.addLayout(self._who)
        if roomy:
            inner.addWidget(self.purposes)
        inner.addLayout(buttons)
        if not roomy:  # what must be seen without scrolling comes first
            inner.addLayout(self._below)
            inner.addLayout(self._others())
            inner.addWidget(self.purposes)
        if self.shell.demo_words:
            demo = _("A demo: every citizen is made up. The words are: {words}").format(words=self.shell.demo_words)
            inner.addWidget(Label(look, demo, wrap=True))
        if roomy:
            inner.addLayout(self._below)
        inner.addStretch(1)
        inner.addWidget(self.foot)
        column.setMaximumWidth(look.px(960))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._middle = Middle(column)
        outer.addWidget(self._middle)
        outer.addWidget(self.call)
        order = (self.name_field, self.words_field, *self.purposes.choices.values(), self.unlock, self.show_words)
        for one, other in itertools.pairwise(order):
            self.setTabOrder(one, other)

    def _others(self) -> QHBoxLayout:
        """What else can be done here."""
        others = QHBoxLayout()
        others.addWidget(self.have_code)
        others.addWidget(self.forgotten)
        others.addStretch(1)
        others.addWidget(self.check)
        others.addWidget(self.practice)
        return others

    @property
    def busy(self) -> bool:
        """Is the vault being opened?"""
        return not self.unlock.isEnabled()

    def _to_call(self) -> None:
        if not self.busy:
            self.shell.go("call")

    def _speak(self, code: str) -> None:
        self.shell.restyle(Language(code), self.shell.look)

    def _echo(self, shown: bool) -> None:  # noqa: FBT001 (Qt's signature)
        normal, hidden = QLineEdit.EchoMode.Normal, QLineEdit.EchoMode.Password
        self.words_field.setEchoMode(normal if shown else hidden)
        self.words_field.setFocus()

    def _to_check(self) -> None:
        if not self.busy:
            self.shell.go("shift-check")

    def _turn_code(self) -> None:
        """From words to a code, and back; what was typed stays."""
        if self.form is None:
            from ui.widgets.codeform import CodeForm

            self.form = CodeForm(self.shell.look, self.shell.language)
            self.form.entered.connect(self._to_next)
            self._who.addWidget(self.form)
            self.setTabOrder(self.words_field, self.form.role_field)
            self.setTabOrder(self.form.role_field, self.form.units)
            self.form.hide()
        self.form.setVisible(self.form.isHidden())
        self._tell_code()
        if self.trouble is not None:
            self.trouble.hide()
        self.minute()
        self.focus_first()

    def _tell_code(self) -> None:
        _ = self.shell.language.text
        word = _("The code") if self.with_code else _("Your words")
        back = _("Back to my own words") if self.with_code else _("I have a code")
        self._words_label.setText(word)
        self.words_field.setAccessibleName(word)
        hint = _("as it was read out to you: number and words") if self.with_code else ""
        forgiving = (_("Capital letters and spaces do not matter"), _("small letters will do"))
        self._words_hints.tell(*((hint, _("number and words")) if hint else forgiving))
        self.have_code.setText(back)
        self.have_code.setAccessibleName(back)

    def _tell_forgotten(self) -> None:
        _ = self.shell.language.text
        self._say(
            _("Ring the on-duty head and have an event code read out to you. Then press “I have a code”."),
            _("New words of your own: IT gives them at this PC with 'vault new-words'."),
            State.INFO,
        )

    def _missing(self) -> tuple[QWidget, str] | None:
        """The first field that must be filled in before anything is tried, and what to say of it."""
        _ = self.shell.language.text
        form = self.form if self.with_code else None
        if form is not None and not self.name_field.text().strip():
            return self.name_field, _("Write your name first: a code is nobody's own.")
        if not self.words_field.text().strip():
            return self.words_field, _("Write the code.") if form is not None else _("Write your words first.")
        if form is not None and not form.role:
            return form.role_field, _("Say what your role is.")
        if form is not None and form.unit is None:
            return form.units, _("Choose your unit, or the whole area.")
        return None

    def _to_next(self) -> None:
        """Enter in a field goes to the next one that is empty, or tries."""
        missing = self._missing()
        if missing is None:
            self.try_words()
        else:
            missing[0].setFocus()

    def try_words(self) -> None:
        """Open the vault with what was typed; a second or so goes by on the desk's thread."""
        if self.busy:
            return
        missing = self._missing()
        if missing is not None:
            self._say(missing[1], "", State.INFO)
            missing[0].setFocus()
            return
        self._wait(waiting=True)
        form = self.form if self.with_code else None
        asking = Asking(
            name=self.name_field.text().strip(),
            words=self.words_field.text(),
            purpose=self.purposes.purpose,
            code=form is not None,
            role=form.role if form is not None else "",
            unit=(form.unit or "") if form is not None else "",
        )
        work = opening(self.shell.settings, asking, self.shell.now, self.shell.waiting)
        self._line.open(work, self._opened, self._refused)

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
        self.shell.unlocked(opened)

    def _refused(self, trouble: ReaderError) -> None:
        self._wait(waiting=False)
        language = self.shell.language
        self._say(f"{trouble.sentence(language)}  [{trouble.kind.code}]", trouble.hint(language), State.STOP)
        self.words_field.setFocus()
        if trouble.kind is HALF_A_CODE:  # the other part is typed after this one, not over it
            self.words_field.setText(self.words_field.text().rstrip() + " ")
        else:
            self.words_field.selectAll()

    def _say(self, sentence: str, hint: str, state: State) -> None:
        if self.trouble is None:
            from ui.widgets.notice import Notice

            self.trouble = Notice(self.shell.look, self.shell.language.text("Close"))
            self.trouble.close_button.hide()
            self._below.addWidget(self.trouble)
        self.trouble.tell(sentence, hint, state)
        self._middle.see(self.trouble)  # with large letters it may stand below what is seen


SCREEN: Final = LockScreen
