"""The window.

PySide6 6.12.0 gives back one reference to ``None`` too many from each call that returns nothing. Since Python 3.12 that
harms nobody, because ``None`` cannot be freed (PEP 683); on Python 3.11, Debian 12's, the process would end after some
thousand calls. There ``None`` is made as lasting, here, before anything of Qt is loaded.
"""

import sys

if sys.version_info < (3, 12):
    import ctypes

    ctypes.c_ssize_t.from_address(id(None)).value += 1 << 60
