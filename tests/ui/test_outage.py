"""The outage in the window, by keys alone: it is declared, written in, handed over and ended, and nothing is lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from backupreader.domain.outage.event import Entry, Event
from backupreader.store.files import Files
from backupreader.store.outagelog import OutageLog
from tests.ui import everypage, town
from tests.ui.conftest import open_up
from ui.look import Look
from ui.plan import Guided, Wrong
from ui.rows import Row
from ui.window import Window

_ALT, _CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
_NONE = Qt.KeyboardModifier.NoModifier
ENTER, DOWN, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Escape, Qt.Key.Key_Tab
CALL, DECISION, NOTE, HAPPENED, UNITS, PARTNERS, OWNER, SYSTEMS, UP = (Qt.Key(Qt.Key.Key_1 + n) for n in range(9))


def press(window: Window, *keys: Qt.Key, modifier: Qt.KeyboardModifier = _NONE) -> None:
    """Keys, to whatever has the focus; each is answered."""
    for key in keys:
        window.activateWindow()
        QTest.keyClick(window.focusWidget() or window, key, modifier)
        everypage.settle(window)


def alt(window: Window, key: Qt.Key) -> None:
    press(window, key, modifier=_ALT)


def write(window: Window, words: str) -> None:
    """What is typed where the focus is; the test's keyboard has no letters but a to z."""
    field = window.focusWidget()
    assert isinstance(field, QLineEdit)
    if words.isascii():
        QTest.keyClicks(field, words)
    else:
        field.insert(words)


def to_page(window: Window) -> None:
    press(window, Qt.Key.Key_O, modifier=_CTRL)
    assert window.screen_now.name == "outage"


def event(window: Window) -> Event:
    """The log as it stands on the disk, with the words."""
    found = OutageLog(window.settings.data, Files(), window.session).last()
    assert found is not None
    return found


def last(window: Window) -> Entry:
    return event(window).entries[-1]


def later(window: Window, **time: int) -> datetime:
    """The clock goes on, and the window sees it."""
    moment = window.now() + timedelta(**time)
    window._clock_of = lambda _zone: moment
    window._tick()
    everypage.settle(window)
    return moment


def row(window: Window, words: str) -> Row:
    return next(one for one in window.screen_now.rows.rows if words in one.title)


def to_row(window: Window, words: str) -> None:
    """Down to the row, from wherever the focus is."""
    for _ in range(40):
        chosen = window.screen_now.rows.chosen
        if chosen is not None and words in chosen.title:
            return
        press(window, DOWN)
    raise AssertionError(f"no row says {words!r}")


@pytest.fixture
def page(new_window, own_pc, qtbot) -> Window:
    """The outage's page of a window that Anna has opened for an outage; nobody has said yet who judged it."""
    window = new_window(own_pc)
    open_up(qtbot, window)
    qtbot.waitUntil(lambda: window.plan is not None)
    to_page(window)
    return window


@pytest.fixture
def declared(page) -> Window:
    """Anna has declared it."""
    write(page, "Grete Vagt")
    press(page, ENTER)
    write(page, "Ingen kan åbne journalen")
    press(page, DOWN, ENTER)
    to_row(page, "Declare the outage")
    press(page, ENTER)
    return page


# --- declared ---


def test_it_is_declared_by_keys_with_who_judged_it_why_and_what_is_down(declared) -> None:
    found = event(declared)
    assert found.declared is not None
    assert (found.declared.who, found.declared.words) == ("Grete Vagt", "Ingen kan åbne journalen")
    assert found.systems == ("journal",)
    assert found.owner == town.NAME
    screen = declared.screen_now
    assert "Outage 2026-001 since today 08:42" in screen.head.text()
    assert "down: Journalen" in screen.facts.text()
    assert "judged critical by Grete Vagt" in screen.facts.text()


def test_until_it_is_declared_nothing_else_can_be_written(page) -> None:
    for key in (CALL, NOTE, UP):
        alt(page, key)
    assert not page.screen_now.parts.isVisible()
    assert page.screen_now.form.fields["who"].hasFocus()
    press(page, ENTER, ENTER)
    assert not event(page).entries, "without a name and a reason nothing is declared"


