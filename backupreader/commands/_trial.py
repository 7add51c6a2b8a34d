"""What `sources try` has found, shown on a terminal: counts, the first rows of each table, and the issues."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Final

from backupreader.command import plain
from backupreader.domain.issues import SENTENCES, sentence
from backupreader.domain.records import TABLES, AccessCode, Citizen, Delivery, Issue, Receipt, Record
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from sync.adapter import Item

PREVIEW: Final = 10
ALIKE: Final = 10
"""So many issues of one kind are shown one by one; the rest are counted, so that they hide no other kind."""
_COLUMNS: Final = 6
_WIDTH: Final = 28
_NEVER_SHOWN: Final = {"origin", "content"}
_TABLE_OF: Final = {cls: table for table, cls in TABLES.items()}
_SEVERITIES: Final = {
    "error": N_("Lost: these values or rows could not be read"),
    "warning": N_("Doubtful: taken, but look at these"),
    "note": N_("Noted: left unread, or taken in a way of its own"),
}


@dataclass(slots=True)
class Trial:
    """Everything that reading an export has told, but of the records only the first of each reader and table."""

    items: int = 0
    lost: int = 0
    first: dict[tuple[str, str], list[Record]] = field(default_factory=lambda: defaultdict(list))
    issues: list[Issue] = field(default_factory=list[Issue])
    receipts: list[Receipt] = field(default_factory=list[Receipt])
    deliveries: list[tuple[str, Delivery]] = field(default_factory=list[tuple[str, Delivery]])

    def take(self, item: "Item", reader: str) -> None:
        """Take in one more thing, which `reader` read."""
        self.items += 1
        if isinstance(item, Issue):
            self.issues.append(item)
            self.lost += item.severity == "error"
        elif isinstance(item, Receipt):
            self.receipts.append(item)
        elif isinstance(item, Delivery):
            self.deliveries.append((reader, item))
        elif len(rows := self.first[reader, _TABLE_OF[type(item)]]) < PREVIEW:
            rows.append(item)


def show_tables(language: Language, trial: Trial) -> None:
    """The counts of each table, and its first rows; of which reader, where there are several."""
    from rich.console import Console
    from rich.table import Table

    several = len({reader for reader, _ in trial.deliveries}) > 1
    console = Console(highlight=False, markup=False, emoji=False)
    counts = Table(box=None)
    headings = (N_("table"), N_("taken"), N_("complete"), N_("read"), N_("filed"), N_("refused"))
    for heading in (*headings, N_("read by"))[: len(headings) + several]:
        counts.add_column(language.text(heading), no_wrap=True, justify="left")
    words = {True: language.text("yes"), False: language.text("no"), None: language.text("not said")}
    for reader, delivery in trial.deliveries:
        numbers = (str(delivery.read), str(delivery.filed), str(delivery.refused))
        row = (delivery.table, plain(delivery.taken_at[:16]), words[delivery.complete], *numbers)
        counts.add_row(*row, *((reader,) if several else ()))
    console.print(counts)
    for (reader, table), records in trial.first.items():
        names = _filled(records)
        preview = Table(title=f"{table} ({reader})" if several else table, title_justify="left", box=None)
        for name in names:
            preview.add_column(name, no_wrap=True, max_width=_WIDTH)
        for record in records:
            preview.add_row(*(_cell(record, name) for name in names))
        console.print(preview)


def show_issues(language: Language, issues: Sequence[Issue]) -> None:
    """The issues, the worst first, each with its file, row and column; of many of one kind the first ones."""
    for severity, heading in _SEVERITIES.items():
        found = [issue for issue in issues if issue.severity == severity]
        if found:
            print(f"\n{language.text(heading)} ({len(found)}):")  # noqa: T201
        kinds: dict[tuple[str, str | None, str | None], list[Issue]] = defaultdict(list)
        for issue in found:
            kinds[issue.code, issue.table, issue.column].append(issue)
        for alike in kinds.values():
            for issue in alike[:ALIKE]:
                print(f"  {_place(issue, language)}: {plain(sentence(issue, language))}")  # noqa: T201
            if more := alike[ALIKE:]:
                told = language.text(N_("… and {n} more of the same, in {files} files: --json names each of them."))
                print(f"  {told.format(n=len(more), files=len({issue.file for issue in more}))}")  # noqa: T201


def as_documents(language: Language, issues: Sequence[Issue]) -> list[dict[str, str | int | None]]:
    """The same for a machine, every one of them."""
    return [
        {
            "severity": issue.severity,
            "code": issue.code,
            "file": issue.file,
            "row": issue.row,
            "column": issue.column,
            "table": issue.table,
            "value": issue.value,
            "sentence": sentence(issue, language),
        }
        for issue in issues
    ]


def _place(issue: Issue, language: Language) -> str:
    place = plain(issue.file)
    if issue.row:
        place += f", {language.text('row {row}').format(row=issue.row)}"
    if issue.column and "{column}" not in SENTENCES.get(issue.code, ""):
        place += f", {language.text('column {column}').format(column=plain(issue.column))}"
    return place


def _filled(records: list[Record]) -> list[str]:
    """The first fields in which any of the records says something."""
    names = [item.name for item in fields(records[0]) if item.name not in _NEVER_SHOWN]
    return [name for name in names if any(getattr(record, name) not in {None, ()} for record in records)][:_COLUMNS]


def _cell(record: Record, name: str) -> str:
    value = getattr(record, name)
    if isinstance(record, AccessCode) and name == "code":
        return "****"  # a door code is shown only to somebody who asks for that door
    if value is None:
        return ""
    if isinstance(record, Citizen) and name == "identifiers":
        return plain(", ".join(number.value for number in record.identifiers))
    return plain(str(value))
