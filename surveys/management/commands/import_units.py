"""Imports units from a file; the same file again changes nothing."""

from surveys.imports.units import UnitImporter
from surveys.management.importing import ImportCommand


class Command(ImportCommand):
    """Reads units."""

    help = "Import units from a CSV or XLSX file. Columns: code, name, parent."

    def importer(self, options):
        """The importer of units."""
        return UnitImporter()
