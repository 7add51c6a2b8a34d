from __future__ import annotations

import pytest

from backupreader.domain.leaving import ALWAYS, CLASSES, tables_of
from backupreader.domain.records import TABLES


def test_a_class_means_all_its_tables_and_a_table_itself():
    assert tables_of(["medicine", "visit"]) == ("medication", "dose", "administration", "visit")
    assert tables_of(["access"]) == ("access", "access_code")
    assert tables_of([]) == ()


def test_orders_never_go_without_their_doses():
    assert tables_of(["medication"]) == ("medication", "dose")


@pytest.mark.parametrize("name", [*ALWAYS, "drugs", ""])
def test_what_must_stay_and_what_does_not_exist_cannot_be_left_out(name: str):
    with pytest.raises(KeyError):
        tables_of([name])


def test_every_class_is_made_of_tables():
    assert {table for tables in CLASSES.values() for table in tables} <= set(TABLES) - ALWAYS
