"""A trouble told on standard error: the one that ends the verb by `cli`, those that do not by the verb itself."""

import sys

from backupreader.command import plain
from backupreader.domain.trouble import ReaderError
from backupreader.language import Language


def tell(trouble: ReaderError, language: Language) -> None:
    """What is so, the code, and what to do."""
    print(f"{plain(trouble.sentence(language))}  [{trouble.kind.code}]", file=sys.stderr, flush=True)  # noqa: T201
    print(plain(trouble.hint(language)), file=sys.stderr, flush=True)  # noqa: T201
