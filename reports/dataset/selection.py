"""Which answers are counted, and how many they are."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet

from surveys.models import Response, Segment, Survey, Wave


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """Which answers are counted.

    `placements` comes from `permissions.placements_for`; ``None`` is every
    answer. The last day is included. Answers that staff left out are counted
    only `with_excluded`.
    """

    survey: Survey
    placements: QuerySet | None = None
    segment: Segment | None = None
    wave: Wave | None = None
    first_day: date | None = None
    last_day: date | None = None
    with_excluded: bool = False

    def rows(self):
        """The responses selected, without tests and without those that still wait for others."""
        rows = Response.objects.filter(survey=self.survey, is_test=False, awaits_mixing=False)
        if not self.with_excluded:
            rows = rows.filter(is_excluded=False)
        if self.placements is not None:
            rows = rows.filter(placement__in=self.placements)
        if self.segment is not None:
            rows = rows.filter(segment=self.segment)
        if self.wave is not None:
            rows = rows.filter(wave=self.wave)
        if self.first_day is not None:
            rows = rows.filter(submitted_on__gte=self.first_day)
        if self.last_day is not None:
            rows = rows.filter(submitted_on__lte=self.last_day)
        return rows

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
        return self.with_all.rows().filter(is_excluded=True).count()


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
