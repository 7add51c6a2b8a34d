"""Prints from the settings to the question that finds them: who reads what, and what a search gives back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from backupreader.domain.errors import NOT_FOUND
from backupreader.domain.issues import SENTENCES
from backupreader.domain.records import Document, Issue, Receipt
from backupreader.domain.trouble import ReaderError
from backupreader.settings import Settings, SourceSetting
from sync.read import found, read_all
from tests.sync.prints import DATA

EXPORT = DATA / "exports" / "pdf"
OURS = 'name = "ours"\nabout = "Ours"\n[[print]]\nkind = "any"\npath = ["{route}/{title}.pdf"]\n'


def settings(path: Path, **words: str) -> Settings:
    return Settings(sources=(SourceSetting(name="prints", path=path, **words),))


def readers(setting: Settings) -> list[str]:
    with found(setting) as parts:
        return [part.adapter.name for part in parts]


def test_a_folder_of_prints_is_found_by_itself_and_adds_up() -> None:
    items = list(read_all(settings(EXPORT)))
    receipts = [item for item in items if isinstance(item, Receipt)]
    assert sum(item.read for item in receipts) == sum(item.filed for item in receipts) == 10
    assert sum(isinstance(item, Document) for item in items) == 10
    assert {item.code for item in items if isinstance(item, Issue)} <= set(SENTENCES)


def test_prints_in_an_archive_are_read_as_if_in_a_folder(tmp_path: Path) -> None:
    shutil.make_archive(str(tmp_path / "in" / "prints"), "zip", EXPORT)
    documents = [item for item in read_all(settings(tmp_path / "in")) if isinstance(item, Document)]
    assert len(documents) == 10
    assert {item.route for item in documents} == {"Rute 1", "Rute 2", "Rute 3", "Slinga 1", None}
    assert all(item.id.startswith("prints:prints.zip/") for item in documents)


@pytest.mark.parametrize("words", [{"profile": "prints"}, {"adapter": "pdf"}, {"adapter": "pdf", "profile": "prints"}])
def test_a_profile_of_prints_means_prints(words: dict[str, str]) -> None:
    assert readers(settings(EXPORT, **words)) == ["pdf"]


def test_a_site_s_own_profile_of_prints_is_read_by_it(tmp_path: Path) -> None:
    shutil.copytree(EXPORT, tmp_path / "prints")
    (tmp_path / "prints" / "list.csv").write_text("a,b\n1,2\n")
    (tmp_path / "ours.toml").write_text(OURS, encoding="utf-8")
    items = list(read_all(settings(tmp_path / "prints", profile=str(tmp_path / "ours.toml"))))
    assert {item.route for item in items if isinstance(item, Document)} >= {"Rute 1", "Team Nord"}
    assert [item.file for item in items if isinstance(item, Issue) if item.code == "file-not-read"] == ["list.csv"]


def test_a_profile_that_does_not_exist_is_none_of_prints() -> None:
    with pytest.raises(ReaderError) as raised:
        readers(settings(EXPORT, profile="bogus"))
    assert raised.value.kind is NOT_FOUND
