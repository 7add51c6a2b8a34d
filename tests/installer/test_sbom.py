"""The list of parts (CycloneDX 1.6): every locked library with its hashes, whatever else is carried, the same bytes each time."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "installer" / "requirements.lock").read_text(encoding="utf-8")
KINDS = {"application", "library", "file"}  # of those that the schema of 1.6 knows
KEYS = {
    *("type", "bom-ref", "name", "version", "description", "purl"),
    *("hashes", "licenses", "externalReferences", "properties"),
}


def test_every_locked_library_stands_in_it_with_all_its_hashes(sbom) -> None:
    components = {part["purl"]: part for part in sbom.document()["components"] if part["type"] == "library"}
    entries = re.split(r"\n(?=\S)", LOCK.replace("\\\n", "").strip())
    assert len(entries) == len(components)
    for entry in entries:
        line, *hashes = entry.split("--hash=sha256:")
        requirement = Requirement(line.strip())
        (pin,) = requirement.specifier
        part = components[f"pkg:pypi/{canonicalize_name(requirement.name)}@{pin.version}"]
        (reference,) = part["externalReferences"]
        assert {each["content"] for each in reference["hashes"]} == {hash_.strip() for hash_ in hashes}
        assert {each["alg"] for each in reference["hashes"]} == {"SHA-256"}
        marker = {each["value"] for each in part.get("properties", [])}
        assert {str(Requirement(f"x; {text}").marker) for text in marker} == (
            {str(requirement.marker)} if requirement.marker else set()
        )


def test_it_has_the_form_of_cyclonedx_1_6(sbom) -> None:
    whole = sbom.document("2026-11-30T12:00:00Z")
    assert whole.keys() == {
        *("$schema", "bomFormat", "specVersion", "serialNumber", "version", "metadata", "components", "dependencies")
    }
    assert (whole["bomFormat"], whole["specVersion"], whole["version"]) == ("CycloneDX", "1.6", 1)
    form = r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"  # the schema's own
    assert re.fullmatch(form, whole["serialNumber"])
    program = whole["metadata"]["component"]
    parts = [program, *whole["components"]]
    refs = [part["bom-ref"] for part in parts]
    assert len(set(refs)) == len(refs)
    for part in parts:
        assert part.keys() <= KEYS
        assert part["type"] in KINDS
        for licence in part["licenses"]:
            assert licence.keys() in ({"expression"}, {"license"})
            assert licence.keys() == {"license"} or len(part["licenses"]) == 1
        for digest in part.get("hashes", []):
            assert re.fullmatch(r"[0-9a-f]{64}", digest["content"])
    for line in whole["dependencies"]:
        assert line["ref"] in refs
        assert set(line["dependsOn"]) <= set(refs)
    assert len(next(line for line in whole["dependencies"] if line["ref"] == program["bom-ref"])["dependsOn"]) >= 19


def test_every_font_and_list_of_words_stands_in_it_with_its_licence(sbom) -> None:
    files = {part["name"]: part for part in sbom.document()["components"] if part["type"] == "file"}
    there = {*(ROOT / "printing" / "fonts").glob("*.ttf"), *(ROOT / "backupreader" / "store" / "words").glob("*.txt")}
    assert files.keys() == {file.relative_to(ROOT).as_posix() for file in there}
    for name, part in files.items():
        assert part["hashes"][0]["content"] == hashlib.sha256((ROOT / name).read_bytes()).hexdigest()
        assert part["licenses"][0]["license"]["id"] in {"OFL-1.1", "EUPL-1.2"}


def test_no_font_or_list_lies_elsewhere(sbom) -> None:
    found = {file.relative_to(ROOT).as_posix() for kind in ("ttf", "otf") for file in ROOT.glob(f"[!.]*/**/*.{kind}")}
    assert found <= {part["name"] for part in sbom.document()["components"]}


def test_the_same_checkout_gives_the_same_bytes(sbom, tmp_path: Path) -> None:
    first, second, dated = (tmp_path / name for name in ("first.json", "second.json", "dated.json"))
    assert sbom.main(["--out", str(first)]) == sbom.main(["--out", str(second)]) == 0
    assert first.read_bytes() == second.read_bytes()
    assert b"timestamp" not in first.read_bytes()
    assert str(ROOT).encode() not in first.read_bytes()
    sbom.main(["--out", str(dated), "--at", "2026-11-30T12:00:00Z"])
    assert json.loads(dated.read_text(encoding="utf-8"))["metadata"]["timestamp"] == "2026-11-30T12:00:00Z"


def test_it_is_written_to_standard_output_too(sbom, capsys) -> None:
    assert sbom.main([]) == 0
    assert json.loads(capsys.readouterr().out) == sbom.document()


def test_a_library_that_is_not_installed_here_is_named_all_the_same(sbom) -> None:
    (made_up,) = sbom.locked("made_up.Library==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:" + "0" * 64 + "\n")
    part = sbom._library(made_up)
    assert (part["purl"], "licenses" in part) == ("pkg:pypi/made-up-library@1.0", False)
    assert sbom._needs(made_up) == []
