"""Settings of the tests: production's, with what a test run needs."""

import os

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
