"""Draws each state of the lock, of reasons, of the log, of older data and of the drill: ``python -m tests.ui.states FOLDER``.

In English, light, at 100 %; with ``--dark`` dark, with ``--large`` at 200 %, with ``--language CODE`` in another language.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from backupreader.language import Language
from backupreader.store.drills import Drill, Drills
from backupreader.store.files import Files
from tests.ui import town, townsfolk
from tests.ui.everypage import settle, wait
from ui.chapter import ToDocument, Whose
from ui.chapters import CHAPTERS
from ui.look import Look, load_fonts, load_more_fonts
from ui.rows import Kind
from ui.window import Window

_CHAPTER = {chapter.key: number for number, chapter in enumerate(CHAPTERS)}


def main(folder: Path, language: Language, look: Look) -> None:
    """Draw them all."""
    application = QApplication([])
    application.setStyle("Fusion")
    load_fonts()
    load_more_fonts()
    folder.mkdir(parents=True, exist_ok=True)
    kind = f"{language.code}-{'dark' if look.dark else 'light'}-{look.scale}"
    with tempfile.TemporaryDirectory() as scratch:
        pc = town.found(Path(scratch) / "one")
        pc = replace(pc, settings=replace(pc.settings, language=language.code))
        for name, window in chain.from_iterable(draw(pc, language, look) for draw in (_lock, _reasons, _drill, _older)):
            settle(window)
            window.grab().save(str(folder / f"{kind}-{name}.png"))


def _window(pc: town.Pc, language: Language, look: Look) -> Window:
    window = Window(pc.settings, language, look, clock=lambda _zone: pc.now)
    window.resize(1280, 860)
    window.show()
    window.activateWindow()
    window.read_standing()
    wait(lambda: window.standing is not None)
    return window


def _open(window: Window, name: str, words: str, purpose: str = "outage") -> None:
    lock = window.screen_now
    lock.name_field.setText(name)
    lock.words_field.setText(words)
    lock.purposes.choose(purpose)
    lock.try_words()
    wait(lambda: window.info is not None)
    wait(lambda: bool(window.screen_now.name == "drill" or window.screen_now.citizens.under.strip()))


def _lock(pc: town.Pc, language: Language, look: Look) -> Iterator[tuple[str, Window]]:
    window = _window(pc, language, look)
    lock = window.screen_now
    yield "lock", window
    lock.forgotten.click()
    wait(lambda: True)
    yield "lock-forgotten", window
    lock.have_code.click()
    wait(lambda: True)
    yield "lock-code", window
    QTest.keyClicks(lock.name_field, "Ida Vest")
    QTest.keyClicks(lock.words_field, pc.codes[0])
    lock.show_words.click()
    lock.try_words()
    wait(lambda: True)
    yield "lock-code-missing", window
    lock.form.role_field.setText("SSA")
    lock.form.choose("Team Nord")
    lock.try_words()
    wait(lambda: window.info is not None)
    wait(lambda: bool(window.screen_now.outage.words))
    yield "start-outage", window
    window.screen_now.outage.up.click()
    wait(lambda: True)
    yield "start-outage-asked", window
    window.lock()
    Drills(pc.settings.data, Files()).held(Drill(kind="drill", at=pc.now - timedelta(days=120), by="Anna", passed=True))
    window.read_standing()
    wait(lambda: window.standing.here.drilled is not None)
    yield "lock-outage-drill", window
    window.close()


def _reasons(pc: town.Pc, language: Language, look: Look) -> Iterator[tuple[str, Window]]:
    window = _window(pc, language, look)
    _open(window, town.BO, town.BO_WORDS)
    window.go("find", "")
    wait(lambda: len(window.screen_now.list.rows) > 4)
    yield "find-other-unit", window
    window.go("find", "hustruen")
    wait(lambda: any(row.kind is Kind.HEADING for row in window.screen_now.list.rows))
    yield "find-document-kept", window
    window.go("citizen", Whose("nexus:7", "Bent <b>Fed</b> & Søn", "Plejehjemmet Søgården"))
    wait(lambda: bool(window.screen_now.reason.words))
    yield "reason-other-unit", window
    QTest.keyClick(window.screen_now.reason.reasons, Qt.Key.Key_Down)
    QTest.keyClicks(window.screen_now.reason.other, "She rang: cannot breathe")
    wait(lambda: True)
    yield "reason-typed", window
    window.go("document", ToDocument("nexus:p7", "", whose=Whose("nexus:7")))
    wait(lambda: bool(window.screen_now.reason.words))
    yield "reason-document", window
    yield from _kept(window)
    folder = pc.settings.audit_folder
    away = folder.with_name("audit-away")
    folder.rename(away)
    folder.write_text("a file where the folder was", encoding="utf-8")
    window.go("find", "m")
    wait(lambda: window.session.waiting > 0 and bool(window.screen_now.list.rows))
    yield "log-not-written", window
    folder.unlink()
    away.rename(folder)
    window.close()


def _kept(window: Window) -> Iterator[tuple[str, Window]]:
    window.go("citizen", Whose("nexus:2"))
    wait(lambda: window.screen_now._journal is not None)
    yield "private-overview", window
    window.screen_now.chapters.choose(_CHAPTER["medicine"])
    wait(lambda: True)
    yield "private-medicine", window
    window.screen_now.pane.timed.choose(0)
    window.screen_now.pane.timed.open_chosen()
    wait(lambda: True)
    yield "reason-private", window
    window.go("citizen", Whose("nexus:5"))
    wait(lambda: window.screen_now._journal is not None)
    yield "protected-overview", window
    window.screen_now.chapters.choose(_CHAPTER["entry"])
    wait(lambda: True)
    yield "protected-entry", window
    window.go("driving")
    screen = window.screen_now
    wait(lambda: len(screen.routes.rows) > 1)
    wait(lambda: any(row.kind is Kind.KEPT for row in screen.visits.rows))
    yield "driving-protected", window
    screen.steer(Qt.Key.Key_Right)
    wait(lambda: any(row.title == "Søgården" for row in screen.routes.rows))
    for _ in screen.routes.rows:
        screen.steer(Qt.Key.Key_Down)
    wait(lambda: bool(screen.reason.words))
    yield "driving-other-unit", window


def _drill(pc: town.Pc, language: Language, look: Look) -> Iterator[tuple[str, Window]]:
    window = _window(pc, language, look)
    _open(window, town.NAME, town.WORDS, "drill")
    yield "drill", window
    window.go("find", "møller")
    wait(lambda: bool(window.screen_now.list.rows))
    window.go("citizen", Whose("nexus:1"))
    wait(lambda: window.screen_now._journal is not None)
    window.back()
    window.back()
    screen = window.screen_now
    screen.steps.choose(4)
    screen.steps.open_chosen()
    wait(lambda: True)
    yield "drill-asked", window
    screen.no.click()
    wait(lambda: True)
    yield "drill-clock-wrong", window
    window.back()
    wait(lambda: bool(window.screen_now.citizens.under.strip()))
    yield "start-in-drill", window
    window.go("drill")
    window.screen_now.finish.click()
    wait(lambda: window.drill is None)
    yield "drill-recorded", window
    window.close()


def _older(pc: town.Pc, language: Language, look: Look) -> Iterator[tuple[str, Window]]:
    first = next(iter(pc.settings.data.glob("generations/*"))).name
    town.send(pc, town.items(), seq=4, hours=1, prev="0" * 64)
    window = _window(pc, language, look)
    yield "lock-packages-lost", window
    _open(window, town.NAME, town.WORDS, "check")
    window.go("data")
    wait(lambda: bool(window.screen_now.list.rows))
    window.screen_now.list.setFocus()
    yield "data", window
    window.choose(first)
    wait(lambda: window.older)
    wait(lambda: bool(window.screen_now.citizens.under.strip()))
    yield "start-older", window
    window.go("data")
    wait(lambda: bool(window.screen_now.list.rows))
    yield "data-older", window
    window.close()
    units = [item for item in town.items(delivered=False) if item in list(townsfolk.citizens())[:2]]
    town.send(pc, units, seq=5, hours=0.2)
    window = _window(pc, language, look)
    _open(window, town.NAME, town.WORDS, "check")
    wait(lambda: not window.screen_now.fallback.action.isHidden())
    yield "start-fallback", window
    window.go("data")
    wait(lambda: bool(window.screen_now.list.rows))
    yield "data-fallback", window
    window.close()


if __name__ == "__main__":
    words = sys.argv[2:]
    code = words[words.index("--language") + 1] if "--language" in words else "en"
    main(Path(sys.argv[1]), Language(code), Look(dark="--dark" in words, scale=200 if "--large" in words else 100))
