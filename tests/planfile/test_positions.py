"""Where everything in a TOML text stands: each path that tomllib finds has its line, and the line is right."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backupreader.planfile.positions import Path, scan

MARKED = """\
# a comment: key = 1
title = "a # no comment"   # one
"quoted key" = 'C:\\no\\escape'
'single.dotted' = 3
a.b . "c.d" = true

long = \"\"\"
[no.table]
no = "key" ""\"\"\"
after = 1
raw = '''
[[no]]
''''
list = [
  1,   # first ] of them
  [ "]", '[' ],
  { x = 1, y.z = [
    2 ] },
]
when = 2026-01-10 08:00:00

[table]
in = "it"
[table.below]
deep = 1
[[many]]
id = 1
[many.sub]
k = 1
[[many.inner]]
k = 2
[[many]]
id = 2
  [[ many . inner ]]
k = 3
[sub.of.what]
k = 1
[sub]
k = 2
"""


def paths(value: object, path: Path = ()) -> Iterator[Path]:
    """Every path in what tomllib read."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from paths(inner, (*path, key))


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_way_of_writing_is_found_in_its_line(ends: str) -> None:
    text = MARKED.replace("\n", ends)
    lines = scan(text).lines
    assert {path for path in paths(tomllib.loads(text)) if path not in lines} == set()
    told = {
        ("title",): 2, ("quoted key",): 3, ("single.dotted",): 4, ("a",): 5, ("a", "b"): 5, ("a", "b", "c.d"): 5,
        ("long",): 7, ("after",): 10, ("raw",): 11, ("list",): 14, ("list", 0): 15, ("list", 1): 16, ("list", 1, 1): 16,
        ("list", 2, "x"): 17, ("list", 2, "y", "z"): 17, ("list", 2, "y", "z", 0): 18, ("when",): 20, ("table",): 22,
        ("table", "in"): 23, ("table", "below"): 24, ("table", "below", "deep"): 25, ("many",): 26, ("many", 0): 26,
        ("many", 0, "id"): 27, ("many", 0, "sub"): 28, ("many", 0, "inner"): 30, ("many", 0, "inner", 0, "k"): 31,
        ("many", 1): 32, ("many", 1, "inner", 0): 34, ("many", 1, "inner", 0, "k"): 35, ("sub", "of", "what", "k"): 37,
        ("sub",): 38, ("sub", "k"): 39,
    }  # fmt: skip
    assert {path: lines.get(path) for path in told} == told


@dataclass
class Written:
    """A TOML text while it is made, with the line in which each path was written."""

    text: str = ""
    lines: dict[Path, int] = field(default_factory=dict)

    def mark(self, path: Path) -> None:
        self.lines[path] = self.text.count("\n") + 1


KEYS = st.text(st.sampled_from("abc-_1.[]{}#=\"'\\ å\n\t"), max_size=4)
STRINGS = st.text(st.sampled_from("ab[]{}#=,\"'\\ å\n\t"), max_size=12)
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
BARE = set("abcdefghijklmnopqrstuvwxyz0123456789-_")


@st.composite
def keys(draw: st.DrawFn, key: str) -> str:
    """One of the ways to write a key."""
    ways = ['"' + "".join(ESCAPES.get(letter, letter) for letter in key) + '"']
    ways += ['"' + "".join(f"\\u{ord(letter):04x}" for letter in key) + '"']
    if not set(key) & {"'", "\n"}:
        ways.append(f"'{key}'")
    if key and set(key) <= BARE:
        ways.append(key)
    return draw(st.sampled_from(ways))


@st.composite
def strings(draw: st.DrawFn) -> str:
    """One of the ways to write a text."""
    text = draw(STRINGS)
    escaped = "".join(ESCAPES.get(letter, letter) for letter in text)
    ways = [f'"{escaped}"', '"""\n' + text.replace("\\", "\\\\").replace('"""', '""\\"').removesuffix('"') + '"""']
    ways.append('"""' + escaped.replace("\\n", "\\\n   \n") + '"""')
    if not set(text) & {"'", "\n"}:
        ways.append(f"'{text}'")
    if "'''" not in text and not text.endswith("''"):
        ways.append(f"'''{text}'''")
    return draw(st.sampled_from(ways))


GAPS = st.sampled_from(["", " ", "\n", " # , ] }\n", "\n\n\t"])
SCALARS = st.sampled_from(["1", "-1.5e3", "true", "2026-01-10", "08:00:00", "2026-01-10 08:00:00Z", "0xff", "inf"])


