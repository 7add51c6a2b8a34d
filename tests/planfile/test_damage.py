"""An example plan, damaged: always a plan or findings whose lines exist, never an exception, never for long."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backupreader import planfile
from backupreader.domain.errors import PLAN_UNREADABLE
from backupreader.domain.plan import lint
from backupreader.domain.trouble import ReaderError
from backupreader.language import Language

WHOLE = planfile.gather(Path(__file__).resolve().parents[1] / "data" / "plan" / "whole")
ODD = (
    "", "\n", '"', "'", '"""', "'''", "[", "]", "[[", "]]", "{", "}", "=", ",", ".", "#", "\\", "\0", "\r", "\x85", "\u2028", "é",
    "25:00", "[[contact]]\n", "[a]\n", "1", "-1", "true", "2026-02-30", "[]", "{}", "x = 1\n", 'id = "it"\n', "{name}",
)  # fmt: skip
SLOWEST = 5


def judged(files: dict[str, str]) -> planfile.Read:
    """What is read of the files; each finding stands in a line that exists, and can be told."""
    begun = time.process_time()  # what else this machine does does not count
    read = planfile.read(files)
    findings = read.findings
    if read.draft is not None:
        findings = lint.findings(read.draft, date(2026, 12, 1), ("05:30", "20:30"))
    assert time.process_time() - begun < SLOWEST
    assert (read.plan is None) == any(finding.stops for finding in findings) == bool(read.findings)
    lines = {name: text.count("\n") + 1 for name, text in files.items()}
    assert [one for one in findings if not 1 <= one.spot.line <= lines[one.spot.file]] == []
    assert not any("\n" in finding.reason.told(Language("en")) for finding in findings[:100])
    return read


@st.composite
def damaged(draw: st.DrawFn, text: str) -> str:
    """Cut, swapped, inserted, doubled: a few times."""
    for _ in range(draw(st.integers(1, 3))):
        first, last = sorted(draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
        last = min(last, first + draw(st.sampled_from([1, 10, 200, 10_000])))
        part, odd = text[first:last], draw(st.sampled_from(ODD))
        lines = text.split("\n")
        one, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        kind = draw(st.sampled_from(["cut", "put", "instead", "twice", "end", "lines"]))
        if kind == "lines":
            lines[one], lines[other] = lines[other], lines[one]
            text = "\n".join(lines)
        else:
            middle = {"cut": "", "put": odd + part, "instead": odd, "twice": part + part, "end": part}[kind]
            text = text[:first] + middle + ("" if kind == "end" else text[last:])
    return text


def test_the_undamaged_plan_has_no_faults() -> None:
    assert judged(dict(WHOLE)).plan is not None


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(WHOLE)).flatmap(lambda name: st.tuples(st.just(name), damaged(WHOLE[name]))))
def test_whatever_is_done_to_its_text_it_is_a_plan_or_what_is_wrong_is_told_by_line(one: tuple[str, str]) -> None:
    judged(dict(WHOLE) | {one[0]: one[1]})


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, len(WHOLE["plan.toml"])), odd=st.binary(max_size=4), cut=st.integers(0, 50))
def test_whatever_bytes_are_put_in_its_file_it_is_a_plan_or_refused(
    tmp_path: Path, at: int, odd: bytes, cut: int
) -> None:
    data, path = WHOLE["plan.toml"].encode(), tmp_path / "plan.toml"
    path.write_bytes(data[:at] + odd + data[at + cut :])
    try:
        assert planfile.load(path).about.title
    except ReaderError as trouble:
        refused = trouble
    else:
        return
    assert refused.kind is PLAN_UNREADABLE
    assert refused.sentence(Language("da"))


HEAD = 'title = "T"\nowner = "O"\nholidays.country = "DK"\n'
MANY = 1 << 20
SOME = MANY // 4  # where each part is read for itself, so that twice as many take twice as long


def _guide(count: int) -> str:
    steps = "".join(f'[[guide.question]]\nid="q{n}"\nask="?"\nyes="q{n + 1}"\nno="q0"\n' for n in range(count))
    return f'{HEAD}[[guide]]\nid="g"\nlabel="G"\n{steps}[[guide.outcome]]\nid="q{count}"\nreach="none"\nsay="."\n'


HUGE = {
    "a key of many parts": HEAD + "a." * (MANY // 3) + "a = 1",
    "a header of many parts": HEAD + "[" + "a." * (MANY // 3) + "a]",
    "quoted parts": HEAD + '"". ' * (MANY // 5) + "a = 1",
    "lists in lists": HEAD + "a = " + "[" * (MANY // 2),
    "tables in tables": HEAD + "a = " + "{a=" * (MANY // 4),
    "a number without end": HEAD + "a = " + "9" * (MANY // 2),
    "a text without end": HEAD + 'a = "' + "\\t" * (MANY // 3),
    "a text of escapes": HEAD + 'a = "' + "\\t" * (MANY // 3) + '"',
    "quotes": HEAD + 'a = """' + '"" ' * (MANY // 4) + '"""',
    "lines": HEAD + "\n" * (MANY - 100) + "[",
    "unknown keys": HEAD + "".join(f"k{number}=1\n" for number in range(SOME // 10)),
    "unknown tables": HEAD + "[[a]]\n" * (SOME // 7),
    "roles without anything": HEAD + "[[role]]\n" * (SOME // 10),
    "callings": HEAD + '[[contact]]\nid="a"\nlabel="A"\nhours=["mon 08:00-09:00"]\n' + '[[calling]]\norder=["a"]\n' * (SOME // 25),
    "hours": HEAD + '[[contact]]\nid="a"\nlabel="A"\nhours=[' + '"mon 08:00-09:00",' * (SOME // 20) + "]",
    "wrong hours": HEAD + '[[contact]]\nid="a"\nlabel="A"\nhours=["' + "mon " * (MANY // 5) + '"]',
    "a guide in circles": _guide(10_000),
    "braces": HEAD + '[[template]]\nid="a"\nlabel="A"\nuse="door"\ntext="' + "{{" * (MANY // 3) + '"',
    "open words": HEAD + '[[template]]\nid="a"\nlabel="A"\nuse="door"\ntext="' + "{name" * (MANY // 6) + '"',
}  # fmt: skip


@pytest.mark.parametrize("name", HUGE)
def test_no_file_of_the_largest_size_keeps_the_reader_for_long(name: str) -> None:
    assert len(HUGE[name]) <= MANY
    assert judged({"plan.toml": HUGE[name]}).findings or name in {"callings", "hours"}
