"""Accounts: companies and households, each with a number."""

from django.utils.translation import gettext_lazy as _

from surveys.models import Account

from .cells import identifier_cell, text_cell
from .columns import Column
from .running import Importer
from .spellings import spellings
from .upserting import stage_by_external_id


class AccountImporter(Importer):
    """Adds and renames accounts; none is ever removed."""

    columns = (
        Column(
            "external_id",
            _("Account number"),
            _("What your other systems call the company or household."),
            spellings("accounts", "external_id"),
            "A-17",
            is_required=True,
        ),
        Column(
            "name",
            _("Name"),
            _("The name of the company or household."),
            spellings("accounts", "name"),
            "Smith & Sons",
        ),
    )

    def check(self, cells):
        """One account."""
        values = {"external_id": identifier_cell(cells["external_id"], "external_id")}
        if "name" in cells:
            values["name"] = text_cell(cells["name"], "name", 200)
        return values

    def stage(self, rows, outcome, staging):
        """Compare a batch with the accounts that are stored."""
        columns = [name for name in rows[0].values if name != "external_id"] if rows else []
        stage_by_external_id(Account, rows, columns, outcome, staging)
