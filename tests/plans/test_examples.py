"""The example plans: each is usable as it stands, and answers everything that its routine names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.plan import calling, lint, walk
from backupreader.domain.plan.contacts import Contact, Hours
from backupreader.domain.plan.guidance import Card, Guide, Outcome, Question
from backupreader.domain.plan.plan import Plan
from backupreader.planfile import EXAMPLES, gather, read
from backupreader.settings import Settings
from sync.sample.town import SIZES, build

TODAY = date(2026, 12, 1)
NAMES = ("care-fmk", "magna-cura", "nexus-bekey", "nexus-botilbud", "phoniro")
ZONES = {"DK": ZoneInfo("Europe/Copenhagen"), "SE": ZoneInfo("Europe/Stockholm")}


@cache
def plan_of(name: str) -> Plan:
    found = read(gather(EXAMPLES / name))
    assert found.plan is not None, found.findings
    return found.plan


def texts_of(thing: object) -> Iterator[str]:
    """Every text that stands anywhere in a value of the plan."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple):
        for one in thing:
            yield from texts_of(one)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from texts_of(getattr(thing, field.name))


def contacts_of(plan: Plan) -> tuple[Contact, ...]:
    return (*plan.contacts, *(one for own in plan.supplements for one in own.contacts))


def cards_of(plan: Plan) -> tuple[Card, ...]:
    return (*plan.cards, *(one for own in plan.supplements for one in own.cards))


def clock(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


# --- Each is usable as it stands -------------------------------------------------------------------------------------


def test_there_are_these_five_and_no_other() -> None:
    assert sorted(folder.name for folder in EXAMPLES.iterdir() if (folder / "plan.toml").exists()) == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_can_be_read_without_anything_that_stops_it(name: str) -> None:
    found = read(gather(EXAMPLES / name))
    assert found.findings == ()
    assert found.plan is not None


DOUBTS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "care-fmk": (),
    "magna-cura": (
        ("plan.toml", "När Magna Cura inte går att nå", "the routine itself was due in December 2018"),
        ("plan.toml", "Reservrutin: oplanerat avbrott utanför kontorstid", "the routine itself was due in 2018"),
    ),
    "nexus-bekey": (
        ("plan.toml", "Når Nexus, Bekey eller internettet er nede", "the routine itself was due in December 2023"),
        ("plan.toml", "Instruks ved nedbrud i Nexus", "the routine itself was due in December 2023"),
    ),
    "nexus-botilbud": (),
    "phoniro": (),
}
"""What is doubtful on purpose: the file, what the doubt is about, and why it is left."""


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_doubtful_but_what_is_so_on_purpose(name: str) -> None:
    told = list(lint.findings(plan_of(name), TODAY, Settings().expected))
    assert not [finding for finding in told if finding.stops]
    files = gather(EXAMPLES / name)
    where = [(one.spot.file, files[one.spot.file].splitlines()[one.spot.line - 1]) for one in told]
    expected = [(file, f'title = "{title}"') for file, title, _reason in DOUBTS[name]]
    assert sorted(where) == sorted(expected), told


@pytest.mark.parametrize("name", NAMES)
def test_each_says_that_it_is_an_example_and_that_nobody_owns_it(name: str) -> None:
    about = plan_of(name).about
    assert about.example
    assert about.owner in {"Ingen: vist som eksempel", "Ingen: visas som exempel"}


@pytest.mark.parametrize("name", NAMES)
def test_every_card_has_an_owner_a_day_of_approval_and_one_by_which_it_is_revised(name: str) -> None:
    plan = plan_of(name)
    for about in [*(card.about for card in cards_of(plan)), *(own.about for own in plan.supplements)]:
        assert about.owner != plan.about.owner, about.title
        assert about.approved is not None, about.title
        assert about.revise_by is not None, about.title


@pytest.mark.parametrize("name", NAMES)
def test_what_a_municipality_must_change_is_said_in_the_file(name: str) -> None:
    files = gather(EXAMPLES / name)
    word = "# ÄNDRA" if plan_of(name).calendar.country == "SE" else "# RET"
    assert files["plan.toml"].count(word) >= 10
    for file, text in files.items():
        assert word in text, file


