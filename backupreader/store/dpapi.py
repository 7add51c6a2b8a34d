"""Windows' own keeping of secrets (DPAPI, CryptProtectData): bound to this installation of Windows, for all its users.

For all its users, because the vault's words tell people apart; what this adds is that the disk in another PC is not
enough. Two functions of crypt32.dll through ctypes; a test puts others in their place.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

_UI_FORBIDDEN: Final = 0x1
_LOCAL_MACHINE: Final = 0x4
_FLAGS: Final = _UI_FORBIDDEN | _LOCAL_MACHINE
_ENTROPY: Final = b"backupreader machine secret 1"
"""Keeps blobs of other programs from being taken for ours. Not a secret."""


class Blob(ctypes.Structure):
    """DATA_BLOB: a length and a pointer."""

    _fields_ = [("length", ctypes.c_uint32), ("data", ctypes.POINTER(ctypes.c_char))]


@dataclass(frozen=True, slots=True)
class Dpapi:
    """The two functions, the one that frees what they give, and the one that says why they failed."""

    crypt_protect: Callable[..., int]
    crypt_unprotect: Callable[..., int]
    free: Callable[[Any], object]
    last_error: Callable[[], int]

    def protect(self, secret: bytes) -> bytes:
        """The closed form. Raises OSError."""
        return self._called(self.crypt_protect, secret)

    def unprotect(self, blob: bytes) -> bytes:
        """What was closed. Raises OSError."""
        return self._called(self.crypt_unprotect, blob)

    def _called(self, function: Callable[..., int], data: bytes) -> bytes:
        given, entropy, found = _blob(data), _blob(_ENTROPY), Blob()
        if not function(ctypes.byref(given), None, ctypes.byref(entropy), None, None, _FLAGS, ctypes.byref(found)):
            raise OSError(f"DPAPI: {self.last_error()}")
        try:
            return ctypes.string_at(found.data, found.length)
        finally:
            self.free(found.data)


if sys.platform == "win32":

    def dpapi() -> Dpapi | None:
        """The functions of this Windows; None elsewhere."""
        crypt32 = ctypes.WinDLL("crypt32", use_last_error=True)
        kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel32.LocalFree.argtypes = [ctypes.c_void_p]
        kernel32.LocalFree.restype = ctypes.c_void_p
        return Dpapi(crypt32.CryptProtectData, crypt32.CryptUnprotectData, kernel32.LocalFree, ctypes.get_last_error)

else:

    def dpapi() -> Dpapi | None:
        """The functions of this Windows; None elsewhere."""
        return None


def _blob(data: bytes) -> Blob:
    buffer = ctypes.create_string_buffer(data, len(data))
    return Blob(len(data), ctypes.cast(buffer, ctypes.POINTER(ctypes.c_char)))
