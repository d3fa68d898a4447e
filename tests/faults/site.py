"""A whole Topbox for one test: a database, a survey in it, and gunicorn in front of it."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
import uuid
from contextlib import closing
from pathlib import Path

import psycopg

from .processes import free_port, wait_until

ROOT = Path(__file__).parents[2]
STRACE = ("strace", "-f", "-y", "-s", "32", "-e", "trace=fdatasync,fsync,pwrite64,sendto", "-o")


class Site:
    """Runs `manage.py` and gunicorn as an operator would, with an environment of its own."""

    def __init__(self, folder, database_url, **environment):
        self.folder = folder
        self.database_url = database_url
        self.port = free_port()
        self.log = folder / "gunicorn.log"
        self.process = None
        self.slug, self.tokens, self.slugs = None, [], []
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = kept | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "SECRET_KEY": "only-for-the-fault-tests-and-long-enough",
            "BASE_URL": f"http://127.0.0.1:{self.port}",
            "DATABASE_URL": database_url,
            "DATA_DIR": str(folder),
            "LOG_LEVEL": "WARNING",
            "SUBMISSIONS_PER_MINUTE": "0",  # one machine plays all customers
            **environment,
        }

    def run(self, *arguments):
        """Run Python with the site's environment; gives what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def prepare(self, *, links, unprotected=False, **more):
        """Put a survey with public links and personal links into the migrated database."""
        flags = ["--unprotected"] if unprotected else []
        flags += [f"--{name}={number}" for name, number in more.items()]
        made = json.loads(self.run("-m", "tests.faults.prepare", str(links), *flags))
        self.slug, self.tokens, self.slugs = made["slug"], made["tokens"], made["slugs"]

    def start(self, *, application="config.wsgi", workers=2, threads=8, trace=None):
        """Start gunicorn in a process group of its own and wait until a page is there."""
        command = [sys.executable, "-m", "gunicorn", f"{application}:application"]
        command += ["--bind", f"127.0.0.1:{self.port}", "--workers", str(workers)]
        command += ["--threads", str(threads), "--keep-alive", "30", "--log-level", "warning"]
        if trace:
            command = [*STRACE, str(trace), *command]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(self._answers, "gunicorn to answer", self.log)

    def kill(self):
        """Kill gunicorn with all its workers at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def close(self):
        """End gunicorn, if it runs."""
        if self.process and self.process.poll() is None:
            self.kill()

    def rows(self, query):
        """Rows of the database, read past the application."""
        if self.database_url.startswith("sqlite"):
            with closing(sqlite3.connect(self.database_url[len("sqlite:///") :])) as connection:
                return connection.execute(query).fetchall()
        with psycopg.connect(self.database_url) as connection:
            return connection.execute(query).fetchall()

    def count(self, table):
        """How many rows a table has."""
        return self.rows(f"SELECT count(*) FROM {table}")[0][0]

    def stored_ids(self):
        """The submission id of every stored response."""
        found = self.rows("SELECT submission_id FROM surveys_response")
        return [uuid.UUID(str(submission_id)) for (submission_id,) in found]

    def _answers(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"gunicorn ended:\n{self.log.read_text()[-3000:]}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/s/{self.slug}/") as page:
                return page.status == 200
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False


def copy_sqlite(template, folder):
    """A migrated SQLite database for one site; gives its DATABASE_URL."""
    target = folder / "topbox.sqlite3"
    shutil.copy(template, target)
    return f"sqlite:///{target}"
