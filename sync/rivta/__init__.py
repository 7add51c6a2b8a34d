"""Sweden's national service contracts (RIV-TA) and the extracts of SS-EN 13606 that came before them, read as records.

The rules are those of Inera's *tjänstekontraktsbeskrivningar* for ``clinicalprocess:activityprescription:actoutcome``
2.0 and 2.1, ``clinicalprocess:healthcond:description`` 2.0, 2.1 and 3.0, and of *RIV 13606* (``urn:riv13606:v1.1``).
"""
