"""The window.

PySide6 6.12.0 gives back one reference too many to ``None`` from each call that returns nothing, and to ``True`` from
each signal that is told. Since Python 3.12 that harms nobody, because these cannot be freed (PEP 683); on Python 3.11,
Debian 12's, the process would end after some thousand calls. There they are made as lasting, here, before anything of
Qt is loaded.
"""

import sys

if sys.version_info < (3, 12):
    import ctypes

    for _lasting in (None, True, False):
        ctypes.c_ssize_t.from_address(id(_lasting)).value += 1 << 60
