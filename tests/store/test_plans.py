from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from backupreader.domain.plan.about import Spot
from backupreader.domain.plan.finding import Finding
from backupreader.domain.trouble import Reason
from backupreader.language import Language
from backupreader.store import plans
from backupreader.store.carried import TrustedSigner
from backupreader.store.files import Files
from backupreader.store.generations import HEAD, Store
from backupreader.store.planarchive import Archive, encode, refused
from backupreader.store.plans import Carried, carried
from backupreader.store.trust import Trust
from sync.receive import Word
from tests.faults.world import OTHER_SIGNER, SIGNER, SITE, Counting, World, position

ENGLISH = Language("en")
SINCE = "2026-11-22T07:42:00Z"
LATER_FORMAT = b'{"files":{"plan.toml":"x"},"format":2}'


def text(title: str = "Nedbrud", number: str = "12 34 56 78") -> str:
    return f"""title = "{title}"
owner = "Omsorg"
[holidays]
country = "DK"
[[contact]]
id = "it"
label = "IT-vagt"
number = "{number}"
[[calling]]
order = ["it"]
"""


def brings(title: str = "Nedbrud") -> bytes:
    return encode(Archive({"plan.toml": text(title)}))


def not_brought(title: str = "", why: str = "wrong") -> bytes:
    """What an export machine sends whose newest plan cannot be used, with the one before it."""
    files = {"plan.toml": text(title)} if title else {}
    return encode(Archive(files, refused(SINCE, [Finding(Spot("plan.toml", 7), Reason(why))])))


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World.made(tmp_path)


def takes(world: World, *plans: bytes, first: int = 1) -> None:
    """The PC receives one generation after the other, each with its plan."""
    for seq, plan in enumerate(plans, first):
        assert world.word(world.packed(seq, plan=plan, size=300)) is Word.RECEIVED


def on(world: World) -> Carried:
    return carried(world.settings.data, Files())


def title(world: World) -> str | None:
    plan = on(world).plan
    return plan.about.title if plan else None


def why(world: World) -> tuple[str, ...]:
    """Where a newer plan was left aside, and why."""
    kept = on(world).kept
    return (kept.where, *kept.told(ENGLISH)) if kept else ()


def spoil(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def head(world: World, seq: int) -> Path:
    return world.store.folder / str(position(seq)) / HEAD


def copies(world: World) -> list[int]:
    return [copy.position.seq for copy in Store(world.settings.data, Files(), plans.COPIES).list()]


def test_a_pc_that_was_brought_nothing_has_no_plan_and_nothing_to_tell(world: World):
    assert on(world) == Carried()
    takes(world, b"", b"")
    assert on(world) == Carried()
    assert copies(world) == []


def test_the_plan_of_the_newest_data_is_the_one_in_use(world: World):
    takes(world, brings("A"), brings("B"))
    found = on(world)
    assert found.plan is not None
    assert (found.plan.about.title, found.plan.contacts[0].number) == ("B", "12 34 56 78")
    assert found.files == {"plan.toml": text("B")}
    assert found.kept is None


def test_no_vault_and_no_database_is_needed_to_read_it(world: World):
    takes(world, brings("A"))
    shutil.rmtree(world.settings.vault_folder)
    (world.store.folder / str(position(1)) / "data.db").unlink()
    assert title(world) == "A"


def test_it_came_with_the_first_of_the_generations_that_bring_it_without_a_break(world: World):
    takes(world, brings("A"), brings("B"), brings("A"), brings("A"), brings("A"))
    created = {generation.position.seq: generation.manifest.created for generation in world.store.list()}
    assert on(world).came == created[3]


def test_it_is_remembered_when_it_came_after_that_generation_is_gone(world: World):
    takes(world, *[brings("A")] * 3)
    came = on(world).came
    takes(world, *[brings("A")] * 20, first=4)
    assert min(generation.position.seq for generation in world.store.list()) > 1
    assert on(world).came == came
    assert copies(world) == [1]


def test_the_same_plan_has_the_same_digest_whatever_else_came_with_it(world: World):
    takes(world, brings("A"))
    first = on(world)
    takes(world, not_brought("A"), first=2)
    second = on(world)
    assert second.kept is not None
    assert (second.digest, second.came) == (first.digest, first.came)
    takes(world, brings("B"), first=3)
    assert on(world).digest != first.digest


def test_what_the_export_machine_could_not_use_is_told_by_file_and_line(world: World):
    takes(world, brings("A"), not_brought("A", "The hour 25:00 is none."))
    assert title(world) == "A"
    assert why(world) == ("export", "plan.toml, line 7: The hour 25:00 is none.")
    kept = on(world).kept
    assert kept is not None
    assert kept.since == SINCE
    assert kept.reason == "plan.toml, line 7: The hour 25:00 is none."
    takes(world, brings("B"), first=3)
    assert (title(world), why(world)) == ("B", ())


def test_an_export_machine_that_lost_its_former_plan_leaves_this_pc_with_the_one_it_has(world: World):
    takes(world, brings("A"), not_brought())
    assert title(world) == "A"
    assert why(world) == ("export", "plan.toml, line 7: wrong")


def test_where_no_plan_could_ever_be_used_the_reason_is_told_all_the_same(world: World):
    takes(world, not_brought())
    assert title(world) is None
    assert why(world) == ("export", "plan.toml, line 7: wrong")


def test_a_plan_is_replaced_by_another_never_by_none(world: World):
    takes(world, brings("A"), b"")
    assert title(world) == "A"
    assert why(world) == ("here", "the newest data brought no plan")


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (LATER_FORMAT, "the newest data brought a plan that this version of the program cannot read"),
        (b"ring 112", "the newest data brought a plan that this version of the program cannot read"),
        (encode(Archive({"plan.toml": 'title = "B"\nowner = 7\n'})), "plan.toml, line 2: "),
        (encode(Archive({"plan.toml": "title = \n"})), "plan.toml, line 1: "),
        (encode(Archive({"plan.toml": text("B") + '[[later]]\nid = "x"\n'})), "plan.toml, line 11: "),
    ],
)
def test_a_plan_that_this_version_cannot_read_leaves_the_one_before_it(world: World, plan: bytes, said: str):
    takes(world, brings("A"), plan, plan)
    assert title(world) == "A"
    where, *reasons = why(world)
    assert where == "here"
    assert any(reason.startswith(said) for reason in reasons), reasons


