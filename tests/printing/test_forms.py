"""The blank forms: one page each, whose it is printed or left open, and never a sheet that cannot be entered again."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest

from backupreader.domain.newcitizen import temporary
from backupreader.domain.sheets import Numbers
from printing.document import Subject
from printing.documents import DOCUMENTS, document
from printing.render import render

FORMS = [name for name in DOCUMENTS if document(name).form]
OF_CITIZENS = [name for name in FORMS if document(name).about == "citizen"]
OF_NOBODY = [name for name in FORMS if document(name).about == "nobody"]
LONG = ("Maximiliane-Konstantinopolitanska Wolfeschlegelsteinhausen " * 4)[:200]
UNBROKEN = "Llanfairpwllgwyngyll" * 10


def squeezed(text: str) -> str:
    return " ".join(text.replace("\ufffe", "-").split())


def letters(text: str) -> str:
    return text.replace(" ", "").replace("-", "")


@pytest.fixture
def texts_of(printed, pages_of, sheet_of):
    def texts(name: str, subject: Subject, code: str = "en", **facts: object) -> list[str]:
        return [squeezed(page) for page in pages_of(printed(name, subject, sheet_of(code, **facts)))]

    return texts


def subjects(made) -> dict[str, Subject]:
    def called(name: str) -> Subject:
        return Subject(journal=replace(made.ordinary, citizen=replace(made.ordinary.citizen, name=name)))

    return {
        "ordinary": Subject(journal=made.ordinary),
        "nothing": Subject(journal=made.nothing),
        "undelivered": Subject(journal=made.undelivered),
        "long": called(LONG),
        "unbroken": called(UNBROKEN),
        "nobody": Subject(),
        "numbered": Subject(number=temporary("K7Q", 7)),
    }


def test_there_are_the_twelve_forms():
    assert len(FORMS) == 12
    assert OF_NOBODY == ["form-new-citizen", "form-call-log", "form-unit-tally", "form-key-log"]
    assert all(name.startswith("form-") for name in FORMS)


@pytest.mark.parametrize("which", ["ordinary", "nothing", "undelivered", "long", "unbroken", "nobody", "numbered"])
@pytest.mark.parametrize("code", ["da", "sv", "nb", "en"])
@pytest.mark.parametrize("name", FORMS)
def test_every_form_is_one_page_in_every_language_whoever_it_is_about(  # noqa: PLR0917 (three axes and their fixtures)
    name, code, which, made, texts_of, sheet_of
):
    (page,) = texts_of(name, subjects(made)[which], code, anchor="214 · 5f3a 09c1 77d2", outage="2026-003")
    journal = subjects(made)[which].journal
    if journal is not None and name in OF_CITIZENS:
        for word in sheet_of(code).language.text(document(name).title).split():
            page = re.sub(
                rf"(?<!\S){re.escape(word)}(?!\S)", "", page, count=1
            )  # it stands beside the name's first line
        assert letters(journal.citizen.name) in letters(page)


@pytest.mark.parametrize("name", FORMS)
def test_a_citizen_with_forty_allergies_has_all_of_them_before_the_first_place_to_write(name, made, texts_of):
    pages = texts_of(name, Subject(journal=made.cruel))
    if name in OF_CITIZENS:
        assert all(f"Stof nummer {number} <img src='/etc/passwd'>" in pages[0] for number in range(40))
    text = " ".join(pages)
    assert "Entered in the journal by" in text
    assert len(pages) <= 2


@pytest.mark.parametrize("name", FORMS)
def test_every_form_asks_when_it_happened_when_it_was_entered_and_how_many_sheets_there_are(name, texts_of):
    (page,) = texts_of(name, Subject())
    for place in (
        "Filled in by (name, title, initials)",
        "Entered in the journal by",
        "Entered on (date, time)",
        "documented in the app already",
        "Sheet ____ of ____",
        "Wrong: strike it through once, so that it can still be read, and put your initials.",
        "Shred it only when it is entered in the journal.",
    ):
        assert place in page, place


TIMED = {
    "form-visit": "Came, went (date, time)",
    "form-medicine-sheet": "Time given",
    "form-unit-tally": "Down since (date, time) Up again (date, time)",
    "form-key-log": "Out (date, time)",
}


@pytest.mark.parametrize("name", FORMS)
def test_when_it_was_stands_apart_from_when_it_was_written_down(name, texts_of):
    (page,) = texts_of(name, Subject())
    assert TIMED.get(name, "Happened (date, time)") in page


@pytest.mark.parametrize("name", OF_CITIZENS)
def test_about_nobody_there_are_places_for_whose_it_is_and_what_she_must_not_have(name, texts_of):
    (page,) = texts_of(name, Subject())
    assert "Blank form" in page
    assert "Name Birthday Person number Unit, room" in page
    assert "CAVE: ask, before anything is given" in page
    assert "Blank: nothing on it is from a source." in page


@pytest.mark.parametrize("name", OF_CITIZENS)
def test_about_a_citizen_whose_it_is_is_printed_and_not_asked_for(name, made, texts_of):
    (page,) = texts_of(name, Subject(journal=made.ordinary))
    assert "Kirsten Møller" in page
    assert "740338-1234" in page
    assert "CAVE: Penicillin (udslæt, moderat)" in page
    assert "Name Birthday" not in page
    assert "Blank" not in page
    assert "3 h 12 min old" in page


@pytest.mark.parametrize("name", OF_CITIZENS)
def test_for_the_car_a_form_tells_nothing_of_health_and_hides_the_number(name, made, texts_of):
    (page,) = texts_of(name, Subject(journal=made.ordinary), car=True)
    assert "CAVE: there is something. Ask the office." in page
    assert "Penicillin" not in page
    assert "1234" not in page
    (page,) = texts_of(name, Subject(journal=made.undelivered), car=True)
    assert "CAVE: NOT DELIVERED by the source." in page


@pytest.mark.parametrize("name", OF_NOBODY)
def test_a_form_about_nobody_holds_no_citizen_even_when_it_is_given_one(name, made, texts_of):
    (page,) = texts_of(name, Subject(journal=made.ordinary))
    assert "Kirsten" not in page
    assert "Penicillin" not in page
    assert "740338" not in page


def test_a_new_citizens_number_is_printed_large_and_said_to_be_used_until_she_has_her_own(made, printed, texts_of):
    import pypdfium2

    number = temporary("K7Q", 7)
    (page,) = texts_of("form-new-citizen", Subject(number=number))
    assert page.count(number) >= 2, "in the head, and large"
    assert "Write this number on every sheet about this citizen until the real person number is known." in page
    with pypdfium2.PdfDocument(printed("form-new-citizen", Subject(number=number), made.sheet)) as pdf:
        text = pdf[0].get_textpage()
        at, found = text.get_text_range(), []
        place = at.find("7Q-0000007")
        while place >= 0:
            _left, low, _right, high = text.get_charbox(place)
            found.append(high - low)
            place = at.find("7Q-0000007", place + 1)
    assert max(found) > 20, "points"


def test_without_a_number_there_is_an_empty_place_and_nobody_makes_one_up(texts_of):
    (page,) = texts_of("form-new-citizen", Subject())
    assert "Temporary number" in page
    assert "never one that you make up" in page
    assert not re.search(r"N-[0-9A-Z]{3}-\d{4}", page)


@pytest.mark.parametrize("name", OF_CITIZENS)
def test_a_form_for_a_new_citizen_has_her_temporary_number(name, texts_of):
    (page,) = texts_of(name, Subject(number="N-K7Q-0000007-44"))
    assert page.count("N-K7Q-0000007-44") == 2


# --- what each is for ---


def test_vital_signs_have_a_row_and_its_bands_for_each_of_news2_and_no_sum_is_made(made, texts_of):
    (page,) = texts_of("form-vitals", Subject(journal=made.ordinary))
    bare = page.replace("\u00a0", " ")
    for bands in (
        "Breaths a minute ≤8 = 3 · 9–11 = 1 · 12–20 = 0 · 21–24 = 2 · ≥25 = 3",
        "SpO₂ %, scale 1 ≤91 = 3 · 92–93 = 2 · 94–95 = 1 · ≥96 = 0",
        "≤83 = 3 · 84–85 = 2 · 86–87 = 1 · 88–92, and ≥93 on air = 0 · on oxygen 93–94 = 1, 95–96 = 2, ≥97 = 3",
        "air = 0 · oxygen = 2",
        "Blood pressure, the upper ≤90 = 3 · 91–100 = 2 · 101–110 = 1 · 111–219 = 0 · ≥220 = 3",
        "Pulse a minute ≤40 = 3 · 41–50 = 1 · 51–90 = 0 · 91–110 = 1 · 111–130 = 2 · ≥131 = 3",
        "A alert = 0 · C newly confused, V answers voice, P answers pain, U does not answer = 3",
        "Temperature °C ≤35.0 = 3 · 35.1–36.0 = 1 · 36.1–38.0 = 0 · 38.1–39.0 = 1 · ≥39.1 = 2",
        "the values and points of NEWS2 (Royal College of Physicians, London 2017).",
    ):
        assert bands in bare, bands
    assert "148/82" not in page, "an old value is not printed where today's is written"
    assert "TOBS" not in page


def test_in_danish_there_is_a_place_for_tobs_and_numbers_have_a_comma(made, texts_of):
    (page,) = texts_of("form-vitals", Subject(journal=made.ordinary), "da")
    assert "TOBS" in page
    assert "NEWS2" in page
    assert "35,1–36,0" in page
    for code in ("sv", "nb"):
        (page,) = texts_of("form-vitals", Subject(journal=made.ordinary), code)
        assert "TOBS" not in page
        assert "35,1–36,0" in page


def test_an_order_by_telephone_is_read_back_and_heard_by_a_second_person(texts_of):
    (page,) = texts_of("form-telephone-order", Subject())
    for place in (
        "Doctor's name and workplace",
        "Doctor's telephone number",
        "Read back in full",
        "The doctor said that it is right",
        "Read back at (time)",
        "Signature",
        "Second person who heard it (name, title)",
        "Confirmed in writing by the doctor",
    ):
        assert place in page


def test_medicine_given_when_needed_has_its_effect_within_two_hours(texts_of):
    (page,) = texts_of("form-pn", Subject())
    assert "Effect within 2 h (time, how)" in page
    assert "Last given before (date, time)" in page
    assert "Reason" in page


def test_a_visit_is_done_or_not_with_a_reason_that_has_a_number(texts_of):
    (page,) = texts_of("form-visit", Subject())
    assert page.count("done in part not done") >= 6
    assert "1 = not at home · 2 = refused · 3 = in hospital" in page
    assert "Call the office at once." in page


def test_keys_are_written_down_by_number_alone(texts_of):
    (page,) = texts_of("form-key-log", Subject())
    assert "never a name, an address or a code" in page


def test_a_blank_medicine_sheet_is_dated_where_it_is_hers_and_open_where_it_lies_in_a_drawer(made, texts_of):
    (hers,) = texts_of("form-medicine-sheet", Subject(journal=made.ordinary), days=3)
    assert all(day in hers for day in ("Sun 22 Nov", "Mon 23 Nov", "Tue 24 Nov"))
    (drawer,) = texts_of("form-medicine-sheet", Subject(), days=3)
    assert "23 Nov" not in drawer
    assert drawer.count("Date") >= 4
    assert "Marevan" not in hers, "it is filled in by hand, from what was ordered"


@pytest.mark.parametrize("name", FORMS)
def test_tables_fill_the_page_and_end_above_its_foot(name, made, printed, sheet_of):
    import pypdfium2

    for subject in (Subject(journal=made.ordinary), Subject()):
        with pypdfium2.PdfDocument(printed(name, subject, sheet_of("en"))) as pdf:
            page = pdf[0].get_textpage()
            text = page.get_text_range()
            wrong, printed_by = text.index("Wrong:"), text.index("Printed")
            low, foot = page.get_charbox(wrong)[1], page.get_charbox(printed_by)[3]
        assert 20 < low - foot < 60, "points between the last line and the foot"


def test_every_copy_of_a_blank_form_is_a_sheet_with_a_number_of_its_own(sheet_of):
    out = io.BytesIO()
    sheet = sheet_of("en", numbers=Numbers("K7Q", 100), sides=2)
    made = render(document("form-observation"), [Subject()] * 3, sheet, out)
    assert [str(one.serial)[:11] for one in made.sheets] == ["K7Q-0000100", "K7Q-0000101", "K7Q-0000102"]
    assert {(one.citizen, one.route, one.document) for one in made.sheets} == {(None, None, "form-observation")}
