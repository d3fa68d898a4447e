"""The tabs over the results of one survey."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

register = template.Library()

PAGES = [
    ("reports:results", _("Overview")),
    ("reports:curve", _("Curve")),
    ("reports:trend", _("Trend")),
    ("reports:breakdown", _("Breakdown")),
    ("reports:drivers", _("Drivers")),
    ("reports:questions", _("Questions")),
    ("reports:loyalty", _("Loyalty")),
    ("reports:who_answered", _("Who answered")),
    ("fieldwork:progress", _("Fieldwork")),
    ("reports:edition_list", _("Bulletins")),
    ("reports:export_list", _("Exports")),
]
OF_ROWS = [("reports:comments", _("Comments")), ("surveys:response_quality", _("Data quality"))]


@register.inclusion_tag("reports/parts/tabs.html", takes_context=True)
def results_tabs(context):
    """One tab for each page; the unit that was chosen goes along."""
    unit, path = context.get("unit"), context["request"].path
    pages = PAGES + (OF_ROWS if context.get("may_see_rows") else [])
    tabs = []
    for name, label in pages:
        address = reverse(name, args=[context["survey"].slug])
        query = f"?unit={unit.code}" if unit and name.startswith("reports:") else ""
        tabs.append({"label": label, "address": address + query, "is_current": path == address})
    return {
        "tabs": tabs,
        "current": next((tab["label"] for tab in tabs if tab["is_current"]), ""),
    }
