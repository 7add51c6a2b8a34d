from __future__ import annotations

import random

import pytest

from backupreader.domain.fold import words
from backupreader.domain.records import Note, Origin
from backupreader.store import fulltext, notesearch

HERE = Origin("notes.csv", 1)


def note(number: int, text: str, written_at: str | None = None, **facts: object) -> Note:
    return Note(id=f"n:{number}", citizen="n:1", text=text, origin=HERE, written_at=written_at, **facts)


def found(reader, words, **limits):
    return [int(hit.note.id.partition(":")[2]) for hit in reader.search_notes(words, **limits)]


@pytest.fixture
def ward(reading):
    return reading(
        note(1, "Faldt i badet, blå mærker på højre arm.", "2026-11-20T08:00"),
        note(2, "Åbent sår på venstre hæl, skiftet forbinding.", "2026-11-22T07:00"),
        note(3, "Aabent vindue. Borger faldt til ro i badet.", "2026-11-21T22:00"),
        note(4, "Far ringede. Får penicillin.", "2026-11-22"),
        note(5, "MØLLER spiste hos fru Moeller", None),
        note(6, "1½ tablet Marevan, INR 2,5", "2026-11-22T06:00:00Z", title="Medicin"),
        note(7, "i badet faldt", "2026-11-19"),
        note(8, "Undgår badet", "2026-11-18", status="entered-in-error"),
        note(9, "مُحَمَّد sover, ring til 李", "2026-11-17"),
        note(10, "NUL\x00efter", "2026-11-16"),
        note(11, "", "2026-11-15"),
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("badet ", [3, 1, 7, 8]),
        ("BADET faldt", [3, 1, 7]),
        ("bad", [3, 1, 7, 8]),
        ("bad ", []),
        ("faldt ba", [3, 1, 7]),
        ("faldt b", [3, 1, 7]),
        ("åbent", [2, 3]),
        ("aabent", [2, 3]),
        ("abent", [2, 3]),
        ("åb", [2, 3]),
        ("ab", [2, 3]),
        ("moller", [5]),
        ("Møller ", [5]),
        ("moeller spiste", [5]),
        ("får ", [4]),
        ("far ", [4]),
        ("sar ", [2]),
        ("hael", [2]),
        ('"faldt i badet"', [1]),
        ('"i badet" faldt', [3, 1, 7]),
        ('"i badet fal', [7]),
        ('"faldt i ba', [1]),
        ('"faldt i b', [1]),
        ('"badet', [3, 1, 7, 8]),
        ('"badet"', [3, 1, 7, 8]),
        ("marevan 2,5", [6]),
        ("1½ tablet", [6]),
        ("medicin", [6]),
        ('"medicin 1½"', [6]),
        ("محمد", [9]),
        ("李", []),
        ("李 ", [9]),
        ("efter", [10]),
        ("undgår", [8]),
        ("ingenting", []),
        ("badet ingenting", []),
        ("", []),
        ("  ", []),
        ("b", []),
        ('"', []),
        ("-", []),
        ("NOT", []),
        ("badet) OR (", []),
        ("a* OR b", []),
        ("text : x", []),
    ],
)
def test_notes_are_found_by_their_words_newest_first(ward, typed, expected):
    assert found(ward, typed) == expected


def test_typing_on_finds_what_asking_at_once_finds(ward):
    for typed in (
        "faldt bade",
        "faldt i ro ",
        "far pen",
        "moller sp",
        "åbent sår",
        "badet ingen",
        'faldt "i badet" a',
        "sovx",
    ):
        at_once = {}
        for end in range(len(typed) + 1):
            ward._notesearch._former = None
            at_once[typed[:end]] = found(ward, typed[:end])
        assert {part: found(ward, part) for part in at_once} == at_once
        assert {part: found(ward, part) for part in reversed(at_once)} == at_once


def test_no_more_than_asked_for(ward):
    assert found(ward, "badet", limit=2) == [3, 1]


def test_a_note_of_a_citizen_who_never_came_is_found_with_her_id(ward):
    (hit,) = ward.search_notes("penicillin")
    assert (hit.citizen.id, hit.citizen.name) == ("n:1", "n:1")


def test_every_word_of_every_note_finds_it(reading):
    chance = random.Random(7)
    letters = "abcdeoæøåäöéüßABCDEÆØÅ0123½µ-—“'/ \t\n.,łŒıİẞ\u0308\u030aпрд漢字ً"
    texts = ["".join(chance.choices(letters, k=chance.randint(0, 80))) for _ in range(300)]
    reader = reading(*(note(number, text) for number, text in enumerate(texts)))
    for number, text in enumerate(texts):
        for word in set(words(text)):
            assert number in found(reader, word + " ", limit=len(texts)), (word, text)


@pytest.fixture
def sharded(reading, monkeypatch):
    """Four hundred notes in many small tables, so that the old ones are asked in both ways."""
    monkeypatch.setattr(fulltext, "_FIRST", (20, 40, 80, 80))
    monkeypatch.setattr(fulltext, "_FURTHER", 60)
    monkeypatch.setattr(fulltext, "SLICE", 50)
    chance = random.Random(3)
    common = ["borger", "medicin", "morgen", "middag", "aften"]
    texts = [" ".join(chance.choices([*common, f"sjælden{n % 40}"], k=6)) for n in range(400)]
    order = list(range(400))
    chance.shuffle(order)
    moments = [f"20{10 + n // 100}-{1 + n % 12:02}-{1 + n % 28:02}T{n % 24:02}:{n % 60:02}" for n in range(400)]
    reader = reading(*(note(n, texts[n], moments[n]) for n in order))
    newest_first = sorted(range(400), key=lambda n: (moments[n], order.index(n)), reverse=True)
    return reader, texts, newest_first


@pytest.mark.parametrize("cost", [0.0, 1e9], ids=["by reading", "by the full text"])
@pytest.mark.parametrize(
    "typed", ["borger me", "sjælden7 mo", "sjælden7 xy", "borger sjælden", "aften bo", "me", "sjæ", "morgen "]
)
def test_old_notes_are_found_alike_in_both_ways(sharded, monkeypatch, typed, cost):
    monkeypatch.setattr(notesearch, "_COST_OF_READING", cost)
    reader, texts, newest_first = sharded
    *whole, last = typed.split(" ")
    expected = [
        n
        for n in newest_first
        if all(word in texts[n].split() for word in whole if word) and any(w.startswith(last) for w in texts[n].split())
    ]
    assert found(reader, typed, limit=400) == expected


def test_the_tables_hold_all_notes_between_them(monkeypatch):
    monkeypatch.setattr(fulltext, "_FIRST", (20, 40))
    monkeypatch.setattr(fulltext, "_FURTHER", 100)
    assert list(fulltext.shards(0)) == []
    assert [(shard.least, shard.most) for shard in fulltext.shards(7)] == [(1, 7)]
    assert [(shard.least, shard.most) for shard in fulltext.shards(200)] == [(181, 200), (141, 180), (41, 140), (1, 40)]


def test_a_phrase_of_common_words_is_looked_for_so_far_and_no_further(reading, monkeypatch):
    monkeypatch.setattr(notesearch, "MOST_READ", 3)
    reader = reading(
        note(0, "faldt i badet", "2026-01-01"), *(note(n, "badet i faldt", f"2026-02-{n:02}") for n in range(1, 9))
    )
    assert found(reader, '"faldt i badet"') == []
    monkeypatch.setattr(notesearch, "MOST_READ", 9)
    assert found(reader, '"faldt i badet"') == [0]


def test_a_generation_without_notes_answers_too(reading):
    assert found(reading(), "anything") == []
