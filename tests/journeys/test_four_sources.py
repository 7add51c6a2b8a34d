"""One citizen in four systems: her prints, her medicine list, her FMK card and her lock read as one journal."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from backupreader.settings import load
from backupreader.store.opening import open_newest
from tests.sync.town import SITE, WORDS, backup_pc, exporter, session

ROOT = Path(__file__).resolve().parents[2]
FMK = ROOT / "tests" / "data" / "exports" / "fmk" / "01-fast-og-pn.xml"
HERS = "6101480011"  # the number on that card
OPEN = ("--passphrase-file", "words.txt", "--settings", "pc.toml")


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "backupreader", *words, "--language", "en"],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def printed(path: Path, *lines: str) -> None:
    path.parent.mkdir(parents=True)
    canvas = Canvas(str(path), invariant=True)
    for number, line in enumerate(lines):
        canvas.drawString(60, 780 - 20 * number, line)
    canvas.save()


def table(path: Path, encoding: str, *rows: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(row + "\r\n" for row in rows), encoding=encoding, newline="")


def sources(folder: Path) -> None:
    printed(folder / f"Nexus/Borgere/{HERS}/Handleplan.pdf", "Handleplan", "Forflytning med glidelagen og to personer")
    printed(folder / "Nexus/Kørelister/2026-11-22/Rute 7/Rute 7_2026-11-22.pdf", "Rute 7", "Dato: 22-11-2026")
    (folder / "Nexus/Kørelister/2026-11-22/Rute 7/Rute 8_2026-11-22.pdf").write_bytes(b"")
    table(
        folder / "Medicin/Care Borgere.csv",
        "cp1252",
        "Udtræk;Personnummer;Borgernavn;Vej og nr.;Postnr.;Postdistrikt;Bolig nr.;Tlf.;Distriktskode;Fra dato;"
        "Navnebeskyttet;Adressebeskyttet;Tolkebehov;Død dato;Oplysning;Opholdssted",
        f"22-11-2026 05:15;{HERS[:6]}-{HERS[6:]};Åse Kirstine Møller;Søndergade 12;8653;Them;;;;;Nej;Nej;Nej;;;Eget hjem",
    )
    heads = (
        "Udtræk;Medicin-nr.;Personnummer;Præparatnavn;Indholdsstof;ATC-kode;Lægemiddelform;Styrke;Anvendelsesmåde;Årsag;Dosering;"
        "Startdato;Slutdato;Højst pr. døgn;Ordinerende læge;Ordinationsdato;Afstemt med FMK;Dosispakket;FMK-status;Medicintype;"
        "Medicinstatus;Enhed;Mo;Mi;Ef;Af;Na"
    )
    row = f"22-11-2026 05:15;77;{HERS[:6]}-{HERS[6:]};Kun i Care;;;;5 mg;;;1 tablet morgen;01-11-2026;;;;;;Nej;Offline;Fast;Aktuel;tablet;1;;;;"
    table(
        folder / "Medicin/Care Medicin.csv",
        "cp1252",
        heads,
        row,
        row.replace(";77;", ";78;").replace("Kun i Care", "").replace("tablet;1;", "tablet;;"),
    )
    (folder / "FMK").mkdir()
    shutil.copyfile(FMK, folder / "FMK" / "kort.xml")
    table(
        folder / "Bekey/Bekey låse 2026-11-22 0500.csv",
        "utf-8-sig",
        "Lås-id;CPR;Nøgleboks nr.;Låsens placering;Bemærkning til døren;Reserve;Låsesmed;Borgers navn;Adresse;Postnr.;By",
        f"L-1;{HERS[:6]}-{HERS[6:]};14;Hoveddør;Træk i døren;Nøgle hos nabo;;Åse K. Møller;Søndergade 12;8653;Them",
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("four")
    machine = exporter(folder)
    pc = backup_pc(folder, replace(machine, sources=()))
    (folder / "words.txt").write_text(WORDS, encoding="utf-8")
    sources(folder / "from")
    named = "".join(
        f'[[source]]\nname = "{name}"\npath = "{(folder / "from" / name).as_posix()}"\n'
        for name in ("Nexus", "Medicin", "FMK", "Bekey")
    )
    (folder / "export.toml").write_text(
        f'site = "{SITE}"\ndata = "export"\nsend_to = ["{pc.inbox_folder.as_posix()}"]\n{named}', encoding="utf-8"
    )
    (folder / "pc.toml").write_text(f'site = "{SITE}"\ndata = "{pc.data.as_posix()}"\n', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def exported(place: Path) -> dict[str, object]:
    done = run(place, "export", "--settings", "export.toml", "--json")
    assert done.returncode == 10, done.stderr  # a row and a file were refused, and the rest was sent
    received = run(place, "receive", "--settings", "pc.toml")
    assert received.returncode == 0, received.stderr
    told: dict[str, object] = json.loads(done.stdout)
    return told


def pages(place: Path, document: str, citizen: str) -> str:
    path = place / f"{document}.pdf"
    done = run(place, "print", document, "--citizen", citizen, "--out", str(path), *OPEN)
    assert done.returncode == 0, done.stderr
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf)


def hers(place: Path, *words: str) -> dict[str, list[dict[str, str]]]:
    found = run(place, "search", *words, "--json", *OPEN)
    assert found.returncode == 0, found.stderr
    told: dict[str, list[dict[str, str]]] = json.loads(found.stdout)
    return told


def test_the_receipt_of_every_file_adds_up_and_names_what_was_refused(exported: dict[str, object]) -> None:
    receipts = {receipt["file"]: receipt for receipt in exported["receipts"]}  # type: ignore[attr-defined]
    assert len(receipts) == 7
    assert all(receipt["read"] == receipt["filed"] + receipt["refused"] for receipt in receipts.values())
    refused = {file: receipt["refused"] for file, receipt in receipts.items() if receipt["refused"]}
    assert refused == {"Kørelister/2026-11-22/Rute 7/Rute 8_2026-11-22.pdf": 1, "Care Medicin.csv": 1}
    assert all(receipt["sha256"] for receipt in receipts.values())


def test_she_is_one_citizen_whichever_system_is_asked(place: Path, exported: dict[str, object]) -> None:
    for words in (("møller",), (HERS,), ("kirstine",)):
        assert len({hit["id"] for hit in hers(place, *words)["citizens"]}) == 1


def test_the_words_of_her_prints_are_found(place: Path, exported: dict[str, object]) -> None:
    (document,) = hers(place, "glidelagen")["documents"]
    assert document["title"] == "Handleplan"


def test_both_medicine_lists_stand_on_her_list_with_what_differs(place: Path, exported: dict[str, object]) -> None:
    text = pages(place, "medication-list", HERS)
    assert "FMK" in text
    assert "KMD Care" in text
    assert "Kun i Care" in text


def test_her_journal_holds_what_each_system_knows_with_an_age_of_its_own(
    place: Path, exported: dict[str, object]
) -> None:
    settings = load(place / "pc.toml")
    with closing(open_newest(settings, session(settings))) as reader:
        journal = reader.journal(reader.citizen_by(HERS).id)
    assert [way.system for way in journal.access.items] == ["Bekey"]
    assert [document.title for document in journal.documents.items] == ["Handleplan"]
    assert {delivery.source for delivery in journal.orders.deliveries} == {"Medicin", "FMK"}
    assert len({delivery.taken_at for delivery in (*journal.access.deliveries, *journal.orders.deliveries)}) == 3
