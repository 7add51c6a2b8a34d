"""The handover to hospital: what must not be done first, what is not known said, places for what only the carer knows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backupreader.domain.journal import Presence, Section
from backupreader.domain.records import Alert, Condition, Delivery, Intervention, Measurement, Origin
from printing.document import Subject

HERE = Origin("x", 1)
ONCE = {"quantity": "1", "unit": "tablet", "time": "08:00"}


def squeezed(text: str) -> str:
    return " ".join(text.replace("\ufffe", "-").split())


def alert(number: int, kind: str, text: str, **facts: str) -> Alert:
    return Alert(id=f"h{number}", citizen="c1", kind=kind, text=text, origin=HERE, **facts)


@pytest.fixture
def pages(printed, pages_of, sheet_of):
    def texts(journal, code: str = "en", **facts: object) -> list[str]:
        return [
            squeezed(page) for page in pages_of(printed("handover", Subject(journal=journal), sheet_of(code, **facts)))
        ]

    return texts


@pytest.fixture
def text_of(pages):
    def text(journal, code: str = "en", **facts: object) -> str:
        return " ".join(pages(journal, code, **facts))

    return text


def test_the_refusal_of_resuscitation_stands_before_all_else_with_its_date_and_by_whom(made, pages):
    first = pages(made.ordinary)[0]
    refusal = first.index("Ingen genoplivning ved hjertestop 12 Sep 2026 · Lars Holm, egen læge")
    assert refusal < first.index("Written by hand now") < first.index("From the data")


def test_a_limit_without_date_and_name_says_that_these_were_not_said(made, text_of):
    limit = alert(1, "treatment-limit", "Ingen HLR", status="unknown", status_source="K2", end="2026-12-01")
    text = text_of(replace(made.ordinary, alerts=made.section(limit, table="alert")))
    assert "Ingen HLR date not said · by whom is not said · until 1 Dec 2026 · ? status not known (K2)" in text


def test_a_limit_that_was_entered_in_error_or_has_ended_is_not_on_it(made, text_of):
    gone = (
        alert(1, "treatment-limit", "Ingen indlæggelse", status="entered-in-error"),
        alert(2, "treatment-limit", "Ingen respirator", status="inactive"),
    )
    text = text_of(replace(made.ordinary, alerts=made.section(*gone, table="alert")))
    assert "Ingen indlæggelse" not in text
    assert "Ingen respirator" not in text
    assert "Refused resuscitation, limits of treatment Nothing current in Nexus." in text


def test_last_wishes_and_aids_are_found_under_their_titles_and_whole(made, text_of):
    journal = replace(
        made.ordinary,
        notes=made.section(
            made.note(
                "Vil dø hjemme, <b>uden</b> slanger. " + "ord " * 600 + "slut", title="Ønsker for den sidste tid"
            ),
            made.note("Kørestol nr. 7", 2, kind="Hjælpemidler"),
            made.note("Glemt", 3, kind="Hjælpemidler", status="entered-in-error"),
        ),
        conditions=made.section(Condition(id="t", citizen="c1", text="Hjælpemiddel: rollator", origin=HERE)),
    )
    text = text_of(journal)
    wishes, _, rest = text.partition("Written by hand now")
    assert "Vil dø hjemme, <b>uden</b> slanger." in wishes
    assert "ord slut" in wishes
    aids = rest[rest.index(" Aids ") :]
    assert "rollator" in aids
    assert "Kørestol nr. 7" in aids
    assert "Glemt" not in text


def test_what_stands_under_no_title_is_said_to_be_asked_for_and_what_did_not_come_to_be_unknown(made, text_of):
    text = text_of(made.ordinary)
    assert "Last wishes Nothing stands under this heading in the data. Ask the citizen and the relatives." in text
    partly = replace(made.ordinary, notes=made.section(presence=Presence.NOT_DELIVERED))
    assert "Ask the citizen and the relatives. Not all of the journal came." in text_of(partly)
    undelivered = text_of(made.undelivered)
    assert "Last wishes NOT DELIVERED: no source has sent this. Nothing is known." in undelivered
    assert "Nothing stands under this heading" not in undelivered


def test_three_kinds_of_nothing_are_three_different_words(made, text_of):
    nothing, undelivered = text_of(made.nothing), text_of(made.undelivered)
    assert nothing.count("Nothing recorded in Nexus.") >= 10
    assert "NOT DELIVERED" not in nothing
    assert "Nothing recorded" not in undelivered
    assert undelivered.count("NOT DELIVERED: no source has sent this.") >= 10
    for text in (nothing, undelivered):
        assert "language: not said · interpreter: not said" in text
        assert "address not delivered" in text
        assert "unit not delivered" in text


def test_each_field_of_the_admission_report_has_its_place(made, text_of):
    journal = replace(
        made.ordinary,
        citizen=replace(made.ordinary.citizen, interpreter=True, language="tyrkisk"),
        alerts=made.section(
            alert(1, "diet", "Blød kost, fortykket væske", recorded_at="2026-10-01", recorded_by="Diætist"),
            alert(2, "communication", "Hører dårligt"),
            alert(3, "infection", "MRSA"),
            alert(4, "allergy", "Jod", reaction="udslæt", note="kontraststof"),
            alert(5, "staff-safety", "Gå to"),
            table="alert",
        ),
    )
    text = text_of(journal)
    for row in (
        "CAVE Jod (udslæt) date not said · by whom is not said · kontraststof",
        "Infection MRSA",
        "Other warnings Staff safety: Gå to",
        "Diet Blød kost, fortykket væske 1 Oct 2026 · Diætist",
        "Language, how to talk speaks tyrkisk · interpreter needed Hører dårligt",
        "Relatives Hanne Møller, datter 20 30 40 50 may be rung at night",
        "Home care, nurse, doctor Team Nord 99 31 00 00 Lars Holm, egen læge, General practitioner 98 10 20 30",
        "Problemer med mobilitet J3.4 · 2 moderat · Går med rollator indendørs, kørestol ude.",
        "What to do Kateterpleje tirsdag og fredag: Skift pose tirsdag og fredag. Skyl ikke.",
        "Personlig hygiejne hver morgen · 2 carers: To hjælpere ved bad.",
        "Last measured Blodtryk 148/82 mmHg 21 Nov 2026 09:10",
        "Skovvej 4, 2. tv, 9999 Sandby tel. 70 10 20 30 · enke",
    ):
        assert row in text, row


def test_what_only_the_carer_knows_is_asked_for_on_the_first_page(made, pages):
    first = pages(made.ordinary)[0]
    for place in (
        "The original goes with the citizen. A copy stays in the unit: write on both.",
        "Sent (date, time)",
        "To (hospital, ward, who was told)",
        "Filled in by (name, title, initials)",
        "Telephone to call back 99 31 00 00",
        "Why now: what happened, since when, what was tried",
        "Breaths a minute",
        "Relatives are told Not told Not reached",
        "Refusal of resuscitation",
        "Hearing aids",
        "Sent along: tick it. Also:",
        "Handed over to (name, ward, time)",
    ):
        assert place in first, place


def test_the_newest_value_of_each_kind_is_the_last_measured_and_an_error_is_none(made, text_of):
    values = (
        Measurement(id="1", citizen="c1", name="Puls", value="71", taken_at="2026-11-20T08:00", origin=HERE),
        Measurement(id="2", citizen="c1", name="Puls", value="88", taken_at="2026-11-21T08:00", origin=HERE),
        Measurement(
            id="3",
            citizen="c1",
            name="Puls",
            value="777",
            taken_at="2026-11-22T08:00",
            status="entered-in-error",
            origin=HERE,
        ),
        Measurement(id="4", citizen="c1", name="Temp", value="37,4", origin=HERE, status="unknown"),
    )
    text = text_of(replace(made.ordinary, measurements=made.section(*values, table="measurement")))
    assert "Puls 88 21 Nov 2026 08:00" in text
    assert "777" not in text
    assert "Temp 37,4 not dated · ? status not known" in text


def test_an_intervention_that_is_paused_or_of_unknown_status_says_so(made, text_of):
    items = (
        Intervention(id="1", citizen="c1", text="Sårpleje", status="paused", origin=HERE),
        Intervention(id="2", citizen="c1", text="Ilt", status="unknown", status_source="?!", origin=HERE),
        Intervention(id="3", citizen="c1", text="Bad", status="ended", origin=HERE),
    )
    text = text_of(replace(made.ordinary, interventions=made.section(*items, table="intervention")))
    assert "Sårpleje paused" in text
    assert "Ilt status not known (?!)" in text
    assert "Bad" not in text


# --- medicine ---


def test_medicine_in_force_says_when_it_was_last_given_and_until_when_that_is_known(made, text_of):
    text = text_of(made.ordinary)
    assert "Last given: 21 Nov 2026 22:10, 1 kapsel (known until 22 Nov 2026 05:30) Given after that, by hand:" in text
    assert "Last given: nothing recorded until 22 Nov 2026 05:30" in text
    assert "As written: 1½ tablet kl. 8 1.5 tablet · 08:00" in text
    assert "Paused, do not give: Eliquis 5 mg tabletter (Paused 20 Nov 2026 to 23 Nov 2026)" in text
    assert "Stopped or ended: Furix 40 mg tabletter (1 Jan 2026 to 21 Nov 2026, lavt kalium)" in text
    assert "? status not known (Bombombom): ask before giving" in text
    table = text[text.index("Medicine now") : text.index("Paused, do not give:")]
    assert "Eliquis" not in table
    assert "Furix" not in table


def test_what_ended_long_ago_is_counted_and_drafts_and_errors_are_named_for_what_they_are(made, text_of):
    orders = [made.order(number, f"Gammel {number}", ONCE, end="2020-01-01", status="stopped") for number in range(3)]
    orders += [
        made.order(4, "Kladde", ONCE, status="draft"),
        made.order(5, "Fejl", ONCE, status="entered-in-error"),
        made.order(6, "Snart", ONCE, start="2026-11-25"),
    ]
    text = text_of(replace(made.ordinary, orders=made.section(*orders, table="medication")))
    assert "No medicine is in force." in text
    assert "Gammel" not in text
    assert "Also on the medication list: 3 orders ended earlier." in text
    assert "Drafts, not in force: Kladde" in text
    assert "Entered in error, do not use: Fejl" in text
    assert "Begins later: Snart (from 25 Nov 2026)" in text


def test_two_lists_stand_apart_with_their_own_age_and_what_they_differ_in(made, text_of):
    fmk = Delivery(
        source="FMK", table="medication", taken_at="2026-11-22T05:10", complete=True, read=1, filed=1, refused=0
    )
    nexus = replace(fmk, source="Nexus", taken_at="2026-11-22T05:30")

    def of(source: str, number: int, drug: str, **facts: object):
        one = made.order(number, drug, ONCE, **facts)
        return replace(one, medication=replace(one.medication, id=f"{source}:{number}"))

    orders = (of("Nexus", 1, "Pinex"), of("FMK", 2, "Pinex", list="FMK"), of("FMK", 3, "Marevan", list="FMK"))
    text = text_of(replace(made.ordinary, orders=Section(orders, Presence.VALUE, (nexus, fmk), len(orders))))
    assert "The list of Nexus, taken 22 Nov 2026 05:30" in text
    assert "The list of FMK, taken 22 Nov 2026 05:10" in text
    assert text.index("Differences between") < text.index("The list of Nexus")


def test_medicine_that_was_not_delivered_or_left_out_is_never_none(made, text_of):
    assert "No medicine" not in text_of(made.undelivered)
    left_out = replace(made.ordinary, orders=made.section(table="medication", presence=Presence.LEFT_OUT))
    medicine = text_of(left_out).partition("Medicine now")[2]
    assert "NOT IN THIS COPY by the municipality's decision." in medicine
    assert "No medicine" not in medicine


def test_private_medicine_that_is_kept_back_is_told_on_the_first_page_and_in_its_place(made, pages):
    secret = made.order(1, "Antabus", ONCE, private=True)
    journal = replace(made.ordinary, orders=made.section(secret, made.order(2, "Pinex", ONCE), table="medication"))
    texts = pages(journal, reveal_private=False)
    one = "Private-marked medicine, not shown here: 1 order. State a reason to have it printed."
    assert f"THE MEDICINE IS NOT COMPLETE. {one}" in texts[0]
    assert f"{one} not shown not shown Pinex" in " ".join(texts)
    assert "Antabus" not in " ".join(texts)
    assert "Antabus" in " ".join(pages(journal))


def test_clinical_text_is_whole_however_long_it_is(made, text_of):
    words = [f"trin{number}" for number in range(4_000)]
    item = Intervention(id="1", citizen="c1", text="Sonde", instruction=" ".join(words), origin=HERE)
    text = text_of(replace(made.cruel, interventions=made.section(item, table="intervention")))
    assert set(words) <= set(text.split())
    assert all(f"Stof nummer {number} <img src='/etc/passwd'> (anafylaksi)" in text for number in range(40))


@pytest.mark.parametrize("code", ["da", "sv", "nb", "en"])
def test_it_is_short_for_an_ordinary_citizen_in_every_language(code, made, pages):
    assert len(pages(made.ordinary, code)) <= 3
    assert len(pages(made.nothing, code)) <= 2
