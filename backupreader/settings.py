"""The settings: one frozen dataclass, read once from a TOML file at the edge, and passed down.

Unknown keys, wrong types and values out of range are refused by name, so that a misspelt key never silently means a
default. Checked by hand, not with pydantic: the lock screen reads these, and must not wait for a schema compiler.
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, field, fields, replace
from datetime import time
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backupreader import tomlvalues
from backupreader.domain.errors import SETTINGS_UNREADABLE
from backupreader.domain.sheetrules import CHECK_HOURS, Rule, SheetRules
from backupreader.domain.shifts import NAMES, Hours
from backupreader.domain.trouble import ReaderError
from backupreader.language import CODES
from backupreader.tomlvalues import Wrong

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSetting:
    """One ``[[source]]``: where a source system writes its export on the export machine."""

    name: str
    path: Path
    adapter: str | None = None
    profile: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSetting:
    """One ``[[sites]]``: which units' citizens one group of backup PCs holds.

    `units` are names or ids, each with the units below it; `neighbours` are other sites whose units these PCs hold too,
    as a second copy. What is None is as for all sites.
    """

    name: str
    units: tuple[str, ...]
    neighbours: tuple[str, ...] = ()
    send_to: tuple[str, ...] | None = None
    leave_out: tuple[str, ...] | None = None


def default_data() -> Path:
    """Where this machine keeps its data when nothing is said."""
    if os.name == "nt":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "BackupReader"
    return Path("/var/lib/backupreader")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings with their defaults.

    `site` names the municipality and area on every page and binds packages to it. `data` holds everything that this
    machine keeps. `expected` are the local clock times at which new data should have been taken; it is late
    `late_after_minutes` after that. `leave_out` are the tables that never enter a generation, by the site's own
    decision; `life_critical` is the file of its life-critical rules, `plan` the file or folder of its contingency plan.
    `auditor` is the .vault file of one who may read the audit too. `idle_lock_minutes`: the window locks itself after
    so long without a key or a touch, and `blank_minutes` before that covers what is seen (0: never). `kiosk`: the
    window fills the screen and is not closed by hand. `machine_secret` says where this PC's secret comes from.
    `two_for_recovery`: the recovery code is made in two parts, for two people. `shifts` are the local clock times at
    which each shift begins.
    `sheets` say what must become of sheets of paper afterwards; with `two_sided` the window prints both sides of them.
    """

    site: str = "backupreader"
    language: str = "da"
    country: str = "DK"
    zone: str = "Europe/Copenhagen"
    data: Path = field(default_factory=default_data)
    inbox: Path | None = None
    machine_secret: str = ""
    auditor: Path | None = None
    two_for_recovery: bool = False
    expected: tuple[str, ...] = ("05:30", "17:30")
    late_after_minutes: int = 90
    idle_lock_minutes: int = 5
    blank_minutes: int = 2
    kiosk: bool = False
    two_sided: bool = False
    keep_generations: int = 8
    keep_days: int = 7
    drill_days: int = 90
    shift_check_hours: int = 24
    send_to: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    life_critical: Path | None = None
    plan: Path | None = None
    sources: tuple[SourceSetting, ...] = ()
    sites: tuple[SiteSetting, ...] = ()
    shifts: Hours = field(default_factory=Hours)
    sheets: SheetRules = field(default_factory=SheetRules)

    def timezone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.zone)

    @property
    def vault_folder(self) -> Path:
        """Where the PC's vault lies."""
        return self.data / "vault"

    @property
    def audit_folder(self) -> Path:
        """Where this PC keeps what was done on it."""
        return self.data / "audit"

    @property
    def machine_secret_place(self) -> str:
        """Where the secret comes from that binds the vault to this PC; the forms are those of ``store.machine``."""
        return self.machine_secret or str(self.vault_folder / "machine-secret")

    @property
    def inbox_folder(self) -> Path:
        """Where the carrier lays packages on the PC."""
        return self.inbox or self.data / "inbox"


def default_file() -> Path:
    """The settings file that is read when none is named."""
    if os.name == "nt":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "BackupReader" / "settings.toml"
    return Path("/etc/backupreader/settings.toml")


