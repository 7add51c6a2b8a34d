"""The command line: one face over the verbs of ``commands/``, and the one place where a terminal shows an error.

``--settings``, ``--data`` and ``--language`` may stand before or after the verb: scripts write them where they like.
The window is the default verb; it is started without loading the command-line library, so that it opens at once.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
import traceback
from pathlib import Path
from typing import NoReturn

from backupreader import settings
from backupreader.command import Context
from backupreader.commands import COMMANDS
from backupreader.commands._trouble import tell
from backupreader.domain.errors import NO_MEMORY, SELF_TEST
from backupreader.domain.trouble import OUR_FAULT, WRONG_USAGE, ReaderError
from backupreader.language import CODES, N_, Language
from backupreader.seclusion import seclude

_GLOBAL = {"--settings", "--data", "--language"}


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run one verb and leave with its documented exit status."""
    seclude()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a Windows console or a C locale cannot say "å" otherwise
            stream.reconfigure(encoding="utf-8", errors="replace")
    status = run(sys.argv[1:] if arguments is None else arguments)
    sys.stdout.flush()
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """As `main`, with the exit status returned."""
    if sys.unraisablehook is sys.__unraisablehook__:
        sys.unraisablehook = _unraised
    words, given = _split(arguments)
    language = Language(_guess(given.get("--language")))
    try:
        if (wrong := _wrong(given, language)) is not None:
            print(wrong, file=sys.stderr)  # noqa: T201
            return WRONG_USAGE
        loaded = settings.load(
            Path(given["--settings"]) if "--settings" in given else None,
            Path(given["--data"]) if "--data" in given else None,
            given.get("--language"),
        )
        language = Language(loaded.language)
        return _dispatch(words, Context(settings=loaded, language=language))
    except ReaderError as trouble:
        show(trouble, language)
        return trouble.kind.status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 (nobody reads; say nothing at exit either)
        return 0
    except Exception as trouble:  # noqa: BLE001 (our own fault: a person is told in one sentence)
        return _crashed(trouble, language)


_WRONG_LANGUAGE = N_("There is no language {language}. Choose da, sv, nb or en.")
_NO_VALUE = N_("The option {option} needs a value.")
_OUR_FAULT = N_("Something went wrong inside the program. This is our fault, not yours.")
_OUR_FAULT_HINT = N_("Try again. If it happens again, send this text to the supplier:")


_TRIED = {"cryptography", "sqlcipher3"}
"""What the self-test tries. A distribution's own build may lack a part that is needed to load the test itself."""
_SOME = 16 << 20
_LACKING = ("can't start new thread", "failed to map segment", "annot allocate memory")


def show(trouble: ReaderError, language: Language) -> None:
    """One sentence of what is so, one of what to do, and the code."""
    tell(trouble, language)


def _lacks_memory(trouble: Exception) -> bool:
    """Python says it in several ways: of itself, of a thread's stack, and of a library that is to be loaded.

    A library that gets none while it is loaded may say nothing at all (`SystemError`), and Python's parser takes a
    module that it has no memory to read for a wrong one (`SyntaxError`): then it is asked for.
    """
    said = str(trouble)
    if isinstance(trouble, MemoryError) or any(words in said for words in _LACKING):
        return True
    return isinstance(trouble, SystemError | SyntaxError) and not _some_memory()


def _some_memory() -> bool:
    try:
        bytearray(_SOME)
    except MemoryError:
        return False
    return True


def _unraised(hidden: sys.UnraisableHookArgs) -> None:
    """What Python can raise to nobody, as a thread that gets no memory to begin with: the verb itself tells of it."""
    if not issubclass(hidden.exc_type, MemoryError):
        sys.__unraisablehook__(hidden)


def _crashed(trouble: Exception, language: Language) -> int:
    """What nobody foresaw; a machine without memory, or without a part of its libraries, is no fault of ours."""
    if _lacks_memory(trouble):
        show(ReaderError(NO_MEMORY), language)
        return NO_MEMORY.status
    if isinstance(trouble, ImportError) and (trouble.name or "").partition(".")[0] in _TRIED:
        lacking = ReaderError(SELF_TEST, what=trouble.name)
        show(lacking, language)
        return SELF_TEST.status
    frames = traceback.extract_tb(trouble.__traceback__)
    kind = type(trouble).__name__
    place = " < ".join(f"{Path(f.filename).stem}:{f.lineno}" for f in reversed(frames[-4:]))
    print(f"{language.text(_OUR_FAULT)}  [BR01]", file=sys.stderr)  # noqa: T201
    print(f"{language.text(_OUR_FAULT_HINT)} {kind} {place}", file=sys.stderr)  # noqa: T201
    if os.environ.get("BACKUPREADER_TRACEBACK"):
        traceback.print_exc()
    return OUR_FAULT


def _split(arguments: list[str]) -> tuple[list[str], dict[str, str]]:
    """The verb's own words, and the global options wherever they stood."""
    words: list[str] = []
    given: dict[str, str] = {}
    rest = iter(arguments)
    for word in rest:
        if word == "--":
            words += [word, *rest]
            break
        name, equals, value = word.partition("=")
        if name in _GLOBAL:
            given[name] = value if equals else next(rest, "")
        else:
            words.append(word)
    return words, given


def _wrong(given: dict[str, str], language: Language) -> str | None:
    """What is wrong with the global options. An empty path would be the folder that one happens to stand in."""
    for name, value in given.items():
        if not value:
            return language.text(_NO_VALUE).format(option=name)
        if name == "--language" and value not in CODES:
            return language.text(_WRONG_LANGUAGE).format(language=value)
    return None


def _guess(stated: str | None) -> str:
    """The language to speak before the settings have been read."""
    for candidate in (stated, os.environ.get("LANG", "")[:2]):
        if candidate in CODES:
            return candidate
    return "en"


def _dispatch(words: list[str], context: Context) -> int:
    if words in ([], ["open"]):
        from backupreader.commands._practice import beginning
        from ui.running import open_window

        return open_window(context.settings, context.language, practise=beginning(context))
    import typer

    app = typer.Typer(
        name="backupreader",
        no_args_is_help=False,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        help=context.language.text(_HELP),
    )
    app.callback()(_any_verb)
    for module in [module for module in COMMANDS if module.rpartition(".")[2] == words[0]] or COMMANDS:
        importlib.import_module(module).add(app, context.language)
    try:
        result = app(words, prog_name="backupreader", obj=context, standalone_mode=False)
    except typer.Exit as left:
        return left.exit_code
    except typer.Abort:
        return 130
    except typer.TyperException as wrong:
        print(wrong.format_message(), file=sys.stderr)  # noqa: T201
        return wrong.exit_code
    return result if isinstance(result, int) else 0


def _any_verb() -> None:
    """Without this, typer takes an app with one verb for that verb."""


_HELP = N_("Read and print a municipality's journals, medicine and driving lists when the journal system is down.")
