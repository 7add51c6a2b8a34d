"""The screens: the table. A member is a module with ``SCREEN``; each is loaded when it is first gone to."""

from typing import Final

SCREENS: Final = {
    "lock": "ui.screens.lock",
    "keys": "ui.screens.keys",
    "start": "ui.screens.start",
    "find": "ui.screens.find",
    "citizen": "ui.screens.citizen",
    "driving": "ui.screens.driving",
    "overview": "ui.screens.overview",
    "readiness": "ui.screens.readiness",
    "print": "ui.screens.print",
    "document": "ui.screens.document",
    "data": "ui.screens.data",
    "drill": "ui.screens.drill",
    "changes": "ui.screens.changes",
    "citizens": "ui.screens.citizens",
    "shift": "ui.screens.shift",
    "sheets": "ui.screens.sheets",
    "outage": "ui.screens.outage",
    "shift-check": "ui.screens.shift_check",
    "call": "ui.screens.call",
    "guide": "ui.screens.guide",
    "card": "ui.screens.card",
    "contacts": "ui.screens.contacts",
    "scenario": "ui.screens.scenario",
}
