"""A profile of prints: where a site keeps its PDF and print files, and what their names and first pages say.

The commented file ``profiles/prints.toml`` is the manual. A site copies it and states the copy in its source:
``profile = "our-prints.toml"``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, ValidationError, ValidationInfo, field_validator

from backupreader.domain.errors import SETTINGS_UNREADABLE
from backupreader.domain.records import Country
from backupreader.domain.trouble import ReaderError
from sync.pdf.patterns import Pattern, line_pattern, path_pattern
from sync.profile import FOLDER, unreadable
from sync.tables.forms import moment_form
from sync.tables.textform import Strict, Words

SHIPPED: Final = "prints"


class PrintForm(Strict):
    """One kind of print.

    `path` are the patterns that its files' paths end with. `dates` are the forms of dates in them. `first_page` are
    labels on the first page, `page_dates` the forms of dates there. A fact that stands in both must be the same.
    """

    kind: Annotated[str, Field(min_length=1)]
    dates: Words = ("iso",)
    path: Annotated[tuple[str, ...], Field(strict=False, min_length=1)]
    page_dates: Words = ()
    first_page: Words = ()

    @field_validator("dates", "page_dates")
    @classmethod
    def _forms(cls, forms: tuple[str, ...]) -> tuple[str, ...]:
        for form in forms:
            moment_form(form)
        return forms

    @field_validator("path")
    @classmethod
    def _paths(cls, texts: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        for text in texts:
            path_pattern(text, info.data.get("dates", ("iso",)))
        return texts

    @field_validator("first_page")
    @classmethod
    def _labels(cls, texts: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        for text in texts:
            line_pattern(text, info.data.get("page_dates", ("iso",)))
        return texts

    @property
    def paths(self) -> tuple[Pattern, ...]:
        """The patterns of `path`."""
        return tuple(path_pattern(text, self.dates) for text in self.path)

    @property
    def labels(self) -> tuple[Pattern, ...]:
        """The patterns of `first_page`."""
        return tuple(line_pattern(text, self.page_dates) for text in self.first_page)


class PrintProfile(Strict):
    """All kinds of print of one site; of those that a file could be, the first is taken."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    about: str
    country: Country | None = None
    print: Annotated[tuple[PrintForm, ...], Field(strict=False, min_length=1)]


def load_prints(profile: str | None) -> PrintProfile:
    """The profile in the file of that path; the shipped one for None or its name.

    Raises `ReaderError` (SETTINGS_UNREADABLE) that names the file and the key.
    """
    return _shipped() if profile is None or profile == SHIPPED else _load(Path(profile))


def is_of_prints(profile: str) -> bool:
    """Is this a profile of prints, not one of tables? Where the file cannot be read, whoever loads it says so."""
    if profile == SHIPPED:
        return True
    try:
        return "print" in tomllib.loads(Path(profile).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return False


@cache
def _shipped() -> PrintProfile:
    return _load(FOLDER / f"{SHIPPED}.toml")


def _load(path: Path) -> PrintProfile:
    try:
        return PrintProfile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as trouble:
        raise ReaderError(SETTINGS_UNREADABLE, path=path, reason=trouble.strerror or trouble) from trouble
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as trouble:
        raise ReaderError(SETTINGS_UNREADABLE, path=path, reason=trouble) from trouble
    except ValidationError as wrong:
        raise unreadable(path, wrong) from None
