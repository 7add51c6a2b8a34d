"""The papers of the plan and of an outage: what each must say, on which page, and that no word of the plan is lost."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from backupreader.domain.plan.contacts import Calendar, Calling, Contact, Hours
from backupreader.domain.plan.guidance import Guide, Outcome, Question
from backupreader.domain.planpapers import (
    BARE,
    ActionCard,
    DoorNotice,
    FaultGuide,
    OutageReport,
    PartnerSheet,
    PhoneList,
    PlanCard,
    PlanText,
)
from backupreader.language import Language
from printing.papers import paper, several
from tests.printing import plans
from tests.printing.plans import CARD, DOOR, GUIDE, NOW, ORDINARY, PARTNERS, PLAN, TEXT, WHERE, hand_over, outage

GOLDEN = Path(__file__).parent / "golden"
IDS = frozenset(
    ("id", "contact", "role", "yes", "no", "supplier", "template", "follows", "act", "reach", "use", "when", "holidays",
     "country", "systems", "reaches", "roles", "may_call", "order")
)  # fmt: skip
"""Fields that name something else, or choose one of our own words."""


def made(name: str, value: object, code: str = "en") -> bytes:
    return paper(name, value, Language(code), NOW)


def pages(pdf: bytes) -> list[str]:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return [" ".join(page.get_textpage().get_text_bounded().replace("\ufffe", "-").split()) for page in document]


def told(name: str, value: object) -> str:
    return " ".join(pages(made(name, value)))


def sizes(pdf: bytes, char: str) -> set[float]:
    """In how many points a letter is set anywhere."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return {
            pdfium.FPDFText_GetFontSize(text.raw, place)
            for page in document
            for text in (page.get_textpage(),)
            for place in range(text.count_chars())
            if chr(pdfium.FPDFText_GetUnicode(text.raw, place)) == char
        }


def marked(value: object, numbers: count) -> object:
    """The same with a word of its own in every place that people write in."""
    if isinstance(value, tuple):
        return tuple(marked(one, numbers) for one in value)
    if isinstance(value, str):
        return f"ord{next(numbers)}x"
    if is_dataclass(value) and not isinstance(value, type):
        named = [one.name for one in fields(value) if one.name not in IDS | {"spot", "hours"}]
        return replace(value, **{name: marked(getattr(value, name), numbers) for name in named})
    return value


@pytest.mark.parametrize("code", ["da", "sv"])
@pytest.mark.parametrize("name", ORDINARY)
def test_a_paper_reads_in_danish_and_swedish_as_it_was_accepted(name, code):
    """Golden text; after a change that is meant: ACCEPT=1, and look at the difference."""
    said = "\n=== page ===\n".join(pages(made(name, ORDINARY[name], code))) + "\n"
    file = GOLDEN / f"paper-{name}-{code}.txt"
    if os.environ.get("ACCEPT"):
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8")


# --- no word is lost ---


@pytest.mark.parametrize(
    ("name", "build", "part"),
    [
        ("action-card", lambda card: ActionCard(**WHERE, plan=PLAN, card=card), CARD),
        ("fault-guide", lambda guide: FaultGuide(**WHERE, plan=PLAN, guide=guide), GUIDE),
        ("partner-list", lambda one: PartnerSheet(**WHERE, plan=PLAN, partners=one), PARTNERS),
        ("phone-list", lambda one: PhoneList(**WHERE, plan=replace(PLAN, contacts=one)), PLAN.contacts),
        ("plan-card", lambda room: PlanCard(**WHERE, plan=replace(PLAN, room=room)), PLAN.room),
        ("plan-card", lambda about: PlanCard(**WHERE, plan=replace(PLAN, about=about)), PLAN.about),
    ],
    ids=["action-card", "fault-guide", "partner-list", "phone-list", "room", "about"],
)
def test_every_word_that_people_wrote_into_the_plan_is_on_its_paper(name, build, part):
    numbers = count(1)
    said = "".join(told(name, build(marked(part, numbers))).split())
    missing = [number for number in range(1, next(numbers)) if f"ord{number}x" not in said]
    assert not missing


