"""What the tests of the ways in may ask for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sync.adapter import Item, Source
from sync.adapters.fhir import ADAPTER


@pytest.fixture
def fhir(tmp_path: Path) -> Callable[..., list[Item]]:
    """Reads resources as one bulk file a resource type, under the source name ``s``."""

    def read(*resources: dict[str, Any], country: str = "DK") -> list[Item]:
        folder = tmp_path / "export"
        folder.mkdir(exist_ok=True)
        for number, resource in enumerate(resources):
            path = folder / f"{resource['resourceType']}.{number:03}.ndjson"
            path.write_text(json.dumps(resource, ensure_ascii=False), encoding="utf-8")
        source = Source(name="s", path=folder, country=country)
        return list(ADAPTER.read(source, sorted(folder.iterdir())))

    return read
