from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backupreader.domain.linking import OTHER_BIRTHDAY, OTHER_NAME, OTHER_NUMBER, TWICE, Linked, link, unlike
from backupreader.domain.persons import elsewhere, person
from backupreader.domain.presence import source_of
from backupreader.domain.records import Citizen, Identifier, Origin

HERE = Origin("citizens.csv", 7)
CPR, OTHER_CPR, X_ECPR = "7403381234", "6207514321", "0703921VJ4"


def one(citizen_id: str, *numbers: Identifier | str, name: str = "Kirsten Møller", **facts: object) -> Citizen:
    identifiers = tuple(Identifier("cpr", number) if isinstance(number, str) else number for number in numbers)
    return Citizen(id=citizen_id, name=name, identifiers=identifiers, **{"origin": HERE, **facts})


def swedish(value: str) -> Identifier:
    return Identifier("personnummer", value, None, valid=True)


def groups(linked: Linked) -> list[list[str]]:
    return [[member.id for member in group] for group in linked.groups]


def codes(linked: Linked) -> list[str]:
    return [issue.code for issue in linked.issues]


def test_two_sources_with_one_cpr_number_have_one_citizen_whatever_way_it_is_written():
    linked = link([one("nexus:1", "740338-1234"), one("fmk:7403381234", CPR), one("lock:9", OTHER_CPR)])
    assert groups(linked) == [["nexus:1", "fmk:7403381234"]]
    assert not linked.issues


def test_three_sources_are_one_and_the_first_that_was_read_stands_for_her():
    linked = link([one("b:1", CPR), one("a:1", CPR), one("c:1", "740338 1234")])
    assert groups(linked) == [["b:1", "a:1", "c:1"]]


def test_twins_of_one_name_at_one_address_stay_two():
    born = {"birth_date": "1938-03-14", "address": "Skovvej 4"}
    assert not link([one("a:1", CPR, **born), one("b:1", OTHER_CPR, **born), one("c:1", **born)]).groups


def test_one_number_with_two_birthdays_links_nobody_and_says_so():
    linked = link([one("a:1", CPR, birth_date="1938-03-14"), one("b:1", CPR, birth_date="1951-07-02"), one("c:1", CPR)])
    assert not linked.groups
    assert codes(linked) == [OTHER_BIRTHDAY] * 3
    assert {issue.severity for issue in linked.issues} == {"error"}
    assert linked.issues[0].value == "7403381234 (1938-03-14)"
    assert (linked.issues[0].file, linked.issues[0].row, linked.issues[0].column) == ("citizens.csv", 7, "identifiers")
    assert linked.owner(CPR) is None


@pytest.mark.parametrize(
    ("born", "other", "together"),
    [
        ("1938-03-14", "1938-03-14", True),
        ("1938-03-14", "1938-03", True),
        ("1938-03-14", "1938", True),
        ("1938-03-14", "1940", False),
        ("1938-03-14", "1938-04", False),
        ("1938-03-14", None, True),
        ("1938-03-14", "14/3/1951", True),
        ("1938-03-14", "1938-03-14T00:00", True),
    ],
)
def test_birthdays_contradict_only_in_what_both_state(born, other, together):
    linked = link([one("a:1", CPR, birth_date=born), one("b:1", CPR, birth_date=other)])
    assert bool(linked.groups) is together


def test_a_contradiction_anywhere_keeps_everyone_apart_who_hangs_together():
    linked = link(
        [
            one("a:1", CPR, birth_date="1938-03-14"),
            one("b:1", CPR, Identifier("replacement", X_ECPR)),
            one("c:1", Identifier("replacement", X_ECPR), birth_date="1951-07-02"),
        ]
    )
    assert not linked.groups
    assert codes(linked) == [OTHER_BIRTHDAY] * 3


def test_whoever_carries_a_replacement_number_and_a_cpr_number_bridges_those_who_carry_one():
    replaced = Identifier("replacement", "070392-1vj4")
    linked = link([one("a:1", replaced), one("b:1", CPR), one("c:1", Identifier("replacement", X_ECPR), CPR)])
    assert groups(linked) == [["a:1", "b:1", "c:1"]]
    assert linked.owner("070392-1VJ4") == linked.owner(CPR) == "a:1"


@pytest.mark.parametrize(
    ("card", "together"),
    [
        (Identifier("local", X_ECPR, "X-eCPR"), True),
        (Identifier("replacement", X_ECPR, "CPR"), True),
        (Identifier("replacement", X_ECPR), True),
        (Identifier("local", X_ECPR, "D-eCPR"), False),
        (Identifier("local", X_ECPR), False),
        (Identifier("local", X_ECPR, "urn:region:cpr"), False),
        (Identifier("local", "0703925VJ4", "X-eCPR"), False),
    ],
)
def test_a_national_replacement_number_is_one_whatever_label_a_source_puts_on_it(card, together):
    nexus = one("nexus:1", Identifier("replacement", "070392-1VJ4", "REPLACEMENT_CPR"))
    assert bool(link([nexus, one("fmk:1", card)]).groups) is together


