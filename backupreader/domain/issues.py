"""What each issue says: one sentence a code, filled with its value and column. Where it is, the issue says itself.

A code never changes its meaning: issues of old generations are shown with these sentences too.
"""

from __future__ import annotations

from typing import Final

from backupreader.domain.records import Issue
from backupreader.language import N_, Language

SENTENCES: Final[dict[str, str]] = {
    # Files.
    "file-not-read": N_("Nothing here reads this file."),
    "file-missing": N_("This file is expected, and is not there."),
    "file-older": N_("A newer file of the same kind is there, so this one was not read."),
    # Rows and columns of tables.
    "column-left-unread": N_("The column {column} is not in the profile and was left unread."),
    "rows-blank": N_("{value} rows hold nothing. The first of them is this one."),
    "row-ragged": N_("This row has too few or too many cells, so it was not taken: {value}"),
    "row-refused": N_("This row was not taken, because {column} is missing or cannot be read: {value}"),
    "quote-mended": N_("A quotation mark in this row was not doubled. The text was read as it was most likely meant."),
    "zero-byte": N_("This row holds a zero byte. It is shown as a replacement character."),
    "id-repeated": N_("The id {value} stands here for the second time. Both rows were taken."),
    "repeated-differently": N_("{value} stands here again, with another content. The first was taken."),
    "more-of-the-same": N_("There are {value} more of the same kind in this file (column {column})."),
    # Values.
    "date-unreadable": N_("{column}: this is no date that the profile knows: {value}"),
    "time-unreadable": N_("{column}: this is no clock time that the profile knows: {value}"),
    "number-unreadable": N_("{column}: this is no whole number: {value}"),
    "number-odd": N_("{column}: this is no number that the profile knows. It is shown as it stands: {value}"),
    "yes-no-unreadable": N_("{column}: this is neither yes nor no: {value}"),
    "weekdays-unreadable": N_("{column}: these are no days of the week that the profile knows: {value}"),
    "code-unknown": N_("{column}: the profile does not say what this code means: {value}"),
    # What refers to what.
    "reference-unresolved": N_("{column} refers to something that did not come: {value}"),
    "duplicate-id": N_("The id {value} stands twice in this table. The first row was taken, this one was not."),
    # FHIR resources.
    "date-invalid": N_("{column}: there is no such date or clock time, so it was left out: {value}"),
    "name-missing": N_("{column}: no name is given."),
    "text-missing": N_("{column}: it is not said what this is."),
    "value-missing": N_("{column}: there is no value."),
    "value-misshapen": N_("{column} has another form than FHIR lays down, so it was left out: {value}"),
    "value-unknown": N_("{column}: this value is not known and was not used: {value}"),
    "status-unknown": N_("{column}: this status is not known. It is shown as unknown: {value}"),
    "no-information-stated": N_("The source states that it has no information here: {value}"),
    "not-about-a-citizen": N_("This is not about a citizen and is not shown: {value}"),
    "citizen-missing": N_("It is not said which citizen this is about, so it was not taken."),
    "id-missing": N_("There is no id. It was given this one: {value}"),
    "resource-for-reference": N_("This was used for the names and facts that others refer to: {value}"),
    "resource-not-shown": N_("{column} has no place on any screen and was left unread: {value}"),
    "resource-repeated": N_("{value} stands here again with the same content and was taken once."),
    "resource-differs": N_("{value} stands here again with another content. Both were taken."),
    "resource-older": N_("This is an older version of {value} and was not taken."),
    "resource-subsetted": N_("The source says that it left a part of this out."),
    "resource-unread": N_("{column} could not be read at all: {value}"),
    "entry-without-resource": N_("This entry holds no resource: {value}"),
    "not-a-resource": N_("This is not a FHIR resource and was left unread: {value}"),
    "modifier-unknown": N_("{column}: the source marks this with something that may change its meaning: {value}"),
    "narrative-not-shown": N_("The text beside the data was not taken, because it may repeat a protected name."),
    "attachment-elsewhere": N_("The document itself did not come with the export: {value}"),
    "attachment-empty": N_("There is no document here, only its description: {value}"),
    "attachment-unknown": N_("This kind of document may not open on this PC: {value}"),
    "attachment-unreadable": N_("The document cannot be decoded: {value}"),
    "attachment-encoding": N_("The text is not written in {value}. Some letters may be wrong."),
    "export-log": N_("This line is the export's own log: {value}"),
    "export-manifest": N_("This is the export's own list of contents, taken at {value}."),
    "source-reports": N_("The source reports: {value}"),
}

_UNNAMED: Final = N_("Something here could not be read ({code}): {value}")


def sentence(issue: Issue, language: Language) -> str:
    """What the issue says, in the person's language. A code of a later version is told as it is."""
    template = SENTENCES.get(issue.code, _UNNAMED)
    facts = {"code": issue.code, "value": issue.value or "–", "column": issue.column or "–"}
    return language.text(template).format(**facts)
