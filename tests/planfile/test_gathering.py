"""A plan's files on a disk: what cannot be taken is told, and is never waited for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from backupreader import planfile
from backupreader.domain.errors import PLAN_UNREADABLE
from backupreader.domain.trouble import ReaderError
from backupreader.language import Language

HEAD = 'title = "Test"\nowner = "IT"\nholidays.country = "DK"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plan" / "units").mkdir(parents=True)
    (tmp_path / "plan" / "plan.toml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "plan" / "units" / "nord.toml").write_text("unit = 'N'\ntitle = 'N'\nowner = 'N'\n", encoding="utf-8")
    return tmp_path / "plan"


def refused(path: Path) -> str:
    with pytest.raises(ReaderError) as told:
        planfile.gather(path)
    assert told.value.kind is PLAN_UNREADABLE
    assert told.value.facts["path"] == path
    return told.value.sentence(Language("en"))


def test_a_folder_is_its_plan_and_its_units_and_nothing_else(folder: Path) -> None:
    (folder / "README.md").write_bytes(b"\xff")
    (folder / "units" / "nord.toml~").write_bytes(b"\xff")
    (folder / "units" / ".nord.toml").write_bytes(b"\xff")
    assert list(planfile.gather(folder)) == ["plan.toml", "units/nord.toml"]
    assert [one.unit for one in planfile.load(folder).supplements] == ["N"]


def test_one_file_is_a_plan_whatever_it_is_called_and_wherever_it_is_linked_from(folder: Path) -> None:
    ours = folder.parent / "ours.txt"
    ours.symlink_to(folder / "plan.toml")
    assert planfile.gather(ours) == {"plan.toml": HEAD}
    assert planfile.load(ours).about.title == "Test"


def test_a_link_in_the_folder_is_told(folder: Path) -> None:
    (folder / "units" / "syd.toml").symlink_to(folder / "units" / "nord.toml")
    assert "syd.toml is a link" in refused(folder)
    (folder / "units" / "syd.toml").unlink()
    (folder / "units").rename(folder.parent / "elsewhere")
    (folder / "units").symlink_to(folder.parent / "elsewhere")
    assert "units/ is a link" in refused(folder)


def test_what_is_not_there_is_told(folder: Path) -> None:
    (folder / "plan.toml").unlink()
    assert "plan.toml: No such file" in refused(folder)
    assert "none: No such file" in refused(folder.parent / "none")


def test_a_path_of_which_the_disk_will_say_nothing_is_told_with_what_it_says_instead(folder: Path) -> None:
    too_long = folder / ("a" * 300)
    assert "a: File name too long" in refused(too_long)
    assert planfile.place(too_long, "plan.toml") == str(too_long)


def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "units" / "syd.toml")
    assert "syd.toml is no file" in refused(folder)
    (folder / "units" / "syd.toml").unlink()
    (folder / "units" / "syd.toml").mkdir()
    assert "syd.toml is no file" in refused(folder)
    os.mkfifo(folder.parent / "pipe")
    assert "pipe is no file" in refused(folder.parent / "pipe")


def test_a_letter_that_is_no_utf_8_is_told_with_its_line(folder: Path) -> None:
    (folder / "plan.toml").write_bytes(HEAD.encode() + '[room]\nwhere = "På kontoret"\n'.encode("latin-1"))
    assert "plan.toml, line 5, holds a letter that is not written in UTF-8" in refused(folder)


def test_a_file_that_is_too_large_and_too_many_of_them_are_told(folder: Path) -> None:
    (folder / "plan.toml").write_text(HEAD + "#" * (1 << 20), encoding="utf-8")
    assert "plan.toml is larger than 1024 KiB" in refused(folder)
    (folder / "plan.toml").write_text(HEAD + "#" * ((1 << 20) - len(HEAD)), encoding="utf-8")
    assert planfile.load(folder).about.title == "Test"
    for number in range(199):
        (folder / "units" / f"{number}.toml").write_text("", encoding="utf-8")
    assert "there are more than 200 files" in refused(folder)
    (folder / "units" / "1.toml").unlink()
    assert len(planfile.gather(folder)) == 200


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(folder: Path) -> None:
    (folder / "plan.toml").chmod(0)
    assert "plan.toml: Permission denied" in refused(folder)
