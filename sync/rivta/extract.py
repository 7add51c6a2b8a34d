"""An extract of SS-EN 13606 (``urn:riv13606:v1``, ``v1.1``): compositions whose elements are told apart by a code.

The codes are those of *RIV 13606* 2.1 (1.2.752.129.2.2.2.1). An extract gives no status of an order and no dosage but
the prescriber's text, so an order is shown with an unknown status and its text. ``$$NL$$`` is its sign for a new line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from backupreader.domain.records import Alert, AlertKind, Medication
from sync.markup import Element
from sync.rivta.documents import KINDS, Finding, condition, kind_of_note, note
from sync.rivta.entry import Coded, Entry, every, first, joined
from sync.rivta.header import Header, Person, Professional, person, signature

ALERTS: Final[Mapping[str, AlertKind]] = {
    "upp-okh": "allergy",
    "upp-uas": "serious-disease",
    "upp-ube": "treatment",
    "upp-arb": "infection",
    "upp-vbe": "treatment-limit",
    "upp-est": "other",
}
_A_DAY: Final = len("20261122")
_ALERT_TEXTS: Final = (
    "upp-okh-lmo-sub", "upp-okh-lmo-sea", "upp-okh-lmo-lmp", "upp-okh-aok-age", "upp-okh-aok-agk", "upp-uas-sjd",
    "upp-ube-beh", "upp-ube-kod", "upp-ube-lbe", "upp-arb-smf-sjd", "upp-vbe-vbe", "upp-est-rub", "upp-est-inh",
)  # fmt: skip
_ALERT_NOTES: Final = ("upp-upp-kom", "upp-okh-typ", "upp-okh-lmo-eak", "upp-arb-smf-vag", "upp-upp-ksb")
NOTES: Final = (*KINDS, "voo")
TABLES: Final[Mapping[str, str]] = {"upp": "alert", "dia": "condition", "lko": "medication"} | dict.fromkeys(
    NOTES, "note"
)


@dataclass(frozen=True, slots=True)
class Value:
    """The value of an ELEMENT: what to show, and what a code or an interval says beside it."""

    text: str | None
    code: str | None = None
    system: str | None = None
    low: str | None = None
    high: str | None = None


@dataclass(slots=True)
class _Elements:
    """Every ELEMENT of a composition, in order, under the code of its meaning; and which of them were used."""

    found: list[tuple[str, Value]]
    used: set[str] = field(default_factory=set[str])

    def every(self, code: str) -> list[Value]:
        self.used.add(code)
        return [value for name, value in self.found if name == code]

    def first(self, code: str) -> Value:
        return next(iter(self.every(code)), Value(None))

    def text(self, code: str) -> str | None:
        return joined("; ", [value.text for value in self.every(code)])

    def texts(self, codes: Sequence[str]) -> list[str]:
        """The texts of these codes in the order in which the source has them."""
        self.used.update(codes)
        return [value.text for name, value in self.found if name in codes and value.text]


def subject(extract: Element) -> Person | None:
    """The one an extract is about."""
    care = first(extract, "subject_of_care")
    return None if care is None else person(care.attribute("extension"), care.attribute("root"))


def professionals(extract: Element) -> Mapping[str, Professional]:
    """Who composed what, and where: by the ids that the compositions refer to."""
    found: dict[str, Professional] = {}
    for party in every(extract, "demographic_extract"):
        id_ = first(party, "extract_id")
        name = first(party, "name")
        if id_ is not None and name is not None and (key := id_.attribute("extension")):
            parts = [part.attribute("value") or part.value() for part in name.all("part")]
            profession = first(party, "role/profession")
            role = None if profession is None else _coded_text(profession)
            found[key] = Professional(name.attribute("value") or joined(" ", parts), role)
    return found


@dataclass(frozen=True, slots=True)
class Frame:
    """What a composition is called, and what its extract says of the person and of the staff."""

    id: str
    about: Person | None
    staff: Mapping[str, Professional]


def composition(entry: Entry, element: Element, frame: Frame) -> None:
    """One composition of a kind that is in `TABLES`."""
    code = _meaning(element)
    elements = _Elements([pair for content in element.all("content") for pair in _elements(content)])
    header = _header(entry, element, frame)
    if code == "upp":
        _alert(entry, element, elements, header)
    elif code == "dia":
        _diagnosis(entry, elements, header)
    elif code == "lko":
        _order(entry, elements, header)
    else:
        _note(entry, code, elements, header)
    for name, value in elements.found:
        if name not in elements.used:
            text = value.text or joined(" – ", [value.low, value.high])
            if text:
                entry.issue("element-left-unread", name, text, "note")


def _meaning(element: Element) -> str:
    meaning = first(element, "meaning")
    return (meaning.attribute("code") if meaning is not None else None) or ""


def _elements(holder: Element) -> Iterator[tuple[str, Value]]:
    for item in (*holder.all("items"), *holder.all("parts"), *holder.all("content"), *holder.all("members")):
        held = item.first("value")
        if held is not None:
            yield _meaning(item), _value(held)
        yield from _elements(item)


def _value(held: Element) -> Value:
    low, high = (
        found.attribute("value") if (found := held.first(name)) is not None else None for name in ("low", "high")
    )
    if high is not None and len(high) == _A_DAY and held.attribute("highClosed") == "false":
        high += "0000"
    code, unit = held.attribute("code"), held.attribute("unit")
    written = held.attribute("value") or held.value()
    if written is not None and unit is not None:
        written = f"{written} {unit}"
    text = written or _coded_text(held) or held.attribute("extension") or held.attribute("root")
    return Value(text.replace("$$NL$$", "\n") if text else None, code, held.attribute("codeSystem"), low, high)


def _coded_text(held: Element) -> str | None:
    """The name of a code, else its own words, else the code."""
    names = [found.attribute("value") for name in ("displayName", "originalText") for found in held.all(name)]
    return joined(" – ", names) or held.attribute("code")


def _header(entry: Entry, element: Element, frame: Frame) -> Header:
    """The composition's author and times. Whether the person may see it is not said here."""
    name = first(element, "name")
    if _reference(element, "rc_id") is None:
        entry.issue("id-missing", "rc_id", frame.id)
    who, where = (_reference(element, f"composer/{part}") for part in ("performer", "healthcare_facility"))
    author, unit = (frame.staff.get(one or "", Professional()) for one in (who, where))
    committed = first(element, "committal/time_committed")
    attested = [one.attribute("value") for one in element.all("attestations/time")]
    return Header(
        id=frame.id,
        person=frame.about,
        author=Professional(author.name, author.role, None, unit.name),
        title=name.attribute("value") if name is not None else None,
        at=_stamp(entry, committed.attribute("value") if committed is not None else None, "time_committed"),
        signed=any(attested),
    )


