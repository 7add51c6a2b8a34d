"""Driving lists by shift, route and carer, the area at a glance, and whether all lists are held: in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from backupreader.domain.barriers import REASONS
from backupreader.domain.records import Citizen, Delivery, Document, Visit
from backupreader.domain.rounds import DrivingList
from backupreader.domain.shiftlists import Kind as ListKind
from backupreader.domain.shiftlists import Pick
from backupreader.domain.shifts import shift_of
from backupreader.language import Language
from sync.adapter import Item
from tests.ui import town
from tests.ui.conftest import open_up
from tests.ui.townsfolk import WHERE, ZONE
from ui.chapter import ToReason, ToRoute, View
from ui.look import Look
from ui.rows import Kind, Row
from ui.telling.stops import list_rows
from ui.widgets.rowlist import RowList
from ui.window import Window

LONG = "Hjælp til bad, strømper og morgenmad. " * 12
LOST = Delivery(source="nexus", table="visit", taken_at="2026-10-25T00:30", complete=False, read=2, filed=1, refused=1)
TODAY, TOMORROW = date(2026, 11, 22), date(2026, 11, 23)


def visit(name: str, start: str, **facts: object) -> Visit:
    known: dict[str, object] = {
        "citizen": "nexus:4", "route": "Nord dag", "unit": "nexus:nord", "staff": "Eva S", "zone": "Europe/Copenhagen",
        "title": "Tilsyn",
    } | facts  # fmt: skip
    return Visit(id=f"rute:{name}", start=start, origin=WHERE, **known)  # type: ignore[arg-type]


def more() -> Iterator[Item]:
    """What the town's own visits lack: courses of care, long tasks, edges, cruel times, many carers, former weeks."""
    yield visit("course", "2026-11-22T10:30", title="Omsorgsforløb", law="Ældreloven §9", citizen="nexus:4")
    yield visit("long", "2026-11-22T11:00", tasks=LONG + "Sidste ord", minutes=20)
    yield visit("over", "2026-11-22T14:50", end="2026-11-22T15:30", minutes=40)
    yield visit("before", "2026-11-22T06:45", end="2026-11-22T07:15", minutes=30)
    yield visit("back", "2026-11-22T12:00", end="2026-11-22T11:30")
    yield visit("meeting", "2026-11-22T13:00", citizen=None, title="Teammøde")
    yield visit("dayless", "2026-11-22", title="Engang i dag")
    yield visit("nameless", "2026-11-22T13:30", citizen="nexus:gone")
    yield visit("away", "2026-11-22T13:40", citizen="nexus:2")
    yield visit("loose", "2026-11-22T13:50", route=None)
    yield visit("small", "2026-11-23T00:30", route="Nat", staff="Bo N", minutes=15)
    yield visit("syd", "2026-11-22T09:00", citizen="nexus:7", unit="nexus:syd", route="Søgården", staff="Eva S")
    yield visit("syd-open", "2026-11-22T09:00", citizen="nexus:7", unit="nexus:syd", route="Søgården", staff=None)
    yield Citizen(id="nexus:8", name="Kirsten Møller", birth_date="1944-01-01", unit="nexus:nord", origin=WHERE)
    yield visit("namesake", "2026-11-22T13:55", citizen="nexus:8")
    for number in range(17):
        yield visit(f"many{number}", f"2026-11-22T16:{number:02}", route="Aften", staff=f"Vikar {number:02}")
    for number in range(200):
        yield visit(f"all{number}", f"2026-11-22T{17 + number // 60}:{number % 60:02}", route="Lang", staff="Ali K")
    for week in (1, 2, 3):
        for route, day in (("Nat Øst", TODAY), ("Nord dag", TODAY), ("Mandag", TOMORROW)):
            clock = "23:10" if route == "Nat Øst" else "08:00"
            yield visit(f"{route}{week}", f"{day - timedelta(weeks=week)}T{clock}", route=route)
    yield Document(
        id="rute:p", title="Mandag", media_type="application/pdf", content=town.PDF, route="Mandag",
        kind="driving-list", date=str(TOMORROW), origin=WHERE,
    )  # fmt: skip


@pytest.fixture(scope="session")
def untouched_shift_pc(tmp_path_factory) -> town.Pc:
    return town.found(tmp_path_factory.mktemp("shifts"), more=more())


