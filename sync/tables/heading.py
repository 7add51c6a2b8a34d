"""The names of a table's columns, as a profile calls them: from one line of headings or several, each name once."""

from __future__ import annotations

from collections.abc import Sequence

from sync.tables.textform import TextForm


def names(lines: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The columns' names out of the lines of headings.

    The cells above each other are joined with a space. A heading over a group stands in the group's first column
    only, so it holds for those without one to its right, if a heading stands below it: ``Telefon`` over ``Privat``,
    ``Arbejde`` is ``Telefon Privat``, ``Telefon Arbejde``. What stands alone in its column is no group.
    """
    width = max((len(line) for line in lines), default=0)
    rows = [[_bare(line[place]) if place < len(line) else "" for place in range(width)] for line in lines]
    for index, row in enumerate(rows[:-1]):
        group = ""
        for place, cell in enumerate(row):
            below = any(other[place] for other in rows[index + 1 :])
            if cell:
                group = cell if below else ""
            elif below:
                row[place] = group
            else:
                group = ""
    return _told_apart([" ".join(row[place] for row in rows if row[place]) for place in range(width)])


def _bare(cell: str) -> str:
    return cell.replace("\0", "").strip()


def _told_apart(plain: Sequence[str]) -> tuple[str, ...]:
    """``Telefon`` and ``Telefon#2`` where a name stands twice, ``#4`` where the fourth column has none."""
    found: dict[str, int] = {}
    stated = set(plain)
    unique: list[str] = []
    for place, name in enumerate(plain, start=1):
        if not name:
            unique.append(unnamed(place))
            continue
        found[name] = found.get(name, 0) + 1
        shown = name if found[name] == 1 else f"{name}#{found[name]}"
        while shown in stated and found[name] > 1:  # a column that is really called so
            found[name] += 1
            shown = f"{name}#{found[name]}"
        unique.append(shown)
    return tuple(unique)


def unnamed(place: int) -> str:
    """How the column at that place (1 is the first) is called where it has no heading."""
    return f"#{place}"


def repeated(head: Sequence[str]) -> dict[str, str]:
    """The second of two columns that have the same name, by that name."""
    return {name.removesuffix("#2"): name for name in head if name.endswith("#2") and name.removesuffix("#2") in head}


def excels(line: str) -> str | None:
    """The delimiter that Excel states on a file's first line (``sep=;``); None where that line says none."""
    bare = line.strip().strip('"')
    return bare[4:] if bare[:4].lower() == "sep=" and len(bare) == len("sep=;") else None


def seen_instead(head: Sequence[str], form: TextForm) -> str | None:
    """The delimiter that a head of one column seems to be parted by, where the profile states another one."""
    if len(head) != 1:
        return None
    counts = {sign: head[0].count(sign) for sign in (";", "\t", "|", ",") if sign != form.delimiter}
    sign = max(counts, key=lambda sign: counts[sign])
    return sign if counts[sign] else None
