"""The fieldwork as a CSV file: one row for each day, link, unit and device."""

import csv
from io import StringIO

from django.utils.translation import gettext as _

from reports.fieldwork.view import day_table, few_words, group_tables
from surveys.formulas import guarded

BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet takes Chinese for Latin


def participation_csv(found):
    """The whole file as text; groups that are too small have no figures."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Grouped by"), _("Group"), _("Shown"), _("Begun"), _("Sent")])
    days = (*day_table(found), lambda day: day.isoformat())
    for _caption, head, groups, name in (days, *group_tables(found)):
        for group in groups:
            writer.writerow([head, guarded(name(group.key)), *_figures(group.funnel)])
    return BYTE_ORDER_MARK + out.getvalue()


def _figures(funnel):
    if funnel is None:
        return (few_words(), "", "")
    return (funnel.shown, funnel.started, funnel.completed)
