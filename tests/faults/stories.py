"""F10's longer rows: several packages, packages put together from others, signers that change, a disk that was touched."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace

from backupreader.store.carried import TrustedSigner
from backupreader.store.files import Files
from backupreader.store.seal import Closed, open_key
from sync import package
from sync.receive import receive
from tests.faults.arrivals import (
    DAMAGED,
    HERE,
    OLDER,
    OTHER,
    PASSED,
    TAKEN,
    UNKNOWN,
    Deed,
    Row,
    Said,
    after,
    after_rotation,
    forged,
    in_turn,
    laid,
    mixed,
    resigned,
    rotated,
    said,
    seqs,
    together,
    trust,
    with_seals_of,
)
from tests.faults.world import EPOCH, OTHER_SIGNER, OTHER_VAULT, SEED, SIGNER, SITE, World, database
from tests.sync.town import identities

NEW = {"signer": OTHER_SIGNER}
ONE_DAY = "2026-11-22T05:30:00Z"
FLOOD = tuple(range(39, 31, -1))


def replayed(world: World) -> list[Said]:
    """A carrier brings the same file three times."""
    path = world.packed(6)
    return [world.word(path) for _ in range(3)]


def doubled(world: World) -> list[Said]:
    path = world.packed(6)
    world.delivered(path, "a.package")
    world.delivered(path, "b.package")
    return said(world)


def rolled_back(world: World) -> list[Said]:
    """The carrier's whole folder is set back to an older day."""
    for seq in (6, 7):
        world.word(world.packed(seq))
    return together(*seqs(4, 5, 6))(world)


def renamed(seq: int, name: str) -> Deed:
    def deed(world: World) -> list[Said]:
        world.delivered(world.packed(seq), name)
        return said(world)

    return deed


def under_a_name_of_other_bytes(world: World) -> list[Said]:
    path = world.packed(6)
    with open(os.path.join(os.fsencode(world.inbox), b"\xff\n\x1b[2J.package"), "wb") as file:  # noqa: PTH118, PTH123
        file.write(path.read_bytes())
    return said(world)


def as_a_link(world: World) -> list[Said]:
    (world.inbox / "link.package").symlink_to(world.packed(6))
    return said(world)


def growing(world: World) -> list[Said]:
    """It arrives in three pieces under its last name, by a carrier that does not rename."""
    data = world.packed(6).read_bytes()
    return [laid(world, data[:length]) for length in (100, len(data) - 1, len(data))]


