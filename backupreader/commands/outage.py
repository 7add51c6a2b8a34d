"""``outage``: how it stands, before unlock; to declare it, to write its log, and to end it, by a person with a name.

What is named of the plan is named by its id or by what the plan calls it. Where this PC has no plan, any name is taken.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import typer

from backupreader.command import Context
from backupreader.commands._enter import AS
from backupreader.commands._outagedesk import By, at_desk, known, listed, moment, plan_here, say_next, write
from backupreader.commands._outageprint import add_papers
from backupreader.commands._outageshow import machine, machine_log, print_json, say_log, say_outage, say_to_tell
from backupreader.domain.errors import NOT_FOUND
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_, Language

_FILE: Final = N_("A file with the words.")
_AT: Final = N_("When it was, as 02:10 or 2026-11-30T02:10; now by itself.")
_JSON: Final = N_("Print one JSON document.")
_WORDS: Final = N_("What else should be known. It is sealed: read after unlock only.")
_WRONG: Final = N_("Say one of these: {words}.")
_RESULTS: Final = ("answered", "no-answer", "message")
_REACHES: Final = ("local", "global", "national", "none")


def add(app: typer.Typer, language: Language) -> None:
    """Register the group of verbs."""
    _ = language.text
    group = typer.Typer(no_args_is_help=True, help=_("The outage: declare it, write its log, see what is due, end it."))
    app.add_typer(group, name="outage")
    _add_reading(group, language)
    _add_course(group, language)
    _add_log(group, language)
    _add_ticks(group, language)
    add_papers(group, language)


def _add_reading(group: typer.Typer, language: Language) -> None:
    """Register what only reads."""
    _ = language.text

    @group.command("show", help=_("How the outage stands: since when, who has the case, what is due. Needs no unlock."))
    def show(ctx: typer.Context, as_json: bool = typer.Option(False, "--json", help=_(_JSON))) -> None:
        _show(ctx.obj, as_json=as_json)

    @group.command("log", help=_("The log of an outage, with what people wrote in it."))
    def log(
        ctx: typer.Context,
        outage: str = typer.Option("", "--outage", help=_("Of this outage, such as 2026-003; the last one by itself.")),
        as_json: bool = typer.Option(False, "--json", help=_(_JSON)),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
    ) -> None:
        _log(ctx.obj, By(passphrase_file, as_), outage, as_json=as_json)


def _add_course(group: typer.Typer, language: Language) -> None:
    """Register the verbs that say how the outage goes."""
    _ = language.text

    @group.command(
        "declare", help=_("Say who judged it critical and why, what is down since when, and who has the case.")
    )
    def declare(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        judged_by: str = typer.Option(..., "--judged-by", help=_("Who judged it critical.")),
        why: str = typer.Option(..., "--why", help=_("Why it is critical.")),
        system: list[str] = typer.Option([], "--system", help=_("A system that is down; once for each.")),
        since: str = typer.Option("", "--since", help=_("Since when it is down, as 02:10; all clocks count from it.")),
        owner: str = typer.Option("", "--owner", help=_("Who has the case; you, where nobody is named.")),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
    ) -> None:
        context: Context = ctx.obj
        plan = plan_here(context)
        systems, began = listed(plan, "system", system), moment(since, context, "--since") or context.now()
        with at_desk(context, By(passphrase_file, as_), to_begin=True) as (log, _session):
            event = log.declare(judged_by, why, systems, began, owner)
        say_outage(context, event, plan)

    @group.command("systems", help=_("Which systems are down now; those that were named before no longer count."))
    def systems(
        ctx: typer.Context,
        system: list[str] = typer.Argument(help=_("The systems that are down.")),
        at: str = typer.Option("", "--at", help=_(_AT)),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
    ) -> None:
        named = " ".join(listed(plan_here(ctx.obj), "system", system))
        write(ctx.obj, By(passphrase_file, as_), "systems", what=named, at=at)

    @group.command("reach", help=_("How far it goes: local, global, national or none."))
    def reach(
        ctx: typer.Context,
        reach: str = typer.Argument(help=_("local, global, national or none.")),
        at: str = typer.Option("", "--at", help=_(_AT)),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
    ) -> None:
        _one_of(reach, _REACHES, language, "REACH")
        write(ctx.obj, By(passphrase_file, as_), "reach", what=reach, at=at)

    @group.command("owner", help=_("Who has the case from now on. At each change of shift, the same person too."))
    def owner(
        ctx: typer.Context,
        name: str = typer.Argument(help=_("Her or his name.")),
        at: str = typer.Option("", "--at", help=_(_AT)),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
    ) -> None:
        write(ctx.obj, By(passphrase_file, as_), "owner", who=name, at=at)

    @group.command("end", help=_("The systems are up again. Says who must be told."))
    def end(
        ctx: typer.Context,
        at: str = typer.Option("", "--at", help=_(_AT)),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
    ) -> None:
        _end(ctx.obj, By(passphrase_file, as_), at)


def _add_log(group: typer.Typer, language: Language) -> None:
    """Register the verbs that write down what was said and decided."""
    _ = language.text

    @group.command("call", help=_("Write down a call: whom, what came of it, and who was reached."))
    def call(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        contact: str = typer.Argument(help=_("The contact that was called.")),
        result: str = typer.Option(..., "--result", help=_("answered, no-answer or message.")),
        who: str = typer.Option("", "--who", help=_("Who was reached.")),
        words: str = typer.Option("", "--words", help=_(_WORDS)),
        at: str = typer.Option("", "--at", help=_(_AT)),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
    ) -> None:
        _one_of(result, _RESULTS, language, "--result")
        what, by = known(plan_here(ctx.obj), "contact", contact), By(passphrase_file, as_)
        write(ctx.obj, by, "call", what=what, who=who, detail=result, words=words, at=at)

    @group.command("note", help=_("Write something down. It is sealed: read after unlock only."))
    def note(
        ctx: typer.Context,
        text: str = typer.Argument(help=_("What is so.")),
        at: str = typer.Option("", "--at", help=_(_AT)),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
    ) -> None:
        write(ctx.obj, By(passphrase_file, as_), "note", words=text, at=at)

    @group.command("decide", help=_("Write down a decision, and who made it. It is sealed: read after unlock only."))
    def decide(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        text: str = typer.Argument(help=_("What was decided.")),
        who: str = typer.Option(..., "--who", help=_("Who decided it.")),
        at: str = typer.Option("", "--at", help=_(_AT)),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
    ) -> None:
        write(ctx.obj, By(passphrase_file, as_), "decision", words=text, who=who, at=at)

    @group.command("withdraw", help=_("Cross out an entry that was a mistake. It stays, and no longer counts."))
    def withdraw(
        ctx: typer.Context,
        number: int = typer.Argument(min=1, help=_("The number of the entry.")),
        reason: str = typer.Option(..., "--reason", help=_("Why it was a mistake.")),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
    ) -> None:
        write(ctx.obj, By(passphrase_file, as_), "withdrawn", what=str(number), words=reason)


def _add_ticks(group: typer.Typer, language: Language) -> None:
    """Register the verbs that tick what the plan names."""
    _ = language.text

    @group.command("act", help=_("Write down that something happened from which a clock counts, such as keys fetched."))
    def act(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        what: str = typer.Argument(help=_("What happened, as the plan calls it.")),
        whose: str = typer.Option(
            "", "--whose", help=_("Whose it is, where each one's counts on its own: a team's phones.")
        ),
        words: str = typer.Option("", "--words", help=_(_WORDS)),
        at: str = typer.Option("", "--at", help=_(_AT)),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
    ) -> None:
        act_, by = known(plan_here(ctx.obj), "act", what), By(passphrase_file, as_)
        write(ctx.obj, by, "act", what=act_, who=whose, words=words, at=at)

    @group.command("done", help=_("A duty is done."))
    def done(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        duty: str = typer.Argument(help=_("The duty.")),
        who: str = typer.Option("", "--who", help=_("Who did it, where you write it down for somebody else.")),
        words: str = typer.Option("", "--words", help=_(_WORDS)),
        at: str = typer.Option("", "--at", help=_(_AT)),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
    ) -> None:
        what, by = known(plan_here(ctx.obj), "duty", duty), By(passphrase_file, as_)
        write(ctx.obj, by, "done", what=what, who=who, words=words, at=at)

    @group.command("unit", help=_("How a unit stands: up or down."))
    def unit(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        name: str = typer.Argument(help=_("The unit.")),
        state: str = typer.Argument(help=_("up or down.")),
        at: str = typer.Option("", "--at", help=_(_AT)),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
    ) -> None:
        _one_of(state, ("up", "down"), language, "STATE")
        what, by = known(plan_here(ctx.obj), "unit", name), By(passphrase_file, as_)
        write(ctx.obj, by, "unit", what=what, detail=state, at=at)

    @group.command("partner", help=_("A partner was told."))
    def partner(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        partner: str = typer.Argument(help=_("The partner.")),
        who: str = typer.Option("", "--who", help=_("Who was reached.")),
        at: str = typer.Option("", "--at", help=_(_AT)),
        as_: str = typer.Option("", "--as", help=_(AS)),
        passphrase_file: Path | None = typer.Option(None, "--passphrase-file", help=_(_FILE)),
    ) -> None:
        what, by = known(plan_here(ctx.obj), "partner", partner), By(passphrase_file, as_)
        write(ctx.obj, by, "partner", what=what, who=who, at=at)


def _show(context: Context, *, as_json: bool) -> None:
    from backupreader.domain.outage.handover import to_tell
    from backupreader.store.files import Files
    from backupreader.store.outagelog import OutageLog

    log, plan = OutageLog(context.settings.data, Files(), None), plan_here(context)
    event, last = log.event(), log.last()
    if as_json:
        print_json({"outage": machine(context, event, plan), "last": machine(context, last, plan)})
        return
    if event is None:
        context.say(N_("No outage goes on on this PC."))
    if last is not None:
        say_outage(context, last, plan)
        if last.ended is not None:
            say_to_tell(context, to_tell(plan, last))


def _log(context: Context, by: By, outage: str, *, as_json: bool) -> None:
    """With people's words, which may name a citizen: that they were read is in the audit."""
    with at_desk(context, by) as (log, session):
        event = log.of(outage) if outage else log.last()
        if event is None:
            raise ReaderError(NOT_FOUND, what=outage, known=", ".join(log.numbers()) or "–")
        session.record("outage", what=f"{event.number}: read")
    if as_json:
        print_json(machine_log(event))
    else:
        say_log(context, event, plan_here(context))


def _end(context: Context, by: By, at: str) -> None:
    from backupreader.domain.outage.handover import to_tell

    ended = moment(at, context)
    with at_desk(context, by) as (log, _session):
        event = log.end(ended)
    plan = plan_here(context)
    say_outage(context, event, plan)
    say_to_tell(context, to_tell(plan, event))
    say_next(context, event, plan)
    context.say(N_("Now what stands on paper is entered in the journal: 'sheets list' says which sheets."))


def _one_of(word: str, words: tuple[str, ...], language: Language, hint: str) -> None:
    if word not in words:
        raise typer.BadParameter(language.text(_WRONG).format(words=", ".join(words)), param_hint=hint)
