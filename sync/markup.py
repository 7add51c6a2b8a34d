"""XML from strangers: elements with their lines, one record at a time, and an account of what nobody asked for.

Entities, DTDs and anything outside the file are refused (defusedxml). A file is read in pieces: only the element that
is being given out stands in memory. Every value that an adapter takes is marked as taken, so that `Element.left` tells
what was not: nothing that a source wrote is passed over in silence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from backupreader.domain.errors import FILE_TROUBLE, SOURCE_DAMAGED, WRONG_ENCODING
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_

if TYPE_CHECKING:
    from xml.sax.xmlreader import AttributesNSImpl

HEAD_BYTES: Final = 65_536
_PIECE: Final = 1 << 16
_STEP: Final = 1 << 12  # of a head that is read only until it has told enough
_DEEPEST: Final = 200
_LONGEST: Final = 64 << 20  # characters of one record: more than any message with its enclosed documents
_MOST: Final = 250_000  # elements of one record
_SILENT: Final = 4 << 20  # bytes in which nothing begins or ends: a tag or comment so long is scanned again and again
_NOT_XML: Final = N_("it was cut or is not XML: {found}")
_EMPTY: Final = Reason(N_("it is empty"))
_FORBIDDEN: Final = Reason(N_("it declares entities or a document type, which no export needs"))
_TOO_DEEP: Final = Reason(N_("its elements stand deeper in each other than any export's"))
_TOO_LONG: Final = Reason(N_("one of its records is longer than any export's"))


@dataclass(slots=True)
class Element:
    """One element. `name` is without its namespace; `line` is counted from 1.

    `text` is what stands directly in it, its white space kept; `at` is how many characters of its parent's text stand
    before it. Asking through `value` and `attribute` marks what was asked for as taken.
    """

    name: str
    namespace: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict[str, str])
    children: list[Element] = field(default_factory=list["Element"])
    text: str = ""
    at: int = 0
    taken: bool = False
    taken_attributes: set[str] = field(default_factory=set[str])

    def all(self, path: str) -> list[Element]:
        """The elements at ``a/b/c`` below this one, in their order; ``*`` is any name."""
        found: list[Element] = [self]
        for step in path.split("/"):
            found = [child for one in found for child in one.children if step in {child.name, "*"}]
        return found

    def first(self, path: str) -> Element | None:
        """The first element at ``a/b/c``."""
        found = self.all(path)
        return found[0] if found else None

    def value(self, path: str = "") -> str | None:
        """The text of the first element at `path` (this one when empty), as written; None where nothing stands there.

        White space around it, which indents the file, is not of it.
        """
        found = self.first(path) if path else self
        if found is None:
            return None
        found.taken = True
        return found.text.strip() or None

    def values(self, path: str) -> list[str]:
        """The texts of all elements at `path` that hold one."""
        return [text for found in self.all(path) if (text := found.value()) is not None]

    def attribute(self, name: str) -> str | None:
        """The attribute of that name (without its namespace); None where it is absent or empty."""
        self.taken_attributes.add(name)
        return self.attributes.get(name) or None

    def take(self) -> None:
        """Mark everything in and below this element as taken: it was kept whole, or is named as not carried."""
        self.taken = True
        self.taken_attributes.update(self.attributes)
        for child in self.children:
            child.take()

    def left(self, path: str = "") -> Iterator[tuple[str, int, str]]:
        """What holds a value and was never asked for: its path (``a/b``, ``a/@b``), its line, and what stands there."""
        here = f"{path}/{self.name}" if path else self.name
        for name, text in self.attributes.items():
            if name not in self.taken_attributes and text:
                yield f"{here}/@{name}", self.line, text
        text = self.text.strip()
        if text and not self.taken:
            yield here, self.line, text
        for child in self.children:
            yield from child.left(here)


def head(path: Path) -> tuple[str, str] | None:
    """The root element's (namespace, name) out of the first 64 KiB; None where that is no XML. Never raises."""
    try:
        with path.open("rb") as file:
            found = next(_events(path, iter([file.read(HEAD_BYTES)])), None)
    except (OSError, ValueError, ReaderError):
        return None
    return (found.namespace, found.name) if isinstance(found, Element) else None


def begun(path: Path) -> list[Element]:
    """The elements that begin in the first 64 KiB, in their order, each with its text as far as it came. Never raises.

    They do not stand in each other: this tells what a file is, and what its head says, before it is read.
    """
    return list(beginning(path))


def beginning(path: Path) -> Iterator[Element]:
    """As `begun`, one by one, so that no more is read than is needed: the text of each comes while later ones begin."""
    stack: list[Element] = []
    try:
        with path.open("rb") as file:
            for event in _events(path, iter(partial(file.read, _STEP), b"")):
                if isinstance(event, Element):
                    stack.append(event)
                    yield event
                elif event is None:
                    stack.pop()
                else:
                    stack[-1].text += event
                if file.tell() > HEAD_BYTES:
                    return
    except (OSError, ValueError, ReaderError):
        return


def records(path: Path, names: Collection[str]) -> Iterator[Element]:
    """The elements called one of `names`, whole, as they come; one inside another is part of it. Constant memory.

    Last comes the root itself, with what stands outside of all those: an envelope's sender, date and number.
    Raises `ReaderError`: SOURCE_DAMAGED with the row for a file that is cut, is no XML or is a bomb, FILE_TROUBLE.
    """
    yield from _records(path, _pieces(path), names)