_KEYS: Final = {item.name for item in fields(Settings)} - {"sources"} | {"source"}
_SOURCE_KEYS: Final = {item.name for item in fields(SourceSetting)}
_SITE_KEYS: Final = {item.name for item in fields(SiteSetting)}
_SITE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def load(file: Path | None, data: Path | None = None, language: str | None = None) -> Settings:
    """The settings of `file`, with the command line's two words put over it.

    When `file` is None the default file is read, if there is one. Relative paths are relative to the settings file.
    Raises `ReaderError` (SETTINGS_UNREADABLE) naming the key or line.
    """
    path = file or default_file()
    settings = Settings()
    if file is not None or path.exists():
        settings = _read(path)
    if data is not None:
        settings = replace(settings, data=data.absolute())
    if language is not None:
        settings = replace(settings, language=language)
    return settings


def _read(path: Path) -> Settings:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as trouble:
        raise ReaderError(SETTINGS_UNREADABLE, path=path, reason=trouble.strerror or trouble) from trouble
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as trouble:
        raise ReaderError(SETTINGS_UNREADABLE, path=path, reason=trouble) from trouble
    try:
        return _checked(raw, path.absolute().parent)
    except Wrong as wrong:
        raise ReaderError(SETTINGS_UNREADABLE, path=path, reason=wrong) from None


def _checked(raw: dict[str, object], folder: Path) -> Settings:
    tomlvalues.only(raw, _KEYS, "")
    settings = Settings(
        site=tomlvalues.text(raw, "site", "backupreader"),
        language=tomlvalues.text(raw, "language", "da"),
        country=tomlvalues.text(raw, "country", "DK"),
        zone=tomlvalues.text(raw, "zone", "Europe/Copenhagen"),
        data=tomlvalues.path(raw, "data", folder) or default_data(),
        inbox=tomlvalues.path(raw, "inbox", folder),
        auditor=tomlvalues.path(raw, "auditor", folder),
        machine_secret=_secret(raw, folder),
        two_for_recovery=tomlvalues.switch(raw, "two_for_recovery"),
        expected=tomlvalues.texts(raw, "expected", ("05:30", "17:30")),
        late_after_minutes=tomlvalues.number(raw, "late_after_minutes", 90, 0, 10_080),
        idle_lock_minutes=tomlvalues.number(raw, "idle_lock_minutes", 5, 1, 120),
        blank_minutes=_blank(raw),
        kiosk=tomlvalues.switch(raw, "kiosk"),
        two_sided=tomlvalues.switch(raw, "two_sided"),
        keep_generations=tomlvalues.number(raw, "keep_generations", 8, 8, 1_000),
        keep_days=tomlvalues.number(raw, "keep_days", 7, 7, 366),
        drill_days=tomlvalues.number(raw, "drill_days", 90, 0, 3_660),
        shift_check_hours=tomlvalues.number(raw, "shift_check_hours", 24, 0, 8_760),
        send_to=_targets(raw, folder) or (),
        leave_out=_left_out(raw, "") or (),
        life_critical=tomlvalues.path(raw, "life_critical", folder),
        plan=tomlvalues.path(raw, "plan", folder),
        sources=_sources(raw, folder),
        sites=_sites(raw, folder),
        shifts=_shifts(raw),
        sheets=_sheets(raw),
    )
    if settings.language not in CODES:
        raise Wrong(f"language: {settings.language}")
    if settings.country not in {"DK", "SE", "NO"}:
        raise Wrong(f"country: {settings.country}")
    if not _SITE_NAME.fullmatch(settings.site):
        raise Wrong(f"site: {settings.site}")
    for clock in settings.expected:
        if not _CLOCK.fullmatch(clock):
            raise Wrong(f"expected: {clock}")
    try:
        settings.timezone()
    except (ZoneInfoNotFoundError, ValueError) as trouble:
        raise Wrong(f"zone: {settings.zone}") from trouble
    return settings


def _blank(raw: dict[str, object]) -> int:
    """Less than the idle lock, or it would never be seen."""
    longest = tomlvalues.number(raw, "idle_lock_minutes", 5, 1, 120) - 1
    return tomlvalues.number(raw, "blank_minutes", min(2, longest), 0, longest)


def _sources(raw: dict[str, object], folder: Path) -> tuple[SourceSetting, ...]:
    sources: list[SourceSetting] = []
    for where, entry in tomlvalues.tables(raw, "source", _SOURCE_KEYS):
        path = tomlvalues.path(entry, "path", folder)
        name = tomlvalues.text(entry, "name", "")
        if path is None or not re.fullmatch(r"[^\W_][\w .-]{0,63}", name):
            raise Wrong(where + ("path" if path is None else "name"))
        sources.append(
            SourceSetting(
                name=name,
                path=path,
                adapter=tomlvalues.text(entry, "adapter", "") or None,
                profile=_profile(entry, folder),
            )
        )
    tomlvalues.once([source.name for source in sources], "source")
    return tuple(sources)


