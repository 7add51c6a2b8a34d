"""What is wrong with a plan, told to a person by file and line, and to a machine."""

from __future__ import annotations

from collections.abc import Sequence

from backupreader.domain.plan.finding import Finding
from backupreader.language import Language


def told(findings: Sequence[Finding], language: Language, most: int | None = None) -> tuple[str, ...]:
    """Each finding with its file and line, as far as it has them; at most so many, and how many more there are."""
    shown = findings if most is None else findings[:most]
    lines = [_line(finding, language) for finding in shown]
    return (*lines, *more(len(findings) - len(shown), language))


def more(number: int, language: Language) -> tuple[str, ...]:
    """That there are so many more; nothing where there are none."""
    return (language.count("and {n} more", "and {n} more", number),) if number > 0 else ()


def documents(findings: Sequence[Finding], language: Language) -> list[dict[str, object]]:
    """Each finding for a machine: the reason in the language, and where it stands, None where it stands nowhere."""
    return [
        {
            "file": finding.spot.file or None,
            "line": finding.spot.line or None,
            "reason": finding.reason.told(language),
        }
        for finding in findings
    ]


def _line(finding: Finding, language: Language) -> str:
    reason, file, line = finding.reason.told(language), finding.spot.file, finding.spot.line
    if not file:
        return reason
    if not line:
        return language.text("{file}: {reason}").format(file=file, reason=reason)
    return language.text("{file}, line {line}: {reason}").format(file=file, line=line, reason=reason)
