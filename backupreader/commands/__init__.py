"""The verbs of the command line, in the order in which help lists them; what a member is stands in ``command``."""

from typing import Final

COMMANDS: Final = (
    "backupreader.commands.demo",
    "backupreader.commands.export",
    "backupreader.commands.receive",
    "backupreader.commands.status",
    "backupreader.commands.open",
    "backupreader.commands.search",
    "backupreader.commands.print",
    "backupreader.commands.sheets",
    "backupreader.commands.outage",
    "backupreader.commands.drill",
    "backupreader.commands.shift_check",
    "backupreader.commands.evidence",
    "backupreader.commands.vault",
    "backupreader.commands.trust",
    "backupreader.commands.audit",
    "backupreader.commands.verify",
    "backupreader.commands.sources",
    "backupreader.commands.plan",
)
