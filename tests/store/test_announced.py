"""The record of an announced signer: read as it was written, or told."""

from __future__ import annotations

from pathlib import Path

import pytest

from backupreader.domain.errors import OTHER_KIND
from backupreader.domain.trouble import ReaderError
from backupreader.store.announced import SUFFIX, Announced
from backupreader.store.carried import TrustedSigner
from backupreader.store.files import Files
from backupreader.store.seal import Signer


@pytest.mark.parametrize("epoch", ["9" * 5000, "9" * 17, "٣", "-1", ""])
def test_a_record_whose_epoch_is_no_number_of_ours_is_told(tmp_path: Path, epoch: str):
    signer = TrustedSigner("nordby", Signer.new().public)
    record = Announced(signer=signer, by="0" * 64, package="x", at="x", epoch=5)
    path = tmp_path / f"{signer.id}{SUFFIX}"
    path.write_bytes(record.encode())
    assert Announced.read(path, Files()) == record
    path.write_bytes(record.encode().replace(b'"epoch":"5"', f'"epoch":"{epoch}"'.encode("unicode-escape")))
    with pytest.raises(ReaderError) as refused:
        Announced.read(path, Files())
    assert refused.value.kind is OTHER_KIND
