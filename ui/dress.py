"""Puts a look and a language on the whole application: palette, letters, style, and Qt's own words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from backupreader.language import Language
from ui.look import Look

if TYPE_CHECKING:
    from PySide6.QtCore import QTranslator
    from PySide6.QtGui import QStyleHints

_QT_WORDS: Final = {"nb": "nn"}  # Qt ships no bokmål; nynorsk is what every Norwegian reads too


def application() -> QApplication:
    """The running application."""
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    return running


@cache
def hints() -> QStyleHints:
    """What the system asks for; kept, for PySide lets go of what hangs on it together with it."""
    return application().styleHints()


def system_is_dark() -> bool:
    """Does the system ask for dark windows?"""
    return hints().colorScheme() == Qt.ColorScheme.Dark


def system_wants_contrast() -> bool:
    """Does the system ask for high contrast?"""
    return hints().accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def wished() -> Look:
    """The look that the system asks for."""
    return Look(dark=system_is_dark(), contrast=system_wants_contrast())


def dress(look: Look) -> None:
    """Put the palette, the letters and the style on the application."""
    running = application()
    running.setFont(look.font())
    running.setPalette(look.qt_palette())
    running.setStyleSheet(look.stylesheet)


def speak(language: Language, before: QTranslator | None) -> QTranslator:
    """Let Qt's own words be those of the language; `before` is what the former call returned."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    running = application()
    if before is not None:
        running.removeTranslator(before)
    translator = QTranslator(running)
    code = _QT_WORDS.get(language.code, language.code)
    if translator.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        running.installTranslator(translator)
    QLocale.setDefault(QLocale(language.code))
    return translator