def test_since_when_and_who_has_the_case_can_be_said(page) -> None:
    for words in ("Grete Vagt", "Nede", "05:30", "Bo Friis"):
        write(page, words)
        press(page, TAB)
    page.screen_now.form.fields["words"].setFocus()
    press(page, ENTER)
    found = event(page)
    assert found.began == town.NOW.replace(hour=5, minute=30)
    assert found.owner == "Bo Friis"


@pytest.mark.parametrize("wrong", ["25:10", "8.75", "half past", "0842"])
def test_a_wrong_time_is_said_and_nothing_typed_is_lost(page, wrong: str) -> None:
    for words in ("Grete Vagt", "Nede", wrong):
        write(page, words)
        press(page, TAB)
    page.screen_now.form.fields["words"].setFocus()
    press(page, ENTER)
    assert "hh:mm" in page.screen_now.band.sentence
    assert page.screen_now.form.fields["time"].hasFocus()
    assert [page.screen_now.form.fields[name].text() for name in ("who", "words", "time")] == [
        "Grete Vagt",
        "Nede",
        wrong,
    ]
    write(page, "6:05")
    press(page, ENTER)
    assert event(page).began == town.NOW.replace(hour=6, minute=5)


@pytest.mark.parametrize(
    ("now", "typed", "at"),
    [
        ("2026-10-25T02:10:00+01:00", "02:50", "2026-10-25T02:50:00+02:00"),  # the hour that came twice: 20 min ago
        ("2026-10-25T02:50:00+01:00", "02:10", "2026-10-25T02:10:00+01:00"),
        ("2026-03-29T03:10:00+02:00", "02:59", "2026-03-29T03:59:00+02:00"),  # the hour that never was
        ("2026-11-22T00:05:00+01:00", "23:50", "2026-11-21T23:50:00+01:00"),
    ],
)
def test_a_time_is_the_last_at_which_the_clock_stood_there_also_when_the_clocks_change(declared, now, typed, at):
    moment = datetime.fromisoformat(now).astimezone(town.ZONE)
    form = declared.screen_now.form
    alt(declared, NOTE)
    form.fields["time"].setText(typed)
    found = form.moment(moment)
    assert found.timestamp() <= moment.timestamp()
    if "03:59" not in at:
        assert found.timestamp() == datetime.fromisoformat(at).timestamp()


# --- written ---


def test_a_call_is_written_with_two_keys_with_whoever_answers_now(declared) -> None:
    alt(declared, CALL)
    press(declared, ENTER)
    entry = last(declared)
    assert (entry.kind, entry.what, entry.detail, entry.by) == ("call", "it", "answered", town.NAME)
    assert "Call · IT-afsnittet · answered" in declared.screen_now.log.rows[0].title


def test_another_is_called_and_the_case_number_that_was_typed_before_it_was_chosen_is_kept(declared) -> None:
    alt(declared, CALL)
    declared.screen_now.form.fields["words"].setFocus()
    write(declared, "sag 4711")
    to_row(declared, "Vagtcentralen")
    press(declared, ENTER, DOWN, ENTER)
    entry = last(declared)
    assert (entry.what, entry.detail, entry.words) == ("vagt", "no-answer", "sag 4711")
    alt(declared, CALL)
    assert not declared.screen_now.form.words, "it was taken"


def test_a_decision_has_who_decided_and_a_note_its_words(declared) -> None:
    alt(declared, DECISION)
    write(declared, "Vi kører på papir")
    press(declared, ENTER)
    assert (last(declared).kind, last(declared).words, last(declared).who) == (
        "decision",
        "Vi kører på papir",
        town.NAME,
    )
    alt(declared, NOTE)
    press(declared, ENTER)
    assert last(declared).kind == "decision", "an empty note is none"
    write(declared, "Elevatoren virker ikke")
    press(declared, ENTER)
    assert (last(declared).kind, last(declared).words) == ("note", "Elevatoren virker ikke")


