"""The elements that are not carried, each with the reason, and what is told of those that nobody here knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from backupreader.domain.records import Issue, Origin
from sync.markup import Element
from sync.rivta.entry import SHOWN_OF_A_VALUE

_ELSEWHERE: Final = "an id in another system, which nobody can follow on a backup PC"
_UNIT: Final = "how a unit of another organisation is reached: the municipality's plan has the numbers that hold"
_CODES: Final = "names the code system; the code and its text are carried"
_STRUCTURE: Final = "the scaffolding of EN 13606, without a value of its own"

NOT_CARRIED: Final[Mapping[str, str]] = {
    "logId": "the service platform's log",
    "careContactId": _ELSEWHERE,
    "careProcessId": _ELSEWHERE,
    "healthcareProfessionalHSAId": _ELSEWHERE,
    "healthcareProfessionalCareUnitHSAId": _ELSEWHERE,
    "healthcareProfessionalCareGiverHSAId": _ELSEWHERE,
    "legalAuthenticatorHSAId": _ELSEWHERE,
    "accountableHealthcareProfessional/authorTime": "of a header's two times the document's own is carried",
    "author/timestamp": "as above",
    "legalAuthenticator/signatureTime": "that it is signed is carried as the status",
    "legalAuthenticatorName": "that it is signed is carried as the status; who signed stands in the source system",
    "accountableHealthcareProvider": _ELSEWHERE,
    "accountableCareUnit": _ELSEWHERE,
    "blockComparisonTime": "decides on blocks between care providers, before the export",
    "orgUnitHSAId": _ELSEWHERE,
    "orgUnitTelecom": _UNIT,
    "orgUnitEmail": _UNIT,
    "orgUnitAddress": _UNIT,
    "orgUnitLocation": _UNIT,
    "codeSystem": _CODES,
    "codeSystemName": _CODES,
    "codeSystemVersion": _CODES,
    "prescriptionChainId": "the chain is followed by the ids of the prescriptions themselves",
    "precedingPrescriptionId": "used to name what is stopped, and to end the former prescription",
    "succeedingPrescriptionId": "the same chain, told from its other end",
    "prescriptionId": "the header's document id is carried; it is the same by the contract",
    "dispensationAuthorizationId": _ELSEWHERE,
    "receivingPharmacy": _ELSEWHERE,
    "administrationId": _ELSEWHERE,
    "root": "the OID of who gave out an id; that of a person number is carried",
    "gender/displayName": "the code says the same, in our own word",
    "relatedDiagnosis": _ELSEWHERE,
    "documentId": _ELSEWHERE,
    "relation": "which other documents belong with this one, by their ids",
    "opinionId": _ELSEWHERE,
    "personId": "the number of the one who dissents; the name is carried",
    "author": "of an author the name, the role, the unit and the time are carried; the rest is an id",
    "signature": "that it is signed is carried as the status",
    "nullFlavor": _STRUCTURE,
    "schemaLocation": "where the schema lies",
    "type": "the data type of an element, or the OID of a number's kind, which is carried",
    "hasMore": "a reference for reading on, which only a caller of the service can use",
}

EXTRACT_NOT_CARRIED: Final[Mapping[str, str]] = {
    "meaning": "the code of what an element is; it chooses the field",
    "name": _STRUCTURE,
    "rc_id": "the composition's is the id; those within it are ids in another system",
    "synthesised": _STRUCTURE,
    "links": "which other compositions belong with this one, by their ids",
    "uncertainty_expressed": _STRUCTURE,
    "structure_type": _STRUCTURE,
    "other_participations": _ELSEWHERE,
    "committal": "when it was filed is carried; by whom is an id",
    "attestations": "that and when it was attested is carried as the status",
    "composer": "whose name, role and unit are carried out of the demographic part",
    "info_provider": _ELSEWHERE,
    "sensitivity": _STRUCTURE,
    "lkm-ord-oki": "the id of an order's chain, which the compositions do not refer to",
    "type": "the data type of an element",
    "nullFlavor": _STRUCTURE,
    "schemaLocation": "where the schema lies",
    "lowClosed": "a beginning is part of its interval to the second, or not: no day differs",
    "highClosed": "as above; an end that is a day and not part of its interval is read as that day's beginning",
    "ehr_id": _ELSEWHERE,
    "ehr_system": _ELSEWHERE,
    "rm_id": _STRUCTURE,
    "demographic_extract": "whose names and roles are carried where a composition refers to them; the rest is as above",
}


def is_named(path: str, named: Mapping[str, str]) -> bool:
    """Does a table name any of the elements of the path, by itself or with the one it stands in?"""
    steps = path.replace("@", "").split("/")[1:]
    pairs = (f"{outer}/{inner}" for outer, inner in pairwise(steps))
    return any(step in named for step in (*steps, *pairs))


class Unknown:
    """Tells, once a path and file, of an element that is neither carried nor named above."""

    def __init__(self) -> None:
        self._told: set[tuple[str, str]] = set()

    def issues(self, element: Element, origin: Origin, named: Mapping[str, str]) -> Iterator[Issue]:
        """What `element` holds that nobody asked for and that is not `named`."""
        for path, _, text in element.left():
            if is_named(path, named) or (origin.file, path) in self._told:
                continue
            self._told.add((origin.file, path))
            yield Issue(
                code="element-left-unread",
                file=origin.file,
                row=origin.row,
                column=path,
                value=text[:SHOWN_OF_A_VALUE],
                severity="note",
            )
