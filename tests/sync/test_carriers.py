"""The suite that every carrier passes: the contract of `sync.carrier`, and what is the folder's own."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from backupreader.domain.errors import FILE_TROUBLE, NO_TARGET
from backupreader.domain.trouble import ReaderError
from backupreader.store.files import Files
from sync.carrier import Carrier, carrier_for
from sync.carriers import CARRIERS
from sync.carriers.folder import CARRIER as FOLDER

CARRIER_MODULES = [pytest.param(name, id=name.rpartition(".")[2]) for name in CARRIERS]
NAME = "nordby-0000000000002500-{:016d}.package"


@pytest.fixture(params=CARRIER_MODULES)
def carrier(request: pytest.FixtureRequest) -> Carrier:
    return importlib.import_module(request.param).CARRIER


def package(folder: Path, seq: int = 1) -> Path:
    path = folder / NAME.format(seq)
    path.write_bytes(b"\x89BKR" + bytes([seq]) * 1000)
    return path


def test_a_carrier_has_a_name_and_judges_any_text(carrier: Carrier):
    assert carrier.name
    for target in ("", " ", "/", "sftp://host/x", "folder:", "\0", "å" * 5000):
        assert carrier.claims(target) in (True, False)
    assert not carrier.claims("")


def test_a_sent_package_is_there_whole_and_sending_twice_is_fine(carrier: Carrier, tmp_path: Path):
    path, target = package(tmp_path), tmp_path / "there" / "inbox"
    carrier.send(path, str(target), Files())
    carrier.send(path, str(target), Files())
    assert [(entry.name, entry.read_bytes()) for entry in target.iterdir()] == [(path.name, path.read_bytes())]


def test_a_target_has_one_carrier_and_an_unknown_one_is_told(tmp_path: Path):
    assert carrier_for(str(tmp_path), tmp_path) is FOLDER
    assert carrier_for("folder:" + str(tmp_path), tmp_path) is FOLDER
    with pytest.raises(ReaderError) as refused:
        carrier_for("pigeon://loft", tmp_path)
    assert refused.value.kind is NO_TARGET


def test_a_share_keeps_the_newest_packages_of_a_site_and_leaves_everything_else_alone(tmp_path: Path):
    share = tmp_path / "share"
    share.mkdir()
    strangers = ["sydby-0000000000000001-0000000000000001.package", "holiday.jpg", "notes.package"]
    for name in strangers:
        (share / name).write_bytes(b"")
    for seq in range(1, 9):
        FOLDER.send(package(tmp_path, seq), "folder:" + str(share), Files())
    FOLDER.send(package(tmp_path, 1), str(share), Files())
    assert sorted(entry.name for entry in share.iterdir()) == sorted(
        [*strangers, *(NAME.format(seq) for seq in (1, 5, 6, 7, 8))]
    )


def test_what_a_crash_left_half_written_goes_with_the_next_package(tmp_path: Path):
    share = tmp_path / "share"
    share.mkdir()
    for name in (NAME.format(1) + ".part", "sydby-" + NAME.format(1)[7:] + ".part"):
        (share / name).write_bytes(b"half")
    FOLDER.send(package(tmp_path, 2), str(share), Files())
    assert sorted(entry.name for entry in share.iterdir()) == [NAME.format(2), "sydby-" + NAME.format(1)[7:] + ".part"]


def test_a_package_of_another_name_is_sent_too(tmp_path: Path):
    path = tmp_path / "mine.package"
    path.write_bytes(b"x")
    FOLDER.send(path, str(tmp_path / "share"), Files())
    assert (tmp_path / "share" / "mine.package").exists()


def test_a_target_that_cannot_be_a_folder_is_told(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ReaderError) as refused:
        FOLDER.send(package(tmp_path), str(tmp_path / "file" / "inbox"), Files())
    assert refused.value.kind is FILE_TROUBLE


class Keeping(Files):
    """A share on which nothing can be taken away."""

    def unlink(self, path: Path) -> None:
        if path.suffix == ".package":
            raise PermissionError(13, "Permission denied")
        super().unlink(path)


def test_a_share_on_which_nothing_can_be_taken_away_takes_the_package_all_the_same(tmp_path: Path):
    for seq in range(1, 8):
        FOLDER.send(package(tmp_path, seq), str(tmp_path / "share"), Keeping())
    assert len(list((tmp_path / "share").iterdir())) == 7
