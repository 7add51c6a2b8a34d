from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backupreader.domain.fold import fold, indexable, plain, spellings, words


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Møller", "moeller"),
        ("MÖLLER", "moeller"),
        ("Moeller", "moeller"),
        ("Ågård-Østergaard", "aagaard oestergaard"),
        ("Åge", "aage"),
        ("A\u030age", "aage"),
        ("Kjær Bäck", "kjaer baeck"),
        ("René Müller", "rene muller"),
        ("Strauß STRAẞ", "strauss strass"),
        ("Łódź Þór Đorđe Ísafjörður", "lodz thor dorde isafjoerdur"),
        ("İstanbul ISIK ışık", "istanbul isik isik"),
        ("  2. tv,  8600_Silkeborg  ", "2 tv 8600 silkeborg"),
        ("1½ tablet — à 5 mg", "1½ tablet a 5 mg"),
        ("مُحَمَّد", "محمد"),
        ("“quoted” Ånd", "quoted aand"),
        ("", ""),
        ("-- !", ""),
    ],
)
def test_every_way_to_spell_a_name_folds_to_one(written, folded):
    assert fold(written) == folded
    assert words(written) == tuple(folded.split())


@pytest.mark.parametrize("typed", ["moller", "Møller", "moeller", "MÖLLER"])
def test_a_name_is_among_the_spellings_of_every_way_to_type_it(typed):
    assert "moeller" in spellings(fold(typed))


def test_a_plain_letter_may_stand_for_a_nordic_one_but_not_the_other_way():
    assert spellings("far") == ("far", "faar", "faer")
    assert spellings(fold("får")) == ("faar",)
    assert spellings("moller") == ("moller", "moeller")
    assert spellings("aa") == ("aa",)
    assert spellings("x") == ("x",)


def test_the_last_letter_of_a_half_typed_word_is_left_open():
    assert spellings("fa", open_end=True) == ("fa",)
    assert spellings("far", open_end=True) == ("far", "faar", "faer")


def test_a_word_of_many_vowels_does_not_explode():
    assert len(spellings("banananananananana")) <= 24
    assert spellings("banananananananana")[0] == "banananananananana"


def test_all_spellings_meet_in_the_plain_form():
    for typed in ("moller", "moeller", "aagaard", "agard", "kaer", "kar"):
        assert {plain(spelling) for spelling in spellings(typed)} == {plain(typed)}


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aeoåäöæøAEOÅÄÖÆØ ßéüÐþ-x1", max_size=40))
def test_what_is_indexed_folds_to_the_same_words(text):
    assert words(indexable(text)) == words(text)


@given(st.text(max_size=40))
def test_what_is_indexed_folds_to_the_same_words_in_every_script(text):
    assert words(indexable(text)) == words(text)
