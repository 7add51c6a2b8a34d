"""Is a part of a workbook whole XML? Its reader does not come to an end on some that is not."""

from __future__ import annotations

from xml.parsers import expat


class _Declares(Exception):
    """A document type, in which entities could be declared: no workbook has one."""


class WellFormed:
    """Sees one part, piece by piece, and keeps nothing of it."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = _refuse

    def see(self, piece: bytes, *, last: bool = False) -> bool:
        """Is it well-formed up to here?"""
        try:
            self._parser.Parse(piece, last)
        except (expat.ExpatError, ValueError, LookupError, _Declares):
            return False
        return True


def _refuse(*_: object) -> None:
    raise _Declares
