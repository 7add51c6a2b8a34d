"""MedCom's letters in OIOXML: their whole text, whom they are about, where the person is now, and what is broken."""

from __future__ import annotations

import base64
import gzip
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backupreader.domain.errors import SOURCE_DAMAGED
from backupreader.domain.issues import SENTENCES
from backupreader.domain.records import Citizen, Contact, Document, Issue, Medication, Note, Receipt
from backupreader.domain.trouble import ReaderError
from sync.adapter import Item, Source
from sync.adapters.medcom import ADAPTER
from sync.markup import Element, records, records_of
from sync.medcom.envelope import messages
from sync.medcom.text import formatted, told
from sync.medcom.words import HEADINGS, NOT_CARRIED

DATA = Path(__file__).resolve().parents[1] / "data"
BROKEN = DATA / "medcom"
EXPORT = DATA / "exports" / "medcom"
Kind = TypeVar("Kind")
TEXT = (
    "Sår på højre hæl\nSkiftes hver 2. dag. pH < 7.\n\nMål   2 x 3 cm\nCAVE: penicillin"  # as the letter's markup says
)


def read(path: Path) -> list[Item]:
    files = [path] if path.is_file() else sorted(path.iterdir())
    return list(ADAPTER.read(Source(name="s", path=path), files))


def broken(name: str) -> list[Item]:
    return read(BROKEN / f"{name}.xml")


def of(items: list[Item], kind: type[Kind]) -> list[Kind]:
    return [item for item in items if isinstance(item, kind)]


def codes(items: list[Item]) -> list[str]:
    return [item.code for item in of(items, Issue)]


def test_a_letter_is_a_note_of_its_whole_text_with_its_markup_as_lines() -> None:
    note = of(read(EXPORT / "korrespondance.xml"), Note)[0]
    assert TEXT in note.text
    assert (note.kind, note.title, note.written_at) == ("Korrespondance", "Ændret sårpleje", "2026-11-20T10:15")
    assert (note.author, note.author_role) == (
        "Ib Prøve, Prøvestad Sygehus, Medicinsk afdeling, Afsnit M2",
        "Sygeplejerske",
    )
    assert (note.status, note.status_source, note.important) == ("final", "nytbrev", True)
    assert note.text.endswith("Modtager: Prøvestad Kommune, Hjemmeplejen Øst")


@pytest.mark.parametrize("name", ["latin", "soap", "business-document", "gzip-in-the-envelope", "text-in-the-envelope"])
def test_whatever_wraps_a_letter_its_text_is_the_same(name: str) -> None:
    assert ADAPTER.claims(BROKEN / f"{name}.xml")
    items = broken(name)
    assert of(items, Note)[0].text == of(read(EXPORT / "korrespondance.xml"), Note)[0].text
    assert not codes(items)


def test_a_letter_without_a_time_has_a_day_or_the_envelopes_moment() -> None:
    note = of(broken("no-time"), Note)[0]
    assert note.written_at == "2026-11-20"


def test_a_report_lists_its_drugs_beside_its_text_and_calls_none_of_them_current() -> None:
    items = read(EXPORT / "indlaeggelsesrapport.xml")
    found = of(items, Medication)
    assert [(one.drug, one.form, one.strength, one.dosage_text, one.indication) for one in found] == [
        ("Furix", "tabletter", "40 mg", "1,5 tabl. morgen", "vanddrivende"),
        ("Panodil", None, None, "2 tabl. p.n., højst 8 i døgnet", None),
    ]
    assert {(one.list, one.status) for one in found} == {("MedCom", "unknown")}
    text = of(items, Note)[0].text
    assert "Dosering: 1,5 tabl. morgen" in text
    assert "Kommentar\nDosispakket\nnæste levering fredag" in text
    assert "Årsag til indlæggelse\nFaldt i nat\nkl. 3" in text


def test_relatives_doctor_and_duty_phone_can_be_rung() -> None:
    found = {one.name: one for one in of(read(EXPORT), Contact)}
    assert {name: (one.kind, one.relation, one.phone, one.phone2) for name, one in found.items()} == {
        "Lone Test Sørensen": ("relative", "datter", "22222222", "33333333"),
        "Test Værge": ("guardian", "vaerge", "44444444", None),
        "Lægerne Torvet": ("gp", None, "99440055", None),
        "Vagttelefon Øst": ("other", None, "99330011", None),
        "Prøvestad Sygehus, Medicinsk afdeling, Afsnit M2": ("department", None, "99110022", None),
    }
    assert found["Lone Test Sørensen"].note == "mobil: 22222222\nWO: 33333333"
    assert not any("7112690019" in str(one) for one in found.values())


