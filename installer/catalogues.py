"""Renew the catalogues of `backupreader/locale` from the sentences in the code: ``run.py catalogues [--check]``.

Every sentence is collected from the four packages; translations that exist are kept, sentences that are gone are
dropped, and the ``.po`` files are compiled to the ``.mo`` files that the program reads. With ``--check`` nothing is
written: exit status 1 when a sentence lacks a translation, when a translation has other ``{names}`` than its sentence,
or when a compiled file is not the one of its source.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "backupreader" / "locale"
_ALWAYS = datetime(2026, 1, 1, tzinfo=UTC)  # stands in the compiled files: the same catalogue gives the same bytes
LANGUAGES = ("da", "sv", "nb")


def collected() -> Catalog:
    """All sentences that the code says, each once, in the order of the code."""
    catalogue = Catalog(project="Backup Reader", charset="utf-8", fuzzy=False)
    for package in ("backupreader", "printing", "sync", "ui"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_bytes())):
                if isinstance(node, ast.Call) and (said := _sentence(node)):
                    context, sentence = said
                    where = path.relative_to(ROOT).as_posix()
                    catalogue.add(sentence, locations=[(where, 0)], context=context)
    return catalogue


def _sentence(call: ast.Call) -> tuple[str | None, str | tuple[str, str]] | None:
    """The context and the sentence, or its two plural forms, that a call marks; None for any other call."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name == "text" and isinstance(call.func, ast.Attribute) and not _is_language(call.func.value):
        return None  # some other thing's text
    texts = [word.value for word in call.args if isinstance(word, ast.Constant) and isinstance(word.value, str)]
    match name, texts:
        case (("_" | "N_" | "text"), [sentence]) if len(call.args) == 1:
            return None, sentence
        case "count", [one, many] if len(call.args) == len(texts) + 1:
            return None, (one, many)
        case "context", [context, sentence] if len(call.args) == len(texts):
            return context, sentence
    return None


def _is_language(spoken: ast.expr) -> bool:
    """Is this a `Language`: what is called so, whoever holds it, or itself?"""
    name = spoken.attr if isinstance(spoken, ast.Attribute) else getattr(spoken, "id", "")
    return name.lstrip("_") in {"language", "self"}


def renewed(language: str, template: Catalog) -> Catalog:
    """The language's catalogue with exactly the template's sentences and the translations it had."""
    path = LOCALE / language / "LC_MESSAGES" / "backupreader.po"
    old = read_po(io.BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(locale=language)
    new = Catalog(locale=language, project="Backup Reader", charset="utf-8", fuzzy=False)
    new.header_comment = "# The sentences of Backup Reader. Licence: EUPL-1.2."
    new.revision_date = new.creation_date = _ALWAYS
    for message in template:
        if message.id:
            had = old.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
            files = sorted({name for name, _ in message.locations})
            kept = had.string if had and had.string else ""
            new.add(message.id, kept, locations=[(name, 0) for name in files], context=message.context)
    return new


def complaints(catalogue: Catalog) -> list[str]:
    """What a translator still owes: missing sentences, and names in braces that differ."""
    found: list[str] = []
    for message in catalogue:
        if not message.id:
            continue
        strings = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
        if not strings or not all(strings):
            found.append(f"{catalogue.locale}: not translated: {message.id!r}")
        elif not all(_names(string) in allowed for string, allowed in zip(strings, _allowed(message), strict=True)):
            found.append(f"{catalogue.locale}: other names in braces: {message.id!r}")
    return found


def _allowed(message: Message) -> list[list[set[str]]]:
    """For each form of a translation, the names in braces it may have: a singular may leave its number out."""
    if isinstance(message.id, str):
        return [[_names(message.id)]]
    one, many = (_names(form) for form in message.id)
    return [[one, many], [many]]


def _names(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w*)", sentence))


def written(catalogue: Catalog) -> tuple[bytes, bytes]:
    """The ``.po`` and the ``.mo`` bytes; the same catalogue gives the same bytes."""
    source, compiled = io.BytesIO(), io.BytesIO()
    write_po(source, catalogue, omit_header=False, include_lineno=False, width=120)
    write_mo(compiled, catalogue)
    clean = re.sub(
        rb'^"(POT-Creation-Date|PO-Revision-Date|Generated-By):.*\n', b"", source.getvalue(), flags=re.MULTILINE
    )
    return clean, compiled.getvalue()


def main(words: list[str]) -> int:
    """Renew, or with ``--check`` only compare. Returns the exit status."""
    template = collected()
    owed: list[str] = []
    for language in LANGUAGES:
        catalogue = renewed(language, template)
        owed += complaints(catalogue)
        folder = LOCALE / language / "LC_MESSAGES"
        for name, content in zip(("backupreader.po", "backupreader.mo"), written(catalogue), strict=True):
            path = folder / name
            if "--check" not in words:
                folder.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            elif not path.exists() or path.read_bytes() != content:
                owed.append(f"{language}: {name} is not current: run.py catalogues")
    print("\n".join(owed) or "The catalogues are complete.")
    return 1 if owed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
