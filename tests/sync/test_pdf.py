"""PDF and print folders: what is kept, what it is tied to, and what is told of each file that is not as it should be."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backupreader.domain.errors import FILE_TROUBLE, SETTINGS_UNREADABLE
from backupreader.domain.records import Citizen, Delivery, Document, Identifier, Issue, Receipt, Unit
from backupreader.domain.trouble import ReaderError
from sync.adapter import Item, Source
from sync.adapters.pdf import ADAPTER
from sync.pdf import reading
from tests.sync.prints import DATA, broken, driving_list, export, printed

EXPORT = DATA / "exports" / "pdf"
BROKEN = DATA / "pdf"
LIST = driving_list("Rute 1", "22-11-2026")


def read(folder: Path, **stated: str) -> list[Item]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() or path.is_symlink())
    return list(ADAPTER.read(Source(name="s", path=folder, **stated), files))


def only(kind: type, items: list[Item]) -> list:
    return [item for item in items if type(item) is kind]


def told(items: list[Item]) -> list[tuple[str, str | None, str | None]]:
    return [(item.code, item.column, item.value) for item in only(Issue, items)]


@pytest.fixture
def lying(tmp_path: Path) -> Callable[..., list[Item]]:
    """Reads a folder in which one file lies at this path."""

    def make(path: str, content: bytes, **stated: str) -> list[Item]:
        place = tmp_path / "prints" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        return read(tmp_path / "prints", **stated)

    return make


@pytest.fixture
def profile(tmp_path: Path) -> Callable[[str], str]:
    def write(text: str) -> str:
        path = tmp_path / "our-prints.toml"
        path.write_text('name = "ours"\nabout = "Ours"\n' + text, encoding="utf-8")
        return str(path)

    return write


def test_the_files_that_are_kept_for_the_tests_are_those_that_the_tests_write() -> None:
    for folder, made in ((EXPORT, export()), (BROKEN, broken())):
        kept = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        assert set(kept) == set(made)
        for name in set(made) - {"password.pdf"}:  # its password makes every writing another
            assert kept[name].read_bytes() == made[name]


def test_a_driving_list_is_kept_whole_with_its_day_its_route_and_its_words() -> None:
    file = "Kørelister/2026-11-22/Rute 2/Rute 2_2026-11-22.pdf"
    (document,) = (item for item in only(Document, read(EXPORT)) if item.origin.file == file)
    assert document.content == (EXPORT / file).read_bytes()
    assert (document.id, document.title, document.media_type) == (f"s:{file}", "Rute 2_2026-11-22", "application/pdf")
    assert (document.kind, document.route, document.date) == ("driving-list", "Rute 2", "2026-11-22")
    first, second = (document.text or "").split("\f")
    assert first == second
    assert first.splitlines()[:2] == ["Køreliste", "Rute: Rute 2"]
    assert "Kirsten Prøve Ågade 4 Personlig pleje" in first


def test_a_print_about_a_citizen_is_tied_to_her_number_from_its_name_or_its_first_page() -> None:
    citizens = {item.title: item.citizen for item in only(Document, read(EXPORT))}
    assert citizens["Handleplan"] == citizens["Kirsten Prøve 610148-0011"] == citizens["liste 2"] == "s:6101480011"
    assert citizens["Genomförandeplan"] == "s:191212121212"
    assert citizens["Rute 2_2026-11-22"] is citizens["Vejledning"] is None


def test_a_citizen_is_given_out_once_and_only_where_a_print_states_her_name() -> None:
    items = read(EXPORT)
    (citizen,) = only(Citizen, items)
    assert (citizen.id, citizen.name, citizen.unit) == ("s:6101480011", "Kirsten Prøve", "s:Team Nord")
    assert citizen.identifiers == (Identifier("cpr", "610148-0011", None, None),)
    assert [(item.id, item.name) for item in only(Unit, items)] == [("s:Team Nord", "Team Nord")]


def test_another_name_for_the_same_number_is_told(lying: Callable[..., list[Item]]) -> None:
    lying("Borgere/Nord/Kirsten Prøve 610148-0011.pdf", LIST)
    items = lying("Borgere/Syd/Kirsten Andersen 610148-0011.pdf", LIST)
    assert [item.name for item in only(Citizen, items)] == ["Kirsten Prøve"]
    assert told(items)[0] == ("repeated-differently", "name", "Kirsten Prøve / Kirsten Andersen")


def test_a_date_on_the_page_that_differs_from_the_name_is_told_and_none_is_taken(
    lying: Callable[..., list[Item]],
) -> None:
    items = lying("Kørelister/2026-11-22/Rute 1/Rute 1_2026-11-22.pdf", (BROKEN / "another-date.pdf").read_bytes())
    assert told(items) == [("print-disagrees", "date", "2026-11-22 / 2026-11-21")]
    assert [(item.route, item.date) for item in only(Document, items)] == [("Rute 1", None)]


def test_two_dates_or_routes_in_one_name_are_told(lying: Callable[..., list[Item]]) -> None:
    items = lying("Kørelister/2026-11-22/Rute 1/Rute 2_2026-11-23.pdf", printed(["Køreliste"]))
    assert told(items) == [
        ("print-disagrees", "date", "2026-11-22 / 2026-11-23"),
        ("print-disagrees", "route", "Rute 1 / Rute 2"),
    ]
    assert [(item.route, item.date) for item in only(Document, items)] == [(None, None)]


def test_another_person_number_on_the_page_ties_the_print_to_nobody(lying: Callable[..., list[Item]]) -> None:
    items = lying("Borgere/610148-0011/Plan.pdf", printed(["CPR-nr.: 620148-0011"]))
    assert told(items) == [("print-disagrees", "person_number", "610148-0011 / 620148-0011")]
    assert [item.citizen for item in only(Document, items)] == [None]


def test_a_swedish_number_with_and_without_its_century_is_one(lying: Callable[..., list[Item]]) -> None:
    items = lying("Brukare/121212-1212/Plan.pdf", printed(["Personnummer: 19121212-1212"]))
    assert told(items) == []
    assert [item.citizen for item in only(Document, items)] == ["s:191212121212"]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("6101480011_medicin", "6101480011"),
        ("610148-0011", "6101480011"),
        ("610148–0011", "6101480011"),
        ("610148 0011", "6101480011"),
        ("19121212-1212", "191212121212"),
        ("121212+1212", "121212+1212"),
        ("610148-0a1b", "6101480A1B"),
        ("13068012345", "13068012345"),
        ("Kirsten 610148-0011", "6101480011"),
        ("1610148-0011", None),
        ("610148-00112345", None),
        ("20261122-Rute", None),
    ],
)
def test_a_person_number_is_known_by_its_form(lying: Callable[..., list[Item]], name: str, number: str | None) -> None:
    (document,) = only(Document, lying(f"Medicinlister/2026-11-22/{name}.pdf", printed(["Medicinliste"])))
    assert document.citizen == (None if number is None else f"s:{number}")


def test_a_label_is_a_word_of_its_own_and_all_of_its_lines_count(lying: Callable[..., list[Item]]) -> None:
    lines = ["Barn-CPR-nr.: 620148-0011", "Notat om CPR-nr.: 610148-0011   CPR-nr.:  6101480011"]
    items = lying("Medicinlister/2026-11-22/liste.pdf", printed(["Udskriftsdato: 1", *lines[1:]]))
    assert [item.citizen for item in only(Document, items)] == ["s:6101480011"]
    items = lying("Medicinlister/2026-11-22/liste.pdf", printed(lines))
    assert [item.citizen for item in only(Document, items)] == [None]


def test_a_number_that_is_expected_on_the_page_and_missing_is_told(lying: Callable[..., list[Item]]) -> None:
    items = lying("Medicinlister/2026-11-22/liste.pdf", printed(["Kirsten Prøve", "CPR-nr.: ukendt"]))
    assert told(items) == [("print-fact-missing", "person_number", None)]
    assert [item.citizen for item in only(Document, items)] == [None]


def test_a_date_in_words_is_told_and_the_one_in_the_name_stands(lying: Callable[..., list[Item]]) -> None:
    items = lying("Kørelister/2026-11-22/Rute 1.pdf", printed(["Dato: søndag den 22. november"]))
    assert told(items) == [("date-unreadable", "date", "søndag den 22. november")]
    assert [item.date for item in only(Document, items)] == ["2026-11-22"]


def test_the_same_print_under_another_date_is_told(lying: Callable[..., list[Item]]) -> None:
    plain = printed(["Køreliste"])
    lying("Kørelister/2026-11-21/Rute 1.pdf", plain)
    items = lying("Kørelister/2026-11-22/Rute 1.pdf", plain)
    assert told(items) == [("print-copied", "date", "Kørelister/2026-11-21/Rute 1.pdf")]


def test_a_file_that_no_pattern_fits_is_kept_under_its_own_name() -> None:
    items = read(EXPORT)
    (document,) = (item for item in only(Document, items) if item.origin.file == "Vejledning.PDF")
    assert (document.title, document.kind, document.date, document.citizen) == ("Vejledning", None, None, None)
    assert [item.severity for item in only(Issue, items) if item.code == "print-unknown"] == ["note"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_match_however_the_system_writes_its_letters(lying: Callable[..., list[Item]], form: str) -> None:
    path = unicodedata.normalize(form, "KØRELISTER/2026-11-22/Ågade/ågade_2026-11-22.Pdf")
    (document,) = only(Document, lying(path, LIST))
    assert (document.route, document.date) == ("Ågade", "2026-11-22")
    assert document.id == "s:KØRELISTER/2026-11-22/Ågade/ågade_2026-11-22.Pdf"
    assert document.origin.file == path


@pytest.mark.skipif(os.name == "nt", reason="a name cannot hold a backslash there")
def test_a_name_with_backslashes_is_a_path_too(lying: Callable[..., list[Item]]) -> None:
    (document,) = only(Document, lying("Kørelister\\2026-11-22\\Rute 1.pdf", LIST))
    assert (document.route, document.date) == ("Rute 1", "2026-11-22")


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_in_another_encoding_is_kept_and_shown(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode("rejse-ø.pdf".encode("latin-1"))).write_bytes(LIST)
    items = read(tmp_path)
    assert [item.id for item in only(Document, items)] == ["s:rejse-\\udcf8.pdf"]
    assert [item.file for item in only(Receipt, items)] == ["rejse-\\udcf8.pdf"]


def test_two_names_that_are_written_alike_are_two_documents(tmp_path: Path) -> None:
    for form in ("NFC", "NFD"):
        (tmp_path / unicodedata.normalize(form, "å.pdf")).write_bytes(LIST)
    names = {item.id for item in only(Document, read(tmp_path))}
    assert names in ({"s:å.pdf", "s:å.pdf#2"}, {"s:å.pdf"})  # one where the disk knows one name only


def test_a_link_out_of_the_export_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(LIST)
    folder = tmp_path / "prints"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(LIST)
    (folder / "within.pdf").symlink_to(folder / "a.pdf")
    (folder / "out.pdf").symlink_to(tmp_path / "secret.pdf")
    items = read(folder)
    assert [item.origin.file for item in only(Document, items)] == ["a.pdf", "within.pdf"]
    assert [(item.file, item.severity) for item in only(Issue, items) if item.code == "file-outside"] == [
        ("out.pdf", "error")
    ]


@pytest.mark.parametrize(
    ("file", "code", "value"),
    [
        ("zero-byte.pdf", "file-empty", None),
        ("error-page.pdf", "pdf-is-none", "<!DOCTYPE html> <html><title>503 Tjenesten svarer ikke</title></html>"),
        ("cut-in-half.pdf", "pdf-damaged", None),
        ("junk.pdf", "pdf-damaged", None),
        ("pages-in-themselves.pdf", "pdf-damaged", None),
        ("deep.pdf", "pdf-damaged", None),
    ],
)
def test_what_is_no_pdf_is_refused_and_told(
    lying: Callable[..., list[Item]], file: str, code: str, value: str | None
) -> None:
    issue, receipt, delivery = lying(f"Kørelister/2026-11-22/{file}", (BROKEN / file).read_bytes())
    shown = f"Kørelister/2026-11-22/{file}"
    assert issue == Issue(code=code, file=shown, value=value, severity="error", table="document")
    assert receipt == Receipt(source="s", file=shown, read=1, filed=0, refused=1)
    assert (delivery.table, delivery.complete, delivery.read, delivery.refused) == ("document", False, 1, 1)


@pytest.mark.parametrize(
    ("file", "code", "value", "severity"),
    [
        ("cut.pdf", "pdf-cut", None, "error"),
        ("password.pdf", "pdf-locked", None, "error"),
        ("scan.pdf", "pdf-without-text", "1-2 / 2", "note"),
        ("scan-among-text.pdf", "pdf-without-text", "2 / 4", "note"),
        ("more-pages-than-there-are.pdf", "pdf-text-unread", "– / 100000", "warning"),
        ("a-gigabyte-of-blanks.pdf", "pdf-text-unread", "– / 1", "warning"),
        ("a-form-in-itself.pdf", "pdf-text-unread", "– / 1", "warning"),
        ("forms-in-forms.pdf", "pdf-text-unread", "– / 1", "warning"),
    ],
)
def test_what_cannot_be_searched_or_opened_whole_is_kept_and_told(
    lying: Callable[..., list[Item]], file: str, code: str, value: str | None, severity: str
) -> None:
    content = (BROKEN / file).read_bytes()
    items = lying(f"Kørelister/2026-11-22/{file}", content)
    assert [(item.code, item.value, item.severity) for item in only(Issue, items)] == [(code, value, severity)]
    (document,) = only(Document, items)
    assert document.content == content
    assert (document.text is None) == (file not in {"cut.pdf", "scan-among-text.pdf"})
    assert [(item.filed, item.refused) for item in only(Receipt, items)] == [(1, 0)]


def test_a_file_after_one_that_ended_the_reading_process_is_read(tmp_path: Path) -> None:
    shutil.copy(BROKEN / "a-form-in-itself.pdf", tmp_path / "1.pdf")
    (tmp_path / "2.pdf").write_bytes(LIST)
    bad, good = only(Document, read(tmp_path))
    assert bad.text is None
    assert "Rute 1" in (good.text or "")


def test_the_mark_may_stand_after_some_junk_and_the_name_may_lack_its_ending(tmp_path: Path) -> None:
    shutil.copy(BROKEN / "mark-after-junk.pdf", tmp_path / "1.pdf")
    (tmp_path / "udskrift").write_bytes(LIST)
    (tmp_path / "tekst.txt").write_bytes(b"%PDX")
    files = sorted(path for path in tmp_path.iterdir() if ADAPTER.claims(path))
    assert [path.name for path in files] == ["1.pdf", "udskrift"]
    items = list(ADAPTER.read(Source(name="s", path=tmp_path), files))
    assert [item.title for item in only(Document, items)] == ["1", "udskrift"]


def test_a_folder_is_not_claimed_and_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder.pdf").mkdir()
    assert not ADAPTER.claims(tmp_path / "folder.pdf")
    with pytest.raises(ReaderError) as raised:
        list(ADAPTER.read(Source(name="s", path=tmp_path), [tmp_path / "gone.pdf"]))
    assert raised.value.kind is FILE_TROUBLE


def test_a_file_larger_than_any_print_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    with (tmp_path / "large.pdf").open("wb") as file:
        file.write(b"%PDF-1.4\n")
        file.truncate(reading.LARGEST + 1)
    items = read(tmp_path)
    assert told(items) == [("file-too-large", None, "64")]
    assert only(Document, items) == []


def test_what_was_filled_in_a_form_can_be_searched(lying: Callable[..., list[Item]]) -> None:
    (document,) = only(Document, lying("skema.pdf", (BROKEN / "filled-form.pdf").read_bytes()))
    assert document.text == "Skema\nMarevan 5 mg"


def test_the_oldest_print_says_how_old_the_documents_are(lying: Callable[..., list[Item]], tmp_path: Path) -> None:
    plain = printed(["Køreliste"])
    lying("Kørelister/2026-11-22/Rute 1.pdf", plain)
    lying("Kørelister/2026-11-22/Rute 2.pdf", plain)
    os.utime(tmp_path / "prints" / "Kørelister" / "2026-11-22" / "Rute 1.pdf", (1_795_000_000, 1_795_000_000))
    os.utime(tmp_path / "prints" / "Kørelister" / "2026-11-22" / "Rute 2.pdf", (1_796_000_000, 1_796_000_000))
    (delivery,) = only(Delivery, read(tmp_path / "prints"))
    assert delivery == Delivery(
        source="s", table="document", taken_at="2026-11-18T12:06+01:00", complete=None, read=2, filed=2, refused=0
    )
    items = lying("Kørelister/2026-11-22/Rute 3.pdf", LIST)
    os.utime(tmp_path / "prints" / "Kørelister" / "2026-11-22" / "Rute 1.pdf", (1_796_000_000, 1_796_000_000))
    (delivery,) = only(Delivery, read(tmp_path / "prints"))
    assert delivery.taken_at == "2026-11-21T16:00"
    assert [item.taken_at for item in only(Delivery, read(tmp_path / "prints", taken_at="2026-11-22"))] == [
        "2026-11-22"
    ]
    assert items


OURS = """
[[print]]
kind = "journal"
dates = ["%Y/%m/%d", "%Y%m%d"]
path = ["{taken}/{unit}/{name} ({person_number}).pdf", 'Plan\\{date}\\{title} - {any}.pdf']
page_dates = ["%d.%m.%y", "%d.%m.%Y"]
first_page = ["Rute {route} ({date})", "{name}, født"]
"""


def test_a_site_states_its_own_patterns(lying: Callable[..., list[Item]], profile: Callable[[str], str]) -> None:
    own = profile(OURS.replace('"%d.%m.%y", ', ""))
    items = lying("2026/11/21/Nord/Kirsten Prøve (610148-0011).pdf", printed(["Rute 7 (22.11.2026)"]), profile=own)
    (document,) = only(Document, items)
    assert (document.citizen, document.route, document.date) == ("s:6101480011", "7", "2026-11-22")
    assert [item.name for item in only(Citizen, items)] == ["Kirsten Prøve"]
    assert {item.taken_at for item in only(Delivery, items)} == {"2026-11-21"}
    items = lying("Plan/20261122/Ugeplan - kopi.pdf", printed(["x"]), profile=own)
    (document,) = (item for item in only(Document, items) if item.origin.file.startswith("Plan"))
    assert (document.title, document.date, document.kind) == ("Ugeplan", "2026-11-22", "journal")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[[print]]\nkind = "x"\npath = ["{place}.pdf"]\n', "print.1.path"),
        ('[[print]]\nkind = "x"\npath = ["../{title}.pdf"]\n', "print.1.path"),
        ('[[print]]\nkind = "x"\npath = ["/{title}.pdf"]\n', "print.1.path"),
        ('[[print]]\nkind = "x"\npath = ["C:\\\\{title}.pdf"]\n', "print.1.path"),
        ('[[print]]\nkind = "x"\npath = ["{route}{title}.pdf"]\n', "print.1.path"),
        ('[[print]]\nkind = "x"\npath = ["{route.pdf"]\n', "print.1.path"),
        (f'[[print]]\nkind = "x"\npath = ["{"{title} " * 9}.pdf"]\n', "print.1.path"),
        ('[[print]]\nkind = "x"\npath = []\n', "print.1.path"),
        ('[[print]]\nkind = "x"\npath = ["a.pdf"]\nfirst_page = ["{date}"]\npage_dates = ["iso"]\n', "print.1.first"),
        ('[[print]]\nkind = "x"\npath = ["a.pdf"]\nfirst_page = ["Dato"]\n', "print.1.first_page"),
        ('[[print]]\nkind = "x"\npath = ["a.pdf"]\nfirst_page = ["Dato: {date}"]\n', "print.1.first_page"),
        (OURS, "print.1.page_dates"),
        ('[[print]]\npath = ["a.pdf"]\n', "print.1.kind"),
        ('[[print]]\nkind = "x"\npath = ["a.pdf"]\n[[file]]\nname = "x"\n', "file"),
        ("print = []\n", "print"),
        ("print = [\n", "end of document"),
    ],
)
def test_a_profile_that_cannot_be_read_says_where(profile: Callable[[str], str], text: str, key: str) -> None:
    own = profile(text)
    with pytest.raises(ReaderError) as raised:
        read(EXPORT, profile=own)
    assert raised.value.kind is SETTINGS_UNREADABLE
    assert raised.value.facts["path"] == Path(own)
    assert key in str(raised.value.facts["reason"])


def test_a_profile_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReaderError) as raised:
        read(EXPORT, profile=str(tmp_path / "none.toml"))
    assert raised.value.kind is SETTINGS_UNREADABLE


def test_a_stream_that_is_broken_off_leaves_no_process(tmp_path: Path) -> None:
    stream = ADAPTER.read(Source(name="s", path=EXPORT), sorted(EXPORT.rglob("*.pdf")))
    assert isinstance(stream, Iterator)
    next(stream)
    stream.close()  # an unwatched child would warn, and warnings fail a test


def test_ids_and_records_stay_where_the_folder_moves(tmp_path: Path) -> None:
    moved = shutil.copytree(EXPORT, tmp_path / "moved")
    assert [replace(item) for item in only(Document, read(moved))] == only(Document, read(EXPORT))
