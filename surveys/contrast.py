"""Colours that can be read: contrast by WCAG 2.2, and the palette that one chosen colour makes.

A customer's page has few colours, and all that is coloured follows from one accent: it is the
colour of links and headings on paper, ground and wash, and the ground of buttons. A colour that
would be too weak there is moved towards black, on a dark page towards white, just as far as it
must be.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

COLOUR = re.compile(r"#[0-9a-f]{6}")
TEXT = 4.5  # least contrast of text, WCAG 2.2, 1.4.3
STEPS = 100


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours of the page that do not change, as in `respond.css`."""

    paper: str
    ground: str
    ink: str
    quiet: str
    towards: str
    button_inks: tuple[str, ...]
    wash_share: float


@dataclass(frozen=True, slots=True)
class Palette:
    """What an accent becomes in one scheme."""

    accent: str
    accent_ink: str
    wash: str


LIGHT = Scheme("#ffffff", "#f3f5f4", "#1f2430", "#566070", "#000000", ("#ffffff",), 0.1)
DARK = Scheme("#171c23", "#0f1318", "#e9ecef", "#a9b2bf", "#ffffff", ("#0f1318",), 0.14)


@lru_cache(maxsize=1024)
def palette(colour, scheme):
    """The palette of a colour in a scheme: itself, or the nearest that can be read."""
    for step in range(STEPS + 1):
        accent = mixed(colour, scheme.towards, step / STEPS)
        found = Palette(
            accent=accent,
            accent_ink=max(scheme.button_inks, key=lambda ink: contrast(ink, accent)),
            wash=mixed(scheme.paper, accent, scheme.wash_share),
        )
        if least_contrast(found, scheme) >= TEXT:
            return found
    raise ValueError(f"No shade of {colour} can be read.")  # black and white always can


def least_contrast(found, scheme):
    """The weakest contrast of any text that stands in these colours."""
    pairs = [
        *((found.accent, behind) for behind in (scheme.paper, scheme.ground, found.wash)),
        *((text, found.wash) for text in (scheme.ink, scheme.quiet)),
        (found.accent_ink, found.accent),
    ]
    return min(contrast(one, other) for one, other in pairs)


def contrast(one, other):
    """The contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    """Relative luminance, from 0 for black to 1 for white."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mixed(colour, other, share):
    """A colour with so large a share of another one."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    parts = (round(one + (two - one) * share) for one, two in pairs)
    return "#" + "".join(f"{part:02x}" for part in parts)


def _parts(colour):
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _linear(part):
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
