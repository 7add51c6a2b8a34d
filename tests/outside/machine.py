"""A made-up PC as it stands tonight: a municipality's exports of now, received the whole way, and somebody in it to look for."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from backupreader.command import Context
from backupreader.commands import demo
from backupreader.language import Language
from backupreader.settings import Settings


@dataclass(frozen=True)
class Tonight:
    """The PC, what opens it, and whom to look for: what a person knows of her, and what she must find."""

    settings: Path
    data: Path
    name: str
    words: str
    given: str
    street: str
    whole_name: str
    drugs: tuple[str, ...]

    @property
    def command(self) -> tuple[str, ...]:
        """What starts the program on this PC, after Python's own name."""
        return (
            "-m",
            "backupreader",
            "open",
            "--settings",
            str(self.settings),
            "--data",
            str(self.data),
            "--language",
            "en",
        )


def tonight(folder: Path) -> Tonight:
    """The PC with a municipality as it is now, in `folder`."""
    context = Context(settings=Settings(), language=Language("en"))
    stage = demo._staged(context, folder, "tiny", "DK")
    with closing(demo._opened(context, stage)) as reader:
        journals = [reader.journal(hit.citizen.id) for hit in reader.find("", limit=1000)]
    known = Counter(_known(journal.citizen) for journal in journals)
    for journal in journals:
        given, street = _known(journal.citizen)
        drugs = tuple(
            order.medication.drug
            for order in journal.orders.items
            if order.medication.kind == "fixed" and order.medication.status == "active"
        )
        if known[given, street] == 1 and (given + street).isascii() and len(street) > 3 and drugs:
            return Tonight(
                settings=folder / "source-systems" / "settings.toml",
                data=stage.pc.data,
                name=demo.ACCOUNT,
                words=stage.words,
                given=given,
                street=street,
                whole_name=journal.citizen.name,
                drugs=drugs,
            )
    raise AssertionError("nobody in the made-up municipality can be told by a first name and a street")


def _known(citizen) -> tuple[str, str]:
    """What somebody knows of her who knows little: her first name, and the first word of her street."""
    return (citizen.given or citizen.name).split()[0], (citizen.address or "-").split()[0].rstrip(",")
