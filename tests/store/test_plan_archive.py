from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backupreader.domain.plan import telling
from backupreader.domain.plan.about import NOWHERE, Spot
from backupreader.domain.plan.finding import Finding
from backupreader.domain.trouble import Reason
from backupreader.language import Language
from backupreader.store import canonical
from backupreader.store.manifest import LARGEST_PLAN
from backupreader.store.planarchive import LARGEST_FILES, MOST_FINDINGS, Archive, NoArchive, decode, encode, refused

SINCE = "2026-11-22T07:42:00Z"
ENGLISH = Language("en")
TEXTS = st.text(max_size=80)
NAMES = st.text(alphabet="abcæøå1 -", min_size=1, max_size=12).map("units/{}.toml".format)
FILES = st.builds(lambda main, units: {"plan.toml": main, **units}, TEXTS, st.dictionaries(NAMES, TEXTS, max_size=3))
FACTS = st.dictionaries(st.sampled_from(["key", "line", "most"]), TEXTS | st.integers(0, 99), max_size=3)
FINDINGS = st.builds(
    lambda file, line, words, facts: Finding(
        Spot(file, line), Reason(words + "".join(f" {{{name}}}" for name in facts), facts)
    ),
    TEXTS,
    st.integers(0, 5000),
    st.text(alphabet="abc é\n%", min_size=1, max_size=40),
    FACTS,
)
REFUSALS = st.builds(lambda findings: refused(SINCE, findings), st.lists(FINDINGS, min_size=1, max_size=5))


@given(st.builds(Archive, FILES | st.just({}), st.none() | REFUSALS))
def test_what_is_written_is_read_as_it_was_and_has_one_form(archive: Archive):
    data = encode(archive)
    assert decode(data) == archive
    assert encode(decode(data)) == data


@given(FILES, st.randoms())
def test_the_same_plan_has_the_same_bytes_in_whatever_order_its_files_come(files: dict[str, str], dice):
    others = list(files.items())
    dice.shuffle(others)
    assert encode(Archive(dict(others))) == encode(Archive(files))


def test_no_plan_has_no_bytes():
    assert encode(Archive()) == b""
    assert decode(b"") == Archive()


WHOLE = encode(
    Archive(
        {"plan.toml": 'title = "Nødplan"\n', "units/Nord.toml": "x"},
        refused(SINCE, [Finding(Spot("plan.toml", 3), Reason("The hour {hour} is none.", {"hour": "25:00"}))]),
    )
)


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 7))
def test_whatever_bit_is_turned_it_is_refused_or_another_archive_in_its_one_form(place: int, bit: int):
    damaged = bytearray(WHOLE)
    damaged[place] ^= 1 << bit
    try:
        read = decode(bytes(damaged))
    except NoArchive:
        return
    assert read != decode(WHOLE)
    assert encode(read) == damaged


@given(st.integers(1, len(WHOLE) - 1))
def test_an_archive_that_is_cut_is_none(length: int):
    with pytest.raises(NoArchive):
        decode(WHOLE[:length])


@given(st.binary(max_size=60))
def test_noise_is_no_archive(data: bytes):
    if data:
        with pytest.raises(NoArchive):
            decode(data)


@pytest.mark.parametrize(
    "changed",
    [
        {"format": 2},
        {"format": "1"},
        {"more": 1},
        {"files": {}},
        {"files": {"units/Nord.toml": "without a plan"}},
        {"files": {"plan.toml": ["no text"]}},
        {"files": {"plan.toml": "", "../plan.toml": ""}},
        {"files": {"plan.toml": "", "units/../../etc/passwd.toml": ""}},
        {"files": {"plan.toml": "", "units/a\nb.toml": ""}},
        {"files": {"plan.toml": "", "/plan.toml": ""}},
        {"refused": {}},
        {"refused": {"since": SINCE, "more": 0, "findings": []}},
        {"refused": {"since": "2026-13-22T07:42:00Z", "more": 0, "findings": []}},
        {"refused": {"since": SINCE, "more": -1, "findings": []}},
    ],
)
def test_what_this_format_cannot_say_is_refused(changed: dict[str, canonical.Value]):
    value: dict[str, canonical.Value] = {"files": {"plan.toml": "x"}, "format": 1}
    decode(canonical.encode(value))
    with pytest.raises(NoArchive):
        decode(canonical.encode({**value, **changed}))


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("{hour.__class__}", {"hour": "1"}),
        ("{hour[0]}", {"hour": "1"}),
        ("{hour!r}", {"hour": "1"}),
        ("{hour:>999999999}", {"hour": "1"}),
        ("{0}", {}),
        ("{}", {}),
        ("{other}", {"hour": "1"}),
        ("{hour", {"hour": "1"}),
        ("", {}),
        ("x" * 1001, {}),
        ("{hour}", {"hour": "x" * 1001}),
        ("x", {f"fact_{letter}": "" for letter in "abcdefghi"}),
        ("x", {"Hour": "1"}),
    ],
)
def test_a_sentence_that_reaches_further_than_its_facts_is_refused(sentence: str, facts: dict[str, str]):
    """A known machine has signed it; but what a template may do is not for another machine to say."""
    value = json.loads(WHOLE)
    value["refused"]["findings"][0] |= {"sentence": sentence, "facts": facts}
    with pytest.raises(NoArchive):
        decode(canonical.encode(value))


