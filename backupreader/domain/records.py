"""What a source system delivers, in the field's words (FHIR R4 names where FHIR has one).

Every record is frozen and says where it came from (`Origin`). Texts are kept exactly as delivered.
Moments are ISO 8601 text in the precision that was delivered: ``2026``, ``2026-11``, ``2026-11-22``,
``2026-11-22T07:30`` (local wall time) or ``2026-11-22T07:30:00+01:00``; `moments` reads them.
``None`` means that the source said nothing; a stated "none" is a record of its own (`Alert.kind`).
A status that the source wrote and we do not know is ``unknown``, with its own word in `status_source`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Country: TypeAlias = Literal["DK", "SE", "NO"]


@dataclass(frozen=True, slots=True)
class Origin:
    """The file and row (1 is the first line or resource; 0 when the whole file) of one record."""

    file: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A team, ward, district or care home (FHIR Organization)."""

    id: str
    name: str
    origin: Origin
    kind: str | None = None
    parent: str | None = None
    phone: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Identifier:
    """One number a citizen is known by, as written; never a key, never read as a number.

    `kind` is ``cpr``, ``replacement`` (erstatnings-CPR), ``personnummer``, ``samordningsnummer``,
    ``fodselsnummer``, ``temporary`` or ``local``. `valid` is the check digit's verdict, None where there is none.
    """

    kind: str
    value: str
    system: str | None = None
    valid: bool | None = None


