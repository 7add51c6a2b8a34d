"""The papers about the PC itself: what each must say, that nothing of it is lost, and that a hand can write on it."""

from __future__ import annotations

import ctypes
import os
import re
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from backupreader.domain.acts import KINDS, SAID, VIA, Act, Actor, Anchor
from backupreader.domain.errors import NOT_FOUND
from backupreader.domain.ledger import NEVER_LEFT, Entry, Job, Part, Step, Taken, fold
from backupreader.domain.papers import (
    AuditReport,
    BackEntry,
    CodeSheet,
    PrinterCheck,
    RecoverySheet,
    ReportLine,
    SheetsReport,
    WallCard,
    WordsSlip,
)
from backupreader.domain.sheetlists import report as sheets_report
from backupreader.domain.sheetrules import SheetRules
from backupreader.domain.sheets import Numbers
from backupreader.domain.trouble import ReaderError
from backupreader.language import CODES, Language
from printing import frame, spool, text
from printing.paper import Paper
from printing.papers import PAPERS, member, paper
from tests.printing import plans, practised

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2026, 11, 30, 9, 14, tzinfo=ZoneInfo("Europe/Copenhagen"))
ENGLISH = Language("en")
ANCHOR = Anchor(214, "5f3a09c177d2" + "0" * 52)
CRUEL = "<b>Søgården</b> & <img src='/etc/passwd'> " + "langtnavn" * 22 + " محمد الأمين"
WORDS = "dame udgave henne deling mindre"
CODE = "7K3M-9QXT-4WZP-A2BC-0DEF-GH1J-KM5N-PQ6R-ST8V"


def slip(**facts: object) -> WordsSlip:
    known = {
        "pc": "PC-NORD-2", "site": "Sandby Nord", "person": "Mette Lund", "words": WORDS, "role": "SSA",
        "units": ("Team Nord", "Solgården"), "issued_at": NOW, "issued_by": "Ole Holm, IT",
    }  # fmt: skip
    return WordsSlip(**{**known, **facts})


def codes(count: int = 10, **facts: object) -> CodeSheet:
    known = {
        "number": 3, "pc": "PC-NORD-2", "site": "Sandby Nord", "holder": "Hanne Bæk, Vagtcentralen",
        "codes": tuple((n, f"gren dansk beregne henne udgave{n}") for n in range(1, count + 1)),
        "issued_at": NOW, "issued_by": "Ole Holm, IT",
    }  # fmt: skip
    return CodeSheet(**{**known, **facts})


def recovery(**facts: object) -> RecoverySheet:
    known = {"pc": "PC-NORD-2", "site": "Sandby Nord", "code": CODE, "issued_at": NOW, "issued_by": "Ole Holm, IT"}
    return RecoverySheet(**{**known, **facts})


def line(
    number: int, kind: str = "view", *, names: tuple[str, ...] = (), late: bool = False, **facts: object
) -> ReportLine:
    actor = facts.pop("actor", Actor(name="Mette Lund", role="SSA", units=("Team Nord",)))
    at = datetime(2026, 11, 29, 22, 0, tzinfo=UTC) + timedelta(seconds=number)
    return ReportLine(number, Act(kind=kind, at=at, actor=actor, **facts), names, late)


def report(*lines: ReportLine, **facts: object) -> AuditReport:
    known = {
        "pc": "PC-NORD-2", "site": "Sandby Nord", "asked": "everything about Kirsten Møller (c1)", "lines": lines,
        "anchor": ANCHOR, "made_at": NOW, "made_by": "Ole Holm, IT",
    }  # fmt: skip
    return AuditReport(**{**known, **facts})


def stand(kind: type[SheetsReport] = SheetsReport, name: str = "Kirsten Møller", **facts: object) -> SheetsReport:
    """Three sheets of two citizens and a route's: one entered, one struck, one missing, one that never left, two out."""
    parts = (
        Part("medicine-sheet", "c1", None, 3), Part("medicine-sheet", "c2", None, 1), Part("summary", "c1", None, 1),
        Part("driving-list", None, name, 1),
    )  # fmt: skip
    printed = Job(numbers=Numbers("K7Q", 483_921), parts=parts, at=NOW, by="Bo Friis", outage="2026-003", to="Ward")
    done: list[Entry] = [printed]
    for place, what, why in ((0, "entered", ""), (1, "missing", name), (3, "struck", NEVER_LEFT), (5, "returned", "")):
        step = Step(name=what, at=NOW, kept=NOW, by="Bo Friis", behalf=name, remark=why)
        done.append(Taken((printed.numbers.at(place),), step))
    known = {
        "pc": "PC-NORD-2", "site": "Sandby Nord", "report": sheets_report(fold(done), "2026-003", SheetRules()),
        "names": {"c1": name}, "titles": {"medicine-sheet": "Medicine sheet", "summary": "Emergency summary"},
        "made_at": NOW, "made_by": "Ole Holm, IT",
    }  # fmt: skip
    return kind(**{**known, **facts})


