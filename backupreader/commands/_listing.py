"""What `sources list` shows: the sources in the settings, and the systems whose exports can be read."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backupreader.command import Context, plain
from backupreader.commands._trouble import tell
from backupreader.domain.trouble import ReaderError
from backupreader.language import N_

if TYPE_CHECKING:
    from sync.read import Claimed
    from sync.systems import System


def show_list(context: Context, *, as_json: bool) -> None:
    """Each source and who reads it, each system and its ways in, the profiles. Raises the last source's trouble."""
    from sync.adapters import adapters
    from sync.pdf.profile import load_prints
    from sync.profile import SHIPPED, load
    from sync.read import claimed, source_of
    from sync.systems import SYSTEMS

    rows: list[dict[str, Any]] = []
    troubles: list[ReaderError] = []
    for setting in context.settings.sources:
        row: dict[str, Any] = {"name": setting.name, "path": str(setting.path), "reads": [], "not_read": 0}
        try:
            with claimed(source_of(context.settings, setting)) as parts:
                for part in parts:
                    row["reads"].append(
                        {**reader_of(part), "files": len(part.files), "written": _written(context, part.files)}
                    )
                    row["not_read"] += len(part.left)
        except ReaderError as trouble:
            row["trouble"] = f"{trouble.sentence(context.language)} [{trouble.kind.code}]"
            troubles.append(trouble)
        rows.append(row)
    prints = load_prints(None)
    profiles = {name: load(name).about for name in SHIPPED} | {prints.name: prints.about}
    if as_json:
        document = {
            "sources": rows,
            "systems": [_system(context, system) for system in SYSTEMS],
            "adapters": [member.name for member in adapters()],
            "profiles": profiles,
        }
        print(json.dumps(document, indent=1, ensure_ascii=False))  # noqa: T201
    else:
        _show_list(context, rows, [member.name for member in adapters()], profiles)
    for other in troubles[:-1]:
        tell(other, context.language)
    if troubles:
        raise troubles[-1]


def reader_of(part: "Claimed") -> dict[str, str | None]:
    """The adapter, and the profile where it reads by one."""
    profile = part.source.profile
    if part.adapter.name == "table" and profile is None:
        from sync.adapters.table import stated_or_found

        profile = stated_or_found(part.source, part.files).name
    return {"adapter": part.adapter.name, "profile": profile}


def _system(context: Context, system: "System") -> dict[str, Any]:
    """A system as a machine reads it; `state` is that of its best way in."""
    return {
        "name": system.name,
        "countries": list(system.countries),
        "about": context.language.text(system.about),
        "state": system.ways[0].state.name.lower(),
        "ways": [
            {
                "adapter": way.adapter,
                "profile": way.profile,
                "state": way.state.name.lower(),
                "sentence": context.language.text(way.state.value),
            }
            for way in system.ways
        ],
    }


def _written(context: Context, files: Sequence[Path]) -> str:
    """When the newest of the files was written, as the clock on the wall showed it."""
    newest = max(path.stat().st_mtime for path in files)
    return datetime.fromtimestamp(newest, context.settings.timezone()).isoformat(timespec="minutes")


def _show_list(
    context: Context, rows: Sequence[dict[str, Any]], names: Sequence[str], profiles: dict[str, str]
) -> None:
    from sync.systems import SYSTEMS

    if not rows:
        context.say(N_("The settings name no source yet."))
    for row in rows:
        print(plain(f"{row['name']}: {row['path']}"))  # noqa: T201
        for reads in row["reads"]:
            context.say(
                N_("  {files} files, read by {reader}, last written {written}"),
                files=reads["files"],
                reader=" / ".join(filter(None, (reads["adapter"], reads["profile"]))),
                written=context.language.moment(datetime.fromisoformat(reads["written"])),
            )
        if row["not_read"]:
            context.say(N_("  {n} files that nothing here reads"), n=row["not_read"])
    context.say(N_("Systems:"))
    for system in SYSTEMS:
        about = context.language.text(system.about)
        print(f"  {system.name} ({', '.join(system.countries)}): {about}")  # noqa: T201
        for way in system.ways:
            named = " / ".join(filter(None, (way.adapter, way.profile)))
            print(f"    {named or '–':<20} {context.language.text(way.state.value)}")  # noqa: T201
    context.say(N_("Adapters: {names}"), names=", ".join(names))
    context.say(N_("Profiles:"))
    for name, about in profiles.items():
        print(plain(f"  {name}: {about}"))  # noqa: T201
