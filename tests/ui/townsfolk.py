"""Who lives in the made-up town, and what is known of them: few citizens, among them the cruel ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from backupreader.domain.records import (
    Access,
    AccessCode,
    Administration,
    Alert,
    Citizen,
    Condition,
    Contact,
    Document,
    Dose,
    Identifier,
    Intervention,
    Measurement,
    Medication,
    Note,
    Origin,
    Visit,
)
from sync.adapter import Item

ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZONE)
TAKEN = "2026-11-22T05:30:00+01:00"
CRUEL_NAME = "Wilhelmina-Alexandrine Charlotte Amalie Friederike von Østergård-Åkerström"
WHERE = Origin("town.csv", 1)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj "
    b"4 0 obj<</Length 41>>stream\n0.9 0.9 1 rg 60 600 475 180 re f 1 0 0 RG\nendstream endobj\n"
    b"xref\n0 5\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \n0000000176 00000 n \n"
    b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n264\n%%EOF\n"
)


def at(hours: float, now: datetime = NOW) -> str:
    """A wall-clock moment so many hours from now."""
    return (now + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")


def day(days: int) -> str:
    return (NOW + timedelta(days=days)).strftime("%Y-%m-%d")


def citizens() -> Iterator[Item]:
    kirsten = Citizen(
        id="nexus:1", name="Kirsten Møller", given="Kirsten", family="Møller", birth_date="1938-03-14", sex="female",
        identifiers=(Identifier("cpr", "7403381234"),), address="Skovvej 4, 2. tv", postal_code="9400", city="Nørresundby",
        phone="98 17 00 01", unit="nexus:nord", status="home", origin=WHERE,
    )  # fmt: skip
    yield kirsten
    yield replace(
        kirsten, id="nexus:2", birth_date="1951-07-02", identifiers=(Identifier("cpr", "6207514321"),), phone=None,
        address="Bakken 11", status="hospital", status_since=at(-30),
    )  # fmt: skip
    yield Citizen(
        id="nexus:3", name=CRUEL_NAME, birth_date="1921-12-31", identifiers=(Identifier("replacement", "311221A1B2"),),
        address="Den Meget Lange Vej Bag Den Gamle Kirke Ved Den Nedlagte Stationsbygning Over For Det Tidligere Mejeri Og Forsamlingshus På Hjørnet Af Nordre Møllestræde Og Søndre Parkalle I Det Yderste Baghus 114 B, 4. sal, mf.", postal_code="9999", city="Nørre Aaby-Sønderhuse",
        phone="+45 98 17 00 02", unit="nexus:syd", room="214", status="unknown", status_source="Afventer visitation",
        protected_address=False, interpreter=True, language="polski", origin=WHERE,
    )  # fmt: skip
    yield Citizen(id="nexus:4", name="Åse Ægidius", birth_date="1944", unit="nexus:nord", status="home", origin=WHERE)
    yield Citizen(
        id="nexus:5", name="Jan Żółć", birth_date="1950-05-05", identifiers=(Identifier("cpr", "6505501111"),), origin=WHERE,
        unit="nexus:nord", status="leave", protected_address=True, address="hemmelig",
    )  # fmt: skip
    yield Citizen(id="nexus:6", name="محمد الأمين", birth_date="1947-01-01", unit="nexus:syd", room="12", origin=WHERE)
    yield Citizen(id="nexus:7", name="Bent <b>Fed</b> & Søn", birth_date="1949-09-09", unit="nexus:syd", origin=WHERE)


def kirsten() -> Iterator[Item]:
    who = "nexus:1"
    yield Alert(id="nexus:a1", citizen=who, kind="allergy", text="penicillin", severity="svær", reaction="udslæt, åndenød",
                recorded_at="2019-04-02", recorded_by="Lægehuset", origin=WHERE)  # fmt: skip
    yield Alert(
        id="nexus:a2", citizen=who, kind="treatment-limit", text="Ingen genoplivning (12 sep 2026)", origin=WHERE
    )
    yield Alert(id="nexus:a3", citizen=who, kind="fall", text="Falder i badeværelset", origin=WHERE)
    yield Alert(
        id="nexus:a4",
        citizen="nexus:2",
        kind="no-known-allergy",
        text="Ingen kendte",
        recorded_at="2026-11-12",
        origin=WHERE,
    )
    yield Contact(id="nexus:c1", citizen=who, name="Lis Møller", kind="relative", relation="datter", phone="20 11 22 33",
                  priority=1, ring_at_night=True, has_key=True, origin=WHERE)  # fmt: skip
    yield Contact(id="nexus:c2", citizen=who, name="Per Møller", kind="guardian", relation="søn", phone="20 44 55 66",
                  priority=2, ring_at_night=False, note="Kun hverdage", origin=WHERE)  # fmt: skip
    yield Contact(id="nexus:c3", citizen=who, name="Lægehuset Nørregade", kind="gp", phone="98 12 34 56", origin=WHERE)
    yield Access(id="nexus:k1", citizen=who, kind="keybox", system="Bekey", key_number="N-114", location="Ved kælderdøren",
                 instruction="Ring på først", fallback="Nøgle hos vicevært, 98 10 10 10", origin=WHERE)  # fmt: skip
    yield Access(id="nexus:k2", citizen=who, kind="alarm", system="Nødkald mobil", phone="99 31 00 00", origin=WHERE)
    yield AccessCode(id="nexus:kk", citizen=who, access="nexus:k1", code="4711", origin=WHERE)
    yield from _medicine(who)
    yield Intervention(id="nexus:i1", citizen=who, text="Kateterpleje", kind="Sundhedslov", law="SUL §138", minutes=15,
                       instruction="Skift pose tirsdag og fredag. Rengør omkring indgangsstedet med sæbe og vand. Ring til "
                       "sygeplejersken ved feber eller blod i urinen.", repetition="2 gange ugentligt", goal="Ingen infektion", origin=WHERE)  # fmt: skip
    yield Intervention(id="nexus:i2", citizen=who, text="Personlig hygiejne", law="SEL §83", minutes=25, staff_needed=2,
                       instruction="To medarbejdere. Brug loftlift. Hun vil gerne selv vaske ansigtet.", repetition="Hver morgen", origin=WHERE)  # fmt: skip
    yield Intervention(id="nexus:i3", citizen=who, text="Støttestrømper", status="paused", origin=WHERE)
    yield Intervention(id="nexus:i4", citizen=who, text="Sårpleje", status="ended", end=day(-20), origin=WHERE)
    for number, (hours, text) in enumerate(
        (
            (
                -11,
                "Har sovet uroligt. Drukket 1 glas saft kl. 21. Klager over ondt i venstre hofte, fået Pinex. Puls 78.",
            ),
            (-26, "Blodtryk 142/81. Datter har været på besøg og har taget vasketøj med."),
            (-50, "Kateter skiftet uden problemer."),
        )
    ):
        yield Note(id=f"nexus:n{number}", citizen=who, text=text, written_at=at(hours), kind="Observation", author="NN",
                   author_role="SSA", important=number == 1, origin=WHERE)  # fmt: skip
    yield Condition(
        id="nexus:d1", citizen=who, text="Atrieflimren", code="DI489", kind="Diagnose", start="2017", origin=WHERE
    )
    yield Condition(
        id="nexus:d2",
        citizen=who,
        text="Problemer med mobilitet",
        severity="Svære begrænsninger",
        kind="FSIII",
        origin=WHERE,
    )
    yield Measurement(id="nexus:m1", citizen=who, name="Vægt", value="61,2", unit="kg", taken_at=at(-48), origin=WHERE)
    yield Measurement(
        id="nexus:m2", citizen=who, name="Blodtryk", value="142/81", unit="mmHg", taken_at=at(-26), origin=WHERE
    )
    yield Document(id="nexus:p1", citizen=who, title="Epikrise fra Aalborg UH", media_type="application/pdf", content=PDF,
                   date=day(-9), kind="Epikrise", origin=WHERE)  # fmt: skip
    yield Document(id="nexus:p2", citizen=who, title="Hjælpemidler", media_type="text/plain", content=b"", text="Loftlift\nRollator",
                   origin=WHERE)  # fmt: skip


def _medicine(who: str) -> Iterator[Item]:
    def order(number: int, drug: str, **more: object) -> Medication:
        return Medication(id=f"FMK:{number}", citizen=who, drug=drug, origin=WHERE, list="FMK", **more)  # type: ignore[arg-type]

    yield order(1, "Marevan", strength="2,5 mg", form="tablet", route="oral", indication="mod blodpropper", kind="fixed",
                dosage_text="1½ tablet morgen", prescriber="Dr. Holst", prescribed_at="2025-02-01", start="2025-02-01")  # fmt: skip
    yield Dose(
        id="FMK:1a",
        medication="FMK:1",
        citizen=who,
        quantity="1,5",
        unit="tablet",
        time="08:00",
        every_days=1,
        start="2025-02-01",
        origin=WHERE,
    )
    yield order(2, "Pinex", strength="500 mg", form="tablet", route="oral", indication="mod smerter", kind="fixed", start="2026-01-01",
                dosage_text="2 tabletter 4 gange dagligt")  # fmt: skip
    for letter, time in zip("abcd", ("08:00", "12:00", "18:00", "22:00"), strict=True):
        yield Dose(
            id=f"FMK:2{letter}",
            medication="FMK:2",
            citizen=who,
            quantity="2",
            unit="tabletter",
            time=time,
            every_days=1,
            origin=WHERE,
        )
    yield order(
        3,
        "Oxynorm",
        strength="5 mg",
        form="kapsel",
        route="oral",
        indication="mod stærke smerter",
        kind="prn",
        start="2026-10-01",
    )
    yield Dose(
        id="FMK:3a",
        medication="FMK:3",
        citizen=who,
        quantity="1",
        unit="kapsel",
        prn=True,
        max_per_day="4",
        min_interval="4 timer",
        every_days=1,
        origin=WHERE,
    )
    yield order(
        4,
        "Eliquis",
        strength="5 mg",
        form="tablet",
        status="paused",
        paused_from=day(-2),
        paused_to=day(2),
        start="2024-01-01",
    )
    yield order(
        5,
        "Furix",
        strength="40 mg",
        form="tablet",
        status="stopped",
        end=day(-1),
        stop_reason="lavt blodtryk",
        start="2020-01-01",
    )
    yield order(6, "Bombombom", status="unknown", status_source="ukendt", dosage_text="Bombombom")
    yield order(7, "Fragmin", strength="5000 IE", form="injektion", route="subkutan", kind="fixed", start="2026-11-01")
    yield Dose(
        id="FMK:7a",
        medication="FMK:7",
        citizen=who,
        quantity="1",
        unit="sprøjte",
        slot="evening",
        every_days=1,
        start="2026-11-01",
        origin=WHERE,
    )
    yield Administration(
        id="nexus:g1",
        citizen=who,
        medication="FMK:3",
        given_at=at(-10.5),
        status="given",
        quantity="1",
        unit="kapsel",
        by="NN",
        origin=WHERE,
    )
    yield Administration(id="nexus:g2", citizen=who, medication="FMK:2", planned_at="2026-11-21T22:00", given_at="2026-11-21T22:05", status="given",
                         quantity="2", unit="tabletter", by="NN", origin=WHERE)  # fmt: skip


def private() -> Iterator[Item]:
    """Medicine that is private-marked, one order due by the clock, and a document, of those in other units too."""
    who = "nexus:2"
    yield Medication(id="FMK:21", citizen=who, drug="Antabus", strength="200 mg", form="tablet", kind="fixed", private=True,
                     start="2026-01-01", dosage_text="1 tablet morgen", list="FMK", origin=WHERE)  # fmt: skip
    yield Dose(id="FMK:21a", medication="FMK:21", citizen=who, quantity="1", unit="tablet", time="09:00", every_days=1,
               start="2026-01-01", origin=WHERE)  # fmt: skip
    yield Medication(
        id="FMK:22", citizen=who, drug="Pinex", strength="500 mg", form="tablet", kind="prn", list="FMK", origin=WHERE
    )
    yield Document(id="nexus:p7", citizen="nexus:7", title="Handleplan for Bent", media_type="text/plain", content=b"",
                   text="Ring til hustruen ved anfald", origin=WHERE)  # fmt: skip
    yield Visit(id="nexus:vs", citizen="nexus:7", start=at(24), minutes=15, zone="Europe/Copenhagen", title="Tilsyn",
                route="Søgården", staff="Ida V", unit="nexus:syd", origin=WHERE)  # fmt: skip


def cruel() -> Iterator[Item]:
    who = "nexus:3"
    for number in range(10):
        yield Alert(
            id=f"nexus:x{number}",
            citizen=who,
            kind="allergy",
            text=f"lægemiddel nummer {number + 1} med et meget langt navn",
            origin=WHERE,
        )
    for number in range(40):
        yield Medication(id=f"FMK:1{number:02}", citizen=who, drug=f"Præparatnavn {number + 1} Forte Depot", strength="12,5 mg/ml", form="injektionsvæske, opløsning",
                         route="intramuskulær", kind="fixed", status="active", indication="mod en meget langvarig lidelse i bevægeapparatet",
                         dosage_text="1 gang dagligt kl. 8, dog 2 gange dagligt i ulige uger, og aldrig sammen med grapefrugt " * 2, origin=WHERE)  # fmt: skip
    for number in range(3):
        yield Note(
            id=f"nexus:xn{number}",
            citizen=who,
            text="Langtekst uden mellemrum: " + "abcdefghij" * 60,
            written_at=at(-number * 9),
            origin=WHERE,
        )


def route() -> Iterator[Item]:
    plan = (
        (-8.5, "nexus:4", "Natrunde", "Tilsyn", "Nat", "Bo N", 15, {}),
        (-0.7, "nexus:1", "Morgenpleje", "Bad med loftlift, strømper, morgenmad", "Nord dag", "Eva S", 40, {"staff_needed": 2, "second_staff": "Ali K"}),
        (0.3, "nexus:4", "Medicin", "Giv medicin kl. 9", "Nord dag", "Eva S", 10, {"time_critical": True}),
        (1, "nexus:2", "Morgenpleje", "Personlig hygiejne", "Nord dag", "Eva S", 30, {"status": "cancelled", "cancel_reason": "indlagt"}),
        (2, "nexus:5", "Sårpleje", "Skift forbinding", "Nord dag", None, 30, {}),
        (3.5, "nexus:1", "Medicin", "Giv medicin kl. 12", "Nord dag", "Eva S", 15, {"time_critical": True}),
        (13.3, "nexus:1", "Natrunde", "Medicin kl. 22, vend i sengen", "Nat", "Bo N", 20, {}),
        (13.8, "nexus:4", "Natrunde", "Tilsyn", "Nat", "Bo N", 15, {}),
        (2.2, "nexus:3", "Aftensmad og meget andet", "Hjælp til alt muligt " * 8, "Syd", "Else-Marie Wolff-Sneedorff", 45, {}),
    )  # fmt: skip
    for number, (hours, citizen, title, tasks, route, staff, minutes, more) in enumerate(plan):
        for days in (0, 1):
            start = NOW + timedelta(hours=hours, days=days)
            yield Visit(id=f"nexus:v{number}-{days}", citizen=citizen, start=start.strftime("%Y-%m-%dT%H:%M"),
                        end=(start + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M"), minutes=minutes, zone="Europe/Copenhagen",
                        title=title, tasks=tasks, route=route, staff=staff, unit="nexus:nord", origin=WHERE, **more)  # type: ignore[arg-type]  # fmt: skip