@pytest.mark.parametrize("name", ["hand-over", "outage-report"])
def test_every_word_of_the_log_is_on_the_paper_of_the_outage(name):
    words = {f"ord{entry.number}x" for entry in plans.log()}
    entries = tuple(replace(entry, words=f"ord{entry.number}x") for entry in plans.log())
    event = plans.event("2026-003", NOW - timedelta(hours=3), "Mette", entries)
    found = hand_over(found=event) if name == "hand-over" else hand_over(OutageReport, found=event)
    said = told(name, found)
    if name == "hand-over":  # what says nothing but how it stands now is told as that
        words = {
            f"ord{entry.number}x" for entry in plans.log() if entry.kind in {"declared", "decision", "note", "call"}
        }
    assert not {word for word in words if word not in said}


def test_three_hundred_contacts_with_long_names_all_stand_whole_in_the_list_and_no_row_is_split():
    many = tuple(
        Contact(
            id=f"c{n}", label=f"{'Afdeling ' * 22}nr{n}x", number=f"99 31 7{n:03d}", hours=(Hours((n % 7 + 1,), 0, 60),)
        )
        for n in range(300)
    )
    found = pages(made("phone-list", PhoneList(**WHERE, plan=replace(PLAN, contacts=many, supplements=()))))
    for n in range(300):
        holding = [page for page in found if f"nr{n}x" in page]
        assert len(holding) == 1
        assert f"99 31 7{n:03d}" in holding[0]
    assert all("Who keeps this entry" in page for page in found)


def test_a_card_of_forty_steps_numbers_each_and_repeats_its_title_and_its_date():
    card = replace(CARD, steps=tuple(f"Trin nr{n}x " + "gør noget " * 20 for n in range(1, 41)))
    found = pages(made("action-card", ActionCard(**WHERE, plan=PLAN, card=card)))
    assert len(found) > 1
    assert all("Journalen er nede" in page and "Overdue" in page for page in found)
    for n in range(1, 41):
        assert sum(f"{n} Trin nr{n}x" in page for page in found) == 1


def test_a_guide_of_sixty_questions_leads_on_paper_from_each_to_the_next_and_to_its_end():
    questions = tuple(
        Question(id=f"q{n}", ask=f"Spørg nr{n}x", yes=f"q{n + 1}" if n < 60 else "o1", no=f"o{n}") for n in range(1, 61)
    )
    outcomes = tuple(Outcome(id=f"o{n}", reach="local", say=f"Slut nr{n}x", contact="it") for n in range(1, 61))
    guide = Guide(id="g", label="Lang", questions=questions, outcomes=outcomes)
    said = told("fault-guide", FaultGuide(**WHERE, plan=PLAN, guide=guide))
    letters = [chr(64 + n) for n in range(1, 27)] + [f"{one}{chr(64 + n)}" for one in "AB" for n in range(1, 27)]
    for n in range(1, 60):
        assert f"{n} Spørg nr{n}x yes → {n + 1} no → {letters[n - 1]}" in said
        assert f"{letters[n - 1]} local Slut nr{n}x" in said
    assert "60 Spørg nr60x yes → A no → BH" in said


# --- the wall card ---


def test_the_wall_card_of_an_ordinary_plan_is_one_page_with_large_numbers():
    pdf = made("plan-card", ORDINARY["plan-card"])
    assert len(pages(pdf)) == 1
    assert max(sizes(pdf, "9")) >= 16


def test_the_wall_card_says_for_each_day_and_hour_whom_to_call_and_who_else():
    (said,) = pages(made("plan-card", ORDINARY["plan-card"]))
    assert "Mon–Wed, Fri 08:00–15:00 IT-afsnit No answer: Vagtcentralen 99 31 72 07 99 31 70 01" in said
    assert "Thu 08:00–17:00 IT-afsnit" in said
    assert "15:00–24:00 00:00–08:00 Vagtcentralen 99 31 72 07" in said
    assert "Sat, Sun all day and night Vagtcentralen 99 31 72 07" in said
    assert "Public holidays all day and night Vagtcentralen" in said
    assert "Thu 24 Dec" in said
    assert "Every day 06:00–23:00 Answers on public holidays as on a Sunday. Låseleverandøren" in said


def test_a_week_of_holidays_does_not_hide_what_holds_on_ordinary_days():
    christmas = datetime(2026, 12, 23, 9, 0, tzinfo=NOW.tzinfo)
    value = PlanCard(**WHERE, plan=PLAN)
    with closing(pypdfium2.PdfDocument(paper("plan-card", value, Language("en"), christmas))) as document:
        said = " ".join(document[0].get_textpage().get_text_bounded().split())
    assert "Mon–Wed, Fri 08:00–15:00 IT-afsnit" in said
    assert "Thu 08:00–17:00 IT-afsnit" in said


