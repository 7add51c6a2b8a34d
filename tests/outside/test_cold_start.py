"""As a person: the real program on a real screen, with keys only, from the cold; what she sees is read from another process.

No test here asserts a time. How long each step took, and how many keys it took, is printed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.outside.desktop import Desktop, until
from tests.outside.machine import Tonight, tonight
from tests.outside.tree import Node, Reader
from tests.outside.wire import Refused

KEYS_IN_TWENTY_SECONDS = 80  # four a second: somebody who types with two fingers, in a hurry
MISSPELT = "x"
UNLOCKED = "Lock now"
AGE = "PRACTICE · nobody here is real · data from"  # what is made up says so in the place where else BACKUP stands


@dataclass
class Person:
    """Somebody at the PC: her eyes are a screen reader's, her hands the keyboard."""

    desk: Desktop
    reader: Reader
    began: float = field(default_factory=time.monotonic)
    steps: list[str] = field(default_factory=list)

    def said(self) -> list[str]:
        return self.reader.said()

    def sees(self, so: Callable[[list[str]], bool], what: str) -> list[str]:
        """Wait until what is shown is so; what is shown then."""
        found: list[str] = []

        def looked() -> bool:
            nonlocal found
            try:
                found = self.said()
            except Refused:
                return False
            return so(found)

        until(looked, lambda: f"{what} was not seen; what was: {found}")
        self.steps.append(f"{time.monotonic() - self.began:5.1f} s, {self.desk.keys:3} keys: {what}")
        return found

    def node(self, name: str) -> Node:
        return next(node for node in self.reader.tree().walk() if node.name == name and node.showing)

    def unlock(self, name: str, words: str) -> None:
        self.desk.type(name)
        self.desk.press("Tab")
        self.desk.type(words)
        self.desk.press("Return")


@contextmanager
def at_the_pc(desk: Desktop, command: tuple[str, ...], folder: Path) -> Iterator[Person]:
    """The program, started; a person before it, when it shows its lock screen."""
    log = folder / "said"
    running = desk.start(*command, log=log)
    person = Person(desk, Reader(desk.accessible))
    try:
        desk.focus()
        until(person.reader.program)
        person.sees(lambda said: "Your name" in said and any("old" in words for words in said), "the lock screen")
        yield person
        assert running.poll() is None, log.read_text()
        assert "Traceback" not in log.read_text()
    finally:
        running.terminate()
        running.communicate(timeout=30)
        print("\n" + "\n".join(person.steps))


@pytest.fixture(scope="module")
def pc(tmp_path_factory) -> Tonight:
    return tonight(tmp_path_factory.mktemp("tonight"))


def is_open(said: list[str]) -> bool:
    return UNLOCKED in said


def found(pc: Tonight) -> Callable[[list[str]], bool]:
    """Is she among what is found, and chosen first?"""
    return lambda said: any(words.startswith(pc.whole_name) for words in said)


def on_her_page(pc: Tonight) -> Callable[[list[str]], bool]:
    """Is it her page, with a drug of hers and how old that is?"""

    def so(said: list[str]) -> bool:
        medicine = any(drug in words for words in said for drug in pc.drugs)
        return pc.whole_name in said and medicine and any(words.startswith(AGE) for words in said)

    return so


def test_with_a_first_name_and_a_street_tonights_medicine_is_found_from_the_cold(desk, pc, tmp_path):
    with at_the_pc(desk, pc.command, tmp_path) as person:
        person.unlock(pc.name, pc.words)
        person.sees(is_open, "unlocked")
        desk.type(f"{pc.given} {pc.street}")
        person.sees(found(pc), "she is found")
        desk.press("Return")
        said = person.sees(on_her_page(pc), "her medicine tonight")
        assert said.index(pc.whole_name) < next(
            number for number, words in enumerate(said) if any(drug in words for drug in pc.drugs)
        )
        assert desk.keys <= KEYS_IN_TWENTY_SECONDS


def test_a_typing_fault_in_the_words_is_told_and_mended_without_a_mouse(desk, pc, tmp_path):
    with at_the_pc(desk, pc.command, tmp_path) as person:
        person.unlock(pc.name, pc.words[:-1] + MISSPELT)
        said = person.sees(lambda said: any("[BR15]" in words for words in said), "the words are refused")
        assert not is_open(said)
        assert not any(pc.whole_name in words for words in said)
        desk.type(pc.words)  # over what was selected
        desk.press("Return")
        person.sees(is_open, "unlocked")
        desk.type(pc.street.lower())
        person.sees(found(pc), "she is found by her street")


