"""``search`` on the real command line: a sealed generation in, citizens and notes out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backupreader.cli import run
from backupreader.domain.records import Citizen, Delivery, Document, Identifier, Note, Origin, Unit
from backupreader.settings import Settings
from backupreader.store import vault
from backupreader.store.carried import TrustedSigner
from backupreader.store.database import SCHEMA
from backupreader.store.files import Files
from backupreader.store.manifest import EMPTY_SHA256, Manifest
from backupreader.store.seal import Signer
from backupreader.store.trust import Trust
from sync import package
from sync.build import build
from sync.receive import receive

SITE = "skovby"
PASSPHRASE = "hest lampe skov tand vindue"
SIGNER = Signer(bytes(range(32)))
HERE = Origin("notes.csv", 1)
ITEMS = (
    Unit(id="nexus:u1", name="Team Nord", origin=HERE),
    Citizen(
        id="nexus:1",
        name="Kirsten Møller",
        birth_date="1938-03-14",
        identifiers=(Identifier("cpr", "1403381234"),),
        unit="nexus:u1",
        room="12",
        origin=HERE,
    ),
    Citizen(id="nexus:2", name="Ole \x1b[31mHolm", birth_date="1940", origin=HERE),
    Note(
        id="nexus:1",
        citizen="nexus:1",
        text="Så til ham. " * 20 + "Faldt i badet, blå mærker. " + "Sov godt. " * 20,
        written_at="2026-11-21T22:00",
        author="NN",
        title="Fald",
        origin=HERE,
    ),
    Note(id="nexus:2", citizen="nexus:2", text="Badet\nog klædt", status="entered-in-error", origin=HERE),
    Note(id="nexus:3", citizen="nexus:2", text="badet", written_at="i går", origin=HERE),
    Document(
        id="prints:a.pdf",
        title="Rute 1_2026-11-22",
        media_type="application/pdf",
        content=b"%PDF-",
        route="Rute 1",
        date="2026-11-22",
        kind="driving-list",
        text="Køreliste\n08:00 Kirsten\fSide to: nøgleboks ved døren",
        origin=HERE,
    ),
    Document(
        id="prints:b.pdf",
        title="Scannet \x1b[31m nøglekort",
        media_type="application/pdf",
        content=b"%PDF-",
        citizen="nexus:1",
        date="i går",
        origin=HERE,
    ),
    Document(
        id="prints:c.pdf",
        title="Nøgler",
        media_type="application/pdf",
        content=b"",
        citizen="prints:9",
        text="",
        origin=HERE,
    ),
)


@pytest.fixture(scope="module")
def pc(tmp_path_factory) -> list[str]:
    """The arguments by which a PC that has received a package is asked."""
    folder: Path = tmp_path_factory.mktemp("pc")
    files, settings = Files(), Settings(site=SITE, data=folder / "pc")
    place = settings.data / "vault"
    secret = vault.make_machine_secret(place / "machine-secret", files)
    made, _ = vault.init(
        place, "room12", SITE, PASSPHRASE, files, vault.Cost(8 * 1024, 1, 1), account="Ida", machine_secret=secret
    )
    Trust(settings.data, files).add(TrustedSigner(SITE, SIGNER.public))
    deliveries = [
        Delivery(source="nexus", table=table, taken_at=taken_at, complete=True, read=1, filed=1, refused=0)
        for table, taken_at in (("citizen", "2026-11-22T05:30"), ("note", "2026-11-22T05:31"))
    ]
    key = package.new_key()
    built = build([*ITEMS, *deliveries], folder / "data.db", key, files=files, tick=lambda done, total: None)
    manifest = Manifest(
        schema=SCHEMA,
        site=SITE,
        signer=TrustedSigner(SITE, SIGNER.public).id,
        epoch=1,
        seq=1,
        created="2026-11-22T05:40:00Z",
        taken_at={"nexus": {one.table: one.taken_at for one in deliveries}, "routes": {"visit": "2026-11"}},
        counts={},
        units={},
        database_length=built.length,
        database_sha256=built.sha256,
        seals={},
        plan_length=0,
        plan_sha256=EMPTY_SHA256,
    )
    settings.inbox_folder.mkdir(parents=True)
    package.seal(folder / "data.db", key, manifest, SIGNER, (made.identity,), b"", settings.inbox_folder, files)
    receive(settings)
    (folder / "words").write_text(PASSPHRASE, encoding="utf-8")
    (folder / "settings.toml").write_text(f'site = "{SITE}"\nlanguage = "en"\ndata = "pc"\n', encoding="utf-8")
    return ["--settings", str(folder / "settings.toml"), "--passphrase-file", str(folder / "words")]


def test_citizens_and_notes_are_shown_under_the_age_of_the_data(pc, capsys):
    assert run(["search", "badet", *pc]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "BACKUP, read only: skovby"
    assert shown[1].startswith("Taken from nexus at 22 Nov 2026 05:30, ")
    assert shown[1].endswith(" ago")
    assert shown[2] == "Taken from routes, 2026-11"
    assert shown[4] == "0 citizens"
    notes = shown[shown.index("3 notes") + 1 :]
    assert notes[0].startswith("  21 Nov 2026 22:00 · Kirsten Møller · NN · Fald · …")
    assert "Faldt i badet, blå mærker" in notes[0]
    assert notes[0].endswith("…")
    assert notes[1] == "  i går · Ole [31mHolm · badet"
    assert notes[2] == "  time not said · ENTERED IN ERROR · Ole [31mHolm · Badet og klædt"


def test_a_citizen_is_shown_with_what_tells_her_from_others(pc, capsys):
    assert run(["search", "moller", "14/3", *pc]) == 0
    shown = capsys.readouterr().out
    assert "1 citizen\n" in shown
    assert "  Kirsten Møller · 14 Mar 1938 · 140338-1234 · Team Nord · 12 · nexus:1\n" in shown


def test_a_birthday_that_is_only_a_year_is_shown_as_written(pc, capsys):
    assert run(["search", "ole", *pc]) == 0
    assert " · 1940 · nexus:2\n" in capsys.readouterr().out


def test_documents_are_shown_with_what_they_are_tied_to_and_the_page(pc, capsys):
    assert run(["search", "nøgle", *pc]) == 0
    shown = capsys.readouterr().out
    assert shown.splitlines()[-4:] == [
        "3 documents",
        "  i går · Kirsten Møller · Scannet [31m nøglekort · cannot be searched",
        "  day not said · prints:9 · Nøgler · cannot be searched",
        "  22 Nov 2026 · Rute 1 · Rute 1_2026-11-22 · page 2 · Køreliste 08:00 Kirsten Side to: nøgleboks ved døren",
    ]


def test_a_machine_reads_documents_without_their_content(pc, capsys):
    assert run(["search", "--json", "nøgleboks", *pc]) == 0
    (found,) = json.loads(capsys.readouterr().out)["documents"]
    assert found == {
        "id": "prints:a.pdf",
        "citizen": None,
        "name": None,
        "route": "Rute 1",
        "date": "2026-11-22",
        "kind": "driving-list",
        "title": "Rute 1_2026-11-22",
        "page": 2,
        "excerpt": "Køreliste\n08:00 Kirsten\x0cSide to: nøgleboks ved døren",
        "searchable": True,
        "withheld": False,
    }


def test_nothing_a_source_wrote_is_obeyed_by_the_terminal(pc, capsys):
    assert run(["search", "ole", *pc]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_a_machine_reads_everything_as_one_document(pc, capsys):
    assert run(["search", "--json", "møller", *pc]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["site"], document["fallback"]) == (SITE, None)
    assert document["taken_at"]["nexus"]["note"] == "2026-11-22T05:31"
    assert document["notes"] == []
    assert document["citizens"] == [
        {
            "id": "nexus:1",
            "name": "Kirsten Møller",
            "birth_date": "1938-03-14",
            "numbers": ["1403381234"],
            "unit": "Team Nord",
            "room": "12",
            "why": "name",
        }
    ]
    assert run(["search", "--json", "fald", *pc]) == 0
    (note,) = json.loads(capsys.readouterr().out)["notes"]
    assert (note["id"], note["citizen"], note["name"], note["author"]) == ("nexus:1", "nexus:1", "Kirsten Møller", "NN")
    assert note["text"].endswith("Sov godt. ")


def test_no_more_than_the_limit_is_shown(pc, capsys):
    assert run(["search", "badet", "--limit", "1", *pc]) == 0
    shown = capsys.readouterr().out.splitlines()
    notes = shown[shown.index("3 notes") + 1 : shown.index("0 documents") - 1]
    assert len(notes) == 2
    assert "21 Nov 2026 22:00" in notes[0]
    assert "There are more" in notes[1]


@pytest.mark.parametrize("wrong", [["--limit", "0"], ["--limit", "many"]])
def test_a_limit_that_is_none_is_wrong_usage(pc, wrong, capsys):
    assert run(["search", "badet", *wrong, *pc]) == 2


def test_without_words_it_is_wrong_usage(pc, capsys):
    assert run(["search", *pc]) == 2


def test_wrong_words_open_nothing(pc, tmp_path, capsys):
    (tmp_path / "words").write_text("nogle helt andre ord her")
    assert run(["search", "badet", *pc[:2], "--passphrase-file", str(tmp_path / "words")]) == 15
    assert "badet" not in capsys.readouterr().out