ORDINARY = {
    "words-slip": slip(),
    "code-sheet": codes(),
    "recovery-sheet": recovery(part=1, parts=2),
    "audit-report": report(
        line(201, "unlock", reason="Netværket er nede"),
        line(202, "search", words="møller skovvej", outage="2026-003"),
        line(203, citizens=("c1",), names=("Kirsten Møller",), what="medicine", outage="2026-003"),
        line(
            204, "break-glass", citizens=("c1",), names=("Kirsten Møller",), what="private-marked medicine",
            reason="Ringet op af datter", actor=Actor(name="Bo Vikar", via="event-code", reason="Nattevagt alene"),
        ),
        line(205, "printed", citizens=("c1", "c2"), names=("Kirsten Møller", ""), pages=4, digest="ab" * 32, late=True),
        faults=("Line 118 does not follow line 117.",),
    ),
    "test-page": PrinterCheck(pc="PC-NORD-2", site="Sandby Nord"),
    "wall-card": WallCard(pc="PC-NORD-2", site="Sandby Nord"),
    "ledger-report": stand(),
    "back-entry-list": stand(BackEntry),
    **plans.ORDINARY,
    "evidence": practised.evidence(),
}  # fmt: skip
CRUEL_ONES = {
    "words-slip": slip(person=CRUEL, role=CRUEL, units=(CRUEL,) * 3, issued_by=CRUEL),
    "code-sheet": codes(holder=CRUEL, issued_by=CRUEL),
    "recovery-sheet": recovery(pc=CRUEL, issued_by=CRUEL),
    "audit-report": report(
        line(1, "search", words=CRUEL, actor=Actor(name=CRUEL, role=CRUEL, units=(CRUEL,))),
        line(2, citizens=("c1",), names=(CRUEL,), what=CRUEL, reason=CRUEL, outage=CRUEL),
        asked=CRUEL, faults=(CRUEL,) * 3,
    ),
    "test-page": PrinterCheck(pc=CRUEL, site=CRUEL),
    "wall-card": WallCard(pc=CRUEL, site=CRUEL),
    "ledger-report": stand(name=CRUEL, made_by=CRUEL),
    "back-entry-list": stand(BackEntry, name=CRUEL, made_by=CRUEL),
    **plans.cruel(CRUEL),
    "evidence": practised.evidence(CRUEL, pc=CRUEL, site=CRUEL),
}  # fmt: skip


@dataclass(frozen=True)
class Letter:
    """One glyph of a page: what it is, how large, and where."""

    char: str
    size: float
    left: float
    bottom: float
    right: float
    top: float


def made(name: str, value: object, code: str = "en", **facts: str) -> bytes:
    return paper(name, value, Language(code), NOW, **facts)


def squeezed(said: str) -> str:
    return " ".join(said.replace("\ufffe", "-").split())


def pages(pdf: bytes) -> list[str]:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return [squeezed(page.get_textpage().get_text_bounded()) for page in document]


def letters(pdf: bytes) -> list[list[Letter]]:
    found: list[list[Letter]] = []
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for page in document:
            textpage = page.get_textpage()
            found.append(
                [
                    Letter(
                        char,
                        pdfium.FPDFText_GetFontSize(textpage.raw, place),
                        *textpage.get_charbox(place, loose=False),
                    )
                    for place in range(textpage.count_chars())
                    if (char := chr(pdfium.FPDFText_GetUnicode(textpage.raw, place))).strip() and char != "\ufffe"
                ]
            )
    return found


# --- the family ---


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_found_by_its_name(name):
    assert isinstance(member(name), Paper)
    assert member(name).name == name


def test_an_unknown_paper_is_refused_with_the_known_names():
    with pytest.raises(ReaderError) as trouble:
        made("haiku", slip())
    assert trouble.value.kind is NOT_FOUND
    assert all(name in str(trouble.value.facts["known"]) for name in PAPERS)


