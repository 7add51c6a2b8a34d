"""The self-test: before anything is received, exported, made or unlocked, known answers of all that this rests on.

A round trip alone proves little: what is wrong both ways comes back right. So each primitive is tried on an answer that
others have published, or on the two files in ``known/``, which were made once: ``sealed-key``, sealed by the published
ciphertext of X-Wing, and ``database``, written by SQLCipher under a known key. Nothing is written, not even into
memory's own file system: a full or read-only disk must not keep anyone from reading, and the receiving service may
write to its data only. That what is built is no plaintext is looked at again in each file that is built.
"""

from __future__ import annotations

from functools import cache

from backupreader.domain.errors import SELF_TEST
from backupreader.domain.trouble import ReaderError


@cache
def self_test() -> None:
    """Passes once a process. Raises SELF_TEST with the name of what gives another answer here than elsewhere."""
    from backupreader.store import database, hardening, seal  # loaded when they are tried, not by whoever may try them

    for name, as_known in {**seal.known_answers(), **hardening.known_answers(), **database.known_answers()}.items():
        try:
            good = as_known()
        except ReaderError:
            raise
        except Exception:  # noqa: BLE001 (however a library fails here, it is not to be used)
            good = False
        if not good:
            raise ReaderError(SELF_TEST, what=name)
