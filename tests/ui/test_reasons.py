"""What stands behind a stated reason, in the window: asked for in the page, shown at once, written down."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from backupreader.domain.barriers import REASONS
from backupreader.domain.journal import Journal
from backupreader.language import Language
from tests.ui import town
from tests.ui.conftest import open_up
from tests.ui.test_window import CHAPTER, shown
from ui.chapter import ToReason, View, Whose
from ui.chapters import CHAPTERS
from ui.pages import Printable
from ui.rows import Kind
from ui.widgets.reasonpanel import ReasonPanel


@pytest.fixture
def anna(new_window, own_pc, qtbot):
    """A window that the manager of the whole area has opened."""
    window = new_window(own_pc)
    open_up(qtbot, window)
    return window


def asked(window, qtbot) -> ReasonPanel:
    qtbot.waitUntil(lambda: bool(window.screen_now.reason.words))
    return window.screen_now.reason


def stated(pc: town.Pc) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(act.what, act.reason, act.citizens) for act in town.acts(pc) if act.kind == "break-glass"]


def test_who_is_another_unit_s_is_marked_and_stands_after_one_s_own(nurse, qtbot) -> None:
    QTest.keyClicks(nurse.topbar.search, "b")
    qtbot.waitUntil(lambda: "Bent" in shown(nurse.screen_now.list))
    citizens = [row for row in nurse.screen_now.list.rows if isinstance(row.target, Whose)]
    marked = ["OTHER UNIT" in [mark.word for mark in row.marks] for row in citizens]
    assert marked == sorted(marked)
    assert set(marked) == {False, True}


def test_while_she_types_nothing_jumps(nurse, qtbot, qapp) -> None:
    nurse.activateWindow()
    QTest.keyClicks(nurse.topbar.search, "k")
    qtbot.waitUntil(lambda: "Kirsten" in shown(nurse.screen_now.list))
    screen = nurse.screen_now
    place = screen.list.geometry()
    for letter in "irsten":
        QTest.keyClicks(nurse.topbar.search, letter)
        qtbot.waitUntil(lambda: "Kirsten" in shown(screen.list))
        assert (nurse.screen_now, screen.list.geometry(), qapp.focusWidget()) == (screen, place, nurse.topbar.search)
        assert screen.list.chosen.title == "Kirsten Møller"


def test_another_unit_s_page_asks_in_place_with_her_name_and_her_unit(nurse, own_pc, qtbot) -> None:
    QTest.keyClicks(nurse.topbar.search, "bent")
    qtbot.waitUntil(lambda: "OTHER UNIT" in shown(nurse.screen_now.list))
    qtbot.keyClick(nurse.topbar.search, Qt.Key.Key_Return)
    panel = asked(nurse, qtbot)
    assert "Bent <b>Fed</b> & Søn" in panel.words
    assert "Plejehjemmet Søgården" in panel.words
    assert nurse.screen_now.identity.isHidden()
    assert not nurse.screen_now.content.isVisible()
    assert not nurse.notice.sentence
    assert stated(own_pc) == []


@pytest.mark.parametrize("key", [1, 2, 3, 4])
def test_one_key_states_a_reason_and_the_page_is_there(nurse, own_pc, qtbot, qapp, key: int) -> None:
    nurse.activateWindow()
    nurse.go("citizen", Whose("nexus:7", "Bent"))
    panel = asked(nurse, qtbot)
    qtbot.waitUntil(lambda: qapp.focusWidget() is panel.reasons)
    qtbot.keyClick(panel.reasons, getattr(Qt.Key, f"Key_{key}"))
    qtbot.waitUntil(lambda: "Bent" in nurse.screen_now.identity.words)
    assert panel.isHidden()
    assert nurse.screen_now.identity.isVisible()
    assert stated(own_pc) == [("other-unit", REASONS[key - 1], ("nexus:7",))]
    assert [act.kind for act in town.acts(own_pc)][-2:] == ["break-glass", "view"]
    assert qapp.focusWidget() is nurse.topbar.search


def test_a_reason_in_her_own_words_with_enter(nurse, own_pc, qtbot) -> None:
    nurse.go("citizen", Whose("nexus:7"))
    panel = asked(nurse, qtbot)
    QTest.keyClicks(panel.other, "  ")
    qtbot.keyClick(panel.other, Qt.Key.Key_Return)
    assert panel.words
    QTest.keyClicks(panel.other, "Hendes datter ringede")
    qtbot.keyClick(panel.other, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Bent" in nurse.screen_now.identity.words)
    assert [reason for _, reason, _ in stated(own_pc)] == ["Hendes datter ringede"]


def test_an_enter_too_many_states_nothing_and_the_arrows_choose(nurse, own_pc, qtbot) -> None:
    nurse.go("citizen", Whose("nexus:7"))
    panel = asked(nurse, qtbot)
    qtbot.keyClick(panel.reasons, Qt.Key.Key_Return)
    assert panel.words
    qtbot.keyClick(panel.reasons, Qt.Key.Key_Down)
    qtbot.keyClick(panel.reasons, Qt.Key.Key_Down)
    qtbot.keyClick(panel.reasons, Qt.Key.Key_Return)
    qtbot.waitUntil(panel.isHidden)
    qtbot.waitUntil(lambda: len(stated(own_pc)) == 1)
    assert stated(own_pc)[0][1] == REASONS[1]


def test_escape_leaves_her_page_unseen(nurse, own_pc, qtbot) -> None:
    before = len(town.acts(own_pc))
    nurse.go("find", "bent")
    nurse.go("citizen", Whose("nexus:7"))
    asked(nurse, qtbot)
    qtbot.keyClick(nurse, Qt.Key.Key_Escape)
    assert nurse.screen_now.name == "find"
    assert {act.kind for act in town.acts(own_pc)[before:]} <= {"search", "list", "refused"}


def test_a_stated_reason_holds_until_the_lock_and_not_after_it(nurse, own_pc, qtbot) -> None:
    nurse.go("citizen", Whose("nexus:7"))
    asked(nurse, qtbot).stated.emit("first")
    qtbot.waitUntil(lambda: "Bent" in nurse.screen_now.identity.words)
    nurse.back()
    nurse.go("citizen", Whose("nexus:7"))
    qtbot.waitUntil(lambda: "Bent" in nurse.screen_now.identity.words)
    nurse.lock()
    open_up(qtbot, nurse, town.BO, town.BO_WORDS)
    nurse.go("citizen", Whose("nexus:7"))
    asked(nurse, qtbot)


def test_a_document_of_another_unit_s_citizen_is_found_without_a_word_of_it(nurse, own_pc, qtbot) -> None:
    QTest.keyClicks(nurse.topbar.search, "hustruen")
    qtbot.waitUntil(lambda: "A document about a citizen of another unit" in shown(nurse.screen_now.list))
    assert "Handleplan" not in shown(nurse.screen_now.list)
    qtbot.keyClick(nurse.topbar.search, Qt.Key.Key_Return)
    panel = asked(nurse, qtbot)
    panel.reasons.choose(0)
    panel.reasons.open_chosen()
    qtbot.waitUntil(lambda: "Ring til hustruen" in shown(nurse.screen_now.text))
    assert panel.isHidden()
    assert stated(own_pc) == [("other-unit", REASONS[0], ("nexus:7",))]


def test_another_unit_s_route_asks_and_the_arrows_go_on_to_the_next_route(nurse, own_pc, qtbot, qapp) -> None:
    nurse.activateWindow()
    nurse.go("driving")
    screen = nurse.screen_now
    qtbot.waitUntil(lambda: bool(screen.routes.rows))
    qtbot.keyClick(nurse.topbar.search, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: "Søgården" in shown(screen.routes))
    while screen.routes.chosen.title != "Søgården":
        qtbot.keyClick(nurse.topbar.search, Qt.Key.Key_Down)
    asked(nurse, qtbot)
    assert qapp.focusWidget() is nurse.topbar.search
    assert screen.printable() is None
    qtbot.keyClick(nurse.topbar.search, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: "Giv medicin kl. 9" in shown(screen.visits))
    assert screen.reason.isHidden()
    qtbot.keyClick(nurse.topbar.search, Qt.Key.Key_Down)
    panel = asked(nurse, qtbot)
    qtbot.keyClick(nurse.topbar.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: qapp.focusWidget() is panel.reasons)
    qtbot.keyClick(panel.reasons, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: "Tilsyn" in shown(screen.visits))
    assert stated(own_pc) == [("other-unit", REASONS[0], ("Søgården",))]


def test_private_medicine_is_counted_loudly_and_shown_for_a_reason(anna, own_pc, qtbot) -> None:
    anna.go("citizen", Whose("nexus:2"))
    screen = anna.screen_now
    qtbot.waitUntil(lambda: bool(screen.chapters.rows))
    sentence = "1 private-marked order is not shown: state a reason"
    assert sentence in shown(screen.content)
    assert "Of the medicine that is shown, none is due" in shown(screen.content)
    assert "1 order not shown" in screen.identity.words
    screen.chapters.choose(CHAPTER["medicine"])
    assert sentence in shown(screen.content)
    assert "Private-marked medicine, not shown" in shown(screen.content)
    assert "Antabus" not in shown(screen.content)
    screen.content.choose(0)
    qtbot.keyClick(screen.content, Qt.Key.Key_Return)
    panel = asked(anna, qtbot)
    assert screen.identity.isVisible()
    panel.reasons.choose(1)
    panel.reasons.open_chosen()
    qtbot.waitUntil(lambda: "Antabus" in shown(screen.content))
    assert sentence not in shown(screen.content)
    assert stated(own_pc) == [("private-medicine", REASONS[1], ("nexus:2",))]


def test_escape_closes_the_question_and_what_was_chosen_in_it_is_not_chosen_the_next_time(anna, qtbot) -> None:
    anna.go("citizen", Whose("nexus:2"))
    screen = anna.screen_now
    qtbot.waitUntil(lambda: bool(screen.chapters.rows))
    target = next(row.target for row in screen.content.rows if isinstance(row.target, ToReason))
    screen._open(target)
    panel = asked(anna, qtbot)
    panel.reasons.choose(2)
    qtbot.keyClick(anna, Qt.Key.Key_Escape)
    assert anna.screen_now is screen
    assert screen.content.isVisible()
    screen._open(target)
    assert panel.reasons.chosen is None
    qtbot.keyClick(panel.reasons, Qt.Key.Key_Return)
    assert panel.words


def test_no_chapter_has_a_row_without_a_name_where_medicine_is_kept_back(
    journal_of: Callable[..., Journal],
) -> None:
    journal = journal_of(2)
    assert journal.withheld
    view = View(now=town.NOW, language=Language("en"))
    for chapter in CHAPTERS:
        rows = chapter.rows(journal, view)
        assert all(row.title.strip() for row in rows), chapter.key
        assert "Antabus" not in " ".join(row.spoken for row in rows)


def test_a_protected_address_is_shown_for_a_reason_on_her_page(anna, own_pc, qtbot) -> None:
    anna.go("citizen", Whose("nexus:5"))
    screen = anna.screen_now
    qtbot.waitUntil(lambda: bool(screen.chapters.rows))
    for chapter in ("overview", "entry"):
        screen.chapters.choose(CHAPTER[chapter])
        assert "address and telephone are protected and not shown" in shown(screen.content)
    assert "hemmelig" not in screen.identity.words
    screen.content.choose(0)
    screen.content.open_chosen()
    asked(anna, qtbot).stated.emit(REASONS[0])
    qtbot.waitUntil(lambda: "hemmelig" in screen.identity.words)
    assert "not shown" not in shown(screen.content)
    assert stated(own_pc) == [("protected-address", REASONS[0], ("nexus:5",))]
    anna.go("find", "jan")
    qtbot.waitUntil(lambda: "Jan" in shown(anna.screen_now.list))
    assert "hemmelig" not in shown(anna.screen_now.list)


def test_a_route_s_protected_addresses_are_shown_for_a_reason(anna, own_pc, qtbot) -> None:
    anna.go("driving")
    screen = anna.screen_now
    qtbot.waitUntil(lambda: "Nord dag" in shown(screen.routes))
    qtbot.waitUntil(lambda: "1 protected address is not shown" in shown(screen.visits))
    row = next(row for row in screen.visits.rows if row.kind is Kind.KEPT)
    screen.visits.opened.emit(row.target)
    asked(anna, qtbot).stated.emit(REASONS[0])
    qtbot.waitUntil(lambda: "hemmelig" in shown(screen.visits))
    assert stated(own_pc) == [("protected-address", REASONS[0], ("Nord dag",))]


def test_paper_says_what_is_kept_back_until_a_reason_was_stated(anna, qtbot, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    def words() -> str:
        anna.go("print", Printable("medicine-sheet", "Kirsten Møller", citizen="nexus:2"))
        screen = anna.screen_now
        qtbot.waitUntil(lambda: screen.preview.pages > 0, timeout=20_000)
        document = screen.preview._view.document()
        return document.getAllText(0).text()

    assert "NOT COMPLETE" in (before := words())
    assert "Antabus" not in before
    anna.go("citizen", Whose("nexus:2"))
    qtbot.waitUntil(lambda: bool(anna.screen_now.chapters.rows))
    anna.screen_now._open(next(row.target for row in anna.screen_now.content.rows if isinstance(row.target, ToReason)))
    asked(anna, qtbot).stated.emit(REASONS[0])
    qtbot.waitUntil(lambda: "Antabus" in shown(anna.screen_now.content))
    assert "Antabus" in (after := words())
    assert "NOT COMPLETE" not in after


def test_the_reasons_can_be_used_at_any_size(nurse, qtbot) -> None:
    from ui.look import Look

    nurse.restyle(Language("da"), Look(scale=200, dark=True))
    nurse.go("citizen", Whose("nexus:7", "Bent"))
    panel = asked(nurse, qtbot)
    assert panel.reasons.height() >= sum(panel.reasons.sizeHintForRow(number) for number in range(4))
