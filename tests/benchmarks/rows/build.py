"""B1: canonical files to a finished, checked generation with full text."""

from __future__ import annotations

import csv
import io
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pandas as pd
from made import Made
from row import Absent, Goal, Line, side_by_side

from backupreader.store.files import Files
from sync.build import build
from sync.read import read_all


def measure(made: Made, rounds: int) -> Iterator[Line | Absent]:
    files = made.canonical.sources[0].path
    target = made.folder / "built.db"

    def ours() -> None:
        with suppress(FileNotFoundError):
            target.unlink()
        build(read_all(made.canonical), target, bytes(32), files=Files(), tick=lambda done, total: None)

    rounds = max(1, min(3, rounds))
    if shutil.which("sqlite3"):
        seconds = side_by_side({"ours": ours, "peer": lambda: _command_line(files, made.folder / "peer.db")}, rounds)
        yield Line(
            id="B1",
            what="build, against the sqlite3 command line's plain .import and rebuild",
            ours=seconds["ours"],
            peer=seconds["peer"],
            unit="s",
            goal=Goal("at most", 1.5),
        )
    else:
        yield Absent(
            "B1", "the sqlite3 command line is not installed; apt-get install sqlite3 brings it into the comparison"
        )
    seconds = side_by_side({"ours": ours, "peer": lambda: _naive(files, made.folder / "peer.db")}, 1)
    yield Line(
        id="B1",
        what="build, against naive Python: pandas rows, indexes first, triggers",
        ours=seconds["ours"],
        peer=seconds["peer"],
        unit="s",
        goal=Goal("at least", 3),
    )
    target.unlink()


def _command_line(files: Path, target: Path) -> None:
    """What an administrator would type: every file imported as it is, and full text over the notes."""
    target.unlink(missing_ok=True)
    lines = ["PRAGMA journal_mode = OFF;", "PRAGMA synchronous = OFF;", ".mode csv"]
    lines += [f'.import "{file.as_posix()}" "{file.stem}"' for file in sorted(files.glob("*.csv"))]
    lines += [
        "CREATE VIRTUAL TABLE words USING fts5(text, content='note', detail=none, columnsize=0);",
        "INSERT INTO words(words, rank) VALUES ('hashsize', 67108864);",
        "INSERT INTO words(words) VALUES ('rebuild');",
    ]
    subprocess.run(["sqlite3", str(target)], input="\n".join(lines), text=True, check=True, stdout=subprocess.DEVNULL)


def _naive(files: Path, target: Path) -> None:
    """What a first version often is: row by row, with everything that makes reading fast already there."""
    target.unlink(missing_ok=True)
    connection = sqlite3.connect(target)
    for file in sorted(files.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            names = next(csv.reader(stream), [])
        columns = ", ".join(f'"{name}"' for name in names)
        connection.execute(f'CREATE TABLE "{file.stem}" ({columns})')
        for name in ("id", "citizen"):
            if name in names:
                connection.execute(f'CREATE INDEX "{file.stem}_{name}" ON "{file.stem}" ("{name}")')
        if file.stem == "note":
            connection.execute("CREATE VIRTUAL TABLE words USING fts5(text, content='note')")
            connection.execute(
                "CREATE TRIGGER filed AFTER INSERT ON note BEGIN INSERT INTO words (rowid, text) VALUES (new.rowid, new.text); END"
            )
        text = io.StringIO(file.read_text(encoding="utf-8"))
        statement = f'INSERT INTO "{file.stem}" VALUES ({", ".join("?" * len(names))})'
        for _number, row in pd.read_csv(text, dtype=str, keep_default_na=False).iterrows():
            connection.execute(statement, tuple(row))
        connection.commit()
    connection.close()
