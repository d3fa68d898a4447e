"""A database of its own for tests with real worker processes, and a real mail server."""

import contextlib
import logging
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.core.management import call_command
from django.db import connection, connections

ROOT = Path(__file__).parents[2]
END_SESSIONS = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s"


@pytest.fixture
def own_database(request, django_db_setup, django_db_blocker, tmp_path):
    """A copy of the migrated test database that other processes can open; gives its address."""
    with django_db_blocker.unblock():
        usual = connections["default"]
        own = usual.copy()
        if connection.vendor == "sqlite":
            copied = copied_sqlite(request.getfixturevalue("migrated_sqlite"), own, tmp_path)
        else:
            copied = copied_postgresql(usual, own)
        with copied as address:
            connections["default"] = own
            if not own.introspection.table_names():  # no other test of this run asked for tables
                call_command("migrate", verbosity=0)
            try:
                yield address
            finally:
                own.close()
                connections["default"] = usual


def is_test_database(usual):
    """Whether tables for tests were made; nobody needs them when only such tests run."""
    return usual.settings_dict["NAME"] == usual.creation._get_test_db_name()


@contextlib.contextmanager
def copied_sqlite(migrated, own, directory):
    """Copy the file with every table."""
    file = shutil.copy(migrated, directory / "topbox.sqlite3")
    own.settings_dict["NAME"] = str(file)
    yield f"sqlite:///{file}"


@contextlib.contextmanager
def copied_postgresql(usual, own):
    """Copy the database inside its server."""
    import psycopg

    settings = usual.settings_dict
    name = f"{usual.creation._get_test_db_name()}_jobs"
    usual.close()
    where = {"host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"]}
    with psycopg.connect(dbname="postgres", autocommit=True, **where) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        if is_test_database(usual):
            copy_alone(server, settings["NAME"], name)
        else:
            server.execute(f'CREATE DATABASE "{name}"')
        own.settings_dict["NAME"] = name
        try:
            yield f"postgres://{where['user']}@{where['host']}:{where['port']}/{name}"
        finally:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def copy_alone(server, template, name):
    """Copy a database while nobody else is in it, as PostgreSQL wants it."""
    server.execute(f'ALTER DATABASE "{template}" ALLOW_CONNECTIONS false')
    try:
        server.execute(END_SESSIONS, [template])  # a page of an earlier test may still ask
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    finally:
        server.execute(f'ALTER DATABASE "{template}" ALLOW_CONNECTIONS true')


class Inbox:
    """What a mail server does with a message, and all that it took."""

    def __init__(self):
        self.messages = []
        self.on_message = lambda server: "250 taken"
        self.on_recipient = lambda server: None
        self.on_envelope = None

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        """Take every recipient, unless the test does something to the connection."""
        self.on_recipient(server)
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        """Keep the message unless the answer refuses it; `on_envelope` takes its place."""
        if self.on_envelope:
            return await self.on_envelope(server, envelope)
        answer = self.on_message(server)
        if answer.startswith("250"):
            self.messages.append(envelope.content.decode())
        return answer

    @property
    def message_ids(self):
        """Message-ID of everything that arrived, in order."""
        lines = "\n".join(self.messages).splitlines()
        return [line.split(":", 1)[1].strip() for line in lines if line.startswith("Message-ID:")]


@pytest.fixture
def mail_server():
    """A real SMTP server; gives its inbox, which knows its address."""
    inbox = Inbox()
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # it would tell each command
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    inbox.address, inbox.port = f"smtp://127.0.0.1:{port}", port
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield inbox
    controller.stop()


@pytest.fixture
def real_mail(settings, mail_server):
    """Sends through the real mail server; gives its inbox."""
    settings.EMAIL_BACKEND = "surveys.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server.port
    return mail_server


@pytest.fixture
def start_process(own_database, mail_server, tmp_path):
    """Starts programs of ours on the database and the mail server of the test."""
    children = []

    def start(*arguments, **more):
        environment = {
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": own_database,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "EMAIL_URL": mail_server.address,
            "PYTHONPATH": str(ROOT),
            **more,
        }
        child = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        children.append(child)
        return child

    yield start
    for child in children:
        if child.poll() is None:
            child.kill()
        child.communicate()