def test_after_ctrl_l_nothing_of_a_citizen_is_on_the_screen_or_in_its_tree(desk, pc, tmp_path):
    with at_the_pc(desk, pc.command, tmp_path) as person:
        locked = desk.picture()
        person.unlock(pc.name, pc.words)
        person.sees(is_open, "unlocked")
        desk.type(f"{pc.given} {pc.street}")
        person.sees(found(pc), "she is found")
        desk.press("Return")
        person.sees(on_her_page(pc), "her page")
        hers = desk.picture()
        desk.press("ctrl+l")
        person.sees(lambda said: "Your name" in said and not is_open(said), "locked")
        everything = [part for node in person.reader.tree().walk() for part in (node.name, node.text, node.description)]
        for secret in (pc.whole_name, pc.given, pc.street, *pc.drugs):
            assert not any(secret in part for part in everything), secret
        until(
            lambda: _differs(locked, desk.picture()) < _differs(hers, desk.picture()) / 5,
            lambda: "the glass is not as before",
        )
        assert _differs(locked, hers) > 0.05


def _differs(one: bytes, other: bytes) -> float:
    """The share of the screen's bytes that are not the same."""
    return sum(a != b for a, b in zip(one[::16], other[::16], strict=True)) / len(one[::16])


def test_focus_and_what_the_arrows_stand_on_are_told_as_they_change(desk, pc, tmp_path):
    bus = desk.accessible
    with at_the_pc(desk, pc.command, tmp_path) as person:
        bus.listen("type='signal',interface='org.a11y.atspi.Event.Object'")
        bus.call(
            "org.a11y.atspi.Registry",
            "/org/a11y/atspi/registry",
            "org.a11y.atspi.Registry",
            "RegisterEvent",
            "s",
            "object:",
        )
        desk.press("Tab")
        told = until(lambda: [s for s in bus.heard(0.3) if s.member == "StateChanged" and s.body[:2] == ("focused", 1)])
        assert _name(person, told[-1].path) == "Your words"
        desk.press("shift+Tab")
        person.unlock(pc.name, pc.words)
        person.sees(is_open, "unlocked")
        desk.type(pc.given)
        person.sees(found(pc), "she is found")
        bus.heard(0.3)
        desk.press("Down", "Up")
        said = until(lambda: [s for s in bus.heard(0.3) if s.member == "Announcement"])
        assert any(pc.given in str(signal.body) for signal in said)


def _name(person: Person, path: str) -> str:
    return next(node.name for node in person.reader.tree().walk() if node.path == path)


HOSTILE = (
    '"',
    '" OR "',
    "NEAR(a b, 3)",
    "name:*",
    "-",
    "^",
    "a*b*",
    "'; DROP TABLE citizen; --",
    "(((",
    "\\",
    "%_",
    "\u202egnirts",
)


def test_search_words_that_are_too_long_or_are_a_language_of_their_own_leave_the_window_alive(desk, pc, tmp_path):
    with at_the_pc(desk, pc.command, tmp_path) as person:
        person.unlock(pc.name, pc.words)
        person.sees(is_open, "unlocked")
        for words in ("ordinary " * 1112, "ø" * 10_000, *HOSTILE):
            _write(person, words)
            said = person.sees(lambda said: is_open(said) and len(said) > 8, f"an answer to {words[:20]!r}")
            assert not any("[BR" in part for part in said), said
        _write(person, "")
        desk.press("ctrl+f")
        desk.type(f"{pc.given} {pc.street}")
        person.sees(found(pc), "she is found all the same")


def _write(person: Person, words: str) -> None:
    """Put words into the search box at once, as a paste or a tool for the disabled does."""
    box = next(node for node in person.reader.tree().walk() if node.name.startswith("Search") and node.role == "text")
    person.desk.accessible.call(
        person.reader.program(), box.path, "org.a11y.atspi.EditableText", "SetTextContents", "s", words
    )


def test_a_municipality_without_a_citizen_opens_and_answers(desk, tmp_path, monkeypatch):
    from backupreader.domain.records import Delivery, Unit
    from tests.ui import town

    def nobody(*, delivered: bool = True):
        yield Unit(id="nexus:nord", name="Team Nord", origin=town.WHERE)
        for table, rows in (("unit", 1), ("citizen", 0)):
            yield Delivery(
                source="nexus", table=table, taken_at=town.TAKEN, complete=True, read=rows, filed=rows, refused=0
            )

    monkeypatch.setattr(town, "items", nobody)
    made = town.found(tmp_path / "made")
    settings = tmp_path / "settings.toml"
    settings.write_text(f'site = "nordby"\ndata = "{made.settings.data}"\n', encoding="utf-8")
    command = ("-m", "backupreader", "open", "--settings", str(settings), "--language", "en")
    with at_the_pc(desk, command, tmp_path) as person:
        person.unlock("Anna Holm", town.WORDS)
        said = person.sees(is_open, "unlocked")
        assert any("0 citizens" in words for words in said)
        desk.type("anna")
        said = person.sees(lambda said: any("anna" in words for words in said), "an answer")
        assert is_open(said)
