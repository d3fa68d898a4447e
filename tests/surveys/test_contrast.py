"""U6: whatever colour staff choose, everything on the page can be read."""

import random
import re
from pathlib import Path

import pytest

from surveys.contrast import DARK, LIGHT, contrast, least_contrast, mixed, palette
from surveys.views.respond.theme import theme_url

STYLES = Path(__file__).parents[2] / "surveys" / "static" / "surveys" / "respond.css"
EXTREMES = ["#000000", "#ffffff", "#ffff00", "#00ffff", "#ff00ff", "#0000ff", "#808080", "#7f7f7f"]


def random_colours(number):
    dice = random.Random(6)
    return [f"#{dice.randrange(2**24):06x}" for _ in range(number)]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#777777", "#ffffff", 4.48),  # the well-known grey that just fails, WCAG 2.2, G18
        ("#767676", "#ffffff", 4.54),
        ("#0b6e69", "#0b6e69", 1),
    ],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_thousand_colours_can_all_be_read(scheme):
    colours = [*EXTREMES, *random_colours(1000)]

    worst = min(least_contrast(palette(colour, scheme), scheme) for colour in colours)
    control = sum(contrast(colour, scheme.paper) < 4.5 for colour in colours)

    print(f"U6: {len(colours)} colours, worst contrast {worst:.2f}; {control} fail as chosen")
    assert worst >= 4.5
    assert control > 300


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_controls_and_focus_stand_out_from_what_is_behind_them(scheme):
    for colour in random_colours(1000):
        found = palette(colour, scheme)
        behind = (scheme.paper, scheme.ground, found.wash)
        assert min(contrast(found.accent, one) for one in behind) >= 3


def test_readable_colour_stays_as_it_is():
    assert palette("#0b6e69", LIGHT).accent == "#0b6e69"
    assert palette("#ffd54f", DARK).accent == "#ffd54f"


def test_correction_goes_no_further_than_it_must():
    found = palette("#ffd54f", LIGHT)

    assert 4.5 <= least_contrast(found, LIGHT) < 4.7


def test_colours_are_those_of_the_style_sheet():
    """What the palette is measured against is what the page shows."""
    light, dark = re.findall(r":root \{(.*?)\}", STYLES.read_text(), re.DOTALL)

    for text, scheme in ((light, LIGHT), (dark, DARK)):
        known = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", text))
        named = {name: getattr(scheme, name) for name in ("paper", "ground", "ink", "quiet")}
        assert named == {name: known[name] for name in named}


def test_half_of_black_in_white_is_grey():
    assert mixed("#ffffff", "#000000", 0.5) == "#808080"


@pytest.mark.parametrize("colour", ["", "red", "#12345", "#12345G", "#fff;}body{"])
def test_what_is_no_colour_has_no_style_sheet(colour):
    assert theme_url(colour) == ""
