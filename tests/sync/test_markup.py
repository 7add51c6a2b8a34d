"""XML from strangers: what is read, what is refused, and what it may cost."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backupreader.domain.errors import FILE_TROUBLE, SOURCE_DAMAGED, WRONG_ENCODING
from backupreader.domain.trouble import ReaderError
from sync import markup
from sync.markup import Element

WHOLE = '<?xml version="1.0"?>\n<a xmlns="urn:n" x="1">\n  før <b>ø</b>\n  efter\n  <c y=""/>\n</a>\n'

Write = Callable[[str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(content: str | bytes) -> Path:
        path = tmp_path / "fil.xml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def root_of(path: Path) -> Element:
    return list(markup.records(path, ()))[-1]


def refused(path: Path, names: tuple[str, ...] = ()) -> ReaderError:
    with pytest.raises(ReaderError) as raised:
        list(markup.records(path, names))
    return raised.value


def test_an_element_knows_its_name_line_attributes_and_text(write: Write) -> None:
    root = root_of(write(WHOLE))
    assert (root.namespace, root.name, root.line) == ("urn:n", "a", 2)
    assert root.attribute("x") == "1"
    assert [(child.name, child.line) for child in root.children] == [("b", 3), ("c", 5)]
    assert root.value("b") == "ø"
    assert root.value("c") is None
    assert root.value("nowhere") is None
    assert root.text.split() == ["før", "efter"]


def test_an_element_knows_where_in_its_parents_text_it_stands(write: Write) -> None:
    root = root_of(write("<a>for<b/>mellem<c/>efter</a>"))
    assert root.text == "formellemefter"
    assert [root.text[: child.at] for child in root.children] == ["for", "formellem"]


def test_what_nobody_asked_for_is_left(write: Write) -> None:
    root = root_of(write("<a x='1' y='2'>t<b>u</b><c><d>v</d></c></a>"))
    assert root.attribute("x") == "1"
    assert root.value("b") == "u"
    assert [(path, value) for path, _, value in root.left()] == [("a/@y", "2"), ("a", "t"), ("a/c/d", "v")]
    root.take()
    assert list(root.left()) == []


def test_all_first_and_values_follow_a_path_in_order(write: Write) -> None:
    root = root_of(write("<a><b><c>1</c></b><d><c>2</c></d><b><c/></b></a>"))
    assert root.values("b/c") == ["1"]
    assert root.values("*/c") == ["1", "2"]
    assert len(root.all("b/c")) == 2
    assert root.first("x/y") is None


def test_records_come_one_by_one_and_the_root_last_without_them(write: Write) -> None:
    path = write("<list><head>h</head><row><row>inner</row></row><row/><tail/></list>")
    found = list(markup.records(path, {"row"}))
    assert [element.name for element in found] == ["row", "row", "list"]
    assert found[0].values("row") == ["inner"]
    assert [child.name for child in found[-1].children] == ["head", "tail"]


def test_a_root_that_is_a_record_comes_once(write: Write) -> None:
    assert [element.name for element in markup.records(write("<row><row/></row>"), {"row"})] == ["row"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_a_stated_encoding_is_read(write: Write, encoding: str) -> None:
    stated = encoding.removesuffix("-sig")
    content = f'<?xml version="1.0" encoding="{stated}"?><a>blåbærgrød</a>'.encode(encoding)
    path = write(content)
    assert root_of(path).value() == "blåbærgrød"
    assert markup.head(path) == ("", "a")


def test_utf_16_needs_no_declaration(write: Write) -> None:
    assert root_of(write("<a>ø</a>".encode("utf-16"))).value() == "ø"


@pytest.mark.parametrize("declared", ["", '<?xml version="1.0" encoding="UTF-8"?>'])
def test_other_bytes_than_utf_8_without_another_declaration_are_a_wrong_encoding(write: Write, declared: str) -> None:
    error = refused(write(f"{declared}\n<a>\n<b>ø</b></a>".encode("iso-8859-1")))
    assert error.kind is WRONG_ENCODING
    assert error.facts["row"] == 3


BOMBS = {
    "internal": '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    "laughs": '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;</a>',
    "quadratic": f'<!DOCTYPE a [<!ENTITY x "{"x" * 5000}">]><a>{"&x;" * 5000}</a>',
    "file": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "web": '<!DOCTYPE a [<!ENTITY x SYSTEM "http://example.org/x">]><a>&x;</a>',
    "parameter": '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]><a/>',
    "dtd": '<!DOCTYPE a SYSTEM "a.dtd"><a/>',
    "public": '<!DOCTYPE a PUBLIC "-//X//EN" "http://example.org/a.dtd"><a/>',
}


@pytest.mark.parametrize("name", BOMBS)
def test_entities_and_document_types_are_refused(write: Write, name: str) -> None:
    error = refused(write(BOMBS[name]))
    assert error.kind is SOURCE_DAMAGED
    assert "entities" in str(error)


@pytest.mark.parametrize("content", ["", " \n", "<a>", "<a><b></a>", "<a/><b/>", "a", "<a>&x;</a>", "<a b=1/>", "\0"])
def test_what_is_cut_empty_or_no_xml_is_refused(write: Write, content: str) -> None:
    assert refused(write(content)).kind is SOURCE_DAMAGED


def test_records_before_a_cut_have_come_when_it_is_told(write: Write) -> None:
    path = write("<list><row>1</row><row>2</row><ro")
    stream = markup.records(path, {"row"})
    assert [next(stream).value(), next(stream).value()] == ["1", "2"]
    with pytest.raises(ReaderError):
        next(stream)


def test_an_encoding_that_nobody_knows_is_damage(write: Write) -> None:
    assert refused(write('<?xml version="1.0" encoding="klingon"?><a/>')).kind is SOURCE_DAMAGED


def test_a_file_that_is_not_there_is_file_trouble(tmp_path: Path) -> None:
    assert refused(tmp_path / "ingen.xml").kind is FILE_TROUBLE
    assert markup.head(tmp_path / "ingen.xml") is None
    assert markup.begun(tmp_path / "ingen.xml") == []


def test_elements_too_deep_are_refused(write: Write) -> None:
    error = refused(write("<a>" * 300 + "</a>" * 300))
    assert error.kind is SOURCE_DAMAGED
    assert "deeper" in str(error)


@pytest.mark.parametrize(
    "content",
    [
        "<l><r>" + "<x/>" * 1_100 + "</r></l>",
        "<l>" + "<x/>" * 1_100 + "</l>",
        "<l>" + "<r/><x/>" * 1_100 + "</l>",
        "<l><r>" + '<x a="1" b="2" c="3"/>' * 300 + "</r></l>",
    ],
    ids=["in a record", "outside", "between records", "attributes"],
)
def test_more_elements_than_any_export_has_are_refused(
    write: Write, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(content)
    assert list(markup.records(path, ("r",)))
    monkeypatch.setattr(markup, "_MOST", 1_000)
    assert "longer" in str(refused(path, ("r",)))


@pytest.mark.parametrize("content", ["<l><r>{}</r></l>", "<l>{}</l>", "<l><r a='{}'/></l>"])
def test_a_longer_text_than_any_export_has_is_refused(
    write: Write, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(content.format("x" * 20_000))
    monkeypatch.setattr(markup, "_LONGEST", 10_000)
    assert "longer" in str(refused(path, ("r",)))


@pytest.mark.parametrize("content", ["<l><r a='{}'/></l>", "<l><!--{}--></l>", "<l><?x {}?></l>", "<{}/>"])
def test_a_tag_or_comment_without_end_is_refused_before_it_takes_long(write: Write, content: str) -> None:
    path = write(content.format("x" * (20 << 20)))
    begun = perf_counter()
    assert "longer" in str(refused(path, ("r",)))
    assert perf_counter() - begun < 5


def test_many_records_are_read_in_constant_memory(write: Write) -> None:
    path = write("<l>" + "<r><x>1</x></r>\n" * 12_000 + "</l>")
    assert markup.head(path) == ("", "l")  # what reading needs is loaded
    tracemalloc.start()
    assert sum(1 for _ in markup.records(path, {"r"})) == 12_001
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 << 20


def test_a_long_text_in_many_lines_is_read_in_time_that_grows_with_it(write: Write) -> None:
    line = "QUJD" * 19 + "\n"
    path = write("<l><r>" + line * 200_000 + "</r></l>")  # 15 MB, as of an enclosed document
    begun = perf_counter()
    found = next(markup.records(path, {"r"}))
    assert len(found.text) == len(line) * 200_000
    assert perf_counter() - begun < 5


def test_a_document_in_a_file_is_read_as_a_file(write: Write) -> None:
    path = write("<a/>")
    assert [element.name for element in markup.records_of(b"<l><r/></l>", path, {"r"})] == ["r", "l"]
    with pytest.raises(ReaderError):
        list(markup.records_of(b"<l>", path, ()))


def test_what_begins_in_the_head_is_told_without_reading_the_rest(write: Write) -> None:
    path = write("<a xmlns='urn:n'><b>tekst</b><c>" + "x" * 200_000)
    assert [(element.name, element.text[:5]) for element in markup.begun(path)] == [
        ("a", ""),
        ("b", "tekst"),
        ("c", "xxxxx"),
    ]
    assert markup.head(path) == ("urn:n", "a")
    assert [element.name for element, _ in zip(markup.beginning(path), range(2), strict=False)] == ["a", "b"]


@settings(max_examples=200, deadline=None)
@given(
    content=st.binary(max_size=300), prefix=st.sampled_from([b"", b"<a>", b'<?xml version="1.0"?><a><b>', b"\xff\xfe"])
)
def test_no_bytes_raise_anything_else(content: bytes, prefix: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "fil.xml"
        path.write_bytes(prefix + content)
        markup.head(path)
        markup.begun(path)
        with suppress(ReaderError):
            list(markup.records(path, {"b"}))


@settings(max_examples=100, deadline=None)
@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=50))
def test_every_text_comes_as_it_was_written(text: str) -> None:
    safe = text.replace("\ufffe", "").replace("\uffff", "")
    escaped = safe.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "fil.xml"
        path.write_text(f"<a>{escaped}</a>", encoding="utf-8")
        assert root_of(path).text == safe
