"""How it is told what became of each file of the export: read = filed + refused, and what was left on purpose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from backupreader.domain.records import Receipt
from backupreader.language import Language
from ui.look import State
from ui.rows import Kind, Mark, Row

_SHOWN: Final = 100
"""Files of one source that are named when all of each was filed; the rest of them stand in one row, added up."""


@dataclass(frozen=True, slots=True)
class _Sum:
    read: int
    filed: int
    refused: int
    left: int


def receipt_rows(receipts: Sequence[Receipt], troubled: Iterable[str], language: Language) -> tuple[Row, ...]:
    """The files of each source under its heading with their sum; those refused from first, then `troubled` ones."""
    if not receipts:
        nothing = Row(kind=Kind.NOTHING, title=language.text("This data came without a list of its files."))
        return (Row(kind=Kind.HEADING, title=language.text("The files")), nothing)
    bad = frozenset(troubled)
    rows: list[Row] = []
    for source in dict.fromkeys(receipt.source for receipt in receipts):
        own = [receipt for receipt in receipts if receipt.source == source]
        rows += _of_source(source, own, bad, language)
    return tuple(rows)


def _of_source(source: str, own: list[Receipt], bad: frozenset[str], language: Language) -> list[Row]:
    files = language.count("{n} file", "{n} files", len(own))
    head = Row(
        kind=Kind.HEADING,
        title=language.text("The files: {source}").format(source=source),
        aside=f"{files}: {_sentence(_sum(own), language)}",
    )
    first = [receipt for receipt in own if receipt.refused]
    first += [receipt for receipt in own if not receipt.refused and receipt.file in bad]
    others = [receipt for receipt in own if not receipt.refused and receipt.file not in bad]
    rows = [_row(receipt, bad, language) for receipt in (*first, *others[:_SHOWN])]
    if rest := others[_SHOWN:]:
        title = language.count(
            "{n} more file of which nothing was refused", "{n} more files of which nothing was refused", len(rest)
        )
        rows.append(Row(title=title, details=(_sentence(_sum(rest), language),)))
    return [head, *rows]


def _row(receipt: Receipt, bad: frozenset[str], language: Language) -> Row:
    marks: list[Mark] = []
    if receipt.refused:
        marks.append(Mark(language.text("{n} REFUSED").format(n=receipt.refused), State.STOP))
    elif receipt.file in bad:
        marks.append(Mark(language.text("ERROR, SEE ABOVE"), State.STOP))
    return Row(title=receipt.file, details=(_sentence(_sum((receipt,)), language),), marks=tuple(marks))


def _sentence(sums: _Sum, language: Language) -> str:
    said = language.text("{read} read = {filed} filed + {refused} refused").format(
        read=sums.read, filed=sums.filed, refused=sums.refused
    )
    if sums.left:
        said += ", " + language.text("{left} left unread on purpose").format(left=sums.left)
    return said


def _sum(receipts: Iterable[Receipt]) -> _Sum:
    items = tuple(receipts)
    return _Sum(
        sum(item.read for item in items),
        sum(item.filed for item in items),
        sum(item.refused for item in items),
        sum(item.left for item in items),
    )
