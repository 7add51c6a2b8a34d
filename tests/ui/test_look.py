"""Whether everybody can read what is on the screen."""

from __future__ import annotations

import pytest

from ui.look import BAND, DARK, LIGHT, SCALES, STROKE, Look, Palette, State

PALETTES = {"light": LIGHT, "dark": DARK}


def contrast(first: str, second: str) -> float:
    """WCAG 2.2's contrast ratio."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_every_ink_can_be_read_on_every_ground_that_it_is_written_on(palette: Palette) -> None:
    for ground in (palette.ground, palette.field, palette.panel, palette.chosen):
        for ink in (palette.ink, palette.second, palette.action):
            assert contrast(ink, ground) >= 4.5, (ink, ground)
    assert contrast(palette.on_action, palette.action) >= 4.5
    assert contrast(palette.on_action, palette.pressed) >= 4.5


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("state", State)
def test_every_state_can_be_read(palette: Palette, state: State) -> None:
    pair = palette.states[state]
    assert contrast(pair.ink, pair.ground) >= 4.5


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_the_focus_stands_out_from_what_is_round_it(palette: Palette) -> None:
    for ground in (palette.ground, palette.panel, palette.field):
        assert contrast(palette.focus, ground) >= 3


def test_the_frame_can_be_read() -> None:
    assert contrast(STROKE, BAND) >= 4.5


def test_sizes_grow_step_by_step_and_stop_at_both_ends() -> None:
    look = Look(scale=SCALES[0])
    grown = [look.scale]
    while look.larger() != look:
        look = look.larger()
        grown.append(look.scale)
    assert tuple(grown) == SCALES
    assert Look(scale=200).px(15) == 30
    assert Look(scale=SCALES[0]).smaller().scale == SCALES[0]
