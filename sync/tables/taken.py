"""When a source took its data, and whether all of it came: from the export's own words, else from the files' times."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from backupreader.domain.errors import SOURCE_DAMAGED
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from sync.profile import Profile
from sync.tables.claiming import named
from sync.tables.forms import moment_form, read_typed
from sync.tables.kinds import open_table
from sync.tables.textform import TAKEN, ManifestForm

_RAGGED: Final = Reason(N_("a row has too few or too many cells"))
_UNREADABLE: Final = Reason(N_("a number or a date in it cannot be read"))


@dataclass(frozen=True, slots=True)
class Stated:
    """What a manifest says about one file."""

    rows: int | None
    taken_at: str | None
    complete: bool | None


def from_name(profile: Profile, pattern: str, path: Path) -> str | None:
    """The moment in a file's name; None where there is none, or none that can be read."""
    found = named(pattern, path)
    if found is None or profile.taken_at is None or TAKEN not in pattern:
        return None
    return moment_form(profile.taken_at.form).read(found["taken"])


def from_lines(profile: Profile, lines: tuple[str, ...], *, typed: bool = False) -> str | None:
    """The moment on one of the lines before the head; `typed`: the line is a spreadsheet's, and may hold a date."""
    if profile.taken_at is None or not profile.taken_at.line:
        return None
    pattern = re.compile(re.escape(profile.taken_at.line).replace(re.escape(TAKEN), "(.+?)") + "[;,\t ]*")
    for line in lines:
        found = pattern.fullmatch(line.strip())
        if found is not None:
            return _moment(profile.taken_at.form, found[1], typed=typed)
    return None


def from_cell(profile: Profile, text: str | None, *, typed: bool = False) -> str | None:
    """The moment in a column, by the first row that holds one; `typed` as above."""
    if profile.taken_at is None or text is None:
        return None
    return _moment(profile.taken_at.form, text, typed=typed)


def _moment(form: str, text: str, *, typed: bool) -> str | None:
    bare = text.strip()
    return moment_form(form).read(bare) or (read_typed(bare) if typed and "-" in bare else None)


def from_time(path: Path, zone: str) -> str:
    """When the file was last written, as a moment in the site's zone."""
    return datetime.fromtimestamp(path.stat().st_mtime, ZoneInfo(zone)).isoformat(timespec="minutes")


def aware(moment: str, zone: str) -> str:
    """A moment as a source's wall clock showed it, with the zone's offset, so that sources can be compared."""
    try:
        read = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return (read if read.tzinfo is not None else read.replace(tzinfo=ZoneInfo(zone))).isoformat()


def read_manifest(profile: Profile, form: ManifestForm, path: Path) -> Mapping[str, Stated]:
    """What the manifest at `path` says, by the name of the file. Raises `ReaderError` where it cannot be read."""
    rows = open_table(path, profile.form)
    wanted = {
        name: rows.head.index(name)
        for name in (form.file, form.rows, form.taken_at, form.complete)
        if name in rows.head
    }
    stated: dict[str, Stated] = {}
    for block in rows.blocks(sorted(wanted.values())):
        if any(not fault.kept for fault in block.faults):
            raise ReaderError(SOURCE_DAMAGED, path=path, reason=_RAGGED, row=block.faults[0].line)
        columns = {name: block.cells[place] for name, place in wanted.items()}
        for index, line in enumerate(block.lines):
            cell = {name: texts[index].strip() for name, texts in columns.items()}
            count, taken = cell.get(form.rows, ""), cell.get(form.taken_at, "")
            moment = moment_form(profile.taken_at.form if profile.taken_at is not None else "iso").read(taken)
            if (count and not re.fullmatch(r"\d{1,12}", count, re.ASCII)) or (taken and moment is None):
                raise ReaderError(SOURCE_DAMAGED, path=path, reason=_UNREADABLE, row=line)
            word = cell.get(form.complete, "").casefold()
            complete = {
                **dict.fromkeys(map(str.casefold, profile.form.no), False),
                **dict.fromkeys(map(str.casefold, profile.form.yes), True),
            }
            stated[cell.get(form.file, "")] = Stated(int(count) if count else None, moment, complete.get(word))
    return stated
