"""``demo``: a made-up municipality goes the whole way, through the same parts as a real one, on this one machine.

An export machine and a backup PC are two folders. What is made is taken away again when the demo ends, unless
``--folder`` names a place for it.
"""

from __future__ import annotations

import io
import itertools
import tempfile
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import typer

from backupreader import settings as settings_file
from backupreader.command import Context
from backupreader.commands._practice import Leash
from backupreader.domain.acts import stamp
from backupreader.domain.practice import PRACTICE_PC
from backupreader.language import N_, Language
from backupreader.settings import Settings

if TYPE_CHECKING:
    from backupreader.store.reader import Reader
    from printing.document import Sheet, Subject

ACCOUNT: Final = "Demo"
_SHEET_DAYS: Final = 3
_PLANS: Final = {"DK": "nexus-bekey", "SE": "magna-cura"}
"""The example plan in the language of the made-up municipality."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The two machines of the demo, and the words that open the PC."""

    exporter: Settings
    pc: Settings
    words: str


def add(app: typer.Typer, language: Language) -> None:
    """Register the verb."""
    _ = language.text

    @app.command("demo", help=_("Show the whole way with a made-up municipality: export, receive, unlock, window."))
    def demo(  # noqa: PLR0917 (typer reads the options from the signature)
        ctx: typer.Context,
        headless: Path | None = typer.Option(
            None, "--headless", help=_("Open no window; print a unit's sheets into this folder.")
        ),
        size: str = typer.Option("small", "--size", help=_("small, medium or large.")),
        country: str | None = typer.Option(None, "--country", help=_("DK or SE; by itself, the language's.")),
        folder: Path | None = typer.Option(None, "--folder", help=_("Keep everything that is made in this folder.")),
        kiosk: bool = typer.Option(False, "--kiosk", help=_("Fill the screen with the window.")),
        passing: bool = typer.Option(False, "--passing", hidden=True),
        over: Path | None = typer.Option(None, "--over", hidden=True),
    ) -> None:
        context: Context = ctx.obj
        if size not in {"small", "medium", "large"}:
            raise typer.BadParameter(_("small, medium or large."), param_hint="--size")
        if country not in {None, "DK", "SE"}:
            raise typer.BadParameter(_("DK or SE; by itself, the language's."), param_hint="--country")
        where: Literal["DK", "SE"] = (
            "SE" if (country or ("SE" if context.language.code == "sv" else "DK")) == "SE" else "DK"
        )
        with _place(folder) as place:
            leash = Leash() if passing else None
            stage = _staged(context, place, size, where, over)
            if headless is not None:
                _print_unit(context, stage, headless)
            else:
                _show(context, replace(stage, pc=replace(stage.pc, kiosk=kiosk)), leash, over)


@contextmanager
def _place(folder: Path | None) -> Generator[Path]:
    """The folder that was named, or one that is gone afterwards."""
    if folder is not None:
        from backupreader.store.files import told

        with told(folder):
            folder.mkdir(parents=True, exist_ok=True)
        yield folder.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="backupreader-demo-", ignore_cleanup_errors=True) as made:
        yield Path(made)


def _staged(context: Context, place: Path, size: str, country: Literal["DK", "SE"], over: Path | None = None) -> Stage:
    """From made-up vendor files to a received generation; `over` is the data folder of a real PC that practises."""
    from sync.sample.write import write

    context.say(N_("A made-up municipality writes its exports. Nobody in it is real."))
    with context.progress(N_("Writing exports")):
        sample = write(place / "source-systems", size=size, country=country, now=context.now())
    inbox = place / "backup-pc" / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    read = settings_file.load(sample.settings, place / "export-machine", context.language.code)
    exporter = replace(read, send_to=(str(inbox),), plan=_plan(over, place, country))
    pc = replace(read, data=place / "backup-pc", sources=(), send_to=())
    words = _introduced(context, exporter, pc)
    _exported(context, exporter)
    _received(context, pc)
    return Stage(exporter, pc, words)


