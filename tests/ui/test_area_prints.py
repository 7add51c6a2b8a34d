"""Ctrl+P where many citizens are seen at once: who is ours, the life-critical ones, the overview, what has changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from backupreader.domain.tonight import Filter
from tests.ui import town
from tests.ui.conftest import open_up


@pytest.fixture
def own(own_pc, new_window, qtbot):
    """A window that Anna has opened, on a PC of its own."""
    window = new_window(own_pc)
    open_up(qtbot, window, purpose="check")
    return window


def printing(window, qtbot):
    """The print page after Ctrl+P, when its pages are seen."""
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.screen_now.name == "print")
    page = window.screen_now
    qtbot.waitUntil(lambda: page.preview.pages > 0, timeout=20_000)
    return page


def text(page) -> str:
    document = page.preview._view.document()
    return " ".join(" ".join(document.getAllText(at).text() for at in range(document.pageCount())).split())


def offered(page) -> list[str]:
    return [row.title for row in page.documents.rows]


def ours(window, qtbot, wanted: Filter | None = None) -> None:
    window.go("citizens", wanted)
    screen = window.screen_now
    qtbot.waitUntil(lambda: bool(screen.list.rows), timeout=20_000)


def test_who_is_ours_is_printed_as_a_roster_and_the_life_critical_list_is_offered(own, own_pc, qtbot) -> None:
    ours(own, qtbot)
    page = printing(own, qtbot)
    assert offered(page) == ["Roster: who is ours", "Life-critical citizens"]
    said = text(page)
    assert "All who are ours" in said
    assert "7 citizens: at home 2 · in hospital 1 · on leave 1" in said
    assert "Kirsten Møller" in said
    assert "hemmelig" not in said
    acts = [act for act in town.acts(own_pc) if act.kind == "print" and act.what == "roster"]
    assert {"nexus:1", "nexus:4"} <= set(acts[-1].citizens)


def test_a_unit_that_is_chosen_is_what_is_printed(own, qtbot) -> None:
    ours(own, qtbot, Filter(unit="Team Nord"))
    said = text(printing(own, qtbot))
    assert said.index("Team Nord") < said.index("Roster: who is ours")
    assert "Bent" not in said


def test_where_a_rule_is_chosen_the_list_with_its_why_is_printed_and_has_no_version_for_the_car(own, qtbot) -> None:
    ours(own, qtbot, Filter(life_critical=True))
    page = printing(own, qtbot)
    said = text(page)
    assert "Life-critical citizens" in said
    assert "Rule, and what met it" in said
    assert page.car_button.isHidden()
    page.documents.choose(0)
    qtbot.waitUntil(lambda: "Roster: who is ours" in text(page) if page.preview.pages else False, timeout=20_000)
    assert not page.car_button.isHidden()
    page.car_button.setChecked(True)
    qtbot.waitUntil(lambda: "For the car" in text(page) if page.preview.pages else False, timeout=20_000)
    page.documents.choose(1)
    qtbot.waitUntil(lambda: "Rule, and what met it" in text(page) if page.preview.pages else False, timeout=20_000)


def test_the_overview_is_printed_with_all_its_carers(own, own_pc, qtbot) -> None:
    own.go("overview")
    screen = own.screen_now
    qtbot.waitUntil(lambda: bool(screen.grid.words), timeout=20_000)
    names = {word.split(" · ")[2] for word in screen.grid.words if len(word.split(" · ")) > 2}
    page = printing(own, qtbot)
    assert offered(page) == ["Overview of the area"]
    said = text(page)
    assert "The whole area" in said
    assert names
    assert any(name in said for name in names)
    (act,) = [act for act in town.acts(own_pc) if act.kind == "print"]
    assert act.what == "area-overview"
    assert act.citizens


def test_what_has_changed_is_printed_as_it_is_seen(own_pc, new_window, qtbot) -> None:
    items = list(town.items())
    medicine = next(item for item in items if type(item).__name__ == "Medication" and item.drug and not item.private)
    stopped = [replace(item, status="stopped") if item is medicine else item for item in items]
    town.send(own_pc, stopped, seq=2, hours=1)
    window = new_window(own_pc)
    open_up(qtbot, window, purpose="check")
    window.go("changes")
    screen = window.screen_now
    qtbot.waitUntil(lambda: screen._seen is not None, timeout=20_000)
    page = printing(window, qtbot)
    assert offered(page) == ["What has changed"]
    said = text(page)
    assert "Medicine stopped, or not sent any more (1)" in said
    assert medicine.drug in said
    assert page.car_button.isHidden()
    assert [act.what for act in town.acts(own_pc) if act.kind == "print"] == ["change-list"]
