"""How two lists of medicine are told side by side: whose they are, how old, and in what they differ. Plain sentences.

Without reportlab, as `wording`: the window says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from backupreader.domain.dosage import Standing, standing
from backupreader.domain.journal import Journal, Order
from backupreader.domain.listdifferences import What, differences
from backupreader.domain.medicinelists import Comparison, MedicineList, Only, Unclear, confirmable, confirmed_at
from backupreader.domain.signing import Signing, unlike_pairs
from backupreader.language import N_, Language
from printing import wording
from printing.document import Sheet

_STANDING: Final = {
    Standing.CURRENT: N_("in force"),
    Standing.UNSURE: N_("status not known"),
    Standing.FUTURE: N_("not begun"),
    Standing.PAUSED: N_("paused"),
    Standing.ENDED: N_("ended"),
    Standing.DRAFT: N_("draft"),
    Standing.ERROR: N_("entered in error"),
}
_SLIGHT: Final = frozenset({What.FORM, What.ROUTE, What.PERIOD})
_GRAVE: Final = frozenset({What.STATUS, What.STRENGTH, What.RELEASE, What.NAME, What.ATC})
"""What differs so that no box may be taken for granted; another dosage is told in words beside it."""


@dataclass(frozen=True, slots=True)
class Told:
    """One drug on which two lists do not agree. `orders` are the ids of those that it is about.

    Not `grave` is what changes nothing of what is given: an order that the other list does not know, another form,
    route or period.
    """

    drug: str
    texts: tuple[str, ...]
    orders: frozenset[str]
    grave: bool = True


def whose(one: MedicineList, sheet: Sheet) -> str:
    """The list's title and when it was taken."""
    if one.delivery is None:
        return one.title
    moment = wording.moment(one.delivery.taken_at, sheet)
    return sheet.language.text("{list}, taken {moment}").format(list=one.title, moment=moment)


def confirmation(
    journal: Journal, lists: tuple[MedicineList, ...], language: Language, moment: Callable[[str], str]
) -> str | None:
    """Since when her medicine is not confirmed against the country's shared list; None where there is no such list.

    `moment` says a moment in words.
    """
    central = confirmable(journal.citizen, lists)
    if central is None:
        return None
    if (taken := confirmed_at(lists)) is None:
        return language.text("{list} is not in this copy: nothing is confirmed against it.").format(list=central)
    return language.text("Not confirmed against {list} since {moment}.").format(list=central, moment=moment(taken))


def confirmed(journal: Journal, lists: tuple[MedicineList, ...], sheet: Sheet) -> str | None:
    """`confirmation` on paper."""
    return confirmation(journal, lists, sheet.language, lambda text: wording.moment(text, sheet))


def told(comparison: Comparison, signing: Signing, sheet: Sheet) -> tuple[Told, ...]:
    """Everything on which two lists do not agree, the gravest first."""
    found = (
        *(_alone(one, comparison.here, signing, sheet) for one in comparison.only_there),
        *(
            Told(
                wording.drug(pair.here.medication),
                tuple(_both(kind, pair.here, pair.there, signing, sheet) for kind in kinds),
                frozenset({pair.here.medication.id, pair.there.medication.id}),
                grave=bool(set(kinds) - _SLIGHT),
            )
            for pair, kinds in unlike_pairs(comparison, sheet.day, wording.zone(sheet))
        ),
        *(_unclear(one, signing, sheet) for one in comparison.unclear),
        *(
            replace(_alone(one, comparison.there, signing, sheet), grave=bool(one.ended))
            for one in comparison.only_here
        ),
    )
    return tuple(sorted(found, key=lambda one: not one.grave))


def beside(order: Order, signing: Signing, sheet: Sheet) -> tuple[tuple[str, ...], bool]:
    """What other lists say of an order that a sheet is made of, to stand beside it; and whether to doubt its boxes."""
    _, zone = sheet.language.text, wording.zone(sheet)
    texts: list[str] = []
    doubt = False
    for comparison in signing.comparisons:
        other = comparison.there.title
        for pair in comparison.pairs:
            if pair.here.medication is order.medication and (kinds := differences(pair, sheet.day, zone)):
                said = "; ".join(f"{_(kind.value)}: {_said(kind, pair.there, sheet)}" for kind in kinds)
                texts.append(_("! {list} differs. {what}").format(list=other, what=said))
                doubt = doubt or bool(_GRAVE & set(kinds))
        for one in comparison.only_here:
            if one.order.medication is order.medication and one.ended:
                status = "; ".join(status_of(ended, sheet) for ended in one.ended)
                texts.append(_("! In {list}: {status}. Ask before giving.").format(list=other, status=status))
                doubt = True
            elif one.order.medication is order.medication and comparison.there.withheld:
                texts.append(_("! Not in what is shown of {list}: ask before giving.").format(list=other))
                doubt = True
            elif one.order.medication is order.medication:
                texts.append(_("! Not in {list}.").format(list=other))
        for group in comparison.unclear:
            if any(mine.medication is order.medication for mine in group.here):
                texts.append(_("! It cannot be paired with {list}: see the differences.").format(list=other))
                doubt = True
    return tuple(texts), doubt


