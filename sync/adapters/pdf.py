"""PDF and print folders, in the layout of a profile of prints (``profiles/prints.toml``, or the site's own)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from sync.adapter import Adapter, Item, Source

SUFFIX: Final = ".pdf"
_HEAD: Final = b"%PDF-"


class PdfAdapter:
    """Claims every file that is called a PDF or begins as one; what is called so and is none is told later."""

    name = "pdf"

    def claims(self, path: Path) -> bool:
        """See `Adapter`."""
        try:
            if not path.is_file():
                return False
            if path.suffix.lower() == SUFFIX:
                return True
            with path.open("rb") as file:
                return file.read(len(_HEAD)) == _HEAD
        except (OSError, ValueError):
            return False

    def read(self, source: Source, files: Sequence[Path]) -> Iterator[Item]:
        """See `Adapter`. With no profile stated, the shipped one."""
        from sync.pdf.profile import load_prints  # pydantic: only where prints are read
        from sync.pdf.reading import Prints

        yield from Prints(source, load_prints(source.profile), files).items()


ADAPTER: Final[Adapter] = PdfAdapter()
