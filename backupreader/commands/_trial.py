"""What `sources try` has found, shown on a terminal: counts, the first rows of each table, and every issue."""

from collections import defaultdict
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Final

from backupreader.commands._trouble import plain
from backupreader.domain.issues import SENTENCES, sentence
from backupreader.domain.records import TABLES, AccessCode, Citizen, Delivery, Issue, Receipt, Record
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from sync.adapter import Item

PREVIEW: Final = 10
_COLUMNS: Final = 6
_WIDTH: Final = 28
_NEVER_SHOWN: Final = {"origin", "content"}
_TABLE_OF: Final = {cls: table for table, cls in TABLES.items()}
_SEVERITIES: Final = {
    "error": N_("Lost: these values or rows could not be read"),
    "warning": N_("Doubtful: taken, but look at these"),
    "note": N_("Left unread on purpose"),
}


@dataclass(slots=True)
class Trial:
    """Everything that reading an export has told, but of the records only the first of each table."""

    items: int = 0
    lost: int = 0
    first: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))
    issues: list[Issue] = field(default_factory=list[Issue])
    receipts: list[Receipt] = field(default_factory=list[Receipt])
    deliveries: list[Delivery] = field(default_factory=list[Delivery])

    def take(self, item: "Item") -> None:
        """Take in one more thing."""
        self.items += 1
        if isinstance(item, Issue):
            self.issues.append(item)
            self.lost += item.severity == "error"
        elif isinstance(item, Receipt):
            self.receipts.append(item)
        elif isinstance(item, Delivery):
            self.deliveries.append(item)
        elif len(rows := self.first[_TABLE_OF[type(item)]]) < PREVIEW:
            rows.append(item)


def show_tables(language: Language, trial: Trial) -> None:
    """The counts of each table, and its first rows."""
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, markup=False, emoji=False)
    counts = Table(box=None)
    for heading in (N_("table"), N_("taken"), N_("complete"), N_("read"), N_("filed"), N_("refused")):
        counts.add_column(language.text(heading), no_wrap=True, justify="left")
    words = {True: language.text("yes"), False: language.text("no"), None: language.text("not said")}
    for delivery in trial.deliveries:
        numbers = (str(delivery.read), str(delivery.filed), str(delivery.refused))
        counts.add_row(delivery.table, delivery.taken_at[:16], words[delivery.complete], *numbers)
    console.print(counts)
    for table, records in trial.first.items():
        names = _filled(records)
        preview = Table(title=table, title_justify="left", box=None)
        for name in names:
            preview.add_column(name, no_wrap=True, max_width=_WIDTH)
        for record in records:
            preview.add_row(*(_cell(record, name) for name in names))
        console.print(preview)


def show_issues(language: Language, trial: Trial) -> None:
    """Every issue, the worst first, with its file, row and column."""
    for severity, heading in _SEVERITIES.items():
        found = [issue for issue in trial.issues if issue.severity == severity]
        if found:
            print(f"\n{language.text(heading)} ({len(found)}):")  # noqa: T201
        for issue in found:
            print(f"  {_place(issue, language)}: {plain(sentence(issue, language))}")  # noqa: T201


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
