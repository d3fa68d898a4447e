"""How gunicorn serves Topbox: `python -m gunicorn --config config/gunicorn.py`.

Who holds a survey link may answer with it, and the time of a request beside
its sender would undo an anonymous survey. So no line of these logs, errors
included, shows what stands behind /r/, /s/ and /c/, a query string or a referring
page, and requests for survey pages are noted without their sender.
"""

import logging
import os
from urllib.parse import quote, unquote

from gunicorn.glogging import Logger

from config.logs import hide_links


class LinkHidingFormatter(logging.Formatter):
    """Formats a record, with its traceback, without survey links."""

    def format(self, record):
        return hide_links(super().format(record))


class LinkHidingLogger(Logger):
    """Gunicorn's logger, with formatters that hide links and access lines that name nobody."""

    def setup(self, cfg):
        super().setup(cfg)
        for log, text in ((self.error_log, self.error_fmt), (self.access_log, self.access_fmt)):
            for handler in log.handlers:
                handler.setFormatter(LinkHidingFormatter(text, self.datefmt))

    def atoms(self, resp, req, environ, request_time):
        known = super().atoms(resp, req, environ, request_time)
        # Compared decoded, as the application sees it, and written quoted again, so that
        # no path can begin a line of its own. RAW_URI is there even when the application failed.
        path = unquote(environ["RAW_URI"].partition("?")[0])
        sender = known["h"] if hide_links(path) == path else "-"
        return {**known, "h": sender, "U": quote(path)}


wsgi_app = "config.wsgi"
preload_app = True  # checked once: a worker that restarts while the database is away must not fail
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 8
keepalive = 5
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
accesslog = "-"
access_log_format = "%(t)s %(h)s %(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"
control_socket_disable = True
logger_class = LinkHidingLogger
