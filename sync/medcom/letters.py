"""One letter as records: a note of its whole text, its enclosed files, the drugs it lists, and whom to ring.

A correction (`rettetbrev`) and an annulment (`annulleretbrev`) say so in their first line; what an annulment says is
never shown as current, and whom it names is nobody to ring: it may have been about another person. A report's list of
drugs is what was so when it was sent: its drugs are of the list ``MedCom`` with the status ``unknown``, and the list
itself stands in the note too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from backupreader.domain.records import Medication, Note
from sync.markup import Element
from sync.medcom.attachments import Around, document, enclosing
from sync.medcom.contacts import address, numbers, organisation
from sync.medcom.reading import Reading
from sync.medcom.text import formatted, told
from sync.medcom.words import ADDRESS, ANNULLED, HEADINGS, KINDS, NOT_CARRIED, ORGANISATION, PATIENT

State: TypeAlias = Literal["final", "entered-in-error", "unknown"]
_STATES: Final[dict[str, State]] = {"nytbrev": "final", "rettetbrev": "final", ANNULLED: "entered-in-error"}
_NEW: Final = "nytbrev"
_URGENT: Final = "høj_prioritet"
_OWN: Final = frozenset({"Letter", "Sender", "Receiver", "CCReceiver", "Patient"})
_PERSONS: Final = frozenset({"Relatives", "Relative", "Practitioner"})
_OF_LETTER: Final = frozenset({"Identifier", "Authorisation", "TypeCode", "StatusCode"})
_DRUG: Final = frozenset({"NameOfDrug", "DosageForm", "DrugStrength", "Dosage", "Indication"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a letter beside its text."""

    id: str
    kind: str
    written_at: str | None
    status: State
    status_source: str | None
    author: str | None
    role: str | None


def facts(reading: Reading, letter: Element, id_: str, written_at: str | None) -> Facts:
    """The letter's kind in MedCom's own words, its status and who wrote it."""
    code = letter.value("Letter/TypeCode")
    written = letter.value("Letter/StatusCode")
    status = _STATES.get(written or "", "unknown")
    if written not in _STATES:
        reading.issue("status-unknown", "Letter/StatusCode", written)
    if code is None or code not in KINDS:
        reading.issue("message-kind-unknown", "Letter/TypeCode", code or letter.name)
    author, role = _author(letter)
    return Facts(id_, KINDS.get(code or "", code or letter.name), written_at, status, written, author, role)


def note(reading: Reading, letter: Element, known: Facts, citizen: str) -> Note:
    """The letter's text. Nobody else's words are put between: headings are the standard's own."""
    subject = letter.value("AdditionalInformation/Subject")
    text = whole_text(letter, known)
    if not text:
        reading.issue("text-missing", None, subject)
    return Note(
        id=known.id,
        citizen=citizen,
        text=text or subject or known.kind,
        origin=reading.origin,
        written_at=known.written_at,
        kind=known.kind,
        title=subject,
        author=known.author,
        author_role=known.role,
        status=known.status,
        status_source=known.status_source,
        important=letter.value("AdditionalInformation/Priority") == _URGENT,
    )


def whole_text(letter: Element, known: Facts) -> str:
    """Everything that the letter says, but for whom it is about."""
    return "\n".join(_lines(letter, known))


def medications(reading: Reading, letter: Element, known: Facts, citizen: str) -> Iterator[Medication]:
    """The drugs that a report lists with a name of their own."""
    for number, drug in enumerate(letter.all("Medicine/Drug"), start=1):
        name = _said(drug, "NameOfDrug")
        if name is None:
            reading.issue("name-missing", "Medicine/Drug/NameOfDrug", _said(drug, "Dosage"), "error")
            continue
        more = [line for child in drug.children if child.name not in _DRUG for line in told(child)]
        when = " ".join(filter(None, (known.kind, known.written_at)))
        yield Medication(
            id=f"{known.id}#drug-{number}",
            citizen=citizen,
            drug=name,
            origin=reading.origin,
            list="MedCom",
            form=_said(drug, "DosageForm"),
            strength=_said(drug, "DrugStrength"),
            indication=_said(drug, "Indication"),
            status="entered-in-error" if known.status == "entered-in-error" else "unknown",
            status_source=known.kind,
            dosage_text=_said(drug, "Dosage"),
            remark="\n".join([when, *more]),
        )


def _said(drug: Element, name: str) -> str | None:
    """What stands in an element of a drug, its line breaks as lines: ``1<Break/>2`` must not read as 12."""
    found = drug.first(name)
    return formatted(found).strip() or None if found is not None else None


def documents(reading: Reading, letter: Element, known: Facts, citizen: str | None) -> None:
    """The enclosed files, added to what was read."""
    for number, element in enumerate(enclosing(letter), start=1):
        around = Around(f"{known.id}#file-{number}", citizen, known.kind, known.written_at, known.author)
        found = document(reading, around, element)
        if found is not None:
            wrong = known.status_source == ANNULLED
            reading.out.append(replace(found, title=f"{ANNULLED}: {found.title}") if wrong else found)


def _lines(letter: Element, known: Facts) -> Iterator[str]:
    if known.status_source is not None and known.status_source != _NEW:
        yield f"{HEADINGS['StatusCode']}: {known.status_source}"
    for child in letter.children:
        if child.name == "Letter":
            yield from _each(child, _OF_LETTER)
        elif child.name in {"AdditionalInformation", "BinaryObject"}:
            yield from _each(child, {"Subject"})
        elif child.name not in _OWN and (child.name not in _PERSONS or known.status_source == ANNULLED):
            yield from told(child)
    for patient in letter.all("Patient"):
        yield from _each(patient, PATIENT)
    for name in ("Sender", "Receiver", "CCReceiver"):
        for party in letter.all(name):
            yield from _party(party)


def _each(element: Element, without: set[str] | frozenset[str]) -> Iterator[str]:
    for child in element.children:
        if child.name not in without:
            yield from told(child)


def _party(element: Element) -> Iterator[str]:
    """Who sent it or was sent it, on one line; then what else is said of them."""
    for number in element.all("Identifier"):
        number.take()  # of the organisation, as `IdentifierCode` says: nobody can ring it
    phones = [text for _, text in numbers(element)]
    line = ", ".join(filter(None, (organisation(element), address(element), *phones)))
    if line:
        yield f"{HEADINGS[element.name]}: {line}"
    phoned = {"TelephoneSubscriberIdentifier", "TelephoneSubscriber"}
    yield from _each(element, {*ORGANISATION, *ADDRESS, *phoned, *NOT_CARRIED, "Identifier"})
    for child in element.children:
        if child.name in NOT_CARRIED:
            child.take()


def _author(letter: Element) -> tuple[str | None, str | None]:
    """Who signed, of which organisation; and what they are."""
    sender = letter.first("Sender")
    place = organisation(sender) if sender is not None else None
    signer = sender.first("SignedBy") if sender is not None else None
    if signer is not None:
        name = " ".join(filter(None, (signer.value("PersonGivenName"), signer.value("PersonSurnameName")))) or None
        role = signer.value("PersonTitle")
    else:
        name = letter.value("ClinicalInformation/Signed/SignedBy")
        role = letter.value("ClinicalInformation/Signed/JobTitle")
    return ", ".join(filter(None, (name, place))) or None, role
