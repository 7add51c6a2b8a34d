"""``export``: on the export machine, from the source systems' files to packages on their way to the PCs."""

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, cast

import typer

from backupreader.command import Context
from backupreader.commands._generations import COMPARE
from backupreader.commands._trial import as_documents, show_issues
from backupreader.domain.errors import ISSUES_FOUND, NOT_PLAUSIBLE
from backupreader.domain.plan import telling
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backupreader.domain.plausibility import Doubt
    from sync.enclosed import Enclosed
    from sync.exported import Exported, SiteExported


def add(app: typer.Typer, language: Language) -> None:
    """Register the verb."""
    _ = language.text

    help_ = _("Read the source systems' exports, build, check, seal and send.") + " " + _(COMPARE)

    @app.command("export", help=help_)
    def export(
        ctx: typer.Context,
        accept_shrink: bool = typer.Option(
            False, "--accept-shrink", help=_("Send although it holds less than the one before.")
        ),
        dry_run: bool = typer.Option(False, "--dry-run", help=_("Read, build and check, but seal and send nothing.")),
        as_json: bool = typer.Option(False, "--json", help=_("Print one JSON document.")),
    ) -> None:
        """Exit status 0.

        That of NOT_PLAUSIBLE when a site's generation was not sealed; of PLAN_UNREADABLE when the data was sent with
        the former plan; of ISSUES_FOUND when values were lost and the rest was sent.
        """
        context: Context = ctx.obj
        from sync.export import export as export_all

        try:
            with context.progress(N_("Exporting")) as tick:
                done = export_all(
                    context.settings, context.now(), accept_shrink=accept_shrink, dry_run=dry_run, tick=tick
                )
        except ReaderError as refusal:
            if as_json and refusal.kind is NOT_PLAUSIBLE:
                reasons = cast("Sequence[Doubt]", refusal.facts["reasons"])
                document = {"generation": None, "refused": _doubts(reasons)}
                print(json.dumps(document, indent=1))  # noqa: T201
            raise
        if as_json:
            found = {"found": as_documents(context.language, done.found)} if dry_run else {}
            print(json.dumps({**_document(done, context.language), **found}, indent=1))  # noqa: T201
        else:
            _say(context, done)
            if dry_run:  # what they quote out of the journals has no place in the log of every night
                show_issues(context.language, done.found)
        if done.refused:
            raise ReaderError(NOT_PLAUSIBLE, reasons=done.refused)
        if done.plan.refusal is not None:
            raise done.plan.refusal
        if lost := done.issues.get("error", 0):
            raise ReaderError(ISSUES_FOUND, count=lost)


def _say(context: Context, done: "Exported") -> None:
    for table, rows in done.rows.items():
        if rows:
            print(f"{rows:>9} {table}")  # noqa: T201
    for severity, sentence in (
        ("error", N_("{n} values could not be read.")),
        ("warning", N_("{n} values were taken with doubt.")),
        ("note", N_("{n} things were noted.")),
    ):
        if number := done.issues.get(severity, 0):
            context.say(sentence, n=number)
    for site in done.sites:
        _say_site(context, site)
    for unit, citizens in done.without_site.items():
        context.say(N_("No site has the unit {unit}: its {n} citizens are on no PC."), unit=unit, n=citizens)
    if not done.packages:
        context.say(N_("Nothing was sent: this was a trial."))
    for target in done.targets:
        context.say(N_("Sent to {target}."), target=target)
    if done.packages and not done.targets:
        context.say(N_("No target is named in the settings (send_to): carry the package yourself."))
    _say_receipts(context, done)
    _say_plan(context, done.plan)