@pytest.fixture
def shift_pc(untouched_shift_pc, tmp_path) -> town.Pc:
    return town.copied(untouched_shift_pc, tmp_path)


@pytest.fixture
def anna(new_window, shift_pc, qtbot) -> Window:
    window = new_window(shift_pc)
    open_up(qtbot, window)
    return window


@pytest.fixture
def bo(new_window, shift_pc, qtbot) -> Window:
    window = new_window(shift_pc)
    open_up(qtbot, window, town.BO, town.BO_WORDS)
    return window


def shown(rows: RowList) -> str:
    return "\n".join(row.spoken for row in rows.rows)


def driving(window: Window, qtbot, what: object = None):
    window.go("driving", what)
    screen = window.screen_now
    qtbot.waitUntil(lambda: bool(screen.routes.rows) and bool(screen.bar.line.words))
    return screen


def press(window: Window, key: Qt.Key) -> None:
    QTest.keyClick(window.topbar.search, key)


def choose(window: Window, qtbot, title: str) -> None:
    """With the arrow, down to the list of that name."""
    screen = window.screen_now
    press(window, Qt.Key.Key_Up)
    for _ in screen.routes.rows:
        press(window, Qt.Key.Key_Up)
    for _ in screen.routes.rows:
        if screen.routes.chosen is not None and screen.routes.chosen.title == title:
            break
        press(window, Qt.Key.Key_Down)
    assert screen.routes.chosen.title == title
    qtbot.waitUntil(lambda: screen._entry is not None and title in screen.heading.text())
    qtbot.waitUntil(lambda: screen._list is not None and screen._list.pick == screen._entry.pick)


def row_of(screen, word: str) -> Row:
    return next(row for row in screen.visits.rows if word in row.spoken)


def test_the_shift_that_is_now_is_open_and_f2_goes_on_to_the_next(anna, qtbot) -> None:
    screen = driving(anna, qtbot)
    qtbot.waitUntil(lambda: screen.heading.text() == "Nord dag · Sun 22 Nov 2026 · Day shift 07:00–15:00")
    assert "Nat" not in [row.title for row in screen.routes.rows]
    press(anna, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: "Aften" in [row.title for row in screen.routes.rows])
    assert "Evening shift 15:00–23:00" in screen.bar.buttons[0].text()
    press(anna, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: screen.heading.text().startswith("Nat · Sun 22 Nov 2026 · Night shift 23:00–07:00"))
    qtbot.waitUntil(lambda: len([row for row in screen.visits.rows if row.lead]) == 2)
    assert [row.lead for row in screen.visits.rows if row.lead] == ["00:12", "00:30"]


def test_at_ten_past_two_it_is_still_the_night_that_began_yesterday(new_window, shift_pc, qtbot) -> None:
    window = new_window(replace(shift_pc, now=datetime(2026, 11, 23, 2, 10, tzinfo=ZONE)))
    open_up(qtbot, window)
    screen = driving(window, qtbot)
    qtbot.waitUntil(lambda: "Nat · Sun 22 Nov 2026 · Night shift" in screen.heading.text())
    assert screen.days.day == TODAY
    qtbot.waitUntil(lambda: "00:30" in shown(screen.visits))


def test_a_route_is_opened_in_the_shift_in_which_it_runs(anna, qtbot) -> None:
    for day, route, told in (
        (TOMORROW, "Nat", "Nat · Mon 23 Nov 2026 · Evening shift"),
        (TODAY, "Nord dag", "Nord dag · Sun 22 Nov 2026 · Day shift"),
        (TODAY, "Lang", "Lang · Sun 22 Nov 2026 · Evening shift"),
        (TODAY, "nowhere", "Nord dag · Sun 22 Nov 2026 · Day shift"),
    ):
        screen = driving(anna, qtbot, ToRoute(day, route))
        qtbot.waitUntil(lambda screen=screen, told=told: screen.heading.text().startswith(told))


def test_a_carer_has_her_visits_over_all_her_routes_with_whom_she_makes_them(anna, qtbot) -> None:
    screen = driving(anna, qtbot)
    press(anna, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: [row.title for row in screen.routes.rows][:2] == ["Ali K", "Else-Marie Wolff-Sneedorff"])
    qtbot.waitUntil(lambda: "Ali K · Sun" in screen.heading.text() and len(screen.visits.rows) > 0)
    assert "Eva S + Ali K" in shown(screen.visits)
    choose(anna, qtbot, "Eva S")
    told = shown(screen.visits)
    assert "Søgården" in told
    assert "Nord dag" in told
    assert "on no route" in told


