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
    "link-not-followed": N_(
        "This leads to another folder, or to nothing, and was not followed: name that folder itself."
    ),
    "file-missing": N_("This file is expected, and is not there."),
    "file-older": N_("A newer file of the same kind is there, so this one was not read."),
    "file-empty": N_("This file is empty, so it was refused."),
    "file-too-large": N_("This file is larger than {value} MB, so it was refused."),
    "file-outside": N_("This is a link to a file outside of the export, so it was refused."),
    # PDFs and prints.
    "pdf-is-none": N_("This is called a PDF and is something else, such as an error page. It was refused: {value}"),
    "pdf-damaged": N_("This PDF is damaged and cannot be opened, so it was refused."),
    "pdf-cut": N_("The end of this PDF is missing, so pages may be missing too. It was kept as it is."),
    "pdf-locked": N_("This PDF asks for a password, so it can be neither shown nor searched here. It was kept."),
    "pdf-text-unread": N_("Not all of this PDF could be read for search. These of its pages were read: {value}"),
    "pdf-without-text": N_("These pages hold no text, like a scan, so they cannot be searched: {value}"),
    "print-unknown": N_("No pattern of the profile fits the name of this file. It was kept under its own name."),
    "print-disagrees": N_("{column} stands here in several ways, so none of them was taken: {value}"),
    "print-fact-missing": N_("{column} is not where the profile says that it stands."),
    "print-copied": N_("This is the same print as {value}, but with another date."),
    # Archives.
    "archive-name-refused": N_("The name of this file leads out of its archive or fits no disk: {value}"),
    "archive-name-repeated": N_("Several files in this archive have this name. None of them was opened: {value}"),
    "archive-link": N_("This is a link or a device in an archive, not a file. It stayed closed: {value}"),
    "archive-too-deep": N_("This archive lies too deep in other archives. It stayed closed: {value}"),
    # Rows and columns of tables.
    "column-left-unread": N_("The column {column} is not in the profile and was left unread."),
    "rows-blank": N_("{value} rows hold nothing. The first of them is this one."),
    "row-ragged": N_("This row has too few or too many cells, so it was not taken: {value}"),
    "row-refused": N_("This row was not taken, because {column} is missing or cannot be read: {value}"),
    "quote-mended": N_("A quotation mark in this row was not doubled. The text was read as it was most likely meant."),
    "zero-byte": N_("This row holds a zero byte. It is shown as a replacement character."),
    "mark-within": N_("The mark that begins a file stands before this row: two files may have been put together."),
    "text-garbled": N_("This was written in another encoding than stated: some letters are wrong: {value}"),
    "rows-footer": N_("{value} rows are totals or footnotes, as the profile says. The first of them is this one."),
    "rows-head-again": N_("The headings stand here again, in {value} rows. The first of them is this one."),
    "rows-silent": N_("{value} rows hold nothing that the profile reads. The first of them is this one."),
    "cell-error": N_("{column}: the spreadsheet shows an error here, or a formula that was not reckoned: {value}"),
    "cell-merged": N_("{column}: this stands in merged cells. It was taken for the first of them only: {value}"),
    "id-repeated": N_("The id {value} stands here for the second time. Both rows were taken."),
    "repeated-differently": N_("{value} stands here again, with another content. The first was taken."),
    "more-of-the-same": N_("There are {value} more of the same kind in this file (column {column})."),
    # Values.
    "date-unreadable": N_("{column}: this is no date that the profile knows: {value}"),
    "time-unreadable": N_("{column}: this is no clock time that the profile knows: {value}"),
    "number-unreadable": N_("{column}: this is no whole number: {value}"),
    "number-odd": N_("{column}: this is no number that the profile knows. It is shown as it stands: {value}"),
    "number-rounded": N_("{column}: a spreadsheet shortened this number, so it was not used: {value}"),
    "number-short": N_("{column}: a leading zero of this person number may have been lost: {value}"),
    "text-became-date": N_("{column}: this is a date in the spreadsheet, where none is expected: {value}"),
    "yes-no-unreadable": N_("{column}: this is neither yes nor no: {value}"),
    "weekdays-unreadable": N_("{column}: these are no days of the week that the profile knows: {value}"),
    "code-unknown": N_("{column}: the profile does not say what this code means: {value}"),
    # What refers to what.
    "reference-unresolved": N_("{column} refers to something that did not come: {value}"),
    "citizen-without-unit": N_("It is not said which unit this citizen belongs to, so every site has her."),
    "duplicate-id": N_("The id {value} stands twice in this table. The first row was taken, this one was not."),
    # Who is one person.
    "number-other-birthday": N_(
        "Another source has the same person number with another birthday. They are shown as two: {value}"
    ),
    "number-other-number": N_(
        "Numbers that contradict each other lead to other citizens. They are shown apart: {value}"
    ),
    "number-twice-in-source": N_(
        "Two citizens of one source have the number {value}. It was not used to link anybody."
    ),
    "number-other-name": N_(
        "Two sources have the same person number with another name. They are shown as one: {value}"
    ),
    # What can be read but can hardly be true.
    "date-sentinel": N_("{column}: such a day often stands for none. It is shown as delivered (how often): {value}"),
    "date-future": N_("{column}: this has been done already, but its date lies in the future: {value}"),
    "visit-after-death": N_("This visit is planned, but the citizen had died before it: {value}"),
    # Swedish service contracts.
    "dosage-days-unsaid": N_("On which days this is to be given cannot be said exactly. Read the text: {value}"),
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
    "id-shared": N_("The id {value} stands for several persons here. Each was kept apart by her number or birthday."),
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
    # Answers of a system that a robot has saved.
    "not-data": N_("Instead of data this file holds what a server says when it gives none: {value}"),
    "page-missing": N_("Page {value} of this list did not come with the export: {column}"),
    "pages-elsewhere": N_("This list names {value} pages that are not in it. Whether they all came cannot be told."),
    "object-unknown": N_("It is not known what this is, so it was not taken: {value}"),
    # MedCom messages.
    "message-receipt": N_("This is a receipt for a message that was sent, and no message itself: {value}"),
    "message-of-another-kind": N_("What was sent here is no message that is read here, so it was not taken: {value}"),
    "message-unreadable": N_("The message in this envelope cannot be read, so it was not taken: {value}"),
    "message-kind-unknown": N_("This kind of message is not known here. All of its text was kept in a note: {value}"),
    "person-number-missing": N_(
        "The message does not state the person's number. She stands here as a citizen of her own: {value}"
    ),
    "person-told-elsewhere": N_("This person is shown as a newer message, or her own record, names her. Here: {value}"),
    "older-value": N_("{column}: a newer message states something else, which is shown. The older one stated: {value}"),
    "encoding-doubtful": N_(
        "The message may be written in another encoding than it states. Some letters may be wrong: {value}"
    ),
    "attachment-size-differs": N_("The document has another size than the message states (stated / found): {value}"),
    "attachment-mislabelled": N_("{column}: the document is not of this kind, so it may not open: {value}"),
    "element-left-unread": N_("The element {column} is not known here and was left unread: {value}"),
    # FMK medicine cards.
    "card-missing": N_("There is no medicine card in this answer."),
    "card-repeated": N_("A card of this citizen that was fetched later was taken, so this one was not: {value}"),
    "card-not-reviewed": N_("The medicine card is marked as not reviewed: {value}"),
    "card-invalid": N_("FMK has marked this medicine card as invalid. Its orders are shown as invalid: {value}"),
    "two-persons": N_("This medicine card names several persons, so none of it was taken: {value}"),
    "private-withheld": N_("This order is private-marked, and FMK did not deliver what it is: {value}"),
    "order-invalid": N_("FMK has marked this order as invalid, and did not deliver what it was: {value}"),
    "schema-unknown": N_("This version of the schema is not known here. What is known of it was read: {value}"),
    "dosage-as-text": N_("{column}: days or times cannot be set out for this, so it is shown as text: {value}"),
    "dosage-type-differs": N_("{column}: the dosage's own structure says otherwise, and was followed: {value}"),
    "unit-missing": N_("{column}: the dose has no unit."),
    "period-backwards": N_("{column}: this ends before it starts. The order is shown as doubtful: {value}"),
}

_UNNAMED: Final = N_("Something here could not be read ({code}): {value}")


def sentence(issue: Issue, language: Language) -> str:
    """What the issue says, in the person's language. A code of a later version is told as it is."""
    template = SENTENCES.get(issue.code, _UNNAMED)
    facts = {"code": issue.code, "value": issue.value or "–", "column": issue.column or "–"}
    return language.text(template).format(**facts)
