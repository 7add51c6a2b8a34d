"""``evidence``: what was practised and checked on this PC, for the continuity plan. It names staff and no citizen.

Drills, scenarios and shift checks of the last months, on the terminal, as JSON, or on paper.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from backupreader.command import Context, plain
from backupreader.domain.freshness import between
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from backupreader.domain.evidence import Evidence

_DAYS: Final = 365


def add(app: typer.Typer, language: Language) -> None:
    """Register the verb."""
    _ = language.text

    @app.command("evidence", help=_("What was practised and checked on this PC, for the continuity plan."))
    def evidence(
        ctx: typer.Context,
        days: int = typer.Option(_DAYS, "--days", min=1, max=3_660, help=_("Of so many days until today.")),
        out: Path | None = typer.Option(None, "--out", help=_("As a paper, into this PDF file.")),
        as_json: bool = typer.Option(False, "--json", help=_("Print one JSON document.")),
    ) -> None:
        context: Context = ctx.obj
        found = _found(context, days)
        if out is not None:
            _paper(context, found, out)
        if as_json:
            print(json.dumps(_document(found), indent=1, ensure_ascii=False))  # noqa: T201
        elif out is None:
            _say(context, found)


def _found(context: Context, days: int) -> Evidence:
    """All of it, the newest first."""
    from backupreader.domain.evidence import DrillHeld, Evidence
    from backupreader.store.drills import Drills
    from backupreader.store.files import Files
    from backupreader.store.plans import carried
    from backupreader.store.scenariosheld import Scenarios
    from backupreader.store.shiftchecks import ShiftChecks

    data, files, now, since = context.settings.data, Files(), context.now(), timedelta(days=days)
    plan = carried(data, files)
    return Evidence(
        pc=_pc(context),
        site=context.settings.site,
        days=days,
        plan=plan.plan.about if plan.plan is not None else None,
        digest=plan.digest,
        drills=tuple(
            DrillHeld(at=one.at, by=one.by, passed=one.passed, failed=one.notes)
            for one in reversed(Drills(data, files).all())
            if between(one.at, now) <= since
        ),
        scenarios=tuple(one for one in reversed(Scenarios(data, files).all()) if between(one.at, now) <= since),
        checks=tuple(one for one in reversed(ShiftChecks(data, files).all()) if between(one.at, now) <= since),
    )


def _pc(context: Context) -> str:
    """The name of this PC's vault; its site's where there is none."""
    from backupreader.domain.trouble import ReaderError
    from backupreader.store.files import Files
    from backupreader.store.identities import load_identity

    try:
        return load_identity(context.settings.vault_folder, Files()).name
    except ReaderError:
        return context.settings.site


def _document(found: Evidence) -> dict[str, object]:
    """The keys are a contract."""
    from backupreader.store import scenariosheld, shiftchecks

    return {
        "pc": found.pc,
        "site": found.site,
        "days": found.days,
        "plan": {"title": found.plan.title, "owner": found.plan.owner, "digest": found.digest} if found.plan else None,
        "people": found.people,
        "drills": [
            {"at": one.at.isoformat(timespec="seconds"), "by": one.by, "passed": one.passed, "failed": list(one.failed)}
            for one in found.drills
        ],
        "scenarios": [scenariosheld.document(one) for one in found.scenarios],
        "shift_checks": [shiftchecks.document(one) for one in found.checks],
    }


def _say(context: Context, found: Evidence) -> None:
    from backupreader.domain.scenarios.held import SCENARIOS
    from backupreader.domain.scenarios.score import result
    from backupreader.domain.shiftcheck import result as check_result

    language, zone = context.language, context.settings.timezone()
    titles: dict[str, str] = {scenario.id: scenario.title for scenario in SCENARIOS}
    counts = {"drills": len(found.drills), "scenarios": len(found.scenarios), "checks": len(found.checks)}
    context.say(
        N_("In {days} days: {drills} drills, {scenarios} scenarios by {people} people, {checks} shift checks."),
        days=found.days,
        people=found.people,
        **counts,
    )
    rows = [
        (one.at, one.by or "–", language.text(N_("Drill")), _drill(one.passed, one.failed, language))
        for one in found.drills
    ]
    rows += [
        (one.at, one.by, language.text(titles.get(one.scenario, one.scenario)), result(one, language))
        for one in found.scenarios
    ]
    rows += [
        (one.at, one.by, language.text(N_("Shift check")), check_result(one, language))
        for one in found.checks
        if not one.is_good
    ]
    for at, by, what, went in sorted(rows, key=lambda row: row[0].timestamp(), reverse=True):
        print(f"{language.moment(at.astimezone(zone))}  {plain(by)}  {what}  {went}")  # noqa: T201


def _drill(passed: bool, failed: tuple[str, ...], language: Language) -> str:
    if passed:
        return language.text("Passed")
    return language.text("Not passed: {steps}").format(steps=", ".join(map(language.text, failed)))


def _paper(context: Context, found: Evidence, out: Path) -> None:
    from printing import spool
    from printing.papers import paper

    spool.write(paper("evidence", found, context.language, context.now()), out)
    print(context.language.text("The evidence lies in {where}.").format(where=plain(str(out))), file=sys.stderr)  # noqa: T201
