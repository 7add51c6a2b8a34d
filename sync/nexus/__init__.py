"""KMD Nexus as municipal robots dump it: the JSON answers of its API, pages of HAL, one file an answer.

What is known and what is not. The API has no public description. Known from answers and from open clients
(github.com/odense-rpa/nexus-client, MIT, with its docs/nexus.md; github.com/schmidtco/NexusAPIWrapper, classes that
were generated from answers) are: the citizen (`patientDetailsSearch`), organisations and a citizen's relation to them,
conditions, forms, documents' descriptions, tasks, messages, references in a pathway tree, pages (`totalItems`,
`pages`), and a granted service with all of its elements. Of the medicine card only this much is known: it holds
`medicationGroups` with a `displayName`, each holds `medications` with `remarks`. Of a calendar event only
`eventResources`, `title`, `start` and `patientGrantIdentifiers`. Of measurements, relatives and warnings nothing but
the names of their links. There the readers try the names that are likely (each module says which), and **whatever a
reader does not ask for is told** with its path and value, and is shown beside a medicine, a warning or a visit as well:
an unknown element may be the one that matters.
"""
