"""B4: FHIR Bulk Data lines, read into records."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import orjson
from made import Made
from row import Goal, Line, side_by_side

from sync.adapter import Source
from sync.adapters.fhir import ADAPTER

LINES = {"tiny": 50, "small": 3_000, "medium": 50_000, "large": 300_000}


def measure(made: Made, rounds: int) -> Iterator[Line]:
    folder = made.folder / "fhir"
    folder.mkdir(exist_ok=True)
    files = list(_written(folder, LINES[made.size]))
    source = Source(name="fhir", path=folder, adapter="fhir", taken_at="2026-11-22T05:30:00+01:00")
    seconds = side_by_side({"ours": lambda: _count(ADAPTER.read(source, files)), "peer": lambda: _bare(files)}, rounds)
    yield Line(
        id="B4",
        what="FHIR bulk lines read into records, against orjson alone",
        ours=seconds["ours"],
        peer=seconds["peer"],
        unit="s",
        goal=Goal("at most", 3),
    )


def _written(folder: Path, count: int) -> Iterator[Path]:
    """One file a resource type, a tenth as many patients as each of the others, in the forms that hospitals send."""
    patients = max(1, count // 10)
    text = "Borgeren har sovet godt. Medicin givet efter skema, spiste halvdelen af frokosten. " * 3
    resources = {
        "Patient": [
            {
                "id": f"p{n}",
                "name": [{"family": "Måling", "given": [f"Prøve{n}"]}],
                "birthDate": "1938-03-14",
                "gender": "female",
            }
            for n in range(patients)
        ],
        "DocumentReference": [
            {
                "id": f"d{n}",
                "status": "current",
                "subject": {"reference": f"Patient/p{n % patients}"},
                "date": "2026-11-20T10:00:00+01:00",
                "content": [
                    {
                        "attachment": {
                            "contentType": "text/plain; charset=utf-8",
                            "data": base64.b64encode(text.encode()).decode(),
                        }
                    }
                ],
            }
            for n in range(count)
        ],
        "MedicationRequest": [
            {
                "id": f"m{n}",
                "status": "active",
                "intent": "order",
                "subject": {"reference": f"Patient/p{n % patients}"},
                "authoredOn": "2026-01-01",
                "medicationCodeableConcept": {
                    "coding": [{"system": "http://www.whocc.no/atc", "code": "N02BE01"}],
                    "text": "Paracetamol 500 mg",
                },
                "dosageInstruction": [
                    {
                        "text": "1 tablet 4 gange daglig",
                        "timing": {"repeat": {"frequency": 4, "period": 1, "periodUnit": "d"}},
                    }
                ],
            }
            for n in range(count)
        ],
        "Condition": [
            {
                "id": f"c{n}",
                "subject": {"reference": f"Patient/p{n % patients}"},
                "clinicalStatus": {
                    "coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]
                },
                "code": {"text": "Nedsat gangfunktion"},
                "onsetDateTime": "2025-05-01",
            }
            for n in range(count)
        ],
    }
    for kind, entries in resources.items():
        file = folder / f"{kind}.000.ndjson"
        file.write_bytes(b"".join(orjson.dumps({"resourceType": kind, **entry}) + b"\n" for entry in entries))
        yield file


def _bare(files: list[Path]) -> int:
    return sum(bool(orjson.loads(line)) for file in files for line in file.read_bytes().splitlines())


def _count(items: Iterator[object]) -> int:
    return sum(1 for _ in items)
