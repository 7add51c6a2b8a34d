"""What a reader makes ready before the first question: damage that shows there is told as damage, too."""

from __future__ import annotations

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from backupreader.domain.errors import STORE_DAMAGED
from backupreader.domain.records import Citizen, Delivery, Origin, Unit
from backupreader.domain.trouble import ReaderError
from backupreader.store import database
from backupreader.store.reader import Reader
from tests.store.conftest import KEY, manifest

WHERE = Origin("borger.csv", 1)
ITEMS = (
    Unit(id="nexus:nord", name="Team Nord", origin=WHERE),
    *(Citizen(id=f"nexus:{n}", name=f"Citizen {n}", unit="nexus:nord", origin=WHERE) for n in range(20)),
    Delivery(source="nexus", table="citizen", taken_at="2026-11-22T05:30", complete=True, read=20, filed=20, refused=0),
)


def opening(path) -> Reader:
    """A reader as unlocking makes it. The file is given back where it cannot be made."""
    connection = database.open_reader(path, KEY)
    try:
        return Reader(connection, manifest())
    except BaseException:
        connection.close()
        raise


def test_damage_on_any_page_is_told_as_damage_while_the_reader_is_made_or_not_met_at_all(built):
    path = built(ITEMS)
    whole = path.read_bytes()
    refused: list[ReaderError] = []
    for page in range(1, len(whole) // database.PAGE):
        content = bytearray(whole)
        content[page * database.PAGE + 100] ^= 1
        path.write_bytes(content)
        try:
            opening(path).close()
        except ReaderError as trouble:
            refused.append(trouble)
    assert {trouble.kind for trouble in refused} == {STORE_DAMAGED}
    assert len(refused) >= 2  # the files, the deliveries and what is known of the whole lie on pages of their own
    path.write_bytes(whole)
    reader = opening(path)
    assert reader.counts()["citizen"] == 20
    reader.close()


@pytest.mark.parametrize("read", range(4))
def test_each_read_that_making_a_reader_takes_is_guarded(built, read: int):
    """The files, what is left out, the deliveries, the facts of the whole."""
    connection = database.open_reader(built(ITEMS), KEY)
    asked: list[str] = []

    class Failing:
        """The real connection, but for one read, which fails as a disk does."""

        def execute(self, statement: str, *values: object) -> object:
            asked.append(statement)
            if len(asked) == read + 1:
                raise sqlcipher.OperationalError("disk I/O error")
            return connection.execute(statement, *values)

    with pytest.raises(ReaderError) as caught:
        Reader(Failing(), manifest())
    assert caught.value.kind is STORE_DAMAGED
    assert len(asked) == read + 1
    connection.close()