def _say_plan(context: Context, plan: "Enclosed") -> None:
    """What went along of the plan that the settings name, and what is wrong with it."""
    for finding in telling.told(plan.stopping, context.language):
        context.say(N_("The plan cannot be used: {finding}"), finding=finding)
    for finding in telling.told(plan.doubts, context.language):
        context.say(N_("The plan can be used, but: {finding}"), finding=finding)
    if plan.plan is not None:
        context.say(N_("The plan goes along: {title}."), title=plan.plan.about.title)
    elif plan.former:
        context.say(N_("The former plan goes along in its place."))
    elif plan.path is not None:
        context.say(N_("No plan goes along: this machine has had none that can be used."))


def _say_site(context: Context, site: "SiteExported") -> None:
    for doubt in site.accepted:
        context.say(N_("Accepted: {doubt}."), doubt=doubt.told(context.language))
    for doubt in site.refused:
        context.say(N_("Not sealed: {doubt}."), doubt=doubt.told(context.language))
    for name in site.unknown:
        context.say(N_("{site}: no unit is called {name}."), site=site.site, name=name)
    if site.left_out:
        tables = ", ".join(site.left_out)
        context.say(N_("{site}: left out by the settings: {tables}."), site=site.site, tables=tables)
    if not site.rows:
        context.say(N_("{site}: no backup PC is enrolled, so nothing was made for it."), site=site.site)
    for package, words in _fingerprints(site, context.language).items():
        context.say(N_("Sealed: {path}"), path=package)
        context.say(N_("  its four words: {words}"), words=words)


def _fingerprints(site: "SiteExported", language: Language) -> dict[str, str]:
    """By package, the words by which IT and the people at the PC compare what was sent with what came."""
    from backupreader.store.spoken import four_words

    pairs = zip(site.packages, site.digests, strict=True)
    return {str(package): four_words(digest, language.code) for package, digest in pairs}


def _say_receipts(context: Context, done: "Exported") -> None:
    """A line a source: what became of its rows."""
    for source in dict.fromkeys(receipt.source for receipt in done.receipts):
        own = [receipt for receipt in done.receipts if receipt.source == source]
        context.say(
            N_("{source}: {read} read, {filed} filed, {refused} refused, {left} left unread on purpose."),
            source=source,
            read=sum(receipt.read for receipt in own),
            filed=sum(receipt.filed for receipt in own),
            refused=sum(receipt.refused for receipt in own),
            left=sum(receipt.left for receipt in own),
        )


def _document(done: "Exported", language: Language) -> dict[str, object]:
    return {
        "generation": str(done.position) if done.position else None,
        "packages": [str(path) for path in done.packages],
        "sent_to": list(done.targets),
        "rows": dict(done.rows),
        "issues": dict(done.issues),
        "accepted": _doubts(done.accepted),
        "refused": _doubts(done.refused),
        "sites": [
            {
                "site": site.site,
                "pcs": site.pcs,
                "generation": str(site.position) if site.position else None,
                "packages": [str(path) for path in site.packages],
                "words": _fingerprints(site, language),
                "rows": dict(site.rows),
                "left_out": list(site.left_out),
                "unknown_units": list(site.unknown),
            }
            for site in done.sites
        ],
        "without_site": dict(done.without_site),
        "deliveries": [asdict(delivery) for delivery in done.deliveries],
        "receipts": [asdict(receipt) for receipt in done.receipts],
        "plan": _plan_document(done.plan, language),
    }


def _plan_document(plan: "Enclosed", language: Language) -> dict[str, object] | None:
    """What went along of the plan; None where the settings name none."""
    if plan.path is None:
        return None
    return {
        "path": str(plan.path),
        "sent": "this" if plan.plan is not None else "former" if plan.former else "none",
        "refused_since": plan.since or None,
        "findings": telling.documents(plan.stopping, language),
        "doubts": telling.documents(plan.doubts, language),
    }


def _doubts(doubts: "Sequence[Doubt]") -> list[dict[str, object]]:
    """Each doubt in English, and the places that made it think so."""
    return [
        {"site": doubt.site, "doubt": str(replace(doubt, site="", examples=())), "examples": list(doubt.examples)}
        for doubt in doubts
    ]
