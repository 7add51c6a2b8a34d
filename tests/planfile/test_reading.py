"""A whole plan, read: every key is a value, and every value knows its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from backupreader import planfile
from backupreader.domain.plan import about, contacts, duties, guidance, lint
from backupreader.domain.plan.contacts import Calendar, Hours
from backupreader.domain.plan.plan import Plan, Supplement

WHOLE = Path(__file__).resolve().parents[1] / "data" / "plan" / "whole"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return planfile.load(WHOLE)


def _values(value: Any) -> Iterator[Any]:
    """A value, and all values within it."""
    if is_dataclass(value):
        yield value
        for field in fields(value):
            yield from _values(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _values(item)


def test_every_field_of_every_value_can_be_written_in_a_file(plan: Plan) -> None:
    written: set[tuple[str, str]] = set()
    everything: set[tuple[str, str]] = set()
    for value in _values(plan):
        for field in fields(value):
            name = (type(value).__name__, field.name)
            everything.add(name)
            default = field.default if field.default is not MISSING else ()
            if getattr(value, field.name) != default:
                written.add(name)
    assert everything == written
    kinds = [kind for module in (about, contacts, duties, guidance) for kind in vars(module).values()]
    ours = {kind.__name__ for kind in kinds if isinstance(kind, type) and is_dataclass(kind)} - {"Spot"}
    assert {kind for kind, _name in everything} == ours | {"Plan", "Supplement", "Spot"}


def test_every_value_stands_in_the_line_in_which_it_begins(plan: Plan) -> None:
    lines = {name: text.split("\n") for name, text in planfile.gather(WHOLE).items()}
    heads = {
        "Role": "[[role]]", "System": "[[system]]", "Contact": "[[contact]]", "Calling": "[[calling]]", "Hours": "hours = [",
        "Guide": "[[guide]]", "Question": "  { id", "Outcome": "[[guide.outcome]]", "Card": "[[card]]", "About": "title =",
        "Act": "[[act]]", "Duty": "[[duty]]", "Window": "[[window]]", "Template": "[[template]]", "Room": "[room]",
        "PartnerList": "[[partners]]", "Partner": "[[partners.partner]]", "Supplement": "unit =",
    }  # fmt: skip
    seen = set()
    for value in _values(plan):
        if type(value).__name__ in heads:
            spot, head = value.spot, heads[type(value).__name__]
            assert lines[spot.file][spot.line - 1].startswith(head), (value, spot)
            seen.add(type(value).__name__)
    assert seen == set(heads)


def test_what_a_file_writes_is_what_the_plan_says(plan: Plan) -> None:
    it = plan.contact("it")
    assert it is not None
    assert it.hours == (
        Hours((1,), 480, 930),
        Hours((2, 3), 480, 900),
        Hours((4,), 480, 1080),
        Hours((5, 6), 480, 780),
    )
    assert (it.tree, it.checked, it.may_call) == (("1", "153#"), date(2026, 6, 1), ("reporter",))
    assert plan.calendar == Calendar(country="DK", also=((12, 24), (12, 31)), without=((6, 5),))
    assert [(one.when, one.minutes, one.warn, one.act) for one in plan.duties] == [
        ("after", 120, 30, ""),
        ("end", 0, 0, ""),
        ("since", 480, 0, "keys"),
        ("every", 15, 0, ""),
    ]
    (window,) = plan.windows
    assert (window.week, window.day, window.begins, window.ends, window.months) == (-1, 2, 1200, 1440, (1, 2, 12))
    assert plan.templates[0].text == "Outage {outage}: {systems} since {since}.\nCall {contact}, {number}."
    assert (plan.callings[0].again, plan.callings[1].is_general) == (15, True)


def test_a_card_whose_owner_is_not_said_is_its_document_s(plan: Plan) -> None:
    (nord,) = plan.supplements
    assert isinstance(nord, Supplement)
    assert (nord.unit, nord.cards[0].about.owner, plan.cards[0].about.owner) == (
        "Team Nord",
        "The head of Nord",
        "The head nurse",
    )


def test_the_files_of_a_plan_are_told_apart() -> None:
    files = planfile.gather(WHOLE)
    nord = files["units/nord.toml"]
    read = planfile.read({**files, "units/syd.toml": nord.replace('"nord"', '"syd"', 1), "notes.toml": ""})
    told = [(one.spot.file, one.spot.line, str(one.reason)) for one in read.findings]
    assert [one[:2] for one in told if "no part of a plan" in one[2]] == [("notes.toml", 1)]
    assert ("units/syd.toml", 1, "'Team Nord' has two supplements; the other one is units/nord.toml") in told
    duty = next(line for line, text in enumerate(nord.split("\n"), 1) if text == "[[duty]]")
    twice = f"[[duty]] 'nord' stands twice; the other one stands in units/nord.toml, line {duty}"
    assert ("units/syd.toml", duty, twice) in told


def test_a_supplement_that_is_broken_stops_the_plan_and_what_it_may_have_held_is_not_missed() -> None:
    files = planfile.gather(WHOLE)
    files["plan.toml"] = files["plan.toml"].replace('order = ["it", "duty"]', 'order = ["it", "nord"]')
    assert planfile.read(files).plan is not None
    files["units/nord.toml"] += "[[contact\n"
    (finding,) = planfile.read(files).findings
    assert (finding.spot.file, finding.spot.line) == ("units/nord.toml", files["units/nord.toml"].count("\n"))


def test_without_a_plan_file_supplements_are_none() -> None:
    read = planfile.read({"units/nord.toml": "unit = 'N'\ntitle = 'N'\nowner = 'N'\n"})
    assert read.plan is None
    assert [str(one.reason) for one in read.findings] == ["There is no plan.toml here, in which a plan begins"]


@pytest.mark.parametrize(
    "folder", sorted(path for path in planfile.EXAMPLES.iterdir() if path.is_dir()), ids=lambda path: path.name
)
def test_every_example_that_is_shipped_can_be_used(folder: Path) -> None:
    assert planfile.load(folder).about.example


def test_the_handbook_s_example_is_a_plan_in_which_nothing_is_to_be_mended() -> None:
    handbook = (Path(__file__).resolve().parents[2] / "installer" / "handbook.md").read_text(encoding="utf-8")
    section = handbook.partition("### The plan\n")[2].partition("\n## ")[0]
    text = section.partition("```toml\n")[2].partition("```")[0]
    read = planfile.read({"plan.toml": text})
    assert [str(finding.reason) for finding in read.findings] == []
    assert read.plan is not None
    assert [str(finding.reason) for finding in lint.findings(read.plan, date(2026, 12, 1), ("05:30", "17:30"))] == []
    assert all(part for part in (getattr(read.plan, field.name) for field in fields(read.plan)[:-1]))