@pytest.mark.parametrize("name", NAMES)
def test_danger_to_life_stands_where_one_looks(name: str) -> None:
    """As a contact, on the card that is always first, and on each card of those who are with the citizen."""
    plan = plan_of(name)
    assert "112" in {contact.number for contact in plan.contacts}
    assert plan.cards[0].condition in {"Altid", "Alltid"}
    assert "112" in " ".join(plan.cards[0].steps)
    doctor = [one for one in plan.contacts if re.search("læge|läkar", one.label.lower()) and "112" in str(one.not_for)]
    assert doctor, "a doctor for whom is worse but not in danger"
    nearest = {"fmk-nationalt", "bruger-care", "instruks", "reservrutin", "nexus", "noedkald", "omsorgssystem"}
    with_citizens = [card for card in plan.cards if card.id in nearest]
    assert with_citizens
    assert not [card.id for card in with_citizens if "112" not in card.steps[0]]


@pytest.mark.parametrize("name", NAMES)
def test_no_door_code_and_nothing_of_a_citizen_is_in_it(name: str) -> None:
    text = "\n".join(gather(EXAMPLES / name).values())
    assert not re.findall(r"\b\d{6}-?\d{4}\b|\b\d{8}-\d{4}\b", text)
    plan = plan_of(name)
    rooms = [room for room in (plan.room, *(own.room for own in plan.supplements)) if room is not None]
    assert rooms
    assert not [room for room in rooms if re.search(r"\d{3}", " ".join(texts_of(room)))]


# --- Numbers and addresses that ring nobody --------------------------------------------------------------------------

FICTION = {
    "DK": re.compile(r"00 00 00 \d\d"),  # no Danish number begins with 0
    "SE": re.compile(
        r"031-390 06 [0-4]\d|08-465 004 \d\d|070-174 06 (?:0[5-9]|[1-9]\d)"
    ),  # reserved by PTS for fiction
}
QUOTED = {"nexus-bekey": {"4460 5040"}}
"""The supplier's own public support line, as the routine has it."""
PRESSED = {"nexus-bekey": ("1", "153#")}


@pytest.mark.parametrize("name", NAMES)
def test_no_number_can_ring_anyone(name: str) -> None:
    plan = plan_of(name)
    numbers = {one.number for one in contacts_of(plan)}
    numbers |= {partner.number for each in plan.partners for partner in each.partners}
    allowed = {"112", ""} | QUOTED.get(name, set())
    assert not [one for one in numbers - allowed if not FICTION[plan.calendar.country].fullmatch(one)]


@pytest.mark.parametrize("name", NAMES)
def test_no_number_is_hidden_in_the_words_either(name: str) -> None:
    plan = plan_of(name)
    for text in texts_of(plan):
        for found in re.findall(r"\+?\d[\d ()/-]{5,}\d", text):
            known = FICTION[plan.calendar.country].fullmatch(found) or found in QUOTED.get(name, set())
            assert known or re.fullmatch(r"20\d\d-\d\d-\d\d", found), text


@pytest.mark.parametrize("name", NAMES)
def test_no_mail_can_reach_anyone(name: str) -> None:
    for text in texts_of(plan_of(name)):
        assert all(host.endswith(".invalid") for host in re.findall(r"@(\S+)", text)), text


# --- Everything that the routine names is answered -------------------------------------------------------------------

