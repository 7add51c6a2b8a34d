"""The systems that municipal routines name, and how each one's export is read: the table that `sources list` shows.

`State` says how sure that is. A system whose format its makers or a public standard describe is read as it comes. Most
municipal systems have no public format: their lists are read through a profile, which the municipality's IT adapts to
its own headings, and their prints whole as PDFs.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from backupreader.language import N_


class State(Enum):
    """How a system's export is read. The value is the sentence for IT."""

    STANDARD = N_("read as its public standard says")
    SEEN = N_("read as real answers of it look; it has no public description")
    TEMPLATE = N_("read through a profile that IT adapts: it has no public format")
    PRINTS = N_("its prints are kept whole, and their words are searched")
    CARD = N_("nothing is exported: what staff must know stands on an action card")


@dataclass(frozen=True, slots=True)
class Way:
    """One way in. `adapter` and `profile` are words for a ``[[source]]`` in the settings; both None for a card."""

    state: State
    adapter: str | None = None
    profile: str | None = None


@dataclass(frozen=True, slots=True)
class System:
    """A system by its name in the routines, where it is used, what it holds, and the ways in, best first."""

    name: str
    countries: tuple[str, ...]
    about: str
    ways: tuple[Way, ...]


def _template(profile: str) -> tuple[Way, ...]:
    return (Way(State.TEMPLATE, "table", profile), _PRINTS)


_PRINTS: Final = Way(State.PRINTS, "pdf", "prints")

SYSTEMS: Final = (
    System("Magna Cura", ("SE",), N_("journal, medicine and planning"), _template("magnacura")),
    System("Treserva", ("SE",), N_("journal and decisions"), _template("treserva")),
    System("Lifecare", ("SE",), N_("journal, medicine and planning"), _template("lifecare")),
    System(
        "NPÖ / RIV-TA",
        ("SE",),
        N_("medication history and care documentation of other care givers"),
        (Way(State.STANDARD, "rivta"),),
    ),
    System(
        "KMD Nexus",
        ("DK",),
        N_("journal, medicine and planning"),
        (Way(State.SEEN, "nexus"), Way(State.TEMPLATE, "table", "nexus"), _PRINTS),
    ),
    System("KMD Nexus Mobile", ("DK",), N_("the citizens downloaded to a phone"), (Way(State.CARD),)),
    System("KMD Care", ("DK",), N_("planning and medicine"), _template("kmd-care")),
    System("EKJ", ("DK",), N_("the nurses' journal"), _template("ekj")),
    System("Columna Cura", ("DK",), N_("journal and planning"), _template("columna-cura")),
    System("FMK", ("DK",), N_("the shared medicine card"), (Way(State.STANDARD, "fmk"), Way(State.STANDARD, "fhir"))),
    System(
        "MedCom",
        ("DK",),
        N_("messages with hospitals and doctors"),
        (Way(State.STANDARD, "medcom"), Way(State.STANDARD, "fhir")),
    ),
    System("Bekey", ("DK",), N_("electronic locks"), _template("bekey")),
    System("Phoniro", ("DK", "SE"), N_("electronic locks"), _template("phoniro")),
    System("Nødkald / trygghetslarm", ("DK", "SE"), N_("alarms at home"), _template("alarm")),
    System("Kørelister / körlistor", ("DK", "SE"), N_("driving lists on a stick"), (_PRINTS,)),
    System("FHIR R4", ("DK", "SE", "NO"), N_("any system that exports it"), (Way(State.STANDARD, "fhir"),)),
    System(
        "CSV",
        ("DK", "SE", "NO"),
        N_("our own documented form, for any system"),
        (Way(State.STANDARD, "table", "canonical"),),
    ),
)
