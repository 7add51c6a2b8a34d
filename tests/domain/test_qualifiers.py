"""How grave a condition is: a bare number of a known scale has words, and nothing else has."""

from __future__ import annotations

import pytest

from backupreader.domain.qualifiers import in_words


@pytest.mark.parametrize(
    ("written", "system", "said"),
    [
        ("0", "FSIII", "no or negligible limitations"),
        ("2", "FSIII", "moderate limitations"),
        (" 4 ", "Fællessprog III", "total limitations"),
        ("3", "ICF", "severe limitation"),
        (".8", "ICF", "not specified"),
        ("9", "IBIC/ICF", "not applicable"),
        ("1", "icf", "slight limitation"),
    ],
)
def test_a_bare_number_has_the_words_of_its_scale(written, system, said):
    assert in_words(written, system) == said


@pytest.mark.parametrize(
    ("written", "system"),
    [
        ("8", "FSIII"),
        ("5", "ICF"),
        ("22", "ICF"),
        ("2 moderat", "FSIII"),
        ("Moderate begrænsninger", "FSIII"),
        ("2", "SKS"),
        ("2", "VERIFICFORM"),
        ("2", None),
        ("", "ICF"),
        (None, "ICF"),
        ("2\n3", "ICF"),
        ("½", "ICF"),
    ],
)
def test_what_has_words_of_its_own_or_no_known_scale_is_not_interpreted(written, system):
    assert in_words(written, system) is None