def test_a_value_of_another_paper_is_our_own_mistake():
    with pytest.raises(TypeError, match="words-slip is made of WordsSlip, not of CodeSheet"):
        made("words-slip", codes())


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_input_gives_the_same_bytes(name):
    assert made(name, ORDINARY[name]) == made(name, ORDINARY[name])


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_reads_as_it_was_accepted(name):
    """Golden text; after a change that is meant: ACCEPT=1, and look at the difference."""
    with closing(pypdfium2.PdfDocument(made(name, ORDINARY[name], anchor=str(ANCHOR), outage="2026-003"))) as document:
        told = [page.get_textpage().get_text_bounded().replace("\ufffe", "-") for page in document]
    said = "\n=== page ===\n".join("\n".join(row.strip() for row in page.splitlines()) for page in told) + "\n"
    file = GOLDEN / f"paper-{name}.txt"
    if os.environ.get("ACCEPT"):
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", PAPERS)
def test_every_page_says_backup_which_pc_when_and_which_page(name, code):
    language = Language(code)
    told = pages(made(name, ORDINARY[name], code))
    for number, page in enumerate(told, start=1):
        assert language.text("BACKUP – READ ONLY") in page
        assert "PC-NORD-2" in page
        assert "Sandby Nord" in page
        assert language.moment(NOW) in page
        assert language.text("Page {number} of {total}").format(number=number, total=len(told)) in page


@pytest.mark.parametrize("name", PAPERS)
def test_where_the_log_stood_is_on_every_page_when_it_is_told(name):
    assert all(
        "Log 214 · 5f3a 09c1 77d2 · Outage 7" in page
        for page in pages(made(name, ORDINARY[name], anchor=str(ANCHOR), outage="7"))
    )
    assert "NOT IN THE LOG" in pages(made(name, ORDINARY[name], anchor="NOT IN THE LOG"))[0]


@pytest.mark.parametrize("which", [ORDINARY, CRUEL_ONES], ids=["ordinary", "cruel"])
@pytest.mark.parametrize("name", PAPERS)
def test_nothing_is_smaller_than_ten_points_but_the_foot_and_nothing_leaves_the_frame(name, which):
    for page in letters(made(name, which[name])):
        wide, high = frame.size(landscape=member(name).landscape)
        small = {letter.size for letter in page if letter.size < 10}
        assert small <= {8.0}
        assert all(letter.bottom < 75 for letter in page if letter.size < 10) or name in {"test-page", "wall-card"}
        for letter in page:
            assert frame.EDGE <= letter.left <= letter.right <= wide - frame.EDGE
            assert frame.EDGE <= letter.bottom <= letter.top <= high - frame.EDGE


@pytest.mark.parametrize("name", PAPERS)
def test_cruel_text_is_text_and_none_of_it_is_lost(name):
    told = "".join("".join(pages(made(name, CRUEL_ONES[name]))).split())
    assert "<b>Søgården</b>&<imgsrc='/etc/passwd'>" in told
    assert told.count("langtnavn") >= 20


@pytest.mark.parametrize("name", ["words-slip", "code-sheet", "recovery-sheet"])
def test_a_secret_is_neither_in_the_pdfs_title_nor_remembered(name):
    pdf = made(name, ORDINARY[name])
    assert text._remembered.cache_info().currsize == 0
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        assert document.get_metadata_dict()["Title"] == member(name).title
    assert not any(word.encode() in pdf for word in (*WORDS.split(), "beregne", "7K3M"))


# --- each of them ---


def test_the_words_are_the_largest_on_the_slip_and_all_on_its_upper_half():
    (page,) = letters(made("words-slip", slip()))
    large = [letter for letter in page if letter.size >= 30]
    assert "".join(letter.char for letter in large) == WORDS.replace(" ", "")
    assert all(letter.bottom > frame.A4[1] / 2 for letter in large)
    assert len({round(letter.bottom) for letter in large if letter.char == "e"}) == 5  # every word has one
    (told,) = pages(made("words-slip", slip()))
    for words in (
        "Mette Lund",
        "SSA · Team Nord, Solgården",
        "Capitals and spaces do not matter.",
        "keep it apart from the PC",
    ):
        assert words in told
    assert "the whole area" in pages(made("words-slip", slip(units=())))[0]


def test_ten_codes_stand_on_one_page_each_in_a_row_of_one_line_with_room_for_a_hand():
    (page,) = letters(made("code-sheet", codes()))
    words = [letter for letter in page if letter.size == 13 and letter.char == "g" and letter.left < 90]
    tops = sorted({round(letter.bottom, 1) for letter in words}, reverse=True)
    assert len(tops) == 10
    assert all(above - below >= 30 for above, below in pairwise(tops))
    (told,) = pages(made("code-sheet", codes()))
    assert "backupreader vault codes --cancel 3" in told
    for words_ in (
        "call back by the number in the plan",
        "name, role, unit and reason",
        "Strike",
        "opens the PC once",
        "When two codes are left",
    ):
        assert words_ in told


