"""The VANS envelope, in which MedCom's messages travel: one message, in base64, of whatever form.

What it holds decides who reads it: FHIR is read with the FHIR messages, everything else with the letters in OIOXML.
"""

from __future__ import annotations

import binascii
from pathlib import Path
from typing import Final

from backupreader.domain.errors import SOURCE_DAMAGED
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from sync.markup import begun, records

_FAMILY: Final = "urn:oio:medcom:vans-envelope:"
_FHIR: Final = b"http://hl7.org/fhir"
_NOT_BASE64: Final = Reason(N_("what its envelope holds is not base64"))
_START: Final = 4_096  # characters of base64


def carries_fhir(path: Path) -> bool:
    """Does the file's envelope hold FHIR, as far as its first 64 KiB tell? Never raises."""
    found = iter(begun(path))
    root = next(found, None)
    if root is None or root.name != "VANSEnvelope" or not root.namespace.startswith(_FAMILY):
        return False
    data = [one for one in found if one.name == "Data"]
    text = "".join(data[0].text[:_START].split()) if data else ""
    try:
        start = binascii.a2b_base64(text[: len(text) // 4 * 4].encode("ascii"))
    except (binascii.Error, UnicodeEncodeError):
        return False
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    return (start.startswith(b"{") and b'"resourceType"' in start) or (start.startswith(b"<") and _FHIR in start)


def payload(path: Path) -> bytes:
    """The message in the file's envelope. Raises `ReaderError` where it is cut or is not base64."""
    for data in records(path, {"Data"}):
        if data.name == "Data":
            try:
                return binascii.a2b_base64("".join(data.text.split()).encode("ascii"), strict_mode=True)
            except (binascii.Error, UnicodeEncodeError):
                raise ReaderError(SOURCE_DAMAGED, path=path, reason=_NOT_BASE64, row=data.line) from None
    return b""
