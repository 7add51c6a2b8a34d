"""F10's rows: what a carrier or a compromised exporter may try with good signatures, what is said, and what is on the disk then.

Every row begins with a PC that holds generation 5. A row's deed lays what arrives and says which words came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from backupreader.domain.errors import OLDER_PACKAGE, OTHER_PC, PACKAGE_DAMAGED, UNKNOWN_SIGNER
from backupreader.store import container
from backupreader.store.carried import TrustedSigner
from backupreader.store.files import Files
from backupreader.store.manifest import LARGEST_NUMBER, Manifest, decode
from backupreader.store.seal import Signer
from backupreader.store.trust import Trust
from sync.receive import Word
from tests.faults.world import EPOCH, OTHER_SIGNER, OTHER_VAULT, SIGNER, SITE, World

OLDER, OTHER, DAMAGED, UNKNOWN = OLDER_PACKAGE.code, OTHER_PC.code, PACKAGE_DAMAGED.code, UNKNOWN_SIGNER.code
TAKEN, HERE, PASSED = Word.RECEIVED, Word.ALREADY_HERE, Word.SUPERSEDED
Said = Word | str
Deed = Callable[[World], Sequence[Said]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row. `holds` are the numbers of the whole generations afterwards, newest first.

    `given`: the one package that arrives, where it is one. `signer`: whose the next package is, None where there is no
    next one. `spoils`: the row changes what the PC holds, on purpose.
    """

    what: str
    does: Deed
    says: tuple[Said, ...]
    holds: tuple[int, ...]
    given: dict[str, object] | None = None
    signer: Signer | None = SIGNER
    spoils: bool = False


def arrives(what: str, says: Said, holds: tuple[int, ...], **given: object) -> Row:
    """One package comes on its own."""
    return Row(what=what, does=in_turn(given), says=(says,), holds=holds, given=given)


def said(world: World) -> list[Said]:
    """What one receive says of everything in the inbox, by the files' names."""
    outcomes = sorted(world.receive(), key=lambda outcome: outcome.path.name)
    return [o.trouble.kind.code if o.word is Word.REFUSED and o.trouble else o.word for o in outcomes]


def in_turn(*packages: dict[str, object]) -> Deed:
    """One package after the other, each with a receive of its own."""
    return lambda world: [world.word(world.packed(**given)) for given in packages]  # type: ignore[arg-type]


def together(*packages: dict[str, object]) -> Deed:
    """All of them wait in the inbox, in this order by name."""

    def deed(world: World) -> list[Said]:
        for number, given in enumerate(packages):
            world.delivered(world.packed(**given), f"{number:03d}.package")  # type: ignore[arg-type]
        return said(world)

    return deed


def seqs(*numbers: int, **more: object) -> list[dict[str, object]]:
    return [{"seq": number, **more} for number in numbers]


def parts(package: bytes) -> tuple[bytes, bytes, bytes]:
    """The signed bytes, the signature, and all behind it."""
    end = 12 + int.from_bytes(package[8:12], "big")
    return package[:end], package[end : end + 64], package[end + 64 :]


def described(package: bytes) -> Manifest:
    return decode(parts(package)[0][12:])


def laid(world: World, data: bytes, name: str = "made.package") -> Said:
    """What receive says of these bytes."""
    path = world.folder / name
    path.write_bytes(data)
    return world.word(path)


def mixed(which: tuple[int, int, int], *, size: int = 5000, plans: tuple[bytes, bytes] = (b"", b"")) -> Deed:
    """Signed bytes, signature and content, each from package 6 (0) or 7 (1)."""

    def deed(world: World) -> list[Said]:
        both = [parts(world.packed(6 + n, size=size, plan=plans[n]).read_bytes()) for n in (0, 1)]
        return [laid(world, b"".join(both[choice][place] for place, choice in enumerate(which)))]

    return deed


def resigned(signer: Signer = SIGNER, **changes: object) -> Deed:
    """Package 6 with a manifest that was changed after sealing, and signed again."""

    def deed(world: World) -> list[Said]:
        data = world.packed(6).read_bytes()
        changed = replace(described(data), **{"signer": TrustedSigner(SITE, signer.public).id, **changes})  # type: ignore[arg-type]
        return [laid(world, container.assemble(changed, signer, b"") + parts(data)[2])]

    return deed


def forged(world: World) -> list[Said]:
    """It names the known signer, and is signed by another."""
    signed, _, content = parts(world.packed(6).read_bytes())
    return [laid(world, signed + OTHER_SIGNER.sign(container.LABEL + b"\0" + signed) + content)]


