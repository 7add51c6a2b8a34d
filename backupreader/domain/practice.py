"""Practice: everything on such a PC is made up, and says so on every screen and page."""

from typing import Final

PRACTICE_PC: Final = "demo-pc"
"""The name that a practice PC's vault has, by which all that opens it knows what it is."""
