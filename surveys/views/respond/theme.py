"""The style sheet of a survey's own colour: made of the colour alone, so that it never changes.

Its address holds the colour and the digest of what it says, so browsers keep it for a year. No
survey is named, and none is asked for.
"""

import hashlib
from functools import lru_cache

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from surveys.contrast import COLOUR, DARK, LIGHT, palette

YEAR_SECONDS = 365 * 24 * 3600


@require_safe
def theme(request, colour, digest):
    """The colours of the pages of a survey, as custom properties."""
    if not COLOUR.fullmatch(f"#{colour}") or digest != _digest(f"#{colour}"):
        raise Http404
    headers = {"Cache-Control": f"public, max-age={YEAR_SECONDS}, immutable"}
    return HttpResponse(_style_sheet(f"#{colour}"), content_type="text/css", headers=headers)


@lru_cache(maxsize=1024)
def theme_url(colour):
    """Where the style sheet of a colour is; nothing for the colours of the house."""
    if not COLOUR.fullmatch(colour):
        return ""
    return reverse("surveys:respond_theme", args=[colour[1:], _digest(colour)])


@lru_cache(maxsize=1024)
def _style_sheet(colour):
    light, dark = (_properties(palette(colour, scheme)) for scheme in (LIGHT, DARK))
    return f":root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"


def _properties(found):
    return f"--accent:{found.accent};--accent-ink:{found.accent_ink};--wash:{found.wash}"


def _digest(colour):
    return hashlib.sha256(_style_sheet(colour).encode()).hexdigest()[:8]
