"""A plan out of its texts, or everything that is wrong with them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Protocol

from backupreader.domain.plan import lint
from backupreader.domain.plan.about import About, Spot
from backupreader.domain.plan.contacts import Calendar
from backupreader.domain.plan.finding import Finding
from backupreader.domain.plan.guidance import Guide
from backupreader.domain.plan.plan import Plan, Supplement
from backupreader.domain.trouble import Reason
from backupreader.language import N_
from backupreader.planfile import contacts, duties, guidance
from backupreader.planfile.page import Page, Table, shown_text
from backupreader.planfile.positions import scan

PLAN: Final = "plan.toml"
UNITS: Final = "units/"
_UNIT_FILE: Final = re.compile(r"units/[^/]+\.toml")
_LINE: Final = re.compile(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)$")

_NO_TOML = N_("This cannot be read: {reason}")
_NO_PLAN = N_("There is no {file} here, in which a plan begins")
_NO_PART = N_("This file is no part of a plan: a plan is {file}, and one file for each unit in {folder}")
_TWICE = N_("[[{key}]] '{id}' stands twice; the other one stands in {file}, line {line}")
_UNIT_TWICE = N_("'{unit}' has two supplements; the other one is {file}")


@dataclass(frozen=True, slots=True)
class Read:
    """What came of it: a plan, or None where one of the findings stops it.

    `draft` is the plan also where it could be read, but is of no use as it is: see `lint.faults`.
    """

    plan: Plan | None
    findings: tuple[Finding, ...]
    draft: Plan | None = None


def read(files: Mapping[str, str]) -> Read:
    """The plan that these texts are: `plan.toml`, and for each supplement a `units/NAME.toml`.

    All findings that stop it are told, by file and line, those of `lint` among them. The doubts are not: see `lint`.
    """
    findings: list[Finding] = []
    tables = {name: _toml(name, files[name]) for name in sorted(files, key=lambda name: (name != PLAN, name))}
    for name, table in tables.items():
        if name != PLAN and not _UNIT_FILE.fullmatch(name):
            table.page.tell((), _NO_PART, file=PLAN, folder=UNITS)
    if PLAN not in tables:
        findings.append(Finding(Spot(PLAN), Reason(_NO_PLAN, {"file": PLAN})))
    supplements = [_supplement(table) for name, table in tables.items() if name != PLAN and not table.page.torn]
    plan = None
    if PLAN in tables and not tables[PLAN].page.torn:
        plan = replace(_plan(tables[PLAN]), supplements=tuple(supplements))
    findings += [finding for table in tables.values() for finding in table.page.findings]
    if plan is not None:
        findings += _twice(plan)
    draft = None if findings else plan
    if plan is not None and not any(table.page.torn for table in tables.values()):
        findings += lint.faults(plan)
    order = {name: number for number, name in enumerate(tables)}
    findings.sort(key=lambda finding: (order.get(finding.spot.file, -1), finding.spot.line))
    return Read(None if findings else plan, tuple(findings), draft)


def _toml(name: str, text: str) -> Table:
    """What stands in a text; nothing where it cannot be read, which is told."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    scanned = scan(text)
    page = Page(name, scanned.lines)
    if scanned.trouble is not None:
        page.findings.append(Finding(Spot(name, scanned.trouble.line), scanned.trouble.reason))
    else:
        try:
            return Table(page, tomllib.loads(text))
        except tomllib.TOMLDecodeError as trouble:
            reason = str(trouble)
            found = _LINE.search(reason)
            last = text.rstrip().count("\n") + 1
            line = min(int(found[1]), text.count("\n") + 1) if found and found[1] else last
            sentence = Reason(_NO_TOML, {"reason": shown_text(_LINE.sub("", reason))})
            page.findings.append(Finding(Spot(name, line), sentence))
    page.torn = True
    return Table(page, {})


def _plan(table: Table) -> Plan:
    about = _head(table)
    table.need("holidays")
    plan = Plan(
        about=about,
        units=table.texts("units"),
        calendar=table.table("holidays", contacts.calendar) or Calendar(country="DK"),
        room=table.table("room", guidance.room),
        roles=table.tables("role", contacts.role),
        systems=table.tables("system", contacts.system),
        contacts=table.tables("contact", contacts.contact),
        callings=table.tables("calling", contacts.calling),
        guides=table.tables("guide", guidance.guide),
        cards=table.tables("card", guidance.card(about.owner)),
        acts=table.tables("act", duties.act),
        duties=table.tables("duty", duties.duty),
        windows=table.tables("window", duties.window),
        templates=table.tables("template", guidance.template),
        partners=table.tables("partners", guidance.partners),
    )
    table.done()
    return plan


def _supplement(table: Table) -> Supplement:
    unit, about = table.needed_line("unit"), _head(table)
    supplement = Supplement(
        unit=unit,
        about=about,
        room=table.table("room", guidance.room),
        contacts=table.tables("contact", contacts.contact),
        callings=table.tables("calling", contacts.calling),
        cards=table.tables("card", guidance.card(about.owner)),
        duties=table.tables("duty", duties.duty),
        spot=table.page.spot(("unit",)),
    )
    table.done()
    return supplement


def _head(table: Table) -> About:
    return replace(guidance.about(table), example=table.switch("example"))


class _Named(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def spot(self) -> Spot: ...


def _twice(plan: Plan) -> list[Finding]:
    """Every id that two things of a kind have, and every unit that has two supplements."""
    own = plan.supplements
    kinds: list[tuple[str, Iterable[_Named]]] = [
        ("role", plan.roles),
        ("system", plan.systems),
        ("contact", [*plan.contacts, *(one for each in own for one in each.contacts)]),
        ("guide", plan.guides),
        ("card", [*plan.cards, *(one for each in own for one in each.cards)]),
        ("act", plan.acts),
        ("duty", [*plan.duties, *(one for each in own for one in each.duties)]),
        ("window", plan.windows),
        ("template", plan.templates),
        ("partners", plan.partners),
        ("partners.partner", [one for each in plan.partners for one in each.partners]),
    ]
    kinds += [("guide.question / guide.outcome", _steps(guide)) for guide in plan.guides]
    found = [finding for key, things in kinds for finding in _ids_twice(key, things)]
    first: dict[str, Supplement] = {}
    for each in own:
        other = first.setdefault(each.unit, each)
        if each.unit and other is not each:
            facts = {"unit": shown_text(each.unit), "file": other.spot.file}
            found.append(Finding(each.spot, Reason(_UNIT_TWICE, facts)))
    return found


def _steps(guide: Guide) -> Iterable[_Named]:
    return [*guide.questions, *guide.outcomes]


def _ids_twice(key: str, things: Iterable[_Named]) -> Iterable[Finding]:
    first: dict[str, Spot] = {}
    for thing in things:
        other = first.setdefault(thing.id, thing.spot)
        if thing.id and other is not thing.spot:
            facts = {"key": key, "id": shown_text(thing.id), "file": other.file, "line": other.line}
            yield Finding(thing.spot, Reason(_TWICE, facts))
