from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backupreader.store.canonical import NotCanonical, decode, encode

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
VALUES = st.recursive(
    st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_what_is_written_is_read_back_and_written_the_same(value: object):
    data = encode(value)  # type: ignore[arg-type]
    assert decode(data) == value
    assert encode(decode(data)) == data
    assert data.isascii()


@given(st.binary(max_size=60))
def test_any_bytes_are_either_canonical_or_refused_by_name(data: bytes):
    try:
        value = decode(data)
    except NotCanonical:
        return
    assert encode(value) == data


@given(VALUES, st.sampled_from([" ", "\n", "\t"]), st.integers(min_value=0, max_value=200))
def test_a_blank_anywhere_outside_text_is_refused(value: object, blank: str, place: int):
    data = encode(value).decode("ascii")  # type: ignore[arg-type]
    changed = data[:place] + blank + data[place:]
    try:
        assert json.loads(changed) != value
    except ValueError:
        pass
    except AssertionError:
        with pytest.raises(NotCanonical):
            decode(changed.encode("ascii"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"a":1,"a":1}',
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b"1.0",
        b"1e3",
        b"-0",
        b"01",
        b"true",
        b"[false]",
        b'{"a":null}',
        b"NaN",
        b"[Infinity]",
        b'"\xc3\xa5"',
        b'"\\u00E5"',
        b'"\\u0061"',
        b'"\\ud800"',
        b'"\\/"',
        b'{"\\udfff":1}',
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b"9" * 5000,
    ],
    ids=lambda data: repr(data[:20]),
)
def test_another_spelling_or_another_kind_of_value_is_refused(data: bytes):
    with pytest.raises(NotCanonical):
        decode(data)


def test_the_form_is_fixed_for_ever():
    assert encode({"b": [1, -2], "a": "å\n"}) == b'{"a":"\\u00e5\\n","b":[1,-2]}'