def test_a_duty_is_ticked_with_enter_and_stands_last_then(declared) -> None:
    assert "now" in row(declared, "Meld det til IT").marks[0].word
    press(declared, ENTER)
    assert (last(declared).kind, last(declared).what) == ("done", "meld")
    assert row(declared, "Meld det til IT").marks[0].word == "done"
    assert "Ring til driftsvagten igen" in "".join(one.title for one in declared.screen_now.rows.rows[:3])


def test_what_happened_starts_its_clock(declared) -> None:
    assert row(declared, "Nøglerne på telefonerne").marks[0].word == "not due yet"
    alt(declared, HAPPENED)
    press(declared, ENTER)
    assert (last(declared).kind, last(declared).what) == ("act", "sms")
    clock = row(declared, "Nøglerne på telefonerne")
    assert (clock.lead, clock.marks[0].word) == ("16:42", "in 8 h 0 min")


def test_units_are_turned_down_and_up_and_partners_ticked_with_their_time(declared) -> None:
    alt(declared, UNITS)
    assert row(declared, "Plejehjemmet").marks[0].word == "not asked"
    press(declared, DOWN, ENTER)
    assert row(declared, "Plejehjemmet").marks[0].word == "DOWN"
    press(declared, ENTER)
    assert row(declared, "Plejehjemmet").marks[0].word == "up", "the arrows stand where they stood"
    assert [one.detail for one in event(declared).entries if one.kind == "unit"] == ["down", "up"]
    alt(declared, PARTNERS)
    press(declared, ENTER)
    told = row(declared, "Sygehuset")
    assert told.marks[0].word == "told"
    assert "today 08:42 · Anna Holm" in told.details


def test_what_is_down_and_how_far_it_goes(declared) -> None:
    alt(declared, SYSTEMS)
    press(declared, ENTER)
    assert event(declared).systems == ("journal",), "something is down as long as it goes on"
    press(declared, DOWN, ENTER, DOWN, ENTER)
    assert event(declared).systems == ("journal", "fmk", "laase")
    to_row(declared, "national")
    press(declared, ENTER)
    assert event(declared).reach == "national"
    assert "national" in declared.screen_now.facts.text()


def test_two_keys_one_after_the_other_are_both_written_however_slow_the_disk_is(declared) -> None:
    alt(declared, UNITS)
    for key in (ENTER, DOWN, ENTER):
        QTest.keyClick(declared.focusWidget(), key)
    press(declared, ESC)
    assert {unit: said.detail for unit, said in event(declared).units.items()} == {
        "Team Nord": "down",
        "Plejehjemmet Søgården": "down",
    }


def test_enter_twice_is_one_note_and_what_is_written_when_the_page_is_left_at_once_is_kept(declared) -> None:
    alt(declared, NOTE)
    write(declared, "Kun én gang")
    for key in (ENTER, ENTER):
        QTest.keyClick(declared.focusWidget(), key)
    declared.go("start")
    everypage.settle(declared)
    assert [one.words for one in event(declared).entries if one.kind == "note"] == ["Kun én gang"]


def test_a_mistake_is_crossed_out_with_its_reason_and_stays(declared) -> None:
    alt(declared, NOTE)
    write(declared, "Forkert")
    press(declared, ENTER)
    log = declared.screen_now.log
    log.setFocus()
    press(declared, DOWN, ENTER)
    assert "Cross out entry" in declared.screen_now.title_line.text()
    press(declared, ENTER)
    assert last(declared).kind == "note", "not without a reason"
    write(declared, "Gælder en anden enhed")
    press(declared, ENTER)
    assert (last(declared).kind, last(declared).words) == ("withdrawn", "Gælder en anden enhed")
    rows = declared.screen_now.log.rows
    assert "Forkert" in rows[1].details
    assert rows[1].struck
    assert rows[1].target is None, "it cannot be crossed out twice"


# --- what is typed, and where the arrows stand ---


