"""Asked at the edges of its hours, each example plan names the right contact, why, until when, and who is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.plan import calling, planned
from backupreader.domain.plan.about import Reach
from backupreader.domain.plan.plan import Plan
from backupreader.planfile import EXAMPLES, load

ZONES = {"DK": ZoneInfo("Europe/Copenhagen"), "SE": ZoneInfo("Europe/Stockholm")}
NOBODY = ""
NEVER = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """When and what is asked; who is to be called, until when, and then; who was passed before, and why."""

    at: str
    who: str
    until: str
    then: str = NOBODY
    passed: tuple[tuple[str, str, str], ...] = ()
    after: tuple[str, ...] = ()
    system: str = ""
    role: str = ""
    reach: Reach | None = None
    unit: str = ""
    fold: int = 0


def it_closed(opens: str, why: str = "closed") -> tuple[tuple[str, str, str], ...]:
    return (("it-afsnit", why, opens),)


def team_closed(opens: str, why: str = "closed") -> tuple[tuple[str, str, str], ...]:
    return (("nexusteam", why, opens),)


def homes_closed(opens: str, why: str = "closed") -> tuple[tuple[str, str, str], ...]:
    return (("nexus-team", why, opens),)


def support_closed(opens: str, why: str = "closed") -> tuple[tuple[str, str, str], ...]:
    return (("nexus-support", why, opens),)


def stod_closed(opens: str, why: str = "closed") -> tuple[tuple[str, str, str], ...]:
    return (("it-stod", why, opens),)


CARE = "care-fmk"
CARE_FMK = [
    Asked(
        at="2026-12-03 16:59", who="it-afsnit", until="2026-12-03 17:00", then="vagtcentralen", after=("vagtcentralen",)
    ),
    Asked(
        at="2026-12-03 17:00",
        who="vagtcentralen",
        until="2026-12-04 08:00",
        then="it-afsnit",
        passed=it_closed("2026-12-04 08:00"),
    ),
    Asked(
        at="2026-12-04 14:59", who="it-afsnit", until="2026-12-04 15:00", then="vagtcentralen", after=("vagtcentralen",)
    ),
    Asked(
        at="2026-12-04 15:00",
        who="vagtcentralen",
        until="2026-12-07 08:00",
        then="it-afsnit",
        passed=it_closed("2026-12-07 08:00"),
    ),
    Asked(
        at="2026-12-05 12:00",
        who="vagtcentralen",
        until="2026-12-07 08:00",
        then="it-afsnit",
        passed=it_closed("2026-12-07 08:00"),
    ),
    Asked(
        at="2026-12-07 07:59",
        who="vagtcentralen",
        until="2026-12-07 08:00",
        then="it-afsnit",
        passed=it_closed("2026-12-07 08:00"),
    ),
    Asked(
        at="2026-12-07 08:00", who="it-afsnit", until="2026-12-07 15:00", then="vagtcentralen", after=("vagtcentralen",)
    ),
    Asked(
        at="2026-12-09 15:00",
        who="vagtcentralen",
        until="2026-12-10 08:00",
        then="it-afsnit",
        passed=it_closed("2026-12-10 08:00"),
    ),
    Asked(
        at="2026-12-24 10:00",
        who="vagtcentralen",
        until="2026-12-28 08:00",
        then="it-afsnit",
        passed=it_closed("2026-12-28 08:00", "holiday"),
    ),
    Asked(
        at="2026-12-25 10:00",
        who="vagtcentralen",
        until="2026-12-28 08:00",
        then="it-afsnit",
        passed=it_closed("2026-12-28 08:00", "holiday"),
    ),
    Asked(  # the night the clocks go back, the hour that comes twice: both times
        at="2026-10-25 02:30",
        who="vagtcentralen",
        until="2026-10-26 08:00",
        then="it-afsnit",
        passed=it_closed("2026-10-26 08:00"),
    ),
    Asked(
        at="2026-10-25 02:30",
        fold=1,
        who="vagtcentralen",
        until="2026-10-26 08:00",
        then="it-afsnit",
        passed=it_closed("2026-10-26 08:00"),
    ),
    # the watch centre itself calls the supplier, at any hour
    Asked(at="2026-12-05 02:10", role="vagtcentral", who="kmd", until=NEVER),
    Asked(at="2026-12-05 02:10", role="vagtcentral", reach="global", who="kmd", until=NEVER),
    Asked(
        at="2026-12-07 02:10",
        role="vagtcentral",
        reach="local",
        who=NOBODY,
        until="2026-12-07 08:00",
        then="it-afsnit",
        passed=it_closed("2026-12-07 08:00"),
    ),
    Asked(at="2026-12-07 10:00", role="it-afsnit", who="kmd", until=NEVER),
    Asked(
        at="2026-12-07 10:00",
        system="fmk",
        reach="national",
        who="it-afsnit",
        until="2026-12-07 15:00",
        then="vagtcentralen",
        after=("vagtcentralen",),
    ),
]

NEXUS_BEKEY = [
    Asked(at="2026-12-07 15:29", who="nexusteam", until="2026-12-07 15:30", then="kmd-support", after=("kmd-support",)),
    Asked(
        at="2026-12-07 15:30",
        who="kmd-support",
        until="2026-12-08 08:00",
        then="nexusteam",
        passed=team_closed("2026-12-08 08:00"),
    ),
    Asked(at="2026-12-08 14:59", who="nexusteam", until="2026-12-08 15:00", then="kmd-support", after=("kmd-support",)),
    Asked(
        at="2026-12-08 15:00",
        who="kmd-support",
        until="2026-12-09 08:00",
        then="nexusteam",
        passed=team_closed("2026-12-09 08:00"),
    ),
    Asked(at="2026-12-10 17:59", who="nexusteam", until="2026-12-10 18:00", then="kmd-support", after=("kmd-support",)),
    Asked(
        at="2026-12-10 18:00",
        who="kmd-support",
        until="2026-12-11 08:00",
        then="nexusteam",
        passed=team_closed("2026-12-11 08:00"),
    ),
    Asked(at="2026-12-11 12:59", who="nexusteam", until="2026-12-11 13:00", then="kmd-support", after=("kmd-support",)),
    Asked(
        at="2026-12-11 13:00",
        who="kmd-support",
        until="2026-12-14 08:00",
        then="nexusteam",
        passed=team_closed("2026-12-14 08:00"),
    ),
    Asked(
        at="2026-12-24 09:00",
        who="kmd-support",
        until="2026-12-28 08:00",
        then="nexusteam",
        passed=team_closed("2026-12-28 08:00", "holiday"),
    ),
    Asked(
        at="2026-12-25 09:00",
        who="kmd-support",
        until="2026-12-28 08:00",
        then="nexusteam",
        passed=team_closed("2026-12-28 08:00", "holiday"),
    ),
    Asked(
        at="2026-12-31 09:00",
        who="kmd-support",
        until="2027-01-04 08:00",
        then="nexusteam",
        passed=team_closed("2027-01-04 08:00", "holiday"),
    ),
    Asked(  # the night the clocks go forward
        at="2026-03-29 03:30",
        who="kmd-support",
        until="2026-03-30 08:00",
        then="nexusteam",
        passed=team_closed("2026-03-30 08:00"),
    ),
    Asked(at="2026-12-07 10:00", system="bekey", who="bekey-support", until=NEVER, after=("it-support",)),
    Asked(at="2026-12-25 02:10", system="bekey", who="bekey-support", until=NEVER, after=("it-support",)),
    Asked(at="2026-12-25 02:10", system="internet", who="it-support", until=NEVER),
    Asked(at="2026-12-07 10:00", role="privat", who="nexusteam", until="2026-12-07 15:30", then=NOBODY),
    Asked(
        at="2026-12-07 15:30",
        role="privat",
        who=NOBODY,
        until="2026-12-08 08:00",
        then="nexusteam",
        passed=team_closed("2026-12-08 08:00"),
    ),
]

PHONIRO = [
    Asked(
        at="2026-12-07 10:00",
        who="nexus-support",
        until="2026-12-07 15:00",
        then="afdelingschef",
        after=("afdelingschef", "brand-og-redning"),
    ),
    Asked(
        at="2026-12-07 15:00",
        who="afdelingschef",
        until="2026-12-08 08:00",
        then="nexus-support",
        passed=support_closed("2026-12-08 08:00"),
        after=("brand-og-redning",),
    ),
    Asked(
        at="2026-12-11 14:00",
        who="afdelingschef",
        until="2026-12-14 08:00",
        then="nexus-support",
        passed=support_closed("2026-12-14 08:00"),
        after=("brand-og-redning",),
    ),
    Asked(
        at="2026-12-25 02:10",
        who="afdelingschef",
        until="2026-12-28 08:00",
        then="nexus-support",
        passed=support_closed("2026-12-28 08:00", "holiday"),
        after=("brand-og-redning",),
    ),
    Asked(
        at="2026-12-05 02:10",
        role="afdelingschef",
        who="brand-og-redning",
        until="2026-12-07 08:00",
        then="nexus-support",
        passed=support_closed("2026-12-07 08:00"),
    ),
    Asked(at="2026-12-05 02:10", role="brand-og-redning", who="it-vagt", until=NEVER),
    Asked(
        at="2026-12-05 02:10", system="phoniro", role="lokal-leder", reach="global", who="phoniro-support", until=NEVER
    ),
    Asked(
        at="2026-12-05 02:10",
        system="phoniro",
        reach="local",
        who="vagthavende-sygeplejerske",
        until="2026-12-07 07:00",
        then="noegleteam",
        passed=(("noegleteam", "closed", "2026-12-07 07:00"),),
    ),
    Asked(
        at="2026-12-05 02:10",
        system="noedkald",
        reach="local",
        who="noedkald-support",
        until=NEVER,
        after=("vagthavende-sygeplejerske",),
    ),
    Asked(
        at="2026-12-05 02:10",
        system="medicoteknik",
        who="medicoteknik",
        until=NEVER,
        after=("vagthavende-sygeplejerske",),
    ),
    Asked(
        at="2026-12-05 02:10",
        system="omsorgssystem",
        reach="local",
        who="vagthavende-sygeplejerske",
        until="2026-12-07 08:00",
        then="nexus-support",
        passed=support_closed("2026-12-07 08:00"),
    ),
]

BOTH = ("enhetschef-beredskap", "kommunal-sjukskoterska")
MAGNA_CURA = [
    Asked(
        at="2026-12-08 16:29",
        who="it-stod",
        until="2026-12-08 16:30",
        then="enhetschef-beredskap",
        after=("kommunal-sjukskoterska",),
    ),
    Asked(
        at="2026-12-08 16:30",
        who="enhetschef-beredskap",
        until="2026-12-09 08:00",
        then="it-stod",
        passed=stod_closed("2026-12-09 08:00"),
        after=("kommunal-sjukskoterska",),
    ),
    Asked(
        at="2026-12-12 02:10",
        who="enhetschef-beredskap",
        until="2026-12-14 08:00",
        then="it-stod",
        passed=stod_closed("2026-12-14 08:00"),
        after=("kommunal-sjukskoterska",),
    ),
    Asked(  # a Thursday on which the office is closed: the head on call answers as on a Sunday, at midday too
        at="2026-12-24 12:00",
        who="enhetschef-beredskap",
        until="2026-12-28 08:00",
        then="it-stod",
        passed=stod_closed("2026-12-28 08:00", "holiday"),
        after=("kommunal-sjukskoterska",),
    ),
    Asked(
        at="2026-12-25 12:00",
        who="enhetschef-beredskap",
        until="2026-12-28 08:00",
        then="it-stod",
        passed=stod_closed("2026-12-28 08:00", "holiday"),
        after=("kommunal-sjukskoterska",),
    ),
    Asked(  # Epiphany is a holiday in Sweden
        at="2027-01-06 10:00",
        who="enhetschef-beredskap",
        until="2027-01-07 08:00",
        then="it-stod",
        passed=stod_closed("2027-01-07 08:00", "holiday"),
        after=("kommunal-sjukskoterska",),
    ),
    Asked(
        at="2026-10-25 02:30",
        fold=1,
        who="enhetschef-beredskap",
        until="2026-10-26 08:00",
        then="it-stod",
        passed=stod_closed("2026-10-26 08:00"),
        after=("kommunal-sjukskoterska",),
    ),
    Asked(
        at="2026-12-12 02:10",
        role="enhetschef-beredskap",
        who="leverantoren",
        until="2026-12-14 08:00",
        then="it-stod",
        passed=stod_closed("2026-12-14 08:00"),
    ),
    Asked(  # a unit's own order comes before the common one
        at="2026-12-12 12:00",
        unit="Hemtjänsten Norr",
        system="magna-cura",
        role="personal",
        reach="global",
        who="norr-samordnare",
        until="2026-12-12 22:00",
        then="enhetschef-beredskap",
        after=BOTH,
    ),
    Asked(
        at="2026-12-12 22:00",
        unit="Hemtjänsten Norr",
        system="magna-cura",
        role="personal",
        reach="global",
        who="enhetschef-beredskap",
        until="2026-12-13 06:45",
        then="norr-samordnare",
        passed=(("norr-samordnare", "closed", "2026-12-13 06:45"),),
        after=("kommunal-sjukskoterska",),
    ),
]

BOTILBUD = [
    Asked(
        at="2026-12-07 06:59",
        who=NOBODY,
        until="2026-12-07 07:00",
        then="nexus-team",
        passed=homes_closed("2026-12-07 07:00"),
    ),
    Asked(at="2026-12-07 07:00", who="nexus-team", until="2026-12-07 15:30", then=NOBODY),
    Asked(at="2026-12-07 15:29", who="nexus-team", until="2026-12-07 15:30", then=NOBODY),
    Asked(
        at="2026-12-07 15:30",
        who=NOBODY,
        until="2026-12-08 07:00",
        then="nexus-team",
        passed=homes_closed("2026-12-08 07:00"),
    ),
    Asked(
        at="2026-12-11 15:30",
        who=NOBODY,
        until="2026-12-14 07:00",
        then="nexus-team",
        passed=homes_closed("2026-12-14 07:00"),
    ),
    Asked(  # the fourth Tuesday, in the planned hours
        at="2026-11-24 20:30",
        system="nexus",
        who=NOBODY,
        until="2026-11-25 07:00",
        then="nexus-team",
        passed=homes_closed("2026-11-25 07:00"),
    ),
    Asked(
        at="2026-12-25 10:00",
        who=NOBODY,
        until="2026-12-28 07:00",
        then="nexus-team",
        passed=homes_closed("2026-12-28 07:00", "holiday"),
    ),
    Asked(  # only a critical fault of the whole net wakes the one on duty
        at="2026-12-12 02:10",
        system="netvaerk",
        reach="global",
        who="raadighedsvagt",
        until="2026-12-14 07:00",
        then="it-kontor",
        passed=(("it-kontor", "closed", "2026-12-14 07:00"),),
    ),
    Asked(
        at="2026-12-12 02:10",
        system="netvaerk",
        reach="local",
        who=NOBODY,
        until="2026-12-14 07:00",
        then="it-kontor",
        passed=(("it-kontor", "closed", "2026-12-14 07:00"),),
    ),
    Asked(
        at="2026-12-12 02:10",
        system="adgangskode",
        reach="global",
        who=NOBODY,
        until="2026-12-14 07:00",
        then="it-kontor",
        passed=(("it-kontor", "closed", "2026-12-14 07:00"),),
    ),
    Asked(at="2026-12-07 10:00", role="it", who="kmd", until=NEVER),
]

TABLE = [
    *((CARE, asked) for asked in CARE_FMK),
    *(("nexus-bekey", asked) for asked in NEXUS_BEKEY),
    *(("phoniro", asked) for asked in PHONIRO),
    *(("magna-cura", asked) for asked in MAGNA_CURA),
    *(("nexus-botilbud", asked) for asked in BOTILBUD),
]


def _moment(plan: Plan, text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONES[plan.calendar.country], fold=fold)


def _written(moment: datetime | None) -> str:
    return NEVER if moment is None else f"{moment:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(("name", "asked"), TABLE, ids=lambda value: getattr(value, "at", value))
def test_at_every_edge_the_plan_names_whom_to_call_why_until_when_and_who_is_next(name: str, asked: Asked) -> None:
    plan = load(EXAMPLES / name)
    plan = plan.of(asked.unit) if asked.unit else plan
    at = _moment(plan, asked.at, asked.fold)
    answer = calling.now(plan, at, system=asked.system, role=asked.role, reach=asked.reach)
    assert (answer.contact.id if answer.contact else NOBODY) == asked.who
    assert _written(answer.until) == asked.until
    assert (answer.then.id if answer.then else NOBODY) == asked.then
    assert tuple((one.contact.id, one.why, _written(one.opens)) for one in answer.passed) == asked.passed
    assert tuple(one.id for one in answer.after) == asked.after
    assert not answer.doubtful


@pytest.mark.parametrize("at", ["2026-12-07 15:30", "2026-12-08 02:10", "2026-12-25 12:00"])
def test_where_nobody_is_to_be_called_the_plan_says_what_to_do_and_when_to_try_again(at: str) -> None:
    plan = load(EXAMPLES / "nexus-botilbud")
    answer = calling.now(plan, _moment(plan, at), system="nexus", role="medarbejder")
    assert answer.contact is None
    assert answer.calling is not None
    assert answer.calling.again == 15
    assert "nettet" in answer.calling.nobody
    assert "Vent" in answer.calling.nobody
    assert "KMD overvåger" in answer.calling.nobody


@pytest.mark.parametrize(
    ("at", "is_going"),
    [
        ("2026-11-24 19:59", False),
        ("2026-11-24 20:00", True),
        ("2026-11-24 21:59", True),
        ("2026-11-24 22:00", False),
        ("2026-11-17 20:30", False),  # the third
        ("2026-12-29 20:30", False),  # the fifth
        ("2026-12-22 20:30", True),
        ("2026-11-25 20:30", False),  # a Wednesday
    ],
)
def test_the_planned_downtime_is_that_of_the_fourth_tuesday(at: str, is_going: bool) -> None:  # noqa: FBT001
    plan = load(EXAMPLES / "nexus-botilbud")
    assert bool(planned.going(plan, _moment(plan, at))) is is_going


def test_the_planned_downtime_is_announced_the_day_before() -> None:
    plan = load(EXAMPLES / "nexus-botilbud")
    (coming,) = planned.coming(plan, _moment(plan, "2026-11-23 08:00"), 1)
    assert (_written(coming.begins), _written(coming.ends)) == ("2026-11-24 20:00", "2026-11-24 22:00")
    assert not planned.coming(plan, _moment(plan, "2026-11-22 08:00"), 1)
