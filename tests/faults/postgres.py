"""A PostgreSQL server of the test's own: made, killed and started again at will."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from .processes import free_port, wait_until

SHARED_BY_DEBIAN = "/usr/lib/postgresql"


def find_programs():
    """The folder of `initdb`; skips the test where PostgreSQL is not installed."""
    for folder in sorted(Path(SHARED_BY_DEBIAN).glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    if found := shutil.which("initdb"):
        return Path(found).parent
    pytest.skip("PostgreSQL's server programs (initdb) are not installed.")


class PostgresServer:
    """A cluster in a temporary folder, listening on a port of its own.

    PostgreSQL refuses to run as root, so that root hands it to the account
    that came with the installation.
    """

    def __init__(self, *, settings=(), copy_of=None, parent=None):
        self.programs = find_programs()
        self.folder = Path(tempfile.mkdtemp(prefix="topbox-postgres-", dir=parent))
        self.cluster = self.folder / "cluster"
        self.port = free_port()
        self.settings = dict(settings)
        self.trace = None
        self.process = None
        self.prefix = []
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            self.prefix = ["runuser", "-u", "postgres", "--"]
        self.log = (self.folder / "server.log").open("wb")
        making = ["cp", "-R", str(copy_of), str(self.cluster)] if copy_of else self._initdb()
        subprocess.run([*self.prefix, *making], check=True, capture_output=True)

    def _initdb(self):
        return [
            str(self.programs / "initdb"),
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync",
            f"--pgdata={self.cluster}",
        ]

    def start(self):
        """Start the server and wait until it lets somebody in."""
        options = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self.folder,
            "shared_buffers": "32MB",
            "max_connections": 60,
        } | self.settings
        command = [str(self.programs / "postgres"), "-D", str(self.cluster)]
        command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        tracer = []
        if self.trace:
            calls = "trace=fdatasync,pwrite64,sendto"
            tracer = ["strace", "-f", "-y", "-s", "32", "-e", calls, "-o", str(self.trace)]
        self.process = subprocess.Popen(
            [*self.prefix, *tracer, *command],
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        wait_until(self._answers, "PostgreSQL to answer", self.log.name)

    def shut_down(self):
        """End the server in good order, with everything written."""
        os.kill(self._postmaster(), signal.SIGINT)
        self.process.wait()

    def kill(self):
        """Kill every process of the server at once and wait until all are gone.

        Without the wait, the next start would fail on the lock of the last one.
        """
        postmaster = self._postmaster()
        family = [postmaster, *children_of(postmaster)]
        for pid in family:
            kill_quietly(pid)
        wait_until(lambda: not any(map(is_alive, family)), "PostgreSQL to be gone", self.log.name)
        self.process.wait()
        self._lock.unlink(missing_ok=True)

    def stop(self):
        """End the server and remove its folder."""
        if self._lock.exists():
            self.kill()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, name):
        """The DATABASE_URL of one database."""
        return f"postgres://postgres@127.0.0.1:{self.port}/{name}"

    def create(self, name, *, template="template1"):
        """Make a database."""
        with self._connect() as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    @property
    def _lock(self):
        return self.cluster / "postmaster.pid"

    def _postmaster(self):
        return int(self._lock.read_text().split()[0])

    def _connect(self):
        return psycopg.connect(self.address("postgres"), autocommit=True, connect_timeout=2)

    def _answers(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"PostgreSQL ended:\n{Path(self.log.name).read_text()[-3000:]}")
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True


def children_of(pid):
    """Direct children of a process."""
    table = subprocess.check_output(["ps", "-A", "-o", "pid=,ppid="], text=True)
    pairs = [map(int, line.split()) for line in table.splitlines()]
    return [child for child, parent in pairs if parent == pid]


def is_alive(pid):
    """Whether a process is there and not merely waiting to be collected."""
    try:
        os.kill(pid, 0)
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except ProcessLookupError:
        return False
    except FileNotFoundError:  # a machine without /proc, or the process ended between the two
        return not Path("/proc").exists()


def kill_quietly(pid):
    """Kill a process that may have ended already."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
