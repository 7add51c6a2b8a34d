"""The find page: what was typed is answered in groups of a fixed order, marked in place, and opened by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtTest import QTest

from backupreader.domain.records import Alert, Citizen, Document, Medication, Note, Visit
from sync.adapter import Item
from tests.ui import town
from tests.ui.conftest import open_up
from tests.ui.test_window import shown
from tests.ui.townsfolk import CRUEL_NAME
from ui.look import Look
from ui.rows import Kind, Row
from ui.telling.found import ToGroup
from ui.widgets.markedtext import MarkedText, marked
from ui.widgets.rowlist import RowList


def find(window, qtbot, words: str, until: str) -> RowList:
    """The list of what was found, once it says so."""
    QTest.keyClicks(window.topbar.search, words)
    qtbot.waitUntil(lambda: window.screen_now.name == "find" and until in shown(window.screen_now.list))
    return window.screen_now.list


def headings(rows: tuple[Row, ...]) -> list[str]:
    return [row.title for row in rows if row.kind is Kind.HEADING]


def key(window, qtbot, pressed: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(window.topbar.search, pressed, held)


def test_each_group_says_how_many_there_are_and_how_old_they_are(unlocked, qtbot) -> None:
    found = find(unlocked, qtbot, "pinex", "Journal notes")
    assert headings(found.rows) == ["Medicine", "Journal notes"]
    aside = next(row.aside for row in found.rows if row.title == "Medicine")
    assert aside == "2 citizens · private-marked orders are not found here · FMK today 05:10 · 3 h 32 min old"


def test_the_words_that_were_found_are_marked_where_they_stand(unlocked, qtbot) -> None:
    rows = find(unlocked, qtbot, "ondt", "Klager over ondt").rows
    note = next(row for row in rows if any("ondt" in detail for detail in row.details))
    assert note.found == {"ondt"}
    assert note.aside == "yesterday 21:42"
    assert "Observation · NN (SSA)" in note.details


def test_a_drug_is_told_with_how_it_stands_and_opens_her_medicine(unlocked, qtbot) -> None:
    found = find(unlocked, qtbot, "marevan", "IN FORCE")
    assert "Marevan 2,5 mg" in shown(found)
    key(unlocked, qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: unlocked.screen_now.name == "citizen" and "Marevan" in shown(unlocked.screen_now.content))
    assert unlocked.screen_now.pane.heading.text() == "Medicine"
    key(unlocked, qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: unlocked.screen_now.name == "find")
    assert unlocked.topbar.search.text() == "marevan"


@pytest.mark.parametrize(
    ("drug", "word"), [("furix", "STOPPED"), ("eliquis", "PAUSED"), ("bombom", "STATUS NOT KNOWN")]
)
def test_a_drug_that_is_not_to_be_given_says_so(unlocked, qtbot, drug: str, word: str) -> None:
    found = find(unlocked, qtbot, drug, word)
    assert "IN FORCE" not in shown(found)


def test_private_medicine_is_not_found_by_its_name(unlocked, qtbot) -> None:
    found = find(unlocked, qtbot, "antabus", "Nobody here is found")
    assert "Medicine" not in headings(found.rows)


def test_a_route_opens_the_driving_list_on_its_day(unlocked, qtbot) -> None:
    find(unlocked, qtbot, "nord", "Routes")
    screen = unlocked.screen_now
    target = next(row.target for row in screen.list.rows if getattr(row.target, "route", ""))
    while screen.list.chosen.target is not target:
        key(unlocked, qtbot, Qt.Key.Key_Down)
    key(unlocked, qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: unlocked.screen_now.name == "driving")
    driving = unlocked.screen_now
    qtbot.waitUntil(lambda: driving.routes.chosen is not None and driving.routes.chosen.title == target.route)
    assert driving.days.day == target.day


def test_what_was_typed_wrong_is_answered_under_its_own_heading(unlocked, qtbot) -> None:
    rows = find(unlocked, qtbot, "kristen skvoej", "Perhaps meant").rows
    assert rows[0].kind is Kind.NOTHING
    (heading,) = (row for row in rows if row.kind is Kind.HEADING)
    assert (heading.title, heading.aside) == ("Perhaps meant", "Kirsten, Skovvej")
    assert rows[-1].found == {"Kirsten", "Skovvej"}
    key(unlocked, qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: unlocked.screen_now.name == "citizen")
    qtbot.waitUntil(lambda: "14 Mar 1938" in unlocked.screen_now.identity.words)


def bodils() -> Iterator[Item]:
    """Many of one name, which stands wherever anything can be found."""
    who, where = "nexus:100", town.WHERE
    for number in range(100, 170):
        yield Citizen(id=f"nexus:{number}", name=f"Bodil {number}", unit="nexus:nord", origin=where)
    for number in range(6):
        yield Visit(id=f"nexus:bv{number}", citizen=who, route=f"Bodil {number}", start="2026-11-22T10:00", zone="Europe/Copenhagen", origin=where)  # fmt: skip
        yield Medication(id=f"FMK:b{number}", citizen=f"nexus:{100 + number}", drug="Bodilin", origin=where)
        yield Alert(id=f"nexus:ba{number}", citizen=f"nexus:{100 + number}", kind="other", text="Bodil", origin=where)
        yield Note(id=f"nexus:bn{number}", citizen=who, text="Bodil sov godt", written_at="2026-11-21", origin=where)
        yield Document(id=f"nexus:bd{number}", title=f"Bodil {number}", media_type="text/plain", content=b"", text="", origin=where)  # fmt: skip


@pytest.fixture(scope="session")
def crowded_pc(tmp_path_factory) -> town.Pc:
    """A PC with many of one name."""
    return town.found(tmp_path_factory.mktemp("crowded"), more=bodils())


@pytest.fixture
def crowd(new_window, crowded_pc, qtbot):
    """A window on many of one name."""
    window = new_window(crowded_pc)
    open_up(qtbot, window)
    return window


def test_groups_stand_in_a_fixed_order_with_a_few_rows_each(crowd, qtbot) -> None:
    rows = find(crowd, qtbot, "bodil", "Documents").rows
    assert headings(rows) == ["Citizens", "Routes", "Medicine", "Warnings", "Journal notes", "Documents"]
    heads = [*(at for at, row in enumerate(rows) if row.kind is Kind.HEADING), len(rows)]
    assert [after - head - 2 for head, after in pairwise(heads)] == [8, 3, 4, 3, 3, 3]
    more = [row for row in rows if row.kind is Kind.ACTION]
    assert [row.title for row in more] == ["Show the first 50", *["Show all 6"] * 5]
    assert [row.target.about.value for row in more] == [
        "citizens", "routes", "medicine", "warnings", "notes", "documents",
    ]  # fmt: skip


def test_of_one_citizen_s_many_warnings_a_few_are_shown_and_the_others_counted(unlocked, qtbot) -> None:
    rows = find(unlocked, qtbot, "cave", "more on her page").rows
    hers = [row for row in rows if row.title == CRUEL_NAME]
    assert len(hers) == 3
    assert hers[-1].details[-1] == "7 more on her page"


def test_ctrl_and_the_arrows_go_from_group_to_group(crowd, qtbot) -> None:
    found = find(crowd, qtbot, "bodil", "Documents")
    heads = [at for at, row in enumerate(found.rows) if row.kind is Kind.HEADING]
    assert len(heads) == 6
    places = []
    for _ in heads:
        places.append(found.currentIndex().row())
        key(crowd, qtbot, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert places == [head + 1 for head in heads]
    key(crowd, qtbot, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert found.currentIndex().row() == heads[-2] + 1
    assert "Ctrl+↓" in crowd.screen_now.told.text()


def test_a_group_can_be_shown_alone_and_escape_shows_all_again(crowd, qtbot) -> None:
    found = find(crowd, qtbot, "bodil", "Show the first 50")
    before = found.rows
    assert [row.kind for row in before].index(Kind.ACTION) == 9
    while not isinstance(found.chosen.target, ToGroup):
        key(crowd, qtbot, Qt.Key.Key_Down)
    key(crowd, qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sum(row.title.startswith("Bodil") for row in found.rows) == 50)
    assert len(found.rows) == 52
    assert found.rows[-1].title == "The first 50 are shown: write more to find fewer"
    assert "Only “Citizens”" in crowd.screen_now.told.text()
    key(crowd, qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: crowd.screen_now.name == "citizen")
    key(crowd, qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: crowd.screen_now.name == "find" and len(crowd.screen_now.list.rows) == 52)
    key(crowd, qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: crowd.screen_now.list.rows == before)
    assert crowd.topbar.search.text() == "bodil"


def test_so_many_words_are_not_searched_for_and_that_is_said(unlocked, qtbot) -> None:
    words = " ".join(["k"] * 30)
    found = find(unlocked, qtbot, words, "So many words are not searched for")
    assert found.rows[0].title.endswith(" ".join(["k"] * 16))


def test_where_nothing_is_found_it_is_said_what_is_not_in_this_copy(new_window, bare_pc, qtbot) -> None:
    window = new_window(bare_pc)
    open_up(qtbot, window)
    found = find(window, qtbot, "marevan", "Nobody here is found")
    (missing,) = (row for row in found.rows if row.kind is Kind.MISSING)
    assert missing.title.startswith("Not in this copy, so not searched: ")
    assert {"Medicine", "Journal notes", "Documents"} <= set(missing.title.partition(": ")[2].split(", "))


def test_an_answer_of_the_same_rows_moves_nothing(unlocked, qtbot) -> None:
    found = find(unlocked, qtbot, "kirsten", "Citizens")
    key(unlocked, qtbot, Qt.Key.Key_Down)
    before = found.currentIndex().row()
    with qtbot.waitSignal(unlocked.desk.answered):
        QTest.keyClicks(unlocked.topbar.search, " ")
    assert found.currentIndex().row() == before


def test_what_is_typed_at_once_and_what_is_come_back_to_is_asked_once(nurse, own_pc, qtbot) -> None:
    nurse.go("find", "kirsten")
    qtbot.waitUntil(lambda: "Kirsten" in shown(nurse.screen_now.list))
    nurse.go("keys")
    key(nurse, qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: nurse.screen_now.name == "find" and "Kirsten" in shown(nurse.screen_now.list))
    assert [act.words for act in town.acts(own_pc) if act.kind == "search"] == ["kirsten", "kirsten"]


# --- words marked in a text ---


@pytest.fixture
def font(qapp) -> QFont:
    return Look().font()


def marks(text: MarkedText) -> list[tuple[int, int]]:
    return [(one.start, one.length) for one in text._layout.formats()]


def test_only_whole_words_are_marked_and_counted_as_qt_counts(font) -> None:
    assert marks(MarkedText("Skovvej 4, skovvejen", {"Skovvej"}, font, 500)) == [(0, 7)]
    assert marks(MarkedText("😀😀 Åse", {"Åse"}, font, 500)) == [(5, 3)]
    assert not marked("Skovvejen", {"Skovvej"})
    assert not marked("<b>Åse</b>", set())


def test_marked_text_is_as_high_as_its_lines_and_shows_no_rich_text(font) -> None:
    one = MarkedText("<b>Åse</b>", {"Åse"}, font, 500)
    assert one._layout.text() == "<b>Åse</b>"
    assert MarkedText("Åse\nÅse", {"Åse"}, font, 500).height == 2 * one.height
    assert MarkedText("Åse " * 60, {"Åse"}, font, 100).height > 5 * one.height
    assert MarkedText("Å" * 400, {"Å" * 400}, font, 100).height > 5 * one.height


def test_a_mark_is_seen(font) -> None:
    def drawn(words: set[str]) -> QImage:
        image = QImage(300, 40, QImage.Format.Format_ARGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        MarkedText("Kirsten Skovvej", words, font, 300).draw(painter, 0, 0)
        painter.end()
        return image

    assert drawn({"Skovvej"}) != drawn(set())
    assert drawn({"Skovvej"}) != drawn({"Kirsten"})
