"""Checks of the configuration: each mistake gets a number, a sentence and a way to mend it.

Unsafe settings stop the start. An acknowledged answer is on the disk, so a
database that answers before it has written is refused; development (DEBUG=1
on this machine's own address) is left alone.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}
SQLITE_LEVELS = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}
POSTGRES_SWITCHES = ("fsync", "full_page_writes", "synchronous_commit")


@register(Tags.security)
def check_secret_key(app_configs, **kwargs):
    """A missing or known secret key would let anybody forge a session."""
    if settings.DEBUG:
        return []
    if settings.SECRET_KEY in ("", settings.DEVELOPMENT_KEY) or len(settings.SECRET_KEY) < 32:
        return [
            Error(
                "SECRET_KEY is missing, known or shorter than 32 characters.",
                hint="Set SECRET_KEY (or SECRET_KEY_FILE) to a long random text.",
                id="topbox.E001",
            )
        ]
    return []


@register(Tags.security)
def check_debug(app_configs, **kwargs):
    """DEBUG shows settings and code to visitors, so it stays on this machine."""
    if settings.DEBUG and urlsplit(settings.BASE_URL).hostname not in LOCAL_HOSTS:
        return [
            Error(
                f"DEBUG is on although BASE_URL is {settings.BASE_URL}.",
                hint="Remove DEBUG from the environment.",
                id="topbox.E002",
            )
        ]
    return []


@register(Tags.database)
def check_durability(app_configs, databases=None, **kwargs):
    """Refuse a database that says "stored" before it has stored."""
    if settings.DEBUG or not databases:
        return []
    try:
        weak = weak_database_settings()
    except DatabaseError as error:
        return [_no_answer(error)]
    return [
        Error(
            f"The database runs with {name} = {value}: an acknowledged answer could be lost.",
            hint=f"Set {name} to {wanted}.",
            id="topbox.E003",
        )
        for name, value, wanted in weak
    ]


def _no_answer(error):
    return Error(
        " ".join(f"The database does not answer: {error}".split()),
        hint="Look at DATABASE_URL and whether the server runs.",
        id="topbox.E004",
    )


def weak_database_settings():
    """Each setting that weakens durability: its name, its value, and the value wanted."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            level = cursor.fetchone()[0]
            return [("synchronous", SQLITE_LEVELS[level], "FULL")] if level < 2 else []
        weak = []
        for name in POSTGRES_SWITCHES:
            cursor.execute(f"SHOW {name}")
            value = cursor.fetchone()[0]
            if value == "off":
                weak.append((name, value, "on"))
        return weak


@register(Tags.compatibility)
def check_pdf(app_configs, **kwargs):
    """Without Pango the reports are pages only, which is said once at the start."""
    if _pango_is_here():
        return []
    kind, number = (Error, "topbox.E005") if settings.REQUIRE_PDF else (Warning, "topbox.W005")
    return [
        kind(
            "Pango is not installed, so reports are shown as pages and not as PDF.",
            hint="Install libpango-1.0-0 and libpangoft2-1.0-0 (Debian), or pango (Homebrew).",
            id=number,
        )
    ]


def _pango_is_here():
    from ctypes.util import find_library

    return bool(find_library("pango-1.0") and find_library("pangoft2-1.0"))


def refuse_unsafe_start():
    """Stop the web server or the worker when a check found an error."""
    try:
        messages = run_checks(databases=["default"])
    except DatabaseError as error:  # the checks of the models ask it, too
        messages = [_no_answer(error)]
    errors = [one for one in messages if one.is_serious() and not one.is_silenced()]
    if errors:
        raise ImproperlyConfigured(
            " ".join(f"{error.id}: {error.msg} {error.hint or ''}".strip() for error in errors)
        )
