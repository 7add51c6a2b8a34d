"""How it is told whether all lists are held until the offices open again: in one line, and route by route."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from backupreader.domain.readiness import Gap, Readiness, RouteReadiness, State
from backupreader.language import N_, Language
from printing.wording import SHIFT
from ui.look import State as Look
from ui.rows import Kind, Mark, Row

_WORDS: Final[Mapping[State, tuple[str, Look]]] = {
    State.MISSING: (N_("LIST MISSING"), Look.STOP),
    State.UNSURE: (N_("NOT KNOWN"), Look.LATE),
    State.PRINTED: (N_("HELD, SOME AS PRINTS ONLY"), Look.GOOD),
    State.HELD: (N_("ALL LISTS HELD"), Look.GOOD),
    State.QUIET: (N_("DOES NOT RUN THEN"), Look.QUIET),
}
_TITLES: Final[Mapping[State, str]] = {
    State.MISSING: N_("Lists are missing"),
    State.UNSURE: N_("Not known whether a list is missing"),
    State.PRINTED: N_("All lists are held, some as the municipality's own prints"),
    State.HELD: N_("All lists are held"),
    State.QUIET: N_("Does not run until then, as in the weeks before"),
}


def until(found: Readiness, language: Language) -> str:
    """Until when it was looked: ``Mon 30 Nov 12:00``."""
    return f"{language.day(found.until.date(), weekday=True, year=False)} {language.clock(found.until)}"


def headline(found: Readiness, language: Language) -> Mark:
    """The whole in one mark."""
    when = until(found, language)
    if not found.delivered:
        return Mark(language.text("Lists until {when}: not delivered").format(when=when), Look.LATE)
    running = len(found.routes) - found.number(State.QUIET)
    if missing := found.number(State.MISSING):
        told = language.count(
            "Lists until {{when}}: missing for {n} route", "Lists until {{when}}: missing for {n} routes", missing
        )
        return Mark(told.format(when=when), Look.STOP)
    if unsure := found.number(State.UNSURE):
        told = language.count(
            "Lists until {{when}}: not known for {n} route", "Lists until {{when}}: not known for {n} routes", unsure
        )
        return Mark(told.format(when=when), Look.LATE)
    if not running:
        return Mark(language.text("Lists until {when}: no route runs").format(when=when), Look.LATE)
    told = language.count(
        "Lists until {{when}}: held for the {n} route that runs",
        "Lists until {{when}}: held for all {n} routes that run",
        running,
    )
    return Mark(told.format(when=when), Look.GOOD)


def readiness_rows(found: Readiness, language: Language, *, complete: bool) -> tuple[Row, ...]:
    """Route by route, the worst first; `complete` is False where the source says that visits are missing."""
    if not found.delivered:
        told = language.text("Visits were not delivered by any source. Nothing is known about them here.")
        return (Row(kind=Kind.MISSING, title=told),)
    rows: list[Row] = []
    if not complete:
        told = language.text("This list is not complete: the source says that rows are missing.")
        rows.append(Row(kind=Kind.MISSING, title=told))
    for day in found.unplaced:
        told = language.text("There is a print of no route for {day}: look in it, too.")
        title = told.format(day=language.day(day, weekday=True, year=False))
        rows.append(Row(kind=Kind.TEXT, title=title))
    for state in State:
        routes = [route for route in found.routes if route.state is state]
        if routes:
            title = f"{language.text(_TITLES[state])} ({len(routes)})"
            rows.append(Row(kind=Kind.HEADING, title=title))
            rows += [_route_row(route, language) for route in routes]
    if not found.routes:
        rows.append(Row(kind=Kind.NOTHING, title=language.text("No route is known of these days or the weeks before.")))
    return tuple(rows)


def _route_row(route: RouteReadiness, language: Language) -> Row:
    word, look = _WORDS[route.state]
    details = [_gap(gap, language) for gap in route.gaps]
    if route.held:
        details.append(language.count("{n} list held", "{n} lists held", route.held))
    if route.printed:
        details.append(
            language.count(
                "{n} shift held as the municipality's own print only",
                "{n} shifts held as the municipality's own prints only",
                route.printed,
            )
        )
    return Row(title=route.route, details=tuple(details), marks=(Mark(language.text(word), look),))


def _gap(gap: Gap, language: Language) -> str:
    """What is missing, and what makes it so."""
    day = language.day(gap.day, weekday=True, year=False)
    ran = language.day(gap.ran, weekday=True, year=False)
    if gap.shift is not None:
        day = f"{day}, {language.text(SHIFT[gap.shift])}"
    if gap.sure:
        return language.text("No list for {when} (it ran {ran})").format(when=day, ran=ran)
    told = language.text("No list for {when} (it ran {ran}; the data does not reach a week back from that day)")
    return told.format(when=day, ran=ran)
