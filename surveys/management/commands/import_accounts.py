"""Imports accounts from a file; the same file again changes nothing."""

from surveys.imports.accounts import AccountImporter
from surveys.management.importing import ImportCommand


class Command(ImportCommand):
    """Reads accounts."""

    help = "Import accounts from a CSV or XLSX file. Columns: external_id; and, as wanted, name."

    def importer(self, options):
        """The importer of accounts."""
        return AccountImporter()
