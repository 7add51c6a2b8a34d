"""Which citizens of different sources are one person: decided by numbers alone, and only where nothing contradicts.

A name, a birthday and an address never link: twins at one address stay two. Two statements are of one person when they
share a number that only one person can have:

* CPR, personnummer, samordningsnummer and fødselsnummer, whatever way they are written. A Swedish number of ten digits
  is one of twelve when its century is the same or cannot be another one.
* A Danish replacement number of the national service (X-eCPR: a 1 or 7, two letters, a digit; HL7 Denmark, DK Core,
  "National eCPR service"), also where a source only names the kind (FMK, Nexus). Those that a region or a system gives
  (D-eCPR and others), temporary and local numbers mean someone only together with their `Identifier.system`.
* Never a number that is wrong by its own rule, or one digit written ten times: that is how "no number" is written.

Whoever carries an old and a new number bridges them. What contradicts keeps everyone apart who hangs together by
numbers: birthdays that differ, or two CPR numbers that nobody carries both of. A number that two citizens of one source
have says nothing of either.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from backupreader.domain import moments
from backupreader.domain.fold import words
from backupreader.domain.identity import compacted
from backupreader.domain.presence import source_of
from backupreader.domain.records import Citizen, Identifier, Issue

OTHER_BIRTHDAY: Final = "number-other-birthday"
OTHER_NUMBER: Final = "number-other-number"
TWICE: Final = "number-twice-in-source"
OTHER_NAME: Final = "number-other-name"

_PREFIX: Final = {"cpr": "DK", "fodselsnummer": "NO"}
_SWEDISH: Final = frozenset({"personnummer", "samordningsnummer"})
_X_ECPR: Final = re.compile(r"[0-9]{6}[17][A-Z]{2}[0-9]")
_X_ECPR_SYSTEM: Final = "urn:oid:1.2.208.176.1.6.1.1"
_ONE_FOR_LIFE: Final = frozenset({"cpr", "fodselsnummer", "personnummer"})
_CENTURIES: Final = frozenset({"18", "19", "20"})
_OVER_A_HUNDRED: Final = frozenset({"18", "19"})
"""The centuries of those who are a hundred or older, which is what a + in a Swedish number says."""
_TEN: Final = 10


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking found.

    `groups` are the statements of one person, two or more, in the order given: the first stands for her. `owners` has,
    for each way in which a national number may be written without its signs, the ids of those (a group's first) who
    have it.
    """

    groups: tuple[tuple[Citizen, ...], ...]
    issues: tuple[Issue, ...]
    owners: Mapping[str, frozenset[str]]

    def owner(self, number: str) -> str | None:
        """The id of the only person who has this national number, however it is written; None for nobody or several."""
        found = self.owners.get(_digits(number), frozenset())
        return next(iter(found)) if len(found) == 1 else None


def link(citizens: Sequence[Citizen]) -> Linked:
    """Who of `citizens` is one person. They stand in the order in which the sources were read."""
    numbers = _Numbers(citizens)
    issues = [issue for key in numbers.ambiguous for issue in _twice(key, numbers, citizens)]
    groups: list[tuple[Citizen, ...]] = []
    for places in _connected(len(citizens), numbers.shared()):
        members = tuple(citizens[place] for place in places)
        contradiction = _contradiction(members, [numbers.of[place] for place in places])
        if contradiction is not None:
            issues += [_issue(contradiction, one, _told(one), "error") for one in members]
            continue
        groups.append(members)
        issues += _other_names(members)
    return Linked(tuple(groups), tuple(issues), numbers.owners(groups))


@dataclass(frozen=True, slots=True)
class _Number:
    """One number of one citizen: `key` is the same for the same number, `forms` are the ways to write it."""

    key: str
    kind: str
    forms: tuple[str, ...] = ()


