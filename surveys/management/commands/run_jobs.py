"""The job worker: runs queued tasks, and sweeps up what is due or was left behind."""

import logging
import signal
import threading
import time
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from surveys.services.heartbeat import beat
from surveys.services.sweeps import run_sweeps

BEAT_EVERY_SECONDS = 10
TASK_POLL_SECONDS = 1
LAST_TASK_SECONDS = 25
NAP_SECONDS = 0.2

logger = logging.getLogger(__name__)


class TaskRunner(threading.Thread):
    """Runs what the queue holds, in a thread beside the sweeps, until it is told to stop."""

    def __init__(self):
        super().__init__(name="tasks", daemon=True)
        self.worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=TASK_POLL_SECONDS,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )

    def run(self):
        """Work; when the database goes away, wait for it."""
        while self.worker.running:
            try:
                self.worker.run()
            except Error as error:
                logger.warning("The queue cannot be read (%s); waiting.", type(error).__name__)
                connection.close()
                time.sleep(TASK_POLL_SECONDS)
        connection.close()

    def stop(self):
        """Let the task that runs come to its end, for a while; its row tells the next worker."""
        self.worker.running = False
        self.join(LAST_TASK_SECONDS)


class Command(BaseCommand):
    """Works until SIGTERM or SIGINT."""

    help = "Run the job worker: mails, reports and everything else that takes longer than a page."

    def add_arguments(self, parser):
        """How often to look, and whether to go on."""
        parser.add_argument(
            "--interval", type=float, default=3.0, help="seconds between two sweeps (default 3)"
        )
        parser.add_argument(
            "--once", action="store_true", help="sweep up what is due now, without the queue"
        )

    def handle(self, *args, interval, once, **options):
        """Refuse an unsafe database, then work."""
        self.check(databases=["default"])
        self.is_stopping, self.beaten_at = False, None
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._note_stop)
        if once:
            self._sweep()
            return
        tasks = TaskRunner()
        tasks.start()
        with self._database_may_be_away():
            self._go_on()
        logger.info("The worker is ready.")
        while not self.is_stopping and tasks.is_alive():
            self._sweep()
            self._rest(interval)
        tasks.stop()
        if not self.is_stopping:
            raise CommandError("The queue broke off; the log says why.")
        logger.info("The worker has ended.")

    def _note_stop(self, number, frame):
        # Only a flag: taking a lock inside a signal handler could wait for itself.
        self.is_stopping = True

    def _sweep(self):
        with self._database_may_be_away():
            run_sweeps(between=self._go_on)
            self._go_on()

    @contextmanager
    def _database_may_be_away(self):
        close_old_connections()
        try:
            yield
        except Error as error:
            logger.warning("The database does not answer (%s).", type(error).__name__)
            connection.close()

    def _go_on(self):
        """Show a sign of life when one is due; false when it is time to end."""
        now = time.monotonic()
        if self.beaten_at is None or now - self.beaten_at >= BEAT_EVERY_SECONDS:
            beat()
            self.beaten_at = now
        return not self.is_stopping

    def _rest(self, seconds):
        until = time.monotonic() + seconds
        while not self.is_stopping and time.monotonic() < until:
            time.sleep(NAP_SECONDS)