def test_what_is_typed_outlives_the_minute_another_part_another_page_and_another_size(declared) -> None:
    alt(declared, NOTE)
    write(declared, "Halvt skrevet")
    later(declared, minutes=1)
    assert declared.screen_now.form.words == "Halvt skrevet"
    assert declared.screen_now.form.fields["words"].hasFocus()
    alt(declared, CALL)
    assert not declared.screen_now.form.words
    press(declared, ENTER)
    alt(declared, NOTE)
    assert declared.screen_now.form.words == "Halvt skrevet"
    declared.go("call")
    press(declared, ESC)
    assert declared.screen_now.form.words == "Halvt skrevet"
    declared.restyle(declared.language, Look(scale=150))
    everypage.settle(declared)
    assert declared.screen_now.form.words == "Halvt skrevet"
    declared.lock()
    assert not any("Halvt" in str(what) for what in declared.history)


def test_a_minute_moves_neither_the_chosen_row_nor_what_enter_does(declared) -> None:
    to_row(declared, "Giv den vagthavende leder besked")
    press(declared, ENTER)  # another order from now on
    to_row(declared, "Giv sagen videre")
    later(declared, hours=5, minutes=1)  # "Ring igen" is overdue, and stands before it
    chosen = declared.screen_now.rows.chosen
    assert chosen is not None
    assert chosen.title == "Giv sagen videre"


def test_what_is_written_from_elsewhere_is_seen_within_a_minute(declared) -> None:
    OutageLog(declared.settings.data, Files(), declared.session).write("note", words="Fra terminalen")
    later(declared, minutes=1)
    assert any("Fra terminalen" in one.details for one in declared.screen_now.log.rows)


# --- handed over ---


def test_at_the_change_of_shift_everything_waits_for_who_has_the_case_and_one_enter_takes_it(declared) -> None:
    alt(declared, NOTE)
    write(declared, "Halvt skrevet")
    later(declared, hours=6, minutes=18)  # 15:00
    screen = declared.screen_now
    assert "A new shift has begun (Evening shift, 15:00)" in screen.band.sentence
    assert "Until now it is Anna Holm" in screen.band.sentence
    assert not screen.parts.isVisible()
    alt(declared, CALL)
    assert "Who has the case from now on?" in screen.title_line.text()
    press(declared, ENTER)
    assert (last(declared).kind, last(declared).who) == ("owner", town.NAME)
    assert declared.screen_now.parts.isVisible()
    assert screen.form.words == "Halvt skrevet", "she goes on where she was"


def test_whoever_comes_after_her_takes_it_with_one_enter_or_names_somebody(declared, qtbot) -> None:
    declared.lock()
    moment = declared.now() + timedelta(hours=7)
    declared._clock_of = lambda _zone: moment
    open_up(qtbot, declared, town.BO, town.BO_WORDS)
    to_page(declared)
    assert [one.title for one in declared.screen_now.rows.rows[:2]] == [
        "Bo Friis: I take the case",
        "Anna Holm goes on with it",
    ]
    press(declared, ENTER)
    assert event(declared).owner == town.BO
    alt(declared, OWNER)
    write(declared, "Karin Aften")
    press(declared, ENTER)
    assert event(declared).owner == "Karin Aften"


# --- over ---


def test_when_it_is_over_it_says_who_must_be_told_and_ticks_them_and_leads_to_the_sheets(declared) -> None:
    alt(declared, PARTNERS)
    press(declared, ENTER)
    later(declared, minutes=30)
    alt(declared, UP)
    press(declared, ENTER)
    assert event(declared).ended == declared.now()
    screen = declared.screen_now
    assert "is over" in screen.head.text()
    assert row(declared, "Sygehuset").marks[0].word == "not told"
    later(declared, minutes=1)
    to_row(declared, "vagthavende leder")
    press(declared, ENTER)
    assert last(declared).what == "oppe"
    to_row(declared, "Sygehuset")
    press(declared, ENTER)
    assert row(declared, "Sygehuset").marks[0].word == "told"
    to_row(declared, "Sheets of paper")
    press(declared, ENTER)
    assert declared.screen_now.name == "sheets"


def test_another_outage_is_declared_afterwards_under_another_number(declared) -> None:
    alt(declared, UP)
    press(declared, ENTER)
    later(declared, minutes=5)
    to_row(declared, "Declare another outage")
    press(declared, ENTER)
    write(declared, "Grete Vagt")
    press(declared, ENTER)
    write(declared, "Igen")
    press(declared, ENTER)
    assert event(declared).number == "2026-002"
    assert event(declared).ended is None
    assert "2026-002" in declared.screen_now.head.text()


