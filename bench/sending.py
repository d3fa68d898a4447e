"""How fast a mailing leaves, beside mail without a database: ``python -m bench.sending``.

One worker sends to a mail server on this machine that takes everything. The
floor is the same number of ready mails over one connection, without claim and
without mark; the ratio counts, not the rate. On the database that DATABASE_URL
names (it must be empty), else on a SQLite file of its own.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time

from tests.faults.processes import free_port

SECONDS_TO_START = 20


def main():
    """Measure once."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--mails", type=int, default=2000)
    number = parser.parse_args().mails
    port = free_port()
    sink = ["-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Sink", "-l", f"127.0.0.1:{port}"]
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATA_DIR": folder,
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "LOG_LEVEL": "WARNING",
        }
        server = subprocess.Popen([sys.executable, *sink])
        try:
            measure(number, port)
        finally:
            server.kill()


def measure(number, port):
    """Send ready mails, then the same number from the table."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from surveys.messages.mails import asking_mail
    from surveys.models import Delivery
    from surveys.services.sending import send_next_delivery
    from surveys.smtp import MailConnection
    from tests.deliveries import make_mailing

    call_command("migrate", verbosity=0)
    make_mailing(number)
    wait_for(port)
    mail, bare = asking_mail(Delivery.objects.first()), MailConnection()
    floor = seconds_of(lambda: [bare.send(mail) for _mail in range(number)])
    ours = seconds_of(lambda: [None for _run in iter(send_next_delivery, False)])
    sent = Delivery.objects.filter(state="sent").count()
    print(
        f"{connection.vendor}: {sent} of {number} mails in {ours:.1f} s, {sent / ours:.0f}/s; "
        f"without a database {number / floor:.0f}/s; {floor / ours:.2f} of the floor"
    )


def wait_for(port):
    """Until the mail server listens."""
    import socket

    for _try in range(SECONDS_TO_START * 10):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("The mail server did not start.")


def seconds_of(work):
    """How long something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
