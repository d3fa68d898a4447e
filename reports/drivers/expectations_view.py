"""Basic and latent items in words: a table of the groups, and one by length of relationship."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.charts.figures import ChartTable
from reports.dataset import UNKNOWN
from reports.words import formatting, wording
from surveys.enums import ExpectationLevel
from surveys.rules.piping import with_fallbacks
from surveys.texts import text_in


@dataclass(frozen=True, slots=True)
class GroupView:
    """One group of items with their texts."""

    level: str
    name: str
    items: tuple[str, ...]
    value: str
    interval: str
    base: str


@dataclass(frozen=True, slots=True)
class ExpectationGroupsView:
    """Both groups as results pages show them; `lengths` is None where they are not told."""

    groups: tuple[GroupView, ...]
    table: ChartTable
    lengths: ChartTable | None


def expectation_groups_view(result, default):
    """An `ExpectationGroups` in the active language; None stays None: no item is marked."""
    if result is None:
        return None
    groups = tuple(_group(group, default) for group in result.groups)
    return ExpectationGroupsView(
        groups=groups,
        table=_table(groups),
        lengths=_lengths(result) if result.lengths else None,
    )


def _group(group, default):
    language = get_language()
    return GroupView(
        level=group.level,
        name=group_names()[group.level],
        items=tuple(with_fallbacks(text_in(item.text, language, default)) for item in group.items),
        value=formatting.percent(group.best.value),
        interval=_interval(group.best),
        base=formatting.base(group.best.base),
    )


def _interval(estimate):
    absent = wording.absence_words(estimate, settings.MINIMUM_BASE)
    return absent or formatting.interval(estimate)


def _table(groups):
    return ChartTable(
        caption=_("Basic and latent expectations"),
        head=(_("Items"), _("Number of items"), _("Best answer"), _("95% interval"), _("Answers")),
        rows=tuple(
            (
                group.name,
                formatting.count(len(group.items)),
                group.value,
                group.interval,
                group.base,
            )
            for group in groups
        ),
    )


def _lengths(result):
    rows = []
    for length in result.lengths:
        for level, best in length.best.items():
            name = length_words(length.length, level)
            base = formatting.base(best.base) if best.is_defined else formatting.NOTHING
            rows.append((name, formatting.percent(best.value), _interval(best), base))
    return ChartTable(
        caption=_("By length of the relationship, from the first known event to the answer"),
        head=(_("Customers and items"), _("Best answer"), _("95% interval"), _("Answers")),
        rows=tuple(rows),
    )


def group_names():
    """The two groups as tables name them."""
    return {
        ExpectationLevel.BASIC: _("Basic items"),
        ExpectationLevel.LATENT: _("Latent items"),
    }


def length_words(length, level):
    """Customers known for so long, and the items they answered."""
    names = {"length": length_names()[length], "items": group_names()[level]}
    return _("%(length)s: %(items)s") % names


def length_names():
    """How long a customer was known."""
    return {
        "under_1": _("Under a year"),
        "from_1_to_3": _("One to three years"),
        "from_3": _("Three years and longer"),
        UNKNOWN: _("Not known"),
    }
