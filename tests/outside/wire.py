"""As much of D-Bus as reading a screen needs: method calls and signals on one connection, in the order they come.

The wire format is the D-Bus specification's; what a reply holds becomes plain Python: strings, numbers, lists, tuples, dicts.
"""

from __future__ import annotations

import os
import select
import socket
import struct
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

_FIXED = {"y": "B", "b": "I", "n": "h", "q": "H", "i": "i", "u": "I", "x": "q", "t": "Q", "d": "d", "h": "I"}
_CALL, _RETURN, _ERROR, _SIGNAL = 1, 2, 3, 4
_PATH, _INTERFACE, _MEMBER, _ERROR_NAME, _REPLY_TO, _DESTINATION, _SENDER, _SIGNATURE = 1, 2, 3, 4, 5, 6, 7, 8
_HEADER = 16
_PATIENCE = 30.0


class Refused(Exception):
    """The other side answered with an error, whose name is the argument, or did not answer."""


@dataclass(frozen=True, slots=True)
class Signal:
    """Something was told to whoever listens."""

    sender: str
    path: str
    interface: str
    member: str
    body: tuple[Any, ...]


class Bus:
    """One connection to the bus at an address such as ``unix:path=/run/…``."""

    def __init__(self, address: str) -> None:
        self.signals: deque[Signal] = deque()
        self._serial = 0
        self._rest = b""
        self._socket = socket.socket(socket.AF_UNIX)
        first = address.split(";", maxsplit=1)[0].removeprefix("unix:")
        where = dict(part.split("=", 1) for part in first.split(","))
        self._socket.connect(where["path"] if "path" in where else "\0" + where["abstract"])
        user = str(os.getuid()).encode().hex()
        self._socket.sendall(b"\0AUTH EXTERNAL " + user.encode() + b"\r\n")
        assert self._socket.recv(200).startswith(b"OK ")
        self._socket.sendall(b"BEGIN\r\n")
        self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "Hello")

    def call(self, to: str, path: str, interface: str, member: str, signature: str = "", *words: object) -> Any:
        """Ask, and wait for the answer: what it holds, alone where it is one thing. Raises `Refused`."""
        self._serial += 1
        serial, body = self._serial, bytearray()
        for kind, word in zip(_split(signature), words, strict=True):
            _write(body, kind, word)
        fields: list[tuple[int, str, object]] = [
            (_PATH, "o", path), (_INTERFACE, "s", interface), (_MEMBER, "s", member), (_DESTINATION, "s", to),
        ]  # fmt: skip
        if signature:
            fields.append((_SIGNATURE, "g", signature))
        message = bytearray(struct.pack("<cBBBII", b"l", _CALL, 0, 1, len(body), serial))
        within = bytearray()
        for code, kind, value in fields:
            _pad(within, 8)
            within += bytes([code])
            _write(within, "g", kind)
            _write(within, kind, value)
        message += struct.pack("<I", len(within)) + within
        _pad(message, 8)
        self._socket.sendall(message + body)
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            kind, answered, got = self._next(until)
            if answered == serial and kind == _RETURN:
                return got[0] if len(got) == 1 else got
            if answered == serial and kind == _ERROR:
                raise Refused(*got)
        raise Refused("no answer")

    def property(self, to: str, path: str, interface: str, name: str) -> Any:
        """The value of a property."""
        return self.call(to, path, "org.freedesktop.DBus.Properties", "Get", "ss", interface, name)

    def listen(self, rule: str) -> None:
        """Have the signals told here that a rule describes."""
        self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "AddMatch", "s", rule)

    def heard(self, seconds: float) -> list[Signal]:
        """The signals that have come, and those that come until nothing more does for so long."""
        while select.select([self._socket], [], [], seconds)[0]:
            self._next(time.monotonic() + seconds)
        found = list(self.signals)
        self.signals.clear()
        return found

    def close(self) -> None:
        """Leave."""
        self._socket.close()

    def _next(self, until: float) -> tuple[int, int, tuple[Any, ...]]:
        head = self._take(_HEADER, until)
        little = head[:1] == b"l"
        order = "<" if little else ">"
        kind = head[1]
        length, _serial, fields = struct.unpack(order + "III", head[4:16])
        rest = self._take(fields + -fields % 8 + length, until)
        headers = _Reader(head[12:16] + rest[:fields], order, -12 % 8)
        told = dict(headers.read("a(yv)"))
        body = _Reader(rest[fields + -fields % 8 :], order)
        got = tuple(body.read(part) for part in _split(told.get(_SIGNATURE, "")))
        if kind == _SIGNAL:
            self.signals.append(Signal(told.get(_SENDER, ""), told[_PATH], told[_INTERFACE], told[_MEMBER], got))
        if kind == _ERROR:
            got = (told.get(_ERROR_NAME, ""), *got)
        return kind, told.get(_REPLY_TO, 0), got

    def _take(self, count: int, until: float) -> bytes:
        while len(self._rest) < count:
            if not select.select([self._socket], [], [], max(0.0, until - time.monotonic()))[0]:
                raise Refused("no answer")
            more = self._socket.recv(1 << 16)
            if not more:
                raise Refused("the bus is gone")
            self._rest += more
        found, self._rest = self._rest[:count], self._rest[count:]
        return found


class _Reader:
    """Values from bytes; `skew` is by how much they begin off the alignment of 8."""

    def __init__(self, data: bytes, order: str, skew: int = 0) -> None:
        self._data, self._order, self._skew, self._at = data, order, skew, 0

    def _align(self, to: int) -> None:
        self._at += -(self._at - self._skew) % to

    def read(self, kind: str) -> Any:
        first = kind[0]
        if first in _FIXED:
            form = _FIXED[first]
            size = struct.calcsize(form)
            self._align(size)
            (value,) = struct.unpack_from(self._order + form, self._data, self._at)
            self._at += size
            return bool(value) if first == "b" else value
        if first in "sog":
            length = self.read("y" if first == "g" else "u")
            text = self._data[self._at : self._at + length].decode("utf-8")
            self._at += length + 1
            return text
        if first == "v":
            return self.read(self.read("g"))
        if first in "({":
            self._align(8)
            return tuple(self.read(part) for part in _split(kind[1:-1]))
        length = self.read("u")
        self._align(8 if kind[1] in "({xtd" else 4 if kind[1] in "asouib" else 2 if kind[1] in "nq" else 1)
        end, found = self._at + length, []
        while self._at < end:
            found.append(self.read(kind[1:]))
        return dict(found) if kind[1] == "{" else found


def _split(signature: str) -> list[str]:
    """The complete types that a signature holds, one after the other."""
    parts: list[str] = []
    at = 0
    while at < len(signature):
        start = at
        while signature[at] == "a":
            at += 1
        deep = 0
        while True:
            deep += (signature[at] in "({") - (signature[at] in ")}")
            at += 1
            if deep == 0:
                break
        parts.append(signature[start:at])
    return parts


def _pad(data: bytearray, to: int) -> None:
    data += bytes(-len(data) % to)


def _write(data: bytearray, kind: str, value: Any) -> None:
    if kind in {"s", "o"}:
        raw = value.encode()
        _pad(data, 4)
        data += struct.pack("<I", len(raw)) + raw + b"\0"
    elif kind == "g":
        raw = value.encode()
        data += bytes([len(raw)]) + raw + b"\0"
    else:
        form = _FIXED[kind]
        _pad(data, struct.calcsize(form))
        data += struct.pack("<" + form, value)
