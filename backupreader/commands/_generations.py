"""The store's generations and the packages that never came, as `status` and `verify` tell them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from backupreader.command import Context, plain
from backupreader.domain import moments
from backupreader.language import N_

if TYPE_CHECKING:
    from backupreader.store.choosable import Choosable
    from backupreader.store.gaps import Gap

COMPARE = N_("Four words name a generation: compare them by phone, both with the same --language.")


def say_choosable(context: Context, found: Sequence[Choosable]) -> None:
    """A line a generation: name, when it was made, how many citizens, four words, and what speaks against it."""
    language = context.language
    for one in found:
        parts = [one.name]
        if not one.damaged:
            citizens = language.count("{n} citizen", "{n} citizens", one.citizens or 0)
            parts += [_moment(context, one.created), citizens, one.words(language.code)]
        if one.default:
            parts.append(language.text("opened first"))
        print("  " + plain(" · ".join((*parts, *(reason.told(language) for reason in one.why)))))  # noqa: T201


def choosable_documents(context: Context, found: Sequence[Choosable]) -> list[dict[str, object]]:
    """The same for a machine. `words` are in the language of this call; `digest` is what they are made from."""
    return [
        {
            "generation": one.name,
            "created": one.created or None,
            "taken_at": one.taken_at,
            "citizens": one.citizens,
            "default": one.default,
            "damaged": one.damaged,
            "retired": one.retired,
            "why": [str(reason) for reason in one.why],
            "words": one.words(context.language.code) or None,
            "digest": one.digest.hex() or None,
        }
        for one in found
    ]


def say_gaps(context: Context, found: Sequence[Gap]) -> None:
    """A line a gap."""
    for gap in found:
        moment = _moment(context, gap.created)
        if gap.missing is None:
            context.say(N_("Packages before the one of {moment} never came here."), moment=moment)
        else:
            packages = context.language.count("{n} package", "{n} packages", gap.missing)
            context.say(N_("{packages} before the one of {moment} never came here."), packages=packages, moment=moment)


def say_damaged_trust(context: Context) -> None:
    """A line for each file under ``trust/`` that cannot be read: it is passed over, or its second copy counts."""
    for path in damaged_trust(context):
        context.say(
            N_(
                "{path} cannot be read. Run 'trust add' with the same key again; if it is no longer to be taken, "
                "'trust remove' after it."
            ),
            path=path,
        )


def damaged_trust(context: Context) -> tuple[Path, ...]:
    """Those files."""
    from backupreader.store.files import Files
    from backupreader.store.trust import Trust

    return Trust(context.settings.data, Files()).damaged()


def gap_documents(found: Sequence[Gap]) -> list[dict[str, object]]:
    """The same for a machine; `missing` is null where the numbers do not say how many."""
    return [{"before": str(gap.position), "created": gap.created, "missing": gap.missing} for gap in found]


def _moment(context: Context, text: str) -> str:
    moment = moments.instant(text, context.settings.timezone())
    return context.language.moment(moment) if moment else text