def test_the_list_is_the_same_after_a_citizen_was_opened_and_left(anna, qtbot) -> None:
    screen = driving(anna, qtbot)
    press(anna, Qt.Key.Key_F3)
    press(anna, Qt.Key.Key_F4)
    choose(anna, qtbot, "Eva S")
    row = next(row for row in screen.visits.rows if row.target is not None and not isinstance(row.target, ToReason))
    screen.visits.opened.emit(row.target)
    assert anna.screen_now.name == "citizen"
    press(anna, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "Eva S · Sun 22 Nov" in anna.screen_now.heading.text())
    assert "All text" in anna.screen_now.bar.buttons[2].text()


def test_the_extra_lists_are_counted_and_hold_what_they_say(anna, qtbot) -> None:
    screen = driving(anna, qtbot)
    counts = {row.title: row.details[0] for row in screen.routes.rows if row.details}
    assert counts["Without a carer"] == "2 visits"
    assert counts["Two carers"] == "1 visit"
    assert counts["Time-critical"] == "2 visits"
    assert counts["Cancelled or away"] == "3 visits"
    choose(anna, qtbot, "Cancelled or away")
    told = shown(screen.visits)
    assert "CANCELLED indlagt" in told
    assert "IN HOSPITAL" in told
    assert "ON LEAVE" in told


def test_a_course_of_care_has_no_minutes_and_never_0(anna, qtbot) -> None:
    screen = driving(anna, qtbot)
    qtbot.waitUntil(lambda: "Omsorgsforløb" in shown(screen.visits))
    course = row_of(screen, "Omsorgsforløb")
    assert course.aside == "course of care, no minutes"
    assert "Ældreloven §9" in course.spoken
    assert "0 min" not in [row.aside for row in screen.visits.rows]
    assert "without minutes" in screen.routes.rows[0].details[0]


def test_cruel_visits_stand_as_delivered_and_marked(anna, qtbot) -> None:
    screen = driving(anna, qtbot)
    qtbot.waitUntil(lambda: "Omsorgsforløb" in shown(screen.visits))
    assert "ENDS BEFORE IT BEGINS, as delivered" in row_of(screen, "to 11:30").spoken
    assert row_of(screen, "to 11:30").aside == "no minutes stated"
    assert row_of(screen, "Teammøde").title == "Teammøde"
    assert "NO CLOCK TIME" in row_of(screen, "Engang i dag").spoken
    assert "Citizen not delivered" in shown(screen.visits)
    assert "LASTS INTO THE NEXT SHIFT" in row_of(screen, "14:50").spoken
    assert "IN HOSPITAL" in row_of(screen, "13:40").spoken
    assert "NAMESAKE ON THIS LIST: check the birthday" in row_of(screen, "13:55").spoken
    assert "1 Jan 1944" in row_of(screen, "13:55").spoken


def test_what_began_in_the_shift_before_stands_first_and_is_not_counted(anna, qtbot) -> None:
    screen = driving(anna, qtbot)
    qtbot.waitUntil(lambda: "Omsorgsforløb" in shown(screen.visits))
    titles = [row.title for row in screen.visits.rows if row.kind is Kind.HEADING]
    assert titles == ["Begun in the shift before", "Of this shift"]
    assert "BEGAN BEFORE THE SHIFT" in row_of(screen, "06:45").spoken
    starts = [row.lead for row in screen.visits.rows if row.lead]
    assert starts.count("06:45") == 1


def test_what_to_do_is_two_lines_until_f4_and_is_read_aloud_whole(anna, qtbot) -> None:
    screen = driving(anna, qtbot)
    qtbot.waitUntil(lambda: "Sidste ord" in shown(screen.visits))
    number = next(at for at, row in enumerate(screen.visits.rows) if "Sidste ord" in row.spoken)
    low = screen.visits.sizeHintForRow(number)
    press(anna, Qt.Key.Key_F4)
    assert screen.visits.sizeHintForRow(number) > low
    assert "Sidste ord" in screen.visits.rows[number].details[0]
    painter = screen.visits.itemDelegate()
    cut = painter._cut(f"Tilsyn – {LONG}Sidste ord", 400)
    assert cut.endswith(" …")
    assert painter._cut("kort", 400) == "kort"
    assert painter._cut("x" * 5000, 400).endswith(" …")


