"""The files of a plan: TOML that a person wrote, read into the values of `domain.plan`, or what is wrong by line."""

from pathlib import Path
from typing import Final

from backupreader.planfile.gathering import gather, load, place, refused
from backupreader.planfile.reading import PLAN, Read, read

EXAMPLES: Final = Path(__file__).parent.parent / "plans"
"""The example plans that the program ships, a folder each."""

__all__ = ["EXAMPLES", "PLAN", "Read", "gather", "load", "place", "read", "refused"]