Answers = tuple[tuple[str, str, tuple[str, ...]], ...]
ROWS: dict[str, dict[str, Answers]] = {
    "care-fmk": {
        "roles: users, the watch centre, the IT office": (
            ("role", "bruger", ("Care og EKJ",)),
            ("role", "vagtcentral", ("overblikket", "KMD")),
            ("role", "it-afsnit", ()),
        ),
        "local, global, national": (
            ("guide", "care-ekj", ("Lokalt:", "Globalt:", "Nationalt:")),
            ("guide", "fmk", ("Lokalt:", "Globalt:", "Nationalt:")),
            ("guide", "hvor-stort", ("Lokalt:", "Globalt:", "Nationalt:")),
        ),
        "the IT office by day, else the watch centre": (
            ("contact", "it-afsnit", ("digitale signatur",)),
            ("contact", "vagtcentralen", ("når IT-afsnittet har lukket",)),
        ),
        "the watch centre keeps the overview and tells the supplier": (
            ("card", "vagtcentral", ("Skriv hvert opkald", "Tæl enhederne", "Globalt: ring til KMD", "sagsnummer")),
            ("duty", "overblik", ("Tæl op",)),
            ("duty", "meld-kmd", ("sagsnummer",)),
        ),
        "the supplier": (
            ("contact", "kmd", ("1", "000#", "sagsnummer", "vagtcentral")),
            ("act", "kmd-sag", ("sagsnummer",)),
        ),
        "FMK is offline": (
            (
                "card",
                "bruger-fmk-offline",
                (
                    "ingen besked om ændrede ordinationer",
                    "Genstart Care",
                    "fmk-online.dk",
                    "ikke bekræftet mod FMK siden",
                ),
            ),
            ("duty", "fmk-dato", ("ikke bekræftet mod FMK siden",)),
        ),
        "FMK is online but does not fetch": (
            ("card", "bruger-fmk-online", ("en kollega", "digitale signatur", "lokalt", "globalt eller nationalt")),
            ("guide", "fmk", ("Kan en kollega hente", "din egen digitale signatur")),
        ),
        "digital signature": (
            ("system", "digital-signatur", ("uden digital signatur",)),
            ("guide", "digital-signatur", ("kun din signatur",)),
        ),
        "FMK is down in the country": (
            (
                "card",
                "fmk-nationalt",
                ("seneste medicinkort", "FMK sidst svarede", "har ordineret, eller til lægevagten"),
            ),
            ("contact", "laegevagten", ("Tvivl om medicin",)),
        ),
        "the nurses' journal has a time of its own": (
            ("system", "ekj", ("sit eget tidspunkt",)),
            ("card", "bruger-ekj", ("sygeplejenotater", "ikke det samme som Cares")),
        ),
    },
    "nexus-bekey": {
        "the document's own data": (
            ("card", "instruks", ("Chefen for ældreområdet", "3")),
            ("plan", "", ("3",)),
        ),
        "one person or everyone; the superuser": (
            ("guide", "nexus", ("hos en kollega", "i en anden enhed", "superbruger", "Superbrugeren hjælper")),
            ("card", "superbruger", ("til en anden enhed",)),
        ),
        "the team's hours": (("contact", "nexusteam", ("#socialfv-Nexus",)),),
        "two mail lists with two maintainers": (
            ("contact", "liste-kommune", ("#socialfv-Nexus", "Nexusteamet", "telefonlisten på papir")),
            ("contact", "liste-private", ("#nedbrud-care-Privatelev", "Visitationen", "partnerlisten")),
            ("duty", "liste-kommune-nede", ("liste-kommune",)),
            ("duty", "liste-private-oppe", ("liste-private",)),
        ),
        "private suppliers": (
            ("role", "privat", ("kun jeres egne borgere",)),
            ("card", "privat", ("egne borgere", "Ikke andres")),
            ("partners", "private", ()),
        ),
        "after two hours the duty officer, and again when up": (
            ("contact", "driftvagten", ("varet 2 timer", "virker igen", "@")),
            ("duty", "driftvagt-2-timer", ("hvem du talte med",)),
            ("duty", "driftvagt-oppe", ("driftvagt-2-timer",)),
        ),
        "messages to hospital and doctor are dead": (
            ("card", "medcom", ("overleveringen", "indlagt eller udskrevet", "sendes senere")),
            ("duty", "medcom-liste", ("indlagte, udskrevne og beskeder",)),
            ("duty", "medcom-send", ("medcom-liste",)),
            ("contact", "hospitalet", ("Enhver medarbejder må ringe",)),
        ),
        "who reported it follows the case": (
            ("role", "medarbejder", ("følger sagen",)),
            ("duty", "vagtskifte", ("én med navn",)),
        ),
        "try a page of the browser": (("guide", "nexus", ("en almindelig hjemmeside", "aldrig på nettet")),),
        "the supplier's support": (
            ("contact", "kmd-support", ("4460 5040", "1", "153#", "ringe tilbage på", "nummer")),
            ("card", "instruks", ("tryk 1, så 153#",)),
        ),
        "text messages when it goes down and comes up": (
            ("act", "sms-nede", ("nede",)),
            ("act", "sms-oppe", ("oppe",)),
            ("partners", "bilag-1", ("Bilag 1",)),
        ),
        "the locks' own support, and IT": (
            ("contact", "bekey-support", ("låse",)),
            ("contact", "it-support", ("internet",)),
            ("guide", "bekey", ("Bekey er nede",)),
        ),
        "the locks open for eight hours after keys were fetched": (
            ("act", "noegler-hentet", ("hentet ned på telefonerne",)),
            ("duty", "bekey-8-timer", ("fysiske nøgler",)),
            ("card", "bekey", ("op til 8 timer", "listen over borgere med Bekey", "fysiske nøgler")),
        ),
        "the mobile app without a net": (
            ("card", "nexus-mobil", ("Log ikke af", "Geninstallér ikke", "hvem har hvilke borgere", "i app'en?")),
            ("system", "nexus-mobil", ("sendt, når nettet er tilbage",)),
        ),
        "FMK on the net": (("system", "fmk", ("fmk-online.dk", "nøglefil eller e-id")),),
        "driving lists for the next day, on Friday for the weekend": (
            ("card", "koerelister", ("USB", "Fredag", "lørdag og søndag", "Rød rute")),
        ),
        "medicine lists: in doubt the doctor": (("card", "medicin", ("ring til lægen", "fmk-online.dk")),),
        "the line, and the login": (
            ("guide", "nexus", ("TDC", "(AD)", "bruger ikke AD")),
            ("contact", "netleverandoer", ("TDC",)),
        ),
    },
    "phoniro": {
        "four critical systems": (
            ("card", "omsorgssystem", ()),
            ("card", "phoniro", ()),
            ("card", "noedkald", ()),
            ("card", "medicoteknik", ("udstyr på strøm",)),
        ),
        "alarm: support, else the head on duty and the fire service, who call the IT on duty": (
            ("contact", "nexus-support", ("Alarm",)),
            ("contact", "afdelingschef", ("uden for NEXUS-supports åbningstid",)),
            ("contact", "brand-og-redning", ("IT-vagten",)),
            ("contact", "it-vagt", ("brand-og-redning",)),
        ),
        "overview; keep most tasks going; life-critical first": (
            ("card", "koordinator", ("overblik", "så mange opgaver")),
            ("card", "foerst", ("livsvigtig hjælp", "Tæl dem")),
            ("duty", "livsvigtig", ("Hvor mange mangler",)),
        ),
        "the region's desk, and who may call it": (
            ("contact", "region-servicedesk", ("sektionsleder-myndighed", "funktionsleder", "akutnummer: 00 00 00 41")),
            ("card", "region", ("driftsinfo", "akutnummer")),
            ("contact", "visitation-akut", ("00 00 00 41",)),
        ),
        "coordinator, local lead, crisis staff": (
            ("role", "koordinator", ("NEXUS-support",)),
            ("role", "lokal-leder", ()),
            ("card", "koordinator", ("Hæng arket op",)),
            ("card", "krisestab", ("Tag over",)),
            ("contact", "krisestab", ()),
        ),
        "the nurse on duty, and the head of section who decides on staff": (
            ("card", "vagthavende", ("besøg, timer", "Skriv beslutningen i loggen")),
            ("card", "sektionsleder", ("ekstra personale",)),
            ("act", "ekstra-personale", ()),
            ("contact", "sektionsleder", ("00 00 00 43",)),
        ),
        "intranet, mail and the door": (
            ("contact", "intranet", ("mail",)),
            ("template", "ansatte", ("{systems}",)),
            ("template", "doer", ("{number}",)),
        ),
        "the crisis staff tells those outside": (
            (
                "partners",
                "udenfor",
                ("Privat leverandør", "Friplejehjem", "Hospital", "praktiserende læger", "krisestab"),
            ),
        ),
        "a long outage: tell citizens": (
            ("template", "borgere", ("{since}",)),
            ("duty", "borgere", ("pårørende", "vigtigste først")),
        ),
        "the locks": (
            (
                "card",
                "phoniro",
                ("hver vagts start", "Bluetooth", "Batterialarm", "hvem der har nøglen", "kun, hvis det haster"),
            ),
            ("duty", "borgerliste", ("borgerlisten",)),
            ("contact", "laasesmed", ("haster",)),
            ("contact", "noegleteam", ("Batterialarm",)),
        ),
        "the alarms": (
            ("card", "noedkald", ("(PSTN)", "mobilt", "Nødkald – beredskabsliste ved nedbrud", "Skriv tid og navn")),
            ("duty", "tilsyn", ("Skriv under",)),
            ("guide", "noedkald", ("(PSTN)", "mobile nødkald")),
        ),
        "IT's own plan": (("card", "it-plan", ("Økonomi- og IT-afdelingen",)),),
    },
    "magna-cura": {
        "staff of the municipality and from outside": (
            ("role", "personal", ()),
            ("role", "extern", ("privat utförare",)),
            ("card", "extern", ("egna brukare",)),
        ),
        "the continuity plan": (("card", "kontinuitetsplan", ("kontinuitetsplan",)),),
        "an unplanned outage outside office hours": (
            ("card", "reservrutin", ("utanför kontorstid", "Räkna inte med hjälp från IT")),
        ),
        "a backup computer without a net, to read and print": (
            ("room", "", ("kopieringsrummet",)),
            ("system", "magna-cura", ("bara att läsa och skriva ut",)),
            ("system", "natverk", ("har inget nätverk",)),
        ),
        "updated twice a day": (
            ("card", "reservrutin", ("två gånger per dygn, 05:30 och 17:30", "senast fördes över")),
        ),
        "no net, no new information": (
            ("card", "natverk", ("kommer ingen ny information", "till nu vet datorn ingenting")),
            ("system", "natverk", ("ingen ny information",)),
        ),
        "paper meanwhile, entered afterwards": (
            ("card", "efter", ("För in", "Räkna papperen")),
            ("duty", "for-in", ("För in alla papper",)),
        ),
        "each unit has routines of its own": (
            ("card", "norr-slingor", ("slinga",)),
            ("card", "bjorkgarden-natt", ("Skriv ut signeringslistor",)),
        ),
        "locked in the copy room, with a code": (("room", "", ("kodlås", "ficklampa", "papper", "reservtoner")),),
        "through the head on call or the municipal nurse": (
            ("room", "", ("enhetschef i beredskap eller kommunal sjuksköterska",)),
            ("role", "enhetschef-beredskap", ("engångskoden",)),
            ("role", "kommunal-sjukskoterska", ("engångskoden",)),
        ),
        "an outage that the service judges to be critical": (
            ("card", "reservrutin", ("som verksamheten bedömer som kritiskt", "vem som bedömer det, och varför")),
            ("duty", "bedomning", ("kritiskt, och varför",)),
        ),
        "the document's own data": (("card", "reservrutin", ("Verksamhetschefen", "2")),),
    },
    "nexus-botilbud": {
        "neither reach nor print": (
            ("system", "nexus", ("ikke printes", "sin egen printer")),
            ("room", "", ("egen printer",)),
        ),
        "the watch centre tells it on to hospital, doctors, doctor on duty and transport": (
            ("card", "amk", ("Er det relevant for", "Læs op:", "hospital, læger, lægevagt og patientbefordring")),
            ("contact", "amk", ("Jeg ringer fra et botilbud",)),
            ("template", "amk", ("Jeg ringer fra",)),
            ("partners", "gennem-amk", ("Hospitalet", "Egne læger", "Lægevagten", "Patientbefordring")),
        ),
        "the IT office; on duty only for the whole net": (
            ("contact", "it-kontor", ()),
            (
                "contact",
                "raadighedsvagt",
                ("Kun kritiske fejl på hele nettet", "Adgangskoder", "Vejledning", "brugere"),
            ),
        ),
        "a password is no outage": (
            ("guide", "adgangskode", ("login-skærmen eller med nemadgang", "ikke et nedbrud")),
            ("guide", "nexus", ("nemadgang",)),
        ),
        "the portal is down: the direct link": (("card", "portal", ("direkte link",)),),
        "no net: a phone with a SIM, and temporary codes": (
            ("card", "netvaerk", ("SIM-kort", "Vikarkoderne står ikke i backup-pc'en", "Kun lederen")),
        ),
        "the team on weekdays, and its mailbox": (("contact", "nexus-team", ("@", "postkassen")),),
        "evening and night: check, wait, try again": (
            ("card", "aften-nat", ("Se, om nettet virker", "om 15 minutter", "KMD overvåger", "i loggen")),
            ("duty", "proev-igen", ("nettet virker",)),
            ("act", "proevet", ()),
        ),
        "readiness; whoever was granted help gets it": (
            ("card", "nexus", ("visiterede borgere", "flueben", "hvor mange der mangler", "vigtigste først")),
            ("duty", "visiterede", ("visiterede",)),
        ),
        "ask other homes": (
            ("duty", "andre-botilbud", ("et andet botilbud",)),
            ("card", "lokal-leder", ("oppe eller nede og klokkeslæt",)),
            ("plan", "", ("Botilbud Nord", "Botilbud Vest")),
        ),
        "the lead speaks; IT tells the units; the units tell doctors": (
            ("card", "lokal-leder", ("taler med personale",)),
            ("card", "it", ("Giv enhederne besked", "gennem AMK")),
            ("duty", "it-besked", ()),
        ),
        "the fourth Tuesday's evening": (
            ("window", "fjerde-tirsdag", ("1–2 timer", "Print før kl. 20")),
            ("card", "planlagt", ("4. tirsdag", "flyttet frem")),
        ),
        "the document's own data": (("card", "nexus", ("Kvalitetskonsulenten",)),),
    },
}


