"""No word is cut off: every page, in every language, in large letters, with ordinary and with cruel data."""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

import ui
from backupreader.language import CODES, Language
from tests.ui import everypage, room, town
from ui.chapter import Whose
from ui.dress import dress
from ui.look import SMALL, Look, State, load_fonts, load_more_fonts
from ui.rows import Mark, Row
from ui.screens import SCREENS
from ui.widgets.frame import Frame
from ui.widgets.hints import Hints
from ui.widgets.label import Label
from ui.widgets.linepaint import LinePen
from ui.widgets.marks import Marks
from ui.widgets.pointer import Pointer
from ui.widgets.rowlist import RowList
from ui.window import Window

# What may have too little room, and why. At 200 % a window of 1280 × 860 is as one of 640 × 430.
ALLOWED = {
    100: {},
    125: {},
    150: {},
    200: {
        r"^citizen-.* a list with a height of": "who she is and her warnings come first, and stay; what is known scrolls under them",
        r"^citizen-cruel-": "a name of 60 letters, a street of 200 and ten allergies fill such a page by themselves: they are whole",
    },
}


@pytest.fixture(autouse=True)
def telling(qapp):
    """Every module of the window is there to be watched."""
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        importlib.import_module(module.name)
    load_fonts()
    load_more_fonts()
    with room.watched():
        yield


def test_every_screen_has_a_way_to_be_opened():
    assert set(everypage.WAYS) == set(SCREENS), "say in tests/ui/everypage.py how each screen is opened"


def cut(new_window, pc: town.Pc, language: str, scale: int, size: tuple[int, int] = (1280, 860)) -> list[str]:
    """What is cut on any page, less what is allowed."""
    pc = replace(pc, settings=replace(pc.settings, language=language))
    window: Window = new_window(pc, language, Look(scale=scale))
    window.resize(*size)
    found: list[str] = []
    for page in everypage.every(window):
        assert (window.width(), window.height()) == size, f"{page} makes the window larger"
        found += [f"{page}: {what}" for what in room.cut(window)]
    return [what for what in found if not any(re.search(allowed, what) for allowed in ALLOWED[scale])]


@pytest.mark.parametrize("language", CODES)
def test_every_word_of_every_page_has_room_at_150_per_cent(language, new_window, pc):
    assert cut(new_window, pc, language, 150) == []


@pytest.mark.parametrize("language", CODES)
def test_every_word_of_every_page_has_room_where_little_was_delivered(language, new_window, bare_pc):
    bare = replace(bare_pc, settings=replace(bare_pc.settings, language=language))
    window = new_window(bare, language, Look(scale=150))
    everypage.unlock(window)
    found = []
    for page in everypage.opened(window, only=("start", "find", "citizen", "driving", "data")):
        found += [f"{page}: {what}" for what in room.cut(window)]
    assert found == []


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("scale", [100, 200])
def test_every_word_of_the_plan_s_pages_has_room(language, scale, new_window, pc):
    window: Window = new_window(
        replace(pc, settings=replace(pc.settings, language=language)), language, Look(scale=scale)
    )
    found = []
    for page in everypage.locked(window):
        assert (window.width(), window.height()) == (1280, 860), f"{page} makes the window larger"
        found += [f"{page}: {what}" for what in room.cut(window)]
    everypage.unlock(window)
    for page in everypage.opened(window, only=(*everypage.LOCKED, "start", "outage")):
        found += [f"{page}: {what}" for what in room.cut(window)]
    assert found == []


@pytest.mark.parametrize("language", CODES)
def test_in_the_largest_letters_the_lock_s_button_is_seen_in_an_outage_too(language, new_window, own_pc):
    window: Window = new_window(own_pc, language, Look(scale=200))
    window.resize(1280, 860)
    everypage.unlock(window)
    window.lock()
    window.read_standing()
    everypage.settle(window)
    lock = window.screen_now
    everypage.wait(lambda: len(lock.age._notes.words) == 3)  # an outage goes on, no drill has passed, no check was made
    everypage.settle(window)
    assert lock.call.words.startswith(Language(language).text("WHOM TO CALL NOW"))
    assert lock.unlock.mapTo(lock, lock.unlock.rect().bottomLeft()).y() < lock.call.y()


@pytest.mark.long
@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("scale", [100, 125, 200])
def test_every_word_of_every_page_has_room_at_other_sizes(language, scale, new_window, pc):
    assert cut(new_window, pc, language, scale) == []


@pytest.mark.long
@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("scale", [100, 125])
def test_every_word_of_every_page_has_room_on_a_small_screen(language, scale, new_window, pc):
    assert cut(new_window, pc, language, scale, (1024, 768)) == []


# The measure itself: each kind of cut is told.


@pytest.fixture
def shown(qtbot):
    dress(Look())  # whatever a window before this one wore
    kept: list[QWidget] = []

    def show(inside: QWidget, wide: int, high: int) -> list[str]:
        outside = inside.parentWidget()
        if outside is None:
            outside = QWidget()
            qtbot.addWidget(outside)
            kept.append(outside)
            QVBoxLayout(outside).setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
            outside.layout().addWidget(inside)
        inside.setFixedSize(wide, high)
        outside.resize(wide + 100, high + 100)
        outside.show()
        qtbot.waitExposed(outside)
        return room.cut(outside)

    return show


