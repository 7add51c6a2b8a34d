"""The demo, as the README promises it: the whole way, to the pages of a made-up unit."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

from backupreader.language import Language
from backupreader.store.files import Files
from backupreader.store.plans import carried

ROOT = Path(__file__).resolve().parents[2]


def demo(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "backupreader", "demo", *words],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def text_of(path: Path) -> list[str]:
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


@pytest.mark.parametrize(("language", "sheet"), [("da", "Medicinskema"), ("sv", "Signeringslista")])
def test_the_demo_prints_the_sheets_of_a_made_up_unit(tmp_path: Path, language: str, sheet: str) -> None:
    ran = demo("--headless", str(tmp_path / "pages"), "--language", language)
    assert ran.returncode == 0, ran.stderr
    names = {
        "action-cards.pdf",
        "driving-lists-car.pdf",
        "driving-lists.pdf",
        "journal.pdf",
        "medication-list.pdf",
        "medicine-sheet.pdf",
        "plan-card.pdf",
        "shift.pdf",
        "summary.pdf",
    }
    assert {path.name for path in (tmp_path / "pages").iterdir()} == names
    frame = Language(language).text("PRACTICE – NOBODY HERE IS REAL")
    for name in names:
        assert all(frame in page for page in text_of(tmp_path / "pages" / name)), name
    assert sheet in text_of(tmp_path / "pages" / "medicine-sheet.pdf")[0]
    bundle = text_of(tmp_path / "pages" / "shift.pdf")
    assert len(bundle) % 2 == 0, "both sides of each sheet"
    assert Language(language).text("Contents") in bundle[0]
    assert any(number in text_of(tmp_path / "pages" / "plan-card.pdf")[0] for number in ("4460 5040", "08-465 004"))
    assert str(tmp_path / "pages") in ran.stdout


@pytest.mark.parametrize(("language", "country"), [("da", "DK"), ("sv", "SE")])
def test_an_example_plan_comes_with_the_data_and_is_read_before_unlock(
    tmp_path: Path, language: str, country: str
) -> None:
    ran = demo("--headless", str(tmp_path / "pages"), "--language", language, "--folder", str(tmp_path / "all"))
    assert ran.returncode == 0, ran.stderr
    found = carried(tmp_path / "all" / "backup-pc", Files())
    assert found.kept is None
    assert found.plan is not None
    assert found.plan.about.example
    assert found.plan.calendar.country == country
    assert any(contact.number for contact in found.plan.contacts)


def test_a_size_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    ran = demo("--headless", str(tmp_path), "--size", "enormous")
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