class _Numbers:
    """The numbers of each citizen by her place, and the places by number."""

    def __init__(self, citizens: Sequence[Citizen]) -> None:
        swedish = _swedish(citizens)
        self.of = [list(_numbers(one, swedish)) for one in citizens]
        self._citizens = citizens
        self.holders: defaultdict[str, list[int]] = defaultdict(list)
        for place, numbers in enumerate(self.of):
            for key in {number.key for number in numbers}:
                self.holders[key].append(place)
        self.ambiguous = [key for key in self.holders if self._twice_in_a_source(key)]

    def _twice_in_a_source(self, key: str) -> bool:
        places = self.holders[key]
        return len(places) > 1 and len({source_of(self._citizens[place].id) for place in places}) < len(places)

    def shared(self) -> Iterator[list[int]]:
        """The places that one number says are one person."""
        dead = set(self.ambiguous)
        return (places for key, places in self.holders.items() if len(places) > 1 and key not in dead)

    def owners(self, groups: Iterable[tuple[Citizen, ...]]) -> dict[str, frozenset[str]]:
        """See `Linked`."""
        first = {member.id: group[0].id for group in groups for member in group}
        found: defaultdict[str, set[str]] = defaultdict(set)
        for citizen, numbers in zip(self._citizens, self.of, strict=True):
            for number in numbers:
                for form in number.forms:
                    found[form].add(first.get(citizen.id, citizen.id))
        return {form: frozenset(ids) for form, ids in found.items()}


def _numbers(citizen: Citizen, swedish: Mapping[tuple[str, str], _Number]) -> Iterator[_Number]:
    for identifier in citizen.identifiers:
        if identifier.kind in _SWEDISH:
            if (found := swedish.get((citizen.id, identifier.value))) is not None:
                yield found
        elif (other := _number(identifier)) is not None:
            yield other


def _number(identifier: Identifier) -> _Number | None:
    """What a number that is not Swedish means; None where it means nobody."""
    compact = compacted(identifier.value)
    if not _usable(identifier):
        return None
    if identifier.kind in _PREFIX:
        return _Number(f"{_PREFIX[identifier.kind]}:{compact}", identifier.kind, (compact,))
    if _X_ECPR.fullmatch(compact) and _national(identifier):
        return _Number(f"X-eCPR:{compact}", "replacement", (compact,))
    if identifier.system is None:
        return None
    return _Number(f"{identifier.kind}|{identifier.system}|{compact}", identifier.kind)


def _national(identifier: Identifier) -> bool:
    """Whether a number of that form is of the national service: by its system, or a label that names no other one."""
    system = (identifier.system or "").casefold()
    if identifier.kind == "replacement" and system in {"", _X_ECPR_SYSTEM}:
        return True
    labelled = system.endswith("cpr") and ":" not in system and not system.startswith("d")
    return labelled and identifier.kind in {"replacement", "local"}


def _usable(identifier: Identifier) -> bool:
    """A number that is wrong by its own rule, empty, or one character throughout, is nobody's."""
    return identifier.valid is not False and len(set(_digits(identifier.value))) > 1


def _digits(number: str) -> str:
    return compacted(number).replace("+", "")


def _swedish(citizens: Iterable[Citizen]) -> dict[tuple[str, str], _Number]:
    """The Swedish numbers by citizen and as written; without those that may be of two centuries, where both occur."""
    written: defaultdict[str, list[tuple[str, Identifier, frozenset[str]]]] = defaultdict(list)
    for citizen in citizens:
        for identifier in citizen.identifiers:
            if identifier.kind in _SWEDISH and _usable(identifier):
                ten = _digits(identifier.value)[-_TEN:]
                written[ten].append((citizen.id, identifier, _centuries(identifier.value, citizen.birth_date)))
    found: dict[tuple[str, str], _Number] = {}
    for ten, statements in written.items():
        known = {century for _, _, possible in statements if len(possible) == 1 for century in possible}
        for citizen_id, identifier, possible in statements:
            number = _in_century(ten, identifier, possible, known)
            if number is not None:
                found[citizen_id, identifier.value] = number
    return found


def _centuries(value: str, birth_date: str | None) -> frozenset[str]:
    """The centuries in which the owner of a Swedish number may have been born."""
    digits = _digits(value)
    if len(digits) > _TEN:
        return frozenset({digits[:-_TEN]})
    possible = _OVER_A_HUNDRED if "+" in value else _CENTURIES
    stated = frozenset({(birth_date or "")[:2]}) if (birth_date or "")[2:4] == digits[:2] else possible
    return stated & possible