def test_every_code_stands_whole_on_one_page_however_many_there_are():
    told = pages(made("code-sheet", codes(50)))
    assert len(told) > 1
    for number in range(1, 51):
        holding = [page for page in told if re.search(rf"\b{number} gren dansk beregne henne udgave{number}\b", page)]
        assert len(holding) == 1
    assert all("Given to: name, role, unit" in page for page in told)


def test_the_longest_words_of_every_language_fit_on_one_line_of_the_sheet():
    folder = Path(__file__).parents[2] / "backupreader/store/words"
    for file in folder.glob("*.txt"):
        longest = max(file.read_text(encoding="utf-8").split(), key=len)
        (page,) = letters(made("code-sheet", codes(1, codes=((1, " ".join([longest] * 5)),))))
        bottoms = [letter.bottom for letter in page if letter.size == 13 and letter.left > 60]
        assert max(bottoms) - min(bottoms) < 8


def test_the_recovery_code_stands_in_its_groups_with_its_part_and_what_it_can_do():
    (told,) = pages(made("recovery-sheet", recovery(part=2, parts=2)))
    assert squeezed(CODE.replace("-", " ")) in told
    for words in (
        "Part 2 of 2",
        "sealed envelope in the safe",
        "It opens nothing alone: all 2 parts",
        "How it is used on a new PC",
    ):
        assert words in told
    (alone,) = pages(made("recovery-sheet", recovery()))
    assert "Part" not in alone
    assert "opens nothing alone" not in alone


def test_the_report_says_of_each_line_who_did_what_with_whose_data_and_why():
    (told,) = pages(made("audit-report", ORDINARY["audit-report"]))
    for words in (
        "Asked: everything about Kirsten Møller (c1)",
        "Lines of 29 Nov 2026 23:03 to 29 Nov 2026 23:03",
        "SOMETHING IS WRONG WITH THE LOG.",
        "Line 118 does not follow line 117.",
        "searched “møller skovvej”",
        "29 Nov 2026 23:03:23 Mette Lund SSA · Team Nord · own words saw medicine Kirsten Møller (c1) 2026-003",
        "Bo Vikar the whole area · event code",
        "Ringet op af datter",
        "! WRITTEN LATER",
        "4 pages · SHA-256 abababababab",
        "End of the report. 5 lines · The log stood at 214 · 5f3a 09c1 77d2",
    ):
        assert words in told
    assert "Nattevagt alene" not in told


def test_why_the_pc_was_opened_stands_where_an_act_has_no_reason_of_its_own():
    bo = Actor(name="Bo", via="event-code", reason="Nattevagt alene")
    assert "PC opened for: Nattevagt alene" in pages(made("audit-report", report(line(1, actor=bo))))[0]


def test_a_name_is_never_set_to_an_id_that_may_not_be_its_own():
    doubtful = report(line(1, citizens=("c1", "c2", "c3"), names=("Anna", "Bent")))
    (told,) = pages(made("audit-report", doubtful))
    assert "Anna Bent ids: c1, c2, c3" in told
    assert "c1, c2" in pages(made("audit-report", report(line(1, citizens=("c1", "c2")))))[0]


def test_an_empty_report_says_that_there_is_no_line_and_where_the_log_stood():
    (told,) = pages(made("audit-report", report()))
    assert "The log has no line of what was asked for." in told
    assert "0 lines · The log stood at 214" in told
    assert "SOMETHING IS WRONG" not in told


def test_no_line_of_a_long_report_is_lost_or_split():
    lines = tuple(
        line(number, "view", citizens=(f"c{number}",), names=(f"Borger {number}",)) for number in range(1, 401)
    )
    told = pages(made("audit-report", report(*lines)))
    for number in range(1, 401):
        row = rf"\b{number} 29 Nov 2026 \S+ Mette Lund SSA · Team Nord · own words saw Borger {number} \(c{number}\)"
        found = sum(len(re.findall(row, page)) for page in told)
        assert found == 1
    assert "400 lines" in told[-1]
    assert all("Whose data" in page for page in told)


def test_a_print_of_a_whole_unit_names_every_citizen_though_no_page_can_hold_the_line():
    ids = tuple(f"c{number}" for number in range(300))
    told = " ".join(pages(made("audit-report", report(line(1, "print", citizens=ids, names=("Kirsten",) * 300)))))
    assert all(f"Kirsten ({one})" in told for one in ids)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_act_has_words_of_its_own(kind):
    assert SAID[kind]
    assert list(SAID.values()).count(SAID[kind]) == 1
    assert SAID[kind] in pages(made("audit-report", report(line(1, kind))))[0]


