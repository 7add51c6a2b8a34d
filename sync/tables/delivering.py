"""A whole export by its profile: every file of it, and at the end what was delivered of each table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from backupreader.domain.errors import FILE_TROUBLE, SOURCE_DAMAGED, TWO_CLAIMS
from backupreader.domain.records import Country, Delivery, Issue, Receipt
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_
from sync.adapter import Item, Source
from sync.profile import Profile
from sync.tables.claiming import is_manifest, layouts, layouts_by_head
from sync.tables.kinds import kind_of
from sync.tables.plan import FilePlan, plans
from sync.tables.reading import FileReader
from sync.tables.records import RecordMaker, Site, Tally
from sync.tables.seen import Seen
from sync.tables.taken import Stated, aware, from_cell, from_lines, from_name, from_time, read_manifest


@dataclass(slots=True)
class _Table:
    """What is known of one table while its files are read."""

    tally: Tally = field(default_factory=Tally)
    seen: Seen = field(default_factory=Seen)
    taken: list[str] = field(default_factory=list[str])
    complete: list[bool | None] = field(default_factory=list[bool | None])

    @property
    def whole(self) -> bool | None:
        """False when anything is missing, True when every file says that it is whole, else None."""
        if self.tally.refused or False in self.complete:
            return False
        return True if self.complete and all(self.complete) else None


def country(code: str) -> Country:
    """The site's country as the rules for person numbers know it."""
    return "SE" if code == "SE" else "NO" if code == "NO" else "DK"


