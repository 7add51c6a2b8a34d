"""A made-up plan, an ordinary and a cruel one, and an outage by it: for the papers of the plan."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from backupreader.domain.acts import Act, Actor
from backupreader.domain.ledger import Job, Part, Step, Taken, fold
from backupreader.domain.outage.clocks import clocks
from backupreader.domain.outage.event import Entry, Event
from backupreader.domain.outage.fold import event
from backupreader.domain.outage.handover import to_tell
from backupreader.domain.papers import ReportLine
from backupreader.domain.plan.about import About
from backupreader.domain.plan.contacts import Calendar, Calling, Contact, Hours, Role, System
from backupreader.domain.plan.duties import Act as PlanAct
from backupreader.domain.plan.duties import Duty, Window
from backupreader.domain.plan.guidance import (
    Card,
    Guide,
    Outcome,
    Partner,
    PartnerList,
    Question,
    Room,
    Template,
)
from backupreader.domain.plan.plan import Plan, Supplement
from backupreader.domain.planpapers import (
    ActionCard,
    DoorNotice,
    FaultGuide,
    HandOver,
    OutageReport,
    PartnerSheet,
    PhoneList,
    PlanCard,
    PlanText,
    UnitTally,
)
from backupreader.domain.review import readings
from backupreader.domain.sheetlists import report
from backupreader.domain.sheetrules import SheetRules
from backupreader.domain.sheets import Numbers
from backupreader.domain.shifts import USUAL

NOW = datetime(2026, 11, 30, 9, 14, tzinfo=ZoneInfo("Europe/Copenhagen"))
ABOUT = About(
    title="Nødplan for omsorgssystemet", owner="Afdelingschef Inger Holm", version="2.1", editor="Per Lund",
    approved=date(2026, 1, 10), updated=date(2026, 2, 1), revise_by=date(2027, 1, 10),
)  # fmt: skip
OFFICE = Contact(
    id="it", label="IT-afsnit", number="99 31 70 01", hours=(Hours((1, 2, 3, 5), 480, 900), Hours((4,), 480, 1020)),
    holidays="closed", tree=("1", "153#"), say=("Kommune 153", "hvilke enheder er ramt"), give="99 31 71 00",
    call_for=("hele enheden er nede",), not_for=("glemt adgangskode",), maintainer="Per Lund", checked=date(2026, 2, 1),
)  # fmt: skip
WATCH = Contact(
    id="watch", label="Vagtcentralen", number="99 31 72 07", mail="vagt@sandby.example", may_call=("nurse",)
)
SUPPLIER = Contact(
    id="locks", label="Låseleverandøren", number="70 20 30 40", hours=(Hours((1, 2, 3, 4, 5, 6, 7), 360, 1380),),
    holidays="sunday", note="Oplys altid adresse.",
)  # fmt: skip
GUIDE = Guide(
    id="journal", label="Journalen svarer ikke", systems=("journal",),
    questions=(
        Question(id="colleague", ask="Virker det hos en kollega?", how="Spørg på nabogangen.", yes="own", no="other"),
        Question(id="other", ask="Virker det i en anden enhed?", yes="unit", no="all"),
    ),
    outcomes=(
        Outcome(id="own", reach="none", say="Det er din egen adgang. Genstart, og prøv igen."),
        Outcome(id="unit", reach="local", say="Ring, og sig hvilken enhed.", contact="it"),
        Outcome(id="all", reach="global", say="Hele kommunen er ramt. Kald nødplanen."),
    ),
)  # fmt: skip
CARD = Card(
    id="down", about=About(title="Journalen er nede", owner="Inger Holm", version="3", revise_by=date(2026, 6, 1)),
    role="nurse", systems=("journal",), condition="Journalen ikke kan åbnes på mindst to enheder.", contact="watch",
    steps=("Gå til backup-pc'en.", "Print medicinlister for enheden.", "Ring til Vagtcentralen hver time."),
)  # fmt: skip
OTHER_CARD = Card(id="locks", about=About(title="Låse åbner ikke", owner="Inger Holm", example=True), systems=("locks",),
                  steps=("Find nøglen.",))  # fmt: skip
DOOR = Template(
    id="door", label="Opslag på døren", use="door",
    text="Systemet er nede\nsiden {since}.\n\n{systems}\n\nRing {contact}\n{number}\n\nNr. {outage}",
)  # fmt: skip
TEXT = Template(
    id="citizens", label="Til borgerne", use="citizens",
    text="Vi kommer som aftalt.\n\nVores system er nede siden {since}. Spørg {contact}, {number}.",
)  # fmt: skip
PARTNERS = PartnerList(
    id="outside", label="Samarbejdspartnere", role="lead", template="citizens",
    partners=(
        Partner(id="hospital", label="Sygehuset", number="97 11 22 33", note="Akutmodtagelsen"),
        Partner(id="doctors", label="Lægerne", mail="laeger@sandby.example"),
    ),
)  # fmt: skip
PLAN = Plan(
    about=ABOUT,
    calendar=Calendar(country="DK", also=((12, 24),)),
    roles=(Role(id="nurse", label="Sygeplejerske"), Role(id="lead", label="Lokal leder")),
    systems=(System(id="journal", label="Omsorgsjournalen"), System(id="locks", label="Elektroniske låse")),
    contacts=(OFFICE, WATCH, SUPPLIER),
    callings=(Calling(order=("locks", "watch"), systems=("locks",)), Calling(order=("it", "watch"))),
    guides=(GUIDE,),
    cards=(CARD, OTHER_CARD),
    acts=(PlanAct(id="keys", label="Nøgler hentet på telefonerne"),),
    duties=(
        Duty(id="region", label="Ring til regionen", when="after", minutes=120, warn=30, role="lead", contact="watch",
             say="Sig hvilke systemer."),
        Duty(id="keys", label="Telefonerne lukker ikke længere op", when="since", act="keys", minutes=480),
        Duty(id="try", label="Prøv igen", when="every", minutes=15),
        Duty(id="up", label="Meld til regionen at det virker", when="end", follows="region", contact="watch"),
    ),
    windows=(Window(id="update", label="Opdatering", week=1, day=2, begins=1200, ends=1320, systems=("journal",),
                    say="Print aftenens lister før."),),
    templates=(DOOR, TEXT),
    partners=(PARTNERS,),
    units=("Team Nord", "Team Syd", "Solgården"),
    room=Room(where="Solgården, kopirummet", key="Sygeplejersken i beredskab", holds=("lygte", "papir"), contact="watch"),
    supplements=(
        Supplement(
            unit="Team Nord", about=About(title="Tillæg for Team Nord", owner="Ane Bro", revise_by=date(2027, 3, 1)),
            contacts=(Contact(id="ane", label="Ane Bro", number="22 33 44 55", hours=(Hours((1,), 420, 480),)),),
            callings=(Calling(order=("ane", "it", "watch")),), room=Room(where="Team Nord, vagtstuen"),
        ),
    ),
)  # fmt: skip


def log(text: str = "") -> tuple[Entry, ...]:
    """An outage of three hours, with a mistake in it. `text` stands for all that people wrote, where it is said."""
    began = NOW - timedelta(hours=3)

    def entry(number: int, minutes: int, kind: str, **facts: str) -> Entry:
        at = began + timedelta(minutes=minutes)
        said = {name: text if text and name in {"who", "words"} else value for name, value in facts.items()}
        written = at + timedelta(minutes=2)
        return Entry(number=number, at=at, written=written, by=text or "Mette Lund", kind=kind, **said)

    return (
        entry(1, 0, "declared", who="Hanne Bæk", what="journal locks", words="Ingen kan åbne journalen"),
        entry(2, 5, "reach", what="global"),
        entry(3, 6, "guide", what="journal", detail="all"),
        entry(4, 10, "call", what="it", detail="no-answer", words="Optaget"),
        entry(5, 12, "call", what="watch", detail="answered", who="Bo Friis", words="De undersøger det"),
        entry(6, 20, "decision", who="Hanne Bæk", words="Vi kører efter papir"),
        entry(7, 25, "act", what="keys", who="Team Nord"),
        entry(8, 30, "unit", what="Team Nord", detail="down"),
        entry(9, 31, "unit", what="Solgården", detail="down"),
        entry(10, 32, "withdrawn", what="9", words="Forkert enhed"),
        entry(11, 40, "unit", what="Team Syd", detail="up"),
        entry(12, 60, "partner", what="hospital", who="Vagthavende"),
        entry(13, 130, "done", what="region", who="Hanne Bæk"),
        entry(14, 140, "note", words="Strømmen blinkede"),
        entry(15, 150, "owner", who="Ole Holm"),
    )


def outage(text: str = "", *, ended: bool = False, whole: bool = True) -> Event:
    """The outage as it stands."""
    entries = log(text)
    if ended:
        entries += (Entry(number=16, at=NOW, written=NOW, by=text or "Ole Holm", kind="ended"),)
    return event("2026-003", NOW - timedelta(hours=3), text or "Mette Lund", entries, whole=whole)


def sheets(citizen: str = "c1") -> object:
    """Four sheets: one entered, the others out."""
    printed = Job(numbers=Numbers("K7Q", 483_921), parts=(Part("medicine-sheet", citizen, None, 4),), at=NOW, by="Bo",
                  outage="2026-003", to="Ward")  # fmt: skip
    step = Step(name="entered", at=NOW, kept=NOW, by="Bo")
    return report(fold([printed, Taken((printed.numbers.at(0),), step)]), "2026-003", SheetRules())


def lines(name: str = "Mette Lund") -> tuple[ReportLine, ...]:
    """Who opened the PC."""
    mette, bo = Actor(name=name, role="SSA", units=("Team Nord",), reason="outage"), Actor(name="Bo", via="event-code")
    at = datetime(2026, 11, 30, 5, 20, tzinfo=UTC)
    acts = (
        Act(kind="unlock", at=at, actor=mette), Act(kind="view", at=at, actor=mette, citizens=("c1", "c2")),
        Act(kind="printed", at=at + timedelta(hours=1), actor=mette, pages=7), Act(kind="unlock-refused", at=at, actor=bo),
        Act(kind="unlock", at=at, actor=bo),
    )  # fmt: skip
    return tuple(ReportLine(number, act) for number, act in enumerate(acts, start=1))


WHERE = {"pc": "PC-NORD-2", "site": "Sandby Nord"}


def hand_over(
    kind: type[HandOver] = HandOver, plan: Plan = PLAN, found: Event | None = None, **facts: object
) -> HandOver:
    """The sheet, or the report, of an outage by a plan."""
    event_ = outage() if found is None else found
    known = WHERE | {
        "plan": plan, "event": event_, "clocks": clocks(plan, event_, NOW, USUAL), "sheets": sheets(),
        "to_tell": to_tell(plan, event_), "made_at": NOW, "made_by": "Ole Holm",
    }  # fmt: skip
    return kind(**{**known, **facts})


def outage_report(plan: Plan = PLAN, found: Event | None = None, **facts: object) -> HandOver:
    """The report, with who opened the PC."""
    return hand_over(
        OutageReport, plan, outage(ended=True) if found is None else found, **{"readers": readings(lines()), **facts}
    )


ORDINARY = {
    "plan-card": PlanCard(**WHERE, plan=PLAN),
    "phone-list": PhoneList(**WHERE, plan=PLAN),
    "action-card": ActionCard(**WHERE, plan=PLAN, card=CARD),
    "fault-guide": FaultGuide(**WHERE, plan=PLAN, guide=GUIDE),
    "door-notice": DoorNotice(**WHERE, plan=PLAN, template=DOOR, event=outage()),
    "plan-text": PlanText(**WHERE, plan=PLAN, template=TEXT),
    "partner-list": PartnerSheet(**WHERE, plan=PLAN, partners=PARTNERS, event=outage()),
    "unit-tally": UnitTally(**WHERE, plan=PLAN, event=outage()),
    "hand-over": hand_over(),
    "outage-report": outage_report(),
}


def cruel_plan(text: str, many: int = 300) -> Plan:
    """Everything of a plan at its worst: `text` in every place, and many of each thing."""
    about = About(
        title=text, owner=text, version=text, editor=text, approved=date(2020, 1, 1), updated=date(2020, 1, 1),
        revise_by=date(2021, 1, 1), example=True,
    )  # fmt: skip
    hours = tuple(Hours((1, 3, 5), start * 60, start * 60 + 30) for start in range(24))
    contacts = tuple(
        Contact(
            id=f"c{number}", label=f"k{number} {text}", number="+45 (99) 31-70/0" + f"{number:03d}", mail=text, role="r",
            hours=hours if number % 3 == 0 else (), holidays=("closed", "open", "sunday", "")[number % 4],
            tree=(text, "9#"), say=(text,) * 3, give="12345678", call_for=(text,) * 2, not_for=(text,) * 2,
            may_call=("r",), maintainer=text, checked=date(2020, 1, 1), note=text,
        )
        for number in range(many)
    )  # fmt: skip
    partners = tuple(Partner(id=f"p{n}", label=f"q{n} {text}", number="123", mail=text, note=text) for n in range(many))
    return Plan(
        about=about,
        calendar=Calendar(country="DK"),
        roles=(Role(id="r", label=text),),
        systems=(System(id="s", label=text),),
        contacts=contacts,
        callings=(
            Calling(order=tuple(one.id for one in reversed(contacts[:9])), systems=("s",), reaches=("national",)),
            Calling(order=("c0", "c3", "c6"), nobody=text),
        ),
        guides=(cruel_guide(text, many),),
        cards=(cruel_card(text, many),) * 3,
        acts=(PlanAct(id="keys", label=text),),
        duties=tuple(Duty(id=f"d{n}", label=f"u{n} {text}", when="after", minutes=n, role="r", contact="c1", say=text)
                     for n in range(many)),
        windows=(Window(id="w", label=text, week=1, day=2, begins=0, ends=1440, systems=("s",), say=text),),
        templates=(cruel_template(text),),
        partners=(PartnerList(id="l", label=text, partners=partners, role="r", template="t"),),
        units=tuple(f"e{n} {text}" for n in range(many)),
        room=Room(where=text, key=text, holds=(text, text), contact="c1"),
    )  # fmt: skip


def cruel_card(text: str, steps: int = 40) -> Card:
    """A card of many long steps."""
    about = About(title=text, owner=text, version=text, editor=text)
    return Card(id="card", about=about, steps=tuple(f"t{n} {text}" for n in range(steps)), role="r", systems=("s",) * 3,
                condition=text)  # fmt: skip


def cruel_guide(text: str, count: int = 60) -> Guide:
    """A guide of many long questions, each with an end of its own."""
    questions = tuple(
        Question(id=f"q{n}", ask=f"a{n} {text}", how=text, yes=f"q{n + 1}" if n + 1 < count else "o0", no=f"o{n}")
        for n in range(count)
    )
    outcomes = tuple(
        Outcome(id=f"o{n}", reach=("local", "global", "national", "none")[n % 4], say=f"z{n} {text}", contact="c1" if n % 2 else "")
        for n in range(count)
    )  # fmt: skip
    return Guide(id="g", label=text, questions=questions, outcomes=outcomes, systems=("s",))


def cruel_template(text: str) -> Template:
    """A long template with every open place, twice."""
    places = "{outage} {systems} {since} {number} {contact} {nothing}"
    return Template(id="t", label=text, use="door", text=f"{text}\n\n{places}\n{text}\n\n{places}\n{text * 3}")


def cruel(text: str, many: int = 6) -> dict[str, object]:
    """Each paper at its worst, with so many of each thing."""
    plan, found = cruel_plan(text, many), outage(text, ended=True, whole=False)
    return {
        "plan-card": PlanCard(pc=text, site=text, plan=plan, unit=text),
        "phone-list": PhoneList(pc=text, site=text, plan=plan, unit=text),
        "action-card": ActionCard(pc=text, site=text, plan=plan, card=cruel_card(text, many)),
        "fault-guide": FaultGuide(pc=text, site=text, plan=plan, guide=cruel_guide(text, many)),
        "door-notice": DoorNotice(pc=text, site=text, plan=plan, template=cruel_template(text), event=found),
        "plan-text": PlanText(pc=text, site=text, plan=plan, template=cruel_template(text)),
        "partner-list": PartnerSheet(pc=text, site=text, plan=plan, partners=plan.partners[0], event=found),
        "unit-tally": UnitTally(pc=text, site=text, plan=plan, event=found),
        "hand-over": hand_over(HandOver, plan, found, pc=text, site=text, made_by=text),
        "outage-report": outage_report(
            plan, found, pc=text, site=text, made_by=text, readers=readings(lines(text)), closed=3
        ),
    }
