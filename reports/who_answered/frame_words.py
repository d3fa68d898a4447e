"""What the groups of those invited are called."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.dataset import known_segments, waves_of
from surveys.models import Unit
from surveys.texts import text_in

from .frame import TOGETHER


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one axis, in the order in which they are listed."""

    by_key: dict
    without: str

    def __call__(self, key):
        if key == TOGETHER:
            return _("Small groups together")
        return self.by_key.get(key, key) if key else self.without

    def ordered(self, items):
        """Groups in the order of their names; those without a name last."""
        places = {key: place for place, key in enumerate(self.by_key)}
        return sorted(items, key=lambda item: places.get(item.key, len(places)))


def axis_words(axis):
    """What a way of grouping is called."""
    return {
        "unit": _("Unit"),
        "segment": _("Segment"),
        "language": _("Language"),
        "wave": _("Wave"),
    }[axis]


def names_of(found):
    """For each axis what names a key; nothing known has a name too."""
    units = dict(Unit.objects.order_by("path").values_list("pk", "name"))
    segments = {
        segment.pk: text_in(segment.name, get_language(), settings.LANGUAGE_CODE)
        for segment in known_segments()
    }
    waves = {wave.pk: str(wave) for wave in reversed(waves_of(found.selection.survey))}
    languages = {code: _(name) for code, name in settings.LANGUAGES}
    return {
        "unit": Names(units, _("No unit")),
        "segment": Names(segments, _("No segment")),
        "language": Names(languages, _("No language known")),
        "wave": Names(waves, _("No wave")),
    }
