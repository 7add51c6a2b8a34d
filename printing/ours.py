"""How those who are ours stand on a list: whom it is of, who each is, where she lives, when she is visited next, CAVE.

For the car: no warning in words and no rule, the number masked; only that there is something to ask for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from backupreader.domain import moments
from backupreader.domain.fold import fold
from backupreader.domain.persons import elsewhere
from backupreader.domain.tonight import HERE, wall
from printing import rulewords, statements, wording
from printing.grid import Cell
from printing.masthead import Head
from printing.sections import Notice
from printing.tablewords import LEFT_OUT, table
from printing.text import BODY
from printing.whose import allergy, number

if TYPE_CHECKING:
    from backupreader.domain.records import Delivery
    from backupreader.domain.tonight import Ours, Tonight
    from printing.document import Sheet, Subject
    from printing.text import Span

_READ: Final = ("citizen", "visit", "alert")
_ALLERGY: Final = frozenset({"allergy", "no-known-allergy"})


def deliveries(subject: Subject) -> Iterable[Delivery]:
    """Those that the list is made of."""
    return () if subject.tonight is None else subject.tonight.deliveries


def head(title: str, people: Iterable[Ours], tonight: Tonight, sheet: Sheet) -> Head:
    """Of which unit or route, on which shift, how many there are and where, and who is not on it."""
    language, _ = sheet.language, sheet.language.text
    counts = Counter(person.where for person in people)
    shift = tonight.shift
    when = f"{language.day(shift.date, weekday=True)} · {wording.shift_hours(shift, language)}"
    places = (f"{_(wording.STATUS[where])} {counts[where]}" for where in HERE)
    number_ = language.count("{n} citizen", "{n} citizens", counts.total())
    facts = [(when, True), (f"{number_}: {wording.joined(places)}", True)]
    if tonight.others:
        facts.append((_others(tonight, sheet), True))
    version = (
        _("For the car: without health details, numbers and codes. Shred after use.")
        if sheet.car
        else _("For the office: holds health details. Do not take it along.")
    )
    return Head(name=_of(tonight, sheet), title=_(title), facts=(*facts, (version, False)))


def _of(tonight: Tonight, sheet: Sheet) -> str:
    if tonight.unit is not None:
        return tonight.unit
    if tonight.route is not None:
        return tonight.route
    return sheet.language.text("All who are ours")


def _others(tonight: Tonight, sheet: Sheet) -> str:
    if tonight.unit is not None:
        return sheet.language.count(
            "{n} more citizen of this unit is NOT ON THIS LIST: she is not of your own units.",
            "{n} more citizens of this unit are NOT ON THIS LIST: they are not of your own units.",
            tonight.others,
        )
    return sheet.language.count(
        "{n} more citizen of this route is NOT ON THIS LIST: another unit's, or visited at no stated time.",
        "{n} more citizens of this route are NOT ON THIS LIST: other units', or visited at no stated time.",
        tonight.others,
    )


def notices(tonight: Tonight, sheet: Sheet) -> list[Notice]:
    """What the list is made of, and did not come, or not wholly."""
    _ = sheet.language.text
    found: list[Notice] = []
    for name in _READ:
        what = table(name, sheet.language)
        if name in tonight.left_out:
            found.append(Notice(f"{what}: {_(LEFT_OUT)}"))
        elif name in tonight.lacking:
            found.append(Notice(_("{table}: NOT DELIVERED by any source. Nothing is known.").format(table=what)))
        elif name in tonight.incomplete:
            sentence = _("{table}: some of it did not come. This list may not be complete.")
            found.append(Notice(sentence.format(table=what)))
    return found


def who(person: Ours, names: Mapping[str, int], sheet: Sheet) -> list[tuple[Span, ...]]:
    """Her name, birthday and number, where she is, where that is not at home, and what must be known of her."""
    citizen, _ = person.citizen, sheet.language.text
    named = citizen.name if citizen.name.strip() else _("No name delivered ({id})").format(id=citizen.id)
    told: list[tuple[Span, ...]] = [((named, True),)]
    if citizen.name.strip() and (same := names.get(fold(citizen.name), 1) - 1):
        warning = sheet.language.count(
            "NAMESAKE: one more citizen has this name. Check the birthday.",
            "NAMESAKES: {n} more citizens have this name. Check the birthday.",
            same,
        )
        told.append(((warning, True),))
    told.append(((wording.joined((wording.born(citizen, sheet), number(citizen, sheet))), False),))
    if person.where != "home" or elsewhere(citizen, person.also):
        told.append(((statements.whereabouts(citizen, person.also, sheet), True),))
    if citizen.deceased_at and citizen.status != "deceased":
        told.append(((_("! A day of death is stated: ask."), True),))
    if citizen.protected_name or citizen.protected_address:
        told.append(((_("PROTECTED IDENTITY"), True),))
    return told


def lives(person: Ours, sheet: Sheet, *, unit: bool) -> list[tuple[Span, ...]]:
    """Where she lives, and by which telephone; her `unit` too, where the list is of several."""
    citizen, _ = person.citizen, sheet.language.text
    if citizen.protected_address and not sheet.car and not (citizen.address or citizen.city or citizen.room):
        home = _("protected address: not on this list")
    else:
        home = wording.address(citizen, sheet) or _("address not delivered")
    phone = _("tel. {phone}").format(phone=citizen.phone) if citizen.phone else None
    placed = (person.unit or _("No unit stated")) if unit else None
    return [((text, False),) for text in (home, phone, placed) if text]


def coming(person: Ours, tonight: Tonight, sheet: Sheet) -> list[tuple[Span, ...]]:
    """Her routes on this shift, and when her visits of the next day begin."""
    _ = sheet.language.text
    told: list[tuple[Span, ...]] = [((route, False),) for route in person.routes]
    if "visit" in tonight.lacking:
        return [*told, ((_("visits not delivered"), False),)]
    begins = [start for start in person.visits if start >= wall(sheet.now)]
    if not begins:
        return [*told, ((_("none in the data for the next 24 h"), False),)]
    return [*told, ((", ".join(_begin(start, sheet) for start in begins), True),)]


def _begin(start: str, sheet: Sheet) -> str:
    exact = moments.instant(start, wording.zone(sheet))
    if exact is None:
        return start
    clock = sheet.language.clock(exact)
    return clock if exact.date() == sheet.now.date() else f"{wording.weekday(exact, sheet.language)} {clock}"


def cave(person: Ours, sheet: Sheet) -> list[tuple[Span, ...]]:
    """What must not be given, or which of the kinds of nothing there is; then the kinds of her other warnings."""
    _ = sheet.language.text
    others = [kind for kind in wording.ALERT_KIND if kind in person.alerts and kind not in _ALLERGY]
    if person.allergies:
        if sheet.car:
            return [((_("! Ask the office"), True),)]
        told: list[tuple[Span, ...]] = [
            ((_("CAVE: {texts}").format(texts=allergy(alert, sheet)), True),) for alert in person.allergies
        ]
        if person.more_allergies:
            more = sheet.language.count(
                "+ {n} more CAVE: see her own pages", "+ {n} more CAVE: see her own pages", person.more_allergies
            )
            told.append(((more, True),))
    else:
        if not person.alerts_known:
            nothing = _("not delivered")
        else:
            nothing = _("none known") if "no-known-allergy" in person.alerts else _("nothing recorded")
        told = [((_("CAVE: {texts}").format(texts=nothing), False),)]
    if others and sheet.car:
        return [((_("! Ask the office"), True),)]
    return [*told, *(((_(wording.ALERT_KIND[kind]), True),) for kind in others)]


def life_critical(person: Ours, tonight: Tonight, sheet: Sheet) -> list[tuple[Span, ...]]:
    """That she is life-critical, and by which rules; nothing of it in a car."""
    if not person.matches or sheet.car:
        return []
    labels = rulewords.labels(tonight, sheet.language)
    rules = ", ".join(labels[match.rule] for match in person.matches if not match.withheld)
    return [((wording.joined((sheet.language.text("LIFE-CRITICAL"), rules), ": "), True),)]


def seen(sheet: Sheet) -> Cell:
    """A box to tick, with the time and who it was."""
    _ = sheet.language.text
    return Cell((((_("Seen"), False),), ((_("Time, initials:"), False),)), BODY, ticks=1)


def by_place(people: Iterable[Ours]) -> Mapping[str, list[Ours]]:
    """Those who are ours still by where they are, in the order in which the places are counted."""
    placed: dict[str, list[Ours]] = {where: [] for where in HERE}
    for person in people:
        if not person.gone:
            placed[person.where].append(person)
    return placed
