"""The program's own typefaces, on paper as on screen: Noto Sans, with its Arabic and Math where it has no glyph.

Static instances as Debian ships them; their figures are all equally wide. Licence: ``OFL.txt``. This module loads
nothing: reportlab and Qt each read the files themselves.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent

# In the order in which they are asked for a glyph.
REGULAR: Final = ("NotoSans-Regular.ttf", "NotoSansArabic-Regular.ttf", "NotoSansMath-Regular.ttf")
BOLD: Final = ("NotoSans-Bold.ttf", "NotoSansArabic-Bold.ttf", "NotoSansMath-Regular.ttf")

FAMILIES: Final = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Math")
