"""The table of errors is a contract: one code and one status a kind, for ever."""

from __future__ import annotations

import re
import string

from backupreader.domain.errors import KINDS, NOT_FOUND
from backupreader.domain.trouble import OUR_FAULT, WRONG_USAGE, ReaderError
from backupreader.language import CODES, Language


def test_codes_and_statuses_are_each_used_once_and_belong_together() -> None:
    assert len({kind.code for kind in KINDS}) == len(KINDS)
    assert len({kind.status for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert kind.code == f"BR{kind.status:02}"
        assert kind.status not in {0, OUR_FAULT, WRONG_USAGE}
        assert kind.status < 125, "a shell gives the larger numbers a meaning of its own"


def test_every_kind_has_a_sentence_and_a_hint_that_end_as_sentences_do() -> None:
    for kind in KINDS:
        assert re.search(r"[.:]$", kind.sentence), kind
        assert re.search(r"[.:]$", kind.hint) or kind.hint.endswith("FILE."), kind


def test_an_error_speaks_every_language_with_its_facts_filled_in() -> None:
    for kind in KINDS:
        names = {name for _, name, _, _ in string.Formatter().parse(kind.sentence + kind.hint) if name}
        trouble = ReaderError(kind, **{name: f"<{name}>" for name in names})
        for code in CODES:
            said = trouble.sentence(Language(code)) + trouble.hint(Language(code))
            assert all(f"<{name}>" in said for name in names)
            assert "{" not in said


def test_the_log_line_is_english_and_begins_with_the_code() -> None:
    assert str(ReaderError(NOT_FOUND, what="x", known="y")) == "BR22 Nothing here is called x."
