"""``GetCareDocumentation`` 2.1 and 3.0, ``GetDiagnosis`` 2.0 and ``GetFunctionalStatus`` 2.0."""

from __future__ import annotations

import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from backupreader.domain.records import Condition, Document, Note, RecordStatus
from backupreader.domain.trouble import ReaderError
from sync.markup import Element, records_of
from sync.rivta.entry import Coded, Entry, boolean, coded, every, first, joined, value
from sync.rivta.header import Header, signature

KINDS: Final[Mapping[str, str]] = {  # KV Anteckningstyp 1.2.752.129.2.2.2.11, and the document types beside it
    "utr": "Utredning",
    "atb": "Åtgärd/Behandling",
    "sam": "Sammanfattning",
    "sao": "Samordning",
    "ins": "Inskrivning",
    "slu": "Slutanteckning",
    "auf": "Anteckning utan fysiskt möte",
    "sva": "Slutenvårdsanteckning",
    "bes": "Besöksanteckning",
    "epi": "Epikris",
    "int": "Intagningsanteckning",
    "dag": "Daganteckning",
    "ova": "Öppenvårdsanteckning",
    "ovs": "Öppenvårdssammanfattning",
    "ovr": "Övrigt dokument",
}
_BLOCK: Final = re.compile(  # of DocBook and of HTML
    "article|section|sect[123]|(?:sub)?title|bridgehead|(?:sim|formal)?para|literallayout|(?:itemized|ordered|variable)list|"
    "varlistentry|listitem|term|(?:informal)?table|tgroup|thead|tbody|row|html|body|p|div|br|li|ul|ol|tr|h[1-6]"
)
_CELLS: Final = frozenset({"entry", "td", "th"})
_ROWS: Final = frozenset({"row", "tr"})
_AS_TYPED: Final = frozenset({"literallayout", "programlisting", "screen", "pre"})
_RAISED: Final = frozenset({"superscript", "sup"})
_STRUCK: Final = frozenset({"del", "s", "strike"})
_LITERAL: Final = "\0"  # before a line whose blanks are its columns; no XML holds it
_MARKUP: Final = re.compile(r"\s*<")


def kind_of_note(code: str | None) -> str | None:
    """What a code for a kind of note stands for; a code that is not in the code system as written."""
    return KINDS.get(code, code) if code else None


def care_document(entry: Entry, record: Element, header: Header) -> None:
    """A note, a document enclosed with it, or both."""
    body = first(record, "careDocumentationBody/clinicalDocumentNote") or first(record, "body")
    code = first(body, "clinicalDocumentNoteCode")
    kind = coded(code).text or kind_of_note(value(code)) or kind_of_note(value(body, "clinicalDocumentTypeCode"))
    title = joined(" – ", [header.title, value(body, "clinicalDocumentNoteTitle")])
    text = readable(value(body, "clinicalDocumentNoteText"))
    opinions = [
        _opinion(entry, one) for name in ("dissentingOpinion", "dissentintOpinion") for one in every(body, name)
    ]
    enclosed = _document(entry, first(body, "multimediaEntry"), header, kind, title)
    if text or opinions:
        note(entry, header, joined("\n\n", [text, *opinions]) or "", kind, title)
    elif enclosed:
        note(entry, header, enclosed, kind, title)
    elif enclosed is None:
        entry.issue("text-missing", "clinicalDocumentNoteText", header.id, "error")


def note(entry: Entry, header: Header, text: str, kind: str | None, title: str | None) -> None:
    """A note under its header: without a signature it is preliminary."""
    status: Literal["final", "preliminary", "entered-in-error"] = "final" if header.signed else "preliminary"
    entry.out.append(
        Note(
            id=entry.prefix + header.id,
            citizen=entry.citizen,
            text=text,
            origin=entry.origin,
            written_at=header.written_at,
            kind=kind,
            title=title,
            author=signature(header.author),
            author_role=header.author.role,
            status="entered-in-error" if header.nullified else status,
            status_source=joined(", ", [None if header.signed else "Osignerad", *header.remarks()]),
        )
    )


def diagnosis(entry: Entry, record: Element, header: Header) -> None:
    """A diagnosis as it was set. The contract does not say whether it still holds."""
    body = first(record, "diagnosisBody")
    code = coded(first(body, "diagnosisCode"))
    chronic = boolean(entry, body, "chronicDiagnosis")
    if code.text is None:
        entry.issue("text-missing", "diagnosisCode", header.id, "error")
    condition(
        entry,
        header,
        header.id,
        Finding(
            text=code.text or header.id,
            kind=value(body, "typeOfDiagnosis"),
            code=code,
            start=entry.moment(body, "diagnosisTime"),
            assessment="Kronisk" if chronic else None,
        ),
    )


