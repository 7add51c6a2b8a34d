"""MedCom's messages as notes: a CareCommunication with its texts and files, a HospitalNotification with its times.

A CareCommunication holds the whole correspondence, each text with who wrote it, when, and the phone to ring: they come
in the order and with the heads that the message gives them. Its status is always ``unknown`` (MedCom lays that down),
which says nothing: a message that was sent is final. One that was taken back is ``entered-in-error``.
"""

from __future__ import annotations

from typing import Final

from backupreader.domain.records import Document, Note
from sync.fhir.attachments import Around, attached
from sync.fhir.concept import all_said, coding_text, joined, labelled, period_text, said
from sync.fhir.lines import Line, concept, concepts, lines_of, remarks
from sync.fhir.messages import HOSPITAL, Message
from sync.fhir.reading import Reading
from sync.fhir.shape import Json, extensions, part, parts, word

_URGENT: Final = frozenset({"urgent", "asap", "stat"})
_TAKEN_BACK: Final = "entered-in-error"
_BESIDE: Final[tuple[Line, ...]] = (
    ("statusReason", "statusReason", concept),
    ("reasonCode", "reason", concepts),
    ("note", None, remarks),
)


def care_communication(reading: Reading, message: Message, citizen: str) -> None:
    """A Communication in a message: one note of all its texts, one document for each PDF or picture."""
    resource = reading.resource
    title = said(part(resource, "topic")) or all_said(parts(resource, "category"))
    sender = next((part(item, "valueReference") for item in extensions(resource, "sender-extension")), None)
    at = reading.moment(resource, "sent") or message.at
    author, role = _author(reading, sender, message)
    around = Around(citizen, title, at, author)
    lines = [
        labelled("category", all_said(parts(resource, "category"))),
        labelled("priority", word(resource, "priority")),
        *lines_of(reading, _BESIDE),
    ]
    for number, payload in enumerate(parts(resource, "payload"), start=1):
        lines += _payload(reading, around, number, payload)
    lines.append(labelled("recipient", reading.all_who(resource, "recipient")))
    _note(reading, message, around, (lines, role), important=word(resource, "priority") in _URGENT)


def _payload(reading: Reading, around: Around, number: int, payload: Json) -> list[str | None]:
    """One text or file, under who wrote it and when; a file's own title stands where it is a document of its own."""
    dates = [reading.moment(item, "valueDateTime") for item in extensions(payload, "datetime-extension")]
    authors = [_named(reading, part(item, "valueReference")) for item in extensions(payload, "author-extension")]
    phones = [
        word(part(item, "valueContactPoint"), "value") for item in extensions(payload, "author-contact-extension")
    ]
    head = joined(", ", [*dates, *authors, *phones])
    form = part(payload, "contentAttachment")
    if not form:
        return [head, word(payload, "contentString")]
    before = len(reading.out)
    text = attached(reading, around, f"{reading.id}#{number}", form)
    kept = any(isinstance(item, Document) for item in reading.out[before:])
    title = joined(": ", ["attachment" if kept else None, word(form, "title")])
    return [head, title, text, None if word(form, "data") else labelled("url", word(form, "url"))]


def hospital_notification(reading: Reading, message: Message, citizen: str) -> None:
    """An Encounter in a notice of admission, leave or discharge."""
    resource = reading.resource
    leaves = [item for item in parts(resource, "extension") if "leave-period" in (word(item, "url") or "")]
    lines = [
        coding_text(part(resource, "class")),
        labelled("status", word(resource, "status")),
        labelled("period", period_text(resource, "period")),
        *(labelled("leave", period_text(item, "valuePeriod")) for item in leaves),
        labelled("serviceProvider", reading.who(resource, "serviceProvider")),
    ]
    reading.period(resource, "period")  # a day that no calendar has is told
    author, role = _author(reading, None, message)
    _note(reading, message, Around(citizen, message.activity, message.at, author), (lines, role))


def is_notification(message: Message | None) -> bool:
    """Does the message say where its patient is?"""
    return message is not None and message.event == HOSPITAL


def _note(
    reading: Reading,
    message: Message,
    around: Around,
    told: tuple[list[str | None], str | None],
    *,
    important: bool = False,
) -> None:
    lines, role = told
    written = word(reading.resource, "status")
    taken_back = written == _TAKEN_BACK
    receivers = joined(", ", [reading.name(one, "destination") for one in message.receivers])
    activity = message.activity if message.activity != around.title else None
    lines = [f"status: {written}" if taken_back else None, labelled("activity", activity), *lines]
    lines.append(labelled("receiver", receivers))
    reading.out.append(
        Note(
            id=reading.id,
            citizen=around.citizen,
            text="\n".join(filter(None, lines)) or message.event or reading.id,
            origin=reading.origin,
            written_at=around.at,
            kind=message.event or reading.kind,
            title=around.title,
            author=around.author,
            author_role=role,
            status=_TAKEN_BACK if taken_back else "final",
            status_source=written,
            important=important,
        )
    )


def _author(reading: Reading, sender: Json | None, message: Message) -> tuple[str | None, str | None]:
    """Who wrote it, of the organisation that sent it; and what they are."""
    party = reading.party(sender) if sender else None
    person = reading.name(sender, "extension.sender") if sender else None
    place = reading.name(message.sender, "MessageHeader.sender")
    return joined(", ", [person, place if place != person else None]), party.role if party else None


def _named(reading: Reading, reference: Json) -> str | None:
    party = reading.party(reference)
    return joined(", ", [reading.name(reference, "payload.author"), party.role if party else None])
