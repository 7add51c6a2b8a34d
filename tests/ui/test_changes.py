"""What has changed since the former data: on its own page, and as marks on the rows of the other pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from backupreader.domain.records import Alert, Citizen, Dose, Medication, Visit
from tests.ui import town
from tests.ui.conftest import open_up
from tests.ui.test_window import shown
from ui.chapter import Show, Whose
from ui.chapters import CHAPTERS
from ui.rows import Kind

OTHERWISE = {
    "FMK:1": {"dosage_text": "2 tabletter morgen"},
    "FMK:3": {"status": "stopped", "stop_reason": "træt"},
    "nexus:4": {"status": "hospital"},
    "nexus:a3": {"status": "inactive"},
    "nexus:7": {"status": "hospital"},
    "nexus:v5-0": {"start": town.townsfolk.at(5), "end": None},
    "FMK:21": {"dosage_text": "2 tabletter"},
    "nexus:5": {"address": "hemmelig 2"},
}


def otherwise():
    """The town, with some of it otherwise, one order more, and one warning less."""
    for item in town.items():
        if isinstance(item, Citizen | Alert | Medication | Visit) and item.id in OTHERWISE:
            yield replace(item, **OTHERWISE[item.id])
        elif not (isinstance(item, Alert) and item.id == "nexus:a2"):
            yield item
    yield Medication(
        id="FMK:90", citizen="nexus:1", drug="Nitrofurantoin", strength="50 mg", list="FMK", origin=town.WHERE
    )


@pytest.fixture
def two(own_pc) -> town.Pc:
    """A PC whose newest data is otherwise than the former."""
    town.send(own_pc, otherwise(), seq=2, hours=1)
    return own_pc


def opened(new_window, pc: town.Pc, qtbot, *who: str):
    window = new_window(pc)
    open_up(qtbot, window, *who, purpose="check")
    return window


def changed(window, qtbot) -> str:
    """The page of changes, once it says what has changed."""
    window.go("changes")
    qtbot.waitUntil(
        lambda: bool(window.screen_now.list.rows) and "Comparing" not in shown(window.screen_now.list), timeout=20_000
    )
    return shown(window.screen_now.list)


def known(window, qtbot) -> None:
    window.comparing.hurry()
    qtbot.waitUntil(lambda: window.changes is not None, timeout=20_000)


def test_the_page_tells_what_was_and_what_is_in_groups_that_are_counted(new_window, two, qtbot) -> None:
    said = changed(opened(new_window, two, qtbot), qtbot)
    assert "Medicine stopped, or not sent any more · 1" in said
    assert "Status: was active, now stopped" in said
    assert "Stopped because: was not said, now “træt”" in said
    assert "Dosage as written: was “1½ tablet morgen”, now “2 tabletter morgen”" in said
    assert "New medicine · 1" in said
    assert "PERHAPS NEW since the data of today 05:10. Nitrofurantoin 50 mg" in said
    assert "Medicine from FMK: some of it had not come before." in said
    assert "Citizens who are somewhere else · 2" in said
    assert "Status: was AT HOME, now IN HOSPITAL" in said
    assert "Visits moved · 1" in said
    assert "Warnings (CAVE): new, changed or withdrawn · 2" in said
    assert "NOT SENT ANY MORE since the data of today 05:30" in said
    assert "compared with FMK of today 05:10" in said


def test_private_medicine_and_protected_addresses_are_counted_and_not_shown(new_window, two, qtbot) -> None:
    said = changed(opened(new_window, two, qtbot), qtbot)
    assert "1 change of private-marked medicine is not shown" in said
    assert "Antabus" not in said
    assert "Of 1 citizen with a protected address it is not shown where she lives." in said
    assert "hemmelig" not in said


def test_other_units_changes_are_counted_and_not_shown(new_window, two, qtbot) -> None:
    said = changed(opened(new_window, two, qtbot, town.BO, town.BO_WORDS), qtbot)
    assert "1 change of another unit's citizens is not shown" in said
    assert "Bent" not in said
    assert "Åse Ægidius" in said


def test_the_audit_has_it_before_it_is_shown(new_window, two, qtbot) -> None:
    window = opened(new_window, two, qtbot)
    known(window, qtbot)
    assert not [act for act in town.acts(two) if act.what.startswith("changes")]
    changed(window, qtbot)
    (act,) = [act for act in town.acts(two) if act.what.startswith("changes")]
    assert act.kind == "list"
    assert act.generation.endswith("-2")
    assert {"nexus:1", "nexus:4"} <= set(act.citizens)


def test_the_page_is_walked_by_keyboard_and_comes_back_where_it_was(new_window, two, qtbot) -> None:
    window = opened(new_window, two, qtbot)
    changed(window, qtbot)
    first = window.screen_now.list.chosen
    assert isinstance(first.target, Whose)
    qtbot.keyClick(window.topbar.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.screen_now.name == "citizen")
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.screen_now.name == "changes"
    qtbot.waitUntil(lambda: window.screen_now.list.chosen is not None)


def marks(window, chapter: str, qtbot) -> list[str]:
    window.go("citizen", "nexus:1")
    qtbot.waitUntil(lambda: window.screen_now._journal is not None)
    window.screen_now._open(Show.ENDED)
    window.screen_now.chapters.choose([one.key for one in CHAPTERS].index(chapter))
    return [f"{row.title}: {mark.word}" for row in window.screen_now.content.rows for mark in row.marks]


def test_what_changed_is_marked_on_its_own_rows(new_window, two, qtbot) -> None:
    window = opened(new_window, two, qtbot)
    known(window, qtbot)
    medicine = marks(window, "medicine", qtbot)
    assert "Marevan 2,5 mg tablet: CHANGED since the data of today 05:10" in medicine
    assert "Oxynorm 5 mg kapsel: STOPPED some time after the data of today 05:10" in medicine
    assert "Nitrofurantoin 50 mg: PERHAPS NEW since the data of today 05:10" in medicine
    assert not [mark for mark in medicine if "Pinex" in mark and "the data of" in mark]
    assert "Medicin: MOVED some time after the data of today 05:30" in marks(window, "visits", qtbot)
    assert "Fall: Falder i badeværelset: WITHDRAWN some time after the data of today 05:30" in [
        one.replace("Risk of falling", "Fall") for one in marks(window, "warnings", qtbot)
    ]
    window.go("find", "åse")
    qtbot.waitUntil(lambda: bool(window.screen_now.list.rows))
    assert "ELSEWHERE than in the data of today 05:30" in shown(window.screen_now.list)


def test_marks_come_onto_a_page_that_is_open_already(new_window, two, qtbot) -> None:
    window = opened(new_window, two, qtbot)
    assert not [one for one in marks(window, "medicine", qtbot) if "the data of" in one]
    known(window, qtbot)
    assert [row for row in window.screen_now.content.rows if "CHANGED since" in row.spoken]


def test_where_nothing_changed_nothing_is_marked_and_that_is_said(new_window, own_pc, qtbot) -> None:
    town.send(own_pc, town.items(), seq=2, hours=1)
    window = opened(new_window, own_pc, qtbot)
    assert "Nothing has changed in what could be compared" in changed(window, qtbot)
    assert window.changes.marks == {}
    assert not [one for one in marks(window, "medicine", qtbot) if "the data of" in one]


def test_the_first_data_of_a_pc_has_nothing_to_be_compared_with(new_window, own_pc, qtbot) -> None:
    window = opened(new_window, own_pc, qtbot)
    said = changed(window, qtbot)
    assert "There is no former data on this PC to compare with. What has changed is not known." in said
    assert "Nothing has changed" not in said


def test_a_former_one_that_is_damaged_is_passed_over_for_the_one_before(new_window, two, qtbot) -> None:
    town.send(two, town.items(), seq=3, hours=0.5)
    second = sorted(two.settings.data.glob("generations/*"))[1] / "data.db"
    second.write_bytes(second.read_bytes()[:-1] + b"\0")
    window = opened(new_window, two, qtbot)
    assert "Nothing has changed" in changed(window, qtbot)
    assert window.changes.former.endswith("1")


def test_a_former_one_without_medicine_makes_no_order_new(new_window, own_pc, qtbot) -> None:
    town.send(own_pc, town.items(delivered=False), seq=2, hours=1)
    town.send(own_pc, town.items(), seq=3, hours=0.5)
    window = opened(new_window, own_pc, qtbot)
    assert window.info.seq == 3
    said = changed(window, qtbot)
    assert "New medicine" not in said
    assert "Medicine from FMK: not in the former data. What is new or changed cannot be told." in said


def test_ids_that_the_source_gave_anew_are_said_and_nothing_is_told_as_stopped(new_window, own_pc, qtbot) -> None:
    anew = [
        replace(item, id=f"{item.id}x", **({"medication": f"{item.medication}x"} if isinstance(item, Dose) else {}))
        if isinstance(item, Medication | Dose)
        else item
        for item in town.items()
    ]
    town.send(own_pc, anew, seq=2, hours=1)
    said = changed(opened(new_window, own_pc, qtbot), qtbot)
    assert "Medicine from FMK: the source's own ids have changed." in said
    assert "stopped, or not sent" not in said
    assert "New medicine" not in said


def test_a_lock_while_it_is_compared_ends_it_and_leaves_nothing(new_window, two, qtbot) -> None:
    window = opened(new_window, two, qtbot)
    told: list[object] = []
    window.comparing.told.connect(lambda: told.append(1))
    window.go("changes")
    window.lock()
    answers: list[object] = []
    window.comparing.desk.line().ask(lambda _held: None, answers.append, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    assert (window.changes, told) == (None, [])
    assert window.screen_now.name == "lock"
    assert not [act for act in town.acts(two) if act.what.startswith("changes")]


def test_the_lock_forgets_what_has_changed(new_window, two, qtbot) -> None:
    window = opened(new_window, two, qtbot)
    known(window, qtbot)
    window.lock()
    assert window.changes is None
    open_up(qtbot, window, purpose="check")
    assert window.changes is None
    known(window, qtbot)


def test_it_begins_by_itself_when_nothing_is_touched(new_window, two, qtbot) -> None:
    window = opened(new_window, two, qtbot)
    qtbot.waitUntil(lambda: window.changes is not None, timeout=20_000)


def test_older_data_is_compared_with_what_came_before_it(new_window, two, qtbot) -> None:
    window = opened(new_window, two, qtbot)
    known(window, qtbot)
    window.choose(min(folder.name for folder in two.settings.data.glob("generations/*")))
    qtbot.waitUntil(lambda: window.older)
    assert window.changes is None
    assert "There is no former data" in changed(window, qtbot)


def test_a_generation_that_is_gone_meanwhile_is_told_on_the_page(new_window, two, qtbot, tmp_path) -> None:
    window = opened(new_window, two, qtbot)
    newest = max(two.settings.data.glob("generations/*"))
    newest.rename(tmp_path / "away")
    window.go("changes")
    qtbot.waitUntil(lambda: "BR18" in shown(window.screen_now.list), timeout=20_000)


def test_a_damaged_database_that_shows_itself_late_is_told_on_the_page(new_window, two, qtbot) -> None:
    window = opened(new_window, two, qtbot)
    newest = sorted(two.settings.data.glob("generations/*"))[1] / "data.db"
    whole = newest.read_bytes()
    newest.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    window.go("changes")
    qtbot.waitUntil(lambda: "BR18" in shown(window.screen_now.list), timeout=20_000)
    assert window.screen_now.list.rows[0].kind is Kind.MISSING
