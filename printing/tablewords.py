"""What the tables of a delivery are called on the ward, and what is said of one that is left out on purpose."""

from __future__ import annotations

from typing import Final

from backupreader.language import N_, Language

TABLES: Final = {
    "unit": N_("Units"),
    "citizen": N_("Citizens"),
    "contact": N_("Relatives and contacts"),
    "alert": N_("Warnings (CAVE)"),
    "access": N_("Keys and getting in"),
    "access_code": N_("Door and box codes"),
    "condition": N_("Conditions and diagnoses"),
    "intervention": N_("What to do"),
    "note": N_("Journal notes"),
    "medication": N_("Medicine"),
    "dose": N_("Dosages with times"),
    "administration": N_("Medicine given"),
    "visit": N_("Visits"),
    "measurement": N_("Measurements"),
    "document": N_("Documents"),
}
LEFT_OUT: Final = N_("Not in this copy by the municipality's decision. Nothing is known about it here.")


def table(name: str, language: Language) -> str:
    """A table of the delivery in the ward's words."""
    return language.text(TABLES.get(name, name))