@st.composite
def write_value(draw: st.DrawFn, out: Written, path: Path, depth: int = 0) -> None:
    kind = draw(st.sampled_from(["text", "scalar", "list", "table"] if depth < 3 else ["text", "scalar"]))
    if kind == "text":
        out.text += draw(strings())
    elif kind == "scalar":
        out.text += draw(SCALARS)
    elif kind == "list":
        out.text += "["
        count = draw(st.integers(0, 3))
        for number in range(count):
            out.text += draw(GAPS)
            out.mark((*path, number))
            draw(write_value(out, (*path, number), depth + 1))
            out.text += draw(GAPS) + ("," if number < count - 1 or draw(st.booleans()) else "")
        out.text += draw(GAPS) + "]"
    else:
        out.text += "{"
        for number, key in enumerate(draw(st.lists(KEYS, max_size=3, unique=True))):
            out.text += ", " if number else " "
            draw(write_pair(out, path, key, depth + 1))
        out.text += " }"


@st.composite
def write_pair(draw: st.DrawFn, out: Written, table: Path, key: str, depth: int = 0) -> None:
    """``key = value``; sometimes ``key.more = value``."""
    out.mark((*table, key))
    path, written = (*table, key), draw(keys(key))
    if draw(st.booleans()):
        more = draw(KEYS)
        path = (*path, more)
        out.mark(path)
        written += draw(st.sampled_from([".", " . "])) + draw(keys(more))
    out.text += written + draw(st.sampled_from(["=", " = ", "\t=  "]))
    draw(write_value(out, path, depth))


@st.composite
def texts(draw: st.DrawFn) -> Written:
    out = Written()
    names = draw(st.lists(KEYS, max_size=9, unique=True))
    split, between = sorted(draw(st.tuples(st.integers(0, len(names)), st.integers(0, len(names)))))
    for name in names[:split]:
        out.text += draw(st.sampled_from(["", "\n", "  ", "# a = [\n"]))
        draw(write_pair(out, (), name))
        out.text += draw(st.sampled_from(["\n", " # it's\n"]))
    for name in names[split:between]:
        out.mark((name,))
        out.text += f"[ {draw(keys(name))} ] # [x]\n"
        for key in draw(st.lists(KEYS, max_size=2, unique=True)):
            draw(write_pair(out, (name,), key))
            out.text += "\n"
    for name in names[between:]:
        out.mark((name,))
        for number in range(draw(st.integers(1, 3))):
            out.mark((name, number))
            out.text += f"[[{draw(keys(name))}]]\n"
            if draw(st.booleans()):
                out.mark((name, number, "k"))
                draw(write_pair(out, (name, number), "k"))
                out.text += "\n"
            for inner in range(draw(st.integers(0, 2))):
                out.mark((name, number, "in", inner))
                if not inner:
                    out.mark((name, number, "in"))
                out.text += f"  [[{draw(keys(name))}.in]]\n"
    return out


@settings(max_examples=250, deadline=None)
@given(texts())
def test_each_path_that_tomllib_finds_has_the_line_in_which_it_was_written(out: Written) -> None:
    found = scan(out.text)
    assert found.trouble is None
    assert {path: found.lines.get(path) for path in paths(tomllib.loads(out.text))} == out.lines


@settings(max_examples=200, deadline=None)
@given(texts(), st.data())
def test_whatever_is_cut_off_or_put_in_every_line_exists(out: Written, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(out.text)))
    text = out.text[:at] + data.draw(st.sampled_from(["", '"', "[", "]", "{", "=", "'''", "\\", ".", "\0"]))
    text += out.text[data.draw(st.integers(at, len(out.text))) :]
    found = scan(text)
    assert all(1 <= line <= text.count("\n") + 1 for line in found.lines.values())
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert {path for path in paths(read) if path not in found.lines} == set()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\na = " + "[" * 1000 + "]" * 1000, 2),
        ("\n\na = " + "{a=" * 1000 + "1" + "}" * 1000, 3),
        ("b = 1\n" + "a." * 1000 + "a = 1", 2),
        ("[" + "a." * 500_000 + "a]", 1),
        ("a = 1\nb = " + "9" * 100_000, 2),
    ],
)
def test_what_would_keep_the_reader_for_hours_is_told_at_once(text: str, line: int) -> None:
    trouble = scan(text).trouble
    assert trouble is not None
    assert trouble.line == line
