"""Every adapter, given its own files damaged in every way: it reads them, or refuses them by name, and nothing else.

More of it, and guided, is F14 (``tests/faults/figures/readers.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backupreader.domain.issues import SENTENCES
from backupreader.domain.records import Issue, Receipt
from backupreader.domain.trouble import ReaderError
from sync.adapter import Adapter, Source
from sync.adapters import adapters

EXPORTS = Path(__file__).resolve().parents[1] / "data" / "exports"
MEMBERS = adapters()

every_member = pytest.mark.parametrize("member", MEMBERS, ids=lambda member: member.name)


@st.composite
def damage(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """A few cuts, flips, repeats and strange bytes."""
    steps = draw(
        st.lists(
            st.tuples(st.sampled_from("cfriz"), st.floats(0, 1), st.binary(min_size=1, max_size=8)),
            min_size=1,
            max_size=4,
        )
    )

    def done(data: bytes) -> bytes:
        for kind, where, odd in steps:
            at = int(where * len(data))
            if kind == "c":
                data = data[:at]
            elif kind == "f":
                data = data[:at] + bytes(byte ^ 0x21 for byte in data[at : at + 1]) + data[at + 1 :]
            elif kind == "r":
                data = data[:at] + data[at : at + 40] + data[at:]
            elif kind == "i":
                data = data[:at] + odd + data[at:]
            else:
                data = data[:at] + data[at + len(odd) :]
        return data

    return done


def tried(member: Adapter, damaged: Callable[[bytes], bytes], number: int) -> None:
    samples = sorted(path for path in (EXPORTS / member.name).rglob("*") if path.is_file())
    sample = samples[number % len(samples)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / sample.relative_to(EXPORTS / member.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(damaged(sample.read_bytes()))
        assert member.claims(path) in {True, False}
        try:
            items = list(member.read(Source(name="s", path=Path(folder)), [path]))
        except ReaderError:
            return
    assert all(item.code in SENTENCES for item in items if isinstance(item, Issue))
    assert all(item.read == item.filed + item.refused for item in items if isinstance(item, Receipt))


@every_member
@settings(max_examples=60, deadline=None)
@given(damaged=damage(), number=st.integers(0, 30))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(
    member: Adapter, damaged: Callable[[bytes], bytes], number: int
) -> None:
    tried(member, damaged, number)
