"""What `plan check` does: everything that is wrong with a plan, what stops it first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from backupreader import planfile
from backupreader.command import Context, plain
from backupreader.domain.errors import PLAN_DOUBTS, PLAN_UNREADABLE
from backupreader.domain.plan import lint
from backupreader.domain.plan.about import Spot
from backupreader.domain.plan.finding import Finding
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_

_WHOLE = N_("The plan can be used, and nothing was found that must be mended.")
_COUNT = N_("{count} findings stand above")


def check(context: Context, path: Path, *, as_json: bool) -> None:
    """Tell every finding; raises PLAN_UNREADABLE where one stops the plan, PLAN_DOUBTS where none does.

    Today and the times at which new data is expected are those of the settings' place.
    """
    try:
        files = planfile.gather(path)
    except ReaderError as trouble:
        if as_json:
            _print(
                path, [{"file": str(path), "line": 0, "stops": True, "sentence": trouble.sentence(context.language)}]
            )
        raise
    from backupreader.store.planarchive import TOO_LARGE

    read = planfile.read(files)
    findings = read.findings
    if read.plan is not None and not _can_travel(files):
        findings = (Finding(Spot(planfile.PLAN, 1), TOO_LARGE),)
    elif read.draft is not None:
        findings = lint.findings(read.draft, context.now().date(), context.settings.expected)
    if as_json:
        _print(path, [_as_document(context, path, one) for one in findings])
    else:
        for one in findings:
            said = f"{planfile.place(path, one.spot.file)}:{one.spot.line}: {one.reason.told(context.language)}"
            print(plain(said))  # noqa: T201
        if not findings:
            context.say(_WHOLE)
    if any(one.stops for one in findings):
        raise ReaderError(PLAN_UNREADABLE, path=path, findings=Reason(_COUNT, {"count": len(findings)}))
    if findings:
        raise ReaderError(PLAN_DOUBTS, count=len(findings))


def _can_travel(files: Mapping[str, str]) -> bool:
    """Does any package hold it? Each file may be small enough, and all of them together not."""
    from backupreader.store import planarchive

    try:
        planarchive.encode(planarchive.Archive(files))
    except planarchive.NoArchive:
        return False
    return True


def _print(path: Path, findings: list[dict[str, object]]) -> None:
    """The document for a machine."""
    document = {"plan": str(path), "usable": not any(one["stops"] for one in findings), "findings": findings}
    print(json.dumps(document, indent=1, ensure_ascii=False))  # noqa: T201


def _as_document(context: Context, path: Path, finding: Finding) -> dict[str, object]:
    return {
        "file": planfile.place(path, finding.spot.file),
        "line": finding.spot.line,
        "stops": finding.stops,
        "sentence": finding.reason.told(context.language),
    }