def things(plan: Plan, kind: str, id_: str) -> list[object]:
    """What of a kind has that id, in the plan or what its units add."""
    if kind == "plan":
        return [(plan.about, plan.units)]
    if kind == "room":
        return [plan.room] if plan.room is not None else []
    held = {
        "role": plan.roles,
        "system": plan.systems,
        "contact": contacts_of(plan),
        "guide": plan.guides,
        "card": cards_of(plan),
        "act": plan.acts,
        "duty": (*plan.duties, *(one for own in plan.supplements for one in own.duties)),
        "window": plan.windows,
        "template": plan.templates,
        "partners": plan.partners,
    }
    return [one for one in held[kind] if one.id == id_]


@pytest.mark.parametrize(("name", "named"), [(name, named) for name in NAMES for named in ROWS[name]])
def test_what_the_routine_names_is_answered(name: str, named: str) -> None:
    for kind, id_, words in ROWS[name][named]:
        found = things(plan_of(name), kind, id_)
        assert len(found) == 1, (kind, id_)
        text = "\n".join(texts_of(found[0]))
        assert not [word for word in words if word not in text], (kind, id_)


@pytest.mark.parametrize("name", NAMES)
def test_every_role_and_every_system_has_a_card_or_a_duty_of_its_own(name: str) -> None:
    plan = plan_of(name)
    roles = {card.role for card in cards_of(plan)} | {duty.role for duty in plan.duties}
    assert not [role.id for role in plan.roles if role.id not in roles]
    carded = {system for card in cards_of(plan) for system in card.systems}
    guided = {system for guide in plan.guides for system in guide.systems}
    assert not [system.id for system in plan.systems if system.id not in carded]
    assert {"omsorgssystem", "care", "nexus", "magna-cura"} & guided


