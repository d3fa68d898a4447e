"""Erases one customer."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from surveys.selectors.customers import customer_by_number
from surveys.services.erase import erase_customer


class Command(BaseCommand):
    """Erases one customer, after the number was typed once more."""

    help = "Erase every trace of one customer outside backups; it cannot be undone."

    def add_arguments(self, parser):
        """Who."""
        parser.add_argument("number", help="of the customer")
        parser.add_argument("--yes", action="store_true", help="do not ask again")

    def handle(self, *args, **options):
        """Erase, once it is certain."""
        customer = customer_by_number(options["number"])
        if customer is None:
            raise CommandError(_("There is no customer with this number."))
        if not options["yes"]:
            self.stdout.write(_("Type the number once more to erase this customer for good:"))
            if input().strip() != options["number"]:
                raise CommandError(_("Nothing was erased."))
        erase_customer(customer=customer)
        self.stdout.write(_("The customer is erased. Backups made before still know them."))
