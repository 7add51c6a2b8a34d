"""The audit in the window: what cannot be written is said on every page, and where the log stands can be read out."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from backupreader.language import Language
from backupreader.store.files import Files
from backupreader.store.outages import Outages
from tests.ui import everypage, town
from tests.ui.conftest import open_up
from tests.ui.test_window import printer, shown
from ui.look import Look

__all__ = ["printer"]


@pytest.fixture
def window(new_window, own_pc, qtbot):
    made = new_window(own_pc)
    open_up(qtbot, made)
    return made


class Away:
    """The audit's folder taken away, and a file in its place."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._aside = folder, folder.with_name("audit-aside")

    def __enter__(self) -> None:
        self._folder.rename(self._aside)
        self._folder.write_bytes(b"in the way")

    def __exit__(self, *_trouble: object) -> None:
        self._folder.unlink()
        self._aside.rename(self._folder)


def test_acts_that_the_log_has_not_taken_are_counted_on_every_page_until_it_has(window, own_pc, qtbot) -> None:
    with Away(own_pc.settings.audit_folder):
        QTest.keyClicks(window.topbar.search, "kirsten")
        qtbot.waitUntil(lambda: "cannot be written in the log: " in window.loss.sentence)
        assert "You may go on; tell IT." in window.loss.sentence
        qtbot.waitUntil(lambda: "Kirsten Møller" in shown(window.screen_now.list))
        for page in ("start", "data", "keys"):
            window.go(page)
            assert "cannot be written in the log" in window.loss.sentence
        assert not window.loss.close_button.isVisible()
        qtbot.keyClick(window, Qt.Key.Key_Escape)
        assert "cannot be written in the log" in window.loss.sentence
        window.restyle(Language("en"), Look(scale=150))
        assert "cannot be written in the log" in window.loss.sentence
    window.go("find", "åse")
    qtbot.waitUntil(lambda: not window.loss.sentence)
    assert window.session.waiting == 0
    assert "kirsten" in [act.words for act in town.acts(own_pc)]


def test_what_comes_at_the_foot_moves_nothing_above_it(window, own_pc, qtbot) -> None:
    window.go("find", "kirsten")
    qtbot.waitUntil(lambda: "Kirsten" in shown(window.screen_now.list))
    before = window.screen_now.list.mapTo(window, window.screen_now.list.rect().topLeft())
    with Away(own_pc.settings.audit_folder):
        window.screen_now.searched("møller")
        qtbot.waitUntil(lambda: bool(window.loss.sentence))
        assert window.screen_now.list.mapTo(window, window.screen_now.list.rect().topLeft()) == before


def test_the_data_page_says_where_the_log_stands_and_who_is_at_the_pc(window, qtbot) -> None:
    window.go("data")
    qtbot.waitUntil(lambda: "Log " in shown(window.screen_now.list))
    said = window.screen_now.list.rows[0]
    assert said.title == f"Log {window.session.anchor}"
    assert "Unlocked by Anna Holm, leder, the whole area" in said.details


def test_the_start_page_ends_the_outage_after_one_question_in_its_place(window, own_pc, qtbot) -> None:
    line = window.screen_now.outage
    qtbot.waitUntil(lambda: line.words == "Outage 2026-001 since 08:42")
    everypage.settle(window)  # the next duty stands beside it
    place = line.up.geometry()
    qtbot.mouseClick(line.up, Qt.MouseButton.LeftButton)
    assert "Can the journal system be used again" in line.words
    line.layout().activate()
    assert line.no.geometry().contains(place)
    qtbot.mouseClick(line.no, Qt.MouseButton.LeftButton)
    assert line.words == "Outage 2026-001 since 08:42"
    qtbot.mouseClick(line.up, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(line.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.screen_now.name == "outage")  # who must be told comes next
    assert Outages(own_pc.settings.data, Files()).going() is None
    ended = [act for act in town.acts(own_pc) if act.kind == "outage"][-1]
    assert (ended.what.rsplit(" ", 1)[0], ended.outage) == ("2026-001: 1 ended", "2026-001")
    assert ended.actor.name == town.NAME
    assert window.session.outage == ""


def test_where_no_outage_goes_on_there_is_nothing_of_one(new_window, own_pc, qtbot) -> None:
    window = new_window(own_pc)
    open_up(qtbot, window, purpose="check")
    qtbot.waitUntil(lambda: bool(window.screen_now.citizens.under.strip()))
    assert window.screen_now.outage.isHidden()


def test_the_idle_lock_keeps_the_outage_and_the_print_that_runs(window, own_pc, printer: Path, qtbot) -> None:
    window.go("driving")
    qtbot.waitUntil(lambda: window.screen_now.printable() is not None)
    window.print_seen()
    qtbot.waitUntil(window.screen_now.print_button.isEnabled, timeout=20_000)
    window.print_seen()
    usual = window._idle.interval()
    window._idle.setInterval(1)
    window._idle.start()
    qtbot.waitUntil(lambda: window.info is None)
    window._idle.setInterval(usual)
    assert window.screen_now.name == "lock"
    qtbot.waitUntil(printer.exists, timeout=20_000)
    qtbot.waitUntil(lambda: {"printed", "lock"} <= {act.kind for act in town.acts(own_pc)})
    printed = next(act for act in town.acts(own_pc) if act.kind == "printed")
    assert (printed.outage, printed.actor.name, printed.what) == ("2026-001", town.NAME, "driving-list: Kontor")
    window.read_standing()
    qtbot.waitUntil(lambda: "Outage 2026-001" in window.screen_now.age.words)
    open_up(qtbot, window)
    assert window.session.outage == "2026-001"


def test_the_lock_is_in_the_audit_once_also_when_the_window_is_closed(window, own_pc, qtbot) -> None:
    window.lock()
    qtbot.waitUntil(lambda: not window.desk.is_holding())
    assert [act.kind for act in town.acts(own_pc)].count("lock") == 1
    open_up(qtbot, window)
    window.close()
    assert [act.kind for act in town.acts(own_pc)].count("lock") == 2
