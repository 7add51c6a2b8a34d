"""Yesterday's data as a nurse reads it: one press there, one press back, and no page that does not say which it is."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from backupreader.store.database import SCHEMA
from tests.ui import town
from tests.ui.conftest import open_up
from tests.ui.test_older_data import names
from tests.ui.test_screens import WHAT, settled
from tests.ui.test_window import shown
from ui.screens import SCREENS


@pytest.fixture
def two(own_pc) -> town.Pc:
    """A PC with two whole generations of the same size."""
    town.send(own_pc, town.items(), seq=2, hours=1)
    return own_pc


@pytest.fixture
def window(new_window, two, qtbot):
    """A window that is open on the newest data, and was touched once: its keys are there."""
    made = new_window(two)
    open_up(qtbot, made, purpose="check")
    settled(made, qtbot)
    return made


def read_former(window, qtbot) -> None:
    QTest.keyClick(window, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: window.older, timeout=20_000)


def test_one_key_from_the_start_page_reads_the_former_data_and_the_same_one_leads_back(window, qtbot) -> None:
    assert window.screen_now.name == "start"
    read_former(window, qtbot)
    assert window.info.seq == 1
    QTest.keyClick(window, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: not window.older, timeout=20_000)
    assert window.info.seq == 2


def test_the_data_page_offers_it_first_by_its_moment(window, two, qtbot) -> None:
    window.go("data")
    qtbot.waitUntil(lambda: bool(window.screen_now.list.rows))
    first, second = window.screen_now.list.rows[:2]
    assert first.title.startswith("Read the former data instead: taken today 05:10")
    assert (first.aside, second.aside) == ("F7", "F6")
    assert first.target.name == names(two)[0]
    qtbot.keyClick(window.topbar.search, Qt.Key.Key_Return)
    assert window.screen_now.list.chosen is first
    qtbot.keyClick(window.screen_now.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.older, timeout=20_000)
    window.go("data")
    qtbot.waitUntil(lambda: bool(window.screen_now.list.rows))
    assert window.screen_now.list.rows[0].title == "Back to the newest data"


def test_what_has_changed_is_one_row_below(window, qtbot) -> None:
    window.go("data")
    qtbot.waitUntil(lambda: bool(window.screen_now.list.rows))
    window.screen_now.list.choose(1)
    window.screen_now.list.open_chosen()
    assert window.screen_now.name == "changes"
    window.back()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert window.screen_now.name == "changes"


@pytest.mark.parametrize("name", [name for name in SCREENS if name not in {"lock", "drill"}])
def test_every_page_says_that_it_is_older_data(window, qtbot, name) -> None:
    read_former(window, qtbot)
    window.go(name, WHAT.get(name))
    settled(window, qtbot)
    assert "OLDER DATA chosen: from today 05:10" in window.frame.tab
    band = window.screen_now.fallback if name == "start" else window._older_band
    assert band.isVisible()
    assert "OLDER DATA chosen: from today 05:10" in band.sentence
    window.darken()
    settled(window, qtbot)
    band = window.screen_now.fallback if name == "start" else window._older_band
    assert band.isVisible()


def test_the_band_leads_back_and_is_gone_then(window, qtbot) -> None:
    read_former(window, qtbot)
    window.go("find", "kirsten")
    settled(window, qtbot)
    qtbot.mouseClick(window._older_band.action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.older, timeout=20_000)
    window.go("find", "kirsten")
    assert not window._older_band.isVisible()


def test_the_lock_takes_the_band_away(window, qtbot) -> None:
    read_former(window, qtbot)
    window.go("keys")
    assert window._older_band.isVisible()
    window.lock()
    assert not window._older_band.isVisible()


def pages(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


@pytest.mark.parametrize("older", [True, False])
def test_every_printed_page_says_so_too(window, qtbot, older) -> None:
    if older:
        read_former(window, qtbot)
    window.go("print", WHAT["print"])
    qtbot.waitUntil(lambda: window.screen_now._pages is not None, timeout=20_000)
    said = pages(window.screen_now._pages.pdf)
    assert len(said) > 1
    assert all(("OLDER DATA" in page) is older for page in said)


def test_without_former_data_the_key_says_so_and_nothing_changes(new_window, own_pc, qtbot) -> None:
    window = new_window(own_pc)
    open_up(qtbot, window, purpose="check")
    QTest.keyClick(window, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: "There is no former data on this PC." in window.notice.sentence, timeout=20_000)
    assert not window.older


def test_the_key_does_nothing_while_locked(new_window, two, qtbot) -> None:
    window = new_window(two)
    for key in (Qt.Key.Key_F6, Qt.Key.Key_F7):
        QTest.keyClick(window, key)
    assert window.screen_now.name == "lock"
    assert window.info is None


def test_data_of_a_newer_form_is_passed_over_for_the_former_and_that_is_said(new_window, own_pc, qtbot) -> None:
    town.send(own_pc, town.items(), seq=2, hours=1, schema=SCHEMA + 1)
    window = new_window(own_pc)
    open_up(qtbot, window, purpose="check")
    settled(window, qtbot)
    assert window.info.seq == 1
    said = window.screen_now.fallback.sentence
    assert "The newest data was made for another version of this program. This is the data before it." in said
    assert "Tell IT." in said
    window.go("data")
    qtbot.waitUntil(lambda: bool(window.screen_now.list.rows))
    listed = shown(window.screen_now.list)
    assert "OTHER VERSION: does not open" in listed
    assert "it was made for another version of this program, and does not open" in listed


def test_where_all_data_is_of_a_newer_form_it_is_refused_with_what_to_do(new_window, own_pc, qtbot, tmp_path) -> None:
    town.send(own_pc, town.items(), seq=2, hours=1, schema=SCHEMA + 1)
    first = own_pc.settings.data / "generations" / names(own_pc)[0]
    first.rename(tmp_path / "away")
    window = new_window(own_pc)
    lock = window.screen_now
    lock.name_field.setText(town.NAME)
    lock.words_field.setText(town.WORDS)
    lock.try_words()
    qtbot.waitUntil(lambda: lock.trouble is not None and "BR46" in lock.trouble.sentence, timeout=20_000)
    assert window.info is None
