"""The filters that every page of results has in common: what is in the address decides.

`FilterForm` reads and checks the address, `Filters` says what it means: a
selection of answers, and whether that selection may be shown.
"""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date

from django import forms
from django.conf import settings
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from surveys.enums import Channel, SatisfactionClass
from surveys.models import Segment
from surveys.permissions import placements_for, unit_for
from surveys.texts import text_in

from .dataset import Selection, Span, cube_of, known_segments, months_of, published_questionnaires
from .disclosure import disclosure_of
from .enums import PeriodKind
from .forms import UnitField
from .summaries import SurveyResults, survey_results
from .trend.trend import trend, withheld_trend

PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?$")


class FilterForm(forms.Form):
    """Unit, period, segment, language and channel, each of them optional; `by_class` one more."""

    def __init__(self, user, survey, *args, without=(), by_class=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(user)
        listed = _choices(survey, without)
        if by_class:
            listed.append(("satisfaction_class", _("Satisfaction class"), _classes(survey)))
        for name, label, choices in listed:
            self.fields[name] = forms.ChoiceField(
                label=label, choices=[("", _("All")), *choices], required=False
            )
            self.fields[name].has_choice = len(choices) > 1
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    @property
    def offered(self):
        """The fields in which there is something to choose, or something was chosen."""
        return [
            bound for bound in self if bound.field.has_choice or self.cleaned_data.get(bound.name)
        ]


def _choices(survey, without):
    """Name, label and choices of every filter but the unit, and those that the page is without."""
    language = get_language()
    months = () if "period" in without else months_of(survey)
    found = [
        ("period", _("Period"), _periods(months)),
        (
            "segment",
            _("Segment"),
            [
                (segment.code, text_in(segment.name, language, survey.default_language))
                for segment in known_segments()
            ],
        ),
        ("language", _("Language"), list(settings.LANGUAGES)),
        ("channel", _("Channel"), Channel.choices),
    ]
    return [one for one in found if one[0] not in without]


def _classes(survey):
    """The classes of satisfaction, of a survey that asks for it."""
    asks = any(one.overall for one in published_questionnaires(survey))
    return SatisfactionClass.choices if asks else []


def _periods(months):
    years = sorted({month[:4] for month in months}, reverse=True)
    quarters = sorted({f"{m[:4]}-Q{(int(m[5:]) + 2) // 3}" for m in months}, reverse=True)
    return [(period, period) for period in (*years, *quarters, *sorted(months, reverse=True))]


@dataclass(frozen=True)
class Filters:
    """What the reader has chosen."""

    survey: object
    user: object
    unit: object = None
    period: str = ""
    segment: Segment | None = None
    language: str = ""
    channel: str = ""
    satisfaction_class: str = ""
    with_excluded: bool = False

    @cached_property
    def selection(self):
        """The answers chosen."""
        first, last = days_of(self.period)
        visible = placements_for(self.user)
        return Selection(
            self.survey,
            placements_for(self.user, self.unit) if self.unit else visible,
            segment=self.segment,
            language=self.language,
            channel=self.channel,
            satisfaction_class=self.satisfaction_class,
            first_day=first,
            last_day=last,
            with_excluded=self.with_excluded,
            visible=visible,
        )

    @cached_property
    def conditions(self):
        """The same as conditions on the attributes of a cube."""
        found = {}
        if self.unit:
            found[f"unit-{self.unit.depth}"] = self.unit.pk
        if self.period:
            found[_grain(self.period)] = self.period
        if self.segment:
            found["segment"] = self.segment.pk
        if self.language:
            found["language"] = self.language
        if self.channel:
            found["channel"] = self.channel
        if self.satisfaction_class:
            found["satisfaction_class"] = self.satisfaction_class
        return found

    def may_be_shown(self, questionnaires, **further):
        """Whether the figures of this choice give nobody away, with `further` conditions or not."""
        conditions = self.conditions | further
        return not conditions or self._rule(questionnaires).shows(conditions)

    def _rule(self, questionnaires):
        """The rule for all that the reader may see, read once for one page."""
        if "rule" not in self.__dict__:
            cube = cube_of(self.selection.universe, questionnaires)
            self.__dict__["rule"] = disclosure_of(cube)
        return self.__dict__["rule"]

    @property
    def of_all_periods(self):
        """The same choice without its period."""
        return replace(self, period="")

    @property
    def narrows_beyond_unit(self):
        """Whether more than a unit is chosen."""
        return bool(self.period or self.segment or self.language or self.channel)

    def shows_period(self, questionnaires):
        """A function that says whether a period of a trend may be shown within this choice.

        Days and weeks are no attribute that pages can be filtered by; they keep the
        minimum base and its complements.
        """

        def may_show(period):
            found = _condition_of(period)
            return not found or self.may_be_shown(questionnaires, **found)

        return may_show

    def shows_segment(self, questionnaires):
        """A function that says whether a segment may be shown within this choice."""

        def may_show(segment):
            return self.may_be_shown(questionnaires, segment=segment and segment.pk)

        return may_show

    def parameters(self):
        """The choice as parts of an address."""
        found = {
            "unit": self.unit.code if self.unit else "",
            "period": self.period,
            "segment": self.segment.code if self.segment else "",
            "language": self.language,
            "channel": self.channel,
            "satisfaction_class": self.satisfaction_class,
            "excluded": "1" if self.with_excluded else "",
        }
        return {name: value for name, value in found.items() if value}


def chosen_filters(request, survey, *, without=(), usual=None, by_class=False):
    """What the address chooses, and the form that shows it; 404 for what one may not see.

    A page is `without` the filters that make no sense on it; `usual` holds where
    nothing is chosen. Only a page on more than overall satisfaction is filtered `by_class`.
    """
    user = request.user
    asked = {name: value for name, value in request.GET.dict().items() if value}
    form = FilterForm(user, survey, (usual or {}) | asked, without=without, by_class=by_class)
    if not form.is_valid():
        raise Http404
    return _filters_from(form, user, survey, with_excluded="excluded" in request.GET), form


def shown_results(filters, **wanted):
    """The results of what is chosen, or hidden ones where they would give somebody away."""
    if filters.may_be_shown(published_questionnaires(filters.survey)):
        return survey_results(filters.selection, **wanted)
    return SurveyResults(filters.selection, Span(), is_hidden=True, is_withheld=True)


def shown_trend(filters, options=None, *, records=(), questionnaires=None):
    """The trend of what is chosen, without what would give somebody away."""
    asked = questionnaires or published_questionnaires(filters.survey)
    if not filters.may_be_shown(asked):
        return withheld_trend(filters.selection, options, asked)
    return trend(
        filters.selection,
        options,
        records=records,
        questionnaires=asked,
        may_show=filters.shows_period(asked),
    )


def _condition_of(period):
    """A period of a trend as a condition on the attributes of a cube."""
    if period.kind == PeriodKind.WAVE:
        return {"wave": period.wave_id}
    day = period.first_day
    if period.kind == PeriodKind.MONTH:
        return {"month": f"{day:%Y-%m}"}
    if period.kind == PeriodKind.QUARTER:
        return {"quarter": f"{day.year}-Q{(day.month + 2) // 3}"}
    return {}


def _filters_from(form, user, survey, *, with_excluded):
    given = form.cleaned_data
    chosen = given.get("segment")
    return Filters(
        survey,
        user,
        unit=unit_for(user, given["unit"]) if given["unit"] else None,
        period=given.get("period", ""),
        segment=next((segment for segment in known_segments() if segment.code == chosen), None),
        language=given.get("language", ""),
        channel=given.get("channel", ""),
        satisfaction_class=given.get("satisfaction_class", ""),
        with_excluded=with_excluded,
    )


def days_of(period):
    """The first and the last day of "2026", "2026-Q1" or "2026-03"."""
    if not period:
        return None, None
    found = PERIOD.match(period)
    year, quarter, month = (int(part) if part else None for part in found.groups())
    first = month or (quarter * 3 - 2 if quarter else 1)
    last = month or (quarter * 3 if quarter else 12)
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _grain(period):
    return "year" if len(period) == 4 else "quarter" if "Q" in period else "month"