CitizenStatus: TypeAlias = Literal["home", "hospital", "leave", "respite", "moved", "ended", "deceased", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citizen:
    """The person cared for (da *borger*, sv *brukare*; FHIR Patient)."""

    id: str
    name: str
    origin: Origin
    given: str | None = None
    family: str | None = None
    birth_date: str | None = None
    sex: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    address: str | None = None
    postal_code: str | None = None
    city: str | None = None
    room: str | None = None
    phone: str | None = None
    unit: str | None = None
    status: CitizenStatus = "unknown"
    status_source: str | None = None
    status_since: str | None = None
    protected_name: bool = False
    protected_address: bool = False
    language: str | None = None
    interpreter: bool | None = None
    marital_status: str | None = None
    deceased_at: str | None = None
    remark: str | None = None


ContactKind: TypeAlias = Literal["relative", "guardian", "gp", "nurse", "department", "pharmacy", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A relative, guardian or general practitioner (FHIR RelatedPerson, Patient.contact)."""

    id: str
    citizen: str
    name: str
    origin: Origin
    kind: ContactKind = "other"
    relation: str | None = None
    phone: str | None = None
    phone2: str | None = None
    address: str | None = None
    priority: int | None = None
    ring_at_night: bool | None = None
    has_key: bool | None = None
    note: str | None = None


AlertKind: TypeAlias = Literal[
    "allergy",
    "no-known-allergy",
    "infection",
    "treatment-limit",
    "serious-disease",
    "treatment",
    "staff-safety",
    "fall",
    "diet",
    "communication",
    "other",
]
RecordStatus: TypeAlias = Literal["active", "inactive", "entered-in-error", "refuted", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What must be known first (CAVE, FHIR AllergyIntolerance and Flag).

    ``no-known-allergy`` is the source's *stated* "none known": it is not the same as no alert at all.
    """

    id: str
    citizen: str
    kind: AlertKind
    text: str
    origin: Origin
    status: RecordStatus = "active"
    status_source: str | None = None
    verification: str | None = None
    code_system: str | None = None
    code: str | None = None
    severity: str | None = None
    reaction: str | None = None
    note: str | None = None
    start: str | None = None
    end: str | None = None
    recorded_at: str | None = None
    recorded_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How to get in: key, lock system, alarm, door. The code itself is an `AccessCode`."""

    id: str
    citizen: str
    kind: Literal["key", "keybox", "lock", "alarm", "door", "other"]
    origin: Origin
    system: str | None = None
    key_number: str | None = None
    location: str | None = None
    instruction: str | None = None
    fallback: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessCode:
    """A door or box code, apart from everything else so that it is read only when asked for."""

    id: str
    citizen: str
    access: str
    code: str
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A diagnosis, health or function condition (FSIII *tilstand*, ICF; FHIR Condition)."""

    id: str
    citizen: str
    text: str
    origin: Origin
    kind: str | None = None
    code_system: str | None = None
    code: str | None = None
    status: RecordStatus = "active"
    status_source: str | None = None
    verification: str | None = None
    severity: str | None = None
    assessment: str | None = None
    expected: str | None = None
    start: str | None = None
    end: str | None = None
    recorded_at: str | None = None
    recorded_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention:
    """An *indsats* / *insats*: what is to be done, how (`instruction`: handlingsanvisning) and why."""

    id: str
    citizen: str
    text: str
    origin: Origin
    kind: str | None = None
    code_system: str | None = None
    code: str | None = None
    law: str | None = None
    status: Literal["active", "planned", "paused", "ended", "cancelled", "entered-in-error", "unknown"] = "active"
    status_source: str | None = None
    instruction: str | None = None
    goal: str | None = None
    reason: str | None = None
    repetition: str | None = None
    minutes: int | None = None
    staff_needed: int | None = None
    responsible: str | None = None
    start: str | None = None
    end: str | None = None
    follow_up: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One journal entry (*observation*, *anteckning*; FHIR DocumentReference, Encounter, …)."""

    id: str
    citizen: str
    text: str
    origin: Origin
    written_at: str | None = None
    kind: str | None = None
    title: str | None = None
    author: str | None = None
    author_role: str | None = None
    status: Literal["final", "preliminary", "entered-in-error", "superseded", "unknown"] = "final"
    status_source: str | None = None
    important: bool = False


MedicationStatus: TypeAlias = Literal[
    "active", "paused", "stopped", "completed", "draft", "entered-in-error", "invalid", "unknown"
]
MedicationKind: TypeAlias = Literal["fixed", "prn", "mixed", "temporary", "directive", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Medication:
    """One order (*lægemiddelordination*; FHIR MedicationRequest / MedicationStatement).

    `dosage_text` is the prescriber's text as written; `Dose` records stand beside it, never instead of it.
    `list` names whose list it is (``FMK``, ``local``, …) where the source says.
    """

    id: str
    citizen: str
    drug: str
    origin: Origin
    list: str | None = None
    substance: str | None = None
    atc: str | None = None
    form: str | None = None
    strength: str | None = None
    route: str | None = None
    indication: str | None = None
    kind: MedicationKind = "unknown"
    status: MedicationStatus = "active"
    status_source: str | None = None
    dosage_text: str | None = None
    instruction: str | None = None
    start: str | None = None
    end: str | None = None
    paused_from: str | None = None
    paused_to: str | None = None
    stop_reason: str | None = None
    max_per_day: str | None = None
    min_interval: str | None = None
    prescriber: str | None = None
    prescribed_at: str | None = None
    reviewed_at: str | None = None
    dose_dispensed: bool | None = None
    private: bool = False
    remark: str | None = None


Slot: TypeAlias = Literal["morning", "noon", "afternoon", "evening", "night"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """One line of an order's structured dosage (FHIR Dosage, FMK DosageStructure).

    When on a day: `time` (``HH:MM``), else `slot`, else `times_per_day` without clock times, else not said.
    On which days, within `start`..`end` (both inclusive): `weekdays` (``1``–``7``, Monday is 1, as text such as
    ``135``), else every `every_days`-th day counted from `start` with `day_no` (1 is `start`'s day), else every day
    when `every_days` is 1, else not said (None). `quantity` (and `quantity_max` of a range) is decimal text with a
    point and every digit; what is no number ("½", "1-2") stands as written.
    """

    id: str
    medication: str
    citizen: str
    origin: Origin
    quantity: str | None = None
    quantity_max: str | None = None
    unit: str | None = None
    time: str | None = None
    slot: Slot | None = None
    times_per_day: int | None = None
    weekdays: str | None = None
    every_days: int | None = None
    day_no: int = 1
    start: str | None = None
    end: str | None = None
    prn: bool = False
    max_per_day: str | None = None
    min_interval: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Administration:
    """A dose planned, given or not given (FHIR MedicationAdministration)."""

    id: str
    citizen: str
    origin: Origin
    medication: str | None = None
    drug: str | None = None
    planned_at: str | None = None
    given_at: str | None = None
    status: Literal["planned", "given", "refused", "postponed", "not-given", "entered-in-error", "unknown"] = "unknown"
    status_source: str | None = None
    quantity: str | None = None
    unit: str | None = None
    by: str | None = None
    reason: str | None = None
    effect: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One planned visit on a route (*kørerute*, *slinga*). `start` and `end` are local wall time in `zone`."""

    id: str
    start: str
    zone: str
    origin: Origin
    citizen: str | None = None
    route: str | None = None
    unit: str | None = None
    end: str | None = None
    minutes: int | None = None
    title: str | None = None
    tasks: str | None = None
    law: str | None = None
    staff: str | None = None
    second_staff: str | None = None
    staff_needed: int | None = None
    status: Literal["planned", "done", "cancelled", "entered-in-error", "unknown"] = "planned"
    status_source: str | None = None
    cancel_reason: str | None = None
    time_critical: bool = False
    remark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One measured value as written (FHIR Observation)."""

    id: str
    citizen: str
    name: str
    value: str
    origin: Origin
    unit: str | None = None
    code_system: str | None = None
    code: str | None = None
    taken_at: str | None = None
    taken_by: str | None = None
    status: Literal["final", "preliminary", "amended", "entered-in-error", "unknown"] = "final"
    status_source: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document kept whole: a PDF, a scan, a letter. `text` is what can be searched."""

    id: str
    title: str
    media_type: str
    content: bytes = field(repr=False)
    origin: Origin
    citizen: str | None = None
    route: str | None = None
    date: str | None = None
    kind: str | None = None
    author: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What could not be read, or was read with doubt: data, never a log line.

    `code` names a sentence in `issues`; `value` is what stood there (shortened to 200 characters).
    `severity`: ``note`` (left unread on purpose), ``warning`` (kept, with doubt), ``error`` (a value was lost or
    refused).
    """

    code: str
    file: str
    row: int = 0
    column: str | None = None
    value: str | None = None
    severity: Literal["note", "warning", "error"] = "warning"
    table: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What one source system delivered for one table: when it was taken there, and whether all of it came.

    `table` is a key of `TABLES`. `read` = `filed` + `refused`. `complete` is False when a file was cut, missing or
    partly refused, None when the source cannot tell.
    """

    source: str
    table: str
    taken_at: str
    complete: bool | None
    read: int
    filed: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of one file of an export: `read` = `filed` + `refused`, and `left` beside them.

    Counted are its rows, its resources, or the file itself where it is kept whole. `left` were left unread on purpose
    (a resource that others only refer to, a file that nothing reads): each has its `Issue`. A row that gave any record
    is filed. `size` is in bytes.
    """

    source: str
    file: str
    read: int
    filed: int
    refused: int
    left: int = 0
    size: int | None = None
    sha256: str | None = None


Record: TypeAlias = (
    Unit
    | Citizen
    | Contact
    | Alert
    | Access
    | AccessCode
    | Condition
    | Intervention
    | Note
    | Medication
    | Dose
    | Administration
    | Visit
    | Measurement
    | Document
)

TABLES: dict[str, type[Record]] = {
    "unit": Unit,
    "citizen": Citizen,
    "contact": Contact,
    "alert": Alert,
    "access": Access,
    "access_code": AccessCode,
    "condition": Condition,
    "intervention": Intervention,
    "note": Note,
    "medication": Medication,
    "dose": Dose,
    "administration": Administration,
    "visit": Visit,
    "measurement": Measurement,
    "document": Document,
}