WORDS = "The journal system cannot be used"


@pytest.mark.parametrize("widget", ["label", "button", "field", "wrapped"])
def test_what_qt_writes_in_too_little_room_is_told(widget, shown):
    made = {
        "label": lambda: Label(Look(), WORDS),
        "button": lambda: QPushButton(WORDS),
        "field": QLineEdit,
        "wrapped": lambda: Label(Look(), WORDS, wrap=True),
    }[widget]()
    if isinstance(made, QLineEdit):
        made.setPlaceholderText(WORDS)
    assert any(WORDS in told for told in shown(made, 90, 24))


def test_what_qt_writes_in_room_enough_is_not_told(shown):
    assert shown(Label(Look(), WORDS, wrap=True), 400, 60) == []


class Painted(QWidget):
    """Paints words into a box, as our own widgets do."""

    def paintEvent(self, _event):  # noqa: N802 (Qt's name)
        from ui.widgets import frame

        painter = frame.QPainter(self)
        painter.drawText(QRect(0, 0, self.width(), self.height()), 0, WORDS)
        painter.end()


def test_what_is_painted_in_too_little_room_is_told(shown):
    assert any("needs a width" in told for told in shown(Painted(), 60, 40))
    assert shown(Painted(), 500, 40) == []


def test_a_word_that_is_broken_in_a_list_is_told(shown):
    rows = RowList(Look(scale=200), "Rows")
    rows.tell((Row(title="Läkemedel", aside="inte levererat"),))
    assert any("broken within a word" in told for told in shown(rows, 352, 300))
    rows.tell((Row(title="Läkemedel", details=("inte levererat",)),))
    assert shown(rows, 352, 300) == []


@pytest.mark.parametrize("language", CODES)
def test_the_word_of_each_group_of_a_summary_has_room_beside_it(language, new_window, bare_pc):
    look = Look(scale=200)
    window = new_window(bare_pc, language, look)
    everypage.unlock(window)
    window.go("citizen", Whose("nexus:1"))
    everypage.settle(window)
    metrics, room_for = QFontMetrics(look.font(SMALL, bold=True)), LinePen(look).lead - look.px(10)
    leads = {word for row in window.screen_now.content.rows for word in row.lead.split()}
    assert len(leads) > 8
    assert [word for word in leads if metrics.horizontalAdvance(word) > room_for] == []


def test_what_stands_over_something_else_is_told(shown):
    both = QWidget()
    across = QHBoxLayout(both)
    one, other = Label(Look(), "Kirsten"), Label(Look(), "Møller")
    across.addWidget(one)
    across.addWidget(other)
    other.setMinimumWidth(300)
    one.setMinimumWidth(300)
    one.setFixedWidth(300)
    told = shown(both, 200, 40)
    assert any("stand over each other" in what or "stands at" in what for what in told)


def test_a_list_without_room_for_a_row_is_told(shown):
    rows = RowList(Look(), "Rows")
    rows.tell((Row(title="Kirsten", details=("a", "b", "c", "d")),))
    assert any("a list with a height of" in told for told in shown(rows, 300, 30))


def test_a_tour_s_sentence_over_the_tab_is_told_and_over_the_page_is_not(shown):
    frame = Frame(Look(), Label(Look(), WORDS))
    frame.tell("BACKUP · read only")
    shown(frame, 700, 300)
    pointer = Pointer(Look(), Language("en"), frame)
    pointer.point(QRect(300, 240, 80, 40), WORDS, 1, 6)  # no room under it
    assert shown(frame, 700, 300) == []
    pointer._panel.move(300, 0)
    assert any("stand over each other" in told for told in shown(frame, 700, 300))


# And the pieces that make room.


def test_the_tab_grows_smaller_rather_than_lose_the_age(shown):
    tab = "BACKUP · read only · OLDER DATA chosen: from yesterday 05:10, 1 day 3 h 12 min old"
    frame = Frame(Look(scale=200), QWidget())
    frame.tell(tab)
    assert shown(frame, 1000, 300) == []


def test_a_field_shows_the_longest_wording_that_fits_and_none_that_is_cut(shown):
    field = QLineEdit()
    hints = Hints(field)
    hints.tell(WORDS, "Journal", "J")
    seen = set()
    for wide in range(1400, 20, -10):
        assert shown(field, wide, 40) == []
        seen.add(field.placeholderText())
    assert seen == {WORDS, "Journal", "J", ""}


def test_a_row_as_long_as_its_room_is_whole(shown):
    rows = RowList(Look(scale=150), "Rows")
    rows.tell((Row(title="Else-Marie Wolff-Sneedorff", details=("Else-Marie Wolff-Sneedorff",)),))
    for wide in range(280, 400):
        assert shown(rows, wide, 300) == [], wide


@pytest.mark.parametrize("wide", [120, 180, 400, 900])
def test_a_mark_wraps_where_the_line_is_short_and_keeps_its_words(wide, shown):
    outside = QWidget()
    marks = Marks(Look(scale=150), lines=9, parent=outside)
    QVBoxLayout(outside).addWidget(marks)
    words = ("ONE", "1 without a carer at all", "CAVE: methotrexatum")
    marks.tell(tuple(Mark(word, State.LATE) for word in words))
    assert [told for told in shown(outside, wide, 400) if "broken within a word" not in told] == []
    assert marks.words == words
