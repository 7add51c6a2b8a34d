"""The colours that our pages are in: an sRGB profile (ICC 4.2) of 588 bytes, as LittleCMS makes it; use is free.

Its date is fixed, so that the same page is the same bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

SRGB: Final = Path(__file__).parent / "srgb.icc"
