"""Which answers are counted, and how many they are."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet

from surveys.models import Response, Segment, Survey, Wave

from .classes import in_class
from .lists import keys_of, waves_apart
from .reading import reading_of


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """Which answers are counted.

    `placements` comes from `permissions.placements_for`; ``None`` is every
    answer. The last day is included. Answers that staff left out are counted
    only `with_excluded`. `visible` are the placements of all that the reader
    may see, of which `placements` may be a part. The waves of panels that are
    reported apart are counted only where one of them is chosen.
    """

    survey: Survey
    placements: QuerySet | None = None
    segment: Segment | None = None
    language: str = ""
    channel: str = ""
    satisfaction_class: str = ""
    wave: Wave | None = None
    first_day: date | None = None
    last_day: date | None = None
    with_excluded: bool = False
    visible: QuerySet | None = None

    def rows(self):
        """The responses selected, without tests and without those that still wait for others."""
        rows = Response.objects.filter(survey=self.survey, is_test=False, awaits_mixing=False)
        if not self.with_excluded:
            rows = rows.filter(is_excluded=False)
        if self.placements is not None:
            rows = rows.filter(placement__in=self.placements)
        if self.segment is not None:
            rows = rows.filter(segment=self.segment)
        if self.language:
            rows = rows.filter(language=self.language)
        if self.channel:
            rows = rows.filter(channel=self.channel)
        if self.satisfaction_class:
            rows = rows.filter(in_class(self.survey, self.satisfaction_class))
        if self.wave is not None:
            rows = rows.filter(wave=self.wave)
        elif apart := waves_apart(self.survey):
            rows = rows.exclude(wave__in=apart)
        if self.first_day is not None:
            rows = rows.filter(submitted_on__gte=self.first_day)
        if self.last_day is not None:
            rows = rows.filter(submitted_on__lte=self.last_day)
        return rows

    @property
    def universe(self):
        """Everything that the reader may see, whatever is chosen now."""
        is_apart = self.wave is not None and self.wave.pk in waves_apart(self.survey)
        return Selection(
            self.survey,
            self.visible,
            wave=self.wave if is_apart else None,
            with_excluded=self.with_excluded,
            visible=self.visible,
        )

    def scope_key(self):
        """What tells one universe, or one narrower selection, from another."""
        narrowed = (self.segment, self.wave)
        chosen = None if self.placements is self.visible else _keys_of(self.placements)
        return (
            self.survey.pk,
            _keys_of(self.visible),
            chosen,
            self.with_excluded,
            waves_apart(self.survey),
            *(one and one.pk for one in narrowed),
            self.language,
            self.channel,
            self.satisfaction_class,
            self.first_day,
            self.last_day,
        )

    @property
    def with_all(self):
        """The same selection with the answers that staff left out."""
        return replace(self, with_excluded=True)

    @property
    def without_excluded(self):
        """The same selection without the answers that staff left out."""
        return replace(self, with_excluded=False)

    def excluded_count(self):
        """How many of the responses selected staff left out."""
        reading = reading_of(self.survey)
        if reading is None:
            return self.with_all.rows().filter(is_excluded=True).count()
        return reading.sums(self.with_all, ["is_excluded"])[True,]


def _keys_of(placements):
    return None if placements is None else tuple(sorted(keys_of(placements)))


@dataclass(frozen=True, slots=True)
class Span:
    """How many responses were counted, and from when to when."""

    responses: int = 0
    first_day: date | None = None
    last_day: date | None = None
    last_moment: datetime | None = None

    def __add__(self, other):
        return Span(
            self.responses + other.responses,
            min(filter(None, (self.first_day, other.first_day)), default=None),
            max(filter(None, (self.last_day, other.last_day)), default=None),
            max(filter(None, (self.last_moment, other.last_moment)), default=None),
        )
