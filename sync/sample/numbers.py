"""Person numbers and telephone numbers that belong to nobody.

* Danish person numbers: the day plus 60, the convention for test persons.
* Swedish person numbers: only such as the tax agency has published as test numbers (open data, CC0). Two of its series
  follow a rule, so that they can be made: for each day of 1890–1896 and 1909–1910 one number, 980 and 981 by turns
  (981 is a man's), and for each day from 1976 on one with 238 (a woman's) and one with 239. The last digit checks the
  others. The few days on which the list leaves the rule are not used. The agency publishes hardly any number from the
  years between, so people in the Swedish sample are about 50 and younger, or older than anybody is.
* Telephone numbers: in Sweden the ranges that the post and telecom authority keeps free for books and films; Denmark
  has no such range, so there numbers that begin with 83, 84 or 85, which the numbering plan gives to nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from sync.sample.dice import Dice

_OLD_YEARS: Final = (1909, 1910, *range(1890, 1897))
_YOUNG_YEARS: Final = range(1976, 2001)
_FIRST: Final = date(1890, 1, 1).toordinal()
# Days (yymmdd) of those years for which no such number is published.
_LEFT_OUT: Final = frozenset(
    """
    950101 950626 090106 090118 090203 090225 090301 090315 090317 090318 090321 090404 090412 090420 090426 090502
    090505 090603 090715 090721 090812 090820 090824 090901 090910 090914 090921 090927 090929 091003 091006 091017
    091019 091110 091118 091129 091201 091209 091216 091218 091224 100105 100111 100125 100202 100310 100328 100329
    100425 100429 100502 100510 100515 100518 100623 100624 100707 100720 100721 100725 100726 100801 100802 100804
    100813 100819 100828 100831 100908 101006 101007 101011 101016 101020 101021 101101 101117 101123 101130 101209
    101219 101224 101225 760101 800101 891220 900101 900102 900104 900105 900106 001218
    """.split()  # noqa: SIM905 (a list of 95 quoted words would be harder to read)
)
_LEFT_OUT_MONTHS: Final = frozenset({"9001"})  # several days of January 1990 are missing

_SWEDISH_MOBILE: Final = (1740605, 1740699)
_SWEDISH_FIXED: Final = (("031", 3900600), ("040", 6280400), ("0980", 319200))


def check_digit(nine: str) -> str:
    """The tenth digit of a Swedish person number (Luhn), from ``yymmddnnn``."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(nine))
    return str(-sum(number // 10 + number % 10 for number in doubled) % 10)


def _days(years: range | tuple[int, ...]) -> Iterator[date]:
    for year in years:
        day = date(year, 1, 1)
        while day.year == year:
            short = f"{day:%y%m%d}"
            if short not in _LEFT_OUT and short[:4] not in _LEFT_OUT_MONTHS:
                yield day
            day += timedelta(days=1)


def _mixed(name: str, days: list[date]) -> list[date]:
    dice = Dice("order", name)
    return [day for _, day in sorted((dice.throw(), day) for day in days)]


@lru_cache(maxsize=1)
def _pools() -> dict[str, list[date]]:
    old = list(_days(_OLD_YEARS))
    recent = [day for day in old if day.year >= _OLD_YEARS[0]]
    ancient = [day for day in old if day.year < _OLD_YEARS[0]]
    young = list(_days(tuple(_YOUNG_YEARS)))
    pools: dict[str, list[date]] = {"young": _mixed("young", young)}
    for sex, odd in (("female", 0), ("male", 1)):
        pools[sex] = [
            day for part in (recent, ancient) for day in _mixed(sex, part) if (day.toordinal() - _FIRST) % 2 == odd
        ]
    return pools


def swedish(turn: int, sex: str, *, old: bool) -> tuple[date, str]:
    """The birthday and person number (``yyyymmddnnnn``) of the `turn`-th person of that sex, unlike any other turn's.

    `old` is granted as long as the published numbers last.
    """
    male = sex == "male"
    pool = _pools()[sex]
    if old and turn < len(pool):
        day = pool[turn]
        serial = "981" if male else "980"
    else:
        day = _pools()["young"][turn]
        serial = "239" if male else "238"
    nine = f"{day:%y%m%d}{serial}"
    return day, f"{day.year}{nine[2:]}{check_digit(nine)}"


def danish(turn: int, sex: str, dice: Dice, *, old: bool) -> tuple[date, str]:
    """The birthday and test number (``ddmmyy-nnnn``, day + 60) of person `turn` (0 to 9,999), unlike any other's."""
    day = date(1926, 1, 1) if old else date(1958, 1, 1)
    day += timedelta(days=dice.below(30 * 365))
    round_of = turn // 2000
    day -= timedelta(days=(day.toordinal() - round_of) % 5)  # two turns of one serial never share a day
    serial = turn * 787 % 2000 * 2 + (sex == "male")
    return day, f"{day.day + 60}{day:%m%y}-{serial:04d}"


def danish_phone(dice: Dice) -> str:
    """A number that the Danish numbering plan gives to nobody."""
    return f"8{dice.pick('345')} {dice.below(100):02d} {dice.below(100):02d} {dice.below(100):02d}"


def swedish_phone(dice: Dice, *, mobile: bool) -> str:
    """A number that is kept free for fiction in Sweden."""
    if mobile:
        digits = str(dice.between(*_SWEDISH_MOBILE))
        return f"070-{digits[:3]} {digits[3:5]} {digits[5:]}"
    area, first = dice.pick(_SWEDISH_FIXED)
    digits = str(first + dice.below(100))
    return f"{area}-{digits[:-4]} {digits[-4:-2]} {digits[-2:]}"