def test_a_damaged_newest_head_leaves_the_plan_before_it_and_says_so(world: World):
    takes(world, brings("A"), brings("A"))
    spoil(head(world, 2))
    assert title(world) == "A"
    assert why(world) == ("here", "the newest data is damaged, and with it any plan that it brought")
    takes(world, brings("C"), first=3)
    assert (title(world), why(world)) == ("C", ())


def test_the_first_head_that_brought_a_plan_may_be_damaged_and_it_stays_in_use(world: World):
    takes(world, brings("A"), brings("B"))
    spoil(head(world, 2))
    assert (title(world), why(world)) == ("B", ())
    shutil.rmtree(world.settings.data / plans.COPIES)
    assert (title(world), *why(world)[:1]) == ("A", "here")


def test_an_older_damaged_head_is_no_trouble(world: World):
    takes(world, brings("A"), brings("B"))
    spoil(head(world, 1))
    assert (title(world), why(world)) == ("B", ())


def test_a_damaged_database_takes_no_plan_away(world: World):
    takes(world, brings("A"), brings("B"))
    spoil(world.store.folder / str(position(2)) / "data.db")
    assert (title(world), why(world)) == ("B", ())


@pytest.mark.parametrize("newer", [b"", LATER_FORMAT, not_brought()])
def test_a_plan_outlives_the_generation_that_brought_it(world: World, newer: bytes):
    takes(world, brings("A"), brings("A"), *[newer] * 20)
    assert min(generation.position.seq for generation in world.store.list()) > 2
    assert title(world) == "A"
    assert why(world)


def test_it_is_there_even_when_every_generation_is_damaged(world: World):
    takes(world, brings("A"), brings("B"))
    spoil(head(world, 1))
    spoil(head(world, 2))
    assert title(world) == "B"


def test_a_damaged_copy_is_no_plan_and_is_made_anew_by_the_next_receive(world: World):
    takes(world, brings("A"))
    spoil(world.settings.data / plans.COPIES / str(position(1)) / HEAD)
    assert copies(world) == []
    assert title(world) == "A"
    takes(world, brings("A"), first=2)
    assert copies(world) == [1]


