"""What is general information: by its code, or by the heading under which the source keeps it."""

from __future__ import annotations

import pytest

from backupreader.domain.generalinformation import is_general, tells_general
from backupreader.domain.records import Condition, Note, Origin

HERE = Origin("x", 1)


def condition(**facts: str) -> Condition:
    return Condition(id="t", citizen="c", text="Vaner", origin=HERE, **facts)


def note(**facts: str) -> Note:
    return Note(id="n", citizen="c", text="Står sent op", origin=HERE, **facts)


@pytest.mark.parametrize("code", ["F1", "F5", "F12", " F9 ", "F9.1"])
def test_an_area_of_fsiii_is_general_information(code):
    assert is_general(condition(code=code, code_system="FSIII"))


@pytest.mark.parametrize(("code", "system"), [("F13", "FSIII"), ("F0", "FSIII"), ("J3.4", "FSIII"), ("F32", "ICD-10"), ("F3", "SKS"), ("F3", None)])  # fmt: skip
def test_a_diagnosis_that_begins_with_the_same_letter_is_not(code, system):
    assert not is_general(condition(code=code, **({"code_system": system} if system else {})))


def test_a_group_or_a_note_is_by_its_heading():
    assert is_general(condition(kind="Generelle oplysninger"))
    assert tells_general(note(kind="Levnadsberättelse"))
    assert tells_general(note(title="LIVSHISTORIE"))
    assert not tells_general(note(kind="observation"))


def test_a_note_that_was_entered_in_error_or_replaced_tells_nothing():
    assert not tells_general(note(kind="Livshistorie", status="entered-in-error"))
    assert not tells_general(note(kind="Livshistorie", status="superseded"))
    assert tells_general(note(kind="Livshistorie", status="unknown"))
