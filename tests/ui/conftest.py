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
from ui.opening import opening
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
    for bare, where in ((False, pc), (True, bare_pc)):
        readers[bare], _ = opening(where.settings, town.NAME, town.WORDS)()

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


def open_up(qtbot: QtBot, window: Window) -> None:
    lock = window.screen_now
    lock.name_field.setText(town.NAME)
    lock.words_field.setText(town.WORDS)
    lock.try_words()
    qtbot.waitUntil(lambda: window.info is not None, timeout=20_000)
