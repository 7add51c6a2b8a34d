"""Does CUPS keep printed pages? Its two settings files, held against what the handbook asks for (part 6, Hardening).

As it comes, CUPS keeps each printed page in clear for a day, its name for ever, and listens to the network. What is
judged is text: `judge` is a pure rule, and `look` reads the files of this PC.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

FOLDER: Final = Path("/etc/cups")
MOUNTS: Final = Path("/proc/self/mounts")
_OFF: Final = frozenset({"no", "off", "false", "disabled", "0"})
_MEMORY: Final = frozenset({"tmpfs", "ramfs"})
_SPOOL: Final = "/var/spool/cups"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One setting of CUPS: how it stands (empty: not stated, so CUPS's own default counts), and how it should."""

    setting: str
    stands: str
    should: str

    def __str__(self) -> str:
        """For the eyes of IT: ``PreserveJobFiles 1d → No``."""
        return " ".join(word for word in (self.setting, self.stands, "→", self.should) if word)


@dataclass(frozen=True, slots=True)
class Spool:
    """How this PC's print service is set up. `flaws` is None where this user may not read the settings."""

    flaws: tuple[Flaw, ...] | None


def look(folder: Path = FOLDER, mounts: Path = MOUNTS) -> Spool | None:
    """The print service of this PC; None where there is none."""
    if not (folder / "cupsd.conf").exists():
        return None
    try:
        return Spool(judge(_text(folder / "cupsd.conf"), _text(folder / "cups-files.conf"), _text(mounts)))
    except OSError:
        return Spool(None)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def judge(cupsd: str, cups_files: str, mounts: str = "") -> tuple[Flaw, ...]:
    """What is not as the handbook says, from the texts of both files and of the table of mounts (empty: not known)."""
    stated = dict(_stated(cupsd))
    places = dict(_stated(cups_files))
    return (
        *_kept(stated),
        *(Flaw(word, line, "/run/cups/cups.sock") for word, line in _stated(cupsd) if _from_outside(word, line)),
        *_on_a_disk(places, mounts),
    )


def _kept(stated: Mapping[str, str]) -> Iterator[Flaw]:
    for setting in ("PreserveJobFiles", "PreserveJobHistory"):  # on, when nothing is said
        if stated.get(setting, "").lower() not in _OFF:
            yield Flaw(setting, stated.get(setting, ""), "No")
    if stated.get("PageLogFormat", ""):  # who printed what: off, when nothing is said
        yield Flaw("PageLogFormat", stated["PageLogFormat"], "(empty)")
    for setting in ("Browsing", "WebInterface"):
        if stated.get(setting, "No").lower() not in _OFF:
            yield Flaw(setting, stated[setting], "No")
    policy = stated.get("ErrorPolicy", "")
    if policy.lower() != "retry-current-job":  # the default stops the queue until IT comes
        yield Flaw("ErrorPolicy", policy, "retry-current-job")


def _from_outside(setting: str, value: str) -> bool:
    return setting in {"Port", "SSLPort", "SSLListen"} or (setting == "Listen" and not value.startswith("/"))


def _on_a_disk(places: Mapping[str, str], mounts: str) -> Iterator[Flaw]:
    spool = places.get("RequestRoot", "") or _SPOOL
    temporary = places.get("TempDir", "") or str(PurePosixPath(spool) / "tmp")
    for setting, folder in (("RequestRoot", spool), ("TempDir", temporary)):
        kind = _kind_of_disk(folder, mounts)
        if kind is not None and kind not in _MEMORY:
            yield Flaw(setting, f"{folder} ({kind})", "tmpfs")


def _kind_of_disk(folder: str, mounts: str) -> str | None:
    """The file system under a folder, as /proc/self/mounts has it; None where that is not known."""
    found, deepest = None, -1
    for line in mounts.splitlines():
        words = line.split()
        if len(words) < 3:  # noqa: PLR2004 (what is mounted, where, as what)
            continue
        where = PurePosixPath(words[1].replace("\\040", " "))
        if PurePosixPath(folder).is_relative_to(where) and len(where.parts) >= deepest:  # the later one lies on top
            found, deepest = words[2], len(where.parts)
    return found


_KNOWN: Final = {
    word.lower(): word
    for word in (
        *("PreserveJobFiles", "PreserveJobHistory", "PageLogFormat", "Browsing", "WebInterface", "ErrorPolicy"),
        *("Listen", "Port", "SSLPort", "SSLListen", "RequestRoot", "TempDir"),
    )
}


def _stated(text: str) -> Iterator[tuple[str, str]]:
    """The lines that matter here, each setting under its own spelling. Of two the later one counts, as for CUPS."""
    for line in text.splitlines():
        word, *value = line.partition("#")[0].split(maxsplit=1)[:2] or [""]
        if word.lower() in _KNOWN:
            yield _KNOWN[word.lower()], "".join(value).strip()
