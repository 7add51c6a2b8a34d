"""Acts: what a person did with citizens' data, as the audit keeps it (DESIGN.md, part 6).

An act is written before what it shows is shown. Which kinds there are is the contract of `audit report`: a kind never
changes its meaning.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, TypeAlias, get_args

from backupreader.domain.barriers import CALLED
from backupreader.language import N_, Language

ActKind: TypeAlias = Literal[
    "unlock",  # a person opened the vault; `reason` says why she did
    "unlock-refused",  # words or a code that open nothing; never the words themselves
    "lock",
    "search",  # `words` are what was typed
    "view",  # a citizen's page, or a part of it (`what`)
    "codes",  # the codes of a citizen's doors and boxes
    "refused",  # what takes a reason was asked for without one
    "break-glass",  # a reason was stated for what is behind one (`what`)
    "list",  # a driving list or another list of several citizens
    "document",  # a document of the municipality's own
    "tick",  # a citizen was ticked as seen to on a shift (`what`)
    "untick",  # such a tick was taken back, or the disk did not take it
    "print",  # pages are about to be made; their anchor stands on them
    "printed",  # they were handed to a printer or written to a file
    "sheets",  # the ledger of sheets of paper: numbers of a print, a step of some sheets, a report (`what`)
    "generation",  # another generation than the newest was chosen
    "outage",  # an outage was begun or ended, or something was written in its log (`what`, and `words`)
    "account",  # a person was let in or out, or given new words
    "event-codes",  # a sheet of codes was issued or cancelled
    "recovery",  # the recovery code was made anew
    "trust",  # an export machine was trusted or no longer trusted
    "drill",  # a drill was held
    "audit",  # the audit itself was read
    "unwritten",  # so many acts (`what`) could never be written
]
KINDS: Final[tuple[ActKind, ...]] = get_args(ActKind)
Via: TypeAlias = Literal["account", "event-code", "recovery", "terminal"]

SAID: Final[dict[ActKind, str]] = {
    "unlock": N_("opened the PC"),
    "unlock-refused": N_("was refused: the words or the code open nothing"),
    "lock": N_("locked the PC"),
    "search": N_("searched"),
    "view": N_("saw"),
    "codes": N_("saw door codes"),
    "refused": N_("was asked for a reason"),
    "break-glass": N_("stated a reason for"),
    "list": N_("saw a list"),
    "document": N_("saw a document of the municipality's own"),
    "tick": N_("ticked as seen to"),
    "untick": N_("took back a tick"),
    "print": N_("asked for a print"),
    "printed": N_("printed"),
    "sheets": N_("kept account of sheets of paper"),
    "generation": N_("chose other data than the newest"),
    "outage": N_("kept the log of an outage"),
    "account": N_("let a person in or out, or gave new words"),
    "event-codes": N_("issued or cancelled a sheet of codes"),
    "recovery": N_("made a new recovery code"),
    "trust": N_("changed which export machines are trusted"),
    "drill": N_("held a drill"),
    "audit": N_("read the log"),
    "unwritten": N_("has acts that could never be written"),
}
"""What each kind is called after the name of who did it; a face translates it, and says `what` after it."""
VIA: Final[dict[Via, str]] = {
    "account": N_("own words"),
    "event-code": N_("event code"),
    "recovery": N_("recovery code"),
    "terminal": N_("this PC's own user, without unlocking"),
}
"""How each way of being at the PC is called."""
NOT_CROSSED_OUT: Final = N_(
    "The code was used, but this PC could not cross it out: cross it out on the sheet, and tell IT."
)
"""What is told where a used event code could not be destroyed."""
OUTAGE: Final = "outage"
DRILL: Final = "drill"
PURPOSES: Final = {
    OUTAGE: N_("The journal system is down"),
    DRILL: N_("Drill"),
    "check": N_("I check that this PC works"),
}
"""Why a person opens the PC, by the word that the audit keeps; another is in her own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who is at the PC, by what she opened it, and why.

    `units` are the names of the units whose citizens are hers. None is the whole area for who has an account, and no
    unit for who opened with a code; `*` is the whole area for her too. `reason` is why the vault was opened.
    """

    name: str
    role: str = ""
    units: tuple[str, ...] = ()
    via: Via = "account"
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that was done. `at` has its zone; `citizens` are ids; `digest` is the SHA-256 of what was printed."""

    kind: ActKind
    at: datetime
    actor: Actor
    citizens: tuple[str, ...] = ()
    what: str = ""
    words: str = ""
    reason: str = ""
    pages: int = 0
    digest: str = ""
    generation: str = ""
    outage: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the audit stood: the number of its last line, and the head of its chain (SHA-256, hexadecimal)."""

    number: int
    head: str

    def __str__(self) -> str:
        """As it stands in a page's foot and is read out by phone: ``214 · 5f3a 09c1 77d2``."""
        return f"{self.number} · {self.head[:4]} {self.head[4:8]} {self.head[8:12]}"


@dataclass(slots=True, eq=False)
class Waiting:
    """Acts that the disk has not taken yet, oldest first, and how many had to be given up.

    It outlives the session of who did them: no lock loses an act. `alone` is held by who touches it.
    """

    acts: list[Act] = field(default_factory=list[Act])
    lost: int = 0
    alone: threading.Lock = field(default_factory=threading.Lock)


def told_what(act: Act, language: Language) -> str:
    """What the act was done to, as a person is told: our own words in her language, everybody else's as they are."""
    return language.text(CALLED[act.what]) if act.what in CALLED else act.what


def told_purpose(actor: Actor, language: Language) -> str:
    """Why the PC was opened, in the same way."""
    return language.text(PURPOSES[actor.reason]) if actor.reason in PURPOSES else actor.reason


def stamp(anchor: Anchor | None, language: Language) -> str:
    """What a page's foot says of the audit: its anchor, or that what was done could not be written."""
    return language.text(N_("NOT IN THE LOG: it could not be written")) if anchor is None else str(anchor)
