"""Who is life-critical by the municipality's rules: what a keyword means, what counts, and what is kept back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.dosage import Standing
from backupreader.domain.fold import words
from backupreader.domain.lifecritical import Hit, Keyword, Match, Rulebook, RuleHead, matches, stands, unasked

ZONE = ZoneInfo("Europe/Copenhagen")
DAY = date(2026, 11, 22)
INSULIN = RuleHead(id="insulin", labels={"da": "Insulin"}, clauses=1, tables=("medication",))
ALONE = RuleHead(id="alone", labels={"sv": "Bor ensam", "en": "Alone"}, clauses=2, tables=("citizen", "access"))
HIT = Hit(rule="insulin", clause=0, table="medication", record="m:1", text="NovoRapid 100 E/ml", status="active")


@pytest.mark.parametrize(
    ("keyword", "text", "met"),
    [
        ("ilt", "Ilt 2 l/min", True),
        ("ilt", "ILT", True),
        ("ilt", "Iltbehandling", False),
        ("ilt*", "Iltbehandling", True),
        ("ilt*", "filtrering", False),
        ("ilt", "skilt på døren", False),
        ("*sonde", "Ernæringssonde", True),
        ("*sonde", "sondeernæring", False),
        ("*sonde*", "nasalsondeernæring", True),
        ("nødkald*", "Noedkald mobil", True),
        ("nødkald*", "Nödkald", True),
        ("trygghetslarm*", "Trygghetslarmet testas", True),
        ("syrgas*", "Syrgas 1 l", True),
        ("bor alene", "Enke, bor alene i hus", True),
        ("bor alene", "bor ikke alene", False),
        ("bor alene", "alene bor hun", False),
        ("bor ensam*", "Bor ensamboende", True),
        ("*lift på loft", "loftlift på loft", True),
        ("*lift på loft*", "loftlift på loftet", True),
        ("mic-key", "Mic-Key knap", True),
        ("peg", "PEG-sonde", True),
        ("insulin*", "får ikke insulin", True),  # a keyword understands no "no": the text stands beside the rule
        ("ilt", "", False),
        ("ilt", "\u202eIlt\u200f", True),
    ],
)
def test_a_keyword_meets_whole_words_and_an_open_end_only_where_it_has_a_star(keyword, text, met) -> None:
    said = words(text)
    assert any(Keyword(keyword).stands_at(said, place) for place in range(len(said))) is met


@pytest.mark.parametrize("written", ["", "*", "**", "a", "* *", "…", "-"])
def test_a_keyword_of_no_letters_is_of_no_use(written) -> None:
    assert not Keyword(written).usable


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({}, Standing.CURRENT),
        ({"status": "unknown"}, Standing.UNSURE),
        ({"status": "invalid"}, Standing.UNSURE),
        ({"status": "a word of tomorrow"}, Standing.UNSURE),
        ({"status": "paused"}, Standing.PAUSED),
        ({"paused_from": "2026-11-20", "paused_to": "2026-11-24"}, Standing.PAUSED),
        ({"status": "paused", "paused_from": "2026-11-01", "paused_to": "2026-11-02"}, Standing.CURRENT),
        ({"start": "2026-11-25"}, Standing.FUTURE),
        ({"until": "2026-11-21"}, Standing.ENDED),
        ({"until": "2026-11-22"}, Standing.CURRENT),
        ({"until": "2026"}, Standing.CURRENT),
        ({"status": "stopped"}, Standing.ENDED),
        ({"status": "entered-in-error"}, Standing.ERROR),
        ({"table": "alert", "status": "unknown"}, Standing.UNSURE),
        ({"table": "alert", "until": "2026-11-21"}, Standing.ENDED),
        ({"table": "alert", "until": "2026-11"}, Standing.UNSURE),
        ({"table": "intervention", "status": "paused"}, Standing.PAUSED),
        ({"table": "intervention", "start": "2026-12-01"}, Standing.FUTURE),
        ({"table": "access", "status": None}, Standing.CURRENT),
        ({"table": "visit", "status": "planned", "until": "2026-11-21T08:00"}, Standing.CURRENT),
        ({"table": "visit", "status": "unknown", "until": "2026-11-21T08:00"}, Standing.UNSURE),
        ({"table": "visit", "status": "planned", "until": "2026-11-20T08:00"}, Standing.ENDED),
        ({"table": "visit", "status": "planned", "until": "when it suits"}, Standing.CURRENT),
    ],
)
def test_what_has_ended_never_counts_and_what_nobody_knows_does(facts, where) -> None:
    hit = replace(HIT, **facts)
    assert stands(hit, DAY, ZONE, date(2026, 11, 21)) is where
    counts = where not in {Standing.ENDED, Standing.ERROR}
    found = matches([INSULIN], [hit], DAY, ZONE, planned_from=date(2026, 11, 21))
    assert found == ((Match(rule="insulin", hits=((hit, where),)),) if counts else ())


def test_a_rule_of_two_clauses_holds_only_where_both_are_met_by_what_counts() -> None:
    lives = replace(HIT, rule="alone", clause=0, table="citizen", text="Enlig", status=None)
    alarm = replace(HIT, rule="alone", clause=1, table="access", text="Nødkald", status=None)
    ended = replace(alarm, table="intervention", until="2026-11-01")
    assert matches([ALONE], [lives], DAY, ZONE) == ()
    assert matches([ALONE], [alarm], DAY, ZONE) == ()
    assert matches([ALONE], [lives, ended], DAY, ZONE) == ()
    (found,) = matches([ALONE, INSULIN], [alarm, lives], DAY, ZONE)
    assert (found.rule, {hit.text for hit, _ in found.hits}) == ("alone", {"Enlig", "Nødkald"})


def test_a_rule_that_holds_through_private_marked_medicine_is_only_counted() -> None:
    private = replace(HIT, private=True)
    assert matches([INSULIN], [private], DAY, ZONE, private=False) == (Match(rule="", hits=(), withheld=True),)
    assert matches([INSULIN], [private], DAY, ZONE)[0].rule == "insulin"
    both = matches([INSULIN], [private, replace(HIT, record="m:2", text="Lantus")], DAY, ZONE, private=False)
    assert [hit.text for match in both for hit, _ in match.hits] == ["Lantus"]
    assert matches([INSULIN], [replace(private, until="2026-11-01")], DAY, ZONE, private=False) == ()


def test_rules_stand_in_the_order_of_their_file_and_not_of_how_many_records_meet_them() -> None:
    alone = [replace(HIT, rule="alone", clause=number, table="access", status=None) for number in (0, 1)]
    found = matches([ALONE, INSULIN], [HIT, HIT, HIT, *alone], DAY, ZONE)
    assert [match.rule for match in found] == ["alone", "insulin"]


def test_what_did_not_come_is_told_with_the_rules_that_read_it() -> None:
    assert unasked([INSULIN, ALONE], {"medication", "access", "note"}) == {
        "medication": ("insulin",),
        "access": ("alone",),
    }
    assert unasked([INSULIN], set()) == {}


def test_a_label_is_told_in_ones_own_language_or_else_in_english_or_in_the_one_there_is() -> None:
    assert [ALONE.label(code) for code in ("sv", "nb", "en")] == ["Bor ensam", "Alone", "Alone"]
    assert INSULIN.label("sv") == "Insulin"


def test_rules_are_overdue_from_the_day_after_they_should_have_been_revised() -> None:
    book = Rulebook(owner="O", version="1", approved="", revise_by="2026-11-22", example=False, rules=())
    assert not book.overdue(DAY)
    assert book.overdue(date(2026, 11, 23))
    assert not replace(book, revise_by="").overdue(DAY)
