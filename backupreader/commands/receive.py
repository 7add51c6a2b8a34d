"""``receive``: on the PC, from the inbox into the store; once, or for as long as the PC runs."""

import json
from typing import TYPE_CHECKING

import typer

from backupreader.command import Context
from backupreader.commands._enter import noted
from backupreader.commands._trouble import tell
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from backupreader.store.manifest import Position
    from sync.receive import Outcome

SENTENCES = {
    "received": N_("{name}: received."),
    "already-here": N_("{name}: already here."),
    "superseded": N_("{name}: passed over. What is here is newer, or meant for this PC."),
}


def add(app: typer.Typer, language: Language) -> None:
    """Register the verb."""
    _ = language.text

    @app.command("receive", help=_("Take the packages in the inbox into the store of this PC."))
    def receive(
        ctx: typer.Context,
        watch: bool = typer.Option(False, "--watch", help=_("Go on receiving for as long as this PC runs.")),
        accept_leap: bool = typer.Option(
            False,
            "--accept-leap",
            help=_("Take one package whose number is too far ahead, when you know why. It is written down."),
        ),
        as_json: bool = typer.Option(False, "--json", help=_("Print one JSON document.")),
    ) -> None:
        """Exit status 0 when the inbox held nothing that had to be refused; else that of the last refusal."""
        context: Context = ctx.obj
        if watch and accept_leap:
            raise typer.BadParameter(_("Either --watch or --accept-leap, not both."))
        if watch:
            _watch(context)
        else:
            _once(context, as_json=as_json, accept_leap=accept_leap)


def _once(context: Context, *, as_json: bool, accept_leap: bool) -> None:
    from sync import receive

    def write_down(position: "Position") -> None:
        with noted(context, "trust", f"leap accepted: {position}"):
            pass  # the package is taken only when this stands in the audit

    with context.progress(N_("Receiving")):
        outcomes = receive.receive(context.settings, accept_leap=write_down if accept_leap else None)
    if as_json:
        print(json.dumps([_document(outcome) for outcome in outcomes], indent=1))  # noqa: T201
    elif not outcomes:
        context.say(N_("Nothing lies in the inbox {path}."), path=context.settings.inbox_folder)
    refusals: list[ReaderError] = []
    for outcome in outcomes:
        if outcome.word is receive.Word.REFUSED and outcome.trouble is not None:
            refusals.append(outcome.trouble)
        elif not as_json:
            context.say(SENTENCES[outcome.word.value], name=outcome.path.name)
    for trouble in refusals[:-1]:
        tell(trouble, context.language)
    if refusals:
        raise refusals[-1]


def _watch(context: Context) -> None:
    """Until the process is told to end. Every outcome is one line, so that a service's log holds it."""
    from sync.watch import watch

    def hear(news: "Outcome | ReaderError") -> None:
        trouble = news if isinstance(news, ReaderError) else news.trouble
        if not isinstance(news, ReaderError) and news.word.value in SENTENCES:
            context.say(SENTENCES[news.word.value], name=news.path.name)
        elif trouble is not None:
            tell(trouble, context.language)

    watch(context.settings, hear)


def _document(outcome: "Outcome") -> dict[str, object]:
    trouble = outcome.trouble
    return {
        "package": str(outcome.path),
        "outcome": outcome.word.value,
        "generation": str(outcome.position) if outcome.position else None,
        "code": trouble.kind.code if trouble else None,
        "status": trouble.kind.status if trouble else 0,
    }