def test_a_task_of_200_kb_is_cut_at_once_and_is_whole_for_who_reads_it_aloud(new_window, tmp_path, qtbot) -> None:
    made = town.found(
        tmp_path, more=[visit("huge", "2026-11-22T08:00", tasks="bad og strømper " * 12_500 + "Sidste ord")]
    )
    window = new_window(made)
    open_up(qtbot, window)
    screen = driving(window, qtbot)
    qtbot.waitUntil(lambda: "Sidste ord" in shown(screen.visits))
    row = row_of(screen, "Sidste ord")
    assert len(screen.visits.itemDelegate()._cut(row.clipped, 600)) < 300
    high = overview(window, qtbot).told.height()
    told = window.screen_now
    qtbot.waitUntil(lambda: any("Sidste ord" in one for one in told.grid.words))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        press(window, key)
        assert told.told.height() == high
        assert len(told.told.text()) < 1000


def test_a_route_of_200_visits_is_whole(anna, qtbot) -> None:
    screen = driving(anna, qtbot, ToRoute(TODAY, "Lang"))
    qtbot.waitUntil(lambda: len([row for row in screen.visits.rows if row.lead]) == 200)


def test_one_s_own_routes_stand_first_and_the_lists_over_them_hold_one_s_own_alone(bo, shift_pc, qtbot) -> None:
    screen = driving(bo, qtbot)
    titles = [row.title for row in screen.routes.rows]
    assert titles.index("Nord dag") < titles.index("Routes with other units' citizens") < titles.index("Søgården")
    choose(bo, qtbot, "Without a carer")
    assert "1 visit of another unit is not shown here." in shown(screen.visits)
    assert "Bent" not in shown(screen.visits)
    seen = town.acts(shift_pc)[-1]
    assert (seen.kind, seen.what, seen.citizens) == ("list", "without-carer 2026-11-22 day", ("nexus:5",))


def test_a_carer_s_protected_addresses_are_shown_for_a_reason_of_that_list(bo, shift_pc, qtbot) -> None:
    screen = driving(bo, qtbot)
    choose(bo, qtbot, "Without a carer")
    assert "hemmelig" not in shown(screen.visits)
    kept = next(row for row in screen.visits.rows if row.kind is Kind.KEPT)
    screen.visits.opened.emit(kept.target)
    qtbot.waitUntil(lambda: bool(screen.reason.words))
    screen.reason.stated.emit(REASONS[0])
    qtbot.waitUntil(lambda: "hemmelig" in shown(screen.visits))
    told = [(act.what, act.citizens) for act in town.acts(shift_pc) if act.kind == "break-glass"]
    assert told == [("protected-address", ("without-carer",))]


def night_list(*starts: str, **facts: object) -> DrivingList:
    night = shift_of(date(2026, 10, 24), "night", ZONE)
    visits = tuple(visit(start, start, **facts) for start in starts)
    return DrivingList(
        route="Nat", day=night.date, visits=visits, citizens={}, alerts={}, alerts_delivered=True, access={},
        access_delivered=True, deliveries=(), shift=night, pick=Pick(ListKind.ROUTE, "Nat"),
    )  # fmt: skip


def test_a_clock_time_that_comes_twice_says_which_and_the_night_how_long_it_is() -> None:
    view = View(now=datetime(2026, 10, 25, 1, 0, tzinfo=ZONE), language=Language("en"))
    listed = night_list("2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00", "2026-10-25T02:30", "2026-10-25T03:30")
    clocks, first, again, unsaid, after = list_rows(listed, view, whole=False)
    assert clocks.title == "The clocks change in this shift: it lasts 9 h 0 min."
    assert [row.lead for row in (first, again, unsaid, after)] == ["02:30", "02:30", "02:30", "03:30"]
    assert first.lead_under.startswith("the first time")
    assert again.lead_under.startswith("the second time")
    assert "which is meant was not delivered" in unsaid.lead_under
    assert "in 1 h 30 min" in first.lead_under
    assert "in 2 h 30 min" in again.lead_under
    assert "time" not in after.lead_under


