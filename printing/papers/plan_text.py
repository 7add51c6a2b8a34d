"""Ready words of the plan as a page: for citizens and relatives, for partners; to be read out, copied, or sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from backupreader.domain.planpapers import PlanText
from backupreader.language import N_
from printing import filledtext
from printing.block import Block, Words
from printing.masthead import Head
from printing.paper import Desk, Paper
from printing.plancells import governed
from printing.text import Style

_TEXT: Final = Style(size=15, leading=22)
_USES: Final = {
    "door": N_("For the door"),
    "citizens": N_("For citizens and relatives"),
    "partners": N_("For partners"),
}


def head(found: PlanText, desk: Desk) -> Head:
    """What it is, for whom, and of which plan."""
    about = found.plan.about
    facts = (
        (desk.language.text(_USES[found.template.use]), True),
        (about.title, False),
        *governed(about, desk),
    )
    return Head(name=found.template.label, title=desk.language.text(PAPER.title), facts=facts)


def story(found: PlanText, desk: Desk) -> Iterator[Block]:
    """The words; below, until when the number holds."""
    for number, paragraph in enumerate(filledtext.text(found.template, found.plan, found.event, desk).split("\n\n")):
        yield Words((paragraph, False), style=_TEXT, above=10 if number else 4)
    if holds := filledtext.holds(found.template, found.plan, found.event, desk):
        yield Words((holds, True), above=14)


PAPER: Final = Paper(
    name="plan-text",
    title=N_("Ready words"),
    of=PlanText,
    head=head,
    story=story,
    afterwards=N_("Keep it with the outage's papers."),
)
