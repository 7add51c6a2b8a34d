"""The ledger of sheets of paper, as the screen of sheets asks for it, and the steps that it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from backupreader.domain.ledger import Accounts, How, InApp, StepName
from backupreader.domain.sheets import Serial
from backupreader.domain.sheetwords import told_citizen
from backupreader.language import Language
from backupreader.settings import Settings

if TYPE_CHECKING:
    from backupreader.store.ledger import Done, Ledger
    from backupreader.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Stand:
    """How all sheets stand; the names of citizens by id, as far as they are known now, and the titles of documents."""

    accounts: Accounts
    names: Mapping[str, str]
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A step of some sheets, as a person wants it taken. `at` is None for now."""

    serials: tuple[Serial, ...]
    name: StepName
    remark: str = ""
    behalf: str = ""
    in_app: InApp = ""
    at: datetime | None = None


def standing(settings: Settings, language: Language) -> Callable[[Reader], Stand]:
    """Asks how all sheets stand; that a list of citizens is seen is in the audit."""

    def work(reader: Reader) -> Stand:
        stand = _stand(reader, language, _ledger(reader, settings).read())
        assert reader.session is not None
        reader.session.record("list", citizens=tuple(stand.names), what="sheets")
        return stand

    return work


def stepping(settings: Settings, language: Language, wanted: Wanted) -> Callable[[Reader], tuple[Done, Stand]]:
    """Takes a step; what became of it, and how all sheets stand then. Raises what the disk says."""

    def work(reader: Reader) -> tuple[Done, Stand]:
        ledger = _ledger(reader, settings)
        done = ledger.step(
            wanted.serials,
            wanted.name,
            settings.sheets,
            at=wanted.at,
            behalf=wanted.behalf,
            remark=wanted.remark,
            in_app=wanted.in_app,
        )
        return done, _stand(reader, language, done.accounts() or ledger.read())

    return work


def ending(
    settings: Settings, language: Language, job: Serial, how: How, since: Serial
) -> Callable[[Reader], tuple[int, Stand]]:
    """A print did not come out whole: how many sheets are struck for it, and how all stand then."""

    def work(reader: Reader) -> tuple[int, Stand]:
        ledger = _ledger(reader, settings)
        struck: Sequence[object] = ledger.ended(job, how, since)
        return len(struck), _stand(reader, language, ledger.read())

    return work


def _ledger(reader: Reader, settings: Settings) -> Ledger:
    from backupreader.store.files import Files
    from backupreader.store.ledger import Ledger

    assert reader.session is not None
    return Ledger(settings.data, reader.session, Files())


def _stand(reader: Reader, language: Language, accounts: Accounts) -> Stand:
    from printing.documents import DOCUMENTS, document

    ids = dict.fromkeys(one.sheet.citizen for one in accounts.by_serial.values() if one.sheet.citizen is not None)
    known = ((one, reader.citizen(one)) for one in ids)
    names = {one: told_citizen(citizen, language) for one, citizen in known if citizen is not None}
    return Stand(accounts, names, {name: document(name).title for name in DOCUMENTS})
