"""The chapters of the citizen's page: the table, in the order of the page. A member has ``CHAPTER``."""

from typing import Final

from ui.chapter import Chapter
from ui.chapters.conditions import CHAPTER as CONDITIONS
from ui.chapters.documents import CHAPTER as DOCUMENTS
from ui.chapters.entry import CHAPTER as ENTRY
from ui.chapters.measurements import CHAPTER as MEASUREMENTS
from ui.chapters.medicine import CHAPTER as MEDICINE
from ui.chapters.notes import CHAPTER as NOTES
from ui.chapters.overview import CHAPTER as OVERVIEW
from ui.chapters.relatives import CHAPTER as RELATIVES
from ui.chapters.timeline import CHAPTER as TIMELINE
from ui.chapters.todo import CHAPTER as TODO
from ui.chapters.visits import CHAPTER as VISITS
from ui.chapters.warnings import CHAPTER as WARNINGS

CHAPTERS: Final[tuple[Chapter, ...]] = (
    OVERVIEW,
    MEDICINE,
    VISITS,
    TODO,
    NOTES,
    TIMELINE,
    RELATIVES,
    ENTRY,
    WARNINGS,
    MEASUREMENTS,
    CONDITIONS,
    DOCUMENTS,
)