def test_two_cpr_numbers_that_nobody_carries_both_of_contradict_each_other():
    replaced = Identifier("replacement", X_ECPR)
    linked = link([one("a:1", CPR, replaced), one("b:1", OTHER_CPR, replaced)])
    assert not linked.groups
    assert codes(linked) == [OTHER_NUMBER] * 2
    bridged = link([one("a:1", CPR), one("b:1", CPR, OTHER_CPR), one("c:1", OTHER_CPR)])
    assert groups(bridged) == [["a:1", "b:1", "c:1"]]


@pytest.mark.parametrize(
    ("number", "together"),
    [
        (Identifier("replacement", X_ECPR), True),
        (Identifier("replacement", X_ECPR, "urn:oid:1.2.208.176.1.6.1.1"), True),
        (Identifier("replacement", "0703925AB4"), False),
        (Identifier("replacement", "0703925AB4", "urn:oid:1.2.208.176.1.6.1.3.5"), True),
        (Identifier("temporary", "380314T123"), False),
        (Identifier("temporary", "380314T123", "urn:region"), True),
        (Identifier("local", "4711"), False),
        (Identifier("local", "4711", "urn:nexus"), True),
        (Identifier("fodselsnummer", "14033812345"), True),
        (Identifier("cpr", CPR, None, valid=False), False),
        (Identifier("cpr", "1111111111"), False),
        (Identifier("cpr", ""), False),
    ],
)
def test_only_a_number_that_one_person_can_have_links(number, together):
    assert bool(link([one("a:1", number), one("b:1", number)]).groups) is together


def test_a_number_of_one_system_is_not_that_of_another():
    first, second = (Identifier("local", "4711", system) for system in ("urn:a", "urn:b"))
    assert not link([one("a:1", first), one("b:1", second)]).groups


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("19380314-5678", "380314-5678", True),
        ("193803145678", "3803145678", True),
        ("19380314-5678", "20380314-5678", False),
        ("200314-5678", "200314-5678", True),
        ("200314+5678", "200314-5678", False),
        ("19200314-5678", "200314+5678", True),
        ("20200314-5678", "200314+5678", False),
    ],
)
def test_swedish_numbers_of_ten_and_twelve_digits_are_compared_rightly(first, second, together):
    assert bool(link([one("a:1", swedish(first)), one("b:1", swedish(second))]).groups) is together


def test_the_birthday_tells_the_century_of_ten_digits():
    old = one("a:1", swedish("200314-5678"), birth_date="1920-03-14")
    young = one("b:1", swedish("20200314-5678"))
    assert not link([old, young]).groups
    assert groups(link([old, one("c:1", swedish("19200314-5678"))])) == [["a:1", "c:1"]]


def test_ten_digits_that_may_be_of_either_century_are_neither_s():
    either = one("c:1", swedish("200314-5678"))
    linked = link([one("a:1", swedish("19200314-5678")), one("b:1", swedish("20200314-5678")), either])
    assert not linked.groups
    assert linked.owner("20200314-5678") == "b:1"
    assert linked.owner("200314-5678") is None


def test_a_number_that_two_citizens_of_one_source_have_says_nothing_of_either():
    linked = link([one("a:1", CPR), one("a:2", CPR), one("b:1", CPR)])
    assert not linked.groups
    assert [(issue.code, issue.severity, issue.value) for issue in linked.issues] == [(TWICE, "warning", CPR)]
    assert linked.owner(CPR) is None
    system = "urn:region"
    temporary, local = Identifier("temporary", "380314T123", system), Identifier("local", "4711", system)
    assert [issue.value for issue in link([one("a:1", temporary, local), one("a:2", temporary, local)]).issues] == [
        "380314T123"
    ]


def test_another_name_is_one_person_still_and_is_told():
    linked = link([one("a:1", CPR), one("b:1", CPR, name="Møller, Kirsten Anna"), one("c:1", CPR, name="Ole Holm")])
    assert len(linked.groups) == 1
    assert [(issue.code, issue.value, issue.severity) for issue in linked.issues] == [
        (OTHER_NAME, "Kirsten Møller / Ole Holm", "warning")
    ]
    assert unlike("Ågård", "Møller")
    assert not unlike("Ågård, E.", "Eva Aagaard")


