"""People's text on paper: every character is there, in order, whatever it is."""

from __future__ import annotations

import io
import random

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from printing import arabic, text
from printing.pen import Letters, Pen
from printing.text import BODY, lay, visible
from tests.printing.cruel import a_note, bare, hyphened, same

WIDE = 300.0


def printed(notes: list[str]) -> list[str]:
    """Each note drawn on a page of its own, and the text that a reader of the PDF finds there."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    letters = Letters(canvas)
    for note in notes:
        lines = lay(((note, False),), BODY, WIDE)
        assert all(line.width <= WIDE + 0.01 for line in lines)
        high = len(lines) * BODY.leading + 20
        canvas.setPageSize((WIDE + 20, high))
        pen = Pen(letters)
        pen.lines(lines, BODY, 10, high - 10)
        pen.put()
        canvas.showPage()
    canvas.save()
    with pypdfium2.PdfDocument(out.getvalue()) as pdf:
        pages = (pdf[number].get_textpage().get_text_range() for number in range(len(notes)))
        return [hyphened(page) for page in pages]


def differing(count: int, seed: int) -> list[tuple[str, str]]:
    chance = random.Random(seed)
    notes = [a_note(chance) for _ in range(count)]
    return [(note, drawn) for note, drawn in zip(notes, printed(notes), strict=True) if not same(note, drawn)]


def test_every_character_of_random_notes_is_on_the_page():
    assert differing(600, 1) == []


@settings(deadline=None)
@given(st.text(max_size=60))
def test_nothing_is_lost_between_a_text_and_its_lines(note):
    lines = lay(((note, False),), BODY, 80)
    drawn = "".join(segment.text for line in lines for segment in line.segments)
    assert sorted(bare(drawn)) == sorted(bare(note))


def test_a_word_of_two_hundred_thousand_letters_is_broken_and_whole():
    word = "".join(random.Random(3).choice("abcdefghijæøå") for _ in range(200_000))
    (drawn,) = printed([word])
    assert bare(drawn) == word


@pytest.mark.parametrize(
    "note",
    [
        "Allergi <penicillin> & jod",
        "</b><i>fed</i>",
        "<img src='/etc/passwd'/>",
        "&amp; &lt; &#229;",
        "<para><font size=80>stor</font></para>",
        "100 % {navn} %s",
    ],
)
def test_markup_is_text(note):
    assert "".join(printed([note])[0].split()) == "".join(note.split())


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("\x07", "[U+0007]"),
        ("\x00", "[U+0000]"),
        ("\u202e", "[U+202E]"),
        ("\ud800", "[U+D800]"),
        ("🙂", "[U+1F642]"),
        ("中", "[U+4E2D]"),
        ("a\tb", "a    b"),
        ("a\r\nb\rc\x0bd\u2028e", "a\nb\nc\nd\ne"),
        ("medi\u00adcin\u200b", "medicin"),
        ("10\u00a0mg\u202f2", "10\u00a0mg\u00a02"),
        ("a\u030a", "å"),
        ("q\u030a\u0308\u030a", "q\u030a\u0308[U+030A]"),  # the second ring would be drawn on the first
        ("a\u2003b", "a b"),
    ],
)
def test_what_cannot_be_drawn_is_said(note, shown):
    assert visible(note) == shown


def test_lines_are_kept_and_blank_ones_too():
    lines = lay((("a\n\n  b", False),), BODY, 200)
    assert [[segment.text for segment in line.segments] for line in lines] == [["a"], [], ["  b"]]


def test_an_empty_text_is_one_empty_line():
    assert len(lay((("", False),), BODY, 200)) == 1


def test_a_space_that_does_not_break_keeps_a_dose_together():
    wide = text.width("Marevan 10\u00a0mg", 10) - 1
    lines = lay((("Marevan 10\u00a0mg", False),), BODY, wide)
    assert [line.segments[0].text for line in lines] == ["Marevan", "10\u00a0mg"]


def test_a_long_word_is_broken_after_a_hyphen_where_it_has_one():
    lines = lay((("Acetylsalicylsyre/Esomeprazol", False),), BODY, text.width("Acetylsalicylsyre/Eso", 10))
    assert [line.segments[0].text for line in lines] == ["Acetylsalicylsyre/", "Esomeprazol"]


def test_a_space_before_a_word_that_must_be_broken_is_not_carried_over():
    lines = lay((("a bbbbbbbbbbbbbbbbbbbbbbbb", False),), BODY, 60)
    assert [segment.text[0] for line in lines for segment in line.segments] == ["a", "b", "b", "b"]


def test_bold_and_plain_words_share_a_line():
    (line,) = lay((("CAVE: ", True), ("penicillin", False)), BODY, 200)
    assert [segment.face for segment in line.segments] == ["NotoSans-Bold", "NotoSans-Regular"]


def test_a_letter_that_one_typeface_lacks_is_drawn_in_another():
    (line,) = lay((("≤ 4 محمد", False),), BODY, 200)
    assert [segment.face for segment in line.segments] == [
        "NotoSansMath-Regular",
        "NotoSans-Regular",
        "NotoSansArabic-Regular",
    ]


def test_a_long_text_is_not_remembered_and_reads_the_same():
    note = "ord " * 200
    assert lay(((note, False),), BODY, 200) == lay(((note, False),), BODY, 200)


# --- Arabic ---


class _All:
    def __contains__(self, char: object) -> bool:
        return True


def test_arabic_letters_are_joined_to_their_neighbours():
    assert arabic.shape("محمد", _All()) == "\ufee3\ufea4\ufee4\ufeaa"  # initial, medial, medial, final
    assert arabic.shape("دار", _All()) == "\ufea9\ufe8d\ufead"  # none of these joins the next
    assert arabic.shape("سلام", _All()) == "\ufeb3\ufefc\ufee1"  # lam and alef are one sign


def test_a_vowel_mark_stays_on_its_letter_and_joins_nothing_apart():
    assert arabic.shape("مُحَ", _All()) == "\ufee3\u064f\ufea2\u064e"
    assert arabic.shape("لاَ", _All()) == "\ufefb\u064e"


def test_a_form_that_the_typeface_lacks_is_left_plain():
    assert arabic.shape("محمد", "") == "محمد"


def test_words_from_right_to_left_stand_in_their_order_among_others():
    assert arabic.visual("navn: אב גד (ok)") == "navn: דג בא (ok)"
    assert arabic.visual("אב 12,5 גד") == "דג 12,5 בא"
    assert arabic.visual("(אב) x") == "(בא) x"
    assert arabic.visual("אב (גד) ok") == "(דג) בא ok"
    assert arabic.visual("אב and גד") == "בא and דג"


def test_left_to_right_lines_are_left_alone():
    assert arabic.visual("Kirsten (88) <b>") == "Kirsten (88) <b>"
