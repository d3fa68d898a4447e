"""Customers: a number and whatever else is known about them."""

from django.conf import settings
from django.utils.translation import gettext as _

from surveys.models import Customer, Segment, Unit

from .cells import email_cell, identifier_cell, known_cell, plain, shown, text_cell
from .errors import RowRefused
from .running import Importer
from .upserting import store_by_external_id


class CustomerImporter(Importer):
    """Updates only the columns that the file has; whoever opted out stays opted out."""

    required = ("external_id",)
    optional = ("name", "email", "phone", "language", "unit", "segment")

    def begin(self, columns):
        """Read the lists that rows refer to."""
        self.columns = columns
        self.languages = {code.lower(): code for code, _name in settings.LANGUAGES}
        self.units = {code.lower(): pk for code, pk in Unit.objects.values_list("code", "pk")}
        self.segments = {code.lower(): pk for code, pk in Segment.objects.values_list("code", "pk")}

    def check(self, cells):
        """One customer."""
        values = {"external_id": identifier_cell(cells["external_id"], "external_id")}
        if "name" in cells:
            values["name"] = text_cell(cells["name"], "name", 200)
        if "email" in cells:
            values["email"] = email_cell(cells["email"], "email")
        if "phone" in cells:
            values["phone"] = text_cell(plain(cells["phone"]), "phone", 40)
        if "language" in cells:
            values["language"] = self._language(cells["language"])
        if "unit" in cells:
            values["unit_id"] = known_cell(cells["unit"], "unit", self.units)
        if "segment" in cells:
            values["segment_id"] = known_cell(cells["segment"], "segment", self.segments)
        return values

    def store(self, rows, outcome):
        """Insert or update a batch."""
        columns = [name for name in rows[0].values if name != "external_id"]
        store_by_external_id(Customer, rows, columns, outcome)

    def _language(self, cell):
        code = plain(cell).replace("_", "-").lower()
        if code and code not in self.languages:
            raise RowRefused(
                _("language “%(cell)s” is none of %(known)s.")
                % {"cell": shown(cell), "known": ", ".join(self.languages.values())}
            )
        return self.languages.get(code, "")
