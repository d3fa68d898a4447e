"""Fills an empty system with an invented company, so that everything can be tried."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from surveys.demo.making import (
    ADMINISTRATOR,
    MANAGER,
    is_empty,
    is_made,
    make_demonstration,
    public_addresses,
)

SMALLEST = 100
OWNER_ONLY = 0o600


class Command(BaseCommand):
    """Makes the demonstration; a second run changes nothing."""

    help = "Add an invented company with customers, purchases, surveys and answers."

    def add_arguments(self, parser):
        """How much to make, and where the password goes."""
        parser.add_argument("--customers", type=int, default=20_000, metavar="N")
        parser.add_argument("--seed", type=int, default=1, help="the same seed, the same company")
        parser.add_argument(
            "--today", type=date.fromisoformat, help="the day on which the data end (YYYY-MM-DD)"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="only when there are no surveys or customers"
        )
        parser.add_argument(
            "--password-file", type=Path, help="write the password here and not on the screen"
        )

    def handle(self, *args, **options):
        """Make it unless it is there, and say where to look."""
        if options["customers"] < SMALLEST:
            raise CommandError(f"--customers must be at least {SMALLEST}.")
        if is_made():
            self.stdout.write("The demonstration is here already; nothing was changed.")
        elif options["if_empty"] and not is_empty():
            self.stdout.write("There is other work here; no demonstration was added.")
            return
        else:
            self._make(options)
        self.stdout.write("Public survey links:")
        for address in public_addresses():
            self.stdout.write(f"  {address}")

    def _make(self, options):
        try:
            made = make_demonstration(
                customers=options["customers"],
                seed=options["seed"],
                today=options["today"] or datetime.now(UTC).date(),
            )
        except IntegrityError as error:
            raise CommandError(
                "The demonstration needs names that are taken here, such as the user "
                f"{ADMINISTRATOR!r} or the unit 'northlight'; nothing was changed."
            ) from error
        self.stdout.write("Northlight Appliances is an invented company; so is all that it shows.")
        self.stdout.write(f"Sign in as {ADMINISTRATOR!r} (everything) or {MANAGER!r} (one region).")
        password_file = options["password_file"]
        if password_file:
            write_for_owner(password_file, f"{made.password}\n")
            links_file = password_file.with_name("personal-links.txt")
            write_for_owner(links_file, "".join(f"{link}\n" for link in made.personal_links))
            self.stdout.write(f"Personal survey links, each good for one answer: {links_file}")
            return
        self.stdout.write(f"Password of {ADMINISTRATOR}: {made.password}")
        self.stdout.write(f"Password of {MANAGER}: {made.password}")
        self.stdout.write("Personal survey links, each good for one answer:")
        for link in made.personal_links:
            self.stdout.write(f"  {link}")


def write_for_owner(path, text):
    """Write a file that nobody else may read."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w") as file:
        file.write(text)
