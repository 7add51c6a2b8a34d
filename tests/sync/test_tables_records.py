"""How the rows of a vendor's lists become records: several kinds in a row, columns of times, codes, carers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from backupreader.domain.errors import SOURCE_DAMAGED, TWO_CLAIMS
from backupreader.domain.records import Citizen, Contact, Delivery, Dose, Issue, Medication, Note, Unit, Visit
from backupreader.domain.trouble import ReaderError
from sync.adapter import Source
from sync.profile import Profile
from sync.tables.delivering import Export
from sync.tables.writing import write


def read(profile: dict[str, Any], folder: Path, **texts: str) -> list[Any]:
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    made = Profile.model_validate({"name": "test", "about": "test", **profile})
    return list(Export(Source(name="s", path=folder), made, sorted(folder.iterdir())).items())


def kind(items: Sequence[Any], cls: type) -> list[Any]:
    return [item for item in items if isinstance(item, cls)]


CITIZENS = {
    "form": {"delimiter": ";", "moments": ["%d-%m-%Y"], "yes": ["Ja"], "no": ["Nej"]},
    "file": [
        {
            "name": "citizens.csv",
            "ignore": ["Kommune"],
            "optional": ["Kommune"],
            "record": [
                {"table": "unit", "once": True, "fields": {"id": "Enhed", "name": "Enhedsnavn"}},
                {
                    "table": "citizen",
                    "identifiers": [{"column": "CPR"}, {"column": "Gammelt nr.", "kind": "local", "system": "Care"}],
                    "fields": {
                        "id": "Nr.",
                        "name": {"columns": ["Fornavn", "Efternavn"]},
                        "unit": "Enhed",
                        "birth_date": "Født",
                        "interpreter": "Tolk",
                        "status": {"column": "Status", "codes": {"H": "home", "": "unknown"}},
                    },
                },
                {
                    "table": "contact",
                    "when": ["Pårørende", "Tlf."],
                    "fields": {
                        "id": {"column": "Nr.", "after": "/1"},
                        "citizen": "Nr.",
                        "name": "Pårørende",
                        "phone": "Tlf.",
                        "kind": {"value": "relative"},
                    },
                },
            ],
        }
    ],
}
HEAD = "Nr.;Fornavn;Efternavn;Enhed;Enhedsnavn;Født;Tolk;Status;CPR;Gammelt nr.;Pårørende;Tlf.;Kommune\n"


def test_one_row_makes_several_records(tmp_path: Path) -> None:
    text = HEAD + (
        "1;Åse;Bøgh;N;Nord;14-03-1938;Ja;H;140338-1234;77;Bo Bøgh;12345678;x\n"
        "2;;Holm;N;Nord;;;;;;;;x\n"
        "3;Ib;Dam;S;Syd;;Nej;Rejst;;;;87654321;x\n"
    )
    items = read(CITIZENS, tmp_path, citizens=text)
    assert [(unit.id, unit.name) for unit in kind(items, Unit)] == [("s:N", "Nord"), ("s:S", "Syd")]
    people = kind(items, Citizen)
    assert [person.name for person in people] == ["Åse Bøgh", "Holm", "Ib Dam"]
    assert [person.unit for person in people] == ["s:N", "s:N", "s:S"]
    assert [person.interpreter for person in people] == [True, None, False]
    assert [(person.status, person.status_source) for person in people] == [
        ("home", None),
        ("unknown", None),
        ("unknown", "Rejst"),
    ]
    assert [(one.kind, one.value, one.system) for one in people[0].identifiers] == [
        ("cpr", "140338-1234", None),
        ("local", "77", "Care"),
    ]
    (contact,) = kind(items, Contact)
    assert (contact.id, contact.citizen, contact.name, contact.kind) == ("s:1/1", "s:1", "Bo Bøgh", "relative")
    told = [(issue.code, issue.row, issue.column) for issue in kind(items, Issue)]
    assert told == [("code-unknown", 4, "Status"), ("row-refused", 4, "Pårørende")]
    counts = {item.table: (item.read, item.filed, item.refused) for item in kind(items, Delivery)}
    assert counts == {"unit": (2, 2, 0), "citizen": (3, 3, 0), "contact": (2, 1, 1)}


def test_a_thing_that_is_repeated_with_another_content_is_told(tmp_path: Path) -> None:
    text = HEAD + "1;A;B;N;Nord;;;;;;;;\n2;C;D;N;Nordby;;;;;;;;\n"
    items = read(CITIZENS, tmp_path, citizens=text)
    assert [issue.code for issue in kind(items, Issue)] == ["repeated-differently"]
    assert [unit.name for unit in kind(items, Unit)] == ["Nord"]


MEDICINE = {
    "form": {"decimal": ","},
    "file": [
        {
            "name": "m*.csv",
            "record": [
                {"table": "medication", "fields": {"id": "id", "citizen": "c", "drug": "drug"}},
                {
                    "table": "dose",
                    "fields": {"id": "id", "medication": "id", "citizen": "c"},
                    "spread": {
                        "cell": "quantity",
                        "nothing": ["0"],
                        "columns": {"08:00": {"time": "08:00"}, "nat": {"slot": "night", "every_days": 1}},
                    },
                },
                {
                    "table": "dose",
                    "fields": {"id": {"column": "id", "after": "/t"}, "medication": "id", "citizen": "c"},
                    "split": {"column": "times", "separator": "|", "fields": ["time", "quantity"], "inner": "x"},
                },
            ],
        }
    ],
}


def test_columns_of_times_and_lists_of_times_become_doses(tmp_path: Path) -> None:
    text = 'id,c,drug,08:00,nat,times\n1,9,Pamol,"1,5",0,\n2,9,Eltroxin,,½,12:00x2 | 18:00\n3,9,Insulin,,,25:00\n'
    items = read(MEDICINE, tmp_path, medicine=text)
    assert len(kind(items, Medication)) == 3
    doses = [(dose.id, dose.time, dose.slot, dose.quantity, dose.every_days) for dose in kind(items, Dose)]
    assert doses == [
        ("s:1/08:00", "08:00", None, "1.5", None),
        ("s:2/nat", None, "night", "½", 1),
        ("s:2/t/12:00", "12:00", None, "2", None),
        ("s:2/t/18:00", "18:00", None, None, None),
        ("s:3/t/25:00", None, None, None, None),
    ]
    told = [(issue.code, issue.severity, issue.row, issue.column, issue.value) for issue in kind(items, Issue)]
    assert told == [("number-odd", "warning", 3, "nat", "½"), ("time-unreadable", "error", 4, "times", "25:00")]


def test_a_table_with_a_column_for_each_carer_becomes_visits(tmp_path: Path) -> None:
    profile = {
        "form": {"delimiter": ";", "moments": ["%d-%m-%Y %H:%M"]},
        "file": [
            {
                "name": "plan.csv",
                "record": [
                    {
                        "table": "visit",
                        "fields": {
                            "id": {"columns": ["Dato", "Fra"], "join": " "},
                            "start": {"columns": ["Dato", "Fra"]},
                            "end": {"columns": ["Dato", "Til"], "not_before": "start"},
                            "route": {"value": "Nat"},
                        },
                        "spread": {"columns": "*", "cell": "citizen", "head": "staff"},
                    }
                ],
            }
        ],
    }
    text = "Dato;Fra;Til;Anna Holm;Bo Dam\n22-11-2026;23:30;00:15;17;\n23-11-2026;01:00;01:20;;18\n"
    items = read(profile, tmp_path, plan=text)
    visits = [(visit.start, visit.end, visit.staff, visit.citizen, visit.zone) for visit in kind(items, Visit)]
    assert visits == [
        ("2026-11-22T23:30", "2026-11-23T00:15", "Anna Holm", "s:17", "Europe/Copenhagen"),
        ("2026-11-23T01:00", "2026-11-23T01:20", "Bo Dam", "s:18", "Europe/Copenhagen"),
    ]
    assert not kind(items, Issue)
    made = Profile.model_validate({"name": "test", "about": "test", **profile})
    (tmp_path / "again").mkdir()
    bare = [
        type(visit)(**{**_fields(visit), "citizen": (visit.citizen or "").removeprefix("s:")})
        for visit in kind(items, Visit)
    ]
    assert not write(made, bare, tmp_path / "again", "2026-11-22").left_out
    back = (tmp_path / "again" / "plan.csv").read_text(encoding="utf-8").replace("\r", "")
    assert sorted(back.splitlines()) == sorted(text.splitlines())


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


NOTES: dict[str, Any] = {
    "file": [
        {
            "name": "notes_{taken}.csv",
            "record": [{"table": "note", "fields": {"id": "id", "citizen": "c", "text": "t"}}],
        }
    ],
    "taken_at": {"form": "%Y%m%d"},
}


def test_of_successive_exports_the_newest_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    older, newer = "id,c,t\n1,2,old\n", "id,c,t\n1,2,new\n"
    items = read(NOTES, tmp_path, notes_20261121=older, notes_20261122=newer)
    assert [note.text for note in kind(items, Note)] == ["new"]
    assert [(issue.code, issue.file) for issue in kind(items, Issue)] == [("file-older", "notes_20261121.csv")]
    assert [item.taken_at for item in kind(items, Delivery)] == ["2026-11-22T00:00:00+01:00"]


def test_files_that_belong_together_are_all_read_and_the_oldest_says_how_old_they_are(tmp_path: Path) -> None:
    file = {**NOTES["file"][0], "every": True}
    texts = {"notes_20261121": "id,c,t\n1,2,old\n", "notes_20261122": "id,c,t\n2,2,new\n"}
    items = read({**NOTES, "file": [file]}, tmp_path, **texts)
    assert [note.text for note in kind(items, Note)] == ["old", "new"]
    assert [item.taken_at for item in kind(items, Delivery)] == ["2026-11-21T00:00:00+01:00"]


@pytest.mark.parametrize(
    ("taken", "head", "text"),
    [
        ({"column": "when", "form": "%d-%m-%Y %H:%M"}, 1, "id,c,t,when\n1,2,x,22-11-2026 05:30\n"),
        ({"line": "Taken: {taken}", "form": "%d-%m-%Y %H:%M"}, 2, "Taken: 22-11-2026 05:30,,\nid,c,t\n1,2,x\n"),
    ],
)
def test_the_export_says_itself_when_it_was_taken(tmp_path: Path, taken: dict[str, str], head: int, text: str) -> None:
    file = {**NOTES["file"][0], "name": "notes.csv"}
    items = read({"file": [file], "taken_at": taken, "form": {"head": head}}, tmp_path, notes=text)
    assert [item.taken_at for item in kind(items, Delivery)] == ["2026-11-22T05:30:00+01:00"]
    assert not kind(items, Issue)


MANIFEST: dict[str, Any] = {
    "manifest": {"name": "manifest.csv"},
    "file": [{"name": "notes.csv", "record": [{"table": "note", "fields": {"id": "id", "citizen": "c", "text": "t"}}]}],
}


def test_a_manifest_proves_that_all_of_it_came(tmp_path: Path) -> None:
    manifest = "file,rows,taken_at,complete\nnotes.csv,1,2026-11-22T05:30,true\n"
    (delivery,) = kind(read(MANIFEST, tmp_path, notes="id,c,t\n1,2,x\n", manifest=manifest), Delivery)
    assert (delivery.complete, delivery.taken_at) == (True, "2026-11-22T05:30:00+01:00")


def test_a_manifest_that_counts_more_rows_than_came_refuses_the_file(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="than the manifest says") as told:
        read(MANIFEST, tmp_path, notes="id,c,t\n1,2,x\n", manifest="file,rows\nnotes.csv,2\n")
    assert told.value.kind is SOURCE_DAMAGED


@pytest.mark.parametrize("line", ["notes.csv,many", "notes.csv,1,,,,", "notes.csv"])
def test_a_manifest_that_cannot_be_read_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(ReaderError) as told:
        read(MANIFEST, tmp_path, notes="id,c,t\n1,2,x\n", manifest=f"file,rows\n{line}\n")
    assert told.value.kind is SOURCE_DAMAGED


def test_a_file_that_the_manifest_names_and_is_not_there_is_told(tmp_path: Path) -> None:
    items = read(MANIFEST, tmp_path, notes="id,c,t\n1,2,x\n", manifest="file,rows\nnotes.csv,1\nmore.csv,7\n")
    assert [(issue.code, issue.file, issue.severity) for issue in kind(items, Issue)] == [
        ("file-missing", "more.csv", "error")
    ]


def test_a_table_of_which_a_file_is_missing_is_not_whole(tmp_path: Path) -> None:
    one = {**MANIFEST["file"][0], "complete": True}
    other = {**one, "name": "more.csv"}
    items = read({"file": [one, other]}, tmp_path, notes="id,c,t\n1,2,x\n")
    assert [item.complete for item in kind(items, Delivery)] == [False]
    assert [(issue.code, issue.file) for issue in kind(items, Issue)] == [("file-missing", "more.csv")]


def test_a_table_that_is_not_there_is_not_delivered_and_an_empty_one_is(tmp_path: Path) -> None:
    absent = {**CITIZENS["file"][0], "expected": False}  # type: ignore[index]
    items = read({"file": [*MANIFEST["file"], absent]}, tmp_path, notes="id,c,t\n")
    assert [(item.table, item.read) for item in kind(items, Delivery)] == [("note", 0)]
    assert not kind(items, Issue)


def test_a_file_that_two_layouts_name_is_refused(tmp_path: Path) -> None:
    twice = [MANIFEST["file"][0], {**MANIFEST["file"][0], "name": "n*.csv"}]
    with pytest.raises(ReaderError) as told:
        read({"file": twice}, tmp_path, notes="id,c,t\n")
    assert told.value.kind is TWO_CLAIMS


def test_what_is_only_doubtful_is_told_a_thousand_times_and_then_counted(tmp_path: Path) -> None:
    file = {
        "name": "notes.csv",
        "record": [
            {
                "table": "note",
                "fields": {"id": "id", "citizen": "c", "text": "t", "status": {"column": "s", "codes": {"F": "final"}}},
            }
        ],
    }
    text = "id,c,t,s\n" + "".join(f"{row},2,x,?\n" for row in range(1200))
    issues = kind(read({"file": [file]}, tmp_path, notes=text), Issue)
    assert len(issues) == 1001
    assert (issues[-1].code, issues[-1].value, issues[-1].column) == ("more-of-the-same", "200", "s")


def test_what_is_lost_is_told_row_by_row(tmp_path: Path) -> None:
    text = "id,c,t\n" + "".join(f"{row},,x\n" for row in range(1200))
    items = read(MANIFEST, tmp_path, notes=text)
    assert len(kind(items, Issue)) == 1200
    assert [(item.read, item.filed, item.refused, item.complete) for item in kind(items, Delivery)] == [
        (1200, 0, 1200, False)
    ]
