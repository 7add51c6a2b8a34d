"""The lock screen with a code, without words, and with a reason to open; and what it says of this PC."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from backupreader.domain.acts import PURPOSES
from backupreader.language import Language
from backupreader.store import vault
from backupreader.store.drills import Drill, Drills
from backupreader.store.files import Files
from backupreader.store.outages import Outages
from tests.ui import everypage, town
from tests.ui.conftest import open_up
from ui.look import Look
from ui.screens.lock import LockScreen


@pytest.fixture
def window(new_window, own_pc):
    return new_window(own_pc)


@pytest.fixture
def lock(window, qtbot, qapp) -> LockScreen:
    window.read_standing()
    qtbot.waitUntil(lambda: window.standing is not None)
    window.activateWindow()
    qtbot.waitUntil(lambda: qapp.focusWidget() is not None)
    return window.screen_now


def press(qtbot, qapp, key) -> None:
    qtbot.keyClick(qapp.focusWidget(), key)


def with_code(qtbot, lock: LockScreen, pc: town.Pc, number: int = 0) -> None:
    qtbot.mouseClick(lock.have_code, Qt.MouseButton.LeftButton)
    lock.name_field.setText("Ida Vest")
    lock.words_field.setText(pc.codes[number])
    lock.form.role_field.setText("SSA")
    lock.form.choose("Team Nord")


def test_a_code_opens_once_for_a_person_who_said_who_she_is(lock, window, own_pc, qtbot) -> None:
    with_code(qtbot, lock, own_pc)
    lock.try_words()
    qtbot.waitUntil(lambda: window.info is not None)
    actor = window.session.actor
    assert (actor.name, actor.role, actor.units, actor.via) == ("Ida Vest", "SSA", ("Team Nord",), "event-code")
    window.lock()
    again = window.screen_now
    with_code(qtbot, again, own_pc)
    again.try_words()
    qtbot.waitUntil(lambda: again.trouble is not None)
    assert "BR37" in again.trouble.sentence


def test_by_keyboard_alone_from_the_button_to_the_start_page(lock, window, own_pc, qtbot, qapp) -> None:
    lock.have_code.setFocus()
    press(qtbot, qapp, Qt.Key.Key_Space)
    QTest.keyClicks(qapp.focusWidget(), "Ida Vest")
    press(qtbot, qapp, Qt.Key.Key_Return)
    QTest.keyClicks(qapp.focusWidget(), own_pc.codes[0])
    press(qtbot, qapp, Qt.Key.Key_Return)
    assert qapp.focusWidget() is lock.form.role_field
    QTest.keyClicks(qapp.focusWidget(), "vikar")
    press(qtbot, qapp, Qt.Key.Key_Return)
    assert qapp.focusWidget() is lock.form.units
    QTest.keyClicks(qapp.focusWidget(), "The")
    while qapp.focusWidget() is not lock.unlock:
        press(qtbot, qapp, Qt.Key.Key_Tab)
    press(qtbot, qapp, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.info is not None)
    assert (window.session.actor.role, window.session.actor.units) == ("vikar", ("*",))


@pytest.mark.parametrize(
    ("missing", "said"),
    [("name", "Write your name first"), ("role", "Say what your role is"), ("unit", "Choose your unit")],
)
def test_a_code_is_not_tried_before_it_is_said_who_she_is(lock, own_pc, qtbot, missing: str, said: str) -> None:
    with_code(qtbot, lock, own_pc)
    {"name": lock.name_field.clear, "role": lock.form.role_field.clear, "unit": lambda: lock.form.choose(None)}[
        missing
    ]()
    lock.try_words()
    assert said in lock.trouble.sentence
    assert lock.unlock.isEnabled()
    closed = vault.load(own_pc.settings.vault_folder, Files())
    assert [sheet.left for sheet in closed.sheets] == [2]


def test_a_code_among_the_words_is_not_spent_and_the_way_is_shown(lock, window, own_pc, qtbot) -> None:
    lock.name_field.setText("Ida Vest")
    lock.words_field.setText(own_pc.codes[0])
    lock.try_words()
    qtbot.waitUntil(lambda: lock.trouble is not None)
    assert "“I have a code”" in lock.trouble.sentence
    qtbot.mouseClick(lock.have_code, Qt.MouseButton.LeftButton)
    assert (lock.name_field.text(), lock.words_field.text()) == ("Ida Vest", own_pc.codes[0])
    lock.form.role_field.setText("SSA")
    lock.form.choose("*")
    lock.try_words()
    qtbot.waitUntil(lambda: window.info is not None)


def test_the_units_are_those_of_the_newest_data_and_the_whole_area(lock, qtbot) -> None:
    qtbot.mouseClick(lock.have_code, Qt.MouseButton.LeftButton)
    offered = [lock.form.units.itemText(number) for number in range(lock.form.units.count())]
    assert offered == ["Choose your unit", "The whole area", "Plejehjemmet Søgården", "Team Nord"]


def test_a_role_is_one_press(lock, qtbot) -> None:
    qtbot.mouseClick(lock.have_code, Qt.MouseButton.LeftButton)
    nurse = next(b for b in lock.form.findChildren(type(lock.unlock)) if b.accessibleName() == "Your role: Nurse")
    qtbot.mouseClick(nurse, Qt.MouseButton.LeftButton)
    assert lock.form.role == "Nurse"


def test_the_way_back_is_a_press_or_escape_and_nothing_typed_is_lost(lock, qtbot, window) -> None:
    lock.name_field.setText("Ida")
    everypage.settle(window)  # how old the data is, and what is due, has been told
    place = lock.have_code.mapTo(window, lock.have_code.rect().topLeft())
    qtbot.mouseClick(lock.have_code, Qt.MouseButton.LeftButton)
    assert lock.with_code
    assert lock.have_code.mapTo(window, lock.have_code.rect().topLeft()) == place
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not lock.with_code
    assert lock.name_field.text() == "Ida"


def test_what_was_typed_with_a_code_survives_another_language_and_size(lock, window, own_pc, qtbot) -> None:
    with_code(qtbot, lock, own_pc)
    lock.purposes.choose("check")
    window.restyle(Language("sv"), Look(scale=200, dark=True))
    again = window.screen_now
    assert again.with_code
    assert (again.name_field.text(), again.words_field.text()) == ("Ida Vest", own_pc.codes[0])
    assert (again.form.role, again.form.unit, again.purposes.purpose) == ("SSA", "Team Nord", "check")


def test_the_second_part_of_a_recovery_code_is_typed_after_the_first(lock, window, own_pc, qtbot) -> None:
    files = Files()
    closed = vault.load(own_pc.settings.vault_folder, files)
    secret = vault.read_machine_secret(own_pc.settings.vault_folder / "machine-secret", files)
    _, parts = closed.with_recovery(closed.unlock(town.WORDS, secret, town.NAME), town.COST, parts=2)
    with_code(qtbot, lock, own_pc)
    lock.words_field.setText(parts[0])
    lock.try_words()
    qtbot.waitUntil(lambda: lock.trouble is not None)
    assert "BR38" in lock.trouble.sentence
    QTest.keyClicks(lock.words_field, parts[1])
    qtbot.keyClick(lock.words_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.info is not None)
    assert window.session.actor.via == "recovery"


def test_forgotten_words_are_helped_in_the_page(lock, qtbot) -> None:
    qtbot.mouseClick(lock.forgotten, Qt.MouseButton.LeftButton)
    assert "Ring the on-duty head" in lock.trouble.sentence
    assert "vault new-words" in lock.trouble.sentence


def test_the_first_purpose_is_chosen_by_itself_and_the_arrows_choose_another(lock, qtbot, qapp) -> None:
    assert lock.purposes.purpose == next(iter(PURPOSES)) == "outage"
    lock.purposes.choices["outage"].setFocus()
    press(qtbot, qapp, Qt.Key.Key_Right)
    assert lock.purposes.purpose == "drill"


@pytest.mark.parametrize(("purpose", "number"), [("outage", "2026-001"), ("check", "")])
def test_why_she_opens_is_in_the_audit_and_an_outage_begins_only_where_there_is_one(
    window, own_pc, qtbot, purpose: str, number: str
) -> None:
    open_up(qtbot, window, purpose=purpose)
    assert window.session.outage == number
    unlock = next(act for act in reversed(town.acts(own_pc)) if act.kind == "unlock")
    assert (unlock.actor.name, unlock.reason, unlock.outage) == (town.NAME, purpose, number)
    assert [act.what for act in town.acts(own_pc) if act.kind == "outage"] == (["2026-001 begun"] if number else [])


def test_the_panel_says_who_opened_last_the_outage_and_the_overdue_drill(lock, window, own_pc, qtbot) -> None:
    assert "last opened" not in lock.age.words
    assert "Drill overdue: none has passed" in lock.age.words
    open_up(qtbot, window)
    window.lock()
    data, files = own_pc.settings.data, Files()
    Drills(data, files).held(Drill(kind="drill", at=own_pc.now, by="Anna", passed=True))
    window.read_standing()
    qtbot.waitUntil(lambda: "Outage 2026-001 since 08:42" in window.screen_now.age.words)
    assert "last opened by a person today 08:42" in window.screen_now.age.words
    assert "Drill overdue" not in window.screen_now.age.words
    Outages(data, files).end(own_pc.now)
    window.read_standing()
    qtbot.waitUntil(lambda: "Outage" not in window.screen_now.age.words)


def test_the_panel_says_that_packages_never_came(new_window, own_pc, qtbot) -> None:
    town.send(own_pc, town.items(), seq=4, hours=1, prev="0" * 64)
    window = new_window(own_pc)
    window.read_standing()
    qtbot.waitUntil(lambda: "2 packages never came" in window.screen_now.age.words)


@pytest.mark.parametrize("scale", [100, 200])
def test_name_words_and_unlock_are_seen_without_scrolling(new_window, own_pc, qtbot, scale: int) -> None:
    window = new_window(own_pc, look=Look(scale=scale))
    window.read_standing()
    qtbot.waitUntil(lambda: "overdue" in window.screen_now.age.words)
    for widget in (window.screen_now.name_field, window.screen_now.words_field, window.screen_now.unlock):
        assert widget.visibleRegion().boundingRect().height() > widget.height() // 2


@pytest.mark.parametrize("scale", [100, 200])
def test_what_was_wrong_is_seen_without_scrolling(new_window, own_pc, qtbot, scale: int) -> None:
    lock = new_window(own_pc, look=Look(scale=scale)).screen_now
    lock.words_field.setText("these are not the words")
    lock.try_words()
    qtbot.waitUntil(lambda: lock.trouble is not None)
    qtbot.waitUntil(lambda: lock.trouble.visibleRegion().boundingRect().height() == lock.trouble.height())
    assert not lock.words_field.visibleRegion().isEmpty()


def test_a_used_code_that_could_not_be_crossed_out_is_said_on_the_start_page(lock, window, own_pc, qtbot) -> None:
    second = own_pc.settings.vault_folder / "slots-b.json"
    second.unlink(missing_ok=True)
    second.mkdir()
    (second / "in the way").touch()
    with_code(qtbot, lock, own_pc)
    lock.try_words()
    qtbot.waitUntil(lambda: window.info is not None)
    assert "cross it out on the sheet" in window.screen_now.code.sentence
    assert "BR25" in window.screen_now.code.sentence
