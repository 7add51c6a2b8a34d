"""QuestionnaireResponse → Note: each question, by its text or its number, with its answers as they were given."""

from __future__ import annotations

from sync.fhir import notes
from sync.fhir.attachments import Around
from sync.fhir.concept import joined
from sync.fhir.reading import Reading
from sync.fhir.shape import Json, flag, part, parts, word


def questionnaire(reading: Reading) -> None:
    """A QuestionnaireResponse."""
    citizen = reading.citizen()
    if citizen is None:
        return
    resource = reading.resource
    lines: list[str | None] = []
    _answers(reading, resource, lines)
    title = (word(resource, "questionnaire") or "").rstrip("/").rsplit("/", 1)[-1] or None
    author = reading.who(resource, "author")
    notes.add(reading, Around(citizen, title, reading.moment(resource, "authored"), author), lines)


def _answers(reading: Reading, holder: Json, lines: list[str | None]) -> None:
    for item in parts(holder, "item"):
        label = word(item, "text") or word(item, "linkId") or "?"
        answers = parts(item, "answer")
        told = joined("; ", [_answer(reading, answer) for answer in answers])
        lines.append(f"{label}: {told}" if told else label)
        _answers(reading, item, lines)
        for answer in answers:
            _answers(reading, answer, lines)


def _answer(reading: Reading, answer: Json) -> str | None:
    truth = flag(answer, "valueBoolean")
    if truth is not None:
        return "true" if truth else "false"
    coding = part(answer, "valueCoding")
    for key in ("valueInteger", "valueDecimal"):
        if (number := reading.number(answer, key)) is not None:
            return number
    for key in ("valueString", "valueDate", "valueDateTime", "valueTime", "valueUri"):
        if (text := word(answer, key)) is not None:
            return text
    reference = part(answer, "valueReference")
    return (
        word(coding, "display")
        or word(coding, "code")
        or reading.quantity_text(answer, "valueQuantity")
        or word(reference, "display")
        or word(reference, "reference")
    )
