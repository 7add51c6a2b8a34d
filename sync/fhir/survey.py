"""The first pass over an export: which types it carries, what others refer to, when it says it was taken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from backupreader.domain.errors import FILE_TROUBLE
from backupreader.domain.trouble import ReaderError
from sync.fhir.apart import kept_apart, shared_ids
from sync.fhir.files import lines, opened, parsed, whole
from sync.fhir.messages import Persons
from sync.fhir.reading import is_moment
from sync.fhir.references import GATHERED, Directory
from sync.fhir.shape import Json, a_list, an_object

_HEAD: Final = re.compile(rb'\s*\{\s*"resourceType"\s*:\s*"([A-Za-z]+)"')
_NAMED: Final = re.compile(r"([A-Z][A-Za-z]+)(?:\.[0-9]+)?\.(?:ndjson|jsonl)")


@dataclass(slots=True)
class Survey:
    """What the first pass found.

    `shared` are the ids of Patients that mean several persons (`sync.fhir.apart`), `stated` the moment that a file
    states of itself, `promised` how many resources a manifest names.
    """

    directory: Directory = field(default_factory=Directory)
    kinds: dict[Path, Counter[str]] = field(default_factory=dict[Path, Counter[str]])
    stated: dict[Path, str] = field(default_factory=dict[Path, str])
    promised: Counter[str] = field(default_factory=Counter[str])
    transaction: str | None = None
    shared: frozenset[str] = frozenset()
    persons: Persons = field(default_factory=lambda: Persons("Europe/Copenhagen"))

    def taken_at(self, path: Path) -> str:
        """When the contents of `path` were taken: as it or the export states, else when the file was last written."""
        by_lines = path.suffix.lower() in {".ndjson", ".jsonl"}
        stated = self.stated.get(path) or (self.transaction if by_lines else None)
        if stated is not None:
            return stated
        try:
            written = path.stat().st_mtime
        except OSError as trouble:
            raise ReaderError(FILE_TROUBLE, path=path, reason=trouble.strerror or trouble) from trouble
        return datetime.fromtimestamp(written, UTC).isoformat(timespec="seconds")


def survey(files: Sequence[Path]) -> Survey:
    """Read every file once, parsing only what others refer to."""
    found = Survey(shared=shared_ids(files))
    for path in files:
        kinds = found.kinds[path] = Counter[str]()
        named = _NAMED.fullmatch(path.name)
        if named is not None:
            kinds[named[1]] += 0  # a file of no lines still says that its type is delivered
        rows = lines(path)
        if rows is None:
            _whole_file(found, path, kinds)
            continue
        head, kind = b"\n", ""
        for row, line in rows:
            if not line.startswith(head):
                match = _HEAD.match(line)
                head, kind = (match[0], match[1].decode("ascii")) if match else (b"\n", "")
            if kind in GATHERED or not kind or kind == "Bundle":
                value = parsed(path, line, row, exact=True)
                kept_apart(value, found.shared)
                _value(found, value, kinds)
            else:
                kinds[kind] += 1
    found.persons.settle(found.directory)
    return found


def _whole_file(found: Survey, path: Path, kinds: Counter[str]) -> None:
    value = whole(path)
    kept_apart(value, found.shared)
    _value(found, value, kinds)
    bundle = an_object(value) or {}
    if bundle.get("resourceType") == "Bundle" and bundle.get("type") != "message":  # whose moment is its sending
        updated = (an_object(bundle.get("meta")) or {}).get("lastUpdated")
        for moment in (bundle.get("timestamp"), updated):
            if isinstance(moment, str) and is_moment(moment):
                found.stated[path] = moment
                break


def _value(found: Survey, value: object, kinds: Counter[str]) -> None:
    patients: list[Json] = []
    for entry in opened(value, 1):
        resource = entry.resource
        if resource is None:
            continue
        kind = resource.get("resourceType")
        if not isinstance(kind, str):
            _export_facts(found, resource)
            continue
        kinds[kind] += 1
        if kind == "Patient":
            patients.append(resource)
        own = resource.get("id")
        if entry.url is not None and isinstance(own, str):
            found.directory.know_url(entry.url, f"{kind}/{own}")
        if kind in GATHERED:
            found.directory.gather(resource, entry.url)
    found.persons.gather(value, patients)


def _export_facts(found: Survey, value: Json) -> None:
    """A bulk export's log and manifest: its transaction time, and how many resources of each type it promises."""
    facts = an_object(value.get("eventDetail")) or value
    moment = facts.get("transactionTime")
    if isinstance(moment, str) and is_moment(moment) and found.transaction is None:
        found.transaction = moment
    for item in a_list(facts.get("output")):
        output = an_object(item) or {}
        kind, count = output.get("type"), output.get("count")
        if isinstance(kind, str) and isinstance(count, int):
            found.promised[kind] += count
