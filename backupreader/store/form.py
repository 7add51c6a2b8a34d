"""The form of a generation's tables, by its number: what a head says, and a database must be, to be read here."""

from __future__ import annotations

from typing import Final

SCHEMA: Final = 4
"""The version of the tables. Another version is another format: no migration, a new export."""
