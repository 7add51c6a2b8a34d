"""The second pass: one resource after the other becomes records and issues. Nothing leaves without one of the two."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import orjson

from backupreader.domain.records import Note, Origin
from sync.adapter import Item
from sync.fhir.apart import kept_apart
from sync.fhir.doubt import doubt
from sync.fhir.exact import Decimals, Inexact
from sync.fhir.families import OF_MESSAGE, READERS, Reader, for_reference
from sync.fhir.files import Entry, lines, opened, parsed, whole
from sync.fhir.messages import messages_of
from sync.fhir.narrative import plain
from sync.fhir.reading import Reading
from sync.fhir.shape import NOTHING, Json, Misshapen, a_list, an_object, part, word
from sync.fhir.watched import left, watch

_MOST_REPAIRS: Final = 1_000


class Taking:
    """Takes resources through one `Reading`.

    `seen` holds what came in Bundles and single files, so that a repeat is told apart.
    """

    def __init__(self, reading: Reading, shared: frozenset[str] = frozenset(), *, thorough: bool = False) -> None:
        self.reading = reading
        self._shared = shared
        self._thorough = thorough
        self._told: set[tuple[str, str]] = set()
        self._seen: dict[str, bytes] = {}

    def file(self, path: Path, label: str) -> Iterator[list[Item]]:
        """What each resource of `path` gives; the list is used again for the next one."""
        rows = lines(path)
        if rows is None:
            yield from self._whole(path, label)
            return
        reading = self.reading
        reading.binaries = {}
        reading.messages = {}
        for row, line in rows:
            value = parsed(path, line, row, exact=False)
            reading.origin = Origin(label, row)
            if value.__class__ is dict and value.get("resourceType") != "Bundle":
                self._resource(value, line, None)
                yield reading.out
            else:
                value = parsed(path, line, row, exact=True)
                kept_apart(value, self._shared)
                reading.binaries = _binaries(an_object(value) or NOTHING)
                reading.messages = messages_of(value)
                for entry in opened(value, row):
                    reading.origin = Origin(label, row)
                    self._entry(entry)
                    yield reading.out
                reading.messages = {}

    def _whole(self, path: Path, label: str) -> Iterator[list[Item]]:
        value = whole(path)
        kept_apart(value, self._shared)
        reading = self.reading
        reading.binaries = {}
        reading.messages = messages_of(value)
        entries = opened(value, 1)
        bundle = an_object(value) or {}
        if bundle.get("resourceType") == "Bundle":
            reading.binaries = _binaries(bundle)
        for entry in entries:
            reading.origin = Origin(label, entry.row)
            self._entry(entry)
            yield reading.out

    def _entry(self, entry: Entry) -> None:
        """An entry of a Bundle, or a resource in a file of its own."""
        reading = self.reading
        reading.out = []
        reading.kind = ""
        resource = entry.resource
        if resource is None:
            if entry.method is None:
                reading.issue("not-a-resource", None, None, "error")
                return
            reading.issue("entry-without-resource", None, f"{entry.method} {entry.url or ''}".strip(), "note")
            if entry.old and entry.method == "DELETE" and entry.url:
                self._seen["/".join(entry.url.rsplit("/", 2)[-2:])] = b""
            return
        kind, own = resource.get("resourceType"), resource.get("id")
        if not isinstance(kind, str) or not isinstance(own, str):
            self._resource(resource, None, entry.url)
            return
        key = f"{kind}/{own}"
        digest = _digest(resource)
        known = self._seen.setdefault(key, digest)
        if known is digest:
            self._resource(resource, None, entry.url)
            return
        reading.kind = kind
        if entry.old:
            reading.issue("resource-older", None, key, "note")
        elif known == digest:
            reading.issue("resource-repeated", None, key, "note")
        else:
            self._differing(resource, entry, key, digest)

    def _differing(self, resource: Json, entry: Entry, key: str, digest: bytes) -> None:
        """A resource whose id another one has already: taken beside it, unless it is one of those taken so."""
        number, known = 2, self._seen.setdefault(f"{key}~2", digest)
        while known is not digest and known != digest:
            number += 1
            known = self._seen.setdefault(f"{key}~{number}", digest)
        if known is digest:
            self._resource(resource, None, entry.url, f"~{number}")
            self.reading.issue("resource-differs", None, key)
        else:
            self.reading.issue("resource-repeated", None, key, "note")

    def _resource(self, resource: Json, raw: bytes | None, url: str | None, suffix: str = "") -> None:
        reading = self.reading
        out: list[Item] = []
        reading.out = out
        kind, own = resource.get("resourceType"), resource.get("id")
        if kind.__class__ is not str:
            self._no_resource(resource)
            return
        reading.kind = kind = str(kind)
        if own.__class__ is not str or not own:
            own = (url or "").rsplit("/", 1)[-1].removeprefix("urn:uuid:") or _digest(resource).hex()
            reading.issue("id-missing", "id", own)
        if self._thorough:
            resource, raw = watch(_loaded_again(resource, raw, reading)), None
        reading.resource = resource
        reading.decimals = Decimals(raw)
        reading.id = f"{reading.prefix}{kind}/{own}{suffix}"
        reader = for_reference if kind in OF_MESSAGE and reading.message is not None else READERS.get(kind)
        if reader is None:
            reading.issue("resource-not-shown", None, own, "note")
            return
        if kind == "Patient" and (meant := own.rpartition("-")[0]) in self._shared:
            reading.issue("id-shared", "id", meant)
        self._read(reader, resource, raw)
        if not out:
            reading.issue("resource-unread", None, own, "error")
        self._marks(reading.resource, raw)
        doubt(out)
        if self._thorough and reader is not for_reference:
            self._leave(reading.resource)

    def _leave(self, resource: Json) -> None:
        """Name each element that nobody asked for, once a file."""
        reading = self.reading
        for path, value in left(resource):
            place = (reading.origin.file, f"{reading.kind}.{path}")
            if place not in self._told:
                self._told.add(place)
                reading.issue("element-left-unread", path, value, "note")

    def _read(self, reader: Reader, resource: Json, raw: bytes | None) -> None:
        """Let `reader` read the resource: again without each value of the wrong shape, again exactly if need be."""
        reading, out = self.reading, self.reading.out
        first = kept = len(out)
        for _ in range(_MOST_REPAIRS):
            try:
                reader(reading)
            except Misshapen as wrong:
                del out[kept:]
                taken = wrong.take_out()
                reading.issue("value-misshapen", str(wrong.key), taken, "error")
                kept = len(out)
            except Inexact:
                del out[first:]
                reading.resource = _loaded_again(resource, raw, reading)
                reading.decimals = Decimals()
                kept = first
            else:
                return
        del out[kept:]

    def _marks(self, resource: Json, raw: bytes | None) -> None:
        """What may change the meaning of a resource, or says that there is more of it: told, whatever else was read."""
        reading = self.reading
        if raw is None or b"modifierExtension" in raw:
            for where, url in _modifiers(resource, ""):
                reading.issue("modifier-unknown", where, url)
        if "implicitRules" in resource:
            reading.issue("modifier-unknown", "implicitRules", resource["implicitRules"])
        if "tag" in (an_object(resource.get("meta")) or NOTHING):
            self._tags(resource)
        if "text" in resource:
            self._additional(resource)

    def _no_resource(self, value: Json) -> None:
        reading = self.reading
        reading.kind = ""
        if "exportId" in value and "eventId" in value:
            reading.issue("export-log", None, value.get("eventId"), "note")
        elif "transactionTime" in value and "output" in value:
            reading.issue("export-manifest", None, value.get("transactionTime"), "note")
        else:
            reading.issue("not-a-resource", None, ", ".join(value), "error")

    def _tags(self, resource: Json) -> None:
        """A resource of which the source says that it left a part out."""
        for tag in a_list((an_object(resource.get("meta")) or NOTHING).get("tag")):
            if (an_object(tag) or NOTHING).get("code") == "SUBSETTED":
                self.reading.issue("resource-subsetted", "meta.tag")

    def _additional(self, resource: Json) -> None:
        """A narrative that says more than the data (status "additional") is a note beside what was read."""
        try:
            narrative = part(resource, "text")
            markup = word(narrative, "div") if word(narrative, "status") == "additional" else None
        except Misshapen:
            return
        text = plain(markup) if markup else None
        reading = self.reading
        citizen = next((found for item in reading.out if (found := getattr(item, "citizen", None))), None)
        if text is not None and reading.kind == "Patient":
            # It may repeat a protected name or address, which a note would show to everybody.
            reading.issue("narrative-not-shown", "text", None, "note")
            return
        if text is None or citizen is None or any(isinstance(item, Note) and text in item.text for item in reading.out):
            return
        reading.out.append(
            Note(
                id=f"{reading.id}#text",
                citizen=citizen,
                text=text,
                origin=reading.origin,
                kind=reading.kind,
                status="unknown",
            )
        )


def _loaded_again(resource: Json, raw: bytes | None, reading: Reading) -> Json:
    """The resource of the same line with its decimals as written."""
    if raw is None:
        return resource
    return an_object(parsed(Path(reading.origin.file), raw, reading.origin.row, exact=True)) or resource


def _digest(resource: Json) -> bytes:
    """What a resource says, without its narrative and its server's notes: equal for two that mean the same."""
    content = {key: value for key, value in resource.items() if key not in {"meta", "text"}}
    return hashlib.blake2b(orjson.dumps(content, option=orjson.OPT_SORT_KEYS), digest_size=8).digest()


def _modifiers(value: object, where: str) -> Iterator[tuple[str, object]]:
    """Every modifier extension of a resource, with the place it stands in."""
    for item in a_list(value):
        yield from _modifiers(item, where)
    for key, inner in (an_object(value) or {}).items():
        place = f"{where}.{key}" if where else key
        if key == "modifierExtension":
            for item in a_list(inner) or [inner]:
                yield place, (an_object(item) or {"url": item}).get("url")
        else:
            yield from _modifiers(inner, place)


def _binaries(bundle: Json) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for entry in opened(bundle, 1):
        resource = entry.resource
        if resource is not None and resource.get("resourceType") == "Binary":
            found[f"Binary/{resource.get('id')}"] = resource
            if entry.url is not None:
                found[entry.url] = resource
    return found