@pytest.mark.parametrize(
    "reason",
    [
        Reason("{hour!r} is none", {"hour": "25:00"}),
        Reason("x" * 5000),
        Reason("{hour}", {"hour": "\udcff" + "x" * 5000}),
        Reason("line {line:05d}", {"line": 7}),
        Reason("of {A}", {"A": 1}),
        Reason("{a}", {"a": Reason("one {n}", {"n": 1})}),
    ],
)
def test_whatever_is_found_can_travel_and_still_says_what_it_said(reason: Reason):
    finding = Finding(Spot("plan.toml", 3), reason)
    archive = Archive({"plan.toml": "x"}, refused(SINCE, [finding]))
    travelled = decode(encode(archive)).refused
    assert travelled is not None
    said, arrived = str(reason), str(travelled.findings[0].reason)
    assert arrived[:900].replace("?", "\udcff") == said[:900].replace("?", "\udcff")


def test_of_thousands_of_findings_the_first_travel_and_the_others_are_counted():
    findings = [Finding(Spot("plan.toml", line), Reason("wrong")) for line in range(1, 3001)]
    told = decode(encode(Archive({"plan.toml": "x"}, refused(SINCE, findings)))).refused
    assert told is not None
    assert [finding.spot.line for finding in told.findings] == list(range(1, MOST_FINDINGS + 1))
    assert told.more == 3000 - MOST_FINDINGS
    assert telling.told(findings, ENGLISH, 2) == (
        "plan.toml, line 1: wrong",
        "plan.toml, line 2: wrong",
        "and 2998 more",
    )


def test_only_what_stops_a_plan_is_why_it_was_refused():
    doubt = Finding(Spot("plan.toml", 1), Reason("doubt"), stops=False)
    stop = Finding(Spot("plan.toml", 2), Reason("stop"))
    assert refused(SINCE, [doubt, stop]).findings == (stop,)


def test_a_plan_that_is_too_large_is_not_written():
    fits = {"plan.toml": "x" * (LARGEST_FILES - 100)}
    assert decode(encode(Archive(fits))).files == fits
    with pytest.raises(NoArchive):
        encode(Archive({"plan.toml": "x" * LARGEST_FILES}))
    with pytest.raises(NoArchive):
        encode(Archive({"plan.toml": "æ" * (LARGEST_FILES // 4)}))


def test_what_is_longer_than_a_package_may_bring_is_not_even_parsed():
    with pytest.raises(NoArchive, match="bytes"):
        decode(b'{"files":' + b"[" * LARGEST_PLAN)


def test_the_largest_archive_that_is_written_is_one_that_a_package_may_bring():
    """The findings come on top of the files: the longest there are must still fit."""
    facts = {f"fact_{letter}": "😀" * 5000 for letter in "abcdefgh"}
    sentence = " ".join(f"{{{name}}}" for name in facts)
    findings = [Finding(Spot("😀" * 5000, 1), Reason(sentence, facts)) for _ in range(1000)]
    data = encode(Archive({"plan.toml": "x" * (LARGEST_FILES - 100)}, refused(SINCE, findings)))
    assert len(data) <= LARGEST_PLAN
    decode(data)


@pytest.mark.parametrize("name", ["plan.txt", "unit/x.toml", "units/.toml", "units/a/b.toml", "units/a\\b.toml"])
def test_a_file_that_is_no_part_of_a_plan_is_not_written(name: str):
    with pytest.raises(NoArchive):
        encode(Archive({"plan.toml": "x", name: "x"}))


def test_half_a_letter_is_not_written():
    with pytest.raises(NoArchive):
        encode(Archive({"plan.toml": "\ud800"}))


def test_a_finding_is_told_with_as_much_of_its_place_as_it_has():
    reason = Reason("wrong")
    at = replace(NOWHERE, file="plan.toml")
    findings = [Finding(NOWHERE, reason), Finding(at, reason), Finding(replace(at, line=3), reason)]
    assert telling.told(findings, ENGLISH) == ("wrong", "plan.toml: wrong", "plan.toml, line 3: wrong")
    assert telling.documents(findings, ENGLISH) == [
        {"file": None, "line": None, "reason": "wrong"},
        {"file": "plan.toml", "line": None, "reason": "wrong"},
        {"file": "plan.toml", "line": 3, "reason": "wrong"},
    ]
