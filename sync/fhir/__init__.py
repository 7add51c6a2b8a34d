"""FHIR R4 exports (Bulk Data, Bundles, single resources) turned into records: one module a family of resources."""
