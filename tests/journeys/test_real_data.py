"""Real data that nobody here wrote goes the whole way: export, receive, unlock, search, paper, on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pytest

from tests.sync.town import SITE, WORDS, backup_pc, exporter

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Journey:
    """One set of data: what comes of it, whom to look for, and what her sheets must say."""

    data: str
    rows: dict[str, int]
    words: str
    citizen: str
    pages: dict[str, tuple[str, ...]]


JOURNEYS = (
    Journey(
        "fhir-bulk-synthea-10",
        {"citizen": 13, "medication": 1745, "alert": 11, "condition": 555},
        "gladys schumm",
        "Gladys682 Schumm995",
        {"medication-list": ("CAVE: Nothing recorded in Journal.",), "journal": ("Gladys682 Schumm995",)},
    ),
    Journey(
        "gravitate-health-ips",
        {"citizen": 17, "medication": 110},
        "rasmussen",
        "Ole Rasmussen",
        {
            "medication-list": ("Bombombom", "13,6 tabletter morgen og 13,6 tabletter middag", "status not known"),
            "medicine-sheet": ("ask before giving",),
            "summary": ("NOT DELIVERED: no source has sent this.",),
        },
    ),
    Journey(
        "hl7dk-core-examples",
        {"citizen": 48, "contact": 44},
        "madsen",
        "Madsen",
        {"summary": ("CAVE: NOT DELIVERED by the source.",), "medicine-sheet": ("NOT DELIVERED",)},
    ),
    Journey(
        "kl-core-fhir-examples",
        {"citizen": 5, "intervention": 6, "visit": 2},
        "mark jensen",
        "Mark Jensen",
        {"journal": ("Mark Jensen",)},
    ),
)


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "backupreader", *words, "--language", "en"],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.data)
def test_real_data_goes_the_whole_way_to_paper(tmp_path: Path, shared_data: Path, journey: Journey) -> None:
    machine = exporter(tmp_path)
    pc = backup_pc(tmp_path, replace(machine, sources=()))
    (tmp_path / "words.txt").write_text(WORDS, encoding="utf-8")
    (tmp_path / "export.toml").write_text(
        f'site = "{SITE}"\ndata = "export"\nsend_to = ["{pc.inbox_folder.as_posix()}"]\n'
        f'[[source]]\nname = "Journal"\npath = "{(shared_data / journey.data).as_posix()}"\n',
        encoding="utf-8",
    )
    (tmp_path / "pc.toml").write_text(f'site = "{SITE}"\ndata = "{pc.data.as_posix()}"\n', encoding="utf-8")
    here, opened = ("--settings", "pc.toml"), ("--passphrase-file", "words.txt")

    exported = run(tmp_path, "export", "--settings", "export.toml", "--json")
    assert exported.returncode == 0, exported.stderr
    told = json.loads(exported.stdout)
    assert {table: told["rows"][table] for table in journey.rows} == journey.rows
    assert "error" not in told["issues"]
    assert all(delivery["read"] == delivery["filed"] + delivery["refused"] for delivery in told["deliveries"])

    assert run(tmp_path, "receive", *here).returncode == 0
    found = run(tmp_path, "search", journey.words, "--json", *opened, *here)
    assert found.returncode == 0, found.stderr
    citizens = {hit["name"]: hit["id"] for hit in json.loads(found.stdout)["citizens"]}
    assert journey.citizen in citizens

    for document, texts in journey.pages.items():
        path = tmp_path / f"{document}.pdf"
        wish = (document, "--citizen", citizens[journey.citizen], "--out", str(path))
        printed = run(tmp_path, "print", *wish, *opened, *here)
        assert printed.returncode == 0, printed.stderr
        with closing(pypdfium2.PdfDocument(path)) as pdf:
            text = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf)
        assert journey.citizen in text
        for wanted in texts:
            assert wanted in text, (document, wanted)
