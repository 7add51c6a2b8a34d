"""The files of a source, twice: first what prescriptions say of each other, then every record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.errors import FILE_TROUBLE
from backupreader.domain.identity import compacted
from backupreader.domain.records import TABLES, Citizen, Delivery, Issue, Medication, Origin, Receipt
from backupreader.domain.trouble import ReaderError
from sync.adapter import Item, Source
from sync.markup import HEAD_BYTES, Element, head, records
from sync.rivta import extract
from sync.rivta.again import Again
from sync.rivta.alerts import alert
from sync.rivta.chains import Chained, chained
from sync.rivta.documents import care_document, diagnosis, functional_status
from sync.rivta.entry import Entry, Severity, coded, first, stamp, value
from sync.rivta.header import Header, Person, read_header
from sync.rivta.left import EXTRACT_NOT_CARRIED, NOT_CARRIED, Unknown
from sync.rivta.medicine import medication

_RESPONSES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "GetMedicationHistoryResponse": ("medicationMedicalRecord", ("medication", "dose", "administration")),
    "GetCareDocumentationResponse": ("careDocumentation", ("note", "document")),
    "GetAlertInformationResponse": ("alertInformation", ("alert",)),
    "GetDiagnosisResponse": ("diagnosis", ("condition",)),
    "GetFunctionalStatusResponse": ("functionalStatusAssessment", ("condition", "note")),
}
_RECORDS: Final = frozenset(record for record, _ in _RESPONSES.values())
_EXTRACT: Final = "ehr_extract"
_PRESCRIPTIONS: Final = b"GetMedicationHistoryResponse"
_NAMESPACES: Final = ("urn:riv:clinicalprocess:", "urn:riv13606:")
_TABLE_OF: Final[dict[type, str]] = {record: table for table, record in TABLES.items()}
_SEXES: Final = {"1": "male", "2": "female"}  # KV Kön 1.2.752.129.2.2.1.1
_MAIN_TABLE: Final = {record: tables[0] for record, tables in _RESPONSES.values()}
_LEFT: Final = frozenset({"resource-not-shown", "resource-repeated"})
_READERS: Final[Mapping[str, Callable[[Entry, Element, Header], None]]] = {
    "careDocumentation": care_document,
    "alertInformation": alert,
    "diagnosis": diagnosis,
    "functionalStatusAssessment": functional_status,
}


def looks_like_rivta(path: Path) -> bool:
    """Is this a response of one of the contracts, alone or in its SOAP envelope, or an extract? Never raises."""
    found = head(path)
    if found is None:
        return False
    namespace, name = found
    if namespace.startswith(_NAMESPACES):
        return name in _RESPONSES or name == _EXTRACT or name.startswith("RIV13606REQUEST_EHR_EXTRACT")
    if name != "Envelope":
        return False
    start = _start(path)
    known = any(response.encode() in start for response in _RESPONSES) or _EXTRACT.encode() in start
    return known and any(space.encode() in start for space in _NAMESPACES)


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except OSError:
        return b""


@dataclass(slots=True)
class _Seen:
    """A citizen as the records together tell of her."""

    person: Person
    origin: Origin
    birth_date: str | None = None
    sex: str | None = None


@dataclass(slots=True)
class _Table:
    filed: int = 0
    refused: int = 0
    whole: bool = True
    taken: list[str] = field(default_factory=list[str])


class Reading:
    """One source's files."""

    def __init__(self, source: Source, files: Sequence[Path]) -> None:
        self._source = source
        self._files = sorted(files)
        self._prefix = f"{source.name}:"
        self._unknown = Unknown()
        self._again = Again()
        self._citizens: dict[str, _Seen] = {}
        self._tables: dict[str, _Table] = {}
        self._chain: dict[str, Chained] = {}
        self._ends: dict[str, str] = {}
        self._now: datetime | None = None

    def items(self) -> Iterator[Item]:
        """Everything: see `sync.adapter`."""
        for path in self._files:
            self._follow_chains(path)
        for path in self._files:
            yield from self._file(path)
        for id_, seen in self._citizens.items():
            yield Citizen(
                id=id_,
                name=seen.person.number,  # the contracts carry no name
                origin=seen.origin,
                identifiers=(seen.person.identifier,),
                birth_date=seen.birth_date,
                sex=seen.sex,
            )
            self._table("citizen").filed += 1
        yield from self._deliveries()

    def _follow_chains(self, path: Path) -> None:
        """What the prescriptions of a file say of each other. Only a medication history is read twice."""
        if _PRESCRIPTIONS not in _start(path):
            return
        for record in records(path, _RECORDS):
            if record.name != "medicationMedicalRecord":
                continue
            header = read_header(Entry(self._prefix, Origin(self._source.label(path), 0)), record)
            self._again.gather((record.name, header.id), record)
            own, former, what = chained(record)
            if own:
                self._chain[own] = what
            if former and what.ends_former:
                self._ends[former] = min(what.ends_former, self._ends.get(former, what.ends_former))

    def _file(self, path: Path) -> Iterator[Item]:
        label = self._source.label(path)
        counts: Counter[str] = Counter()
        row = 0
        tables: set[str] = set()
        taken = self._taken(path, None)
        self._now = moments.instant(self._source.taken_at or taken, ZoneInfo(self._source.zone))
        for element in records(path, _RECORDS | {_EXTRACT}):
            if element.name in _RECORDS:
                row += 1
                table = _MAIN_TABLE[element.name]
                yield from self._counted(self._record(element, Origin(label, row)), table, counts, tables)
            elif element.name == _EXTRACT:
                created = first(element, "time_created")
                taken = self._taken(path, created.attribute("value") if created is not None else None)
                for table, items in self._extract(element, label, row):
                    row += 1
                    yield from self._counted(items, table, counts, tables)
                yield from self._unknown.issues(element, Origin(label, 0), EXTRACT_NOT_CARRIED)
            else:
                tables.update(_delivered(element))
                yield from self._envelope(element, label, tables)
        tables.add("citizen")
        for name in tables:
            self._table(name).taken.append(taken)
        if counts["filed"]:
            yield Issue(code="name-missing", file=label, column="patientId", severity="note")  # no contract carries one
        yield Receipt(
            source=self._source.name,
            file=label,
            read=counts["filed"] + counts["refused"],
            filed=counts["filed"],
            refused=counts["refused"],
            left=counts["left"],
        )

    def _counted(self, items: list[Item], table: str, counts: Counter[str], tables: set[str]) -> Iterator[Item]:
        """What one record gave, counted: filed when any record came of it, left when it was known to have no place."""
        filed = [_TABLE_OF[item.__class__] for item in items if item.__class__ in _TABLE_OF]
        left = any(isinstance(item, Issue) and item.code in _LEFT for item in items)
        counts["filed" if filed else "left" if left else "refused"] += 1
        if not filed and not left:
            self._table(table).refused += 1
            self._table(table).whole = False
            tables.add(table)
        for name in filed:
            self._table(name).filed += 1
        tables.update(filed)
        yield from items

    def _record(self, element: Element, origin: Origin) -> list[Item]:
        entry = Entry(self._prefix, origin, taken=self._now)
        header = read_header(entry, element)
        key = (element.name, header.id)
        suffix = self._again.suffix(entry, key, "", element)  # it names its person itself
        if suffix is None:
            return entry.out
        header = replace(header, id=header.id + suffix)
        patient = first(element, "medicationMedicalRecordBody/additionalPatientInformation")
        if self._about(entry, header.person, patient):
            if element.name == "medicationMedicalRecord":
                medication(entry, element, header, self._chain, self._ends)
                if self._again.differs(key):
                    entry.out = [_doubted(item) for item in entry.out]
            else:
                _READERS[element.name](entry, element, header)
            entry.out += self._unknown.issues(element, origin, NOT_CARRIED)
        return entry.out

    def _extract(self, element: Element, label: str, row: int) -> Iterator[tuple[str, list[Item]]]:
        about, staff = extract.subject(element), extract.professionals(element)
        for number, composition in enumerate(element.all("all_compositions"), start=row + 1):
            entry = Entry(self._prefix, Origin(label, number), taken=self._now)
            meaning = first(composition, "meaning")
            code = meaning.attribute("code") if meaning is not None else None
            id_ = first(composition, "rc_id")
            name = (id_.attribute("extension") if id_ is not None else None) or f"{label}#{number}"
            suffix = self._again.suffix(entry, (code or "", name), about.number if about else "", composition)
            known = code in extract.TABLES
            if suffix is not None and self._about(entry, about, None):
                if known:
                    extract.composition(entry, composition, extract.Frame(name + suffix, about, staff))
                else:
                    entry.issue("resource-not-shown", code, name, "note")
            composition.take()
            yield extract.TABLES.get(code or "", "note"), entry.out

    def _about(self, entry: Entry, person: Person | None, patient: Element | None) -> bool:
        """Whose record it is. One without a number is nobody's and is refused."""
        if person is None:
            entry.issue("citizen-missing", "patientId", None, "error")
            return False
        entry.citizen = self._prefix + compacted(person.number)
        seen = self._citizens.setdefault(entry.citizen, _Seen(person, entry.origin))
        birth_date, gender = entry.moment(patient, "dateOfBirth"), coded(first(patient, "gender"))
        seen.birth_date = seen.birth_date or birth_date
        seen.sex = seen.sex or _SEXES.get(gender.code or "", gender.text)
        return True

    def _envelope(self, root: Element, label: str, tables: set[str]) -> Iterator[Issue]:
        """The result that the service itself states: an error means that records are missing."""
        body = next((found for path in ("*/*", "*") for found in root.all(path) if found.name in _RESPONSES), root)
        result = first(body, "result")
        code = value(result, "resultCode")
        texts = [value(result, name) for name in ("errorCode", "subCode", "message", "resultText")]
        said = ", ".join(text for text in (code, *texts) if text)
        if code not in {None, "OK"}:
            lost = code == "ERROR"
            severity: Severity = "error" if lost else "warning"
            yield Issue(code="source-reports", file=label, column="result", value=said, severity=severity)
            for name in tables:
                self._table(name).whole &= not lost
        yield from self._unknown.issues(root, Origin(label, 0), NOT_CARRIED)

    def _table(self, name: str) -> _Table:
        return self._tables.setdefault(name, _Table())

    def _taken(self, path: Path, stated: str | None) -> str:
        zone = ZoneInfo(self._source.zone)
        moment = moments.instant(stamp(stated), zone)
        if moment is None:
            try:
                moment = datetime.fromtimestamp(path.stat().st_mtime, zone)
            except OSError as trouble:
                raise ReaderError(FILE_TROUBLE, path=path, reason=trouble.strerror or trouble) from trouble
        return moment.isoformat(timespec="seconds")

    def _deliveries(self) -> Iterator[Delivery]:
        zone = ZoneInfo(self._source.zone)
        for name in TABLES:
            table = self._tables.get(name)
            if table is not None:
                yield Delivery(
                    source=self._source.name,
                    table=name,
                    taken_at=self._source.taken_at or min(table.taken, key=lambda text: moments.order(text, zone)),
                    complete=None if table.whole else False,
                    read=table.filed + table.refused,
                    filed=table.filed,
                    refused=table.refused,
                )


def _doubted(item: Item) -> Item:
    """An order that comes with two contents is in force in neither: the dose of both would be twice the dose."""
    if not isinstance(item, Medication) or item.status != "active":
        return item
    return replace(item, status="unknown", status_source=f"{item.status_source}, olika uppgifter om samma ordination")


def _delivered(root: Element) -> Iterator[str]:
    """The tables that the contracts of this file deliver, also where they delivered no record."""
    for found in (root, *root.all("*"), *root.all("*/*")):
        yield from _RESPONSES.get(found.name, ("", ()))[1]
