"""Papers that hold nobody's data, and the printer that they go to: the card for the wall, and those of the plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from backupreader.domain.errors import NO_PRINTER
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_, Language
from backupreader.settings import Settings
from ui.pages import Pages
from ui.telling.printers import usual

if TYPE_CHECKING:
    from backupreader.domain.plan.plan import Plan
    from printing.jobs import Printer

_NONE: Final = Reason(N_("this PC knows no printer"))


def making_card(settings: Settings, language: Language, now: datetime) -> Callable[[None], tuple[Pages, Printer]]:
    """The press's part: the card, which holds nobody's data, and this PC's usual printer. Raises NO_PRINTER."""

    def work(_held: None) -> tuple[Pages, Printer]:
        from backupreader.domain.papers import WallCard
        from backupreader.store.files import Files
        from backupreader.store.identities import load_identity
        from printing.papers import member, paper

        where = _usual()
        identity = load_identity(settings.vault_folder, Files())
        made = paper("wall-card", WallCard(pc=identity.name, site=settings.site), language, now)
        return Pages(made, 1, member("wall-card").title, what="wall-card"), where

    return work


def making_paper(
    settings: Settings, language: Language, now: datetime, plan: Plan, which: tuple[str, str, str]
) -> Callable[[None], tuple[Pages, Printer]]:
    """The press's part: a paper of the plan by its word, an id and a unit. Raises NO_PRINTER, and NOT_FOUND."""

    def work(_held: None) -> tuple[Pages, Printer]:
        from backupreader.domain.planpicks import picked
        from backupreader.store.files import Files
        from backupreader.store.identities import load_identity
        from printing.cut import page_count
        from printing.papers import member, several

        where, (word, id_, unit) = _usual(), which
        identity = load_identity(settings.vault_folder, Files())
        name, values = picked(word, plan, pc=identity.name, site=settings.site, id_=id_, unit=unit)
        pdf = several(name, values, language, now)
        return Pages(pdf, page_count(pdf), member(name).title, what=name), where

    return work


def _usual() -> Printer:
    from ui.spool import printers

    known = printers()
    if not known:
        raise ReaderError(NO_PRINTER, printer="–", reason=_NONE)
    return known[usual(known)]