def with_seals_of(other: Callable[[World], Path]) -> Deed:
    """Package 6 with the sealed keys of another one under this vault's name."""

    def deed(world: World) -> list[Said]:
        (sealed,) = described(other(world).read_bytes()).seals.values()
        return resigned(seals={world.identity.id: sealed})(world)

    return deed


def trust(world: World) -> Trust:
    return Trust(world.settings.data, Files())


def rotated(world: World, signer: Signer = OTHER_SIGNER) -> None:
    """The export machine is replaced: its new signer is added and the old one removed."""
    (old,) = trust(world).known()
    trust(world).add(TrustedSigner(SITE, signer.public))
    trust(world).remove(old.fingerprint)


def after_rotation(*packages: dict[str, object]) -> Deed:
    def deed(world: World) -> Sequence[Said]:
        rotated(world)
        return in_turn(*packages)(world)

    return deed


def after(change: Callable[[World], object], deed: Deed) -> Deed:
    """The deed after something else happened on the PC."""

    def both(world: World) -> Sequence[Said]:
        change(world)
        return deed(world)

    return both


PLAIN: tuple[Row, ...] = (
    arrives("the next one", TAKEN, (6, 5), seq=6),
    arrives("one after a gap", TAKEN, (900, 5), seq=900),
    arrives("the largest step", TAKEN, (1005, 5), seq=1005),
    arrives("two steps too far", DAMAGED, (5,), seq=1007),
    arrives("a leap to the end of numbers", DAMAGED, (5,), seq=LARGEST_NUMBER),
    arrives("one before", OLDER, (5,), seq=4),
    arrives("the very first", OLDER, (5,), seq=1),
    arrives("the same number, another content", DAMAGED, (5,), seq=5, content=77),
    arrives("the same number, another plan", DAMAGED, (5,), seq=5, plan=b"ring 113"),
    arrives("the same number, another content and a later day", DAMAGED, (5,), seq=5, content=78, created="2027-01-01T00:00:00Z"),
    arrives("the same again, sealed anew", HERE, (5,), seq=5),
    arrives("the same again, said to be made later", HERE, (5,), seq=5, created="2027-01-01T00:00:00Z"),
    arrives("the old content under the next number", TAKEN, (6, 5), seq=6, content=5),
    arrives("an older epoch", OLDER, (5,), seq=6, epoch=EPOCH - 1),
    arrives("an older epoch, far ahead in number", OLDER, (5,), seq=99, epoch=0),
    arrives("an older epoch at the end of numbers", OLDER, (5,), seq=LARGEST_NUMBER, epoch=EPOCH - 1),
    arrives("the next epoch", TAKEN, (1, 5), seq=1, epoch=EPOCH + 1),
    arrives("the next epoch, a late number", TAKEN, (1000, 5), seq=1000, epoch=EPOCH + 1),
    arrives("the next epoch, too late a number", DAMAGED, (5,), seq=1001, epoch=EPOCH + 1),
    arrives("the furthest epoch", TAKEN, (1, 5), seq=1, epoch=EPOCH + 1000),
    arrives("an epoch too far", DAMAGED, (5,), seq=1, epoch=EPOCH + 1001),
    arrives("the last epoch of all", DAMAGED, (5,), seq=1, epoch=LARGEST_NUMBER),
    arrives("another site, same signer", OTHER, (5,), seq=6, site="sydby"),
    arrives("the site in capital letters", OTHER, (5,), seq=6, site=SITE.upper()),
    arrives("another vault", OTHER, (5,), seq=6, recipients=(OTHER_VAULT,)),
    arrives("an unknown signer", UNKNOWN, (5,), seq=6, signer=OTHER_SIGNER),
    arrives("an unknown signer of an older one", UNKNOWN, (5,), seq=1, signer=OTHER_SIGNER),
    arrives("an unknown signer of the same one", UNKNOWN, (5,), seq=5, signer=OTHER_SIGNER),
    arrives("made in the past", TAKEN, (6, 5), seq=6, created="1999-01-01T00:00:00Z"),
    arrives("made in the future", TAKEN, (6, 5), seq=6, created="2199-01-01T00:00:00Z"),
    arrives("made at the end of 32 bits", TAKEN, (6, 5), seq=6, created="2038-01-19T03:14:08Z"),
    arrives("with an empty next time", TAKEN, (6, 5), seq=6, next_expected=None),
    arrives("naming another predecessor", TAKEN, (6, 5), seq=6, prev="0" * 64),
    arrives("with a plan", TAKEN, (6, 5), seq=6, plan=b"ring 112" * 1000),
)  # fmt: skip
