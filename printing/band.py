"""What the frame of a page says beside BACKUP: nothing more, that the data is older, or that all of it is made up."""

from __future__ import annotations

from enum import Enum


class Band(Enum):
    """A kind of frame."""

    PLAIN = "plain"
    OLDER = "older"  # a person chose older data than the newest
    PRACTICE = "practice"  # nobody on the page is real