def test_every_way_of_opening_the_pc_has_words():
    for via, words in VIA.items():
        assert words in pages(made("audit-report", report(line(1, actor=Actor(name="Bo", via=via)))))[0]


def test_the_test_page_holds_every_letter_and_a_ruler_of_ten_centimetres():
    pdf = made("test-page", ORDINARY["test-page"])
    (told,) = pages(pdf)
    assert "TEST PAGE: no citizen's data" in told
    for letter in "æøåÆØÅäöÄÖéüß":
        assert letter in told
    (page,) = letters(pdf)
    assert min(letter.size for letter in page) >= 10.0, "read at arm's length"
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        assert any(abs(width - 100) < 0.5 for width in _rules(document[0]))


def _rules(page: pypdfium2.PdfPage) -> list[float]:
    """How wide the level strokes of a page are, in millimetres."""
    widths: list[float] = []
    for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,)):
        points: list[tuple[float, float]] = []
        for place in range(pdfium.FPDFPath_CountSegments(item.raw)):
            x, y = ctypes.c_float(), ctypes.c_float()
            pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFPath_GetPathSegment(item.raw, place), x, y)
            points.append((x.value, y.value))
        widths += [abs(a[0] - b[0]) / 72 * 25.4 for a, b in pairwise(points) if a[1] == b[1]]
    return widths


def test_a_paper_is_written_to_a_file_that_only_its_user_can_read(tmp_path):
    file = tmp_path / "slip.pdf"
    spool.write(made("words-slip", slip()), file)
    assert file.read_bytes() == made("words-slip", replace(slip()))
    assert os.name == "nt" or file.stat().st_mode & 0o777 == 0o600


# --- the sheets of paper ---


def test_the_end_report_says_large_that_no_sheet_is_missing_and_never_where_the_ledger_lost_some():
    nothing = stand(report=sheets_report(fold([]), "2026-003", SheetRules()))
    assert "0 sheets missing" in pages(made("ledger-report", nothing))[0]
    size = max(letter.size for letter in letters(made("ledger-report", nothing))[0])
    assert size >= 24
    lost = stand(report=sheets_report(fold([], whole=False), "2026-003", SheetRules()))
    (said,) = pages(made("ledger-report", lost))
    assert "At least 0 sheets missing" in said
    assert "Some of the ledger was lost" in said
    assert "Everything is entered" not in said


def test_every_sheet_that_is_missing_or_not_entered_stands_on_the_papers_with_whose_it_is():
    (said,) = pages(made("ledger-report", stand()))
    assert "3 sheets missing" in said
    for number in ("K7Q-0483922", "K7Q-0483923", "K7Q-0483925", "K7Q-0483926", "K7Q-0483921"):
        assert number in said
    entry = " ".join(pages(made("back-entry-list", stand(BackEntry))))
    assert "K7Q-0483923" in entry
    assert "K7Q-0483926" in entry
    assert "K7Q-0483921" not in entry
    assert "K7Q-0483925" not in entry


def test_a_thousand_sheets_of_one_citizen_run_over_pages_and_none_is_lost():
    many = Job(
        numbers=Numbers("K7Q", 1), parts=(Part("medicine-sheet", "c1", None, 1_000),), at=NOW, by="Bo", outage="2026-003"
    )  # fmt: skip
    value = stand(BackEntry, report=sheets_report(fold([many]), "2026-003", SheetRules()))
    told = pages(made("back-entry-list", value))
    assert sum(page.count("K7Q-") for page in told) == 1_000
    assert all("Kirsten Møller" in page for page in told)


def test_the_evidence_counts_and_names_what_was_practised_and_leaves_good_checks_out():
    (told,) = pages(made("evidence", practised.evidence()))
    for words in (
        "The plan in use: Plan of Mette Lund, owner Mette Lund (ab12).",
        "Drills 2 Drills that passed 1 Scenarios 2 People who took part in them 2",
        "Shift checks 3 Shift checks with everything good 1",
        "Not passed: unlocking",
        "1 of 3 right at once. 1 after a look at the plan. Worth another look: the change of shift. It took 31 minutes.",
        "With another plan than the one in use (cd34)",
        "Not good: the clock.",
        "It names staff, and no citizen.",
    ):
        assert words in told
    assert "all is good" not in told
    (nothing,) = pages(made("evidence", replace(practised.evidence(), plan=None, drills=(), scenarios=(), checks=())))
    assert "There is no plan on this PC." in nothing
    assert "People who took part in them 0" in nothing
