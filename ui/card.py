"""The one-page card for the wall, and the printer that it goes to."""

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
    from printing.jobs import Printer

_NONE: Final = Reason(N_("this PC knows no printer"))


def making_card(settings: Settings, language: Language, now: datetime) -> Callable[[None], tuple[Pages, Printer]]:
    """The press's part: the card, which holds nobody's data, and this PC's usual printer. Raises NO_PRINTER."""

    def work(_held: None) -> tuple[Pages, Printer]:
        from backupreader.domain.papers import WallCard
        from backupreader.store.files import Files
        from backupreader.store.identities import load_identity
        from printing.papers import member, paper
        from ui.spool import printers

        known = printers()
        if not known:
            raise ReaderError(NO_PRINTER, printer="–", reason=_NONE)
        identity = load_identity(settings.vault_folder, Files())
        made = paper("wall-card", WallCard(pc=identity.name, site=settings.site), language, now)
        return Pages(made, 1, member("wall-card").title, what="wall-card"), known[usual(known)]

    return work