def test_a_copy_of_which_the_generation_is_gone_is_made_anew_of_the_oldest_that_is_here(world: World):
    takes(world, *[brings("A")] * 3)
    shutil.rmtree(world.store.folder / str(position(1)))
    spoil(world.settings.data / plans.COPIES / str(position(1)) / HEAD)
    takes(world, brings("A"), first=4)
    assert copies(world) == [2]
    assert [path.name for path in (world.settings.data / plans.COPIES).iterdir()] == [str(position(2))]


def test_a_head_that_nobody_signed_is_no_plan(world: World, tmp_path: Path):
    """Whoever can write to the disk can lay a folder there, but not a signature."""
    takes(world, brings("A"))
    forged = World.made(tmp_path / "other").packed(9, plan=brings("FORGED"), signer=OTHER_SIGNER, size=300)
    place = world.settings.data / plans.COPIES / str(position(9))
    place.mkdir(parents=True)
    whole = forged.read_bytes()
    (place / HEAD).write_bytes(whole[:-300])
    other = world.store.folder / str(position(9))
    shutil.copytree(place, other)
    assert title(world) == "A"


def test_a_true_head_in_anothers_place_is_no_plan(world: World):
    takes(world, brings("A"), brings("B"))
    shutil.copytree(head(world, 1).parent, world.store.folder / str(position(9)))
    assert title(world) == "B"


def test_a_machine_that_is_no_longer_trusted_comes_below_and_is_named(world: World):
    takes(world, brings("A"))
    trust = Trust(world.settings.data, Files())
    trust.add(TrustedSigner(SITE, OTHER_SIGNER.public))
    trust.remove(TrustedSigner(SITE, SIGNER.public).id)
    assert title(world) == "A"
    assert why(world) == ("here", "the plan in use came from an export machine that is no longer trusted")
    assert world.word(world.packed(2, plan=brings("B"), signer=OTHER_SIGNER, size=300)) is Word.RECEIVED
    assert (title(world), why(world)) == ("B", ())


def test_asking_again_parses_nothing_again(world: World):
    takes(world, *[brings("A")] * 8)
    first = on(world).plan
    before = plans._read.cache_info().misses
    assert all(on(world).plan is first for _ in range(50))
    assert plans._read.cache_info().misses == before


def test_a_store_that_the_disk_does_not_give_back_is_told(world: World):
    takes(world, brings("A"))

    class Broken(Files):
        def open_old(self, path: Path, *, follow: bool) -> int:
            if path.name == HEAD:
                raise OSError(5, "Input/output error")
            return super().open_old(path, follow=follow)

    found = carried(world.settings.data, Broken())
    assert found.plan is None
    assert found.kept is not None
    assert found.kept.where == "here"


def test_a_receive_that_cannot_copy_the_plan_has_received_all_the_same(world: World):
    """The disk is full behind the published generation: the next receive makes the copy."""

    class Full(Files):
        def mkdir(self, path: Path) -> None:
            if path.name == "plans":
                raise OSError(28, "No space left on device")
            super().mkdir(path)

    world.delivered(world.packed(1, plan=brings("A"), size=300))
    (outcome,) = world.receive(Full())
    assert outcome.word is Word.RECEIVED
    assert copies(world) == []
    assert title(world) == "A"
    takes(world, brings("A"), first=2)
    assert copies(world) == [1]


def test_dying_while_the_copy_is_replaced_leaves_the_former_or_the_new_one(tmp_path: Path):
    class Died(BaseException):
        pass

    before = World.made(tmp_path / "before")
    takes(before, brings("A"))
    kept = before.settings.data / plans.COPIES / str(position(1))
    saved = shutil.copytree(kept, tmp_path / "saved")
    takes(before, brings("B"), first=2)
    shutil.rmtree(before.settings.data / plans.COPIES)
    shutil.copytree(saved, kept)
    point, done = 0, False
    while not done:
        folder = tmp_path / str(point)
        shutil.copytree(before.folder, folder)
        world = World(folder)

        def dies(call: int, _what: str, last: int = point) -> None:
            if call > last:
                raise Died

        try:
            plans.keep(world.settings.data, Counting(dies))
            done = True
        except Died:
            pass
        shutil.rmtree(world.store.folder)
        assert title(world) in {"A", "B"}
        point += 1
    assert title(world) == "B"
    assert point > 5


def test_a_store_that_is_no_folder_holds_no_plan(world: World):
    world.store.folder.write_text("no folder")
    assert on(world) == Carried()
