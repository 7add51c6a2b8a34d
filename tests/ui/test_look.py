"""Whether everybody can read what is on the screen."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from ui.look import (
    BAND,
    BLACK_ON_WHITE,
    DARK,
    LIGHT,
    PRACTICE_BAND,
    PRACTICE_STROKE,
    SCALES,
    STROKE,
    WHITE_ON_BLACK,
    Look,
    Palette,
    State,
)
from ui.widgets.shapes import draw_shape

PALETTES = {"light": LIGHT, "dark": DARK, "black on white": BLACK_ON_WHITE, "white on black": WHITE_ON_BLACK}
SHARP = ("black on white", "white on black")
MATCHED = 20  # in sRGB from 0 to 255: as near as this, two inks beside each other are taken for one
SIGHT = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB."""


def contrast(first: str, second: str) -> float:
    """WCAG 2.2's contrast ratio."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _luminance(colour: str) -> float:
    linear = _linear(colour)
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _seen(colour: str, sight: str) -> tuple[float, ...]:
    """A colour as one with this sight sees it, sRGB from 0 to 255."""
    linear = _linear(colour)
    seen = [sum(weight * part for weight, part in zip(row, linear, strict=True)) for row in SIGHT[sight]]
    clear = [min(1.0, max(0.0, part)) for part in seen]
    return tuple(255 * (part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055) for part in clear)


def least(name: str) -> float:
    """What text must keep: AAA's ratio with high contrast, AA's without."""
    return 7 if name in SHARP else 4.5


@pytest.mark.parametrize("name", PALETTES)
def test_every_ink_can_be_read_on_every_ground_that_it_is_written_on(name: str) -> None:
    palette = PALETTES[name]
    for ground in (palette.ground, palette.field, palette.panel, palette.chosen):
        for ink in (palette.ink, palette.second, palette.action):
            assert contrast(ink, ground) >= least(name), (ink, ground)
    assert contrast(palette.on_action, palette.action) >= least(name)
    assert contrast(palette.on_action, palette.pressed) >= least(name)


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("state", State)
def test_every_state_can_be_read(name: str, state: State) -> None:
    pair = PALETTES[name].states[state]
    assert contrast(pair.ink, pair.ground) >= least(name)
    assert contrast(pair.ink, PALETTES[name].ground) >= 3, "its shape may stand on the page itself"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("sharp", [False, True])
def test_a_hint_in_an_empty_field_and_what_cannot_be_pressed_now_can_be_read(
    dark: bool,  # noqa: FBT001
    sharp: bool,  # noqa: FBT001
) -> None:
    look = Look(dark=dark, contrast=sharp)
    palette, asked = look.palette, 7 if sharp else 4.5
    assert contrast(look.qt_palette().placeholderText().color().name(), palette.field) >= asked
    assert f"QPushButton:disabled {{ color: {palette.second}" in look.stylesheet
    assert contrast(palette.second, palette.panel) >= asked
    assert f"QLineEdit:disabled {{ color: {palette.second}; background: {palette.panel}" in look.stylesheet


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_the_focus_stands_out_from_what_is_on_both_its_sides(palette: Palette) -> None:
    for ground in (palette.ground, palette.panel, palette.field, palette.chosen):
        assert contrast(palette.focus, ground) >= 3, ground


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_the_edge_of_what_can_be_pressed_is_seen(palette: Palette) -> None:
    assert contrast(palette.second, palette.ground) >= 3
    assert contrast(palette.second, palette.panel) >= 3


@pytest.mark.parametrize("name", SHARP)
def test_with_high_contrast_lines_are_thick_and_no_ground_tells_a_state(name: str) -> None:
    palette = PALETTES[name]
    assert palette.rule >= 2
    assert contrast(palette.line, palette.ground) >= 7
    assert {pair.ground for pair in palette.states.values()} == {palette.ground}


def test_no_two_states_have_the_same_shape(qapp) -> None:
    drawn = {state: _shape(state) for state in State}
    for one, other in itertools.combinations(State, 2):
        differing = sum(a != b for a, b in zip(drawn[one], drawn[other], strict=True))
        assert differing > len(drawn[one]) // 25, (one, other)


def _shape(state: State) -> list[bool]:
    """The shape in black on white, as it is drawn beside a word of small type."""
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setBackground(QColor("white"))
    draw_shape(painter, state, QRectF(2, 2, 16, 16), QColor("black"))
    painter.end()
    return [image.pixelColor(x, y).lightness() < 128 for x in range(20) for y in range(20)]


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("name", PALETTES)
def test_good_and_stop_are_not_one_colour_to_those_who_see_fewer_colours(name: str, sight: str) -> None:
    states = PALETTES[name].states
    for one, other in ((State.GOOD, State.STOP), (State.GOOD, State.LATE), (State.LATE, State.INFO)):
        apart = max(
            abs(a - b) for a, b in zip(_seen(states[one].ink, sight), _seen(states[other].ink, sight), strict=True)
        )
        assert apart > MATCHED, (one, other)


@pytest.mark.parametrize(("band", "stroke"), [(BAND, STROKE), (PRACTICE_BAND, PRACTICE_STROKE)])
def test_both_frames_can_be_read(band: str, stroke: str) -> None:
    assert contrast(stroke, band) >= 4.5


def test_the_two_frames_differ_also_in_grey() -> None:
    assert contrast(BAND, PRACTICE_BAND) >= 3


def test_sizes_grow_step_by_step_and_stop_at_both_ends() -> None:
    look = Look(scale=SCALES[0])
    grown = [look.scale]
    while look.larger() != look:
        look = look.larger()
        grown.append(look.scale)
    assert tuple(grown) == SCALES
    assert (SCALES[0], SCALES[-1]) == (100, 200)
    assert Look(scale=200).px(15) == 30
    assert Look(scale=SCALES[0]).smaller().scale == SCALES[0]


def test_no_change_of_look_undoes_another() -> None:
    look = Look(dark=True, scale=150, contrast=True)
    assert look.larger() == replace(look, scale=175)
    assert look.smaller() == replace(look, scale=125)
    assert look.other() == replace(look, dark=False)
    assert look.sharper() == replace(look, contrast=False)
    assert look.usual() == replace(look, scale=100)
