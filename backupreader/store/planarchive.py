"""The plan archive: what stands behind a package's signature, readable before unlock (DESIGN.md, part 5).

Canonical JSON of the texts of the plan's files by name and, where the export machine could not use its newest plan, of
what was wrong with that one and since when; the files are then those of the plan before. No bytes at all are the
archive of no plan. One meaning, one sequence of bytes: the same plan has the same digest in every package. What is
read is as strict as what is written, though a known machine has signed it: it may be of another version.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from string import Formatter
from typing import Final

from backupreader.domain.plan.about import Spot
from backupreader.domain.plan.finding import Finding
from backupreader.domain.trouble import Reason
from backupreader.language import N_
from backupreader.store import canonical
from backupreader.store.canonical import NotCanonical, Value
from backupreader.store.manifest import LARGEST_PLAN

FORMAT: Final = 1
LARGEST_FILES: Final = 2 << 20
"""Every head is read with its plan each time the store is looked at: a plan is text, and a hundredth of this."""
TOO_LARGE: Final = Reason(N_("it does not fit into a package: at most 2 MB of text, and files with plain names"))
MOST_FINDINGS: Final = 50
MOST_FACTS: Final = 8
LONGEST_TEXT: Final = 1_000
MAIN: Final = "plan.toml"
_NAME: Final = re.compile(r"plan\.toml|units/[^/\\\x00-\x1f\x7f]{1,100}\.toml")
_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_FACT: Final = re.compile(r"[a-z][a-z_]{0,31}")


class NoArchive(ValueError):
    """The bytes are no plan archive of this format, or the plan is none that the format can hold."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why the export machine does not use its newest plan: since when (UTC), and what stops it.

    `findings` are the first `MOST_FINDINGS`, `more` how many others there are.
    """

    since: str
    findings: tuple[Finding, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Archive:
    """The plan's files by name; none where there is no plan. `refused` where a newer one could not be used."""

    files: Mapping[str, str] = field(default_factory=dict[str, str])
    refused: Refused | None = None


def refused(since: str, findings: Iterable[Finding]) -> Refused:
    """What of the findings travels: sentences of ours with facts that are plain texts."""
    stopping = [finding for finding in findings if finding.stops]
    return Refused(since, tuple(map(_plain, stopping[:MOST_FINDINGS])), max(0, len(stopping) - MOST_FINDINGS))


def encode(archive: Archive) -> bytes:
    """The one form of `archive`. Raises `NoArchive` where this format cannot hold it, or it is too large."""
    if not archive.files and archive.refused is None:
        return b""
    files: dict[str, Value] = dict(archive.files)
    if (size := len(canonical.encode(files))) > LARGEST_FILES:
        raise NoArchive(f"files of {size} bytes")
    value: dict[str, Value] = {"files": files, "format": FORMAT}
    if archive.refused is not None:  # there only where it says something
        value["refused"] = {
            "findings": [_written(finding) for finding in archive.refused.findings],
            "more": archive.refused.more,
            "since": archive.refused.since,
        }
    data = canonical.encode(value)
    if decode(data) != archive:  # never sign what no PC would read
        raise NoArchive("it would be read as something else")
    return data


def decode(data: bytes) -> Archive:
    """The archive that `data` is. Raises `NoArchive` for anything but the one form of an archive."""
    if not data:
        return Archive()
    if len(data) > LARGEST_PLAN:
        raise NoArchive(f"an archive of {len(data)} bytes")
    try:
        top = canonical.decode(data)
    except NotCanonical as trouble:
        raise NoArchive(str(trouble)) from trouble
    # A later format may say what we cannot know: it is refused by its number, before anything else is looked at.
    if not isinstance(top, dict) or top.get("format") != FORMAT:
        raise NoArchive("another format")
    _only(top, {"files", "format"}, frozenset({"refused"}))
    files = _files(top["files"])
    told = _refused(top["refused"]) if "refused" in top else None
    if not files and told is None:
        raise NoArchive("no plan has no bytes")
    return Archive(files, told)


def _files(value: Value) -> dict[str, str]:
    if not isinstance(value, dict):
        raise NoArchive("files by name")
    found: dict[str, str] = {}
    for name, text in value.items():
        if not _NAME.fullmatch(name) or not isinstance(text, str):
            raise NoArchive("a file of a plan")
        found[name] = text
    if found and MAIN not in found:
        raise NoArchive(f"without {MAIN}")
    return found


def _refused(value: Value) -> Refused:
    fields = _only(value, {"findings", "more", "since"})
    findings, since = fields["findings"], fields["since"]
    if not isinstance(findings, list) or not 1 <= len(findings) <= MOST_FINDINGS:
        raise NoArchive("findings")
    if not isinstance(since, str) or not _MOMENT.fullmatch(since):
        raise NoArchive("a moment")
    try:
        datetime.fromisoformat(since)
    except ValueError as trouble:
        raise NoArchive("a moment that no calendar has") from trouble
    return Refused(since, tuple(map(_finding, findings)), _number(fields["more"]))


def _finding(value: Value) -> Finding:
    fields = _only(value, {"facts", "file", "line", "sentence"})
    raw, sentence = fields["facts"], _text(fields["sentence"])
    if not isinstance(raw, dict):
        raise NoArchive("facts")
    facts = {name: _text(fact) for name, fact in raw.items() if _FACT.fullmatch(name)}
    if len(facts) != len(raw) or len(raw) > MOST_FACTS or not sentence or not _fillable(sentence, facts):
        raise NoArchive("a sentence that its facts do not fill")
    return Finding(Spot(_text(fields["file"]), _number(fields["line"])), Reason(sentence, facts))


def _written(finding: Finding) -> Value:
    facts: dict[str, Value] = {name: str(fact) for name, fact in finding.reason.facts.items()}
    return {
        "facts": facts,
        "file": finding.spot.file,
        "line": finding.spot.line,
        "sentence": finding.reason.sentence,
    }


def _plain(finding: Finding) -> Finding:
    """The finding as it travels: every fact a text, and nothing of endless length."""
    facts = {name: _short(str(fact)) for name, fact in finding.reason.facts.items()}
    sentence = finding.reason.sentence
    usual = len(sentence) <= LONGEST_TEXT and len(facts) <= MOST_FACTS and all(map(_FACT.fullmatch, facts))
    if not sentence or not usual or not _fillable(sentence, facts):
        sentence, facts = "{text}", {"text": _short(str(finding.reason))}
    return Finding(Spot(_short(finding.spot.file), max(0, finding.spot.line)), Reason(sentence, facts))


def _fillable(sentence: str, facts: Mapping[str, str]) -> bool:
    """Whether the sentence names facts only, each as it is: a template reaches into nothing."""
    try:
        parts = list(Formatter().parse(sentence))
    except ValueError:
        return False
    return all(name is None or (name in facts and not form and how is None) for _, name, form, how in parts)


def _short(text: str) -> str:
    """At most `LONGEST_TEXT` characters, and none that cannot be written."""
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return clean if len(clean) <= LONGEST_TEXT else clean[: LONGEST_TEXT - 1] + "…"


def _only(value: Value, keys: set[str], also: frozenset[str] = frozenset()) -> dict[str, Value]:
    if not isinstance(value, dict) or value.keys() - also != keys:
        raise NoArchive("other fields than these: " + " ".join(sorted(keys)))
    return value


def _text(value: Value) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise NoArchive(f"text of at most {LONGEST_TEXT} characters")
    return value


def _number(value: Value) -> int:
    if not isinstance(value, int) or not 0 <= value <= LARGEST_PLAN:
        raise NoArchive("a whole number")
    return value
