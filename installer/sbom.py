"""What this program is made of, as a CycloneDX 1.6 list: ``run.py sbom [--out FILE] [--at MOMENT]``.

Names, versions, markers and hashes are those of ``requirements.lock``; licences and who needs whom are what the
installed libraries say of themselves (for the few that say nothing, or that only Windows installs: `STATED`). Fonts
and word lists stand beside them. The same checkout gives the same bytes in the same environment: no moment stands in
it unless it is given.

Run in the checkout's environment, with the standard library only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tomllib
import uuid
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
LOCK: Final = ROOT / "installer" / "requirements.lock"
# What lies in the tree and is no library: (files, what it is, its licence as SPDX has it).
CARRIED: Final = (
    ("printing/fonts/*.ttf", "font of screen and paper", "OFL-1.1"),
    ("backupreader/store/words/*.txt", "words that are handed out", "EUPL-1.2"),
)
STATED: Final = {"colorama": "BSD-3-Clause", "sqlcipher3": "Zlib"}  # read in their own licence files
_LONGEST_LICENCE: Final = 80  # some libraries put the whole text where its name belongs
_CLASSIFIER: Final = "License :: OSI Approved :: "


@dataclass(frozen=True, slots=True)
class Locked:
    """One line of the lock: a library at one version, for the systems that `marker` names (all, when empty)."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    @property
    def purl(self) -> str:
        """Its name for all the world (package URL)."""
        return f"pkg:pypi/{self.name}@{self.version}"


def locked(text: str) -> tuple[Locked, ...]:
    """Every library of a lock file's text."""
    found: list[Locked] = []
    for entry in re.split(r"\n(?=\S)", text.replace("\\\n", "").strip()):
        line, *hashes = re.split(r"\s+--hash=sha256:", entry)
        pin, _, marker = line.partition(";")
        name, _, version = pin.strip().partition("==")
        found.append(Locked(_normal(name), version, marker.strip(), tuple(sorted(hash_.strip() for hash_ in hashes))))
    return tuple(found)


def document(at: str | None = None) -> dict[str, Any]:
    """The whole list."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    libraries = locked(LOCK.read_text(encoding="utf-8"))
    program = f"pkg:generic/{project['name']}@{project['version']}"
    components = [*map(_library, libraries), *_carried()]
    needed = [{"ref": program, "dependsOn": _refs(project["dependencies"], libraries)}]
    needed += [{"ref": library.purl, "dependsOn": _refs(_needs(library), libraries)} for library in libraries]
    whole: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            **({"timestamp": at} if at else {}),
            "component": {
                "type": "application",
                "bom-ref": program,
                "name": project["name"],
                "version": project["version"],
                "description": project["description"],
                "licenses": [{"license": {"id": project["license"]}}],
                "purl": program,
            },
        },
        "components": components,
        "dependencies": needed,
    }
    content = json.dumps(whole, sort_keys=True).encode()
    whole["serialNumber"] = uuid.UUID(bytes=hashlib.sha256(content).digest()[:16], version=4).urn
    return whole


def _library(library: Locked) -> dict[str, Any]:
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": library.purl,
        "name": library.name,
        "version": library.version,
        "purl": library.purl,
        "externalReferences": [
            {
                "type": "distribution",
                "url": f"https://pypi.org/project/{library.name}/{library.version}/#files",
                "comment": "One of these files is installed, and no other.",
                "hashes": [{"alg": "SHA-256", "content": digest} for digest in library.hashes],
            }
        ],
    }
    if licences := _licences(library):
        component["licenses"] = licences
    if library.marker:
        component["properties"] = [{"name": "backupreader:marker", "value": library.marker}]
    return component


def _carried() -> list[dict[str, Any]]:
    return [
        {
            "type": "file",
            "bom-ref": file.relative_to(ROOT).as_posix(),
            "name": file.relative_to(ROOT).as_posix(),
            "description": what,
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(file.read_bytes()).hexdigest()}],
            "licenses": [{"license": {"id": licence}}],
        }
        for pattern, what, licence in CARRIED
        for file in sorted(ROOT.glob(pattern))
    ]


def _licences(library: Locked) -> list[dict[str, Any]]:
    """An expression where the library states one, else the names that it uses."""
    said = _said(library)
    expression = STATED.get(library.name) or (said.get("License-Expression") if said is not None else None)
    if expression is not None or said is None:
        return [{"expression": expression}] if expression else []
    classified = [
        text.removeprefix(_CLASSIFIER) for text in said.get_all("Classifier", []) if text.startswith(_CLASSIFIER)
    ]
    stated = said.get("License", "")
    names = [stated] if 0 < len(stated) <= _LONGEST_LICENCE and "\n" not in stated else classified
    return [{"license": {"name": name}} for name in names]


def _needs(library: Locked) -> list[str]:
    """What an installed library asks for, without what it would only like to have."""
    said = _said(library)
    asked = said.get_all("Requires-Dist", []) if said is not None else []
    return [requirement for requirement in asked if not re.search(r";.*\bextra\b", requirement)]


def _said(library: Locked) -> Any:  # noqa: ANN401 (an e-mail message, whose type differs between Pythons)
    """The metadata of the version that is installed here: of two in the lock, it speaks for both."""
    try:
        return metadata(library.name)
    except PackageNotFoundError:
        return None


def _refs(requirements: list[str], libraries: tuple[Locked, ...]) -> list[str]:
    names = {_normal(re.split(r"[\s<>=!~;\[(]", requirement, maxsplit=1)[0]) for requirement in requirements}
    return sorted(library.purl for library in libraries if library.name in names)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


def main(arguments: list[str]) -> int:
    """Write the list to a file or to standard output."""
    parser = argparse.ArgumentParser(prog="run.py sbom", description="What this program is made of (CycloneDX 1.6).")
    parser.add_argument("--out", type=Path, help="the file; standard output when nothing is said")
    parser.add_argument("--at", help="a moment to stand in it, such as 2026-11-30T12:00:00Z; none when nothing is said")
    said = parser.parse_args(arguments)
    text = json.dumps(document(said.at), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    if said.out is None:
        sys.stdout.write(text)
    else:
        said.out.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
