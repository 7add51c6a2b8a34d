"""What is found before a print begins: a finite list, each told in two sentences."""

from __future__ import annotations

import pytest

from backupreader.domain.errors import NO_PRINTER
from backupreader.domain.trouble import ReaderError
from backupreader.language import Language
from printing.jobs import Printer, State
from printing.preflight import A_TRAY, Finding, Looked, Weight, check, found
from printing.queue import JobState, Progress
from printing.resume import step
from printing.spoolcheck import Flaw, Spool
from tests.printing.test_spoolcheck import HANDBOOK

ENGLISH = Language("en")


def looked(state: State = State.READY, **more) -> Looked:
    low = more.pop("low", False)
    return Looked(printers=(Printer("Ward", state, low=low), Printer("Other", State.READY)), **more)


def test_a_ready_printer_that_was_used_last_has_nothing_to_tell():
    assert found(looked(last="Ward", spool=Spool(())), "Ward", pages=20) == ()
    assert found(looked(), "Ward") == ()


@pytest.mark.parametrize("state", [state for state in State if state is not State.READY])
def test_each_state_but_ready_is_found_under_its_own_name(state: State):
    assert [finding.name for finding in found(looked(state), "Ward")] == [state.name]


def test_what_only_it_can_mend_refuses_and_stands_alone():
    for state in (State.REJECTING, State.PAUSED):
        findings = found(looked(state, last="Other", low=True), "Ward", pages=900)
        assert [finding.weight for finding in findings] == [Weight.REFUSES]
        with pytest.raises(ReaderError) as trouble:
            check(findings, "Ward")
        assert trouble.value.kind is NO_PRINTER
    assert found(Looked(printers=(), system=False), "Ward") == (Finding.NO_SYSTEM,)
    assert found(Looked(printers=()), "Ward") == (Finding.NO_PRINTER,)
    assert found(looked(), "Nowhere") == (Finding.UNKNOWN_PRINTER,)


@pytest.mark.parametrize("state", [State.NO_PAPER, State.JAM, State.OPEN, State.NO_INK, State.OFFLINE, State.BUSY])
def test_what_a_person_at_the_printer_can_mend_refuses_nothing(state: State):
    check(found(looked(state), "Ward"), "Ward")


def test_paper_is_told_as_low_where_the_printer_says_so_and_else_as_not_known_for_more_than_a_tray():
    assert found(looked(low=True), "Ward", pages=2) == (Finding.PAPER_LOW,)
    assert found(looked(), "Ward", pages=A_TRAY) == ()
    assert found(looked(), "Ward", pages=A_TRAY + 1) == (Finding.PAPER_UNKNOWN,)
    assert found(looked(), "Ward", pages=A_TRAY + 1, sides=2) == ()
    assert "cannot be known" in Finding.PAPER_UNKNOWN.sentence(ENGLISH, "Ward", 212)


def test_another_printer_than_the_last_and_a_spool_that_keeps_pages_are_noted():
    spool = Spool((Flaw("PreserveJobFiles", "", "No"),))
    assert found(looked(last="Other", spool=spool), "Ward") == (Finding.OTHER_THAN_LAST, Finding.KEEPS_PAGES)
    assert found(looked(spool=Spool(None)), "Ward") == ()


def test_every_finding_says_what_is_so_and_what_to_do():
    for finding in Finding:
        for sentence in (finding.sentence(ENGLISH, "Ward", 212), finding.hint(ENGLISH, "Ward")):
            assert sentence.endswith(".")
            assert "{" not in sentence
    assert len({finding.value.sentence for finding in Finding}) == len(Finding)


def test_every_refusal_has_its_reason():
    for finding in Finding:
        if finding.weight is Weight.REFUSES:
            with pytest.raises(ReaderError):
                check([finding], "Ward")
        else:
            check([finding], "Ward")


def test_the_handbook_lists_every_finding_and_every_state_of_a_job_and_no_other():
    text = HANDBOOK.read_text(encoding="utf-8")
    part = text[text.index("### Printers") : text.index("**Pages for another PC**")]
    rows = {line.split(" | ")[0].removeprefix("| ") for line in part.splitlines() if line.startswith("| ")}
    known = {finding.value.sentence for finding in Finding} | {state.value for state in JobState}
    assert rows == known | {"what is so", "the job …"}
    for state in JobState:
        assert f"| {state.value} | {step(Progress(state)).value} |" in part
    for finding in Finding:
        assert finding.value.hint in part
