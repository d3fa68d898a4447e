"""Reading the mails that came back: from a pipe, a file, an mbox or a Maildir."""

import mailbox
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from surveys.messages.bounce_reports import MOST_BYTES, is_hard, read_report
from surveys.services.bounces import note_report


class Command(BaseCommand):
    """Marks what came back, and the customers who called a mail unwanted."""

    help = (
        "Read bounces and complaints: one mail from standard input, a file, an mbox, or what is "
        "new in a Maildir. Reading the same mail again changes nothing."
    )

    def add_arguments(self, parser):
        """Where the mails are."""
        parser.add_argument(
            "path", nargs="?", default="-", help="file, mbox or Maildir; without it standard input"
        )

    def handle(self, *args, path, **options):
        """Read everything and say how many of each kind there were."""
        counts = Counter()
        for source in mails_in(path):
            counts[self._note(source)] += 1
        self.stdout.write(
            f"{counts['hard'] + counts['soft']} bounces ({counts['hard']} of them of bad "
            f"addresses), {counts['complaint']} complaints, {counts['other']} other mails."
        )

    def _note(self, source):
        report = read_report(source)
        if report is None:
            return "other"
        note_report(report)
        if report.is_complaint:
            return "complaint"
        return "hard" if is_hard(report.status) else "soft"


def mails_in(path):
    """Each mail as bytes; those of a Maildir are moved out of what is new once they are read."""
    if path == "-":
        yield sys.stdin.buffer.read(MOST_BYTES)
        return
    place = Path(path)
    if (place / "new").is_dir():
        yield from _new_in_maildir(place)
    elif not place.is_file():
        raise CommandError(f"There is neither a file nor a Maildir at {path}.")
    else:
        with place.open("rb") as file:
            is_mbox = file.read(5) == b"From "
            file.seek(0)
            yield from _in_mbox(place) if is_mbox else [file.read(MOST_BYTES)]


def _in_mbox(place):
    with closing(mailbox.mbox(place, create=False)) as box:
        for key in box.iterkeys():
            yield box.get_bytes(key)[:MOST_BYTES]


def _new_in_maildir(place):
    for file in sorted((place / "new").iterdir()):
        with file.open("rb") as mail:
            yield mail.read(MOST_BYTES)
        (place / "cur").mkdir(exist_ok=True)
        file.rename(place / "cur" / f"{file.name}:2,S")
