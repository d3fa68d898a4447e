"""Writes everything that is known of one customer into a file."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from surveys.selectors.customers import customer_by_number
from surveys.selectors.person_file import person_file


class Command(BaseCommand):
    """Exports one customer."""

    help = "Write everything that is known of one customer as JSON."

    def add_arguments(self, parser):
        """Who, and where to."""
        parser.add_argument("number", help="of the customer")
        parser.add_argument("file", help="JSON file to write; it must not be there yet")

    def handle(self, *args, **options):
        """Write the file."""
        customer = customer_by_number(options["number"])
        if customer is None:
            raise CommandError(_("There is no customer with this number."))
        path = Path(options["file"])
        try:
            with path.open("x", encoding="utf-8") as file:
                json.dump(person_file(customer), file, ensure_ascii=False, indent=1)
        except OSError as error:
            raise CommandError(
                _("The file cannot be written (%(reason)s).") % {"reason": error.strerror}
            ) from None
        self.stdout.write(_("Written: %(file)s") % {"file": path})
