"""What of the FMK schema is known here: its namespaces, what holds cards, and what is not carried, each with a reason.

Names are those of ``MedicineCard-inline_2015_06_01_E6.wsdl`` (1.4.6, extensions E2 to E6) and of the FMK wiki's pages
of 1.6.0 (``2022/01/01``), whose dosage is another one.
"""

from __future__ import annotations

import re
from typing import Final

_FAMILY: Final = "http://www.dkma.dk/medicinecard/xml.schema/"
_KNOWN: Final = re.compile(re.escape(_FAMILY) + r"(?:2015/01/01|2015/06/01|2022/01/01)(?:/E[0-9]{1,2})?")

CARDS: Final = frozenset({"MedicineCard"})
"""What holds one citizen's orders. One answer may hold several: versions of one card, or what a program gathered."""

ROOTS: Final = CARDS | {"GetMedicineCardResponse"}

STAMPS: Final = ("RequestDateTime", "Created")
"""When an answer was made: the service's own element, or `Created` in the `Timestamp` of its SOAP header."""

NOT_CARRIED: Final[dict[str, str]] = {
    # Attributes, whatever they stand on.
    "@source": "the register that a code or text was taken from, which no screen shows",
    "@date": "the edition of that register",
    "@yearAndWeek": "the edition of that register",
    "@scheme": "how a country's code is written",
    "@schemaLocation": "where a program finds the schema",
    # Around the card.
    "Header": "the call's own envelope: certificates, addresses and timing, nothing of the citizen",
    "PreviousVersion": "a number by which programs find the version before",
    "NextVersion": "says that the card is historic, which refuses it",
    "DrugMedication/Version": "a number by which programs find this version of the order",
    "PrivateDrugMedication/Version": "as above",
    "InvalidDrugMedication/Version": "as above",
    "Prescription/Version": "as above",
    "DrugMedication/Type": "an order is a doctor's; another type is remarked",
    # Codes that stand beside their own text.
    "Form/Code": "the form's text is shown",
    "RouteOfAdministration/Code": "the route's text is shown",
    "Indication/Code": "the indication's text is shown",
    "Strength/UnitCode": "the unit's text is shown",
    "PackageSize/UnitCode": "the unit's text is shown",
    "ActiveSubstance/Code": "the substance's text is shown",
    "Drug/Identifier": "a number of the price list; the name, form and strength are shown",
    # Who did it: name, organisation and telephone are shown.
    "AuthorisationIdentifier": "a number of the register of professionals; the name is shown",
    "SpecialityCode": "the professional's speciality",
    "Organisation/Identifier": "a number of the register of organisations; the name is shown",
    "Organisation/Type": "which register that is",
    "Organisation/AddressLine": "an address of a practice or ward; its name and telephone are shown",
    "Organisation/EmailAddress": "of no use while nothing can be sent",
    "ReportedBy": "who owned the certificate of the call; who decided is shown",
    "ModifiedNonclinical": "a change that concerns no treatment",
    # Dosage.
    "DosageEndingUndetermined": "said by a dose without an end",
    "AverageDailyDosage": "counted by FMK from the structure that is shown",
    "DosageTranslation/ShortText": "a shorter wording of the long text that is shown",
    "DosageTranslationCombined/ShortText": "a shorter wording of the long text that is shown",
    "Structure/DosageTranslation": "shown, unless FMK gives one text for all structures: then that one is",
    "ProfileCode": "a classification by FMK of the structure that is shown",
    "EndDate/Unknown": "said by a dose without an end",
    # Prescriptions.
    "Prescription/Identifier": "a number by which pharmacies find the prescription",
    "Prescription/AttachedToDrugMedicationIdentifier": "the prescription is shown with that order",
    "Prescription/CreatedFromDrugMedicationVersion": "a number by which programs find that version",
    "Prescription/OrderedEffectuationIdentifier": "a number by which programs find the request",
    "Prescription/ReplacesPrescriptionIdentifier": "a number by which pharmacies find the one before",
    "Prescription/ReplacedByPrescriptionIdentifier": "a number by which pharmacies find the one after",
    "Order/Identifier": "a number by which pharmacies find the delivery",
    "Order/Created": "who ordered the delivery; its status and pharmacy are shown",
    "Order/CreatedWithoutPerson": "as above",
    "Order/Modified": "as above",
    "Order/Delivery": "the way that the pharmacy's parcel goes",
    "CreatedWithoutPerson/DateTime": "when a pharmacy's computer wrote it down; when it was handed out is shown",
    "Effectuation/Identifier": "a number by which programs find what was handed out",
    "InvalidEffectuation": "a handing out that was undone: it says nothing of what to give",
    "InvalidPrescription": "a prescription that FMK has made void, without content",
    "PatientOrganisationRelation/Identifier": "a number by which programs find the relation",
}
"""Elements and attributes that hold a value and come into no record, and why. A key is an element's name, or its
parent's and its own; everything in such an element goes with it."""


def known(namespace: str) -> bool:
    """Is this one of the versions that this package was written for?"""
    return _KNOWN.fullmatch(namespace) is not None


def of_the_family(namespace: str) -> bool:
    """Does the namespace belong to the FMK schema in any version?"""
    return namespace.startswith(_FAMILY)


def not_carried(path: str) -> bool:
    """Is the element or attribute at `path`, or one that it stands in, named above?"""
    steps = path.split("/")
    return any(
        step in NOT_CARRIED or (place and f"{steps[place - 1]}/{step}" in NOT_CARRIED)
        for place, step in enumerate(steps)
    )
