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