def status_of(order: Order, sheet: Sheet) -> str:
    """Where an order stands, since or until when, and why."""
    medication = order.medication
    where = standing(medication, sheet.day, wording.zone(sheet))
    word = sheet.language.text(_STANDING[where])
    if medication.status in {"unknown", "invalid", "stopped", "completed"}:
        word = wording.source_word(
            medication.status, medication.status_source, wording.MEDICATION_STATUS, sheet.language
        )
    if where in {Standing.ENDED, Standing.DRAFT, Standing.ERROR}:
        period = wording.moment(medication.end, sheet)
    elif where is Standing.FUTURE:
        period = wording.period(medication.start, None, sheet)
    else:
        pause = wording.period(medication.paused_from, medication.paused_to, sheet)
        period = pause or wording.period(None, medication.end, sheet)
    return wording.joined((wording.joined((word, period), " "), medication.stop_reason), ", ")


def dosage_of(order: Order, sheet: Sheet) -> str:
    """The dosage by structure and as written."""
    medication = order.medication
    written = medication.dosage_text
    parts = (
        *(wording.dose_line(dose, sheet) for dose in order.doses),
        wording.order_limits(order, sheet.language),
        sheet.language.text("As written: {text}").format(text=written) if written else None,
        medication.instruction if medication.instruction != written else None,
    )
    needed = sheet.language.text("when needed") if medication.kind == "prn" else None
    said = wording.joined((*dict.fromkeys(parts), None if any(dose.prn for dose in order.doses) else needed), ", ")
    return said or sheet.language.text("? Dosage not delivered")


def _both(kind: What, here: Order, there: Order, signing: Signing, sheet: Sheet) -> str:
    _ = sheet.language.text
    said = ((signing.title_of(order), _said(kind, order, sheet)) for order in (here, there))
    return f"{_(kind.value)}: " + " ↔ ".join(f"{title}: {text}" for title, text in said)


def _said(kind: What, order: Order, sheet: Sheet) -> str:
    medication = order.medication
    match kind:
        case What.STATUS:
            return status_of(order, sheet)
        case What.NAME | What.RELEASE:
            return wording.drug(medication)
        case What.DOSAGE:
            return dosage_of(order, sheet)
        case What.PERIOD:
            open_end = None if medication.end else sheet.language.text("no end stated")
            return wording.joined((wording.period(medication.start, medication.end, sheet), open_end), ", ")
        case _:
            return str(getattr(medication, kind.name.lower()) or "")


def _alone(one: Only, lacking: MedicineList, signing: Signing, sheet: Sheet) -> Told:
    _ = sheet.language.text
    title = signing.title_of(one.order)
    only = _("Only in {list}: {dosage}")
    if lacking.withheld:
        only = _("In {list}, not in what is shown of {other}: {dosage}")
    texts = [only.format(list=title, other=lacking.title, dosage=dosage_of(one.order, sheet))]
    if one.ended:
        status = "; ".join(status_of(ended, sheet) for ended in one.ended)
        texts.append(_("In {list}: {status}").format(list=lacking.title, status=status))
    ids = frozenset(order.medication.id for order in (one.order, *one.ended))
    return Told(wording.drug(one.order.medication), tuple(texts), ids)


def _unclear(group: Unclear, signing: Signing, sheet: Sheet) -> Told:
    _ = sheet.language.text
    drugs = dict.fromkeys(order.medication.drug for order in (*group.here, *group.there))
    text = _("Nobody can say which of these is which: ask before giving.")
    sides = (_orders(orders, signing, sheet) for orders in (group.here, group.there))
    ids = frozenset(order.medication.id for order in (*group.here, *group.there))
    return Told(" / ".join(drugs), (text, *(side for side in sides if side)), ids)


def _orders(orders: Iterable[Order], signing: Signing, sheet: Sheet) -> str:
    return "; ".join(
        f"{signing.title_of(order)}: {wording.drug(order.medication)} ({status_of(order, sheet)}), "
        f"{dosage_of(order, sheet)}"
        for order in orders
    )