# --- what may happen meanwhile ---


def test_everything_is_there_after_a_lock_newer_data_and_a_restart(declared, own_pc, new_window, qtbot) -> None:
    alt(declared, NOTE)
    write(declared, "Husk kælderen")
    press(declared, ENTER)
    before = event(declared)
    declared.lock()
    town.send(own_pc, town.items(), seq=2, hours=1)
    declared.close()
    window = new_window(own_pc)
    open_up(qtbot, window, town.BO, town.BO_WORDS)
    qtbot.waitUntil(lambda: window.plan is not None)
    to_page(window)
    assert event(window).entries == before.entries
    assert any("Husk kælderen" in one.details for one in window.screen_now.log.rows)
    assert "Anna Holm has the case" in window.screen_now.facts.text()


def test_without_any_plan_it_is_declared_and_written_all_the_same(new_window, tmp_path: Path, qtbot) -> None:
    window = new_window(town.found(tmp_path, plan={}))
    open_up(qtbot, window)
    to_page(window)
    write(window, "Grete Vagt")
    press(window, ENTER)
    write(window, "Nede")
    press(window, ENTER)
    assert "The plan has no duty for this outage." in [one.title for one in window.screen_now.rows.rows]
    for key in (CALL, HAPPENED, UNITS, PARTNERS, SYSTEMS):
        alt(window, key)
    alt(window, NOTE)
    write(window, "Uden plan")
    press(window, ENTER)
    assert last(window).words == "Uden plan"
    alt(window, UP)
    press(window, ENTER)
    assert event(window).ended is not None


def test_that_something_of_the_log_was_lost_is_said_with_what_to_do(declared, own_pc, new_window, qtbot) -> None:
    alt(declared, NOTE)
    write(declared, "Væk")
    press(declared, ENTER)
    for path in (own_pc.settings.data / "notebook").glob("outage-*"):
        path.write_bytes(b"")
    declared.go("start")
    to_page(declared)
    assert "Something of the log of this outage was lost." in declared.screen_now.band.sentence
    assert "Write down again what you know, and tell IT." in declared.screen_now.band.sentence
    alt(declared, NOTE)
    write(declared, "Skrevet igen")
    press(declared, ENTER)
    assert last(declared).words == "Skrevet igen"


def test_a_disk_that_takes_nothing_is_told_and_what_was_typed_stays(declared, own_pc) -> None:
    alt(declared, NOTE)
    write(declared, "Vigtigt")
    state = own_pc.settings.data / "state"
    aside = state.rename(state.with_name("aside"))
    state.write_bytes(b"")  # no file can be made there
    press(declared, ENTER)
    assert declared.notice.sentence
    assert declared.screen_now.form.words == "Vigtigt"
    state.unlink()
    aside.rename(state)
    declared.screen_now.form.fields["words"].setFocus()
    press(declared, ENTER)
    assert last(declared).words == "Vigtigt"
    assert sum(one.words == "Vigtigt" for one in event(declared).entries) == 1


# --- on every page ---


def test_every_open_page_says_the_next_duty_with_who_has_it_and_that_it_is_overdue(declared) -> None:
    press(declared, ENTER)  # reported
    later(declared, minutes=25)
    declared.go("citizens")
    everypage.settle(declared)
    assert "Outage 2026-001 · 25 min. in 5 min: Giv den vagthavende leder besked (Vagthavende leder)" in (
        declared._outage_band.words
    )
    later(declared, minutes=20)
    assert "overdue by 15 min: Giv den vagthavende leder besked (Vagthavende leder)" in declared._outage_band.words
    later(declared, hours=6, minutes=1)
    assert "Hand over the case: Anna Holm had it in the shift before" in declared._outage_band.words


def test_the_start_page_says_the_next_duty_too(declared) -> None:
    later(declared, minutes=40)
    declared.go("start")
    everypage.settle(declared)
    assert declared.screen_now.outage.words == "Outage 2026-001 since 08:42"
    assert declared.screen_now.outage.following.words == ("overdue by 40 min: Meld det til IT-afsnittet (Anna Holm)",)


