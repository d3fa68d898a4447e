"""Imports customers from a file; the same file again changes nothing."""

from surveys.imports.customers import CustomerImporter
from surveys.management.importing import ImportCommand


class Command(ImportCommand):
    """Reads customers."""

    help = (
        "Import customers from a CSV or XLSX file. Columns: external_id; and, as wanted, "
        "name, email, phone, language, time_zone, unit, segment, stage, respondent_type, account, "
        "account_role, opted_out, attribute.<code>."
    )

    def importer(self, options):
        """The importer of customers."""
        return CustomerImporter()