# --- Hours, clocks, callers and dates, exactly -----------------------------------------------------------------------

MON, TUE, WED, THU, FRI, SAT, SUN = range(1, 8)
HOURS = [
    ("care-fmk", "it-afsnit", {MON: "08:00-15:00", WED: "08:00-15:00", THU: "08:00-17:00", FRI: "08:00-15:00"}),
    (
        "nexus-bekey",
        "nexusteam",
        {MON: "08:00-15:30", TUE: "08:00-15:00", WED: "08:00-15:00", THU: "08:00-18:00", FRI: "08:00-13:00"},
    ),
    ("nexus-botilbud", "nexus-team", {MON: "07:00-15:30", WED: "07:00-15:30", FRI: "07:00-15:30"}),
]


@pytest.mark.parametrize(("name", "id_", "days"), HOURS)
def test_every_hour_that_the_routine_names_is_there(name: str, id_: str, days: dict[int, str]) -> None:
    contact = plan_of(name).contact(id_)
    assert contact is not None
    assert contact.holidays == "closed"
    for day, written in days.items():
        begins, ends = written.split("-")
        lines = [line for line in contact.hours if day in line.days]
        assert lines == [Hours(lines[0].days, clock(begins), clock(ends))], day
    assert not {SAT, SUN} & {day for line in contact.hours for day in line.days}


