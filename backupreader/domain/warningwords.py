"""What people type when they look for a kind of warning, in the languages of the wards."""

from __future__ import annotations

from typing import Final

_KINDS: Final = {
    "allergy": "cave allergi allergy overfølsomhed överkänslighet overfølsomhet",
    "no-known-allergy": "cave allergi allergy ingen kendte kända kjente none known",
    "infection": "infektion infeksjon infection smitte smitta smittefare isolation",
    "treatment-limit": (
        "behandlingsniveau behandlingsniveauer behandlingsgrænse behandlingsbegränsning behandlingsbegrensning "
        "genoplivning livsforlængende HLR treatment limit"
    ),
    "serious-disease": "alvorlig sygdom sykdom allvarlig sjukdom serious disease",
    "treatment": "behandling treatment",
    "staff-safety": "sikkerhed säkerhet sikkerhet trussel vold våld hot staff safety",
    "fall": "fald fall faldrisiko fallrisk fallrisiko",
    "diet": "kost diæt diet diett",
    "communication": "kommunikation kommunikasjon communication",
    "other": "",
}


def kind_words(kind: str) -> str:
    """The words for a kind of alert; none for one that has no name of its own."""
    return _KINDS.get(kind, "")
