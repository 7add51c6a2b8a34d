"""How it is told that where a citizen lives is kept back until a reason is stated."""

from __future__ import annotations

from backupreader.domain.barriers import Barrier
from backupreader.domain.records import Citizen
from ui.chapter import ToReason, View
from ui.rows import Kind, Row


def protected_rows(citizen: Citizen, view: View) -> tuple[Row, ...]:
    """Of a protected citizen for whose address no reason was stated: Enter asks for it."""
    if not citizen.protected_address or Barrier.PROTECTED in view.stated:
        return ()
    sentence = view.language.text("Her address and telephone are protected and not shown: state a reason")
    return (_row(sentence, view),)


def protected_on_route(number: int, view: View) -> tuple[Row, ...]:
    """The same for a route that goes to `number` protected citizens."""
    if not number or Barrier.PROTECTED in view.stated:
        return ()
    sentence = view.language.count(
        "{n} protected address is not shown: state a reason",
        "{n} protected addresses are not shown: state a reason",
        number,
    )
    return (_row(sentence, view),)


def _row(sentence: str, view: View) -> Row:
    return Row(kind=Kind.KEPT, title=sentence, aside=view.language.text("Enter"), target=ToReason(Barrier.PROTECTED))
