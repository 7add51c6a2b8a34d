"""Which layout a file is in: by its name and, where no profile is stated, by its headings. Loads no table library."""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final

from backupreader.domain.trouble import ReaderError
from sync.profile import Profile
from sync.tables.kinds import kind_of, open_table
from sync.tables.opening import opening
from sync.tables.plan import FilePlan, file_plan, plans
from sync.tables.quotes import Splitter, Unclosed
from sync.tables.textform import TAKEN, TextForm

WORKBOOK: Final = 16 << 20
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
    found: list[FilePlan] = []
    for plan in plans(profile):
        head = set(read_head(plan.written, path))
        if head and head.issuperset(plan.demanded) and head & set(plan.columns):
            found.append(plan)
    return tuple(found)


def fits(profile: Profile, path: Path) -> bool:
    """Is this file certainly in this form: named as the profile says, with all that it demands, and most columns known?

    A column more is no reason to leave the file unread: it is reported as left unread.
    """
    manifest = profile.manifest
    if manifest is not None and named(manifest.name, path):
        return {manifest.file, manifest.rows}.issubset(read_head(profile.form, path))
    return any(_mostly(plan, set(read_head(plan.written, path))) for plan in layouts(profile, path))


def _mostly(plan: FilePlan, head: set[str]) -> bool:
    known = head & {*plan.columns, *plan.form.ignore}
    return head.issuperset(plan.demanded) and len(known) > len(head) - len(known)


def read_head(form: TextForm, path: Path) -> tuple[str, ...]:
    """The headings; none where there are none, or where the file cannot be read. Of text, the first 64 KiB are seen.

    A workbook has no beginning: it is opened, if it is not larger than `WORKBOOK`.
    """
    try:
        if kind_of(path) != "text":
            stat = path.stat()
            return _workbooks_head(path, (stat.st_size, stat.st_mtime_ns), form.model_dump_json())
        with path.open("rb") as stream:
            raw = stream.read(_SEEN)
    except OSError:
        return ()
    final = len(raw) < _SEEN
    return _head(_decoded(raw, form).removeprefix("\ufeff"), form, final=final)


@lru_cache(maxsize=64)
def _workbooks_head(path: Path, stamp: tuple[int, int], form: str) -> tuple[str, ...]:
    """Several profiles ask; `stamp` tells another file of that name."""
    if stamp[0] > WORKBOOK:
        return ()
    try:
        return open_table(path, TextForm.model_validate_json(form)).head
    except ReaderError:
        return ()


def _decoded(raw: bytes, form: TextForm) -> str:
    """In the first encoding that fits; reading the file tells where none does, so it must not stay unclaimed."""
    *tried, last = form.encodings
    for encoding in tried:
        try:
            return codecs.getincrementaldecoder(encoding)("strict").decode(raw)
        except UnicodeError:
            continue
    try:
        return codecs.getincrementaldecoder(last)("replace").decode(raw)
    except UnicodeError:  # UTF-16 without its mark
        return ""


def _head(text: str, form: TextForm, *, final: bool) -> tuple[str, ...]:
    try:
        found = opening(text, form, Splitter(form.delimiter, form.quote, form.escape), final=final)
    except Unclosed:
        return ()
    return () if found is None else found.head