def test_all_letters_of_a_person_are_about_one_citizen_named_as_in_the_newest() -> None:
    items = read(EXPORT)
    citizen = of(items, Citizen)
    assert [(one.id, one.name, one.address, one.postal_code, one.city) for one in citizen] == [
        ("s:6506480012", "Åse Test Sørensen", "Åbrinken 4, 2. tv", "9999", "Prøvestad")
    ]
    assert {note.citizen for note in of(items, Note)} == {"s:6506480012"}


def test_another_name_in_an_older_letter_is_told_and_not_shown(tmp_path: Path) -> None:
    letter = (EXPORT / "korrespondance.xml").read_text(encoding="utf-8")
    older = letter.replace("KORR1", "KORR0").replace("2026-11-20", "2026-01-01").replace("Sørensen", "Jensen")
    for name, text in (("a.xml", letter), ("b.xml", older)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    items = read(tmp_path)
    assert of(items, Citizen)[0].name == "Åse Test Sørensen"
    assert [(one.code, one.file, one.value) for one in of(items, Issue)] == [
        ("older-value", "b.xml", "Åse Test, Jensen")
    ]


def test_an_annulled_letter_renames_nobody(tmp_path: Path) -> None:
    letter = (EXPORT / "korrespondance.xml").read_text(encoding="utf-8")
    wrong = letter.replace("KORR1", "KORR2").replace("2026-11-20", "2026-11-23").replace("Sørensen", "Jensen")
    for name, text in (("a.xml", letter), ("b.xml", wrong.replace("nytbrev", "annulleretbrev"))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert of(read(tmp_path), Citizen)[0].name == "Åse Test Sørensen"


def test_an_enclosed_picture_is_a_document() -> None:
    items = read(EXPORT / "bilag.xml")
    document = of(items, Document)[0]
    assert (document.media_type, document.content[:6], document.title) == ("image/gif", b"GIF89a", "650648-0012_OBJ001")
    assert document.date == "2026-11-20T10:15"
    assert not codes(items)


@pytest.mark.parametrize(
    ("name", "status", "since", "word"),
    [
        ("discharged", "home", "2026-11-22T13:30", "udskrevet_til_hjemmet"),
        ("discharge-annulled", "hospital", "2026-11-21T07:40", "indlagt"),
        ("admission-annulled", "unknown", None, "annulleretbrev NotificationOfAdmission"),
        ("admission-corrected-after-discharge", "home", "2026-11-22T13:30", "udskrevet_til_hjemmet"),
        ("dead", "deceased", "2026-11-22T13:30", "doed"),
        ("moved-to-a-ward", "hospital", "2026-11-22T13:30", "flyttet_til_sygehusafd"),
        ("code-unknown", "unknown", "2026-11-21T07:40", "orlov_paa_maanen"),
    ],
)
def test_the_newest_notice_says_where_the_person_is(name: str, status: str, since: str | None, word: str) -> None:
    items = broken(f"stay-{name}")
    citizen = of(items, Citizen)[0]
    assert (citizen.status, citizen.status_since, citizen.status_source) == (status, since, word)
    assert ("status-unknown" in codes(items)) == (name == "code-unknown")


def test_a_letter_that_is_no_notice_says_nothing_of_where_the_person_is() -> None:
    assert of(read(EXPORT / "korrespondance.xml"), Citizen)[0].status == "unknown"


def test_an_annulled_letter_is_never_shown_as_current_and_says_so_first() -> None:
    items = broken("annulled")
    note = of(items, Note)[0]
    assert (note.status, note.text.partition("\n")[0]) == ("entered-in-error", "Brevstatus: annulleretbrev")
    assert not of(items, Contact)


def test_a_receipt_is_left_and_told() -> None:
    items = read(EXPORT / "kvittering.xml")
    assert [(one.code, one.severity) for one in of(items, Issue)] == [("message-receipt", "note")]
    assert "CPR mangler" in str(of(items, Issue)[0].value)
    assert [(one.read, one.left) for one in of(items, Receipt)] == [(0, 1)]
    assert codes(broken("vans-receipt")) == ["message-receipt"]


@pytest.mark.parametrize(
    ("name", "code", "counted"),
    [
        ("base64-wrong", "message-unreadable", (1, 0, 1, 0)),
        ("cut-in-the-envelope", "message-unreadable", (1, 0, 1, 0)),
        ("latin-said-to-be-utf-8", "message-unreadable", (1, 0, 1, 0)),
        ("edifact-in-the-envelope", "message-of-another-kind", (1, 0, 1, 0)),
        ("utf-8-said-to-be-latin", "encoding-doubtful", (1, 1, 0, 0)),
        ("no-pdf", "attachment-mislabelled", (1, 1, 0, 0)),
        ("attachment-base64-wrong", "attachment-unreadable", (1, 1, 0, 0)),
        ("attachment-of-another-size", "attachment-size-differs", (1, 1, 0, 0)),
        ("no-person-number", "person-number-missing", (1, 1, 0, 0)),
        ("no-patient", "citizen-missing", (1, 0, 1, 0)),
        ("same-identifier", "resource-differs", (2, 2, 0, 1)),
    ],
)
def test_each_broken_letter_has_its_issue_and_its_place_in_the_sum(
    name: str, code: str, counted: tuple[int, int, int, int]
) -> None:
    items = broken(name)
    assert code in codes(items)
    assert set(codes(items)) <= set(SENTENCES)
    assert [(one.read, one.filed, one.refused, one.left) for one in of(items, Receipt)] == [counted]


@pytest.mark.parametrize("name", ["cut", "entities"])
def test_a_file_that_is_cut_or_declares_entities_is_refused(name: str) -> None:
    with pytest.raises(ReaderError) as raised:
        broken(name)
    assert raised.value.kind is SOURCE_DAMAGED


def test_a_letter_of_an_unknown_kind_is_kept_with_all_its_text() -> None:
    items = broken("kind-unknown")
    note = of(items, Note)[0]
    assert TEXT in note.text
    assert "Tempo: hurtig" in note.text
    assert note.kind == "XDIS99"
    assert codes(items) == ["message-kind-unknown", "element-left-unread"]


def test_a_person_without_a_number_is_a_citizen_of_the_letter_alone() -> None:
    items = broken("no-person-number")
    assert [(one.id, one.name, one.identifiers) for one in of(items, Citizen)] == [
        ("s:5790000209354/KORR1#patient", "Åse Test Sørensen", ())
    ]


@pytest.mark.parametrize("number", ["0000000000", "3113480012", "REGION123"])
def test_a_number_that_is_nobodys_unites_nobody(tmp_path: Path, number: str) -> None:
    letter = (EXPORT / "korrespondance.xml").read_text(encoding="utf-8").replace("6506480012", number)
    for name in ("KORR1", "KORR2"):
        (tmp_path / f"{name}.xml").write_text(letter.replace("KORR1", name), encoding="utf-8")
    items = read(tmp_path)
    assert [one.identifiers[0].value for one in of(items, Citizen)] == [number, number]
    assert codes(items) == ["person-number-missing"] * 2


def test_a_file_enclosed_deep_in_a_letter_is_a_document_and_no_text(tmp_path: Path) -> None:
    deep = (
        "<BIN><Object_Base64Encoded>JVBERi0xLjcK</Object_Base64Encoded><ObjectExtensionCode>pdf</ObjectExtensionCode>"
    )
    letter = (EXPORT / "korrespondance.xml").read_text(encoding="utf-8").replace("<BIN>", deep)
    letter = letter.replace("<ObjectExtensionCode>gif</ObjectExtensionCode>", "").replace(">43<", ">9<")
    path = tmp_path / "x.xml"
    path.write_text(letter, encoding="utf-8")
    items = read(path)
    assert [(one.media_type, one.content) for one in of(items, Document)] == [("application/pdf", b"%PDF-1.7\n")]
    assert "JVBER" not in of(items, Note)[0].text


def test_a_replacement_number_is_one() -> None:
    citizen = of(broken("replacement-number"), Citizen)[0]
    assert [(one.kind, one.value) for one in citizen.identifiers] == [("replacement", "0506481VJ4")]


def test_a_file_called_pdf_that_is_none_is_no_pdf() -> None:
    assert [one.media_type for one in of(broken("no-pdf"), Document)] == ["application/octet-stream"]


def test_an_enclosed_text_can_be_searched_and_its_letters_are_doubted_where_they_must_be(tmp_path: Path) -> None:
    letter = (EXPORT / "bilag.xml").read_text(encoding="utf-8").replace(">gif<", ">txt<")
    encoded = letter[letter.index("R0lG") : letter.index("</Object_Base64Encoded>")]
    path = tmp_path / "x.xml"
    for content, code in (("Sår".encode(), None), ("Sår".encode("cp1252"), "attachment-encoding")):
        text = letter.replace(encoded, base64.b64encode(content).decode()).replace(">42<", f">{len(content)}<")
        path.write_text(text, encoding="utf-8")
        items = read(path)
        assert [(one.media_type, one.text) for one in of(items, Document)] == [("text/plain", "Sår")]
        assert codes(items) == ([code] if code else [])


def test_two_letters_in_one_message_are_two_notes() -> None:
    items = broken("two-letters")
    assert [note.kind for note in of(items, Note)] == ["Korrespondance", "Indlæggelsesrapport"]
    assert [note.origin.row for note in of(items, Note)] == [1, 2]


def test_a_packed_bomb_in_an_envelope_is_told(tmp_path: Path) -> None:
    bomb = base64.b64encode(gzip.compress(b"<Emessage>" + b" " * (80 << 20))).decode()
    path = tmp_path / "bomb.xml"
    path.write_text(
        f'<VANSEnvelope xmlns="urn:oio:medcom:vans-envelope:1.0.4"><Message><Data>{bomb}</Data></Message></VANSEnvelope>'
    )
    assert codes(read(path)) == ["message-unreadable"]


def leaves(element: Element, path: str = "") -> list[tuple[str, str]]:
    here = f"{path}/{element.name}"
    places = [0, *(child.at for child in element.children), len(element.text)]
    runs = [" ".join(element.text[start:end].split()) for start, end in pairwise(places)]
    found = [(here, run) for run in runs if run]
    found += [(f"{here}/@{name}", value) for name, value in element.attributes.items()]
    return found + [leaf for child in element.children for leaf in leaves(child, here)]


def told_of(items: list[Item]) -> str:
    return " ".join("\n".join(str(item) for item in items).replace("\\n", " ").split())


@pytest.mark.parametrize(
    "path",
    [
        *sorted(EXPORT.iterdir()),
        *sorted(BROKEN.glob("stay-*.xml")),
        BROKEN / "kind-unknown.xml",
        BROKEN / "annulled.xml",
    ],
    ids=lambda path: path.stem,
)
def test_every_leaf_of_every_letter_is_carried_told_or_named_as_left_out(path: Path) -> None:
    said = told_of(read(path))
    for found in messages(path):
        for where, value in leaves(found.element) if hasattr(found, "element") else []:  # type: ignore[union-attr]
            name = where.rpartition("/")[2].removeprefix("@")
            if name in NOT_CARRIED or "Base64" in name or where.endswith(("er/Identifier", "Letter/TypeCode")):
                continue
            assert all(word in said for word in value.split()), (where, value)


def test_the_tables_of_headings_and_of_what_is_left_out_say_why_and_do_not_meet() -> None:
    assert all(NOT_CARRIED.values())
    assert not set(NOT_CARRIED) & set(HEADINGS)


words = st.text(st.characters(blacklist_characters="\r<>&\0", blacklist_categories=("Cs", "Cc")), max_size=8)


@given(
    st.lists(st.tuples(words, st.sampled_from(["", "Break", "Space", "Bold", "Italic", "Right", "Center"])), max_size=6)
)
def test_no_word_of_running_text_is_lost_or_moved(pieces: list[tuple[str, str]]) -> None:
    body = "".join(f"<{tag}/>{text}" if tag in {"Break", "Space"} else f"<{tag}>{text}</{tag}>" if tag else text
                   for text, tag in pieces)  # fmt: skip
    element = next(records_of(f"<Text01>{body}</Text01>".encode(), Path("x"), ()))
    assert "".join(formatted(element).split()) == "".join("".join(text for text, _ in pieces).split())


@settings(max_examples=100, deadline=None)
@given(
    cut=st.integers(0, 4_000), byte=st.binary(max_size=3), name=st.sampled_from(["advis", "bilag", "korrespondance"])
)
def test_damage_anywhere_is_told_and_nothing_else_happens(
    tmp_path_factory: pytest.TempPathFactory, cut: int, byte: bytes, name: str
) -> None:
    data = (EXPORT / f"{name}.xml").read_bytes()
    path = tmp_path_factory.mktemp("medcom") / "x.xml"
    path.write_bytes(data[:cut] + byte + data[cut + len(byte) :])
    try:
        items = read(path)
    except ReaderError:
        return
    receipt = of(items, Receipt)[0]
    assert receipt.read == receipt.filed + receipt.refused
    assert set(codes(items)) <= set(SENTENCES)


def test_an_element_with_nothing_in_it_is_not_headed(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_text("<A><Medicine><Drug/></Medicine><Comment> </Comment></A>")
    assert list(told(list(records(path, ()))[-1])) == []


def test_a_line_break_in_a_drugs_dosage_does_not_make_one_number_of_two(tmp_path: Path) -> None:
    text = (EXPORT / "indlaeggelsesrapport.xml").read_text(encoding="utf-8")
    path = tmp_path / "rapport.xml"
    path.write_text(text.replace("1,5 tabl. morgen", "morgen 1<Break/>2 aften", 1), encoding="utf-8")
    drug = of(read(path), Medication)[0]
    assert drug.dosage_text == "morgen 1\n2 aften"
