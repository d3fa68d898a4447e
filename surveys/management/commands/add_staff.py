"""Makes an account for a member of staff, with one role and a fresh password."""

import secrets

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from surveys.enums import Role
from surveys.errors import AccountRefused
from surveys.models import Unit
from surveys.services.accounts import add_staff


class Command(BaseCommand):
    """Adds one person."""

    help = "Make an account for a member of staff; prints its fresh password once."

    def add_arguments(self, parser):
        """Who, and what they may do."""
        parser.add_argument("username")
        parser.add_argument("--role", choices=[role.value for role in Role], required=True)
        parser.add_argument("--unit", metavar="CODE", help="for a manager: the unit and all below")
        parser.add_argument("--email", default="")

    def handle(self, *args, **options):
        """Make the account, and tell the password."""
        password = secrets.token_urlsafe(12)
        try:
            add_staff(
                username=options["username"],
                role=options["role"],
                unit=self._unit(options["unit"]),
                email=options["email"],
                password=password,
            )
        except AccountRefused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(_("Password: %(password)s") % {"password": password})

    def _unit(self, code):
        """The unit with this code, or None when none was named."""
        if code is None:
            return None
        unit = Unit.objects.filter(code=code).first()
        if unit is None:
            raise CommandError(_("There is no unit %(code)s.") % {"code": code})
        return unit
