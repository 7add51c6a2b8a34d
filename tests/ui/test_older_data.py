"""Another generation than the newest, chosen in the window: unmistakable, in the audit, and one press from the newest."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui import town, townsfolk
from tests.ui.conftest import open_up
from tests.ui.test_window import shown
from ui.telling.generations import ToGeneration


def names(pc: town.Pc) -> list[str]:
    return sorted(folder.name for folder in pc.settings.data.glob("generations/*"))


def opened(new_window, pc: town.Pc, qtbot):
    window = new_window(pc)
    open_up(qtbot, window, purpose="check")
    return window


@pytest.fixture
def two(own_pc) -> town.Pc:
    """A PC with two whole generations of the same size."""
    town.send(own_pc, town.items(), seq=2, hours=1)
    return own_pc


@pytest.fixture
def shrunk(own_pc) -> town.Pc:
    """A PC whose newest generation holds two citizens instead of seven."""
    units = [item for item in town.items(delivered=False) if item in list(townsfolk.citizens())[:2]]
    town.send(own_pc, units, seq=2, hours=1)
    return own_pc


def listed(window, qtbot) -> list[ToGeneration]:
    window.go("data")
    qtbot.waitUntil(lambda: "IN USE NOW" in shown(window.screen_now.list))
    return list(
        dict.fromkeys(row.target for row in window.screen_now.list.rows if isinstance(row.target, ToGeneration))
    )


def test_the_data_page_lists_what_there_is_to_choose_from(new_window, two, qtbot) -> None:
    window = opened(new_window, two, qtbot)
    (other,) = listed(window, qtbot)
    assert other.name == names(two)[0]
    said = shown(window.screen_now.list)
    assert said.count("Taken today 05:10") == 2
    assert said.count("Read the former data instead: taken today 05:10") == 1
    assert said.count("7 citizens") == 2
    assert "made today 07:42" in said
    opened_row = next(row for row in window.screen_now.list.rows if "IN USE NOW" in row.spoken)
    assert len(opened_row.details[0].rsplit(" · ", 1)[-1].split()) == 4


def test_older_data_is_chosen_by_keyboard_and_cannot_be_mistaken(new_window, two, qtbot) -> None:
    window = opened(new_window, two, qtbot)
    (other,) = listed(window, qtbot)
    search = window.topbar.search
    qtbot.keyClick(search, Qt.Key.Key_Return)
    at = window.screen_now.list
    while at.chosen is None or at.chosen.target is not other:
        qtbot.keyClick(at, Qt.Key.Key_Down)
    qtbot.keyClick(at, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.older)
    assert window.screen_now.name == "start"
    assert "OLDER DATA chosen: from today 05:10" in window.frame.tab
    assert "OLDER DATA chosen: from today 05:10" in window.screen_now.fallback.sentence
    assert " OLDER " in window.screen_now.age.words
    assert "GOOD" not in window.screen_now.age.words
    window.go("find", "kirsten")
    qtbot.waitUntil(lambda: "Kirsten" in shown(window.screen_now.list))
    kinds = [act.kind for act in town.acts(two)]
    assert "lock" not in kinds
    chosen = next(act for act in town.acts(two) if act.kind == "generation")
    assert chosen.what == names(two)[0]
    assert town.acts(two)[-1].generation.endswith("-1")


def test_one_press_leads_back_to_the_newest(new_window, two, qtbot) -> None:
    window = opened(new_window, two, qtbot)
    window.choose(names(two)[0])
    qtbot.waitUntil(lambda: window.older)
    window.read_standing()
    qtbot.waitUntil(lambda: window.standing is not None)
    assert not window.notice.sentence
    qtbot.mouseClick(window.screen_now.fallback.action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.older)
    assert window.info.seq == 2
    assert "OLDER" not in window.frame.tab
    assert window.screen_now.fallback.isHidden()
    qtbot.waitUntil(lambda: "GOOD" in window.screen_now.age.words)


def test_the_choice_is_gone_after_the_lock(new_window, two, qtbot) -> None:
    window = opened(new_window, two, qtbot)
    window.choose(names(two)[0])
    qtbot.waitUntil(lambda: window.older)
    window.lock()
    assert "OLDER" not in window.frame.tab
    open_up(qtbot, window)
    assert (window.older, window.info.seq) == (False, 2)


def test_a_generation_that_does_not_open_leaves_the_open_one_open(new_window, two, qtbot) -> None:
    window = opened(new_window, two, qtbot)
    database = two.settings.data / "generations" / names(two)[0] / "data.db"
    database.write_bytes(database.read_bytes()[:-1] + b"\0")
    window.choose(names(two)[0])
    assert "Opening other data" in window._doing.sentence
    qtbot.waitUntil(lambda: "BR18" in window.notice.sentence)
    assert not window._doing.sentence
    assert (window.older, window.info.seq) == (False, 2)
    window.go("find", "kirsten")
    qtbot.waitUntil(lambda: "Kirsten" in shown(window.screen_now.list))
    assert town.acts(two)[-1].generation.endswith("-2")


def test_a_damaged_one_is_listed_and_cannot_be_chosen(new_window, two, qtbot) -> None:
    (two.settings.data / "generations" / names(two)[0] / "head").write_bytes(b"damaged")
    window = opened(new_window, two, qtbot)
    assert listed(window, qtbot) == []
    assert "DAMAGED: does not open" in shown(window.screen_now.list)


def test_packages_that_never_came_are_listed(new_window, own_pc, qtbot) -> None:
    town.send(own_pc, town.items(), seq=4, hours=1, prev="0" * 64)
    window = new_window(own_pc)
    window.read_standing()
    qtbot.waitUntil(lambda: window.standing is not None)
    open_up(qtbot, window)
    listed(window, qtbot)
    assert "2 packages never came" in shown(window.screen_now.list)


def test_the_newest_can_be_used_all_the_same_and_what_it_lacks_is_said_first(new_window, shrunk, qtbot) -> None:
    window = opened(new_window, shrunk, qtbot)
    fallback = window.screen_now.fallback
    qtbot.waitUntil(fallback.action.isVisible)
    assert "The newest data holds less than it should" in fallback.sentence
    assert "2 citizens instead of 7" in fallback.sentence
    assert " OLDER " in window.screen_now.age.words
    assert fallback.action.text() == "Use the newest all the same"
    qtbot.mouseClick(fallback.action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.info.seq == 2)
    assert not window.older
    assert window.screen_now.fallback.isHidden()
    assert [act.what for act in town.acts(shrunk) if act.kind == "generation"] == [names(shrunk)[1]]


def test_a_choice_that_comes_after_the_lock_opens_nothing(new_window, two, qtbot) -> None:
    window = opened(new_window, two, qtbot)
    window.choose(names(two)[0])
    window.lock()
    qtbot.waitUntil(lambda: not window.desk.is_holding())
    assert (window.screen_now.name, window.info) == ("lock", None)