def records_of(data: bytes, path: Path, names: Collection[str]) -> Iterator[Element]:
    """As `records`, of a document that stood inside the file at `path`: the rows of an error are the document's own."""
    slices = (data[start : start + _PIECE] for start in range(0, len(data), _PIECE))
    yield from _records(path, chain(slices, (b"",)), names)


def _records(path: Path, pieces: Iterator[bytes], names: Collection[str]) -> Iterator[Element]:
    root: Element | None = None
    stack: list[Element] = []
    texts: list[list[str]] = []  # the pieces of each one's text: adding piece to piece takes for ever in a long one
    lengths: list[int] = []  # and how long it is by now
    within = 0  # how deep in a record
    spent = outside = _Spent(path)
    for event in _events(path, pieces):
        if isinstance(event, Element):
            root = root or event
            if len(stack) >= _DEEPEST:
                raise ReaderError(SOURCE_DAMAGED, path=path, reason=_TOO_DEEP, row=event.line)
            if not within and event.name in names:
                spent = _Spent(path)
            if within or event.name in names:
                within += 1
            spent.element(event)
            event.at = lengths[-1] if lengths else 0
            stack.append(event)
            texts.append([])
            lengths.append(0)
        elif event is not None:
            spent.text(event, stack[-1].line)
            texts[-1].append(event)
            lengths[-1] += len(event)
        else:
            done = stack.pop()
            done.text = "".join(texts.pop())
            lengths.pop()
            within -= 1 if within else 0
            spent = spent if within else outside
            if within == 0 and done.name in names and done is not root:
                yield done
            elif stack:
                stack[-1].children.append(done)
    if root is None:
        raise ReaderError(SOURCE_DAMAGED, path=path, reason=_EMPTY, row=1)
    yield root


@dataclass(slots=True)
class _Spent:
    """What one record, or everything outside of all records, has cost so far; too much of it is no export."""

    path: Path
    characters: int = 0
    elements: int = 0

    def element(self, element: Element) -> None:
        """An element begins."""
        self.elements += 1 + len(element.attributes)
        self.text("".join(element.attributes.values()), element.line)

    def text(self, text: str, line: int) -> None:
        """A text comes."""
        self.characters += len(text)
        if self.characters > _LONGEST or self.elements > _MOST:
            raise ReaderError(SOURCE_DAMAGED, path=self.path, reason=_TOO_LONG, row=line)


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
    except OSError as trouble:
        raise ReaderError(FILE_TROUBLE, path=path, reason=trouble.strerror or trouble) from trouble
    yield b""


def _events(path: Path, pieces: Iterator[bytes]) -> Iterator[Element | str | None]:
    """See `_Listener`. A last empty piece says that the file is whole."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.expatreader import DefusedExpatParser

    found: list[Element | str | None] = []
    parser: Any = DefusedExpatParser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setFeature("http://xml.org/sax/features/namespaces", True)
    parser.setContentHandler(_Listener(parser, found))
    silent = 0
    try:
        for piece in pieces:
            if piece:
                parser.feed(piece)
            else:
                parser.close()
            silent = 0 if found else silent + len(piece)
            if silent > _SILENT:
                raise ReaderError(SOURCE_DAMAGED, path=path, reason=_TOO_LONG, row=parser.getLineNumber() or 1)
            yield from found
            found.clear()
    except DefusedXmlException:
        raise ReaderError(SOURCE_DAMAGED, path=path, reason=_FORBIDDEN, row=parser.getLineNumber() or 1) from None
    except SAXParseException as wrong:
        yield from found  # what stood before the damage, so that a damaged file's first element can still be told
        row = wrong.getLineNumber() or 1
        if "not well-formed (invalid token)" in wrong.getMessage() and _badly_encoded(path):
            raise ReaderError(WRONG_ENCODING, path=path, encoding="UTF-8", row=row) from None
        raise ReaderError(
            SOURCE_DAMAGED, path=path, reason=Reason(_NOT_XML, {"found": wrong.getMessage()}), row=row
        ) from None
    except (LookupError, ValueError) as wrong:  # an encoding that nobody knows
        raise ReaderError(SOURCE_DAMAGED, path=path, reason=Reason(_NOT_XML, {"found": wrong}), row=1) from None


def _badly_encoded(path: Path) -> bool:
    """Does a file without another stated encoding hold bytes that are no UTF-8?"""
    with path.open("rb") as file:
        start = file.read(HEAD_BYTES)
    declared = start[:200].split(b"?>")[0].lower()
    if b"encoding" in declared and b"utf-8" not in declared:
        return False
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as wrong:
        return wrong.end < len(start) or len(start) < HEAD_BYTES
    return False


class _Listener(ContentHandler):
    """SAX's calls as a list of events: an element that begins, a text, or None where an element ends."""

    def __init__(self, parser: Any, found: list[Element | str | None]) -> None:  # noqa: ANN401 (defusedxml has no types for it)
        super().__init__()
        self._parser = parser
        self._found = found

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl) -> None:  # noqa: ARG002, N802 (SAX's own signature)
        """An element begins."""
        given = {key[1]: text for key, text in attrs.items()}
        self._found.append(Element(name[1], name[0] or "", self._parser.getLineNumber() or 1, given))

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: ARG002, N802 (as above)
        """An element ends."""
        self._found.append(None)

    def characters(self, content: str) -> None:
        """Text between tags, in pieces."""
        self._found.append(content)