def test_a_second_carer_who_is_needed_and_not_named_is_said() -> None:
    view = View(now=datetime(2026, 10, 25, 1, 0, tzinfo=ZONE), language=Language("en"))
    for facts, told in (
        ({"staff_needed": 2}, "Eva S + one more carer, not named"),
        ({"staff_needed": 2, "second_staff": "Ali K"}, "Eva S + Ali K"),
        ({"staff": None, "staff_needed": 1}, "NO CARER"),
    ):
        row = list_rows(night_list("2026-10-25T04:00", **facts), view, whole=False)[-1]
        assert told in row.spoken


def test_what_of_a_list_did_not_come_is_said_before_its_visits() -> None:
    view = View(now=datetime(2026, 10, 25, 1, 0, tzinfo=ZONE), language=Language("en"))
    someone = {"nexus:4": Citizen(id="nexus:4", name="Åse Ægidius", origin=WHERE)}
    listed = replace(night_list("2026-10-25T04:00"), citizens=someone, access_delivered=False)
    told = [row.title for row in list_rows(listed, view, whole=False)]
    assert "Keys and getting in: Not delivered: nothing is known." in told
    left_out = [row.title for row in list_rows(replace(listed, access_left_out=True), view, whole=False)]
    assert any("by the municipality's decision" in title for title in left_out)
    lost = replace(listed, deliveries=(LOST,))
    assert "This list is not complete" in list_rows(lost, view, whole=False)[1].title


def overview(window: Window, qtbot):
    driving(window, qtbot)
    press(window, Qt.Key.Key_F5)
    screen = window.screen_now
    qtbot.waitUntil(lambda: screen.name == "overview" and screen._page is not None)
    return screen


def heads(screen) -> list[str]:
    model = screen.grid.model()
    return [model.headerData(number, Qt.Orientation.Horizontal) for number in range(model.columnCount())]


def test_the_overview_shows_eight_carers_a_page_and_first_who_has_nobody(anna, qtbot) -> None:
    screen = overview(anna, qtbot)
    press(anna, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: "Vikar 00" in heads(screen))
    assert heads(screen) == ["0 without a carer", "Ali K", "Bo N", *(f"Vikar {number:02}" for number in range(6))]
    assert "page 1 of 3" in screen.source.text()
    assert "Taken from nexus" in screen.source.text()
    press(anna, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: "Vikar 06" in heads(screen))
    assert len(heads(screen)) == 9
    press(anna, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: heads(screen)[1:] == ["Vikar 14", "Vikar 15", "Vikar 16"])
    press(anna, Qt.Key.Key_PageDown)
    press(anna, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: "Vikar 06" in heads(screen))


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_in_the_overview_arrows_go_from_visit_to_visit_and_enter_opens_the_citizen(
    new_window, shift_pc, qtbot, scale
) -> None:
    window = new_window(shift_pc, look=Look(scale=scale))
    open_up(qtbot, window)
    screen = overview(window, qtbot)
    press(window, Qt.Key.Key_Home)
    for _ in range(60):
        press(window, Qt.Key.Key_Up)
    press(window, Qt.Key.Key_Right)
    for _ in range(60):
        if screen.grid.chosen is not None:
            break
        press(window, Qt.Key.Key_Down)
    assert screen.told.text().rstrip("…") in screen.grid.chosen.spoken
    assert screen.told.text().strip("… ")
    here = screen.grid.visualRect(screen.grid.currentIndex())
    assert screen.grid.viewport().rect().intersects(here)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.screen_now.name == "citizen")
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.screen_now.name == "overview")


def test_each_cell_of_the_overview_is_read_aloud_with_its_marks(anna, qtbot) -> None:
    screen = overview(anna, qtbot)
    cells = screen.grid.words
    assert any(
        "Eva S" in told and "Kirsten Møller" in told and "TWO" in told and "with Ali K" in told for told in cells
    )
    assert any(told.startswith("No carer") for told in cells)
    assert any("ON TIME" in told for told in cells)
    assert any("CANCELLED" in told and "indlagt" in told for told in cells)
    table = QAccessible.queryAccessibleInterface(screen.grid)
    texts = {table.child(number).text(QAccessible.Text.Name) for number in range(table.childCount())}
    assert set(cells) <= texts