def test_the_locked_window_says_the_next_duty_and_none_of_the_words(declared) -> None:
    alt(declared, NOTE)
    write(declared, "Kirsten er faldet")
    press(declared, ENTER)
    declared.lock()
    later(declared, minutes=40)
    assert declared.screen_now.age._notes.words[0] == "Outage 2026-001 since 08:42"
    assert declared.screen_now.call.noted[0] == "overdue by 40 min: Meld det til IT-afsnittet (Anna Holm)"
    seen = [label.text() for label in declared.findChildren(QLabel)]
    assert not [text for text in seen if "Kirsten" in text or "Ingen kan" in text]
    assert declared.screen_now.unlock.isVisible()


# --- from the guide and from whom to call ---


def to_end(window: Window, *answers: bool) -> None:
    window.go("guide", Guided("journal", answers, Wrong("journal")))
    everypage.settle(window)


def test_the_guide_s_end_offers_to_declare_the_outage_with_what_is_down(page) -> None:
    page.go("start")
    to_end(page, False, False, False)
    assert page.screen_now.log.button.text() == "Declare the outage  F2"
    press(page, Qt.Key.Key_F2)
    assert page.screen_now.name == "outage"
    assert row(page, "Journalen").marks[0].word == "DOWN"
    to_end(page, True)
    assert not page.screen_now.log.isVisible(), "it is only her password"


def test_while_it_goes_on_the_guide_s_end_is_written_with_one_key_and_once(declared) -> None:
    to_end(declared, False, False, True)
    assert declared.screen_now.log.button.text() == "Write it in the log of the outage  F2"
    press(declared, Qt.Key.Key_F2, Qt.Key.Key_F2)
    assert [(one.kind, one.what, one.detail) for one in event(declared).entries[2:]] == [
        ("guide", "journal", "landet"),
        ("reach", "national", ""),
    ]
    assert declared.screen_now.log.button.text() == "It stands in the log."
    later(declared, minutes=1)
    press(declared, Qt.Key.Key_F2)
    assert len(event(declared).entries) == 4
    to_end(declared, True)
    press(declared, Qt.Key.Key_F2)
    assert last(declared).kind == "guide"
    assert event(declared).reach == "national", "that it is only hers says nothing of the others"


def test_from_the_answer_of_whom_to_call_one_key_writes_that_she_was_called(declared) -> None:
    declared.go("call")
    assert not declared.screen_now.log.isVisible()
    declared.go("call", Wrong("journal"))
    everypage.settle(declared)
    assert declared.screen_now.log.button.text() == ("Write in the log: IT-afsnittet was called, and answered  F2")
    press(declared, Qt.Key.Key_F2)
    assert (last(declared).kind, last(declared).what, last(declared).detail) == ("call", "it", "answered")
    declared.go("call", Wrong("laase"))
    everypage.settle(declared)
    assert not declared.screen_now.log.isVisible(), "nobody is to be called"


def test_nothing_is_offered_to_be_written_while_locked_or_while_nothing_is_declared(page) -> None:
    page.go("call", Wrong("journal"))
    everypage.settle(page)
    assert not page.screen_now.log.isVisible()
    page.lock()
    for name, what in (("call", Wrong("journal")), ("guide", Guided("journal", (False, True)))):
        page.go(name, what)
        everypage.settle(page)
        assert not page.screen_now.log.isVisible()
        press(page, Qt.Key.Key_F2)
        assert page.screen_now.name == name


# --- what is planned ---


@pytest.mark.parametrize(
    ("hours", "told"), [(0, True), (-12.6, True), (-12.8, False), (11.2, True), (11.4, False), (24, False)]
)
def test_the_start_page_offers_to_print_within_a_day_before_planned_downtime(page, hours, told) -> None:
    later(page, minutes=round(hours * 60))
    page.go("start")
    everypage.settle(page)
    notice = page.screen_now.planned
    assert notice.isVisible() == told
    if told:
        assert "20:00–22:00" in notice.sentence
        assert "Print det, I skal bruge, inden kl. 20." in notice.sentence
        notice.action.setFocus()
        press(page, Qt.Key.Key_Space)
        assert page.screen_now.name == "shift"
