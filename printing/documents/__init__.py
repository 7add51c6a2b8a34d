"""The printed documents, in the order in which they are offered; what a member is stands in ``document``."""

from __future__ import annotations

import importlib
from typing import Final

from backupreader.domain.errors import NOT_FOUND
from backupreader.domain.trouble import ReaderError
from printing.document import Document

_MODULES: Final = {
    "summary": "printing.documents.summary",
    "medication-list": "printing.documents.medication_list",
    "medicine-sheet": "printing.documents.medicine_sheet",
    "driving-list": "printing.documents.driving_list",
    "journal": "printing.documents.journal",
    "care-plan": "printing.documents.care_plan",
    "pn-sheet": "printing.documents.pn_sheet",
    "signing-list": "printing.documents.signing_list",
    "contacts": "printing.documents.contacts",
    "handover": "printing.documents.handover",
    "access-sheet": "printing.documents.access_sheet",
    "form-observation": "printing.documents.form_observation",
    "form-vitals": "printing.documents.form_vitals",
    "form-medicine-given": "printing.documents.form_medicine_given",
    "form-pn": "printing.documents.form_pn",
    "form-telephone-order": "printing.documents.form_telephone_order",
    "form-incident": "printing.documents.form_incident",
    "form-visit": "printing.documents.form_visit",
    "form-new-citizen": "printing.documents.form_new_citizen",
    "form-medicine-sheet": "printing.documents.form_medicine_sheet",
    "form-call-log": "printing.documents.form_call_log",
    "form-unit-tally": "printing.documents.form_unit_tally",
    "form-key-log": "printing.documents.form_key_log",
    "roster": "printing.documents.roster",
    "life-critical": "printing.documents.life_critical",
    "area-overview": "printing.documents.area_overview",
    "planner-sheet": "printing.documents.planner_sheet",
    "change-list": "printing.documents.change_list",
}

DOCUMENTS: Final[tuple[str, ...]] = tuple(_MODULES)


def document(name: str) -> Document:
    """The document of that name; its module is loaded now. Raises `ReaderError` (NOT_FOUND) with the known names."""
    if name not in _MODULES:
        raise ReaderError(NOT_FOUND, what=name, known=", ".join(DOCUMENTS))
    found = importlib.import_module(_MODULES[name]).DOCUMENT
    assert isinstance(found, Document)
    return found
