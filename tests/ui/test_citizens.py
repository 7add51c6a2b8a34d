"""Who is ours tonight, in a real window: counted, chosen by keys, ticked, and the life-critical list with its why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from backupreader.domain.records import Alert, Citizen, Delivery, Identifier, Medication
from backupreader.domain.shifts import shift_at
from backupreader.domain.tonight import Filter
from backupreader.language import CODES, Language
from backupreader.store import vault
from backupreader.store.files import Files
from tests.ui import town
from tests.ui.conftest import open_up
from ui.chapter import Whose
from ui.look import Look, State
from ui.rows import Kind, Row
from ui.window import Window


def shown(window: Window, qtbot, wanted: Filter | None = None):
    """The screen with its answer."""
    window.go("citizens", wanted)
    screen = window.screen_now
    qtbot.waitUntil(lambda: bool(screen.list.rows), timeout=20_000)
    return screen


def press(window: Window, key: str, qtbot) -> None:
    """A key, where the focus is."""
    window.activateWindow()
    qtbot.waitUntil(lambda: window.focusWidget() is not None)
    QTest.keyClick(window.focusWidget(), getattr(Qt.Key, f"Key_{key}"))


def people(screen) -> list[str]:
    return [row.title for row in screen.list.rows if isinstance(row.target, Whose)]


def words(row: Row) -> list[str]:
    return [mark.word for mark in row.marks]


def row_of(screen, citizen: str) -> Row:
    return next(row for row in screen.list.rows if isinstance(row.target, Whose) and row.target.citizen == citizen)


def text(screen) -> str:
    return "\n".join(row.spoken for row in screen.list.rows)


@pytest.fixture
def own(own_pc, new_window, qtbot) -> Window:
    """A window that Anna has opened, on a PC of its own."""
    window = new_window(own_pc)
    open_up(qtbot, window)
    return window


def test_everyone_who_is_ours_is_counted_by_where_they_are_with_the_shift_and_the_age(unlocked, qtbot) -> None:
    screen = shown(unlocked, qtbot)
    assert screen.heading.text() == "Who is ours · Sun 22 Nov · day shift 07:00–15:00"
    assert screen.counts.text() == "7 citizens:  at home 2  ·  in hospital 1  ·  on leave 1  ·  whereabouts unknown 3"
    assert screen.ticked.text() == "0 of 7 ticked, 7 left"
    assert screen.source.text() == "Taken from FMK today 05:10 · 3 h 32 min old; nexus today 05:30 · 3 h 12 min old"
    kirsten = row_of(screen, "nexus:1")
    assert (kirsten.lead, kirsten.lead_under) == ("12:12", "in 3 h 30 min")
    assert kirsten.details == (
        "14 Mar 1938 (88)   740338-1234",
        "Team Nord · Skovvej 4, 2. tv, 9400 Nørresundby · Nord dag",
    )
    assert words(kirsten)[:3] == ["AT HOME", "CAVE: penicillin", "2 WITH THIS NAME"]
    assert "LIFE-CRITICAL" in words(kirsten)
    assert "hemmelig" not in text(screen)
    assert "8 more CAVE" in words(row_of(screen, "nexus:3"))


def test_another_unit_s_citizens_are_not_among_hers(nurse, qtbot) -> None:
    screen = shown(nurse, qtbot)
    assert {row.target.citizen for row in screen.list.rows if isinstance(row.target, Whose)} == {
        "nexus:1", "nexus:2", "nexus:3", "nexus:4", "nexus:5",
    }  # fmt: skip
    lists = [
        act
        for act in town.acts(
            town.Pc(nurse.settings, town.NOW, nurse.settings.data, None, nurse.session.unlocked.seeds, ())
        )
        if act.kind == "list"
    ]  # type: ignore[arg-type]
    assert [(act.what, len(act.citizens)) for act in lists if act.what == "tonight"] == [("tonight", 5)]


def test_space_ticks_the_citizen_on_whom_the_arrows_stand_and_takes_it_back(own, qtbot) -> None:
    screen = shown(own, qtbot)
    press(own, "Down", qtbot)
    name = screen.list.chosen.title
    press(own, "Space", qtbot)
    qtbot.waitUntil(lambda: screen.ticked.text() == "1 of 7 ticked, 6 left")
    assert words(screen.list.chosen)[0] == "SEEN TO 08:42 Anna Holm"
    assert screen.list.chosen.title == name
    assert own.topbar.search.text() == ""
    press(own, "Space", qtbot)
    qtbot.waitUntil(lambda: screen.ticked.text() == "0 of 7 ticked, 7 left")
    assert "SEEN TO" not in text(screen)


def test_a_second_press_takes_back_the_first_however_fast_it_comes(own, own_pc, qtbot) -> None:
    screen = shown(own, qtbot)
    for _ in range(5):
        press(own, "Space", qtbot)
    qtbot.waitUntil(lambda: not screen._unanswered)
    assert screen.ticked.text() == "1 of 7 ticked, 6 left"
    assert [act.kind for act in town.acts(own_pc) if act.kind in {"tick", "untick"}] == [
        "tick", "untick", "tick", "untick", "tick",
    ]  # fmt: skip


def test_space_on_a_row_that_is_no_citizen_ticks_nobody(own, own_pc, qtbot) -> None:
    moved = Citizen(id="nexus:8", name="Flyttet", status="moved", origin=town.WHERE)
    own.lock()
    town.send(own_pc, [*town.items(), moved], seq=2, hours=1)
    open_up(qtbot, own)
    screen = shown(own, qtbot)
    screen.steer(Qt.Key.Key_End)
    assert screen.list.chosen.kind is Kind.ACTION
    assert not screen.steer(Qt.Key.Key_Space)


def test_ticks_outlive_a_lock_a_restart_new_data_and_are_everyone_s_at_this_pc(own, own_pc, new_window, qtbot) -> None:
    screen = shown(own, qtbot)
    for _ in range(3):
        press(own, "Space", qtbot)
        press(own, "Down", qtbot)
    own.lock()  # at once, before any answer came
    open_up(qtbot, own)
    screen = shown(own, qtbot)
    qtbot.waitUntil(lambda: screen.ticked.text() == "3 of 7 ticked, 4 left")
    own.close()
    town.send(own_pc, town.items(), seq=2, hours=1)
    again = new_window(own_pc)
    open_up(qtbot, again, town.BO, town.BO_WORDS)
    screen = shown(again, qtbot)
    assert screen.ticked.text() == "2 of 5 ticked, 3 left"
    assert "SEEN TO 08:42 Anna Holm" in text(screen)
    kinds = [act.kind for act in town.acts(own_pc)]
    assert kinds.count("tick") == 3


def test_a_tick_that_is_set_while_the_screen_is_left_is_kept(own, qtbot) -> None:
    shown(own, qtbot)
    press(own, "Space", qtbot)
    press(own, "Escape", qtbot)
    assert own.screen_now.name == "start"
    screen = shown(own, qtbot)
    assert screen.ticked.text() == "1 of 7 ticked, 6 left"


def test_the_next_shift_begins_with_no_ticks(own, own_pc, new_window, qtbot) -> None:
    screen = shown(own, qtbot)
    press(own, "Space", qtbot)
    qtbot.waitUntil(lambda: screen.ticked.text() == "1 of 7 ticked, 6 left")
    own.close()
    later = new_window(replace(own_pc, now=own_pc.now + timedelta(hours=8)))
    open_up(qtbot, later)
    screen = shown(later, qtbot)
    assert "evening shift 15:00–23:00" in screen.heading.text()
    assert screen.ticked.text() == "0 of 7 ticked, 7 left"


def test_damaged_ticks_are_told_and_keep_nobody_from_reading(own, own_pc, qtbot) -> None:
    screen = shown(own, qtbot)
    press(own, "Space", qtbot)
    qtbot.waitUntil(lambda: screen.ticked.text() == "1 of 7 ticked, 6 left")
    for copy in (own_pc.settings.data / "notebook").glob("ticks-*"):
        copy.write_bytes(b"torn")
    own.back()
    screen = shown(own, qtbot)
    assert screen.list.rows[0].kind is Kind.BLIND
    assert screen.list.rows[0].title.startswith("Some ticks of this shift were lost on this PC.")
    assert len(people(screen)) == 7


def test_a_disk_that_takes_no_tick_is_told_and_the_list_stays(own, own_pc, qtbot) -> None:
    (own_pc.settings.data / "notebook").write_text("a file where the folder belongs", encoding="utf-8")
    screen = shown(own, qtbot)
    qtbot.waitUntil(lambda: bool(people(screen)))
    press(own, "Space", qtbot)
    qtbot.waitUntil(lambda: "[BR25]" in own.notice.sentence or "notebook" in own.notice.sentence)
    assert screen.ticked.text() == "0 of 7 ticked, 7 left"
    assert [act.kind for act in town.acts(own_pc)][-2:] == ["tick", "untick"]


def test_after_a_change_of_the_vault_s_key_the_ticks_are_still_there(own, own_pc, qtbot) -> None:
    screen = shown(own, qtbot)
    press(own, "Space", qtbot)
    qtbot.waitUntil(lambda: screen.ticked.text() == "1 of 7 ticked, 6 left")
    opened = own.session.unlocked
    own.lock()
    vault.load(own_pc.settings.vault_folder, Files()).without_account(opened, town.BO)
    open_up(qtbot, own)
    assert own.session.unlocked.identity.id != opened.identity.id
    screen = shown(own, qtbot)
    assert screen.ticked.text() == "1 of 7 ticked, 6 left"


def test_whom_to_see_is_chosen_with_keys_shown_as_chosen_and_cleared_with_one(unlocked, qtbot) -> None:
    screen = shown(unlocked, qtbot)
    press(unlocked, "F2", qtbot)
    qtbot.waitUntil(screen.filters.hasFocus)
    assert "F3 everyone" in screen.hint.text()
    while screen.filters.chosen.title != "In hospital":
        press(unlocked, "Down", qtbot)
    assert screen.filters.chosen.aside == "1"
    press(unlocked, "Return", qtbot)
    assert people(screen) == ["Kirsten Møller"]
    assert screen.chosen.words == ("In hospital",)
    assert words(screen.filters.chosen) == ["SHOWN"]
    press(unlocked, "Space", qtbot)  # the same row again, from the list of what can be chosen
    assert len(people(screen)) == 7
    assert "SEEN TO" not in text(screen)
    press(unlocked, "Return", qtbot)
    press(unlocked, "F3", qtbot)
    assert len(people(screen)) == 7
    press(unlocked, "Escape", qtbot)
    assert unlocked.screen_now is screen
    press(unlocked, "Escape", qtbot)
    assert unlocked.screen_now.name == "start"


def test_choices_of_several_kinds_narrow_one_another_and_each_count_says_what_would_be_seen(unlocked, qtbot) -> None:
    screen = shown(unlocked, qtbot, Filter(unit="Team Nord"))
    assert len(people(screen)) == 4
    offered = {row.title: row.aside for row in screen.filters.rows if row.kind is Kind.ENTRY}
    assert (offered["At home"], offered["Nord dag"], offered["Plejehjemmet Søgården"]) == ("2", "3", "3")
    screen._pick(next(row.target for row in screen.filters.rows if row.title == "Nord dag"))
    assert len(people(screen)) == 3
    assert set(screen.chosen.words) == {"Team Nord", "Nord dag"}


def test_enter_opens_her_page_and_esc_comes_back_to_the_same_place(unlocked, qtbot) -> None:
    screen = shown(unlocked, qtbot, Filter(unit="Team Nord"))
    press(unlocked, "Down", qtbot)
    press(unlocked, "Down", qtbot)
    whose = screen.list.chosen.target
    press(unlocked, "Return", qtbot)
    assert unlocked.screen_now.name == "citizen"
    press(unlocked, "Escape", qtbot)
    screen = unlocked.screen_now
    qtbot.waitUntil(lambda: bool(screen.list.rows))
    assert screen.list.chosen.target == whose
    assert screen.chosen.words == ("Team Nord",)


def test_with_f4_a_click_ticks_instead_of_opening(own, qtbot) -> None:
    screen = shown(own, qtbot)
    press(own, "F4", qtbot)
    assert screen.by_click.text() == "Open with a click  F4"
    place = screen.list.visualRect(screen.list.model().index(0, 0)).center()
    QTest.mouseClick(screen.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: screen.ticked.text() == "1 of 7 ticked, 6 left")
    assert own.screen_now is screen
    screen.by_click.click()
    QTest.mouseClick(screen.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert own.screen_now.name == "citizen"


def test_the_life_critical_list_says_whose_rules_they_are_and_what_met_each(unlocked, qtbot) -> None:
    screen = shown(unlocked, qtbot, Filter(life_critical=True))
    assert people(screen) == ["Kirsten Møller"]
    assert "2 WITH THIS NAME" in words(row_of(screen, "nexus:1"))
    head = screen.list.rows[0]
    assert (head.kind, head.aside) == (
        Kind.HEADING,
        "version example 1",
    )
    assert (screen.list.rows[1].kind, screen.list.rows[1].title) == (
        Kind.BLIND, "Example rules, not approved by anyone. Do not rely on this list alone.",
    )  # fmt: skip
    assert screen.list.rows[2].title.startswith("Medicine: some of it did not come.")
    details = row_of(screen, "nexus:1").details
    assert (
        "Anticoagulant: Marevan 2,5 mg, in force; Eliquis 5 mg, paused until 24 Nov; Fragmin 5000 IE, in force"
        in details
    )
    assert "Two carers: Personlig hygiejne, what to do; Morgenpleje, visit, last planned 23 Nov" in details
    assert any("“Bad med loftlift, strømper, morgenmad”" in line for line in details)


def test_where_nothing_was_delivered_the_list_never_only_looks_calm(new_window, bare_pc, qtbot) -> None:
    window = new_window(bare_pc)
    open_up(qtbot, window)
    screen = shown(window, qtbot, Filter(life_critical=True))
    missing = [row.title for row in screen.list.rows if row.kind is Kind.MISSING]
    assert missing[0].startswith(
        "Medicine: not delivered by any source. These rules could not ask it: Insulin, Oxygen,"
    )
    assert len(missing) == 6
    screen = shown(window, qtbot)
    assert all(
        "CAVE: not delivered, nothing is known" in words(row)
        for row in screen.list.rows
        if isinstance(row.target, Whose)
    )
    assert {row.lead for row in screen.list.rows} == {""}
    assert screen.list.rows[0].title == "Visits were not delivered by any source. Nothing is known about them here."
    rules = next(row for row in screen.filters.rows if row.title == "All life-critical")
    assert (rules.aside, words(rules)) == ("0", ["NOT ALL ASKED"])


def cruel() -> Iterator[object]:
    """Citizens of whom everything is wrong, and one with too much of everything."""
    where = town.WHERE
    yield Citizen(id="x:1", name="", origin=where)
    yield Citizen(id="x:2", name="   ", status="home", origin=where)
    numbers = tuple(Identifier("local", f"A{number}") for number in range(5))
    yield Citizen(id="x:3", name="Fem Numre", identifiers=numbers, status="home", origin=where)
    yield Citizen(id="x:4", name="Flyttet Bort", status="moved", origin=where)
    yield Citizen(id="x:5", name="Død Dag", status="home", deceased_at="2026-11-20", origin=where)
    for number in range(900):
        yield Alert(id=f"x:a{number}", citizen="x:3", kind="other", text=f"Ilt <b>{number}</b>", origin=where)
    yield Alert(id="x:long", citizen="x:2", kind="other", text="ilt " + "y" * 200_000, origin=where)
    private = Medication(id="x:m", citizen="x:5", drug="NovoRapid", atc="A10AB05", private=True, origin=where)
    yield private
    for table in ("citizen", "alert", "medication"):
        yield Delivery(source="x", table=table, taken_at=town.TAKEN, complete=True, read=1, filed=1, refused=0)


@pytest.fixture(scope="module")
def cruel_pc(tmp_path_factory) -> town.Pc:
    return town.found(tmp_path_factory.mktemp("cruel"), more=cruel())  # type: ignore[arg-type]


def test_cruel_citizens_are_told_and_none_is_left_out(new_window, cruel_pc, qtbot) -> None:
    window = new_window(cruel_pc)
    open_up(qtbot, window)
    screen = shown(window, qtbot)
    assert row_of(screen, "x:1").title == "No name delivered (x:1)"
    assert row_of(screen, "x:2").title == "No name delivered (x:2)"
    assert "A0   and 4 more numbers" in row_of(screen, "x:3").details[0]
    assert "A day of death is stated" in words(row_of(screen, "x:5"))
    assert "Flyttet Bort" not in people(screen)
    gone = screen.list.rows[-1]
    assert (gone.kind, gone.title) == (Kind.ACTION, "Show the one who moved away, is no longer served or is dead")
    screen.list.choose(len(screen.list.rows))
    press(window, "Return", qtbot)
    assert people(screen) == ["Flyttet Bort"]
    press(window, "F3", qtbot)
    screen = shown(window, qtbot, Filter(life_critical=True))
    assert (
        "Oxygen: Ilt <b>0</b>, warning; Ilt <b>1</b>, warning; Ilt <b>2</b>, warning; and 897 more"
        in row_of(screen, "x:3").details
    )
    assert len(max(row_of(screen, "x:2").details, key=len)) < 300
    assert "1 more rule matches, not shown: state a reason on her page" in row_of(screen, "x:5").details
    assert "NovoRapid" not in text(screen)
    assert not window.grab().isNull()


def test_an_order_that_is_kept_back_is_told_once_a_reason_for_it_was_stated(new_window, cruel_pc, qtbot) -> None:
    from backupreader.domain.barriers import Barrier

    window = new_window(cruel_pc)
    open_up(qtbot, window)
    window.session.state(Barrier.PRIVATE, "x:5", "I give her medicine now")
    screen = shown(window, qtbot, Filter(rule="insulin"))
    assert "Insulin: NovoRapid, in force" in row_of(screen, "x:5").details


def test_nobody_is_told_as_nobody(new_window, tmp_path_factory, qtbot) -> None:
    pc = town.found(tmp_path_factory.mktemp("nobody"))
    delivered = Delivery(
        source="nexus", table="citizen", taken_at=town.TAKEN, complete=True, read=0, filed=0, refused=0
    )
    town.send(pc, iter([delivered]), seq=2, hours=1)
    window = new_window(pc)
    open_up(qtbot, window)
    window.choose(max(path.name for path in pc.settings.data.glob("generations/*")))
    qtbot.waitUntil(lambda: window.info.seq == 2, timeout=20_000)
    screen = shown(window, qtbot)
    assert screen.list.rows[-1].title == "No citizen of your units is in this data."
    assert not people(screen)
    press(window, "Space", qtbot)
    assert screen.ticked.text() == "0 of 0 ticked, 0 left"


def test_ten_thousand_citizens_are_counted_whole_and_shown_a_piece_at_a_time(
    new_window, tmp_path_factory, qtbot
) -> None:
    many = (
        Citizen(id=f"z:{number}", name=f"Z {number:05}", status="home", origin=town.WHERE) for number in range(10_000)
    )
    pc = town.found(tmp_path_factory.mktemp("many"), more=many)
    window = new_window(pc)
    open_up(qtbot, window)
    window.go("citizens")
    screen = window.screen_now
    qtbot.waitUntil(lambda: bool(screen.list.rows), timeout=60_000)
    assert screen.ticked.text() == "0 of 10007 ticked, 10007 left"
    assert len(people(screen)) == 250
    screen.steer(Qt.Key.Key_End)
    assert screen.list.chosen.title == "Show more: 250 of 10007 are shown"
    press(window, "Return", qtbot)
    assert len(people(screen)) == 500
    assert screen.list.chosen.title == people(screen)[250]
    press(window, "Space", qtbot)
    qtbot.waitUntil(lambda: screen.ticked.text() == "1 of 10007 ticked, 10006 left", timeout=20_000)


def test_a_tick_of_another_window_is_seen_within_a_minute(own, own_pc, new_window, qtbot) -> None:
    first = shown(own, qtbot)
    other = new_window(own_pc)
    open_up(qtbot, other, town.BO, town.BO_WORDS)
    second = shown(other, qtbot)
    second.steer(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: second.ticked.text() == "1 of 5 ticked, 4 left")
    first.minute()
    qtbot.waitUntil(lambda: first.ticked.text() == "1 of 7 ticked, 6 left")
    assert "SEEN TO 08:42 Bo Friis" in text(first)


def test_who_is_ticked_stays_in_sight_until_something_else_is_chosen(own, qtbot) -> None:
    screen = shown(own, qtbot, Filter(ticked="left"))
    before = people(screen)
    press(own, "Space", qtbot)
    qtbot.waitUntil(lambda: screen.ticked.text() == "1 of 7 ticked, 6 left")
    assert people(screen) == before
    screen._choose()
    assert people(screen) == before[1:]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("scale", [100, 200])
def test_it_is_drawn_in_every_language_with_the_list_in_sight(unlocked, qtbot, code, scale) -> None:
    shown(unlocked, qtbot, Filter(life_critical=True))
    unlocked.restyle(Language(code), Look(dark=scale > 100, scale=scale))
    screen = unlocked.screen_now
    qtbot.waitUntil(lambda: bool(screen.list.rows), timeout=20_000)
    assert screen.list.height() > screen.list.fontMetrics().height() * 4
    assert not unlocked.grab().isNull()
    assert all(mark.state in State for row in screen.list.rows for mark in row.marks)


def test_with_large_letters_f2_shows_the_choices_in_place_of_the_citizens(unlocked, qtbot) -> None:
    unlocked.restyle(Language("en"), Look(scale=200))
    screen = shown(unlocked, qtbot)
    assert screen.filters.isHidden()
    press(unlocked, "F2", qtbot)
    qtbot.waitUntil(screen.filters.isVisible)
    press(unlocked, "Down", qtbot)
    press(unlocked, "Return", qtbot)
    assert screen.filters.isHidden()
    assert screen.list.isVisible()


def test_the_shift_of_the_window_is_that_of_the_clock() -> None:
    assert shift_at(town.NOW).name == "day"
