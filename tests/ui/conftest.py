"""A window without a screen, over a real store."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from backupreader.domain.journal import Journal
from backupreader.language import Language
from tests.ui import town
from ui.look import Look, load_fonts, load_more_fonts
from ui.opening import Asking, opening
from ui.window import Window


@pytest.fixture(scope="session")
def pc(tmp_path_factory) -> town.Pc:
    """A PC that has received everything."""
    return town.found(tmp_path_factory.mktemp("pc"))


@pytest.fixture(scope="session")
def bare_pc(tmp_path_factory) -> town.Pc:
    """A PC whose sources delivered citizens and nothing else."""
    return town.found(tmp_path_factory.mktemp("bare"), delivered=False)


@pytest.fixture(scope="session")
def journal_of(pc, bare_pc) -> Iterator[Callable[..., Journal]]:
    """Reads journals as the window does, by the citizen's number in the town."""
    readers = {}
    asking = Asking(name=town.NAME, words=town.WORDS, purpose="check")
    for bare, where in ((False, pc), (True, bare_pc)):
        readers[bare], _ = opening(where.settings, asking, lambda: town.NOW)()

    def read(number: int, *, bare: bool = False, notes: int = 200) -> Journal:
        return readers[bare].journal(f"nexus:{number}", notes=notes)

    yield read
    for reader in readers.values():
        reader.close()


@pytest.fixture
def new_window(qtbot: QtBot, qapp) -> Iterator[Callable[..., Window]]:
    """Makes windows, and closes them after the test."""
    load_fonts()
    load_more_fonts()
    made: list[Window] = []

    def make(pc: town.Pc, language: str = "en", look: Look | None = None, **more: str) -> Window:
        settings = replace(pc.settings, language=language)
        window = Window(settings, Language(language), look or Look(), clock=lambda _zone: pc.now, **more)
        qtbot.addWidget(window)
        window.resize(1280, 860)
        window.show()
        qtbot.waitExposed(window)
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()


@pytest.fixture
def locked(new_window, pc) -> Window:
    """A locked window."""
    return new_window(pc)


@pytest.fixture
def unlocked(qtbot: QtBot, locked: Window) -> Window:
    """A window that Anna has opened."""
    open_up(qtbot, locked)
    return locked


@pytest.fixture(scope="session")
def untouched_pc(tmp_path_factory) -> town.Pc:
    """A PC that nobody has opened; it is only copied."""
    return town.found(tmp_path_factory.mktemp("untouched"))


@pytest.fixture
def own_pc(untouched_pc, tmp_path) -> town.Pc:
    """A PC for one test alone, that nobody has opened yet."""
    return town.copied(untouched_pc, tmp_path)


@pytest.fixture
def nurse(qtbot: QtBot, new_window, own_pc) -> Window:
    """A window that Bo has opened, whose own unit is Team Nord."""
    window = new_window(own_pc)
    open_up(qtbot, window, town.BO, town.BO_WORDS)
    return window


def open_up(
    qtbot: QtBot, window: Window, name: str = town.NAME, words: str = town.WORDS, purpose: str = "outage"
) -> None:
    lock = window.screen_now
    lock.name_field.setText(name)
    lock.words_field.setText(words)
    lock.purposes.choose(purpose)
    lock.try_words()
    qtbot.waitUntil(lambda: window.info is not None, timeout=20_000)
