"""How the fieldwork goes: who saw, began and finished a survey, how far they came and how quickly.

Counts of visits and of the time that answers took; no answer is read except
whether a question was left blank. Groups on too small a base are taken out
here, with as many others as keep them from being worked out.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings
from django.db.models import Count, Q, QuerySet

from reports.dataset import Selection
from reports.suppression import hidden_cells
from surveys.definitions.findings import estimated_minutes
from surveys.enums import InvitationState
from surveys.models import Invitation, Survey, Visit
from surveys.question_types import handler_of
from surveys.questionnaire import Questionnaire, questionnaire_of

MOST_DAYS = 31
FUNNEL = {
    "shown": Count("shown_on"),
    "started": Count("started_on"),
    "completed": Count("completed_on"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """The days looked at; both ends are included."""

    first_day: date
    last_day: date

    @property
    def is_long(self):
        """Whether it is told by weeks, because single days would be too many and too small."""
        return (self.last_day - self.first_day).days > MOST_DAYS

    @property
    def spans(self):
        """The first days of its days or weeks, in order."""
        step = 7 if self.is_long else 1
        number = (self.last_day - self.first_day).days // step + 1
        return [self.first_day + timedelta(days=step * place) for place in range(number)]

    def span_of(self, day):
        """The first day of the day or week that a day is in."""
        return day - timedelta(days=(day - self.first_day).days % 7) if self.is_long else day


@dataclass(frozen=True, slots=True)
class Funnel:
    """Visits: each that was completed was started, and each that was started was shown."""

    shown: int = 0
    started: int = 0
    completed: int = 0

    def __add__(self, other):
        return Funnel(
            self.shown + other.shown,
            self.started + other.started,
            self.completed + other.completed,
        )


@dataclass(frozen=True, slots=True)
class Group:
    """The visits of one day, link, unit or device; `funnel` is None where they are too few."""

    key: object
    funnel: Funnel | None


@dataclass(frozen=True, slots=True)
class Reached:
    """One page: how many came to it, and how many of them went no further."""

    number: int
    keys: tuple[str, ...]
    reached: int | None
    left: int | None


@dataclass(frozen=True, slots=True)
class Blank:
    """One question or row: how many were asked it, and how many of them left it blank."""

    item: object
    asked: int
    blank: int | None


@dataclass(frozen=True, slots=True)
class TimeTaken:
    """Seconds from the first page to the last; None where too few are known."""

    base: int
    lower_quartile: float | None = None
    median: float | None = None
    upper_quartile: float | None = None


@dataclass(frozen=True, slots=True)
class Invited:
    """Personal links made in the period, and those of them that were answered."""

    invited: int
    answered: int


@dataclass(frozen=True, slots=True)
class Participation:
    """Everything that the page on the fieldwork shows."""

    survey: Survey
    period: Period
    funnel: Funnel
    invited: Invited
    by_day: tuple[Group, ...]
    by_link: tuple[Group, ...]
    by_unit: tuple[Group, ...]
    by_device: tuple[Group, ...]
    questionnaire: Questionnaire | None
    pages: tuple[Reached, ...]
    questions: tuple[Blank, ...]
    time: TimeTaken
    minutes_promised: int


def participation(survey, period, *, placements: QuerySet | None = None):
    """Count the fieldwork of a survey in a period, for the units that may be seen."""
    visits = Visit.objects.filter(
        version__survey=survey, shown_on__range=(period.first_day, period.last_day)
    )
    if placements is not None:
        visits = visits.filter(placement__in=placements)
    newest = survey.versions.exclude(published_at=None).order_by("-number").first()
    questionnaire = newest and questionnaire_of(newest)
    selection = Selection(survey, placements, first_day=period.first_day, last_day=period.last_day)
    return Participation(
        survey=survey,
        period=period,
        funnel=Funnel(**visits.aggregate(**FUNNEL)),
        invited=_invited(survey, period, placements),
        by_day=_groups(visits, "shown_on", period.span_of),
        by_link=_groups(visits, "public_link__name"),
        by_unit=_groups(visits, "placement__unit__name"),
        by_device=_groups(visits, "device"),
        questionnaire=questionnaire,
        pages=_pages(visits, selection, questionnaire) if questionnaire else (),
        questions=_questions(selection, questionnaire) if questionnaire else (),
        time=_time_taken(selection),
        minutes_promised=estimated_minutes(questionnaire) if questionnaire else 0,
    )


def _groups(visits, field, key_of=lambda value: value):
    groups = {}
    for row in visits.order_by(field).values(field).annotate(**FUNNEL):
        key = key_of(row.pop(field))
        groups[key] = groups.get(key, Funnel()) + Funnel(**row)
    sizes = [funnel.shown for funnel in groups.values()]
    hidden = hidden_cells(sizes, minimum=settings.MINIMUM_BASE)
    return tuple(
        Group(key, None if place in hidden else funnel)
        for place, (key, funnel) in enumerate(groups.items())
    )


def _pages(visits, selection, questionnaire):
    """How many came to each page, among them only those whom the rules showed it."""
    visits = visits.filter(version=questionnaire.version_id)
    completed = visits.filter(completed_on__isnull=False).count()
    came, left = _unsent_by_page(visits)
    shares = _shares_shown(selection, questionnaire)
    return tuple(
        _reached(number, page, came[number] + round(completed * share), left[number])
        for number, (page, share) in enumerate(zip(questionnaire.pages, shares, strict=True), 1)
    )


def _unsent_by_page(visits):
    """Of what was not sent, how many came to each page and how many went no further."""
    came, left = Counter(), Counter()
    ways = visits.filter(completed_on=None).order_by().values_list("reached", "passed_over")
    for reached, passed_over, number in ways.annotate(Count("pk")):
        left[reached] += number
        for page in set(range(1, reached + 1)) - set(passed_over or ()):
            came[page] += number
    return came, left


def _reached(number, page, reached, left):
    is_enough = reached >= settings.MINIMUM_BASE
    return Reached(
        number=number,
        keys=tuple(question.key for question in page.questions),
        reached=reached if is_enough else None,
        left=left if is_enough else None,
    )


def _shares_shown(selection, questionnaire):
    """The share of the stored answers that met each page; all, where no rule passes one over."""
    if not questionnaire.has_rules:
        return [1.0] * len(questionnaire.pages)
    keys = [
        [key for question in page.questions for key in handler_of(question).keys(question)]
        for page in questionnaire.pages
    ]
    rows = selection.rows().filter(version=questionnaire.version_id)
    counted = rows.aggregate(
        base=Count("pk"),
        **{
            f"page_{place}": Count("pk", filter=Q(answers__has_any_keys=wanted))
            for place, wanted in enumerate(keys)
            if wanted
        },
    )
    base = counted["base"]
    return [
        counted[f"page_{place}"] / base if wanted and base else 1.0
        for place, wanted in enumerate(keys)
    ]


def _questions(selection, questionnaire):
    items = questionnaire.items
    keys = [item.key for item in items]
    asked = {
        f"asked_{place}": Count("pk", filter=Q(answers__has_key=key))
        for place, key in enumerate(keys)
    }
    blank = {
        f"blank_{place}": Count("pk", filter=Q(**{f"answers__{key}": None}))
        for place, key in enumerate(keys)
    }
    counted = selection.rows().filter(version=questionnaire.version_id).aggregate(**asked, **blank)
    return tuple(
        Blank(
            item=item,
            asked=counted[f"asked_{place}"],
            blank=(
                counted[f"blank_{place}"]
                if counted[f"asked_{place}"] >= settings.MINIMUM_BASE
                else None
            ),
        )
        for place, item in enumerate(items)
    )


def _time_taken(selection):
    rows = selection.rows().filter(seconds__isnull=False).order_by("seconds").values("seconds")
    counted = list(rows.annotate(n=Count("pk")).values_list("seconds", "n"))
    base = sum(number for _seconds, number in counted)
    if base < settings.MINIMUM_BASE:
        return TimeTaken(base)
    seconds, numbers = zip(*counted, strict=True)
    everyone = np.repeat(seconds, numbers)
    quartiles = np.quantile(everyone, [0.25, 0.5, 0.75], method="averaged_inverted_cdf")
    return TimeTaken(base, *map(float, quartiles))


def _invited(survey, period, placements):
    zone = ZoneInfo(survey.time_zone)
    invitations = Invitation.objects.filter(
        survey=survey,
        created_at__gte=datetime.combine(period.first_day, time.min, zone),
        created_at__lt=datetime.combine(period.last_day + timedelta(days=1), time.min, zone),
    )
    if placements is not None:
        invitations = invitations.filter(customer__unit__placement__in=placements)
    counted = invitations.aggregate(
        invited=Count("pk"), answered=Count("pk", filter=Q(state=InvitationState.ANSWERED))
    )
    return Invited(**counted)
