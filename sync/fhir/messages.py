"""Bundles of the type ``message``: what is sent, by whom, and about whom (MedCom's FHIR messages).

A message's own facts stand in its MessageHeader and in the Provenance that names it. Each message brings a Patient of
its own, under a new id: those of one national number are one citizen here (`Persons`), whose id is that number as in
MedCom's letters, and who is named as in the newest message; or they are the source's own Patient of that number where
there is one. MedCom's HospitalNotification says where that citizen is: the Encounter's status is what is so after the
message, `sync.stays` what corrections and cancellations do to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.records import CitizenStatus
from sync.ecpr import only_ones
from sync.fhir.references import Directory
from sync.fhir.shape import Json, a_list, an_object
from sync.stays import Effect, Stay, Turn, standing

HOSPITAL: Final = "hospital-notification-message"
CARE: Final = "care-communication-message"
_CPR: Final = "urn:oid:1.2.208.176.1.2"
_REPLACEMENT: Final = "urn:oid:1.2.208.176.1.6.1.1"  # of the national service only: others mean someone at one place
_STATUS: Final[dict[str, CitizenStatus]] = {"in-progress": "hospital", "onleave": "leave", "finished": "home"}
_EFFECTS: Final[dict[str, Effect]] = {"revise": "revise", "cancel": "cancel"}


@dataclass(frozen=True, slots=True)
class Message:
    """What a message says of itself. `activity` is MedCom's code of what it does, such as ``admit-inpatient``."""

    event: str | None = None
    activity: str | None = None
    at: str | None = None
    sender: Json = field(default_factory=dict[str, object])
    receivers: tuple[Json, ...] = ()
    history: int = 0


def messages_in(value: object, kinds: Collection[str] = ("message",)) -> Iterator[Json]:
    """The Bundles of messages in a file's value: itself, or those that stand in a list or in another Bundle."""
    holder = an_object(value)
    for item in a_list(value):
        yield from messages_in(item, kinds)
    if holder is None or holder.get("resourceType") != "Bundle":
        return
    if text_of(holder.get("type")) in kinds:
        yield holder
    else:
        for entry in several(holder.get("entry")):
            yield from messages_in((an_object(entry) or {}).get("resource"), kinds)


def message_of(bundle: Json) -> Message:
    """The message in a Bundle, as far as it can be told; never raises for any content."""
    header = next(_resources(bundle, "MessageHeader"), None) or {}
    told = list(_resources(bundle, "Provenance"))
    own = next((one for one in told if _names(one.get("target"), header)), None) or {}
    coding = an_object(header.get("eventCoding")) or {}
    activities = several((an_object(own.get("activity")) or {}).get("coding"))
    moment = text_of(own.get("occurredDateTime")) or text_of(own.get("recorded")) or text_of(bundle.get("timestamp"))
    receivers = (an_object((an_object(one) or {}).get("receiver")) for one in several(header.get("destination")))
    return Message(
        event=text_of(coding.get("code")),
        activity=text_of((an_object(activities[0]) or {}).get("code")) if activities else None,
        at=moment if moment is not None and moments.valid(moment) else None,
        sender=an_object(header.get("sender")) or {},
        receivers=tuple(one for one in receivers if one is not None),
        history=len(told),
    )


def messages_of(value: object) -> dict[str, Message]:
    """Each message in a file's value, by the types and ids of the resources that it brings."""
    found: dict[str, Message] = {}
    for bundle in messages_in(value):
        message = message_of(bundle)
        for resource in _resources(bundle):
            found[f"{resource.get('resourceType')}/{resource.get('id')}"] = message
    return found


def _resources(bundle: Json, kind: str | None = None) -> Iterator[Json]:
    for entry in several(bundle.get("entry")):
        resource = an_object((an_object(entry) or {}).get("resource"))
        if resource is not None and (kind is None or resource.get("resourceType") == kind):
            yield resource


def _names(targets: object, header: Json) -> bool:
    own = text_of(header.get("id"))
    references = (text_of((an_object(one) or {}).get("reference")) for one in several(targets))
    return own is not None and any(one is not None and one.rsplit("/", 1)[-1] == own for one in references)


def several(value: object) -> list[object]:
    """The members of a list; of anything else, which XML cannot tell from a list of one, itself."""
    return a_list(value) or [value]


def text_of(value: object) -> str | None:
    """The value where it is a text that is not empty."""
    return value if isinstance(value, str) and value else None


