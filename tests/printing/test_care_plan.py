"""The care plan: how it is done before all else, and nothing past or doubtful among what is current."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from backupreader.domain.journal import Presence
from backupreader.domain.records import Condition, Intervention, Origin
from printing.document import Subject

HERE = Origin("x", 1)


def squeezed(text: str) -> str:
    return " ".join(text.replace("\ufffe", "-").split())


def intervention(number: int, **facts: object) -> Intervention:
    return Intervention(id=f"i{number}", citizen="c1", origin=HERE, **{"text": f"Indsats {number}", **facts})


def condition(number: int, **facts: object) -> Condition:
    return Condition(id=f"t{number}", citizen="c1", origin=HERE, **{"text": f"Tilstand {number}", **facts})


@pytest.fixture
def text_of(made, printed, pages_of, sheet_of) -> Callable[..., str]:
    def text(*records: object, notes: tuple[object, ...] = (), code: str = "en", **facts: object) -> str:
        tables = {
            "interventions": [one for one in records if isinstance(one, Intervention)],
            "conditions": [one for one in records if isinstance(one, Condition)],
        }
        sections = {name: made.section(*found, table=name[:-1]) for name, found in tables.items()}
        journal = replace(made.ordinary, **sections, notes=made.section(*notes), **facts)
        return squeezed(" ".join(pages_of(printed("care-plan", Subject(journal=journal), sheet_of(code)))))

    return text


def in_order(text: str, *words: str) -> bool:
    places = [text.index(word) for word in words]
    return places == sorted(places)


def test_each_intervention_begins_with_its_instruction_whole_and_as_written(text_of):
    said = "1. Ring på.\n2. Vent <her> & bank ikke.\n\n" + "Gå ind. " * 60 + "SLUT PÅ ANVISNINGEN"
    text = text_of(
        intervention(
            1,
            text="Kateterpleje",
            code="G1.5",
            instruction=said,
            goal="Ingen infektion",
            reason="Vandladning",
            repetition="hver tirsdag",
            minutes=20,
            staff_needed=2,
            law="SUL § 138",
            kind="Sygepleje",
            responsible="Sygeplejen Nord",
            start="2026-01-05",
            end="2027-01-04",
            follow_up="2026-12-01",
        )
    )
    assert squeezed(said) in text
    assert in_order(
        text,
        "G1.5 Kateterpleje",
        "How it is to be done 1. Ring på.",
        "SLUT PÅ ANVISNINGEN",
        "Goal Ingen infektion",
        "When hver tirsdag · 20 min · 2 carers · 5 Jan 2026 to 4 Jan 2027",
        "Reason Vandladning",
        "Law, responsible SUL § 138 · Sygepleje · Responsible: Sygeplejen Nord · Follow-up: 1 Dec 2026",
    )


def test_an_intervention_without_an_instruction_says_that_none_was_delivered(text_of):
    assert "Indsats 1 How it is to be done NO INSTRUCTION DELIVERED" in text_of(intervention(1))
    assert "NO INSTRUCTION DELIVERED" not in text_of(intervention(1, instruction="Gør det"))


def test_what_is_not_current_stands_apart_with_its_mark_after_everything_current(text_of):
    states = ("active", "planned", "paused", "ended", "cancelled", "entered-in-error", "unknown")
    items = [
        intervention(
            number, text=f"Indsats-{status}", status=status, status_source="X9" if status == "unknown" else None
        )
        for number, status in enumerate(states)
    ]
    text = text_of(*reversed(items), condition(1), condition(2, text="Gammel tilstand", status="inactive"))
    assert in_order(
        text,
        "What to do (2)",
        "Indsats-unknown ? status not known (X9)",
        "Indsats-active",
        "Planned, not begun (1)",
        "Indsats-planned [planned]",
        "Paused, not to be done now (1)",
        "Indsats-paused [paused]",
        "Health and conditions",
        "Tilstand 1",
        "Ended (2)",
        "Indsats-ended [ended]",
        "[no longer current] Gammel tilstand",
        "Cancelled or entered in error, not to be used (2)",
        "Indsats-entered-in-error [ENTERED IN ERROR]",
        "Indsats-cancelled [CANCELLED]",
    )


def test_where_all_has_ended_the_plan_says_that_nothing_is_current(text_of):
    text = text_of(intervention(1, status="ended"), condition(1, status="refuted"))
    assert in_order(text, "What to do Nothing current in Nexus.", "Ended (1)", "Cancelled or entered in error")
    assert "[REFUTED] Tilstand 1" in text
    assert "Health and conditions Nothing current in Nexus." in text


def test_an_active_one_whose_end_has_passed_is_doubted_and_not_hidden(text_of):
    passed = "? its end has passed, and the source does not say that it ended: ask"
    text = text_of(intervention(1, start="2026-01-01", end="2026-11-21", instruction="Gør det"))
    assert f"When 1 Jan 2026 to 21 Nov 2026 · {passed}" in text
    assert passed not in text_of(intervention(1, end="2026-11-22"))
    assert passed not in text_of(intervention(1, end="2026-11-21", status="ended"))
    assert "? it begins later" in text_of(intervention(1, start="2026-11-23"))
    assert "? it" not in text_of(intervention(1, end="snart"))


def test_conditions_stand_under_the_words_of_their_source_with_code_and_assessment(text_of):
    text = text_of(
        condition(1, text="Att tvätta sig", kind="Personlig vård", code="d510", code_system="ICF", severity="2",
                  assessment="Behöver hjälp <nedtill>", expected="1"),
        condition(2, text="Att gå", kind="Förflyttning", code="d450", code_system="ICF", severity="9", expected="8"),
        condition(3, text="Att klä sig", kind="Personlig vård", severity="Svår begränsning", recorded_by="Bo C."),
        condition(4, text="Utan grupp", severity="2", verification="formodet", start="2024"),
    )  # fmt: skip
    assert in_order(text, "Personlig vård", "Att tvätta sig", "Att klä sig", "Förflyttning", "Att gå", "Utan grupp")
    assert text.count("Personlig vård") == 1
    assert "d510 Att tvätta sig Behöver hjälp <nedtill> 2: moderate limitation 1: slight limitation" in text
    assert "d450 Att gå 9: not applicable 8: not specified" in text
    assert "Att klä sig Bo C. Svår begränsning" in text
    assert "Code Not grouped by the source Severity Expected Utan grupp formodet · from 2024 2" in text


def test_a_level_of_fsiii_has_its_words_and_the_number_as_it_was_written(text_of):
    text = text_of(condition(1, code="J3.4", code_system="FSIII", severity="3", expected="0"))
    assert "3: severe limitations 0: no or negligible limitations" in text
    assert "severe" not in text_of(condition(1, code="J3.4", code_system="FSIII", severity="3 Svære begrænsninger"))


def test_diagnoses_of_which_no_level_is_said_have_no_empty_columns(text_of):
    text = text_of(condition(1, kind="Diagnose", code="I50"))
    assert "Code Diagnose I50 Tilstand 1" in text
    assert "Severity" not in text


def test_a_condition_of_unknown_status_is_current_and_marked(text_of):
    text = text_of(condition(1, status="unknown", status_source="K3"))
    assert in_order(text, "Health and conditions", "? status not known (K3) Tilstand 1", "General information")


def test_general_information_is_gathered_from_areas_notes_and_remarks(text_of, made):
    notes = (
        made.note("Født på en gård, sejlede i tyve år.", 1, kind="Livshistorie", author="Nadia N."),
        made.note("Forkert borgers liv.", 2, kind="Livshistorie", status="entered-in-error"),
        made.note("Sov godt.", 3, kind="observation"),
    )
    area = condition(
        1, text="Vaner", code="F5", code_system="FSIII", kind="Generelle oplysninger", assessment="Sent op"
    )
    citizen = replace(made.ordinary.citizen, remark="Vil tiltales frk. Møller")
    text = text_of(area, condition(2), notes=notes, citizen=citizen)
    general = text[text.index("General information") :]
    assert in_order(general, "Vil tiltales frk. Møller", "F5 Vaner Sent op", "Livshistorie", "Født på en gård")
    assert "Forkert borgers liv" not in text
    assert "Sov godt" not in text
    assert text.count("Vaner") == 1


def test_the_three_kinds_of_nothing_are_three_different_words(made, printed, pages_of, sheet_of, text_of):
    nothing = squeezed(" ".join(pages_of(printed("care-plan", Subject(journal=made.nothing), sheet_of("en")))))
    undelivered = squeezed(" ".join(pages_of(printed("care-plan", Subject(journal=made.undelivered), sheet_of("en")))))
    assert "What to do Nothing recorded in Nexus. Health and conditions Nothing recorded in Nexus." in nothing
    assert "NOT DELIVERED: no source has sent this" not in nothing
    assert undelivered.count("NOT DELIVERED: no source has sent this. Nothing is known.") == 3
    left_out = made.section(table="intervention", presence=Presence.LEFT_OUT)
    journal = replace(made.ordinary, interventions=left_out)
    text = squeezed(" ".join(pages_of(printed("care-plan", Subject(journal=journal), sheet_of("en")))))
    assert "What to do NOT IN THIS COPY by the municipality's decision." in text


def test_rows_that_are_missing_are_said_to_be(made, printed, pages_of, sheet_of):
    section = made.ordinary.interventions
    cut = replace(section, deliveries=tuple(replace(one, complete=False) for one in section.deliveries))
    journal = replace(made.ordinary, interventions=cut)
    text = squeezed(" ".join(pages_of(printed("care-plan", Subject(journal=journal), sheet_of("en")))))
    assert "What to do (3) not complete: the source says that rows are missing" in text


def test_an_instruction_of_two_hundred_thousand_letters_is_whole_under_its_title_on_every_page(
    made, printed, pages_of, sheet_of
):
    words = [f"ord{number}" for number in range(25_000)]
    long = intervention(1, text="Sondeernæring", instruction=" ".join(words))
    journal = replace(made.ordinary, interventions=made.section(long, table="intervention"))
    pages = pages_of(printed("care-plan", Subject(journal=journal), sheet_of("en")))
    assert set(words) <= set(" ".join(pages).split())
    assert all("Sondeernæring" in page for page in pages if "ord" in page.replace("records", ""))


def test_an_intervention_that_fits_a_page_is_never_parted(made, printed, pages_of, sheet_of):
    items = [
        intervention(
            number, goal=f"MÅL{number}", instruction=f"BEGYND{number} " + "trin for trin " * 60 + f"SLUT{number}"
        )
        for number in range(14)
    ]
    journal = replace(made.ordinary, interventions=made.section(*items, table="intervention"))
    pages = pages_of(printed("care-plan", Subject(journal=journal), sheet_of("en")))
    for number in range(14):
        (page,) = [page for page in pages if f"BEGYND{number} " in page]
        assert f"SLUT{number}" in page
        assert f"Indsats {number}" in page
        assert f"Goal MÅL{number}" in page