DUTIES = [
    ("nexus-bekey", "driftvagt-2-timer", ("after", 120, 30, "", "")),
    ("nexus-bekey", "driftvagt-oppe", ("end", 0, 0, "", "driftvagt-2-timer")),
    ("nexus-bekey", "bekey-8-timer", ("since", 480, 60, "noegler-hentet", "")),
    ("nexus-bekey", "vagtskifte", ("shift", 0, 0, "", "")),
    ("nexus-botilbud", "proev-igen", ("every", 15, 0, "", "")),
    ("nexus-botilbud", "vagtskifte", ("shift", 0, 0, "", "")),
    ("care-fmk", "vagtskifte", ("shift", 0, 0, "", "")),
    ("phoniro", "borgerliste", ("shift", 0, 0, "", "")),
    ("phoniro", "vagtskifte", ("shift", 0, 0, "", "")),
    ("magna-cura", "passbyte", ("shift", 0, 0, "", "")),
]
"""The duty's clock, in minutes: what it counts from, how long, how long before it warns, its act, what it follows."""


@pytest.mark.parametrize(("name", "id_", "runs"), DUTIES)
def test_every_clock_runs_as_the_routine_says(name: str, id_: str, runs: tuple[str, int, int, str, str]) -> None:
    duty = next(one for one in plan_of(name).duties if one.id == id_)
    assert (duty.when, duty.minutes, duty.warn, duty.act, duty.follows) == runs
    assert duty.role


@pytest.mark.parametrize("name", NAMES)
def test_who_was_told_that_it_is_down_is_told_that_it_is_up(name: str) -> None:
    """Whoever is called about the outage while it lasts is called again, and only if called before."""
    ends = [duty for duty in plan_of(name).duties if duty.when == "end"]
    assert any(duty.follows for duty in ends)
    for duty in ends:
        if duty.contact:
            before = next(one for one in plan_of(name).duties if one.id == duty.follows)
            assert before.contact == duty.contact, duty.id


