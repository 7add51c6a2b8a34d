"""The elements of answers that are not carried into records, with the reason. Everything else is carried or told.

`ANYWHERE` names an element wherever it stands, with all that is within it. `WITHIN` names it by its path in one kind
of object (an element of a grant by its type); ``*`` stands for any one name.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_FORM: Final = "how the system's own screen shows or checks the field"
_KEY: Final = "the system's own number of a thing that is named beside it"
_MONEY: Final = "money: prices, accounts and bills"
_STATISTICS: Final = "a code for national statistics"
_LAW: Final = "the text of the law, which is the same for everybody; its name and section are carried"
_PLACE: Final = "under which course of the journal the thing is filed"
_COUNT: Final = "how a list is divided into pages"

ANYWHERE: Final[dict[str, str]] = {
    "_links": "navigation: the addresses of other answers, which cannot be reached from here",
    "id": _KEY,
    "version": "how often the thing was saved",
    "uid": _KEY,
    "uuid": _KEY,
    "externalId": _KEY,
    "imageId": _KEY,
    "activityIdentifier": _KEY,
    "patientActivityType": "the kind of the thing, by which it was read",
    "pathwayAssociation": _PLACE,
    "patient": "the citizen's own object carries it",
    "patients": "the citizen's own object carries it",
    "patientId": "read to find the citizen",
}

FORM: Final[dict[str, str]] = {
    "metadata": _FORM,
    "possibleValues": "what could have been chosen: the choice is carried",
    "priority": _FORM,
    "color": _FORM,
    "elementGrouping": _FORM,
    "hideable": _FORM,
    "disableable": _FORM,
    "disabledOnCatalog": _FORM,
    "maxLength": _FORM,
    "hasCommonValues": _FORM,
    "defaultObject": _FORM,
    "citizenRegistryConfiguration": _FORM,
}
"""As `ANYWHERE`, in the kinds of `CHECKED`. Elsewhere a colour or a priority may say something of the citizen."""

CHECKED: Final = frozenset({"citizen", "condition", "form", "grant"})
"""The kinds of which whole answers are known."""

WITHIN: Final[dict[str, dict[str, str]]] = {
    "page": {
        "isPatientAccessible": "whether the robot was allowed to see the citizen that stands here",
        "patientAccessible": "the same again",
        "first": _COUNT, "last": _COUNT, "empty": _COUNT, "sort": _COUNT, "pageable": _COUNT,
        "page.first": _COUNT, "page.last": _COUNT,
    },
    "citizen": {
        "patientIdentifier.managedExternally": "whether the number is kept up to date by the national register",
        "hasBirthday": "whether it is the citizen's birthday today",
        "age": "counted from the birthday, on the day of the export",
        "monthsAfterBirthday": "counted from the birthday, on the day of the export",
        "fullReversedName": "the name again, family name first",
        "patientState.active": _FORM,
        "patientState.type": "what the state means to the system's own rules; its name is carried",
        "patientStateValueSchedule": "former and coming states; the present one is carried",
        "addressIndicatorValueSchedule": "former and coming choices of the address; the present one is carried",
        "freeChoiceValueSchedule": "the free choice of a supplier, for bills",
        "maritalStatusUpdateDate": "when the marital status changed",
        "patientReimbursementInformation": _MONEY,
        "netsMandates": _MONEY, "taxRate": _MONEY, "patientIncome": _MONEY, "payoutRecipientMediaList": _MONEY,
        "healthInsuranceGroup": _MONEY,
        "smsReminder": "messages that the system itself sends",
        "nexusVideoConfiguration": "calls that the system itself makes",
        "*.administrativeAreaCode": "the municipality's number", "*.countryCode": "the country of the address",
        "*.geoCoordinates": "the address again, as a point on a map",
        "*.municipalityCode": "the municipality's number",
        "preferredLanguage.href": "navigation",
        "currentAddressIndicator": "read: it says which of the addresses is the present one",
    },
    "contact": {
        "address.administrativeAreaCode": "the municipality's number", "address.countryCode": "the country",
        "address.geoCoordinates": "the address again, as a point on a map",
    },
    "unit": {
        "active": "read: a unit that is closed says so in its kind", "sorCode": _KEY, "children": "read as units",
    },
    "relation": {"organization": "read as the unit's own object; its name is carried",
                 "effectiveAtPresent": "read: a relation that is over is left"},
    "condition": {
        "createDate": "the update is carried; it is never older",
        "conditionClassificationItem.active": _FORM, "conditionClassificationItem.nexusMappingCode": _KEY,
        "currentLevel.code": "the level's name again", "expectedLevel.code": "the level's name again",
        "*.active": _FORM, "*.marker": _FORM, "*.additionalInformation": _FORM, "state.code": "the state's name again",
        "state.numericRepresentation": _FORM, "*.type": _FORM, "*.updateDate": "the condition's own is carried",
        "conditionClassificationItem.group.active": _FORM,
    },
    "form": {
        "formDefinition.active": _FORM, "formDefinition.locked": _FORM, "dueDateSupported": _FORM,
        "createDate": "the moment of the observation or of the update is carried",
        "updateDate": "the moment of the observation is carried",
        "lastStateChange": "when the form last changed its state",
        "items.type": _FORM, "items.calculationType": _FORM, "items.tags": "words for the system's own search",
        "items.tooltip": _FORM, "items.required": _FORM, "items.systemManaged": _FORM, "items.markup": _FORM,
        "items.conceptName": _KEY, "items.value.active": _FORM, "items.value.type": _FORM, "items.value.code": _KEY,
        "tags": "words for the system's own search", "workflowState.key": _KEY, "workflowState.type": _FORM,
    },
    "document": {"tags": "words for the system's own search", "origin": "which part of the system made it",
                 "uploadingDate": "the day that the document is about is carried",
                 "fileExternalId": _KEY, "status": "how far the upload came"},
    "grant": {
        "identifier": _KEY, "basketId": _KEY, "basketGrantId": _KEY, "currentOrderGrantId": _KEY,
        "futureOrderGrantId": _KEY, "bulkIdentifiers": _KEY, "model": "which form the service is written in",
        "patientGrantIdentifier": _KEY, "workflowState.key": _KEY,
        "currentWorkflowTransitions": "what could be done to the grant next",
        "futureWorkflowTransitions": "what could be done to the grant next",
        "workflowDefinitionResource": "what could be done to the grant next",
        "workflowTransitionId": "what could be done to the grant next",
        "*.type": "the name of the element, by which it was read",
        "paragraph.description": _LAW, "paragraph.paragraph.description": _LAW, "paragraph.paragraph.active": _FORM,
        "paragraph.paragraph.medcomGroup": "the law's group in messages between systems",
        "paragraph.paragraph.hclDstParagraphMapping": _STATISTICS,
        "paragraph.paragraph.paragraphGrantOfferPortalSupplierOfferType": _KEY,
        "paragraph.paragraph.group.nspName": "the law's group again",
        "paragraph.paragraph.group.visitationType": _KEY,
        "supplier.paragraphs": "the laws that the supplier may deliver under; the grant's own is carried",
        "supplier.supplier.active": _FORM, "supplier.supplier.type": _FORM,
        "klMapping.klCatalogGrant.children": "the catalogue of the national association",
        "resourceCount.lowerBound": _FORM, "resourceCount.upperBound": _FORM,
        "repetition.availablePatterns": _FORM, "repetition.next.availableWeekDays": _FORM,
        "repetition.next.availableWeekendDays": _FORM, "repetition.next.type": _FORM,
        "repetition.next.next.type": _FORM, "repetition.next.next.shifts.active": _FORM,
    },
    "event": {
        "patientGrantIdentifiers": "read: the names of the granted services are carried",
        "organization.name": "the unit's own answer carries it",
    },
    "task": {"actions": "what could be done to the task next", "*.organizationId": _KEY, "*.active": _FORM},
    "message": {"raw": "the message as sent; it is told by an issue", "type": "the kind of message",
                "state.direction": _FORM, "*.active": _FORM},
    }  # fmt: skip

ELEMENTS: Final[dict[str, str]] = {
    "denmarkStatisticMapping": _STATISTICS, "denmarkStatisticMappingDecisive": _STATISTICS,
    "denmarkStatisticMappingNursingArea": _STATISTICS, "denmarkStatisticMappingOffer": _STATISTICS,
    "denmarkStatisticMappingOtherTargetGroups": _STATISTICS, "denmarkStatisticMappingPreventiveMeasure": _STATISTICS,
    "denmarkStatisticMappingPrimaryTargetGroup": _STATISTICS,
    "denmarkStatisticMappingSpecialNeedChildrenGrant": _STATISTICS,
    "denmarkStatisticMappingTargetGroup": _STATISTICS, "denmarkStatisticMultipleDisabilityBooleanUnit": _STATISTICS,
    "denmarkStatisticRareDisability": _STATISTICS,
    "payor": _MONEY, "invoiceLines": _MONEY, "debtorContact": _MONEY, "actingMunicipality": _MONEY,
    "payingMunicipality": _MONEY, "billingStartDate": _MONEY, "billingEndDate": _MONEY, "financialAccount": _MONEY,
    "staticFinancialAccount": _MONEY, "listPrice": _MONEY, "supplierPrice": _MONEY, "localPrice": _MONEY,
    "price": _MONEY, "utilisation": _MONEY, "billingFactor": _MONEY, "piece": _MONEY, "accountString": _MONEY,
    "personReference": "a reference on the bill", "orderReference": "a reference on the bill",
    "kmdSag": "under which number the case is archived",
}  # fmt: skip
"""The types of a grant's elements that are not carried at all. The other types of the real answer are carried."""


@lru_cache(maxsize=50_000)
def reason(path: str) -> str | None:
    """Why the element at `path` (beginning with the kind) is not carried; None where no table names it."""
    kind, *names = path.split(".")
    common = {**ANYWHERE, **FORM} if kind in CHECKED else ANYWHERE
    for name in names:
        if name in common:
            return common[name]
    if kind == "grant" and names[0] in ELEMENTS:
        return ELEMENTS[names[0]]
    table = WITHIN.get(kind, {})
    for length in range(1, len(names) + 1):
        for wanted in (".".join(names[:length]), _starred(names[:length])):
            if wanted in table:
                return table[wanted]
    return None


def _starred(names: list[str]) -> str:
    """``*.last``: an element that is within any one other."""
    return f"*.{names[-1]}" if len(names) == 2 else ""  # noqa: PLR2004 (the star and what is within it)
