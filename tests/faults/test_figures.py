"""Every figure of the fault bench, as much of it as an ordinary run has time for; and the table that the long run writes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.faults import bench, table
from tests.faults.figure import Amount, Tried, Untried

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize("member", bench.FIGURES)
def test_no_fault_breaks_a_promise(member: str):
    results = bench.tried(member, Amount.BOUNDED)
    assert {result.id for result in results} == set(bench.FIGURES[member])
    tried = [result for result in results if isinstance(result, Tried)]
    assert [said for result in tried for said in result.violations] == []
    assert [(result.id, result.cases) for result in tried if not result.met] == []
    untried = [result for result in results if isinstance(result, Untried)]
    if untried:
        pytest.skip("; ".join(f"{result.id}: {result.why}" for result in untried))


def test_each_figure_has_one_member():
    ids = [figure for figures in bench.FIGURES.values() for figure in figures]
    assert len(ids) == len(set(ids))


def test_a_long_run_puts_its_rows_in_the_place_of_the_former_ones(tmp_path: Path):
    file = tmp_path / "figures.md"
    kills = Tried(id="F1", what="kills | torn", cases=1999, goal=2000)
    replays = Tried(id="F10", what="replays", cases=60, goal=60)
    table.write(file, [table.row(replays, TODAY), table.row(kills, TODAY)])
    assert [(one[0], one[2], one[5]) for one in table.read(file)] == [
        ("F1", "1,999", "NO: too few cases"),
        ("F10", "60", "yes"),
    ]
    better = Tried(id="F1", what="kills", cases=2000, goal=2000)
    table.write(file, [table.row(better, TODAY)])
    assert [(one[0], one[2], one[5]) for one in table.read(file)] == [("F1", "2,000", "yes"), ("F10", "60", "yes")]


def test_a_machine_that_cannot_try_a_figure_leaves_the_row_of_one_that_could(tmp_path: Path):
    file = tmp_path / "figures.md"
    tried = Tried(id="F6", what="power cuts", cases=60, goal=40)
    untried = Untried(id="F6", what="power cuts", why="needs root")
    table.write(file, [table.row(untried, TODAY)])
    assert table.read(file)[0][5] == "not tried: needs root"
    table.write(file, [table.row(tried, TODAY)])
    table.write(file, [table.row(untried, TODAY)])
    assert [one[5] for one in table.read(file)] == ["yes"]


def test_the_printed_table_names_what_was_broken():
    broken = Tried(id="F7", what="power cuts", cases=500, goal=500, violations=("receive: the newest is None",))
    said = table.printed([broken, Untried(id="F6", what="real ones", why="needs root")])
    assert "F7: receive: the newest is None" in said
    assert "F6: needs root" in said
    assert said.endswith("0 of 2 figures met")
