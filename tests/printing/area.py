"""Documents about many citizens at once: made-up people on a shift, an overview, and what has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from backupreader.domain.changes import Change, Changes, How, Reason, Uncompared
from backupreader.domain.dosage import Standing
from backupreader.domain.lifecritical import Hit, Match, Rulebook, RuleHead
from backupreader.domain.overview import CARERS, Column, Page, Placed
from backupreader.domain.records import Alert, Citizen, Delivery, Dose, Identifier, Medication, Origin, Visit
from backupreader.domain.shiftlists import AWAY, Stop
from backupreader.domain.shifts import shift_at
from backupreader.domain.tonight import Ours, Tonight
from printing.document import Subject
from printing.documents import document

ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZONE)
TAKEN = "2026-11-22T05:30:00+01:00"
FORMER = "2026-11-21T17:30:00+01:00"
HERE = Origin("made-up.csv", 1)


def delivery(table: str, source: str = "Nexus", *, complete: bool | None = True) -> Delivery:
    return Delivery(source=source, table=table, taken_at=TAKEN, complete=complete, read=1, filed=1, refused=0)


def subject(name: str, made, which: str = "ordinary") -> Subject:
    """What a document is made of, whatever it is about."""
    match document(name).about:
        case "route":
            return Subject(driving_list=made.rounds)
        case "tonight":
            return Subject(tonight=tonight())
        case "overview":
            return Subject(overview=overview())
        case "changes":
            return Subject(changes=changes())
        case "citizen":
            return Subject(journal=getattr(made, which))
        case _:
            return Subject()


def whose(name: str, of: Subject) -> str:
    """What stands in large letters at the head of each page."""
    if of.journal is not None:
        return of.journal.citizen.name.split("-")[0]
    return of.driving_list.route if of.driving_list is not None else ""


# --- who is ours ---


def citizen(number: int, name: str | None = None, **facts: object) -> Citizen:
    return Citizen(
        id=f"Nexus:{number}",
        name=name or f"Borger {number} Sørensen",
        origin=HERE,
        **{
            "birth_date": f"19{30 + number % 60}-03-14",
            "identifiers": (Identifier("cpr", f"740338{1000 + number}"),),
            "address": f"Skovvej {number}, st. th",
            "city": "Sandby",
            "phone": "70 10 20 30",
            "unit": "u1",
            "status": "home",
            **facts,
        },
    )


def ours(who: Citizen, **facts: object) -> Ours:
    return Ours(citizen=who, ids=(who.id,), **{"unit": "Team Nord", **facts})


def allergy(who: Citizen, text: str = "Penicillin") -> Alert:
    return Alert(id=f"{who.id}-a", citizen=who.id, kind="allergy", text=text, reaction="udslæt", origin=HERE)


def hit(rule: str, text: str, **facts: object) -> Hit:
    return Hit(rule=rule, clause=0, record=f"Nexus:{text}", text=text, **{"table": "medication", **facts})


BOOK = Rulebook(
    owner="Sundhed og Omsorg, Sandby",
    version="3",
    approved="2026-01-10",
    revise_by="2026-06-30",
    example=False,
    rules=(
        RuleHead(
            id="insulin", labels={"da": "Insulin", "sv": "Insulin", "en": "Insulin"}, clauses=1, tables=("medication",)
        ),
        RuleHead(
            id="oxygen", labels={"da": "Ilt", "sv": "Syrgas", "en": "Oxygen"}, clauses=1, tables=("condition", "visit")
        ),
    ),
)


def tonight(**facts: object) -> Tonight:
    """Eight citizens, each of her own kind."""
    people = [citizen(number) for number in range(1, 9)]
    people[1] = replace(people[1], status="hospital", status_since="2026-11-20")
    people[2] = replace(people[2], name=people[0].name, room="12")
    people[3] = replace(people[3], protected_address=True, address=None, city=None, phone=None)
    people[4] = replace(people[4], status="unknown", status_source="AFV-7")
    people[5] = replace(people[5], status="deceased", deceased_at="2026-11-19")
    insulin = Match(rule="insulin", hits=((hit("insulin", "NovoRapid 100 E/ml", status="active"), Standing.CURRENT),))
    oxygen = Match(
        rule="oxygen",
        hits=((hit("oxygen", "KOL", table="condition", matched="ilt 2 l/min", status="active"), Standing.CURRENT),),
    )
    ones = (
        ours(
            people[0],
            allergies=(allergy(people[0]),),
            more_allergies=2,
            alerts=frozenset({"allergy", "infection"}),
            visits=("2026-11-22T07:00", "2026-11-22T09:00", "2026-11-22T18:15", "2026-11-23T07:30"),
            routes=("Nord dag",),
            matches=(insulin, oxygen),
        ),
        ours(people[1], alerts=frozenset({"no-known-allergy"})),
        ours(people[2], alerts_known=False, visits=("2026-11-22T10:00",), routes=("Nord dag",)),
        ours(people[3], matches=(Match(rule="", hits=(), withheld=True),)),
        ours(people[4], unit="Team Syd", alerts=frozenset({"fall"})),
        ours(people[5], matches=(insulin,)),
        ours(people[6]),
        ours(people[7], unit=""),
    )
    return Tonight(
        **{
            "at": NOW,
            "shift": shift_at(NOW),
            "people": ones,
            "rulebook": BOOK,
            "deliveries": (delivery("citizen"), delivery("visit", "Ruteplan")),
            **facts,
        }
    )


# --- the overview ---


def placed(number: int, minutes: int, **facts: object) -> Placed:
    """A visit of the day shift so many minutes after it begins."""
    begins = shift_at(NOW).begins + timedelta(minutes=minutes)
    ends = begins + timedelta(minutes=15)
    whom = facts.pop("whom", citizen(number))
    visit = Visit(
        id=f"Ruteplan:{number}.{minutes}",
        start=begins.strftime("%Y-%m-%dT%H:%M"),
        end=ends.strftime("%Y-%m-%dT%H:%M"),
        zone="Europe/Copenhagen",
        origin=HERE,
        citizen=whom.id if whom is not None else None,
        route="Nord dag",
        **{"title": "Morgenpleje", "minutes": 15, "staff": "Ali B.", **facts},
    )
    stop = Stop(
        row=number,
        begins=begins,
        ends=ends,
        citizen=visit.citizen,
        units=("u1",),
        route="Nord dag",
        staff=visit.staff,
        second_staff=visit.second_staff,
        staff_needed=visit.staff_needed,
        status=visit.status,
        time_critical=visit.time_critical,
        minutes=visit.minutes,
        away=whom is not None and whom.status in AWAY,
    )
    return Placed(stop, visit, whom)


def overview(carers: int = 8, visits: int = 40, **facts: object) -> Page:
    """The first page of a shift with so many carers, who share its visits; and two visits that nobody has."""
    names = [f"Medarbejder {number:02}" for number in range(1, carers + 1)][:CARERS]
    columns = [
        Column("", (placed(900, 30, staff=None), placed(901, 200, staff=None, title=None, tasks="Insulin", whom=None)))
    ]
    for place, name in enumerate(names):
        own = range(place, visits, max(1, len(names)))
        columns.append(
            Column(
                name,
                tuple(
                    placed(
                        number,
                        number // max(1, len(names)) * 25,
                        staff=name,
                        second_staff="Bo C." if number % 9 == 0 else None,
                        time_critical=number % 7 == 0,
                        status="cancelled" if number == 11 else "planned",
                        cancel_reason="indlagt" if number == 11 else None,
                        whom=citizen(number, status="hospital" if number == 3 else "home"),
                    )
                    for number in own
                ),
            )
        )
    return Page(
        **{
            "shift": shift_at(NOW),
            "number": 0,
            "pages": -(-carers // CARERS) or 1,
            "carers": carers,
            "columns": tuple(columns),
            "others": 3,
            "deliveries": (delivery("visit", "Ruteplan"),),
            **facts,
        }
    )


# --- what has changed ---


def order(number: int, drug: str, **facts: object) -> Medication:
    return Medication(id=f"Nexus:m{number}", citizen="Nexus:1", drug=drug, origin=HERE, **facts)


def dose(quantity: str) -> Dose:
    return Dose(
        id="d", medication="Nexus:m2", citizen="Nexus:1", origin=HERE, time="08:00", quantity=quantity, unit="tablet"
    )


def changed(how: How, before, after, **facts: object) -> Change:
    return Change(
        how=how,
        before=before,
        after=after,
        **{"name": "Borger 1 Sørensen", "citizen": "Nexus:1", "unit": "Team Nord", **facts},
    )


def changes(**facts: object) -> Changes:
    visit = Visit(
        id="Nexus:v1",
        start="2026-11-22T09:00",
        zone="Europe/Copenhagen",
        origin=HERE,
        citizen="Nexus:1",
        route="Nord dag",
        title="Insulin",
    )
    marevan = order(2, "Marevan", strength="2,5 mg", dosage_text="1 tablet")
    items = (
        changed(How.NEW, None, order(1, "Penicillin V", strength="1 MIE", form="tabletter")),
        changed(
            How.CHANGED,
            marevan,
            replace(marevan, dosage_text="1½ tablet kl. 8"),
            fields=("dosage_text", "doses"),
            doses_before=(dose("1"),),
            doses_after=(dose("1.5"),),
        ),
        changed(How.STOPPED, order(3, "Furix"), order(3, "Furix", status="stopped"), fields=("status",)),
        changed(How.GONE, order(4, "Kaleorid"), None),
        changed(How.MAYBE_NEW, None, order(5, "Movicol")),
        changed(How.MISSED, order(6, "Eliquis"), None),
        changed(How.NEW, None, citizen(7), name="Borger 7 Sørensen", citizen="Nexus:7", unit="Team Syd"),
        changed(
            How.ENDED,
            citizen(8),
            citizen(8, status="ended"),
            fields=("status",),
            name="Borger 8 Sørensen",
            citizen="Nexus:8",
        ),
        changed(How.MOVED, visit, replace(visit, start="2026-11-22T11:30"), fields=("start",)),
    )
    return Changes(
        **{
            "former": "1-41",
            "taken_at": FORMER,
            "items": items,
            "marks": {("visit", "Nexus:v1"): How.MOVED},
            "since": {("medication", "Nexus"): FORMER, ("visit", "Nexus"): "2026-11-21T16:00:00+01:00"},
            "uncompared": (Uncompared("alert", "FMK", Reason.NOT_NOW),),
            "others": 4,
            "private": 1,
            "protected": 1,
            "more": {"visit": 12},
            "deliveries": (delivery("medication"), delivery("visit")),
            **facts,
        }
    )