def _in_century(ten: str, identifier: Identifier, possible: frozenset[str], known: set[str]) -> _Number | None:
    if not known:
        sign = "+" if "+" in identifier.value else ""
        return _Number(f"SE:{sign}{ten}", identifier.kind, (ten, *(century + ten for century in sorted(possible))))
    options = possible & known
    if len(options) != 1:
        return None
    (century,) = options
    return _Number(f"SE:{century}{ten}", identifier.kind, (ten, century + ten))


def _connected(size: int, shared: Iterable[list[int]]) -> list[list[int]]:
    """The places that hang together, each such list in order, lists of one left out."""
    parent = list(range(size))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for places in shared:
        for other in places[1:]:
            first, second = sorted((root(places[0]), root(other)))
            parent[second] = first
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for place in range(size):
        groups[root(place)].append(place)
    return [places for places in groups.values() if len(places) > 1]


def _contradiction(members: Sequence[Citizen], numbers: Sequence[Sequence[_Number]]) -> str | None:
    """Why these cannot all be one person; None where nothing speaks against it."""
    born = {day for one in members if (day := _birthday(one.birth_date)) is not None}
    if any(not (first.startswith(second) or second.startswith(first)) for first, second in combinations(born, 2)):
        return OTHER_BIRTHDAY
    for kind in _ONE_FOR_LIFE:
        held = [{number.key for number in mine if number.kind == kind} for mine in numbers]
        keys = sorted(set[str]().union(*held))
        bridges = [[keys.index(key) for key in mine] for mine in held if len(mine) > 1]
        if len(keys) > 1 and not any(len(one) == len(keys) for one in _connected(len(keys), bridges)):
            return OTHER_NUMBER
    return None


def _birthday(written: str | None) -> str | None:
    """The birthday in the precision stated; None where it is no date."""
    return written[:10] if written is not None and moments.valid(written) else None


def unlike(name: str, other: str) -> bool:
    """Whether two names have no word in common, or neither's first name is in the other: twins share all the rest."""
    mine, others = words(name), words(other)
    if not set(mine) & set(others):
        return True
    return not (_among(_first_name(name), others) or _among(_first_name(other), mine))


def _first_name(name: str) -> str:
    """The first word, or the first after a comma: "Møller, Kirsten Anna"."""
    family, _, given = name.partition(",")
    return (words(given) or words(family))[0]


def _among(first: str, names: Sequence[str]) -> bool:
    """Whether a first name, or how it is shortened, is one of the names."""
    return any(one.startswith(first) or first.startswith(one) for one in names)


def _other_names(members: Sequence[Citizen]) -> Iterator[Issue]:
    for other in members[1:]:
        if unlike(members[0].name, other.name):
            yield _issue(OTHER_NAME, other, f"{members[0].name} / {other.name}", "warning")


def _twice(key: str, numbers: _Numbers, citizens: Sequence[Citizen]) -> Iterator[Issue]:
    """An issue for each citizen whose number another one of her source had before; of local numbers none."""
    met: set[str] = set()
    for place in numbers.holders[key]:
        source = source_of(citizens[place].id)
        number = next(number for number in numbers.of[place] if number.key == key)
        if source in met and number.kind != "local":
            yield _issue(TWICE, citizens[place], number.forms[0] if number.forms else key.rpartition("|")[2], "warning")
        met.add(source)


def _told(citizen: Citizen) -> str:
    numbers = ", ".join(identifier.value for identifier in citizen.identifiers)
    return f"{numbers} ({citizen.birth_date})" if citizen.birth_date else numbers


def _issue(code: str, citizen: Citizen, value: str, severity: str) -> Issue:
    return Issue(
        code=code,
        file=citizen.origin.file,
        row=citizen.origin.row,
        column="identifiers",
        value=value[:200],
        severity="error" if severity == "error" else "warning",
        table="citizen",
    )