@dataclass(slots=True)
class _Known:
    """The Patients of one number: in messages (newest last), and outside of them."""

    sent: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    own: set[str] = field(default_factory=set[str])
    systems: set[str] = field(default_factory=set[str])
    turns: list[Turn] = field(default_factory=list[Turn])


class Persons:
    """Who of the messages' Patients is one citizen, gathered in the first pass."""

    def __init__(self, zone: str) -> None:
        self._zone = zone
        self._known: defaultdict[str, _Known] = defaultdict(_Known)

    def gather(self, value: object, patients: list[Json]) -> None:
        """Take in one value of a file, and all the Patients in it."""
        sent: set[str] = set()
        for bundle in messages_in(value):
            message = message_of(bundle)
            for patient in _resources(bundle, "Patient"):
                number, key = national(patient), f"Patient/{patient.get('id')}"
                if number is None:
                    continue
                sent.add(key)
                known = self._known[number[1]]
                known.systems.add("|".join(number))
                newest = (moments.order(message.at, ZoneInfo(self._zone)), message.history)
                known.sent[key] = max(newest, known.sent.get(key, newest))
                if message.event == HOSPITAL:
                    known.turns += _turns(bundle, message, patient)
        for patient in patients:
            number, key = national(patient), f"Patient/{patient.get('id')}"
            if number is not None and key not in sent:
                self._known[number[1]].own.add(key)

    def settle(self, directory: Directory) -> None:
        """Tell the directory, after the first pass, who is one and where they are."""
        for number, known in self._known.items():
            if not known.sent:
                continue
            own = known.own - known.sent.keys()
            speaker = max(known.sent, key=known.sent.__getitem__)
            target = next(iter(own)) if len(own) == 1 else f"Patient/{number}"
            if len(own) != 1:
                directory.speakers[target] = speaker
                directory.numbers[target] = number
            directory.unite(target, known.sent, [f"Patient|{system}" for system in known.systems])
            stay = standing(known.turns, self._zone)
            if stay is not None:
                directory.stays[target] = stay


def national(patient: Json) -> tuple[str, str] | None:
    """The system and number that only one person can have."""
    for item in several(patient.get("identifier")):
        identifier = an_object(item) or {}
        system, value = text_of(identifier.get("system")), text_of(identifier.get("value"))
        if system in {_CPR, _REPLACEMENT} and value is not None and (number := only_ones(value)) is not None:
            return system, number
    return None


def _turns(bundle: Json, message: Message, patient: Json) -> Iterator[Turn]:
    for encounter in _resources(bundle, "Encounter"):
        code = message.activity or ""
        first, _, rest = code.partition("-")
        effect = _EFFECTS.get(first, "new")
        episodes = several(encounter.get("episodeOfCare"))
        episode = an_object((an_object(episodes[0]) or {}).get("identifier")) if episodes else None
        yield Turn(
            at=message.at,
            episode=text_of((episode or {}).get("value")),
            kind=code if effect == "new" else rest,
            effect=effect,
            stay=_stay(encounter, patient, code),
            word=code or text_of(encounter.get("status")) or HOSPITAL,
            history=message.history,
        )


def _stay(encounter: Json, patient: Json, code: str) -> Stay | None:
    """What is so after the message; None of one that takes back what another said."""
    written = text_of(encounter.get("status"))
    if written == "entered-in-error":
        return None
    period = an_object(encounter.get("period")) or {}
    leave = _leave(encounter)
    word = code or written
    if written == "finished" and (patient.get("deceasedBoolean") is True or "deceasedDateTime" in patient):
        return Stay("deceased", _moment(patient.get("deceasedDateTime")) or _moment(period.get("end")), word)
    since = {
        "in-progress": _moment(leave.get("end")) or _moment(period.get("start")),
        "onleave": _moment(leave.get("start")),
        "finished": _moment(period.get("end")),
    }.get(written or "")
    return Stay(_STATUS.get(written or "", "unknown"), since, word)


def _leave(encounter: Json) -> Json:
    """The period of a leave: an extension, whose address MedCom has written in two ways."""
    for item in several(encounter.get("extension")):
        extension = an_object(item) or {}
        if "leave-period" in (text_of(extension.get("url")) or ""):
            return an_object(extension.get("valuePeriod")) or {}
    return {}


def _moment(value: object) -> str | None:
    text = text_of(value)
    return text if text is not None and moments.valid(text) else None
