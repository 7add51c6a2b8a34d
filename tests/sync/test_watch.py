from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from backupreader.domain.errors import BUSY, FILE_TROUBLE, NO_VAULT, OTHER_PC, UNKNOWN_SIGNER
from backupreader.domain.trouble import ReaderError
from backupreader.store.carried import TrustedSigner
from backupreader.store.files import Files
from backupreader.store.trust import Trust
from sync.receive import Outcome, Word
from sync.watch import watch
from tests.faults.world import OTHER_SIGNER, OTHER_VAULT, SITE, World

News = Outcome | ReaderError


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World.made(tmp_path)


def steps(*actions: Callable[[], object]) -> Callable[[Event], bool]:
    """Between one scan and the next, the next of these happens; the watch ends after the last."""
    left: Iterator[Callable[[], object]] = iter(actions)

    def more(_: Event) -> bool:
        action = next(left, None)
        if action is not None:
            action()
        return action is not None

    return more


def said(news: list[News]) -> list[str]:
    return [
        one.kind.code
        if isinstance(one, ReaderError)
        else one.trouble.kind.code
        if one.word is Word.REFUSED and one.trouble
        else one.word.value
        for one in news
    ]


def nothing() -> None:
    """Nothing happens."""


def test_packages_are_taken_as_they_come_and_each_is_told_once(world: World):
    news: list[News] = []
    world.delivered(world.packed(1))
    watch(
        world.settings,
        news.append,
        more=steps(
            nothing,
            lambda: world.delivered(world.packed(2)),
            nothing,
            lambda: world.delivered(world.packed(3)),
            nothing,
        ),
    )
    assert said(news) == ["received"] * 3
    assert world.whole() == [3, 2, 1]


def test_a_refused_package_is_told_once_and_looked_at_again_when_it_changes(world: World):
    news: list[News] = []
    good = world.packed(1).read_bytes()
    there = world.inbox / "copied-in-place.package"
    there.write_bytes(good[:100])
    watch(
        world.settings,
        news.append,
        more=steps(
            nothing,
            nothing,
            lambda: there.write_bytes(good[: len(good) // 2]),
            nothing,
            lambda: there.write_bytes(good),
            nothing,
        ),
    )
    assert said(news) == ["BR11", "BR11", "received"]


def test_a_package_of_a_signer_who_becomes_trusted_is_taken(world: World):
    news: list[News] = []
    world.delivered(world.packed(1, signer=OTHER_SIGNER))
    trust = Trust(world.settings.data, Files())
    watch(
        world.settings,
        news.append,
        more=steps(nothing, lambda: trust.add(TrustedSigner(SITE, OTHER_SIGNER.public)), nothing),
    )
    assert said(news) == [UNKNOWN_SIGNER.code, "received"]


def test_a_stick_that_comes_and_goes_is_told_once_and_read_when_it_is_there(world: World):
    news: list[News] = []
    stick = world.folder / "stick"
    path = world.packed(1)

    def plugged_in() -> None:
        stick.mkdir()
        shutil.copy(path, stick)

    watch(
        replace(world.settings, inbox=stick),
        news.append,
        more=steps(nothing, nothing, plugged_in, nothing, lambda: shutil.rmtree(stick), nothing, nothing),
    )
    assert said(news) == [FILE_TROUBLE.code, "received", FILE_TROUBLE.code]


def test_another_receive_at_work_is_waited_for(world: World):
    news: list[News] = []
    world.receive()
    world.delivered(world.packed(1))
    lock = Files().lock(world.settings.data / "state" / "receive.lock")
    lock.__enter__()
    watch(world.settings, news.append, more=steps(nothing, lambda: lock.__exit__(None, None, None), nothing))
    assert said(news) == [BUSY.code, "received"]


def test_a_pc_without_a_vault_ends_the_watch(tmp_path: Path):
    world = World(tmp_path)
    with pytest.raises(ReaderError) as refused:
        watch(world.settings, lambda _: None, more=steps(nothing))
    assert refused.value.kind is NO_VAULT


def test_an_event_in_the_inbox_wakes_the_watch(world: World):
    woken: list[bool] = []

    def more(event: Event) -> bool:
        if woken:
            return False
        world.delivered(world.packed(1))
        woken.append(event.wait(20))
        return True

    watch(world.settings, lambda _: None, more=more)
    assert woken == [True]
    assert world.whole() == [1]


def test_on_a_share_packages_of_others_and_older_ones_are_no_trouble_beside_one_that_is_held(world: World):
    share = world.folder / "share"
    share.mkdir()
    for path in (world.packed(1), world.packed(2), world.packed(3, recipients=(OTHER_VAULT,))):
        shutil.copy(path, share / f"{path.stat().st_ino}.package")
    news: list[News] = []
    watch(replace(world.settings, inbox=share), news.append, more=steps(nothing))
    assert said(news) == ["received", "received", "superseded"]
    alone = world.folder / "alone"
    alone.mkdir()
    shutil.copy(world.packed(4, recipients=(OTHER_VAULT,)), alone)
    news.clear()
    watch(replace(world.settings, inbox=alone), news.append, more=steps(nothing))
    assert said(news) == [OTHER_PC.code]