def test_who_reported_it_has_the_clocks_of_the_two_hours_and_of_the_keys() -> None:
    """The first role of a plan is hers who has the case."""
    plan = plan_of("nexus-bekey")
    own = {duty.id for duty in plan.duties if duty.role == plan.roles[0].id}
    assert own >= {"driftvagt-2-timer", "driftvagt-oppe", "bekey-8-timer", "vagtskifte"}


MAY_CALL = [
    ("care-fmk", "kmd", {"vagtcentral", "it-afsnit"}),
    ("nexus-bekey", "hospitalet", set()),
    ("nexus-botilbud", "amk", set()),
    ("phoniro", "region-servicedesk", {"sektionsleder-myndighed", "funktionsleder"}),
    ("phoniro", "it-vagt", {"brand-og-redning"}),
    ("nexus-botilbud", "kmd", {"it"}),
]


@pytest.mark.parametrize(("name", "id_", "roles"), MAY_CALL)
def test_who_may_make_a_call_is_as_the_routine_says(name: str, id_: str, roles: set[str]) -> None:
    contact = plan_of(name).contact(id_)
    assert contact is not None
    assert set(contact.may_call) == roles


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_sent_to_a_number_that_only_others_may_call(name: str) -> None:
    """Neither by an order of calling, nor by a guide without a role, nor by a duty or a card."""
    plan = plan_of(name)
    for one in plan.callings:
        for id_ in one.order:
            contact = plan.contact(id_)
            assert contact is not None
            if contact.may_call:
                free = set(contact.may_call)
                everyone = {role.id for role in plan.roles} - {"privat"}  # who has a calling of their own before
                assert (set(one.roles) or everyone) <= free, (one.order, id_)
    for thing in [*plan.duties, *cards_of(plan)]:
        contact = plan.contact(thing.contact)
        if contact is not None and contact.may_call and thing.role:
            assert thing.role in contact.may_call, thing.id


OVERDUE = [
    ("nexus-bekey", "instruks", date(2018, 9, 3), date(2021, 12, 1), date(2023, 12, 31)),
    ("magna-cura", "reservrutin", date(2017, 12, 15), date(2017, 12, 15), date(2018, 12, 31)),
]


@pytest.mark.parametrize(("name", "id_", "approved", "updated", "revise_by"), OVERDUE)
def test_a_routine_that_was_overdue_itself_is_shown_so(
    name: str, id_: str, approved: date, updated: date, revise_by: date
) -> None:
    plan = plan_of(name)
    card = next(one for one in plan.cards if one.id == id_)
    assert (card.about.approved, card.about.updated, card.about.revise_by) == (approved, updated, revise_by)
    assert card.about.is_overdue(TODAY)
    assert plan.about.is_overdue(TODAY)
    assert [one.id for one in cards_of(plan) if one.about.is_overdue(TODAY)] == [id_]


def test_the_homes_document_has_its_own_days() -> None:
    about = plan_of("nexus-botilbud").about
    assert (about.approved, about.updated) == (date(2022, 9, 8), date(2022, 9, 9))
    assert about.editor


def test_the_fourth_tuesday_s_window_is_the_evening_from_eight_to_ten() -> None:
    (window,) = plan_of("nexus-botilbud").windows
    assert (window.week, window.day, window.begins, window.ends) == (4, TUE, clock("20:00"), clock("22:00"))
    assert window.systems == ("nexus",)
    assert window.months == ()


@pytest.mark.parametrize(("name", "digits"), PRESSED.items())
def test_what_is_pressed_on_the_phone_is_there(name: str, digits: tuple[str, ...]) -> None:
    trees = {contact.tree for contact in plan_of(name).contacts}
    assert digits in trees


# --- Guides, and what stands in every hour ---------------------------------------------------------------------------


def ways(guide: Guide, here: Question | Outcome, walked: tuple[str, ...] = ()) -> Iterator[tuple[Outcome, int]]:
    """Every way from here to an end, and how many questions it took."""
    assert here.id not in walked, "a circle"
    if isinstance(here, Outcome):
        yield here, len(walked)
        return
    for yes in (True, False):
        yield from ways(guide, walk.answered(guide, here.id, yes), (*walked, here.id))


@pytest.mark.parametrize("name", NAMES)
def test_every_way_through_every_guide_ends_soon_and_every_end_is_reached(name: str) -> None:
    plan = plan_of(name)
    assert plan.guides
    for guide in plan.guides:
        ends = list(ways(guide, walk.begin(guide)))
        assert {outcome.id for outcome, _count in ends} == {outcome.id for outcome in guide.outcomes}
        assert max(count for _outcome, count in ends) <= 7, guide.id