def test_a_plan_that_says_nothing_of_holidays_is_marked_on_the_card():
    it = replace(plans.OFFICE, holidays="")
    said = told("plan-card", PlanCard(**WHERE, plan=replace(PLAN, contacts=(it, plans.WATCH, plans.SUPPLIER))))
    assert "? The plan does not say what holds on public holidays." in said
    assert "Public holidays 2" in said


def test_hours_in_which_nobody_answers_say_so_and_what_to_do():
    callings = (Calling(order=("it",), nobody="Vent til kl. 8, og prøv igen."),)
    said = told("plan-card", PlanCard(**WHERE, plan=replace(PLAN, callings=callings)))
    assert "Nobody answers. Vent til kl. 8, og prøv igen." in said
    assert "Nobody answers." in told("plan-card", PlanCard(**WHERE, plan=replace(PLAN, callings=())))


def test_the_wall_card_of_a_unit_has_its_own_contacts_room_and_document():
    said = told("plan-card", PlanCard(**WHERE, plan=PLAN, unit="Team Nord"))
    assert "Ane Bro" in said
    assert "Team Nord, vagtstuen" in said
    assert "Tillæg for Team Nord" in said
    assert "has no part of its own" in told("plan-card", PlanCard(**WHERE, plan=PLAN, unit="Team Syd"))


def test_the_card_says_how_each_is_called_and_what_not_to_call_for():
    said = told("plan-card", ORDINARY["plan-card"])
    for words in (
        "Press: 1 → 153# · Give this number: 99 31 71 00",
        "Say: Kommune 153 · hvilke enheder er ramt",
        "Do NOT call for: glemt adgangskode",
        "Only these may call: Sygeplejerske",
        "The backup PC: Solgården, kopirummet",
        "Key or door code: Sygeplejersken i beredskab",
        "Owner: Afdelingschef Inger Holm · version 2.1",
    ):
        assert words in said


# --- cards, guide, texts, partners ---


def test_an_overdue_card_says_so_in_words_and_one_without_a_date_too():
    assert "Overdue: it should have been revised by 1 Jun 2026, 182 days ago." in told(
        "action-card", ORDINARY["action-card"]
    )
    bare = replace(CARD, about=replace(CARD.about, revise_by=None, example=True))
    said = told("action-card", ActionCard(**WHERE, plan=PLAN, card=bare))
    assert "It does not say by when it must be revised." in said
    assert "EXAMPLE: nobody has approved this." in said


def test_a_card_without_a_contact_says_who_answers_at_which_hours():
    said = told("action-card", ActionCard(**WHERE, plan=PLAN, card=replace(CARD, contact="")))
    assert "Mon–Wed, Fri 08:00–15:00 Thu 08:00–17:00 Does not answer on public holidays. IT-afsnit" in said
    assert "99 31 70 01" in said


def test_all_cards_of_a_plan_begin_on_sheets_of_their_own_and_count_their_own_pages():
    values = [ActionCard(**WHERE, plan=PLAN, card=card) for card in PLAN.cards]
    found = pages(several("action-card", values, Language("en"), NOW))
    assert len(found) == 2
    assert "Journalen er nede" in found[0]
    assert "Låse åbner ikke" in found[1]
    assert all("Page 1 of 1" in page for page in found)


def test_the_steps_are_large():
    assert sizes(made("action-card", ORDINARY["action-card"]), "G") & {17.0}


def test_the_guide_can_be_walked_on_paper_alone():
    said = told("fault-guide", ORDINARY["fault-guide"])
    assert "1 Virker det hos en kollega? Spørg på nabogangen. yes → A no → 2" in said
    assert "2 Virker det i en anden enhed? yes → B no → C" in said
    assert "A no outage Det er din egen adgang. Genstart, og prøv igen. Nobody is to be called." in said
    assert "B local Ring, og sig hvilken enhed. IT-afsnit" in said
    assert "C global Hele kommunen er ramt. Kald nødplanen. IT-afsnit" in said