def still_being_written(world: World) -> list[Said]:
    data = world.packed(6).read_bytes()
    for length in (1, len(data) // 2, len(data)):
        (world.inbox / "x.package.part").write_bytes(data[:length])
        assert said(world) == []
    return []


def mislabelled(world: World) -> list[Said]:
    """Another PC's sealed key under this vault's name: receiving holds no secret, so only opening can tell."""
    words = with_seals_of(lambda world: world.packed(6, recipients=(OTHER_VAULT,)))(world)
    return [*words, _opened(world)]


def moved_key(world: World) -> list[Said]:
    """The key that was sealed for package 7 stands in package 6."""
    words = with_seals_of(lambda world: world.packed(7))(world)
    return [*words, _opened(world)]


def _opened(world: World) -> str:
    manifest = world.store.list()[0].manifest
    vault = world.identity.id
    binding = package.binding(manifest, vault)
    try:
        open_key(manifest.seals[vault], SEED, binding)
    except Closed:
        return "closed"
    return "open"


def beside_many(world: World) -> list[Said]:
    """A site of forty PCs sends three packages of one position; one of them is for this PC."""
    work = world.folder / "work.db"
    work.write_bytes(database(6, 5000))
    everyone = (*identities(39), world.identity)
    manifest = world.manifest(6, work)
    for path in package.seal(work, bytes(32), manifest, SIGNER, everyone, b"", world.folder / "sent", Files()):
        world.delivered(path)
    return sorted(said(world), key=str)


def opened_then(deed: Deed) -> Deed:
    return after(lambda world: world.store.mark_opened(world.store.list()[0]), deed)


def last_word(deed: Deed) -> Deed:
    """Only what was said last, where all were told the same."""
    return lambda world: sorted(set(deed(world)), key=str)


def spoilt(part: str, spoil: Callable[[bytes], bytes | None]) -> Callable[[World], None]:
    def change(world: World) -> None:
        path = world.store.list()[0].path / part
        data = spoil(path.read_bytes())
        path.unlink() if data is None else path.write_bytes(data)

    return change


def bound_to_another_site(world: World) -> None:
    trust(world).add(TrustedSigner("sydby", SIGNER.public))


def there_and_back(world: World) -> list[Said]:
    """A rotation that was a mistake is undone."""
    rotated(world)
    trust(world).add(TrustedSigner(SITE, SIGNER.public))
    return in_turn(*seqs(4, 6))(world)


def leapt_and_undone(world: World) -> list[Said]:
    words = in_turn({"seq": 1, "epoch": EPOCH + 1000}, {"seq": 6})(world)
    return [*words, *after_rotation({"seq": 1, "signer": OTHER_SIGNER})(world)]


def on_a_share(world: World) -> list[Said]:
    """A named inbox is read, and never written to."""
    share = world.folder / "share"
    share.mkdir()
    path = world.packed(6)
    (share / path.name).write_bytes(path.read_bytes())
    settings = replace(world.settings, inbox=share)
    words = [outcome.word for _ in range(2) for outcome in receive(settings)]
    return [*words, *(entry.name == path.name for entry in share.iterdir())]


def _trusted_too(world: World) -> None:
    trust(world).add(TrustedSigner(SITE, OTHER_SIGNER.public))


def _trusted_elsewhere(world: World) -> None:
    trust(world).add(TrustedSigner("sydby", OTHER_SIGNER.public))


PLANS = (b"ring 112", b"ring 113")
STORIES: tuple[Row, ...] = (
    # replay, rollback, freeze
    Row(what="the same file three times", does=replayed, says=(TAKEN, HERE, HERE), holds=(6, 5)),
    Row(what="the same file under two names", does=doubled, says=(TAKEN, HERE), holds=(6, 5)),
    Row(what="an older one after newer ones", does=in_turn(*seqs(6, 7, 5, 6)), says=(TAKEN, TAKEN, OLDER, OLDER), holds=(7, 6, 5)),
    Row(what="the whole carrier set back", does=rolled_back, says=(OLDER, OLDER, OLDER), holds=(7, 6, 5)),
    Row(what="in reverse order, one by one", does=in_turn(*seqs(8, 7, 6)), says=(TAKEN, OLDER, OLDER), holds=(8, 5)),
    Row(what="in any order, together", does=together(*seqs(9, 7, 8, 6)), says=(TAKEN,) * 4, holds=(9, 8, 7, 6, 5)),
    Row(what="old ones among the next", does=together(*seqs(4, 6, 1)), says=(PASSED, TAKEN, PASSED), holds=(6, 5)),
    Row(what="a frozen carrier", does=lambda world: said(world) + said(world), says=(), holds=(5,)),
    Row(what="a package that is written for ever", does=still_being_written, says=(), holds=(5,)),
    Row(what="a package that grows under its last name", does=growing, says=(DAMAGED, DAMAGED, TAKEN), holds=(6, 5)),
    # names and kinds of files
    Row(what="an older one under a newer one's name", does=renamed(4, "nordby-9.package"), says=(OLDER,), holds=(5,)),
    Row(what="the next one under an older one's name", does=renamed(6, "a.package"), says=(TAKEN,), holds=(6, 5)),
    Row(what="a name that is only the ending", does=renamed(6, ".package"), says=(TAKEN,), holds=(6, 5)),
    Row(what="a name that is no text", does=under_a_name_of_other_bytes, says=(TAKEN,), holds=(6, 5)),
    Row(what="another ending", does=renamed(6, "x.package.bak"), says=(), holds=(5,)),
    Row(what="the ending in capital letters", does=renamed(6, "x.PACKAGE"), says=(), holds=(5,)),
    Row(what="a link to a good package", does=as_a_link, says=("BR25",), holds=(5,)),
    Row(what="a share that nobody may write to", does=on_a_share, says=(TAKEN, HERE, True), holds=(6, 5)),
    # mix and match
    Row(what="another one's content", does=mixed((0, 0, 1)), says=(DAMAGED,), holds=(5,)),
    Row(what="another one's signature", does=mixed((0, 1, 0)), says=(DAMAGED,), holds=(5,)),
    Row(what="another one's head", does=mixed((1, 1, 0)), says=(DAMAGED,), holds=(5,)),
    Row(what="another one's plan of the same length", does=mixed((0, 0, 1), plans=PLANS), says=(DAMAGED,), holds=(5,)),
    Row(what="another one's key", does=moved_key, says=(TAKEN, "closed"), holds=(6, 5)),
    Row(what="another PC's key under this vault's name", does=mislabelled, says=(TAKEN, "closed"), holds=(6, 5)),
    Row(what="no key at all", does=resigned(seals={}), says=(OTHER,), holds=(5,)),
    Row(what="a length that was changed and signed", does=resigned(database_length=4999), says=(DAMAGED,), holds=(5,)),
    Row(what="a digest that was changed and signed", does=resigned(database_sha256="0" * 64), says=(DAMAGED,), holds=(5,)),
    Row(what="signed anew by a stranger", does=resigned(OTHER_SIGNER), says=(UNKNOWN,), holds=(5,)),
    Row(what="a stranger who names the known signer", does=forged, says=(DAMAGED,), holds=(5,)),
    Row(what="two contents of the next number", does=together({"seq": 6}, {"seq": 6, "content": 9}), says=(TAKEN, DAMAGED), holds=(6, 5)),
    Row(what="packages of one position for forty PCs", does=beside_many, says=(TAKEN, PASSED, PASSED), holds=(6, 5)),
    # leaps
    Row(what="one step too far", does=in_turn({"seq": 1006}), says=(DAMAGED,), holds=(5,)),
    Row(what="two steps of the largest size", does=in_turn(*seqs(1005, 2005)), says=(TAKEN, TAKEN), holds=(2005, 1005, 5)),
    Row(what="the next one after a leap", does=in_turn(*seqs(1005, 6)), says=(TAKEN, OLDER), holds=(1005, 5)),
    Row(what="the next one after an epoch's leap", does=in_turn({"seq": 1, "epoch": EPOCH + 1000}, {"seq": 6}), says=(TAKEN, OLDER), holds=(1, 5)),
    Row(what="a leap, and all the way behind it", does=together(*seqs(900, 6, 7)), says=(TAKEN,) * 3, holds=(900, 7, 6, 5)),
    # eviction
    Row(what="a flood of good ones after a person opened one", does=last_word(opened_then(in_turn(*seqs(*range(6, 40), created=ONE_DAY, size=300)))),
        says=(TAKEN,), holds=(*FLOOD, 5)),
    Row(what="a flood of good ones at once", does=last_word(opened_then(together(*seqs(*range(6, 40), created=ONE_DAY, size=300)))),
        says=(TAKEN,), holds=(*FLOOD, 5)),
    Row(what="a flood of one day, and nobody opened any", does=last_word(in_turn(*seqs(*range(6, 40), created=ONE_DAY, size=300))),
        says=(TAKEN,), holds=(*FLOOD, 5)),
    Row(what="a flood of many days, and nobody opened any", does=last_word(in_turn(*seqs(*range(6, 40), size=300))),
        says=(TAKEN,), holds=(*FLOOD, 31, 29, 27)),
    Row(what="a flood of days that never were", does=last_word(opened_then(in_turn(*({"seq": n, "size": 300, "created": f"{2100 + n}-01-01T00:00:00Z"} for n in range(6, 40))))),
        says=(TAKEN,), holds=(*FLOOD, 5)),
    Row(what="a flood of older ones", does=last_word(together(*seqs(1, 2, 3, 4, size=300))), says=(OLDER,), holds=(5,)),
    Row(what="a flood of strangers' ones", does=last_word(together(*seqs(*range(6, 26), size=300, **NEW))), says=(UNKNOWN,), holds=(5,)),
    Row(what="a flood for other PCs", does=last_word(together(*seqs(*range(6, 26), size=300, recipients=(OTHER_VAULT,)))), says=(OTHER,), holds=(5,)),
    # signers
    Row(what="the old signer after a rotation", does=after_rotation({"seq": 6}), says=(UNKNOWN,), holds=(5,), signer=OTHER_SIGNER),
    Row(what="the new signer, wherever it begins", does=after_rotation({"seq": 1, "epoch": 3, **NEW}), says=(TAKEN,), holds=(1, 5), signer=OTHER_SIGNER),
    Row(what="the new signer, then an older one of its own", does=after_rotation({"seq": 9, "epoch": 3, **NEW}, {"seq": 8, "epoch": 3, **NEW}),
        says=(TAKEN, OLDER), holds=(9, 5), signer=OTHER_SIGNER),
    Row(what="a leap that a rotation undoes", does=leapt_and_undone, says=(TAKEN, OLDER, TAKEN), holds=(1, 1, 5), signer=OTHER_SIGNER),
    Row(what="the new signer with the old one's number", does=after_rotation({"seq": 5, "content": 77, **NEW}, {"seq": 6, **NEW}),
        says=(DAMAGED, TAKEN), holds=(6, 5), signer=OTHER_SIGNER),
    Row(what="the new signer with the old one's number, where that one is spoilt",
        does=after(spoilt("data.db", lambda _: b""), after_rotation({"seq": 5, "content": 77, **NEW})),
        says=(TAKEN,), holds=(5,), signer=OTHER_SIGNER, spoils=True),
    Row(what="a rotation that was a mistake", does=there_and_back, says=(OLDER, TAKEN), holds=(6, 5)),
    Row(what="two signers of one site", does=after(_trusted_too, in_turn({"seq": 6, **NEW}, {"seq": 6}, {"seq": 4}, {"seq": 7})),
        says=(TAKEN, HERE, OLDER, TAKEN), holds=(7, 6, 5)),
    Row(what="a signer of another site", does=after(_trusted_elsewhere, in_turn({"seq": 6, **NEW}, {"seq": 6, "site": "sydby", **NEW})),
        says=(OTHER, OTHER), holds=(5,)),
    Row(what="a signer that was bound to another site", does=after(bound_to_another_site, in_turn({"seq": 6})),
        says=(OTHER,), holds=(5,), signer=None),
    # what a disk or a hand did to the store
    *(Row(what=f"{part} {how}, then an older one and the same again", does=after(spoilt(part, spoil), in_turn(*seqs(4, 5))),
          says=(OLDER, TAKEN), holds=(5,), spoils=True)
      for part in ("head", "data.db")
      for how, spoil in (("emptied", lambda _: b""), ("cut", lambda data: data[:-1]), ("changed", lambda data: b"x" + data[1:]), ("gone", lambda _: None))),
)  # fmt: skip
