"""B11–B13: medicine sheets on paper."""

from __future__ import annotations

import importlib.util
import io
import json
from collections.abc import Iterator

import peers
from made import Made
from row import Absent, Goal, Line, program, side_by_side
from sheets import SHEET, subject, subjects

from printing.documents import document
from printing.render import render

AFTER_THE_FIRST_MS = 60
PEAK_MIB = 150
MANY = """
import io, json, time
from row import peak_mib
from sheets import SHEET, subjects
from printing.documents import document
from printing.render import render
medicine = document("medicine-sheet")
render(medicine, subjects(1), SHEET, io.BytesIO())
start = time.perf_counter()
made = render(medicine, subjects(int(sys.argv[1])), SHEET, io.BytesIO())
print(json.dumps([made.pages, time.perf_counter() - start, peak_mib()]))
"""


def measure(made: Made, rounds: int) -> Iterator[Line | Absent]:
    medicine = document("medicine-sheet")
    count = made.sheets

    def ours() -> int:
        return render(medicine, subjects(count), SHEET, io.BytesIO()).pages

    pages = ours()
    one = side_by_side({"ours": lambda: render(medicine, [subject(7)], SHEET, io.BytesIO())}, rounds)["ours"]
    yield Line(
        id="B11",
        what="one medicine sheet, after the first, against the limit",
        ours=one * 1000,
        peer=AFTER_THE_FIRST_MS,
        unit="ms",
        goal=Goal("at most", 1),
    )
    others = {
        "naive Platypus": (peers.platypus, 8),
        "WeasyPrint": (peers.weasyprint, 25),
        "Typst": (peers.typst, 2),
        "Qt's PDF writer": (peers.qt, 1.5),
    }
    for name, (peer, bound) in others.items():
        if name.lower() in {"weasyprint", "typst"} and importlib.util.find_spec(name.lower()) is None:
            yield Absent("B12", f"{name} is not installed; pip install {name.lower()} brings it into the comparison")
            continue
        seconds = side_by_side({"ours": ours, "peer": lambda peer=peer: peer(count)}, max(1, rounds // 2))
        yield Line(
            id="B12",
            what=f"{count} medicine sheets ({pages} pages, {count} of theirs), against {name}",
            ours=seconds["ours"] / pages * 1000,
            peer=seconds["peer"] / count * 1000,
            unit="ms a page",
            goal=Goal("at least", bound),
        )
    yield from _many(max(1, count * count // pages))  # as many pages as the peers print


def _many(count: int) -> Iterator[Line]:
    few_pages, few_seconds, _ = json.loads(program(MANY, count))
    many_pages, many_seconds, peak = json.loads(program(MANY, count * 10))
    yield Line(
        id="B13",
        what=f"{many_pages} pages, against {few_pages}",
        ours=many_seconds / many_pages * 1000,
        peer=few_seconds / few_pages * 1000,
        unit="ms a page",
        goal=Goal("at most", 1.05),
    )
    yield Line(
        id="B13",
        what=f"peak memory of {many_pages} pages, against the limit",
        ours=peak,
        peer=PEAK_MIB,
        unit="MiB",
        goal=Goal("at most", 1),
    )