@pytest.mark.parametrize("name", NAMES)
def test_every_end_of_a_guide_gives_one_number_or_says_what_to_do_without(name: str) -> None:
    plan = plan_of(name)
    zone = ZONES[plan.calendar.country]
    for at in (datetime(2026, 12, 8, 10, 0, tzinfo=zone), datetime(2026, 12, 8, 2, 10, tzinfo=zone)):
        for guide in plan.guides:
            for outcome in guide.outcomes:
                found = walk.whom(plan, guide, outcome, at)
                if outcome.reach == "none" and not outcome.contact:
                    assert found is None
                elif isinstance(found, Contact):
                    assert found.number, (guide.id, outcome.id)
                else:
                    assert found is not None
                    assert found.calling is not None
                    assert found.contact.number if found.contact else found.calling.nobody, (guide.id, outcome.id)


@pytest.mark.parametrize("name", NAMES)
def test_in_every_hour_of_a_year_there_is_a_number_or_the_words_for_having_none(name: str) -> None:
    whole = plan_of(name)
    zone = ZONES[whole.calendar.country]
    begins = datetime(2026, 12, 1, tzinfo=zone)
    for plan in (whole, *(whole.of(own.unit) for own in whole.supplements)):
        for system in ("", *(one.id for one in plan.systems)):
            for role in ("", *(one.id for one in plan.roles)):
                answers = calling.span(plan, begins, begins + timedelta(days=366), system=system, role=role)
                assert all(one.until == two.at for one, two in pairwise(answers))
                for answer in answers:
                    assert answer.calling is not None
                    assert answer.contact.number if answer.contact else answer.calling.nobody, (system, role, answer.at)
                    assert not answer.doubtful


@pytest.mark.parametrize("name", NAMES)
def test_a_unit_s_own_part_is_of_a_unit_that_the_tally_asks(name: str) -> None:
    plan = plan_of(name)
    assert {own.unit for own in plan.supplements} <= set(plan.units)
    for own in plan.supplements:
        joined = plan.of(own.unit)
        assert joined.cards[: len(own.cards)] == own.cards
        assert joined.room == (own.room or plan.room)


@pytest.mark.parametrize(("name", "country"), [("nexus-bekey", "DK"), ("magna-cura", "SE")])
def test_the_units_of_the_plans_in_the_demo_are_units_of_its_municipality(
    name: str, country: Literal["DK", "SE"]
) -> None:
    town = build(SIZES["small"], country, datetime(2026, 12, 1, 9, 0))  # noqa: DTZ001 (the clock on its wall)
    assert set(plan_of(name).units) <= {place.name for place in town.places}


def test_two_units_of_the_swedish_plan_have_routines_of_their_own_and_one_has_its_own_room() -> None:
    plan = plan_of("magna-cura")
    rooms = {own.unit: own.room for own in plan.supplements}
    assert set(rooms) == {"Hemtjänsten Norr", "Björkgården särskilt boende"}
    assert rooms["Björkgården särskilt boende"] is not None
    assert rooms["Hemtjänsten Norr"] is None


@pytest.mark.parametrize("name", NAMES)
def test_the_offices_are_closed_on_the_days_before_christmas_and_new_year(name: str) -> None:
    plan = plan_of(name)
    assert plan.calendar.country == ("SE" if name == "magna-cura" else "DK")
    assert set(plan.calendar.also) >= {(12, 24), (12, 31)}


@pytest.mark.parametrize("name", NAMES)
def test_every_text_that_is_ready_says_since_when_and_whom_to_call(name: str) -> None:
    plan = plan_of(name)
    assert {template.use for template in plan.templates} == {"door", "citizens", "partners"}
    for template in plan.templates:
        assert "{since}" in template.text, template.id
        if template.id != "amk":  # read out on the phone: the number that is given is one's own
            assert "{number}" in template.text, template.id
            assert "{contact}" in template.text, template.id


@pytest.mark.parametrize("name", NAMES)
def test_sentences_are_short_enough_for_the_night(name: str) -> None:
    """No sentence of a card or guide is longer than a tired person reads in one go."""
    plan = plan_of(name)
    said = [step for card in cards_of(plan) for step in card.steps]
    said += [text for guide in plan.guides for text in texts_of((guide.questions, guide.outcomes))]
    for text in said:
        for sentence in re.split(r"(?<=[.?!:])\s", text):
            assert len(sentence.split()) <= 22, sentence
