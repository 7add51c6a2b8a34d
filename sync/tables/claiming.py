"""Which layout a file is in: by its name and, where no profile is stated, by its headings. Loads no table library."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path
from typing import Final

from sync.profile import TAKEN, Profile
from sync.tables.plan import FilePlan, file_plan, plans
from sync.tables.quotes import Splitter, Unclosed

_SEEN: Final = 64 << 10


def name_pattern(name: str) -> re.Pattern[str]:
    """The names that a profile's `name` stands for: ``*`` is anything, ``{taken}`` the moment; capitals are alike."""
    parts = re.split(r"(\*|{taken})", unicodedata.normalize("NFC", name))
    pattern = "".join("(?P<taken>.+)" if part == TAKEN else ".*" if part == "*" else re.escape(part) for part in parts)
    return re.compile(pattern, re.IGNORECASE)


def named(name: str, path: Path) -> re.Match[str] | None:
    """Is this file called as a profile's `name` says? Some systems write å as two letters: that is the same name."""
    return name_pattern(name).fullmatch(unicodedata.normalize("NFC", path.name))


def is_manifest(profile: Profile, path: Path) -> bool:
    """Is this the profile's manifest?"""
    return profile.manifest is not None and named(profile.manifest.name, path) is not None


def layouts(profile: Profile, path: Path) -> tuple[FilePlan, ...]:
    """The layouts whose name this file has."""
    return tuple(file_plan(profile, form) for form in profile.file if named(form.name, path))


def layouts_by_head(profile: Profile, path: Path) -> tuple[FilePlan, ...]:
    """The layouts whose columns this file has, whatever it is called."""
    head = set(read_head(profile, path))
    return tuple(
        plan for plan in plans(profile) if head and head.issuperset(plan.demanded) and head & set(plan.columns)
    )


def fits(profile: Profile, path: Path) -> bool:
    """Is this file certainly in this form: named as the profile says, with all that it demands, and most columns known?

    A column more is no reason to leave the file unread: it is reported as left unread.
    """
    manifest = profile.manifest
    if manifest is not None and named(manifest.name, path):
        return {manifest.file, manifest.rows}.issubset(read_head(profile, path))
    return any(_mostly(plan, set(read_head(profile, path))) for plan in layouts(profile, path))


def _mostly(plan: FilePlan, head: set[str]) -> bool:
    known = head & {*plan.columns, *plan.form.ignore}
    return head.issuperset(plan.demanded) and len(known) > len(head) - len(known)


def read_head(profile: Profile, path: Path) -> tuple[str, ...]:
    """The headings, from the first 64 KiB; none where there are none, or where the file cannot be read."""
    form = profile.form
    try:
        with path.open("rb") as stream:
            raw = stream.read(_SEEN)
        text = codecs.getincrementaldecoder(form.encoding)("replace").decode(raw).removeprefix("\ufeff")
        lines = text.split("\n", form.head - 1) if form.head > 1 else [text]
        final = len(raw) < _SEEN
        row = next(Splitter(form.delimiter, form.quote).rows(lines[-1], final=final), None)
    except (OSError, UnicodeError, Unclosed):
        return ()
    if row is None or len(lines) < form.head:
        return ()
    return tuple(cell.strip() for cell in row.cells)
