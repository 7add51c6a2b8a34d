"""The desk of whoever accounts for sheets of paper on the terminal: the ledger, names, and how all of it is said."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backupreader.command import Context, plain
from backupreader.domain.ledger import Account, State
from backupreader.domain.sheetlists import Report, following
from backupreader.domain.sheetwords import NEXT, NOTHING_NEXT, told_citizen, told_pages, told_state
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_

if TYPE_CHECKING:
    from backupreader.store.ledger import Ledger
    from backupreader.store.reader import Reader
    from backupreader.store.session import Session

_WRITTEN: Final = N_("It is in {path}.")
_BACK: Final = N_("{n} of {m} sheets are back.")
_LOST: Final = N_("Some of the ledger was lost. Sheets may be missing that nobody knows of.")


class SheetDesk:
    """Who is at the terminal, the ledger of this PC, and the names of citizens as far as they are known now."""

    def __init__(self, context: Context, session: Session) -> None:
        from backupreader.store.files import Files
        from backupreader.store.ledger import Ledger
        from backupreader.store.opening import open_newest

        self.context, self.session = context, session
        self.ledger: Ledger = Ledger(context.settings.data, session, Files())
        self.reader: Reader | None = None
        with suppress(ReaderError):  # sheets are accounted for where no data opens, too
            self.reader = open_newest(context.settings, session)

    def names(self, accounts: Iterable[Account]) -> dict[str, str]:
        """Names by id; one who is not known now is left out."""
        ids = dict.fromkeys(one.sheet.citizen for one in accounts if one.sheet.citizen is not None)
        if self.reader is None:
            return {}
        found = ((one, self.reader.citizen(one)) for one in ids)
        return {one: told_citizen(citizen, self.context.language) for one, citizen in found if citizen is not None}

    def line(self, account: Account, names: dict[str, str]) -> str:
        """A sheet in one line: what it is, whose, how it stands, and what is next."""
        language, sheet = self.context.language, account.sheet
        after = following(account, self.context.settings.sheets)
        whose = names.get(sheet.citizen, sheet.citizen) if sheet.citizen is not None else sheet.route or ""
        parts = (
            str(sheet.serial),
            language.text(titles().get(sheet.document, sheet.document)),
            told_pages(sheet, language),
            whose,
            language.text("printed {moment}").format(moment=language.moment(account.job.at)),
            told_state(account, language),
            language.text(NEXT.get(after, NOTHING_NEXT) if after is not None else NOTHING_NEXT),
        )
        return " · ".join(plain(part) for part in parts if part)

    def machine(self, account: Account) -> dict[str, object]:
        """The same for a machine."""
        sheet, after = account.sheet, following(account, self.context.settings.sheets)
        return {
            "sheet": str(sheet.serial),
            "document": sheet.document,
            "citizen": sheet.citizen,
            "route": sheet.route,
            "pages": list(sheet.pages),
            "of": sheet.of,
            "state": account.state.value,
            "never_left": account.never_left,
            "checked": account.checked is not None,
            "printed": account.job.at.isoformat(),
            "outage": account.job.outage,
            "to": account.job.to,
            "next": after,
        }

    def tell(self, found: Report, *, end: bool) -> None:
        """How many are back, and how many are missing: at the end also those that never came back."""
        language = self.context.language
        self.context.say(_BACK, n=found.back, m=found.total)
        missing = len(found.missing) if end else found.counts[State.MISSING]
        print(language.count("{n} sheet missing", "{n} sheets missing", missing))  # noqa: T201
        if not found.whole:
            self.context.say(_LOST)


def draw(desk: SheetDesk, name: str, found: Report, file: Path, anchor: str) -> None:
    """Write a paper about how sheets stand into a file."""
    from backupreader.domain.papers import BackEntry, SheetsReport
    from printing import spool
    from printing.papers import paper

    told = [*found.missing, *found.to_enter, *(one.account for one in found.due)]
    value = (BackEntry if name == "back-entry-list" else SheetsReport)(
        pc=desk.session.unlocked.identity.name,
        site=desk.session.unlocked.identity.site,
        report=found,
        names=desk.names(told),
        titles=titles(),
        made_at=desk.context.now(),
        made_by=desk.session.actor.name,
    )
    pages = paper(name, value, desk.context.language, desk.context.now(), anchor=anchor, outage=found.outage or "")
    spool.write(pages, file.absolute())
    print(desk.context.language.text(_WRITTEN).format(path=file), file=sys.stderr)  # noqa: T201


def titles() -> dict[str, str]:
    """The title of each document, by its word."""
    from printing.documents import DOCUMENTS, document

    return {name: document(name).title for name in DOCUMENTS}


def citizens(accounts: Iterable[Account]) -> tuple[str, ...]:
    """Whom the sheets are about, by id."""
    return tuple(dict.fromkeys(one.sheet.citizen for one in accounts if one.sheet.citizen is not None))


def of_report(found: Report) -> dict[str, object]:
    """A report for a machine."""
    return {
        "outage": found.outage,
        "total": found.total,
        "states": {state.value: count for state, count in found.counts.items()},
        "never_left": found.never_left,
        "missing": [str(one.sheet.serial) for one in found.missing],
        "to_enter": [str(one.sheet.serial) for one in found.to_enter],
        "checks_due": [str(one.account.sheet.serial) for one in found.due],
        "whole": found.whole,
        "closed": found.is_closed,
    }
