"""The municipality written out as a source system would export it, with the settings that read it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from sync.sample.municipality import records
from sync.sample.town import SIZES, Country, Town, build
from sync.sample.words import LANGUAGES
from sync.tables.writing import write_export

SYSTEMS: Final[Mapping[Country, tuple[str, str]]] = {"DK": ("Nexus", "nexus"), "SE": ("Magna Cura", "magnacura")}
"""The name of each country's source system, and the profile it is written with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleExport:
    """What was written: the settings that name it, the files, and when the data was taken (ISO, local wall time)."""

    settings: Path
    files: tuple[Path, ...]
    taken_at: str
    left_out: Mapping[str, int]


def write(folder: Path, *, size: str, country: Country, now: datetime, flawed: bool = False) -> SampleExport:
    """Write a municipality of that size (a key of `SIZES`) into `folder`, as it was exported last before `now`.

    The same inputs give the same bytes. With `flawed`, a date that is none and a status that nobody knows stand in it.
    """
    name, profile = SYSTEMS[country]
    return _write(folder, _town(size, country, now), name, profile, flawed=flawed)


def write_canonical(folder: Path, *, size: str, country: Country, now: datetime) -> SampleExport:
    """The same municipality in the canonical form: what the benchmarks build from."""
    return _write(folder, _town(size, country, now), "Canonical", "canonical", flawed=False)


def _town(size: str, country: Country, now: datetime) -> Town:
    """`now` in the municipality's wall time."""
    zone = ZoneInfo("Europe/Copenhagen" if country == "DK" else "Europe/Stockholm")
    local = now if now.tzinfo is None else now.astimezone(zone)
    return build(SIZES[size], country, local.replace(tzinfo=None, second=0, microsecond=0))


def _write(folder: Path, town: Town, name: str, profile: str, *, flawed: bool) -> SampleExport:
    lists = folder / profile
    lists.mkdir(parents=True, exist_ok=True)
    taken_at = town.taken.isoformat(timespec="minutes")
    written = write_export(profile, records(town), lists, taken_at)
    if flawed:
        _spoil(lists, town.country)
    settings = folder / "settings.toml"
    settings.write_text(_settings(town, name, profile), encoding="utf-8", newline="\n")
    return SampleExport(settings=settings, files=written.files, taken_at=taken_at, left_out=written.left_out)


def _settings(town: Town, name: str, profile: str) -> str:
    people: Any = town.words.people
    return f"""\
# The made-up municipality: {people["municipality"]}.
site = "{people["site"]}"
language = "{LANGUAGES[town.country]}"
country = "{town.country}"
zone = "{town.zone}"
data = "data"
expected = ["05:30", "17:30"]

[[source]]
name = "{name}"
path = "{profile}"
adapter = "table"
profile = "{profile}"
"""


# File, column, row (1 is the first after the headings), what stands there instead.
_FLAWS: Final = {
    "DK": (("Borgere_*.csv", "Fødselsdato", 2, "31-02-1940"), ("Borgere_*.csv", "Status", 5, "På ferie")),
    "SE": (("Brukare.csv", "Födelsedatum", 2, "1940-02-31"), ("Brukare.csv", "Status", 5, "Bortrest")),
}
_HEAD: Final = {"DK": 0, "SE": 1}
_ENCODING: Final = {"DK": "utf-8-sig", "SE": "cp1252"}


def _spoil(lists: Path, country: Country) -> None:
    for pattern, column, number, text in _FLAWS[country]:
        (path,) = lists.glob(pattern)
        with path.open(encoding=_ENCODING[country], newline="") as file:
            rows = list(csv.reader(file, delimiter=";"))
        head = _HEAD[country]
        rows[head + number][rows[head].index(column)] = text
        with path.open("w", encoding=_ENCODING[country], newline="") as file:
            csv.writer(file, delimiter=";", lineterminator="\r\n").writerows(rows)
