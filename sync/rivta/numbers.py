"""Numbers as the contracts write them (*xs:double*, *xs:decimal*): read exactly, and never worked with."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

_MOST_DIGITS: Final = 28
_MANY: Final = 10_000


def decimal(text: str | None) -> Decimal | None:
    """The number; None for what is none, or has no end."""
    try:
        number = Decimal(text) if text else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def plain(text: str | None) -> str | None:
    """An *xs:double* without its exponent: the same number with every digit. Anything else as written."""
    if text is None or "e" not in text.lower():
        return text
    number = decimal(text)
    return text if number is None or abs(number.adjusted()) > _MOST_DIGITS else f"{number:f}"


def whole(text: str | None) -> int | None:
    """A whole number above zero; None for anything else."""
    number = decimal(text)
    return int(number) if number is not None and number == number.to_integral_value() and 0 < number < _MANY else None
