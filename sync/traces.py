"""What the exporter sees of a finished generation, to hold the next one against it: nothing of it names a person.

A citizen with medicine is remembered as eight bytes of an HMAC of her id under a key that is made of this machine's
signing key: without that key nobody can tell whose they are, not even by trying all ids.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.plausibility import EXAMPLES, Delivered, Share, Traces
from backupreader.domain.presence import is_current, source_of
from backupreader.domain.records import Delivery, Receipt
from backupreader.store import database
from backupreader.store.canonical import Value
from backupreader.store.persons import PERSON
from backupreader.store.rows import Shelf

if TYPE_CHECKING:
    from sqlite3 import Connection

MOST_TOKENS: Final = 150_000
"""More than any municipality has; of a still larger number the same part is remembered each time."""
_LABEL: Final = b"backupreader citizens with medicine 1"
_TOKEN_BYTES: Final = 8
DAILY: Final = frozenset({"note", "administration", "visit", "measurement"})
"""What care writes every day: where a source delivers any of these, the same bytes twice are the same day twice. A list
of keys may be the same for weeks."""

_CURRENT: Final = (
    "is_current(medication.status) "
    'AND (medication."end" IS NULL OR medication."end" >= substr(:today, 1, length(medication."end")))'
)
_WHOSE: Final = (
    "iif(medication.citizen IN (SELECT id FROM citizen), medication.citizen, "  # noqa: S608 (our own words)
    f"{PERSON.format(column='medication.citizen')})"
)
"""A list that knows her by her number alone is hers whom another source delivered."""
_MEDICATED: Final = f"SELECT DISTINCT {_WHOSE} FROM medication WHERE {_CURRENT}"  # noqa: S608 (our own words)
_WITHOUT: Final = (
    "SELECT id, source_file, source_row FROM citizen WHERE status NOT IN ('moved', 'ended', 'deceased') "  # noqa: S608
    f"AND deceased_at IS NULL AND id NOT IN ({_MEDICATED}) ORDER BY rowid"
)
_REGULAR: Final = f"FROM medication WHERE {_CURRENT} AND kind NOT IN ('prn', 'directive')"
_UNDOSED: Final = "AND trim(coalesce(dosage_text, '')) = '' AND id NOT IN (SELECT medication FROM dose)"
_DOSES: Final = f"FROM dose WHERE prn = 0 AND medication IN (SELECT id {_REGULAR})"
_UNTIMED: Final = "AND time IS NULL AND slot IS NULL AND times_per_day IS NULL AND trim(coalesce(text, '')) = ''"


def token_of(secret: bytes) -> Callable[[str], str]:
    """How this machine, whose signing key is `secret`, writes a citizen's id so that nobody else can read it."""
    key = hmac.digest(secret, _LABEL, "sha256")
    return lambda citizen: hmac.digest(key, citizen.encode(), "sha256")[:_TOKEN_BYTES].hex()


def trace(path: Path, key: bytes, token: Callable[[str], str], zone: ZoneInfo, today: date) -> Traces:
    """What is to be seen of the finished database at `path`. Raises STORE_DAMAGED when it cannot be read."""
    connection = database.open_reader(path, key)
    try:
        with database.guarded(path):
            look = _Look(connection, today)
            return Traces(
                medicated=frozenset(token(citizen) for (citizen,) in look.ask(_MEDICATED)),
                without_medicine={token(citizen): look.place(*at) for citizen, *at in look.ask(_WITHOUT)},
                units={
                    name: look.place(*at) for name, *at in look.ask("SELECT name, source_file, source_row FROM unit")
                },
                undosed=look.share(_REGULAR, _UNDOSED),
                untimed=look.share(_DOSES, _UNTIMED),
                citizens=Counter(source_of(citizen) for (citizen,) in look.ask("SELECT id FROM citizen")),
                sources=_sources(look.shelf.receipts(), look.shelf.deliveries(), zone),
                newest_note=next(
                    (
                        look.place(*at)
                        for at in look.ask(
                            "SELECT source_file, source_row FROM note WHERE moment > 0 ORDER BY moment DESC LIMIT 1"
                        )
                    ),
                    None,
                ),
            )
    finally:
        connection.close()


class _Look:
    """Questions about one day's generation, and places as people read them."""

    def __init__(self, connection: Connection, today: date) -> None:
        self.shelf = Shelf(connection)
        connection.create_function("is_current", 1, is_current, deterministic=True)
        self._connection = connection
        self._today = {"today": today.isoformat()}
        self._files: Mapping[int, str] = dict(connection.execute("SELECT id, path FROM source_file"))

    def ask(self, question: str) -> list[Any]:
        return self._connection.execute(question, self._today).fetchall()

    def place(self, file: int, row: int) -> str:
        return f"{self._files[file]}:{row}"

    def share(self, of: str, those: str) -> Share:
        """How many of the rows `of` (FROM and WHERE) are `those` too, with the first few."""
        [(every,)] = self.ask(f"SELECT count(*) {of}")
        [(number,)] = self.ask(f"SELECT count(*) {of} {those}")
        first = self.ask(f"SELECT source_file, source_row {of} {those} ORDER BY rowid LIMIT {EXAMPLES}")
        return Share(number, every, tuple(self.place(*at) for at in first))


def _sources(receipts: Sequence[Receipt], deliveries: Sequence[Delivery], zone: ZoneInfo) -> dict[str, Delivered]:
    """The sources that deliver what changes every day, where every file's digest is known."""
    found: dict[str, Delivered] = {}
    for source in {delivery.source for delivery in deliveries if delivery.table in DAILY and delivery.filed}:
        digests = sorted(one.sha256 for one in receipts if one.source == source and one.sha256)
        if digests and len(digests) == sum(one.source == source for one in receipts):
            digest = hashlib.sha256(" ".join(digests).encode()).hexdigest()  # whatever the files are called
            taken = max(moments.order(one.taken_at, zone) for one in deliveries if one.source == source)
            found[source] = Delivered(digest, taken)
    return found


def written(traces: Traces) -> Value:
    """What is remembered, as it is kept."""
    return {
        "citizens": dict(traces.citizens),
        "medicated": list[Value](sorted(traces.medicated)[:MOST_TOKENS]),
        "sources": {name: {"digest": one.digest, "taken": one.taken} for name, one in traces.sources.items()},
        "undosed": [traces.undosed.number, traces.undosed.of],
        "units": dict(traces.units),
        "untimed": [traces.untimed.number, traces.untimed.of],
    }


def read(value: Value | None) -> Traces:
    """What `written` wrote; nothing where it is something else, or of another version."""
    found: Any = value
    try:
        return Traces(
            medicated=frozenset(map(str, found["medicated"])),
            citizens={str(name): int(number) for name, number in found.get("citizens", {}).items()},
            units={str(name): str(place) for name, place in found["units"].items()},
            undosed=_share(found["undosed"]),
            untimed=_share(found["untimed"]),
            sources={
                str(name): Delivered(str(one["digest"]), int(one["taken"])) for name, one in found["sources"].items()
            },
        )
    except (TypeError, KeyError, ValueError, AttributeError):
        return Traces()


def _share(numbers: Any) -> Share:  # noqa: ANN401 (what stood in a file)
    number, of = numbers
    return Share(int(number), int(of))
