"""All settings, read from the environment; `.env.example` names every variable.

Production differs from development only by its environment: SECRET_KEY,
BASE_URL and DATABASE_URL are needed, everything else has a safe default.
`config/checks.py` explains what is wrong with a setting.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from .env import env_bool, env_choice, env_int, env_text

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env_text("DATA_DIR", str(BASE_DIR / "var"))).resolve()

# Who we are -----------------------------------------------------------------

DEBUG = env_bool("DEBUG")
DEVELOPMENT_KEY = "development-only-never-in-production"
SECRET_KEY = env_text("SECRET_KEY") or DEVELOPMENT_KEY  # refused by config/checks.py unless DEBUG
SECRET_KEY_FALLBACKS = env_text("SECRET_KEY_FALLBACKS").split()

BASE_URL = env_text("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
_address = urlsplit(BASE_URL)
if _address.scheme not in ("http", "https") or not _address.hostname:
    raise ImproperlyConfigured(f"BASE_URL must be an http(s) address; it is {BASE_URL!r}.")
IS_HTTPS = _address.scheme == "https"
ALLOWED_HOSTS = [_address.hostname, *env_text("ALLOWED_HOSTS").split()]
CSRF_TRUSTED_ORIGINS = [f"{_address.scheme}://{_address.netloc}"]

ORGANISATION_NAME = env_text("ORGANISATION_NAME", "Topbox")

# Application ----------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "treebeard",
    "config.apps.ConfigurationConfig",
    "surveys",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.content_policy.ContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "surveys.middleware.StaffLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates", BASE_DIR / "surveys" / "question_types"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "surveys.context_processors.organisation",
                "surveys.context_processors.area",
                "surveys.context_processors.rights",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["bootstrap5", "respondent"]
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Database -------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        env_text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'topbox.sqlite3'}"),
        conn_max_age=env_int("DATABASE_CONN_MAX_AGE", 600),
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Only FULL has written an answer to the disk before the thank-you page;
    # the weaker levels are here for the tests that prove it.
    _synchronous = env_choice("SQLITE_SYNCHRONOUS", "FULL", ("FULL", "NORMAL", "OFF"))
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": env_int("SQLITE_BUSY_SECONDS", 20),
        "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={_synchronous};",
    }
elif env_bool("DATABASE_PREPARED_STATEMENTS", True):
    # Of those in surveys/fixed_statements.py a connection keeps the plan from the sixth time on.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("prepare_threshold", 5)

# What several processes must count together, such as failed sign-ins, is in a
# table of the database: a cache in memory would let an attacker try once for
# each process. The table is made by a migration.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# Background work ------------------------------------------------------------

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default"],
    }
}

# People ---------------------------------------------------------------------

AUTH_USER_MODEL = "surveys.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "surveys.accounts.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key",  # five wrong passwords for one name lock it for 5 minutes
    "reset_password": "10/m/ip,3/h/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
# How many of our own proxies stand in front; without it everybody behind a
# proxy would be one address.
ALLAUTH_TRUSTED_PROXY_COUNT = env_int("TRUSTED_PROXY_COUNT", 0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reports:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

# Languages and time ---------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文"), ("zh-hant", "繁體中文")]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
TIME_ZONE = env_text("TIME_ZONE", "UTC")
USE_I18N = True
USE_TZ = True

# Files ----------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env_text("STATIC_ROOT", str(DATA_DIR / "static")))
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600

# Mail -----------------------------------------------------------------------

_email = urlsplit(env_text("EMAIL_URL", "console://"))
if _email.scheme == "console":
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
elif _email.scheme in ("smtp", "smtps", "smtp+tls"):
    EMAIL_BACKEND = "surveys.smtp.EmailBackend"
    EMAIL_HOST = _email.hostname or "127.0.0.1"
    EMAIL_PORT = _email.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[_email.scheme]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _email.username or "", _email.password or ""
    EMAIL_USE_SSL, EMAIL_USE_TLS = _email.scheme == "smtps", _email.scheme == "smtp+tls"
    EMAIL_TIMEOUT = env_int("EMAIL_TIMEOUT", 20)
elif _email.scheme == "anymail":  # django-anymail and its keys, ANYMAIL_...; docs/sending.md
    EMAIL_BACKEND = f"anymail.backends.{_email.hostname}.EmailBackend"
    INSTALLED_APPS.append("anymail")
    ANYMAIL = {
        name.removeprefix("ANYMAIL_"): env_text(name)
        for name in os.environ
        if name.startswith("ANYMAIL_")
    }
else:
    raise ImproperlyConfigured(
        "EMAIL_URL must begin with console:, smtp:, smtps:, smtp+tls: or anymail:; "
        f"it is {_email.scheme}:"
    )
DEFAULT_FROM_EMAIL = env_text("DEFAULT_FROM_EMAIL", f"survey@{_address.hostname}")
CONTACT_EMAIL = env_text("CONTACT_EMAIL", DEFAULT_FROM_EMAIL)  # whom customers may ask
# Where mails come back to: each has its own sender, bounces+<key>@ this host.
BOUNCE_EMAIL = env_text("BOUNCE_EMAIL")
SMS_BACKEND = env_text("SMS_BACKEND", "surveys.sms.ConsoleBackend")
SMS_FILE = env_text("SMS_FILE", str(DATA_DIR / "sms.jsonl"))  # of surveys.sms.FileBackend

# Security -------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = env_int("SESSION_HOURS", 12) * 3600
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by watchers on this machine
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
if env_bool("TRUST_X_FORWARDED_PROTO"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # eleven long texts in Chinese on one page
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a questionnaire on one page may have 1,500 inputs

# Customers ------------------------------------------------------------------

# Counted for each network address; 0 switches a limit off.
SUBMISSIONS_PER_MINUTE = env_int("SUBMISSIONS_PER_MINUTE", 120)
UNKNOWN_LINKS_PER_MINUTE = env_int("UNKNOWN_LINKS_PER_MINUTE", 20)
# Where a thank-you page may lead: nothing else is ever offered to a customer.
END_URL_HOSTS = env_text("END_URL_HOSTS").lower().split()

# Days that a file which staff brought in, and the rows it was refused for, are kept.
IMPORTS_KEPT_DAYS = env_int("IMPORTS_KEPT_DAYS", 7)

# Reporting ------------------------------------------------------------------

MINIMUM_BASE = env_int("MINIMUM_BASE", 5)
EXPORTS_KEPT_DAYS = env_int("EXPORTS_KEPT_DAYS", 7)
REQUIRE_PDF = env_bool("REQUIRE_PDF")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"links": {"()": "config.logs.HideLinks"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["links"],
        }
    },
    "root": {"handlers": ["console"], "level": env_text("LOG_LEVEL", "INFO")},
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