def functional_status(entry: Entry, record: Element, header: Header) -> None:
    """An assessment of ADL or of a disability: one condition for each thing assessed."""
    body = first(record, "functionalStatusAssessmentBody")
    category = {"pad-pad": "PADL", "fun-fun": "Funktionsnedsättning"}.get(
        said := value(body, "assessmentCategory") or "", said
    )
    comment = value(body, "comment")
    found = [(coded(first(one, "typeOfAssessment")), value(one, "assessment")) for one in every(body, "padl")] + [
        (coded(first(one, "disabilityAssessment")), value(one, "comment")) for one in every(body, "disability")
    ]
    for number, (what, assessment) in enumerate(found, start=1):
        condition(
            entry,
            header,
            f"{header.id}/{number}",
            Finding(what.text or category or header.id, category or None, what, assessment=assessment),
        )
    if comment:
        note(entry, header, comment, category or None, header.title)
    elif not found:
        entry.issue("text-missing", "functionalStatusAssessmentBody", header.id, "error")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of a person: a diagnosis, or one thing that was assessed."""

    text: str
    kind: str | None = None
    code: Coded = field(default_factory=Coded)
    start: str | None = None
    assessment: str | None = None


def condition(entry: Entry, header: Header, own: str, found: Finding) -> None:
    """A condition under its header."""
    status: RecordStatus = "entered-in-error" if header.nullified else "unknown"
    entry.out.append(
        Condition(
            id=entry.prefix + own,
            citizen=entry.citizen,
            text=found.text,
            origin=entry.origin,
            kind=found.kind,
            code_system=found.code.system,
            code=found.code.code,
            status=status,
            status_source=joined(", ", header.remarks()),
            verification=None if header.signed else "Osignerad",
            assessment=found.assessment,
            start=found.start,
            recorded_at=header.written_at,
            recorded_by=joined(", ", [signature(header.author), header.author.role]),
        )
    )


def readable(text: str | None) -> str | None:
    """A note's text; of one that is itself DocBook or HTML all words, a line for each of its blocks."""
    if text is None or not _MARKUP.match(text):
        return text
    try:
        *_, root = records_of(text.strip().encode(), Path("clinicalDocumentNoteText"), ())
    except (ReaderError, OSError):  # the second of an encoding, which is looked for in a file
        return text
    lines = [
        line.replace(_LITERAL, "").rstrip() if _LITERAL in line else " ".join(line.split())
        for line in _words(root).split("\n")
    ]
    return "\n".join(line for line in lines if line) or text


def _words(element: Element, *, as_typed: bool = False) -> str:
    """All words in their order. An empty cell keeps its place: the third of a row must not read as the second."""
    as_typed = as_typed or element.name in _AS_TYPED
    pieces: list[str] = []
    place = 0
    for child in element.children:
        pieces += [_flat(element.text[place : child.at], as_typed=as_typed), _words(child, as_typed=as_typed)]
        place = child.at
    inside = "".join([*pieces, _flat(element.text[place:], as_typed=as_typed)])
    if element.name in _ROWS:
        inside = inside.strip().removesuffix("|")
    if element.name in _CELLS:
        return f"{' '.join(inside.replace(_LITERAL, '').split())} | "
    if element.name in _RAISED:  # 10⁹ must not read as 109
        return f"^{inside}"
    if element.name in _STRUCK:
        return f"[överstruket: {inside}]"
    if element.name in _AS_TYPED:
        return f"\n{_LITERAL}{inside}\n"
    return f"\n{inside}\n" if _BLOCK.fullmatch(element.name) else inside


def _flat(text: str, *, as_typed: bool) -> str:
    if not as_typed:
        return text.replace("\n", " ")
    return text.replace("\n", f"\n{_LITERAL}") if text.strip() else text


def _opinion(entry: Entry, element: Element) -> str | None:
    """*Avvikande mening*: what the person, or someone for her, says against the note."""
    who = joined(", ", [value(element, "personName"), entry.moment(element, "authorTime")])
    return joined(": ", [f"Avvikande mening ({who})" if who else "Avvikande mening", value(element, "opinion")])


def _document(entry: Entry, media: Element | None, header: Header, kind: str | None, title: str | None) -> str | None:
    """A document enclosed as base64: "" when it was filed, what is known of it when it was not, None without one."""
    if media is None:
        return None
    content, reference = value(media, "value"), value(media, "reference")
    media_type = value(media, "mediaType") or "application/octet-stream"
    if content is None:
        code = "attachment-elsewhere" if reference else "attachment-empty"
        entry.issue(code, "multimediaEntry", reference or media_type, "error")
        return reference or media_type
    try:
        decoded = binascii.a2b_base64("".join(content.split()), strict_mode=True)
    except ValueError:
        entry.issue("attachment-unreadable", "multimediaEntry/value", content, "error")
        return media_type
    entry.out.append(
        Document(
            id=entry.prefix + header.id,
            title=title or kind or header.id,
            media_type=media_type,
            content=decoded,
            origin=entry.origin,
            citizen=entry.citizen,
            date=header.written_at,
            kind=joined(", ", [kind, *header.remarks()]),
            author=signature(header.author),
        )
    )
    return ""