def _reference(element: Element, path: str) -> str | None:
    found = first(element, path)
    return found.attribute("extension") if found is not None else None


def _moment(entry: Entry, elements: _Elements, code: str) -> str | None:
    return _stamp(entry, elements.first(code).text, code)


def _stamp(entry: Entry, text: str | None, column: str) -> str | None:
    return entry.stamp(text, column) if text else None


def _diagnosis(entry: Entry, elements: _Elements, header: Header) -> None:
    found = elements.first("dia-dia-kod")
    if found.text is None:
        entry.issue("text-missing", "dia-dia-kod", header.id, "error")
    code = Coded(found.text, found.code, found.system)
    start = _moment(entry, elements, "dia-dia-tid")
    condition(entry, header, header.id, Finding(found.text or header.id, elements.text("dia-dia-typ"), code, start))


def _note(entry: Entry, code: str, elements: _Elements, header: Header) -> None:
    moment = _moment(entry, elements, "voo-voo-tid")
    texts = elements.texts(("voo-voo-txt",))
    if not texts:
        entry.issue("text-missing", "voo-voo-txt", header.id, "error")
        return
    text = joined("\n", [f"Tid: {moment}" if moment else None, *texts]) or ""
    note(entry, header, text, kind_of_note(code), header.title)


def _alert(entry: Entry, element: Element, elements: _Elements, header: Header) -> None:
    sort = next((_meaning(content) for content in element.all("content")), "")
    texts = elements.texts(_ALERT_TEXTS)
    if not texts:
        entry.issue("text-missing", sort or "upp", header.id, "error")
    obsolete = _moment(entry, elements, "upp-upp-itp")
    valid = elements.first("upp-upp-ght")
    known = _moment(entry, elements, "upp-upp-kdt")
    verified = _moment(entry, elements, "upp-upp-vtp")
    code = next((value for name, value in elements.found if name in _ALERT_TEXTS and value.code), Value(None))
    why = elements.text("upp-upp-kin")
    entry.out.append(
        Alert(
            id=entry.prefix + header.id,
            citizen=entry.citizen,
            kind=ALERTS.get(sort, "other"),
            text=joined("; ", texts) or header.id,
            origin=entry.origin,
            status="inactive" if obsolete and not entry.to_come(obsolete) else "active",
            status_source=joined(", ", [f"Inaktuell från {obsolete}" if obsolete else None, why]),
            verification=elements.text("upp-okh-vhg"),
            code_system=code.system,
            code=code.code,
            severity=elements.text("upp-okh-avg"),
            note=joined(
                "\n",
                [
                    *elements.texts(_ALERT_NOTES),
                    f"Konstaterad: {known}" if known else None,
                    f"Verifierad: {verified}" if verified else None,
                ],
            ),
            start=_stamp(entry, valid.low, "upp-upp-ght"),
            end=_stamp(entry, valid.high, "upp-upp-ght"),
            recorded_at=header.written_at,
            recorded_by=joined(", ", [signature(header.author), header.author.role]),
        )
    )


