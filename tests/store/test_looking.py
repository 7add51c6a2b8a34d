"""The one search box: whatever is known of somebody finds her, what was typed wrong finds whom it may mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backupreader.domain.acts import Act, Actor
from backupreader.domain.barriers import Barrier
from backupreader.domain.fold import plain, words
from backupreader.domain.records import Alert, Citizen, Document, Medication, Note, Origin, Unit, Visit
from backupreader.store import database
from backupreader.store.audit import Audit
from backupreader.store.auditreading import entries
from backupreader.store.files import Files
from backupreader.store.found import About, Found
from backupreader.store.outages import Outages
from backupreader.store.reader import Reader
from backupreader.store.seal import public_of, vault_id
from backupreader.store.session import Session
from sync.build import build
from tests.store.conftest import KEY, manifest

SEED = bytes(range(32))
NOW = datetime(2026, 11, 30, 2, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))
HERE = Origin("export.csv", 1)


def citizen(number: int, name: str, **facts: Any) -> Citizen:
    return Citizen(id=f"n:{number}", name=name, origin=HERE, **facts)


def order(number: int, who: int, drug: str, **facts: Any) -> Medication:
    return Medication(id=f"n:m{number}", citizen=f"n:{who}", drug=drug, origin=HERE, **facts)


def alert(number: int, who: int, kind: Any, text: str, **facts: Any) -> Alert:
    return Alert(id=f"n:a{number}", citizen=f"n:{who}", kind=kind, text=text, origin=HERE, **facts)


def visit(number: int, who: int, start: str, route: str | None, **facts: Any) -> Visit:
    unit = facts.pop("unit", "n:nord")
    return Visit(
        id=f"n:v{number}",
        citizen=f"n:{who}",
        start=start,
        route=route,
        unit=unit,
        zone="Europe/Copenhagen",
        origin=HERE,
        **facts,
    )


ITEMS = (
    Unit(id="n:nord", name="Team Nord", origin=HERE),
    Unit(id="n:syd", name="Team Syd", origin=HERE),
    citizen(1, "Kirsten Møller", unit="n:nord", address="Skovvej 4", city="Silkeborg", birth_date="1938-03-14"),
    citizen(2, "Jens Jensen", unit="n:nord", address="Ågade 17"),
    citizen(3, "Kirsten Bjerregaard", unit="n:syd", address="Skovvej 9"),
    citizen(4, "Åse Ægidius", unit="n:nord", protected_address=True, address="Skjulvej 9"),
    citizen(5, "Anders Holm", unit="n:syd"),
    order(1, 1, "Marevan 2,5 mg", substance="warfarin", atc="B01AA03"),
    order(2, 2, "Marevan 2,5 mg", substance="warfarin", atc="B01AA03", status="stopped"),
    order(3, 3, "Marevan 2,5 mg", substance="warfarin", atc="B01AA03"),
    order(4, 1, "Antabus 200 mg", private=True, substance="disulfiram", atc="N07BB01"),
    order(5, 1, "Disulfiram Sandoz", substance="disulfiram", atc="N07BB01"),
    order(6, 4, "Insulin Lantus", status="paused"),
    order(7, 99, "Insulin Humalog"),
    alert(1, 1, "allergy", "Penicillin", reaction="udslæt"),
    alert(2, 2, "infection", "MRSA"),
    alert(3, 2, "allergy", "Jod", status="refuted"),
    alert(4, 3, "allergy", "Penicillin"),
    visit(1, 1, "2026-11-29T22:00", "Nord 3", staff="Anna Holm"),
    visit(2, 1, "2026-11-30T08:00", "Nord 3", staff="Anna Holm"),
    visit(3, 2, "2026-12-01T08:00", "Nord 3", staff="Bo Friis", second_staff="Çelik Özdemir"),
    visit(4, 2, "2026-12-20T08:00", "Nord 3", staff="Anna Holm"),
    visit(5, 3, "2026-11-30T09:00", "Syd 1", unit="n:syd", staff="Mia Lund"),
    visit(6, 2, "2026-11-30T10:00", None, staff="Anna Holm"),
    Note(id="n:n1", citizen="n:1", text="Faldt i badet, blå mærker", author="NN", written_at="2026-11-29T22:00", origin=HERE),
    Note(id="n:n2", citizen="n:3", text="Faldt på gangen", author="MM", written_at="2026-11-30T01:00", origin=HERE),
    Document(id="n:d1", citizen="n:1", title="Epikrise", media_type="text/plain", content=b"", text="faldt om", origin=HERE),
)  # fmt: skip


class Desk:
    """A reader in the session of one person, and the audit that it writes."""

    def __init__(self, folder: Path, path: Path, *units: str) -> None:
        self.folder = folder / "audit"
        audit = Audit(self.folder, {vault_id(public_of(SEED)): public_of(SEED)}, Files())
        actor = Actor(name="Anna Holm", role="sygeplejerske", units=units)
        nobody: Any = None
        self.session = Session(nobody, actor, audit, lambda: NOW, Outages(folder, Files()))
        self.reader = Reader(database.open_reader(path, KEY), manifest(), self.session)

    @property
    def acts(self) -> list[Act]:
        found = entries(self.folder, {vault_id(public_of(SEED)): SEED}, Files())
        return [entry.act for entry in found if entry.act is not None]

    def look(self, text: str, only: About | None = None, most: int | None = None) -> Found:
        return self.reader.look_for(text, only, most)


@pytest.fixture
def desk(tmp_path: Path, built: Callable[..., Path]) -> Callable[..., Desk]:
    path = built(ITEMS)
    return lambda *units: Desk(tmp_path, path, *units)


def names(found: Found) -> list[str]:
    return [hit.citizen.name for hit in found.citizens.hits]


def meant(found: Found) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.hit.citizen.name, one.meant) for one in found.meant]


def drugs(found: Found) -> list[tuple[str, str]]:
    return [(hit.citizen.name, one.drug) for hit in found.medicine.hits for one in hit.orders]


def warned(found: Found) -> list[tuple[str, str]]:
    return [(hit.citizen.name, one.text) for hit in found.warnings.hits for one in hit.alerts]


def routes(found: Found) -> list[tuple[str, str]]:
    return [(hit.route.day.isoformat(), hit.route.route) for hit in found.routes.hits]


# --- drugs, warnings, routes, carers ---


@pytest.mark.parametrize("typed", ["marevan", "mare", "warfarin", "B01AA03", "b01", "2,5 marevan", "kirsten marevan"])
def test_a_drug_finds_whose_it_is_by_its_name_its_substance_or_its_code(desk, typed):
    assert ("Kirsten Møller", "Marevan 2,5 mg") in drugs(desk().look(typed))


def test_an_order_that_is_in_force_comes_before_one_that_has_ended(desk):
    found = desk().look("marevan")
    assert drugs(found) == [
        ("Kirsten Bjerregaard", "Marevan 2,5 mg"),
        ("Kirsten Møller", "Marevan 2,5 mg"),
        ("Jens Jensen", "Marevan 2,5 mg"),
    ]
    assert [hit.orders[0].status for hit in found.medicine.hits] == ["active", "active", "stopped"]
    assert found.medicine.count == 3


def test_a_name_beside_a_drug_asks_for_her_orders_of_it_only(desk):
    at = desk()
    assert drugs(at.look("marevan jens")) == [("Jens Jensen", "Marevan 2,5 mg")]
    assert drugs(at.look("jens marevan")) == [("Jens Jensen", "Marevan 2,5 mg")]
    assert drugs(at.look("jens lantus")) == []


def test_digits_alone_are_no_drug(desk):
    assert not desk().look("200").medicine.count
    assert not desk().look("2").medicine.count


@pytest.mark.parametrize("typed", ["antabus", "disulfiram", "N07BB01", "kirsten antabus", "antabus 200"])
def test_no_drug_finds_who_takes_it_privately_in_whatever_list_it_stands(desk, typed):
    at = desk()
    found = at.look(typed)
    assert (drugs(found), found.medicine.count, found.medicine.others) == ([], 0, 0)
    at.session.state(Barrier.PRIVATE, "n:1", "Her doctor asked")
    assert drugs(at.look(typed)) == []


def test_private_medicine_is_not_told_beside_what_is_found(desk):
    assert drugs(desk().look("kirsten marevan")) == [
        ("Kirsten Bjerregaard", "Marevan 2,5 mg"),
        ("Kirsten Møller", "Marevan 2,5 mg"),
    ]


def test_a_citizen_who_never_came_is_nobody_s_medicine(desk):
    assert drugs(desk().look("insulin")) == [("Åse Ægidius", "Insulin Lantus")]


def test_other_units_citizens_are_counted_by_drug_and_warning_and_nothing_is_told_of_them(desk):
    found = desk("Team Nord").look("marevan")
    assert [name for name, _ in drugs(found)] == ["Kirsten Møller", "Jens Jensen"]
    assert (found.medicine.count, found.medicine.others) == (2, 1)
    found = desk("Team Nord").look("penicillin")
    assert warned(found) == [("Kirsten Møller", "Penicillin")]
    assert found.warnings.others == 1


@pytest.mark.parametrize("typed", ["kirsten bjerregaard marevan", "marevan bjerregaard", "bjerregaard penicillin"])
def test_a_name_beside_a_drug_does_not_tell_by_a_number_what_another_unit_s_citizen_takes(desk, typed):
    found = desk("Team Nord").look(typed)
    assert (found.medicine.count, found.medicine.others) == (0, 0)
    assert (found.warnings.count, found.warnings.others) == (0, 0)


def test_a_stated_reason_shows_another_unit_s_citizen_among_the_others(desk):
    at = desk("Team Nord")
    at.session.state(Barrier.OTHER_UNIT, "n:3", "I help out there")
    found = at.look("marevan")
    assert ("Kirsten Bjerregaard", "Marevan 2,5 mg") in drugs(found)
    assert found.medicine.others == 0
    assert [act.kind for act in at.acts] == ["break-glass", "search"]


@pytest.mark.parametrize("typed", ["cave", "penicillin", "allergi", "overfølsomhed", "udslæt", "cave penic"])
def test_a_warning_is_found_by_its_kind_its_text_or_its_reaction(desk, typed):
    assert ("Kirsten Møller", "Penicillin") in warned(desk().look(typed))


def test_a_warning_that_holds_comes_before_one_that_was_refuted(desk):
    assert warned(desk().look("cave"))[-1] == ("Jens Jensen", "Jod")
    assert warned(desk().look("smitte")) == [("Jens Jensen", "MRSA")]
    assert warned(desk().look("infection")) == [("Jens Jensen", "MRSA")]


def test_a_route_is_found_today_and_on_the_coming_days(desk):
    found = desk().look("nord 3")
    assert routes(found) == [("2026-11-30", "Nord 3"), ("2026-12-01", "Nord 3")]
    assert found.routes.count == 2


def test_a_route_is_found_by_its_carers_the_second_one_s_name_too(desk):
    at = desk()
    (first, second) = at.look("anna").routes.hits
    assert [(hit.route.route, hit.carers) for hit in (first, second)] == [
        ("", ("Anna Holm",)),
        ("Nord 3", ("Anna Holm",)),
    ]
    assert routes(at.look("celik")) == [("2026-12-01", "Nord 3")]
    assert routes(at.look("bo nord")) == [("2026-12-01", "Nord 3")]
    assert routes(at.look("mia nord")) == []


# --- notes and documents ---


def test_notes_of_one_s_own_come_before_those_of_which_nothing_is_told(desk):
    found = desk("Team Nord").look("faldt")
    assert [(hit.note.id, hit.withheld) for hit in found.notes.hits] == [("n:n1", False), ("n:n2", True)]
    assert found.notes.hits[1].note.text == ""
    assert [hit.document.id for hit in found.documents.hits] == ["n:d1"]


def test_notes_are_counted_no_further_than_they_are_looked_at(reading):
    many = [Note(id=f"n:n{number}", citizen="n:1", text="sov godt", origin=HERE) for number in range(60)]
    reader = reading(citizen(1, "Kirsten"), *many)
    few = reader.look_for("sov").notes
    assert (len(few.hits), few.count, few.more) == (3, 10, True)
    alone = reader.look_for("sov", About.NOTES, 50).notes
    assert (len(alone.hits), alone.count, alone.more) == (50, 50, True)
    assert not reader.look_for("sov", most=100).notes.more


# --- what was typed wrong ---


@pytest.mark.parametrize(
    ("typed", "who", "called"),
    [
        ("Jenesn", "Jens Jensen", ("Jensen",)),
        ("jesen", "Jens Jensen", ("Jensen",)),
        ("xensen", "Jens Jensen", ("Jensen",)),
        ("Kristen moller", "Kirsten Møller", ("Kirsten",)),
        ("kirsten mollre", "Kirsten Møller", ("Møller",)),
        ("kirsten mølelr", "Kirsten Møller", ("Møller",)),
        ("kristen skovvej 4", "Kirsten Møller", ("Kirsten",)),
        ("kirstn skovej", "Kirsten Møller", ("Kirsten", "Skovvej")),
        ("Skvoej", "Kirsten Møller", ("Skovvej",)),
        ("kirsten skvoej", "Kirsten Møller", ("Skovvej",)),
        ("krist skvo", "Kirsten Møller", ("Kirsten", "Skovvej")),
        ("bjeregaad", "Kirsten Bjerregaard", ("Bjerregaard",)),
        ("bejrregrad", "Kirsten Bjerregaard", ("Bjerregaard",)),
        ("agdae", "Jens Jensen", ("Ågade",)),
        ("silkbeorg", "Kirsten Møller", ("Silkeborg",)),
        ("jensne ågade 17", "Jens Jensen", ("Jensen",)),
    ],
)
def test_whom_a_fault_in_typing_may_mean_is_found_under_her_own_words(desk, typed, who, called):
    found = desk().look(typed)
    assert (who, called) in meant(found)
    assert who not in names(found)


@pytest.mark.parametrize("typed", ["kirsten skovvej", "skovvej kirsten", "kirsten sko", "kir skovv"])
def test_a_first_name_and_a_street_find_her(desk, typed):
    found = desk().look(typed)
    assert names(found) == ["Kirsten Bjerregaard", "Kirsten Møller"]
    assert not found.meant


@pytest.mark.parametrize(
    "typed", ["jensen ågade 18", "kristen skovvej 5", "1938314", "140339", "kirsten 14/4", "skovvej 44"]
)
def test_a_wrong_number_means_nobody_else(desk, typed):
    found = desk().look(typed)
    assert names(found) == []
    assert meant(found) == []


@pytest.mark.parametrize("typed", ["jxnsxn", "abcdefgh", "kirsten jxnsxn", "je", "xo"])
def test_more_faults_than_one_in_a_short_word_mean_nobody(desk, typed):
    assert meant(desk().look(typed)) == []


def test_a_protected_address_is_not_found_by_what_is_near_to_it(desk):
    assert meant(desk().look("skjulvje")) == []


def test_where_enough_are_found_nobody_else_is_meant(reading):
    sure = [citizen(number, f"Kirsten {letter}") for number, letter in enumerate("abcdef")]
    reader = reading(*sure, citizen(9, "Kristen Holm"))
    assert not reader.look_for("kirsten").meant
    found = reader.look_for("kirsten a")
    assert names(found) == ["Kirsten a"]


def test_who_is_meant_is_never_among_those_who_are_sure(desk):
    for typed in ("kirsten", "jens", "jensen", "skovvej", "møller", "kirsten moller"):
        found = desk().look(typed)
        assert not set(names(found)) & {name for name, _ in meant(found)}


def test_one_s_own_are_meant_before_others(reading, tmp_path, built):
    path = built([*ITEMS[:2], citizen(1, "Kirsten A", unit="n:syd"), citizen(2, "Kirsten B", unit="n:nord")])
    found = Desk(tmp_path, path, "Team Nord").look("kristen")
    assert [name for name, _ in meant(found)] == ["Kirsten B", "Kirsten A"]


# --- what was typed that is no search ---

STRANGE = [
    '"', '""', '"a', "*", "a*", "AND", "OR", "NOT", "kirsten AND", "NEAR(", "NEAR(kirsten moller)", "^kirsten", "name:kirsten",
    "{a b}", "a+b", "-kirsten", "'", "''", "'; DROP TABLE citizen; --", "%", "_", "%kirsten%", "k_rsten", "\\", "\0", "kirsten\0",
    "!!!", "....", "—", "😀", "😀 kirsten", "م", "محمد الأمين", "\u202ekirsten", "\u200b", "\ud800", "kirsten\ud800", "\n\t", "a" * 10_000, "kirsten " * 500,
    "kirsten" + " " * 9_000 + "møller", '"kirsten ' * 50, "å" * 300, "aeaeaeaeao" * 20, " ".join("abcdefghijklmnopqrstuvwxyz"),
    " ".join(f"ord{number}" for number in range(500)), "İ", "ß", "1" * 200, "0" * 10_000, "٣", "½", "Ⅷ", "ǆ", "ﬁ",
]  # fmt: skip


@pytest.mark.parametrize("typed", STRANGE, ids=lambda text: ascii(text[:20]))
def test_nothing_that_can_be_typed_breaks_the_search(desk, typed):
    at = desk()
    at.look(typed)
    for about in About:
        at.look(typed, about)


@pytest.mark.parametrize("typed", ['"', "*", "%", "_", "\0", "!!!", "....", "😀", "\u200b", "''", "\\", "—"])
def test_marks_alone_find_nothing_at_all(desk, typed):
    found = desk().look(typed)
    assert found.nothing
    assert not found.citizens.hits


@pytest.mark.parametrize("typed", ["", " ", "\n\t"])
def test_nothing_typed_shows_everyone_by_name(desk, typed):
    found = desk().look(typed)
    assert names(found)[:2] == ["Åse Ægidius", "Anders Holm"]
    assert found.citizens.count == 5
    assert not found.cut


@pytest.mark.parametrize("typed", ["k%", "k_rsten", "kirs*en", "%"])
def test_a_sign_of_a_question_language_stands_for_nothing(desk, typed):
    assert names(desk().look(typed)) in ([], ["Kirsten Bjerregaard", "Kirsten Møller"])


def test_words_of_a_question_language_are_words(desk):
    assert names(desk().look("AND")) == ["Anders Holm"]
    assert desk().look("NOT faldt").notes.count == 0


def test_what_is_not_looked_for_is_said(desk):
    at = desk()
    found = at.look("kirsten " * 500)
    assert found.cut
    assert found.words.split() == ["kirsten"] * 16
    assert names(found) == ["Kirsten Bjerregaard", "Kirsten Møller"]
    found = at.look("kirsten" + " " * 9_000 + "nobody")
    assert found.cut
    assert at.look("a" * 10_000).cut
    assert not at.look("kirsten møller").cut
    assert not at.look("kirsten " + "!" * 9_000).cut


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Iterator[Reader]:
    """One reader for many questions."""
    path = tmp_path_factory.mktemp("town") / "generation.db"
    build(ITEMS, path, KEY, files=Files(), tick=lambda _done, _total: None)
    reader = Reader(database.open_reader(path, KEY), manifest())
    yield reader
    reader.close()


@settings(max_examples=200, deadline=None)
@example(text="MA")
@given(text=st.text(max_size=60) | st.text("kirstenmøller æøå\"*%'()140338-", max_size=30))
def test_whatever_is_typed_finds_only_who_has_all_its_words(town, text):
    found = town.look_for(text)
    assert found == town.look_for(text)
    assert not {hit.hit.citizen.id for hit in found.meant} & {hit.citizen.id for hit in found.citizens.hits}
    for hit in found.citizens.hits:
        line = " ".join(words(f"{hit.citizen.name} {hit.citizen.address} {hit.citizen.city} {hit.unit_name}"))
        said = f"{line} {plain(line)}"
        if hit.why == "birthday":
            continue  # the words of a date stand for it
        assert all(plain(word) in said for word in words(text) if word.isalpha())


# --- always the same ---

ASKED = ("k", "kirsten", "skovvej", "marevan", "cave", "nord", "anna", "faldt", "jenesn", "holm", "m", "")


def test_the_same_words_have_the_same_answer_also_out_of_another_build(tmp_path, built):
    first = Desk(tmp_path / "a", built(ITEMS))
    before = [repr(first.look(typed)) for typed in ASKED]
    assert before == [repr(first.look(typed)) for typed in ASKED]
    (tmp_path / "generation.db").rename(tmp_path / "former.db")
    again = Desk(tmp_path / "b", built(ITEMS))
    assert before == [repr(again.look(typed)) for typed in ASKED]


def test_what_is_typed_letter_by_letter_is_found_as_if_it_were_typed_at_once(desk):
    at, fresh = desk(), desk
    for text in (
        "kirsten skovvej 4",
        "marevan 2,5",
        "anna holm",
        "jenesn",
        "møller kirsten",
        "faldt badet",
        "maa",
        "aase",
    ):
        for end in range(1, len(text) + 1):
            typed = at.look(text[:end])
        assert repr(typed) == repr(fresh().look(text))
        for end in range(len(text), 0, -1):
            assert repr(at.look(text[:end])) == repr(fresh().look(text[:end]))


# --- the audit ---


def test_one_search_is_one_line_in_the_audit_with_its_words_and_of_whom_was_told(desk):
    at = desk("Team Nord")
    at.look("faldt")
    at.look("marevan", About.MEDICINE)
    first, second = at.acts
    assert (first.kind, first.words, first.what, first.citizens) == ("search", "faldt", "everything", ("n:1",))
    assert (second.words, second.what, second.citizens) == ("marevan", "medicine", ("n:1", "n:2"))


def test_a_group_alone_is_only_that_group(desk):
    found = desk().look("kirsten", About.ROUTES)
    assert not found.citizens.hits
    assert not found.medicine.hits


def test_the_first_key_can_be_made_quick_without_telling_anybody_anything(desk):
    at = desk("Team Nord")
    at.reader.warm()
    assert at.acts == []
