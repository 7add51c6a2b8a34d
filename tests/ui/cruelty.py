"""Citizens whom no source should have delivered so, and did: put beside the people of the made-up town."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from backupreader.domain.records import (
    Administration,
    Alert,
    Citizen,
    Contact,
    Identifier,
    Intervention,
    Measurement,
    Note,
    Visit,
)
from sync.adapter import Item
from tests.ui.townsfolk import NOW, WHERE, at

NAMELESS, FIVE_NUMBERS, ALARMING, WORDY = "nexus:90", "nexus:91", "nexus:92", "nexus:93"
LONG = "".join(f"Linje {number}: sovet godt, spist lidt, drukket et glas vand.\n" for number in range(3_700))
UNBROKEN = "x" * 200_000
RIGHT_TO_LEFT = "المريضة نامت جيدا هذه الليلة ولم تشتك من الألم"
MARKUP = "<b>Fed</b> &amp; <script>alert(1)</script> <img src=http://example.invalid/x>"
CONTROLS = "Før\x00efter \x1b[31mrød \u202egnidia\u202c slut\x07"
EMOJI = "Glad i dag 😀👩🏽‍🦽 og i går 🙂"
WEIGHTS = ("61,2", "61.0", "60,75", "59", "62,000", "58,4", "ca. 60", "Afvist")


def more() -> Iterator[Item]:
    """All of them, with the measurements and the happenings of one who lives an ordinary life."""
    yield Citizen(id=NAMELESS, name="", unit="nexus:nord", status="home", origin=WHERE)
    numbers = tuple(Identifier("local", f"N-{number}", system=f"system {number}") for number in range(1, 6))
    yield Citizen(id=FIVE_NUMBERS, name="Fem Numre", identifiers=numbers, unit="nexus:nord", origin=WHERE)
    yield Citizen(id=ALARMING, name="Alma Alarm", birth_date="1931-01-01", unit="nexus:nord", origin=WHERE)
    for number in range(900):
        yield Alert(
            id=f"nexus:y{number}", citizen=ALARMING, kind="other", text=f"Advarsel nummer {number}", origin=WHERE
        )
    yield Citizen(id=WORDY, name="Ord Rig", birth_date="1940-04-04", unit="nexus:nord", status="home", origin=WHERE)
    texts = (LONG, UNBROKEN, RIGHT_TO_LEFT, MARKUP, CONTROLS, EMOJI)
    for number, text in enumerate(texts):
        yield Note(
            id=f"nexus:w{number}", citizen=WORDY, text=text, written_at=at(-number - 4), author="NN",
            author_role=("SSA", "SSH")[number % 2], origin=WHERE,
        )  # fmt: skip
    yield from _ordinary()


def _ordinary() -> Iterator[Item]:
    for number, value in enumerate(WEIGHTS):
        days = (50, 22, 15, 14, 7, 3, 2, 1)[number]
        yield Measurement(
            id=f"nexus:wm{number}", citizen=WORDY, name="Vægt", value=value, unit="kg", taken_at=at(-24 * days),
            taken_by="NN", status="entered-in-error" if value == "62,000" else "final", origin=WHERE,
        )  # fmt: skip
    yield Measurement(id="nexus:wt", citizen=WORDY, name="Temperatur", value="37,9", unit="°C", origin=WHERE)
    yield Note(id="nexus:wu", citizen=WORDY, text="Uden dato: set på stuen", author="NN", origin=WHERE)
    yield Note(id="nexus:wx", citizen=WORDY, text="Forkert borger", written_at=at(-30), status="entered-in-error",
               author="NN", author_role="SSA", origin=WHERE)  # fmt: skip
    yield Note(id="nexus:wo", citizen=WORDY, text="For tre uger siden", written_at=at(-24 * 21), origin=WHERE)
    yield Note(id="nexus:wa", citizen=WORDY, text="For et halvt år siden", written_at=at(-24 * 180), origin=WHERE)
    for number, status in enumerate(("done", "cancelled", "planned")):
        start = NOW - timedelta(days=2, hours=number)
        yield Visit(
            id=f"nexus:wv{number}", citizen=WORDY, start=start.strftime("%Y-%m-%dT%H:%M"), zone="Europe/Copenhagen",
            title=f"Besøg {status}", status=status, staff="Eva S", unit="nexus:nord", origin=WHERE,
        )  # fmt: skip
    yield Administration(id="nexus:wg", citizen=WORDY, drug="Pinex", given_at=at(-26), status="refused", by="NN",
                         reason="ville ikke", origin=WHERE)  # fmt: skip
    yield Contact(id="nexus:wc", citizen=WORDY, name="Nabo Nielsen", kind="other", phone="20 00 00 01", origin=WHERE)
    yield Intervention(id="nexus:wi", citizen=WORDY, text="Lang anvisning", instruction=LONG, goal="Bedre søvn",
                       origin=WHERE)  # fmt: skip
