"""Who was not asked, as a CSV table."""

import csv
import io

from django.utils.translation import gettext as _

from surveys.formulas import guarded


def skipped_csv(skipped):
    """A row for each customer who was skipped; no cell is taken for a formula."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow([_("Customer number"), _("Unit"), _("Reason"), _("Skipped at (UTC)")])
    for one in skipped.iterator():
        cells = (
            one.customer.external_id,
            one.customer.unit.code if one.customer.unit else "",
            one.get_reason_display(),
            f"{one.skipped_at:%Y-%m-%d %H:%M:%S}",
        )
        table.writerow([guarded(cell) for cell in cells])
    return "\ufeff" + text.getvalue()