@pytest.mark.parametrize(
    ("name", "other", "apart"),
    [
        ("Anna Bech Holm", "Else Bech Holm", True),
        ("Holm, Anna Bech", "Else Bech Holm", True),
        ("Anna Marie Holm", "Marie Holm", False),
        ("Holm Anna", "Anna Bech", False),
        ("A. B. Holm", "Anna Holm", False),
        ("Anna Holm", "ANNA HOLM-MØLLER", False),
        ("Holm,", "Holm, Anna", False),
        ("", "Anna Holm", True),
    ],
)
def test_twins_under_one_mistyped_number_are_told_by_their_first_names(name, other, apart):
    assert unlike(name, other) is unlike(other, name) is apart


@pytest.mark.parametrize(
    ("written", "owner"),
    [
        (CPR, "nexus:1"),
        ("740338-1234", "nexus:1"),
        (X_ECPR, "nexus:1"),
        ("193803145678", "nexus:2"),
        ("380314-5678", "nexus:2"),
        ("14033812345", "nexus:3"),
        ("4711", None),
        ("", None),
        (OTHER_CPR, None),
    ],
)
def test_a_national_number_has_an_owner(written, owner):
    linked = link(
        [
            one("nexus:1", CPR, Identifier("replacement", X_ECPR), Identifier("local", "4711", "urn:nexus")),
            one("nexus:2", swedish("3803145678")),
            one("nexus:3", Identifier("fodselsnummer", "14033812345")),
            one("fmk:1", CPR),
        ]
    )
    assert linked.owner(written) == owner


NUMBERS = st.one_of(
    st.sampled_from([CPR, OTHER_CPR, "1403381111"]).map(lambda value: Identifier("cpr", value)),
    st.sampled_from(["19200314-5678", "200314-5678", "200314+5678", "202003145678"]).map(swedish),
    st.sampled_from([X_ECPR, "0703921AA1"]).map(lambda value: Identifier("replacement", value)),
)
TOWN = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.lists(NUMBERS, max_size=2),
        st.sampled_from([None, "1938", "1938-03-14", "1920-03-14"]),
    ),
    max_size=9,
).map(
    lambda rows: [
        one(f"{source}:{place}", *numbers, birth_date=born) for place, (source, numbers, born) in enumerate(rows)
    ]
)


@given(TOWN)
def test_groups_share_nobody_contradict_nothing_and_begin_with_the_first_read(citizens):
    linked = link(citizens)
    order = [citizen.id for citizen in citizens]
    members = [member.id for group in linked.groups for member in group]
    assert len(members) == len(set(members))
    for group in linked.groups:
        assert [member.id for member in group] == sorted((member.id for member in group), key=order.index)
        days = {member.birth_date for member in group if member.birth_date and len(member.birth_date) == 10}
        assert len(days) <= 1
        assert len({source_of(member.id) for member in group}) > 1


@given(TOWN)
def test_the_order_of_the_sources_decides_who_stands_for_her_and_never_who_is_one(citizens):
    there = {frozenset(group) for group in groups(link(citizens))}
    assert {frozenset(group) for group in groups(link(citizens[::-1]))} == there


# --- the one who stands for her ---


def test_one_statement_stands_for_itself():
    alone = one("a:1", CPR, phone="1")
    assert person((alone,)) is alone
    assert elsewhere(alone, ()) == ()


def test_a_protection_that_any_source_states_holds():
    for field in ("protected_name", "protected_address"):
        assert getattr(person((one("a:1"), one("b:1", **{field: True}), one("c:1"))), field)
    assert not person((one("a:1"), one("b:1"))).protected_address


def test_what_the_first_source_does_not_say_is_what_the_next_one_says_and_no_address_is_of_two():
    first = one("a:1", CPR, phone="1", city="Sandby")
    other = one(
        "b:1", "740338-1234", OTHER_CPR, phone="2", address="Skovvej 4", city="Nordby", room="12", status="home"
    )
    stands = person((first, other))
    assert (stands.id, stands.phone, stands.address, stands.city, stands.room) == ("a:1", "1", None, "Sandby", "12")
    assert stands.status == "home"
    assert [number.value for number in stands.identifiers] == [CPR, OTHER_CPR]
    assert person((one("a:1"), other, one("c:1", status="hospital"))).address == "Skovvej 4"


def test_who_places_her_elsewhere_is_told():
    home, silent = one("a:1", status="home"), one("b:1")
    hospital, odd = one("c:1", status="hospital"), one("d:1", status="unknown", status_source="Afventer")
    assert elsewhere(home, (silent, one("e:1", status="home"), hospital, odd)) == (hospital, odd)
    assert elsewhere(odd, (odd, one("e:1", status_source="Andet"))) == (one("e:1", status_source="Andet"),)
