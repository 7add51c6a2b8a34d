"""What makes a PDF of ours keep: PDF/A-2b, which asks that a file hold all that it is shown with.

Embedded subset typefaces with their Unicode, an sRGB output intent, metadata in the file, an ID, the document's
language, and its title in the window's bar; nothing encrypted, nothing transparent, nothing that is fetched. It is not
tagged: reportlab draws marks, no structure, and tags whose order nobody has checked would be worse than none. All of it
is the same bytes for the same input.
"""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING, Final, Protocol, cast

from reportlab.pdfbase import pdfdoc

from printing.icc import SRGB

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_COLOURS: Final = "sRGB IEC61966-2.1"
_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>2000-01-01T00:00:00Z</xmp:CreateDate>
<xmp:ModifyDate>2000-01-01T00:00:00Z</xmp:ModifyDate>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<pdf:Keywords>{keywords}</pdf:Keywords>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
"""The date is reportlab's for every page that must be the same bytes; when a page was made stands on the page."""


class _Info(Protocol):
    title: str
    author: str
    subject: str
    keywords: str
    creator: str
    producer: str


class _Catalog(Protocol):
    Metadata: object
    OutputIntents: object
    __NoDefault__: list[str]


class _Document(Protocol):
    """Where reportlab's canvas keeps its PDF."""

    Catalog: _Catalog
    info: _Info
    encrypt: pdfdoc.NoEncryption


class _Inside(Protocol):
    _doc: _Document


class _Ended(pdfdoc.PDFObject):
    """A stream's content with the line end before ``endstream`` that PDF/A asks for and reportlab leaves out."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __len__(self) -> int:
        return len(self._content)

    def format(self, _document: object) -> bytes:
        """What is written; the line end is no part of the content's length."""
        return self._content + b"\n"


class _Unencrypted(pdfdoc.NoEncryption):
    """Encrypts nothing; it is the last that reportlab hands a stream's content to."""

    def encode(self, t: bytes | str) -> _Ended:
        """The content as it is."""
        return _Ended(t if isinstance(t, bytes) else pdfdoc.pdfdocEnc(t))


def archivable(canvas: Canvas, language: str) -> None:
    """Put into a new PDF what PDF/A-2b asks for. Its title and its creator must have been said."""
    # reportlab offers no other way to them
    document = cast("_Inside", canvas)._doc  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    catalog, info = document.Catalog, document.info
    told = ("title", "author", "subject", "keywords", "creator", "producer")
    metadata = _XMP.format(language=escape(language), **{word: escape(getattr(info, word)) for word in told})

    def packet(_document: object) -> bytes:
        return metadata.encode()

    catalog.Metadata = pdfdoc.XMP(creator=packet)
    catalog.OutputIntents = pdfdoc.PDFArray([_intent()])
    catalog.__NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents"]  # reportlab writes what is named here
    document.encrypt = _Unencrypted()
    canvas.setViewerPreference("DisplayDocTitle", "true")  # pyright: ignore[reportUnknownMemberType]


def _intent() -> pdfdoc.PDFDictionary:
    profile = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"N": 3}), _profile(), [pdfdoc.PDFZCompress])
    return pdfdoc.PDFDictionary(
        {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": pdfdoc.PDFString(_COLOURS),
            "Info": pdfdoc.PDFString(_COLOURS),
            "DestOutputProfile": profile,
        }
    )


@cache
def _profile() -> bytes:
    return SRGB.read_bytes()