def test_the_notice_for_the_door_is_filled_and_very_large():
    pdf = made("door-notice", ORDINARY["door-notice"])
    (said,) = pages(pdf)
    for words in (
        "30 Nov 2026 06:14",
        "Omsorgsjournalen, Elektroniske låse",
        "Ring IT-afsnit 99 31 70 01",
        "Nr. 2026-003",
    ):
        assert words in said
    assert "IT-afsnit is to be called until 15:00, then Vagtcentralen." in said
    assert max(sizes(pdf, "N")) >= 36


def test_a_notice_without_an_outage_has_lines_to_write_on_and_what_is_filled_in_is_not_filled_again():
    said = told("door-notice", DoorNotice(**WHERE, plan=PLAN, template=DOOR))
    assert said.count("________________") == 3
    sly = replace(plans.OFFICE, label="{number}{outage}")
    plan = replace(PLAN, contacts=(sly, plans.WATCH, plans.SUPPLIER))
    said = told("plan-text", PlanText(**WHERE, plan=plan, template=TEXT, event=outage()))
    assert "Spørg {number}{outage}, 99 31 70 01." in said


def test_a_long_notice_goes_on_rather_than_being_cut():
    long = replace(DOOR, text="Vent her. " * 400 + "SLUT")
    found = pages(made("door-notice", DoorNotice(**WHERE, plan=PLAN, template=long)))
    assert sum(page.count("Vent her.") for page in found) == 400
    assert "SLUT" in found[-1]


def test_partners_have_a_box_a_time_and_initials_and_who_was_told_is_ticked():
    said = told("partner-list", ORDINARY["partner-list"])
    assert "Sygehuset Akutmodtagelsen 97 11 22 33 told 30 Nov 2026 07:14 Vagthavende Mette Lund" in said
    assert "Told Time Who was reached Initials" in said
    assert "Vores system er nede siden 30 Nov 2026 06:14" in said


def test_the_tally_names_each_unit_with_what_the_log_knows_and_has_room_for_others():
    said = told("unit-tally", ORDINARY["unit-tally"])
    assert "Team Nord DOWN 30 Nov 2026 06:44 Mette Lund" in said
    assert "Solgården up DOWN" in said
    assert said.count("up DOWN") == 1 + 3


# --- the outage ---


def test_what_is_overdue_stands_first_on_the_hand_over_with_who_has_it():
    said = told("hand-over", ORDINARY["hand-over"])
    due = said.index("! OVERDUE BY 2 H 45 MIN")
    assert due < said.index("Telefonerne lukker ikke længere op") < said.index("Meld til regionen")
    assert "Prøv igen Ole Holm" in said


def test_the_hand_over_says_how_it_stands_and_where_to_sign():
    said = told("hand-over", ORDINARY["hand-over"])
    for words in (
        "Ole Holm since 30 Nov 2026 08:44",
        "Judged critical by Hanne Bæk: Ingen kan åbne journalen",
        "Hanne Bæk Vi kører efter papir",
        "IT-afsnit no answer Optaget",
        "Team Nord DOWN",
        "Solgården not asked",
        "Lægerne laeger@sandby. example NOT TOLD",
        "Tuesday 20:00–22:00 Opdatering · Omsorgsjournalen · Print aftenens lister før.",
        "4 sheets were printed · not come back: 3 · entered in the journal: 1",
        "Takes over, and has the case from now on",
        "Hands over",
    ):
        assert words in said


def test_a_log_that_lost_something_says_so_on_both_papers():
    lost = outage(whole=False)
    for name, value in (("hand-over", hand_over(found=lost)), ("outage-report", plans.outage_report(found=lost))):
        assert "Some of the log was lost." in told(name, value)


def test_without_a_plan_the_papers_of_an_outage_name_things_by_their_ids():
    for name, kind in (("hand-over", None), ("outage-report", OutageReport)):
        said = told(name, hand_over(kind or type(ORDINARY["hand-over"]), BARE))
        assert "journal, locks" in said
        assert "watch" in said


def test_an_outage_of_which_nothing_was_said_or_written_is_reported_as_that():
    empty = plans.event("2026-004", NOW, "Mette", ())
    said = told("outage-report", hand_over(OutageReport, BARE, empty, sheets=None))
    for words in ("nobody declared it", "nobody has said which", "Nothing was written down.", "cannot be read"):
        assert words in said
    assert "Nobody has said yet who judged it critical" in told("hand-over", hand_over(plan=BARE, found=empty))