def _order(entry: Entry, elements: _Elements, header: Header) -> None:
    """*Läkemedelsordination*. Several steps of dosing stand as they are written, with no day worked out."""
    periods = elements.every("lkm-dst-bet")
    lows = [_stamp(entry, period.low, "lkm-dst-bet") for period in periods]
    highs = [_stamp(entry, period.high, "lkm-dst-bet") for period in periods]
    atc = elements.first("lkm-lkm-lpr-atc")
    names = elements.texts(("lkm-lkm-lpr-pna", "lkm-lva-ext")) or [text for text in (atc.text,) if text]
    if not names:
        entry.issue("text-missing", "lkm-lva", header.id, "error")
    steps = [f"{low or ''} – {high or ''}".strip() for low, high in zip(lows, highs, strict=True)]
    longest = elements.first("lkm-dst-max").text
    beside = [
        ("Enhet", elements.text("lkm-dst-den")),
        ("Doseringssteg", "; ".join(steps) if len(steps) > 1 else None),
        ("Maxtid", {"true": "ja", "false": "nej"}.get(longest or "", longest)),
    ]
    remarks = [
        ("Planerad utvärdering", _moment(entry, elements, "lkm-ord-utv")),
        ("Typ av läkemedelsval", elements.text("lkm-lva-typ")),
        ("Produktmängd", elements.text("lkm-lkm-lva-prm")),
        ("Förpackning", elements.text("lkm-lkm-lva-fbe")),
        ("Förpackningsstorlek", elements.text("lkm-lkm-lva-fst")),
        ("Varunummer", elements.text("lkm-lkm-lva-vnr")),
        ("NPL-pack-id", elements.text("lkm-lkm-lva-npl")),
        ("NPL-id", elements.text("lkm-lkm-lpr-npl")),
    ]
    elements.used.add("lkm-ord-oki")  # the chain's id: see `left`
    entry.out.append(
        Medication(
            id=entry.prefix + header.id,
            citizen=entry.citizen,
            drug="; ".join(names) or header.id,
            origin=entry.origin,
            substance=atc.text,
            atc=atc.code,
            form=elements.text("lkm-lkm-lpr-ber"),
            strength=elements.text("lkm-lkm-lpr-prs"),
            indication=elements.text("lkm-ord-and"),
            status="unknown",
            dosage_text=joined("\n", elements.texts(("lkm-dst-dan", "lkm-dst-kno"))),
            instruction=joined("\n", [f"{name}: {text}" for name, text in beside if text]),
            start=min(filter(None, lows), default=None),
            end=max(filter(None, highs), default=None) if all(highs) else None,
            prescriber=signature(header.author),
            prescribed_at=_moment(entry, elements, "lkm-ord-tid") or header.written_at,
            remark=joined(
                "\n",
                [
                    *elements.texts(("lkm-ord-not", "lkm-lva-kom")),
                    *(f"{name}: {text}" for name, text in remarks if text),
                ],
            ),
        )
    )