def _plan(over: Path | None, place: Path, country: Literal["DK", "SE"]) -> Path:
    """The plan of the PC that practises, so that its own people learn their own plan; an example where it has none."""
    from backupreader.planfile import EXAMPLES
    from backupreader.store.files import Files, told
    from backupreader.store.plans import carried

    own = carried(over, Files()) if over is not None else None
    if own is None or own.plan is None:
        return EXAMPLES / _PLANS[country]
    folder = place / "plan"
    for name, text in own.files.items():
        path = folder / name
        with told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return folder


def _introduced(context: Context, exporter: Settings, pc: Settings) -> str:
    """The PC gets its vault, and the two machines get to know each other. Returns the words that open the vault."""
    from backupreader.store import machine, vault
    from backupreader.store.files import Files
    from backupreader.store.trust import Trust
    from backupreader.store.wordlist import propose_words
    from sync.origin import Origin

    files, words = Files(), propose_words(context.language.code)
    secret = machine.make(pc.machine_secret_place, files)
    made, _ = vault.init(
        pc.vault_folder, PRACTICE_PC, pc.site, words, files, vault.Cost(), account=ACCOUNT, machine_secret=secret
    )
    origin = Origin(exporter.data, files)
    own = origin.signer(exporter.site, context.now())
    origin.enrol(made.identity)
    Trust(pc.data, files).add(own.trusted())
    return words


def _exported(context: Context, exporter: Settings) -> None:
    from sync.export import export

    with context.progress(N_("Exporting")) as tick:
        done = export(exporter, context.now(), tick=tick)
    rows = sum(done.rows.values())
    context.say(N_("The export machine has read {rows} rows and sealed them to the backup PC."), rows=rows)


def _received(context: Context, pc: Settings) -> None:
    from sync.receive import receive

    with context.progress(N_("Receiving")):
        outcomes = receive(pc)
    for outcome in outcomes:
        if outcome.trouble is not None:
            raise outcome.trouble
    context.say(N_("The backup PC has received the generation. It held no secret to do so."))


def _show(context: Context, stage: Stage, leash: Leash | None, over: Path | None) -> None:
    """The window of the PC; on a leash over a real one, below whose data it is kept what was practised."""
    from ui.running import open_window

    context.say(N_("The window opens. Type these words to unlock it: {words}"), words=stage.words)
    if leash is not None:
        leash.ready()
    status = open_window(stage.pc, context.language, demo_words=stage.words, practice=True, leash=leash, evidence=over)
    if status:
        raise typer.Exit(status)


def _print_unit(context: Context, stage: Stage, folder: Path) -> None:
    """What a night manager prints for one unit: each sheet for every citizen, and the day's driving lists."""
    from backupreader.store.files import told
    from printing import spool
    from printing.document import Sheet
    from printing.documents import document

    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with closing(_opened(context, stage)) as reader:
        sheet = Sheet(
            language=context.language,
            now=context.now(),
            day=context.now().date(),
            site=reader.info.site,
            printed_by=ACCOUNT,
            days=_SHEET_DAYS,
            generation=f"{reader.info.epoch}-{reader.info.seq}",
            practice=True,
        )
        unit = max(reader.units(), key=lambda counted: counted.citizens).unit
        with context.progress(N_("Printing")):
            for name in ("summary", "medication-list", "medicine-sheet", "journal"):
                path = folder / f"{name}.pdf"
                stamped = _stamped(reader, sheet, name)
                done = spool.to_file(document(name), _journals(reader, unit.id), stamped, path)
                context.say(N_("{pages} pages: {path}"), pages=done.pages, path=path)
            _print_routes(context, reader, sheet, folder, unit.id)
            _print_plan(context, stage, reader, folder)
    context.say(N_("The sheets of {unit} are in {folder}."), unit=unit.name, folder=folder.absolute())


