"""The carriers: the table. A member is a module with one ``CARRIER``; see ``sync.carrier``.

The first that claims a target takes it.
"""

from typing import Final

CARRIERS: Final = ("sync.carriers.folder",)
