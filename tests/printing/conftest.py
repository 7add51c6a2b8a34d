"""Made-up citizens, built from the records themselves: an ordinary one, a cruel one, and one of whom nothing is known."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from backupreader.domain.journal import Journal, Order, Presence, Section
from backupreader.domain.records import (
    Access,
    Administration,
    Alert,
    Citizen,
    Condition,
    Contact,
    Delivery,
    Dose,
    Identifier,
    Intervention,
    Measurement,
    Medication,
    Note,
    Origin,
    Unit,
    Visit,
)
from backupreader.domain.rounds import DrivingList
from backupreader.language import Language
from printing.document import Sheet, Subject

ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZONE)
TODAY = NOW.date()
TAKEN = "2026-11-22T05:30:00+01:00"
HERE = Origin("made-up.csv", 1)
WHO = "c1"


@dataclass(frozen=True)
class Made:
    """Everything that the tests of this folder build with."""

    sheet: Sheet
    ordinary: Journal
    cruel: Journal
    nothing: Journal
    undelivered: Journal
    rounds: DrivingList

    def subject(self, journal: Journal) -> Subject:
        return Subject(journal=journal)

    def section(
        self, *items, table: str = "note", presence: Presence | None = None, total: int | None = None
    ) -> Section:
        return section(*items, table=table, presence=presence, total=total)

    def order(self, number: int, drug: str, *doses: dict[str, object], **facts: object) -> Order:
        return order(number, drug, *doses, **facts)

    def note(self, text: str, number: int = 1, **facts: object) -> Note:
        return Note(id=f"n{number}", citizen=WHO, text=text, origin=HERE, **{"written_at": "2026-11-21T21:40", **facts})


def delivery(table: str, *, complete: bool | None = True, source: str = "Nexus", taken: str = TAKEN) -> Delivery:
    return Delivery(source=source, table=table, taken_at=taken, complete=complete, read=1, filed=1, refused=0)


def section(*items, table: str, presence: Presence | None = None, total: int | None = None) -> Section:
    stated = presence or (Presence.VALUE if items else Presence.NOTHING_RECORDED)
    deliveries = () if stated in {Presence.NOT_DELIVERED, Presence.LEFT_OUT} else (delivery(table),)
    return Section(tuple(items), stated, deliveries, len(items) if total is None else total)


def order(number: int, drug: str, *doses: dict[str, object], given: tuple[str, ...] = (), **facts: object) -> Order:
    medication = Medication(
        id=f"m{number}", citizen=WHO, drug=drug, origin=HERE, **{"kind": "fixed", "start": "2026-01-01", **facts}
    )
    return Order(
        medication=medication,
        doses=tuple(
            Dose(
                id=f"d{number}.{place}", medication=medication.id, citizen=WHO, origin=HERE, **{"every_days": 1, **dose}
            )
            for place, dose in enumerate(doses)
        ),
        administrations=tuple(
            Administration(
                id=f"a{number}.{place}",
                citizen=WHO,
                origin=HERE,
                medication=medication.id,
                drug=drug,
                given_at=moment,
                planned_at=moment,
                status="given",
                quantity="1",
                unit="kapsel",
                by="NN",
            )
            for place, moment in enumerate(given)
        ),
    )


def sheet(code: str = "da", **facts: object) -> Sheet:
    return Sheet(
        language=Language(code),
        now=NOW,
        day=TODAY,
        site="sandby-nord",
        printed_by="Mette Lund, SSA",
        generation="1-42",
        **facts,
    )


def at(*clocks: str, quantity: str = "1", unit: str = "tablet", **facts: object) -> list[dict[str, object]]:
    return [{"time": clock, "quantity": quantity, "unit": unit, **facts} for clock in clocks]


CITIZEN = Citizen(
    id=WHO,
    name="Kirsten Møller",
    given="Kirsten",
    family="Møller",
    birth_date="1938-03-14",
    sex="female",
    origin=HERE,
    identifiers=(Identifier("cpr", "7403381234"),),
    address="Skovvej 4, 2. tv",
    postal_code="9999",
    city="Sandby",
    phone="70 10 20 30",
    unit="u1",
    status="home",
    status_since="2026-10-02",
    marital_status="enke",
    language="dansk",
    interpreter=False,
)
UNIT = Unit(id="u1", name="Team Nord", origin=HERE, phone="99 31 00 00")

ORDERS = (
    order(
        1,
        "Marevan",
        *at("08:00", quantity="1.5"),
        strength="2,5 mg",
        form="tabletter",
        route="oral",
        indication="mod blodprop",
        dosage_text="1½ tablet kl. 8",
        prescriber="Lars Holm, egen læge",
        remark="INR kontrol 24/11",
        atc="B01AA03",
    ),
    order(
        2,
        "Pinex",
        *at("08:00", "12:00", "18:00", "22:00", quantity="2"),
        strength="500 mg",
        form="tabletter",
        route="oral",
        indication="mod smerter",
        dosage_text="2 tabletter 4 gange daglig",
    ),
    order(
        3,
        "Furix",
        *at("08:00"),
        strength="40 mg",
        form="tabletter",
        indication="mod vand i kroppen",
        status="stopped",
        end="2026-11-21",
        stop_reason="lavt kalium",
    ),
    order(
        4,
        "Eliquis",
        *at("08:00", "20:00"),
        strength="5 mg",
        form="tabletter",
        indication="mod blodprop",
        paused_from="2026-11-20",
        paused_to="2026-11-23",
        status="paused",
    ),
    order(
        5,
        "Oxynorm",
        {
            "quantity": "1",
            "unit": "kapsel",
            "prn": True,
            "max_per_day": "4",
            "min_interval": "4 timer",
            "every_days": None,
        },
        strength="5 mg",
        form="kapsler",
        kind="prn",
        indication="mod stærke smerter",
        given=("2026-11-21T22:10", "2026-11-20T13:05"),
    ),
    order(
        6,
        "NovoRapid",
        {"slot": "morning", "quantity": "12", "unit": "IE"},
        {"slot": "evening", "quantity": "8", "unit": "IE"},
        strength="100 E/ml",
        form="injektionsvæske",
        route="subkutan",
        indication="mod sukkersyge",
        atc="A10AB05",
        instruction="Mål blodsukker først. Stik på maven.",
    ),
    order(
        7,
        "Norspan",
        {"quantity": "1", "unit": "plaster", "time": "09:00", "weekdays": "27", "every_days": None},
        strength="10 mikrogram/time",
        form="depotplaster",
        indication="mod smerter",
        instruction="Skift sted hver gang",
    ),
    order(
        8,
        "Movicol",
        {"quantity": "1", "unit": "brev", "times_per_day": 3},
        form="pulver",
        indication="mod forstoppelse",
    ),
    order(
        9,
        "Penicillin V",
        *at("08:00", "14:00", "22:00"),
        strength="1 MIE",
        start="2026-11-18",
        end="2026-11-23T14:00",
        indication="mod infektion",
    ),
    order(10, "Dexamethason", dosage_text="Nedtrappes efter aftale, se notat <a> & b", kind="unknown"),
    order(11, "Kaleorid", *at("08:00", "20:00"), strength="750 mg", status="unknown", status_source="Bombombom"),
)

ORDINARY = Journal(
    citizen=CITIZEN,
    unit=UNIT,
    namesakes=(replace(CITIZEN, id="c2", birth_date="1951-02-02"),),
    alerts=section(
        Alert(
            id="al1",
            citizen=WHO,
            kind="allergy",
            text="Penicillin",
            reaction="udslæt",
            severity="moderat",
            origin=HERE,
            recorded_at="2019-04-02",
        ),
        Alert(
            id="al2",
            citizen=WHO,
            kind="treatment-limit",
            text="Ingen genoplivning ved hjertestop",
            origin=HERE,
            recorded_at="2026-09-12",
            recorded_by="Lars Holm, egen læge",
        ),
        Alert(id="al3", citizen=WHO, kind="infection", text="MRSA, bærer", origin=HERE, recorded_at="2025-01-10"),
        Alert(id="al4", citizen=WHO, kind="fall", text="Faldrisiko: rollator altid inden for rækkevidde", origin=HERE),
        table="alert",
    ),
    contacts=section(
        Contact(
            id="k1",
            citizen=WHO,
            name="Hanne Møller",
            relation="datter",
            phone="20 30 40 50",
            priority=1,
            ring_at_night=True,
            kind="relative",
            has_key=True,
            origin=HERE,
        ),
        Contact(
            id="k2",
            citizen=WHO,
            name="Bent Møller",
            relation="søn",
            phone="20 30 40 51",
            priority=2,
            ring_at_night=False,
            kind="relative",
            origin=HERE,
        ),
        Contact(
            id="k3",
            citizen=WHO,
            name="Lars Holm",
            relation="egen læge",
            phone="98 10 20 30",
            kind="gp",
            origin=HERE,
            note="Lægehuset Sandby",
        ),
        Contact(id="k4", citizen=WHO, name="Sandby Apotek", phone="98 10 20 99", kind="pharmacy", origin=HERE),
        table="contact",
    ),
    access=section(
        Access(
            id="x1", citizen=WHO, kind="keybox", key_number="N-117", location="bag skuret", system="Bekey", origin=HERE
        ),
        table="access",
    ),
    conditions=section(
        Condition(
            id="t1",
            citizen=WHO,
            text="Hjerteinsufficiens",
            kind="diagnose",
            code="I50.9",
            start="2018-05-01",
            origin=HERE,
        ),
        Condition(id="t2", citizen=WHO, text="Atrieflimren", kind="diagnose", code="I48", start="2016", origin=HERE),
        Condition(
            id="t3",
            citizen=WHO,
            text="Problemer med mobilitet",
            kind="tilstand",
            code="J3.4",
            severity="2 moderat",
            origin=HERE,
            assessment="Går med rollator indendørs, kørestol ude. Forflyttes af én person.",
        ),
        table="condition",
    ),
    interventions=section(
        Intervention(
            id="i1",
            citizen=WHO,
            text="Kateterpleje",
            code="G1.5",
            law="SUL § 138",
            origin=HERE,
            repetition="tirsdag og fredag",
            minutes=20,
            instruction="Skift pose tirsdag og fredag. Skyl ikke. Ring til sygeplejen ved blod i urinen.",
            goal="Ingen infektion",
        ),
        Intervention(
            id="i2",
            citizen=WHO,
            text="Personlig hygiejne",
            code="H1.1",
            law="SEL § 83",
            origin=HERE,
            repetition="hver morgen",
            minutes=35,
            staff_needed=2,
            instruction="To hjælpere ved bad. Kirsten vasker selv ansigt og overkrop.",
        ),
        Intervention(
            id="i3", citizen=WHO, text="Medicinadministration", code="G1.20", origin=HERE, repetition="4 gange daglig"
        ),
        table="intervention",
    ),
    notes=section(
        Note(
            id="n1",
            citizen=WHO,
            written_at="2026-11-21T21:40",
            author="Nadia N.",
            author_role="SSA",
            kind="observation",
            origin=HERE,
            text="Lidt forpustet efter aftensmad. Temp 37,4. Har fået Oxynorm kl. 22.10.\nSover nu.",
        ),
        Note(
            id="n2",
            citizen=WHO,
            written_at="2026-11-20T10:05",
            author="Ole P.",
            author_role="sygeplejerske",
            kind="telefon",
            origin=HERE,
            important=True,
            text="Talt med Lars Holm: Eliquis holder pause til og med mandag pga. tandudtrækning. Marevan fortsætter.",
        ),
        Note(
            id="n3",
            citizen=WHO,
            written_at="2026-11-02T08:00",
            author="Nadia N.",
            kind="observation",
            origin=HERE,
            text="Vejet: 61,2 kg.",
        ),
        Note(
            id="n4",
            citizen=WHO,
            written_at="2026-11-01T08:00",
            author="Nadia N.",
            kind="observation",
            origin=HERE,
            text="Skrevet på forkert borger.",
            status="entered-in-error",
        ),
        table="note",
    ),
    orders=section(*ORDERS, table="medication"),
    administrations=section(*(item for one in ORDERS for item in one.administrations), table="administration"),
    visits=section(
        Visit(
            id="v1",
            citizen=WHO,
            start="2026-11-22T08:30",
            end="2026-11-22T09:05",
            zone="Europe/Copenhagen",
            title="Morgenpleje",
            staff_needed=2,
            origin=HERE,
        ),
        Visit(
            id="v2",
            citizen=WHO,
            start="2026-11-22T12:15",
            end="2026-11-22T12:25",
            zone="Europe/Copenhagen",
            title="Medicin",
            origin=HERE,
        ),
        Visit(id="v3", citizen=WHO, start="2026-11-22T22:00", zone="Europe/Copenhagen", title="Natbesøg", origin=HERE),
        table="visit",
    ),
    measurements=section(
        Measurement(
            id="b1", citizen=WHO, name="Blodtryk", value="148/82", unit="mmHg", taken_at="2026-11-21T09:10", origin=HERE
        ),
        Measurement(
            id="b2", citizen=WHO, name="Vægt", value="61,2", unit="kg", taken_at="2026-11-02T08:00", origin=HERE
        ),
        Measurement(
            id="b3", citizen=WHO, name="Vægt", value="62,0", unit="kg", taken_at="2026-10-02T08:00", origin=HERE
        ),
        table="measurement",
    ),
    documents=section(table="document"),
)


def bare(presence: Presence) -> Journal:
    """A journal in which every section is empty in the same way."""
    names = (
        "alerts",
        "contacts",
        "access",
        "conditions",
        "interventions",
        "notes",
        "orders",
        "administrations",
        "visits",
        "measurements",
        "documents",
    )
    return Journal(
        citizen=Citizen(id="c9", name="Ukendt Borger", origin=HERE),
        unit=None,
        namesakes=(),
        **{name: section(table=name, presence=presence) for name in names},
    )


def cruel() -> Journal:
    """A name of 60 letters, 40 drugs, a note of 2,000 words, Arabic, emoji, and markup everywhere."""
    orders = tuple(
        order(
            number,
            f"Langtnavnssyre-kombinationspræparat/Esomeprazolmagnesium {number}",
            *at(*("08:00", "12:00", "18:00", "22:00")[: number % 4 + 1]),
            strength="500 mg/20 mg",
            form="depottabletter",
            indication="mod <b>smerter</b> & uro",
            dosage_text="Efter skema; 1 tablet 'ved behov' højst ≤ 4 gange, se i øvrigt vedlagte papir </para>",
            **({"status": "stopped", "end": f"2026-11-{number - 20:02}"} if number > 25 else {}),
        )
        for number in range(1, 41)
    )
    allergies = tuple(
        Alert(
            id=f"al{n}",
            citizen=WHO,
            kind="allergy",
            text=f"Stof nummer {n} <img src='/etc/passwd'>",
            reaction="anafylaksi",
            origin=HERE,
        )
        for n in range(40)
    )
    words = " ".join(f"ord{n}" for n in range(2_000))
    return replace(
        ORDINARY,
        citizen=replace(
            CITIZEN,
            name="Maximiliane-Konstantinopolitanska Wolfeschlegelsteinhausen-Bergerdorff af Rosenborg محمد عبد الله",
            protected_address=True,
            status="unknown",
            status_source="AFV-7",
        ),
        alerts=section(*allergies, *ORDINARY.alerts.items[1:], table="alert"),
        notes=section(
            Note(id="n1", citizen=WHO, written_at="2026-11-21T21:40", text=words, origin=HERE, author="N <N>"),
            Note(
                id="n2",
                citizen=WHO,
                written_at="2026-11-21T20:00",
                text="مرحبا بالعالم 123 (مهم) 🙂 \u202e drejet\x07 og <b>fed</b> &amp; " + "x" * 3_000,
                origin=HERE,
            ),
            *(
                Note(
                    id=f"nn{n}",
                    citizen=WHO,
                    written_at=f"2026-11-{20 - n % 3}T10:00",
                    text=f"Notat {n}. " + "Har det godt. " * 12,
                    origin=HERE,
                )
                for n in range(30)
            ),
            table="note",
        ),
        orders=section(*orders, table="medication"),
        administrations=section(table="administration", presence=Presence.NOT_DELIVERED),
        interventions=section(
            *(
                Intervention(
                    id=f"i{n}",
                    citizen=WHO,
                    text=f"Indsats {n}",
                    instruction="Gør sådan: " + "trin for trin " * 30,
                    origin=HERE,
                )
                for n in range(12)
            ),
            table="intervention",
        ),
        contacts=section(
            *(
                Contact(
                    id=f"k{n}",
                    citizen=WHO,
                    name=f"Pårørende {n}",
                    relation="nevø",
                    phone="20 30 40 50",
                    kind="relative",
                    priority=n,
                    origin=HERE,
                )
                for n in range(15)
            ),
            table="contact",
        ),
    )


def visit(number: int, clock: str, **facts: object) -> Visit:
    return Visit(
        id=f"v{number:03}",
        start=f"2026-11-22T{clock}",
        zone="Europe/Copenhagen",
        origin=HERE,
        route="Nord aften",
        **{"citizen": f"c{number}", "minutes": 15, "staff": "Ali B.", "title": "Aftenpleje", **facts},
    )


def rounds() -> DrivingList:
    visits = (
        *tuple(
            visit(
                n,
                f"{15 + n // 4:02}:{n % 4 * 15:02}",
                tasks="Nattøj, tandpleje, tilsyn med kateter",
                law="SEL § 83",
                time_critical=n % 7 == 0,
                staff=None if n == 9 else "Ali B.",
                second_staff="Bo C." if n % 5 == 0 else None,
                staff_needed=2 if n % 5 == 0 else 1,
                status="cancelled" if n == 11 else "planned",
                cancel_reason="indlagt" if n == 11 else None,
                remark="Hund i huset" if n == 3 else None,
            )
            for n in range(24)
        ),
        visit(1, "22:30", title="Natbesøg"),
    )
    citizens = {
        f"c{n}": replace(
            CITIZEN,
            id=f"c{n}",
            name=f"Borger {n} Sørensen",
            address=f"Skovvej {n}, st. th",
            protected_address=n == 4,
            room="12" if n == 2 else None,
        )
        for n in range(24)
    }
    alerts = {
        f"c{n}": () if n % 3 else (Alert(id=f"al{n}", citizen=f"c{n}", kind="allergy", text="Morfin", origin=HERE),)
        for n in range(24)
    }
    access = {
        f"c{n}": (
            Access(
                id=f"x{n}",
                citizen=f"c{n}",
                kind="keybox",
                system="Bekey",
                key_number=f"N-{n}",
                location="ved døren",
                origin=HERE,
            ),
        )
        for n in range(0, 24, 2)
    }
    return DrivingList(
        route="Nord aften",
        day=TODAY,
        visits=visits,
        citizens=citizens,
        alerts=alerts,
        alerts_delivered=True,
        access=access,
        access_delivered=True,
        deliveries=(delivery("visit"), delivery("visit", source="Ruteplan", taken="2026-11-22T04:00")),
    )


@pytest.fixture(scope="session")
def made() -> Made:
    return Made(sheet(), ORDINARY, cruel(), bare(Presence.NOTHING_RECORDED), bare(Presence.NOT_DELIVERED), rounds())


@pytest.fixture(scope="session")
def sheet_of() -> Callable[..., Sheet]:
    return sheet


@pytest.fixture(scope="session")
def pages_of() -> Callable[..., list[str]]:
    """The text of every page of a document, as a reader of the PDF finds it."""

    def texts(content: bytes) -> list[str]:
        with pypdfium2.PdfDocument(content) as pdf:
            return [pdf[number].get_textpage().get_text_bounded() for number in range(len(pdf))]

    return texts


@pytest.fixture(scope="session")
def printed() -> Callable[..., bytes]:
    """The PDF of a document by name, about some subjects."""
    from printing.documents import document
    from printing.render import render

    def write(name: str, subject, sheet: Sheet) -> bytes:
        out = io.BytesIO()
        render(document(name), subject if isinstance(subject, list) else [subject], sheet, out)
        return out.getvalue()

    return write


@pytest.fixture(scope="session")
def days() -> list[date]:
    return [TODAY + timedelta(days=number) for number in range(3)]
