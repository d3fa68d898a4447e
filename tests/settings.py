"""Settings of the tests: production's, with what a test run needs."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-the-tests-and-longer-than-thirty-two-signs")

from config.settings import *  # noqa: F403 (the environment must be set first)

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
# All tests come from one address; those of the limits set their own.
SUBMISSIONS_PER_MINUTE = UNKNOWN_LINKS_PER_MINUTE = 0

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    # A file, as in production: a database in memory is one connection for the test, the
    # server's threads and the jobs, and a page that still reads locks the tables for the rest.
    _folder = tempfile.TemporaryDirectory(prefix="topbox-test-", ignore_cleanup_errors=True)
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder.name}/topbox.sqlite3"}  # noqa: F405