class Export:
    """One source's files, read by one profile."""

    def __init__(self, source: Source, profile: Profile, files: Sequence[Path]) -> None:
        self._source = source
        self._profile = profile
        self._tables: dict[str, _Table] = defaultdict(_Table)
        self._plans = plans(profile, source.name)
        self._typed = plans(profile, source.name, typed=True)
        self._manifest: Mapping[str, Stated] = {}
        for path in files:
            if is_manifest(profile, path) and profile.manifest is not None:
                self._manifest = read_manifest(profile, profile.manifest, path)
        self._country: Country = profile.country or country(source.country)
        self._alone = len(files) == 1 and source.path.is_file()  # somebody tries one file: the others are not missed
        self._manifests = [path for path in files if is_manifest(profile, path)]
        self._older: dict[Path, None] = {}
        self._files = self._by_layout([path for path in files if not is_manifest(profile, path)])

    def items(self) -> Iterator[Item]:
        """Everything: records and issues as the files hold them, then one delivery for each table."""
        yield from self._missing()
        for path in self._manifests:
            yield self._receipt(path, 0, 0)
        for path in self._older:
            yield Issue(code="file-older", file=self._source.label(path), severity="note")
            yield self._receipt(path, 0, 0, left=1)
        last = {path: index for index, files in self._files.items() for path in files}
        counts: dict[Path, Tally] = defaultdict(Tally)
        for index, kinds in enumerate(zip(self._plans, self._typed, strict=True)):
            makers = [self._makers(plan) if self._files[index] else [] for plan in kinds]
            for path in self._files[index]:
                typed = kind_of(path) != "text"
                yield from self._file(kinds[typed], path, makers[typed], counts[path])
                if last[path] == index:  # a workbook has a layout for each of its sheets
                    yield self._receipt(path, counts[path].filed, counts[path].refused)
        for name, table in self._tables.items():
            yield self._delivery(name, table)

    def _makers(self, plan: FilePlan) -> list[RecordMaker]:
        tables = self._tables
        return [RecordMaker(record, tables[record.table].seen, tables[record.table].tally) for record in plan.records]

    def _receipt(self, path: Path, filed: int, refused: int, left: int = 0) -> Receipt:
        return Receipt(
            source=self._source.name,
            file=self._source.label(path),
            read=filed + refused,
            filed=filed,
            refused=refused,
            left=left,
        )

    def _listed(self, path: Path) -> str:
        """The file's name as the manifest has it: from where the manifest lies, be it in an archive."""
        base = self._manifests[-1].parent if self._manifests else None
        return path.relative_to(base).as_posix() if base and path.is_relative_to(base) else self._source.label(path)

    def _missing(self) -> Iterator[Issue]:
        """What the manifest or the profile names and is not there: a table with other files is not whole then."""
        present = {self._listed(path) for paths in self._files.values() for path in paths}
        for name in self._manifest:
            if name not in present:
                yield Issue(code="file-missing", file=name, severity="error")
        delivered = {
            record.table for index, plan in enumerate(self._plans) for record in plan.records if self._files[index]
        }
        for index, plan in enumerate(self._plans):
            if plan.form.expected and not self._files[index] and not self._alone:
                yield Issue(code="file-missing", file=plan.form.name, severity="warning")
                for table in delivered.intersection(record.table for record in plan.records):
                    self._tables[table].complete.append(False)

    def _delivery(self, name: str, table: _Table) -> Delivery:
        return Delivery(
            source=self._source.name,
            table=name,
            taken_at=self._oldest(table.taken),
            complete=table.whole,
            read=table.tally.read,
            filed=table.tally.filed,
            refused=table.tally.refused,
        )

    def _by_layout(self, files: Sequence[Path]) -> Mapping[int, Sequence[Path]]:
        """The files of each layout; where their names hold different moments, the newest of them."""
        found: dict[int, list[Path]] = {index: [] for index in range(len(self._plans))}
        for path in files:
            for index in self._layouts(path):
                found[index].append(path)
        for index, plan in enumerate(self._plans):
            moments = {path: from_name(self._profile, plan.form.name, path) for path in found[index]}
            newest = max((moment for moment in moments.values() if moment is not None), default=None)
            if newest is not None and not plan.form.every:
                self._older.update(dict.fromkeys(path for path in found[index] if moments[path] != newest))
                found[index] = [path for path in found[index] if moments[path] == newest]
        return found

    def _file(self, plan: FilePlan, path: Path, makers: Sequence[RecordMaker], count: Tally) -> Iterator[Item]:
        shown = self._source.label(path)
        site = Site(file=shown, zone=self._source.zone, country=self._country)
        stated = self._manifest.get(self._listed(path))
        reader = FileReader(self._profile, plan, path, makers, site)
        yield from reader.items()
        count.filed += reader.filed
        count.refused += reader.refused
        if stated is not None and stated.rows is not None and stated.rows != reader.count:
            reason = N_("it holds another number of rows than the manifest says")
            raise ReaderError(SOURCE_DAMAGED, path=path, reason=reason, row=reader.count)
        taken = self._taken(plan, path, reader, stated)
        for maker in makers:
            table = self._tables[maker.plan.table]
            table.taken.append(taken)
            said = stated.complete if stated is not None else None
            table.complete.append(plan.form.complete if said is None else said)

    def _taken(self, plan: FilePlan, path: Path, reader: FileReader, stated: Stated | None) -> str:
        if self._source.taken_at is not None:
            return self._source.taken_at
        typed = kind_of(path) != "text"
        try:
            said = (
                (stated.taken_at if stated is not None else None)
                or from_cell(self._profile, reader.first_taken, typed=typed)
                or from_lines(self._profile, reader.rows.before, typed=typed)
                or from_name(self._profile, plan.form.name, path)
                or from_time(path, self._source.zone)
            )
        except OSError as trouble:
            raise ReaderError(FILE_TROUBLE, path=path, reason=trouble.strerror or trouble) from trouble
        return aware(said, self._source.zone)

    def _oldest(self, moments: Sequence[str]) -> str:
        zone = ZoneInfo(self._source.zone)

        def instant(moment: str) -> float:
            try:
                read = datetime.fromisoformat(moment)
            except ValueError:
                return 0.0
            return (read if read.tzinfo is not None else read.replace(tzinfo=zone)).timestamp()

        return min(moments, key=instant)

    def _layouts(self, path: Path) -> list[int]:
        """The places of the file's layouts among the profile's: several, where they are sheets of one workbook.

        A file given alone may also be called otherwise.
        """
        found = layouts(self._profile, path) or layouts_by_head(self._profile, path)
        sheets = {plan.form.sheet for plan in found}
        if len(found) > 1 and ("" in sheets or len(sheets) < len(found)):
            raise ReaderError(TWO_CLAIMS, path=path, first=found[0].form.name, second=found[1].form.name)
        if not found:
            raise ReaderError(
                SOURCE_DAMAGED, path=path, reason=N_("its columns are not in the profile"), row=self._profile.form.head
            )
        forms = [plan.form for plan in found]
        return [index for index, plan in enumerate(self._plans) if any(plan.form is form for form in forms)]