def _opened(context: Context, stage: Stage) -> Reader:
    """The PC's newest generation, opened as its only person would, who states a reason for everything."""
    from backupreader.domain.acts import Actor
    from backupreader.store import machine, vault
    from backupreader.store.files import Files
    from backupreader.store.opening import open_newest
    from backupreader.store.session import begin

    files = Files()
    secret = machine.read(stage.pc.machine_secret_place, files)
    unlocked = vault.load(stage.pc.vault_folder, files).unlock(stage.words, secret)
    session = begin(stage.pc, unlocked, Actor(name=ACCOUNT), context.now, files)
    session.state_always(context.language.text("demonstration"))
    return open_newest(stage.pc, session)


def _journals(reader: Reader, unit: str) -> Iterator[Subject]:
    from printing.document import Subject

    return (Subject(journal=reader.journal(citizen.id)) for citizen in reader.citizens_of(unit))


def _stamped(reader: Reader, sheet: Sheet, name: str) -> Sheet:
    """The sheet with the audit's anchor, as every print has it."""
    assert reader.session is not None
    return replace(sheet, anchor=stamp(reader.session.record("print", what=name), sheet.language))


def _print_routes(context: Context, reader: Reader, sheet: Sheet, folder: Path, unit: str) -> None:
    """The unit's driving lists of the sheet's day: for the office, and for the car."""
    from printing import spool
    from printing.document import Subject
    from printing.documents import document

    routes = [route.route for route in reader.routes(sheet.day) if route.unit == unit]
    lists = [Subject(driving_list=reader.driving_list(route, sheet.day)) for route in routes]
    if lists:
        _print_bundle(context, reader, replace(sheet, days=1, sides=2), folder, lists[0])
    for car, name in ((False, "driving-lists.pdf"), (True, "driving-lists-car.pdf")):
        stamped = _stamped(reader, replace(sheet, car=car), "driving-list")
        done = spool.to_file(document("driving-list"), lists, stamped, folder / name)
        context.say(N_("{pages} pages: {path}"), pages=done.pages, path=folder / name)


def _print_bundle(context: Context, reader: Reader, sheet: Sheet, folder: Path, first: Subject) -> None:
    """All that is taken along on one route, in visit order under a cover, on both sides of the paper."""
    from backupreader.domain.rounds import in_visit_order
    from printing import spool
    from printing.bundle import NAME, TITLE, Bundle
    from printing.document import Subject
    from printing.render import render_pieces

    assert first.driving_list is not None
    bundle, out, path = Bundle(first.driving_list.route), io.BytesIO(), folder / f"{NAME}.pdf"
    citizens = in_visit_order([first.driving_list])
    subjects = itertools.chain([first], (Subject(journal=reader.journal(citizen)) for citizen in citizens))
    done = render_pieces(TITLE, bundle.pieces(subjects), _stamped(reader, sheet, NAME), out, bundle.cover)
    spool.write(out.getvalue(), path)
    context.say(N_("{pages} pages: {path}"), pages=done.pages, path=path)


def _print_plan(context: Context, stage: Stage, reader: Reader, folder: Path) -> None:
    """The plan that came with the data: the card for the wall, and every action card."""
    from backupreader.domain.planpapers import ActionCard, PlanCard
    from backupreader.store.files import Files
    from backupreader.store.plans import carried
    from printing import spool
    from printing.cut import page_count
    from printing.papers import paper, several

    plan, site = carried(stage.pc.data, Files()).plan, reader.info.site
    if plan is None:
        return
    wall = PlanCard(pc=PRACTICE_PC, site=site, plan=plan)
    cards = [ActionCard(pc=PRACTICE_PC, site=site, plan=plan, card=card) for card in plan.cards]
    for name, pdf in (
        ("plan-card", paper("plan-card", wall, context.language, context.now())),
        ("action-cards", several("action-card", cards, context.language, context.now())),
    ):
        path = folder / f"{name}.pdf"
        spool.write(pdf, path)
        context.say(N_("{pages} pages: {path}"), pages=page_count(pdf), path=path)
