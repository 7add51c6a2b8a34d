"""The medication list: every order of the citizen as the source has it, under the heading of where it stands today.

Where several sources have a list of her medicine, each stands by itself with its own age, and before them in what they
differ.
The prescriber's text stands as written beside the structured dosage. Nothing is left out: paused, stopped, drafts and
errors each have their own heading, so that none is taken for current.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from backupreader.domain.dosage import Standing, standing
from backupreader.domain.medicinelists import needed
from backupreader.domain.signing import signing
from backupreader.language import N_
from printing import differences, keptback, otherlists, page, sections, wording
from printing.block import Block, Words
from printing.document import Document
from printing.grid import Cell, Grid, Group, header, plain, widths

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from backupreader.domain.journal import Journal, Order
    from backupreader.domain.medicinelists import MedicineList
    from printing.document import Sheet, Subject

_HEADINGS: Final = (
    ("fixed", N_("Fixed medicine")),
    ("needed", N_("When needed")),
    ("paused", N_("Paused, do not give")),
    ("future", N_("Begins later")),
    ("ended", N_("Stopped or ended")),
    ("draft", N_("Drafts, not in force")),
    ("error", N_("Entered in error, do not use")),
)
_COLUMNS: Final = widths(page.wide(landscape=False), 38, 36, 26)


def story(subject: Subject, sheet: Sheet) -> list[Flowable]:
    """One table under each heading that has orders."""
    journal = subject.journal
    assert journal is not None
    _ = sheet.language.text
    plan = signing(journal, [sheet.day], wording.zone(sheet))
    confirmation = differences.confirmed(journal, plan.lists, sheet)
    blocks: list[Block] = keptback.notice(journal, "", sheet)
    blocks += [Words((confirmation, True), above=4)] if confirmation else []
    if not journal.orders.items:
        head = sections.heading(_("Medicine"), journal.orders, sheet)
        return [*blocks, head, sections.empty(journal.orders, sheet)]
    blocks += otherlists.told(plan, sheet)
    for one in plan.lists:
        if len(plan.lists) > 1:
            title = _("The list of {list}").format(list=differences.whose(one, sheet))
            number = len(one.orders) + len(one.withheld)
            blocks.append(sections.Title(f"{title} ({sheet.language.count('{n} order', '{n} orders', number)})"))
        blocks += _of_list(one, journal, sheet)
    return [*blocks]


DOCUMENT: Final = Document(
    name="medication-list", title=N_("Medication list"), about="citizen", story=story, medicine=True
)


def _of_list(one: MedicineList, journal: Journal, sheet: Sheet) -> list[Block]:
    _ = sheet.language.text
    sorted_: defaultdict[str, list[Order]] = defaultdict(list)
    for order in one.orders:
        sorted_[_place(order, sheet)].append(order)
    hidden = Counter(_place(order, sheet) for order in one.withheld)
    blocks: list[Block] = []
    for place, title in _HEADINGS:
        orders = sorted_[place]
        if orders or hidden[place]:
            blocks += _table(_(title), _ordered(place, orders), hidden[place], journal, sheet)
        elif place == "fixed":
            any_ = one.orders or one.withheld
            nothing = _("No fixed medicine is in force.") if any_ else _("No medicine is recorded.")
            blocks += [sections.heading(_(title), journal.orders, sheet), Words((nothing, False), above=4)]
    return blocks


def _place(order: Order, sheet: Sheet) -> str:
    stands = standing(order.medication, sheet.day, wording.zone(sheet))
    if stands not in {Standing.CURRENT, Standing.UNSURE}:
        return str(stands.value)
    return "needed" if needed(order) else "fixed"


def _ordered(place: str, orders: list[Order]) -> list[Order]:
    """By name; what has ended newest first."""
    by_name = sorted(orders, key=lambda order: (order.medication.drug.casefold(), order.medication.id))
    return sorted(by_name, key=lambda order: order.medication.end or "", reverse=True) if place == "ended" else by_name


def _table(title: str, orders: list[Order], hidden: int, journal: Journal, sheet: Sheet) -> list[Block]:
    """One table; the first row stands for those that are kept back."""
    _ = sheet.language.text
    groups = [
        Group(
            ((sections.drug_cell(order.medication, sheet), sections.dosage_cell(order, sheet), _facts(order, sheet)),)
        )
        for order in orders
    ]
    if hidden:
        not_shown = plain(_("not shown"))
        groups.insert(0, Group(((keptback.cell(hidden, sheet), not_shown, not_shown),)))
    top = header(_("Medicine"), _("Dosage"), _("Period, prescriber"))
    return [
        sections.heading(f"{title} ({len(orders) + hidden})", journal.orders, sheet),
        Grid(_COLUMNS, groups, top, above=5),
    ]


def _facts(order: Order, sheet: Sheet) -> Cell:
    _ = sheet.language.text
    medication = order.medication
    paused = wording.period(medication.paused_from, medication.paused_to, sheet)
    status = wording.source_word(medication.status, medication.status_source, wording.MEDICATION_STATUS, sheet.language)
    lines = (
        status if medication.status != "active" else None,
        wording.period(medication.start, medication.end, sheet),
        _("Paused {period}").format(period=paused) if paused else None,
        medication.stop_reason,
        wording.joined((medication.prescriber, wording.moment(medication.prescribed_at, sheet)), ", "),
        _("Reviewed {when}").format(when=wording.moment(medication.reviewed_at, sheet))
        if medication.reviewed_at
        else None,
        wording.joined((medication.list, f"ATC {medication.atc}" if medication.atc else None)),
    )
    return Cell(tuple(((line, False),) for line in lines if line))