def test_the_overview_leaves_out_other_units_says_so_and_is_in_the_audit_before(bo, shift_pc, qtbot) -> None:
    screen = overview(bo, qtbot)
    assert "2 visits of other units are not shown here." in screen.source.text()
    assert not any("Bent" in told for told in screen.grid.words)
    seen = [act for act in town.acts(shift_pc) if act.what.startswith("overview")]
    assert [act.what for act in seen] == ["overview 2026-11-22 day 1/1"]
    assert "nexus:1" in seen[0].citizens
    assert "nexus:7" not in seen[0].citizens


def test_the_overview_of_a_shift_without_visits_says_so(anna, qtbot) -> None:
    anna.go("overview", shift_of(date(2026, 11, 27), "day", ZONE))
    screen = anna.screen_now
    qtbot.waitUntil(lambda: screen.told.text() == "No visit is here in this shift.")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_PageDown):
        press(anna, key)
    assert anna.screen_now is screen


def test_readiness_is_one_line_on_the_lists_and_route_by_route_behind_f6(anna, qtbot) -> None:
    screen = driving(anna, qtbot)
    assert screen.bar.line.words == ("Lists until Mon 23 Nov 12:00: missing for 1 route",)
    press(anna, Qt.Key.Key_F12)
    page = anna.screen_now
    qtbot.waitUntil(lambda: page.name == "readiness" and bool(page.list.rows))
    rows = {row.title: row for row in page.list.rows}
    assert rows["Nat Øst"].details == ("No list for Sun 22 Nov, Night shift (it ran Sun 15 Nov)",)
    assert rows["Nat Øst"].marks[0].word == "LIST MISSING"
    assert rows["Mandag"].marks[0].word == "HELD, SOME AS PRINTS ONLY"
    assert rows["Nord dag"].marks[0].word == "ALL LISTS HELD"
    titles = [row.title for row in page.list.rows if row.kind is Kind.HEADING]
    assert titles[0] == "Lists are missing (1)"
    press(anna, Qt.Key.Key_Escape)
    assert anna.screen_now.name == "driving"


def test_where_visits_were_not_delivered_no_route_is_red(new_window, bare_pc, qtbot) -> None:
    window = new_window(bare_pc)
    open_up(qtbot, window)
    screen = driving(window, qtbot)
    assert screen.bar.line.words == ("Lists until Mon 23 Nov 12:00: not delivered",)
    press(window, Qt.Key.Key_F12)
    page = window.screen_now
    qtbot.waitUntil(lambda: page.name == "readiness" and bool(page.list.rows))
    assert [row.kind for row in page.list.rows] == [Kind.MISSING]
    seen = overview(window, qtbot)
    assert [row.kind for row in seen.missing.rows] == [Kind.MISSING]
    assert "not delivered" in seen.missing.rows[0].title
    assert seen.grid.isHidden()
    assert "0" not in seen.source.text() + seen.told.text()


def test_a_day_without_routes_has_no_lists_and_each_key_is_safe(anna, qtbot) -> None:
    screen = driving(anna, qtbot)
    for _ in range(4):
        press(anna, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: "No visit was delivered for this shift." in shown(screen.routes))
    for key in (Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_F3):
        press(anna, key)
    assert screen.printable() is None
    assert "Without a carer" not in shown(screen.routes)


def test_the_list_that_is_seen_is_the_one_that_is_printed(anna, qtbot, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    screen = driving(anna, qtbot, ToRoute(TODAY, "Nat"))
    qtbot.waitUntil(lambda: screen._list is not None)
    press(anna, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: "Night shift" in screen.heading.text() and "00:30" in shown(screen.visits))
    anna.print_seen()
    page = anna.screen_now
    qtbot.waitUntil(lambda: page.preview.pages > 0, timeout=20_000)
    told = page.preview._view.document().getAllText(0).text()
    assert "Night shift 23:00–07:00" in told
    assert "00:12" in told
    assert "22:00" not in told


def test_each_control_of_the_lists_has_a_name(anna, qtbot) -> None:
    screen = driving(anna, qtbot)
    names = [made.accessibleName() for made in screen.bar.buttons]
    assert names == [
        "Day shift 07:00–15:00, F2", "By route, F3", "Two lines, F4", "Overview, F5", "Weekend and holidays, F12",
    ]  # fmt: skip
