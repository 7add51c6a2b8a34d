"""Cruel text, and whether it is on the paper: what a reader of a PDF finds, compared with what was to be printed."""

from __future__ import annotations

import random
import re
import unicodedata

from printing.text import visible

SILENT = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f"  # drawn as nothing by every program
MIRROR = str.maketrans(")]}>»≥\u2044", "([{<«≤/")  # what pdfium turns round, and the stroke of its plain "1/2"
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")

ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyzæøåäöéüßðþ",
    "ABCDEÆØÅÄÖ0123456789.,;:!?()[]{}«»-–—/\\'\"%&<>=+*#@$€½¼²µ°±≤≥×→",
    "<b></b></para><img src='/etc/passwd'/>&amp;&lt;<br/>%s{0}{name}",
    "\x00\x01\x07\x08\x0b\x0c\x1b\x7f\x80\x9f\u2028\u2029\u0085",
    "مرحبابالعالمسلاملاإقرأةكتاب",
    "שלוםעולם",
    "ЖдайΩмегаşğıİŁłŻżČčŘř",
    "🙂👩‍⚕️🇩🇰❤️中文字日本語한국어",
    "\u202a\u202e\u2066\u2069\u200b\u200d\ufeff\u00ad\u00a0\u202f\u3000\ud800",
    "e\u0301o\u0308a\u030a\u0327",
)


def a_note(chance: random.Random) -> str:
    """A note in which words of several alphabets meet."""
    words = []
    for _ in range(chance.randint(0, 14)):
        letters = chance.choice(ALPHABETS[:2] * 3 + ALPHABETS)
        words.append("".join(chance.choice(letters) for _ in range(chance.choice((1, 3, 6, 11, 40)))))
    return "".join(word + chance.choice((" ", " ", " ", "  ", "\n", "\t", "\r\n")) for word in words)


def hyphened(drawn: str) -> str:
    """What pdfium says of a hyphen that ends a line, as a hyphen."""
    return drawn.replace("\ufffe", "-").replace("\x02", "-")


def bare(drawn: str) -> str:
    """A text without its spaces, its codes as the characters they stand for, its letters in their plainest form."""
    drawn = re.sub(r"\[U\+([0-9A-F]{4,6})\]", lambda found: chr(int(found[1], 16)), re.sub(r"\s", "", drawn))
    kept = (char for char in drawn if char not in SILENT and not char.isspace())
    return unicodedata.normalize("NFKD", "".join(kept))


def same(note: str, drawn: str) -> bool:
    """Are all characters there, in order?

    Where words run from right to left the reader of the PDF turns words, codes and brackets round once more: there each
    character must be there as often as it should.
    """
    if not RIGHT_TO_LEFT.search(note):
        return bare(note) == bare(drawn)
    here, there = (
        unicodedata.normalize("NFKD", "".join(one.split())).translate(MIRROR) for one in (visible(note), drawn)
    )
    return sorted(here) == sorted(there)
