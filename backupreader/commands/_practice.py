"""Practice over the window: this program again, with a made-up municipality, on a leash that the window holds.

The two ends of one pair of pipes. The window's end starts ``demo --passing`` and reads until it is `_READY`. The
practice's end waits on its standard input, and ends when that is closed: by the window, or because the window is gone.
"""

from __future__ import annotations

import _thread
import os
import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backupreader.domain.errors import NO_PRACTICE
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from subprocess import Popen

    from backupreader.command import Context

_READY: Final = "practice is ready"
_PACKAGES: Final = Path(__file__).parents[2]
_KEPT: Final = 12  # lines of what it said, to tell the reason from
_NO_REASON: Final = Reason(N_("it did not say why"))


def beginning(context: Context) -> Callable[[Language], Practice]:
    """Begins practices, as `ui.practice.Practise` has it: as large as the window over which they are."""

    def begin(language: Language) -> Practice:
        return Practice(language, kiosk=context.settings.kiosk, over=context.settings.data)

    return begin


class Practice:
    """One practice, as `ui.practice.Practising` has it. Raises `ReaderError` (NO_PRACTICE) where it does not start."""

    def __init__(self, language: Language, *, kiosk: bool, over: Path) -> None:
        from subprocess import PIPE, STDOUT, Popen

        program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-P", "-m", "backupreader"]
        words = [*program, "demo", "--passing", "--language", language.code, "--over", str(over)]
        words += ["--kiosk"] if kiosk else []
        self._asked_to_end = False
        try:
            self._process: Popen[str] = Popen(  # noqa: S603 (a fixed list of words, no shell)
                words,
                stdin=PIPE,
                stdout=PIPE,
                stderr=STDOUT,
                env={**os.environ, "PYTHONPATH": str(_PACKAGES)},
                text=True,
                encoding="utf-8",
                errors="replace",
            )
        except OSError as trouble:
            raise ReaderError(NO_PRACTICE, reason=trouble.strerror or trouble) from trouble

    def opened(self) -> None:
        """Wait until its window opens, or until it was ended before that."""
        assert self._process.stdout is not None
        said: deque[str] = deque(maxlen=_KEPT)
        for line in self._process.stdout:
            if line.strip() == _READY:
                return
            said.append(line.strip())
        self.ended()
        if not self._asked_to_end:
            raise ReaderError(NO_PRACTICE, reason=next((line for line in reversed(said) if "[BR" in line), _NO_REASON))

    def ended(self) -> None:
        """Wait until it has ended. May be called again."""
        out = self._process.stdout
        assert out is not None
        if not out.closed:
            with out:
                for _line in out:
                    pass
        self._process.wait()
        self._let_go()

    def end(self) -> None:
        """Let go of its leash."""
        self._asked_to_end = True
        self._let_go()

    def _let_go(self) -> None:
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.close()


class Leash:
    """The practice's end: `let_go` says what ends it; before that, the work that is being done is broken off."""

    def __init__(self) -> None:
        self._end: Callable[[], None] | None = None
        self._pulled = threading.Event()
        threading.Thread(target=self._wait, name="leash", daemon=True).start()

    def ready(self) -> None:
        """Say that the window opens now."""
        print(_READY, flush=True)  # noqa: T201 (what the window under this one waits for)

    def let_go(self, end: Callable[[], None]) -> None:
        """Have this called when it is to end; at once, where that was asked for already."""
        self._end = end
        if self._pulled.is_set():
            end()

    def _wait(self) -> None:
        while os.read(sys.stdin.fileno(), 1):
            pass
        self._pulled.set()
        if self._end is not None:
            self._end()
        else:
            _thread.interrupt_main()
