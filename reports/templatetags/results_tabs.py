"""The tabs over the results of one survey: groups of pages, and the pages of the current group."""

from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

register = template.Library()

GROUPS = [
    (_("Overview"), [("reports:results", _("Overview"))]),
    (
        _("Curve and loyalty"),
        [("reports:curve", _("Curve")), ("reports:loyalty", _("Loyalty"))],
    ),
    (_("Trend"), [("reports:trend", _("Trend"))]),
    (
        _("Where and why"),
        [
            ("reports:breakdown", _("Breakdown")),
            ("reports:drivers", _("Drivers")),
            ("reports:questions", _("Questions")),
            ("reports:comments", _("Comments")),
        ],
    ),
    (
        _("Who answered"),
        [
            ("reports:who_answered", _("Who answered")),
            ("fieldwork:progress", _("Fieldwork")),
            ("surveys:response_quality", _("Data quality")),
        ],
    ),
    (
        _("Reports and files"),
        [("reports:edition_list", _("Bulletins")), ("reports:export_list", _("Exports"))],
    ),
]
OF_ROWS = {"reports:comments", "surveys:response_quality"}


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of results."""

    label: str
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class TabGroup:
    """Pages that belong together; its own tab leads to the first of them."""

    label: str
    tabs: tuple[Tab, ...]

    @property
    def current(self):
        """The page that is shown, if it is one of these."""
        return next((tab for tab in self.tabs if tab.is_current), None)


@register.inclusion_tag("reports/parts/tabs.html", takes_context=True)
def results_tabs(context):
    """All groups, and the one whose page is shown; the unit that was chosen goes along."""
    groups = [TabGroup(label, tuple(_tabs(context, pages))) for label, pages in GROUPS]
    return {"groups": groups, "current": next((g for g in groups if g.current), None)}


def _tabs(context, pages):
    unit, path = context.get("unit"), context["request"].path
    for name, label in pages:
        if name in OF_ROWS and not context.get("may_see_rows"):
            continue
        address = reverse(name, args=[context["survey"].slug])
        query = f"?unit={unit.code}" if unit and name.startswith("reports:") else ""
        yield Tab(label, address + query, path == address)