def test_the_report_says_of_each_duty_whether_it_was_done_in_time():
    said = told("outage-report", ORDINARY["outage-report"])
    assert "Ring til regionen Lokal leder 30 Nov 2026 08:14 30 Nov 2026 08:24, Hanne Bæk LATE by 10 min" in said
    early = tuple(replace(one, at=one.at - timedelta(minutes=20)) if one.kind == "done" else one for one in plans.log())
    event = plans.event("2026-003", NOW - timedelta(hours=3), "Mette", early)
    assert "30 Nov 2026 08:04, Hanne Bæk in time" in told("outage-report", hand_over(OutageReport, found=event))
    never = tuple(one for one in plans.log() if one.kind != "done")
    event = plans.event("2026-003", NOW - timedelta(hours=3), "Mette", never)
    assert "Ring til regionen Lokal leder 30 Nov 2026 08:14 NOT DONE" in told(
        "outage-report", hand_over(OutageReport, found=event)
    )


def test_a_clock_of_each_team_stands_by_itself_in_the_report():
    keys = next(one for one in plans.log() if one.kind == "act")
    other = replace(keys, number=16, at=keys.at + timedelta(hours=1), who="Team Syd")
    event = plans.event("2026-003", NOW - timedelta(hours=3), "Mette", (*plans.log(), other))
    said = told("outage-report", hand_over(OutageReport, found=event))
    assert "Telefonerne lukker ikke længere op · Team Nord" in said
    assert "Telefonerne lukker ikke længere op · Team Syd" in said


def test_what_was_crossed_out_stands_in_the_log_with_a_line_through_it_and_nowhere_else():
    pdf = made("outage-report", ORDINARY["outage-report"])
    said = " ".join(pages(pdf))
    assert "9 out: 10 30 Nov 2026 06:45" in said
    assert "Solgården · DOWN" in said
    assert "Solgården not asked" in said
    harmless = tuple(replace(one, what="99") if one.kind == "withdrawn" else one for one in outage(ended=True).entries)
    event = plans.event("2026-003", NOW - timedelta(hours=3), "Mette Lund", harmless)
    assert _strokes(pdf) > _strokes(made("outage-report", plans.outage_report(found=event)))


def _strokes(pdf: bytes) -> int:
    """How many strokes the last pages have: the rules of the log, and the lines through what does not count."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        held = [page for page in document if "Happened" in page.get_textpage().get_text_bounded()]
        return sum(len(_segments(page)) for page in held)


def _segments(page: pypdfium2.PdfPage) -> list[int]:
    return [
        place
        for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,))
        for place in range(pdfium.FPDFPath_CountSegments(item.raw))
    ]


def test_the_report_says_who_opened_the_pc_and_not_who_was_refused():
    said = told("outage-report", ORDINARY["outage-report"])
    assert (
        "Mette Lund SSA · Team Nord own words The journal system is down 30 Nov 2026 06:20 30 Nov 2026 07:20 2 7"
        in said
    )
    assert "Bo event code" in said
    closed = told("outage-report", plans.outage_report(closed=2))
    assert "2 lines of the audit could not be opened with these words. There may be others." in closed


def test_the_report_says_who_must_still_be_told_that_it_is_up():
    said = told("outage-report", ORDINARY["outage-report"])
    assert "Who must be told that it is up again" in said
    assert "Meld til regionen at det virker Ole Holm 99 31 72 07 NOT TOLD" in said
    assert "up again since 30 Nov 2026 09:14, after 3 h 0 min" in said


def test_a_log_of_a_thousand_entries_stands_whole_and_each_on_one_page():
    one = plans.log()[13]
    many = tuple(replace(one, number=n, words=f"ord{n}x") for n in range(1, 1001))
    event = plans.event("2026-003", NOW, "Mette", many)
    found = pages(made("outage-report", hand_over(OutageReport, found=event)))
    for n in range(1, 1001):
        assert sum(f"ord{n}x" in page for page in found) == 1
    assert "1000 lines" in found[-1]


def test_a_plan_of_another_country_names_its_own_holidays():
    swedish = replace(PLAN, calendar=Calendar(country="SE", without=((12, 25),)))
    said = told("plan-card", PlanCard(**WHERE, plan=swedish))
    assert "Nationaldagen" in said
    assert date(2026, 12, 25).strftime("%d Dec") + " Jul" not in said
