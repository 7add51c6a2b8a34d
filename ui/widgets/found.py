"""What is found before a print begins, under the list of printers; nothing is seen where all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backupreader.language import Language
from ui.look import SMALL, Look
from ui.telling.printers import preflight
from ui.widgets.label import Label

if TYPE_CHECKING:
    from printing.jobs import Printer
    from printing.preflight import Looked


class Found(Label):
    """See the module."""

    def __init__(self, look: Look, language: Language) -> None:
        super().__init__(look, "", SMALL, wrap=True)
        self._language = language
        self.hide()

    def tell(self, looked: Looked | None, printer: Printer | None, pages: int) -> bool:
        """Tell of a print of so many pages on a printer; may it begin?"""
        told = preflight(looked, printer, pages, self._language)
        self.setText(told.text)
        self.setVisible(bool(told.text))
        return told.begins
