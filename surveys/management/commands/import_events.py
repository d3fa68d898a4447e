"""Imports events from a file; the same file again changes nothing."""

from surveys.imports.events import EventImporter
from surveys.management.importing import ImportCommand


class Command(ImportCommand):
    """Reads events."""

    help = (
        "Import events from a CSV or XLSX file. Columns: external_id, customer, kind, "
        "occurred_at; and, as wanted, unit, amount, staff."
    )

    def importer(self, options):
        """The importer of events."""
        return EventImporter()
