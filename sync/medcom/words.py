"""MedCom's own words: what the kinds of letters are called, the headings of their elements, and what is not carried.

The letters' elements have English names; the headings are those that MedCom's Danish standards and its stylesheets for
showing a letter give them. An element that is not here is headed by its own name.
"""

from __future__ import annotations

from typing import Final

KINDS: Final[dict[str, str]] = {
    "XDIS01": "Udskrivningsepikrise",
    "XDIS02": "Ambulantepikrise",
    "XDIS03": "Skadestueepikrise",
    "XDIS13": "Bookingsvar",
    "XDIS16": "Indlæggelsesrapport",
    "XDIS17": "Udskrivningsadvis",
    "XDIS18": "Udskrivningsrapport",
    "XDIS19": "Melding om færdigbehandling",
    "XDIS20": "Indlæggelsesadvis",
    "XDIS21": "Plejeforløbsplan",
    "XDIS22": "Afslutningsnotat fra kommune",
    "XDIS91": "Korrespondance",
    "XBIN01": "Binær fil",
}

RECEIPTS: Final = frozenset({"PositiveReceipt", "NegativeReceipt", "NegativeVansReceipt", "Receipt"})
"""Receipts (CONTRL: XCTL01–XCTL03, and those of the VANS envelope) tell the sender what became of a message."""

HEADINGS: Final[dict[str, str]] = {
    "Letter": "Brev",
    "Date": "Dato",
    "Time": "Kl.",
    "StatusCode": "Brevstatus",
    "Admission": "Indlæggelse",
    "Discharge": "Udskrivning",
    "OutPatientFirstVisit": "Første besøg",
    "OutPatientLastVisit": "Sidste besøg",
    "CasualtyWardFirstVisit": "Første besøg",
    "CasualtyWardLastVisit": "Sidste besøg",
    "Diagnoses": "Diagnoser",
    "Diagnose": "Diagnose",
    "Main": "Hoveddiagnose",
    "MainAdditional": "Bidiagnose",
    "DiagnoseCode": "Kode",
    "DiagnoseTypeCode": "Kodetype",
    "DiagnoseText": "Tekst",
    "DiagnoseDateTime": "Tidspunkt",
    "AdditionalInformation": "Yderligere oplysninger",
    "Priority": "Prioritet",
    "Signed": "Underskrevet",
    "SignedBy": "Underskriver",
    "JobTitle": "Stilling",
    "PersonTitle": "Stilling",
    "Auxiliaries": "Hjælpemidler",
    "Auxiliary": "Hjælpemiddel",
    "Services": "Ydelser",
    "Service": "Ydelse",
    "Treatments": "Behandlinger",
    "Treatment": "Behandling",
    "Medicine": "Medicin",
    "Drug": "Lægemiddel",
    "NameOfDrug": "Navn",
    "DosageForm": "Form",
    "DrugStrength": "Styrke",
    "Dosage": "Dosering",
    "Indication": "Indikation",
    "Comment": "Kommentar",
    "MotionEvaluation": "Funktionsvurdering",
    "PatientHealthSummary": "Helbredsforhold, sammenfatning",
    "CauseOfAdmission": "Årsag til indlæggelse",
    "InformedRelative": "Pårørende informeret",
    "Relatives": "Pårørende",
    "Reference": "Reference",
    "RefDescription": "Beskrivelse",
    "Sender": "Afsender",
    "Receiver": "Modtager",
    "CCReceiver": "Kopimodtager",
    "Practitioner": "Egen læge",
    "ContactInformation": "Kontakt",
    "TelephoneSubscriberIdentifier": "Telefon",
    "Patient": "Patient",
    "EpisodeOfCareStatusCode": "Forløbsstatus",
    "OccupancyText": "Stilling",
    "BinaryObject": "Bilag",
    "ObjectIdentifier": "Fil",
    "ObjectCode": "Filtype",
    "ObjectExtensionCode": "Filendelse",
    "OriginalObjectSize": "Størrelse i byte",
    "PersonGivenName": "Fornavn",
    "PersonSurnameName": "Efternavn",
    "PersonName": "Navn",
    "ContactNamePrimary": "Navn",
    "ContactNameSecondary": "Navn",
    "ContactTimeText": "Telefontid",
    "EmailAddressIdentifier": "E-mail",
    "TelefaxSubscriberIdentifier": "Fax",
    "RelationCode": "Relation",
    "Identifier": "Nummer",
    "Referral": "Henvisning",
}

UNHEADED: Final = frozenset(
    {"ClinicalInformation", "Text01", "Signed", "ServiceHeadline", "ServiceText", "AuxiliaryText", "BIN", "SUP"}
)
"""What stands in these is the letter's own running text."""

ANNULLED: Final = "annulleretbrev"

NOT_CARRIED: Final[dict[str, str]] = {
    "Envelope": "the network's address on the message; its date is taken where the letter states none",
    "MetaInformation": "the network's address on the message",
    "StandardBusinessDocumentHeader": "the network's address on the message",
    "EANIdentifier": "the electronic address of an organisation: nobody can ring it",
    "IdentifierCode": "says what kind of number the organisation's number is",
    "VersionCode": "the version of the standard",
    "StatisticalCode": "the network's counting of messages",
    "AcknowledgementCode": "whether the sender asked for a receipt",
    "EpisodeOfCareIdentifier": "the hospital's number of the stay; it ties notices together and is shown nowhere",
    "NotificationIdentifier": "the hospital's number of the stay; it ties notices together and is shown nowhere",
    "PersonIdentifier": "the person number of a relative: not needed to ring them",
    "MedicalSpecialityCode": "the specialty of the sender; its name says it",
    "schemaLocation": "where the standard lies",
    "lang": "the language of the letter, which is Danish",
}
"""Elements and attributes that are left out, wherever they stand, and why. What is not here is carried or told."""

ORGANISATION: Final = ("OrganisationName", "DepartmentName", "UnitName")
ADDRESS: Final = ("StreetName", "SuburbName", "PostCodeIdentifier", "DistrictName")
PATIENT: Final = frozenset(
    {
        "CivilRegistrationNumber",
        "AlternativeIdentifier",
        "PersonSurnameName",
        "PersonGivenName",
        "TelephoneSubscriberIdentifier",
        *ADDRESS,
    }
)
"""What of the patient becomes the citizen. It is not repeated in a letter's text: a name may be protected elsewhere."""
