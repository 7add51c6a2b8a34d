"""Patients that a source calls by one id, though they are two persons: nothing of one is filed on the other.

A sender that makes each Bundle for itself calls the Patient of each one ``1``. A Bundle of the type ``message`` or
``document`` holds all that it refers to, so the Patients in it are named by their numbers in any case. In every other
Bundle, and where a Patient stands alone, that is done for the ids that mean several persons: what refers to such an id
from outside the Bundle refers to nobody, and is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, cast

from sync.fhir.files import lines, opened, parsed, whole
from sync.fhir.messages import national, several, text_of
from sync.fhir.shape import Json, a_list, an_object

_WHOLE: Final = frozenset({"message", "document"})
_NUMBERS: Final = frozenset(
    {
        "urn:oid:1.2.208.176.1.2",  # CPR
        "urn:oid:1.2.752.129.2.1.3.1",  # personnummer
        "http://electronichealth.se/identifier/personnummer",
        "urn:oid:1.2.752.129.2.1.3.3",  # samordningsnummer
        "http://electronichealth.se/identifier/samordningsnummer",
        "urn:oid:2.16.578.1.12.4.1.4.1",  # fødselsnummer
    }
)


def shared_ids(files: Sequence[Path]) -> frozenset[str]:
    """The ids of Patients in Bundles and files of one resource that mean several persons.

    Persons are told apart by their national number, else by their birthday; a Patient with neither is nobody else.
    Of several versions of a Patient in one Bundle the first counts.
    """
    meant: defaultdict[str, set[str]] = defaultdict(set)
    for path in files:
        for value in _values(path):
            seen: set[str] = set()
            for entry in opened(value, 1):
                patient = entry.resource or {}
                own = text_of(patient.get("id"))
                if patient.get("resourceType") == "Patient" and own is not None and own not in seen:
                    seen.add(own)
                    who = _who(patient)
                    meant[own] |= {who} if who is not None else set()
    return frozenset(own for own, persons in meant.items() if len(persons) > 1)


def kept_apart(value: object, shared: frozenset[str]) -> None:
    """Give Patients ids that say who they are, there and in what refers to them; `shared` mean several persons."""
    alone = an_object(value) or {}
    if alone.get("resourceType") == "Patient" and text_of(alone.get("id")) in shared:
        alone["id"] = f"{alone['id']}-{_who(alone) or 'unknown'}"
    for bundle in _bundles(value):
        names: dict[str, str] = {}
        for entry in several(bundle.get("entry")):
            resource = an_object((an_object(entry) or {}).get("resource")) or {}
            own = text_of(resource.get("id"))
            if resource.get("resourceType") != "Patient" or own is None:
                continue
            number = national(resource)
            if own in shared:
                resource["id"] = f"{own}-{_who(resource) or 'unknown'}"
            elif text_of(bundle.get("type")) in _WHOLE and number is not None:
                resource["id"] = f"{own}-{number[1]}"
            else:
                continue
            url = text_of((an_object(entry) or {}).get("fullUrl"))
            known = {f"Patient/{own}", url} if url else {f"Patient/{own}"}
            names |= dict.fromkeys(known, f"Patient/{resource['id']}")
        if names:
            _renamed(bundle, names)


def _values(path: Path) -> Iterator[object]:
    """What stands in the file, where it is no bulk export: there an id is one person's by the standard."""
    rows = lines(path)
    if rows is None:
        yield whole(path)
        return
    for row, line in rows:
        if line[:200].find(b'"Bundle"') >= 0:
            yield parsed(path, line, row, exact=False)


def _bundles(value: object) -> Iterator[Json]:
    """The innermost Bundles of a file's value."""
    for item in a_list(value):
        yield from _bundles(item)
    holder = an_object(value) or {}
    if holder.get("resourceType") == "Bundle":
        inner = [(an_object(entry) or {}).get("resource") for entry in several(holder.get("entry"))]
        for resource in inner:
            yield from _bundles(resource)
        if any((an_object(resource) or {}).get("resourceType") == "Patient" for resource in inner):
            yield holder


def _who(patient: Json) -> str | None:
    """What tells this person from others of the same id."""
    number = national(patient)
    if number is not None:
        return number[1]
    for item in several(patient.get("identifier")):
        identifier = an_object(item) or {}
        value = text_of(identifier.get("value"))
        if text_of(identifier.get("system")) in _NUMBERS and value is not None:
            return "".join(sign for sign in value if sign.isalnum() or sign == "+")
    return (text_of(patient.get("birthDate")) or "").replace("-", "") or None


def _renamed(value: object, names: dict[str, str]) -> None:
    for item in a_list(value):
        _renamed(item, names)
    holder = an_object(value) or {}
    written = text_of(holder.get("reference"))
    if written is not None:
        bare = written.partition("/_history/")[0]
        relative = "/".join(bare.rsplit("/", 2)[-2:])
        holder["reference"] = names.get(bare) or names.get(relative) or written
    for inner in holder.values():
        if isinstance(inner, dict | list):
            _renamed(cast("object", inner), names)