def _sites(raw: dict[str, object], folder: Path) -> tuple[SiteSetting, ...]:
    sites: list[SiteSetting] = []
    for where, entry in tomlvalues.tables(raw, "sites", _SITE_KEYS):
        name, units = tomlvalues.text(entry, "name", ""), tomlvalues.texts(entry, "units", ())
        if not _SITE_NAME.fullmatch(name) or not units:
            raise Wrong(where + ("units" if _SITE_NAME.fullmatch(name) else "name"))
        sites.append(
            SiteSetting(
                name=name,
                units=units,
                neighbours=tomlvalues.texts(entry, "neighbours", ()),
                send_to=_targets(entry, folder),
                leave_out=_left_out(entry, where),
            )
        )
    tomlvalues.once([site.name.casefold() for site in sites], "sites")  # some disks do not tell Nord from nord
    known = {site.name for site in sites}
    for site in sites:
        for neighbour in site.neighbours:
            if neighbour not in known - {site.name}:
                raise Wrong(f"sites: neighbours: {neighbour}")
    return tuple(sites)


def _shifts(raw: dict[str, object]) -> Hours:
    """When each shift begins; one that is not named begins as it usually does."""
    table = tomlvalues.table(raw, "shifts", set(NAMES))
    clocks: dict[str, time] = {}
    for name in table:
        clock = tomlvalues.text(table, name, "")
        if not _CLOCK.fullmatch(clock):
            raise Wrong(f"shifts: {name}: {clock}")
        clocks[name] = time.fromisoformat(clock)
    hours = Hours(**clocks)
    if not hours.are_in_order:
        raise Wrong(f"shifts: {hours.day:%H:%M}, {hours.evening:%H:%M}, {hours.night:%H:%M}")
    return hours


def _sheets(raw: dict[str, object]) -> SheetRules:
    """The rule of each document that is named. Which documents there are, only those who make them know."""
    table = dict(tomlvalues.table(raw, "sheets", None))
    hours = tomlvalues.number(table, "check_hours", CHECK_HOURS, 0, 8_760)
    table.pop("check_hours", None)
    known = {rule.value: rule for rule in Rule}
    for name, rule in table.items():
        if rule not in known:
            raise Wrong(f"sheets: {name} ({', '.join(known)})")
    return SheetRules(documents={name: Rule(rule) for name, rule in table.items()}, check_hours=hours)


def _left_out(raw: dict[str, object], where: str) -> tuple[str, ...] | None:
    """The tables that are meant; None where nothing is said."""
    if "leave_out" not in raw:
        return None
    from backupreader.domain.leaving import tables_of  # which knows all records: the lock screen does not wait for them

    try:
        return tables_of(tomlvalues.texts(raw, "leave_out", ()))
    except KeyError as unknown:
        raise Wrong(f"{where}leave_out: {unknown.args[0]}") from None


def _targets(raw: dict[str, object], folder: Path) -> tuple[str, ...] | None:
    """Where packages are sent; None where nothing is said."""
    return (
        tuple(_target(target, folder) for target in tomlvalues.texts(raw, "send_to", ())) if "send_to" in raw else None
    )


def _profile(entry: dict[str, object], folder: Path) -> str | None:
    """The name of a profile that we ship, or the path of the site's own."""
    profile = tomlvalues.text(entry, "profile", "")
    if "\0" in profile:
        raise Wrong("profile")
    return str(folder / tomlvalues.home(profile)) if profile.endswith(".toml") else profile or None


def _secret(raw: dict[str, object], folder: Path) -> str:
    """A path is relative to the settings file, also behind ``dpapi:``; a credential of systemd is a name."""
    place = tomlvalues.text(raw, "machine_secret", "")
    if "\0" in place or place in {"systemd:", "dpapi:"}:
        raise Wrong("machine_secret")
    if not place or place.startswith("systemd:"):
        return place
    form = "dpapi:" if place.startswith("dpapi:") else ""
    return form + str(folder / tomlvalues.home(place.removeprefix(form)))


def _target(target: str, folder: Path) -> str:
    """A plain path is relative to the settings file, as every path is; one that names its carrier stays."""
    if not target or "\0" in target:
        raise Wrong("send_to")
    return target if ":" in target else str(folder / tomlvalues.home(target))
