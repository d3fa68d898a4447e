"""What a relationship survey and transactional surveys say of the same groups of customers.

The kinds are set side by side and never added up: each survey keeps its own
answers, its own base and its own scale. Groups are hidden by the rule of the
breakdowns, in each survey by its own answers.
"""

from dataclasses import dataclass, replace

from django.utils.translation import get_language

from reports.attributes import Attribute, attributes_with
from reports.breakdown.breakdown import answered_cube, counts_by_group, counts_of
from reports.breakdown.measures import BrokenMeasure, measures_of
from reports.dataset import Cube, published_questionnaires
from reports.disclosure import disclosure_of
from reports.filters import Filters
from scoring.comparison import mean_difference, share_difference
from scoring.results import Estimate
from scoring.satisfaction import Satisfaction, csat
from scoring.satisfaction_classes import SatisfactionClasses, satisfaction_classes
from scoring.scales import Scale
from surveys.enums import MeasureRole, SurveyKind
from surveys.permissions import surveys_for

MOST_GROUPS = 60
MOST_TRANSACTIONAL = 4
SHORTEST_SCALE_WITH_CLASSES = 3
OF_CUSTOMERS = ("segment", "language")
TRAITS_OF_CUSTOMERS = ("trait-stage", "trait-type", "trait-role", "trait-attribute.")


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """The answers of one survey to its overall question, as the filters choose them."""

    filters: Filters
    questionnaires: list
    measure: BrokenMeasure
    cube: Cube

    @property
    def survey(self):
        """The survey that was answered."""
        return self.filters.survey

    @property
    def scale(self):
        """The scale of the overall question."""
        return Scale(self.measure.points[0], self.measure.points[-1])


@dataclass(frozen=True, slots=True)
class Side:
    """One survey on one group; figures are None where it is hidden or nobody answered.

    The differences are those to the relationship survey, which has none itself;
    a mean is compared on the same scale only.
    """

    source: Source
    is_hidden: bool = False
    counts: tuple[int, ...] = ()
    satisfaction: Satisfaction | None = None
    classes: SatisfactionClasses | None = None
    top_box_difference: Estimate | None = None
    mean_difference: Estimate | None = None


@dataclass(frozen=True, slots=True)
class GroupOfBoth:
    """One group of customers, the relationship survey first."""

    name: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class SurveyKinds:
    """Everybody together, and group by group; `is_too_fine` where there are too many to read."""

    sources: tuple[Source, ...]
    everybody: GroupOfBoth
    attribute: Attribute | None = None
    groups: tuple[GroupOfBoth, ...] = ()
    is_too_fine: bool = False

    @property
    def has_one_scale(self):
        """Whether all surveys ask on the same scale, so that means and points may be compared."""
        return len({source.scale.points for source in self.sources}) == 1

    @property
    def hidden_count(self):
        """How many figures of groups were taken out."""
        return sum(side.is_hidden for group in self.groups for side in group.sides)


def surveys_of_both_kinds(user):
    """The relationship and the transactional surveys of this user that ask for satisfaction."""
    asking = surveys_for(user).filter(
        versions__published_at__isnull=False, versions__questions__role=MeasureRole.OVERALL
    )
    found = asking.distinct()
    return tuple(
        [survey for survey in found if survey.kind == kind]
        for kind in (SurveyKind.RELATIONSHIP, SurveyKind.TRANSACTIONAL)
    )


def source_of(filters):
    """The answers of the survey of these filters, or None where it asks nothing overall."""
    asked = published_questionnaires(filters.survey)
    measure = measures_of(asked, get_language()).get("top_box") if asked else None
    if measure is None:
        return None
    return Source(filters, asked, measure, answered_cube(filters.selection, asked, measure))


def groupings_of(sources):
    """The attributes of customers on which the answers of some survey differ, by key."""
    values = {}
    for source in sources:
        for key, column in source.cube.columns.items():
            if _is_of_customers(key):
                values.setdefault(key, set()).update(column.values)
    ordered = {key: tuple(sorted(found, key=_unknown_last)) for key, found in values.items()}
    first = sources[0]
    found = attributes_with(ordered, first.questionnaires, first.survey)
    return dict(sorted(found.items(), key=lambda pair: pair[0].startswith("unit-")))


def _is_of_customers(key):
    return key.startswith(("unit-", *TRAITS_OF_CUSTOMERS)) or key in OF_CUSTOMERS


def _unknown_last(value):
    return value is None, str(value)


def survey_kinds(sources, attribute=None):
    """The surveys side by side; the first source is the relationship survey."""
    everybody = _compared("", [_side(source, {}) for source in sources])
    found = SurveyKinds(tuple(sources), everybody, attribute)
    if attribute is None:
        return found
    values = set().union(*(_values_of(source, attribute.key) for source in sources))
    if len(values) > MOST_GROUPS:
        return replace(found, is_too_fine=True)
    groups = [
        _compared(
            attribute.names[value], [_side(source, {attribute.key: value}) for source in sources]
        )
        for value in attribute.names
        if value in values
    ]
    return replace(found, groups=tuple(groups))


def _values_of(source, key):
    """Which values of an attribute the answers chosen have; none is known where it is not kept."""
    cells = source.cube.where(source.cube.is_in(source.filters.conditions))
    if key not in cells.columns:
        return {None} if len(cells.n) else set()
    return {values[0] for values, _n in counts_by_group(cells, source.measure, [key])}


def _side(source, group):
    """The figures of one survey on those who meet the filters and are in the group."""
    conditions = source.filters.conditions | {
        key: value
        for key, value in group.items()
        if key in source.cube.columns or value is not None
    }
    n = counts_of(source.cube.where(source.cube.is_in(conditions)), source.measure)
    if not n.sum():
        return Side(source)
    if not disclosure_of(source.cube).shows(conditions):
        return Side(source, is_hidden=True)
    has_classes = source.scale.length >= SHORTEST_SCALE_WITH_CLASSES
    return Side(
        source,
        counts=tuple(n.tolist()),
        satisfaction=csat(n, scale=source.scale),
        classes=satisfaction_classes(n, scale=source.scale) if has_classes else None,
    )


def _compared(name, sides):
    first, *others = sides
    return GroupOfBoth(name, (first, *(_with_differences(first, other) for other in others)))


def _with_differences(first, side):
    if not (first.counts and side.counts):
        return side
    bests = (first.counts[-1], sum(first.counts), side.counts[-1], sum(side.counts))
    side = replace(side, top_box_difference=share_difference(*bests).difference)
    scale = side.source.scale
    if first.source.scale.points != scale.points:
        return side
    means = mean_difference(first.counts, side.counts, scale=scale)
    return replace(side, mean_difference=means.difference)
