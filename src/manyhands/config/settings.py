"""How the house is wired. What an operator may change is in `environment.py`; the rest is decided here."""

import secrets
import sys
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from .environment import read_environment
from .logs import logging_settings

ENVIRONMENT = read_environment()
BASE = Path(__file__).resolve().parents[1]
DATA_FOLDER = ENVIRONMENT.data_folder.resolve()
DATA_FOLDER.mkdir(parents=True, exist_ok=True)


def _secret_key() -> str:
    """The operator's key; on a developer's own machine one that is made once and kept beside the data."""
    if ENVIRONMENT.secret_key:
        return ENVIRONMENT.secret_key
    kept = DATA_FOLDER / "secret-key"
    if not kept.exists():
        kept.write_text(secrets.token_urlsafe(48))
        kept.chmod(0o600)
    return kept.read_text().strip()


SECRET_KEY = _secret_key()
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = [name.strip() for name in ENVIRONMENT.allowed_hosts.split(",") if name.strip()]
if not ENVIRONMENT.is_production:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
SITE_ADDRESS = ENVIRONMENT.site_address.rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS] if SITE_ADDRESS.startswith("https://") else []
SITE_ID = 1

INSTALLED_APPS = [
    "manyhands.foundation.access",
    "manyhands.foundation.tenancy",
    "manyhands.foundation.ui",
    "manyhands.foundation.jobs",
    "manyhands.foundation.ledger",
    "manyhands.foundation.accounts",
    "manyhands.foundation.coalitions",
    "manyhands.practice.stakeholders",
    "manyhands.practice.alignment",
    "manyhands.practice.governance",
    "manyhands.practice.plans",
    "manyhands.faces.desk",
    "manyhands.faces.public",
    "manyhands.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    # Both of these would set up template loaders behind our back, one undoing the other.
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "manyhands.config.middleware.RequestContext",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "manyhands.foundation.accounts.middleware.PersonalSettings",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "manyhands.foundation.coalitions.middleware.EnterCoalition",
    "manyhands.foundation.ui.uploads.SizeGate",
]

ROOT_URLCONF = "manyhands.config.urls"
WSGI_APPLICATION = "manyhands.config.wsgi.application"
FORM_RENDERER = "manyhands.foundation.ui.forms.Renderer"

_loaders = [
    "manyhands.foundation.ui.loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    _loaders if DEBUG else [("django.template.loaders.cached.Loader", _loaders)],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "manyhands.foundation.ui.context.page",
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "manyhands.foundation.ui.templatetags.addresses",
                "manyhands.foundation.ui.templatetags.drawn",
            ],
        },
    }
]
# Parts of pages are drawn once for the values they name. Tests draw them each time, and compare.
DRAWN_PARTS_ARE_COMPARED = False

DATABASES = {
    "default": dj_database_url.parse(
        ENVIRONMENT.database_url or f"sqlite:///{DATA_FOLDER / 'manyhands.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
_database = DATABASES["default"]
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # Without IMMEDIATE, two processes that read and then write refuse each other; see docs/decisions.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    # Our engine repeats the fence between coalitions inside the database (row-level security).
    _database["ENGINE"] = "manyhands.foundation.tenancy.postgresql"
_suffix = ENVIRONMENT.test_database_suffix
_database["TEST"] = {
    "NAME": str(DATA_FOLDER / f"test{_suffix}.sqlite3")
    if _database["ENGINE"].endswith("sqlite3")
    else f"test_manyhands{_suffix}"
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": ENVIRONMENT.cache_url}
    if ENVIRONMENT.cache_url
    # Limits and lock-outs must count over every process, so the cache is never a process's own memory.
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}
}

# People and how they sign in --------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Person"
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
from manyhands.foundation.accounts.signing_in import *  # noqa: E402, F403  (allauth reads its options from here)

# Passkeys on http://localhost, for those who try the site out; browsers themselves refuse other http addresses.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.is_production

SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "manyhands.foundation.ui.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if SITE_ADDRESS.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_SSL_REDIRECT = ENVIRONMENT.is_production
    if ENVIRONMENT.trusted_proxies:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        USE_X_FORWARDED_HOST = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Mail ---------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from
if not parseaddr(DEFAULT_FROM_EMAIL)[1]:
    sys.exit("Set MANYHANDS_MAIL_FROM to a sender such as `Clean Air <hello@example.org>`.")
if ENVIRONMENT.mail_url:
    _mail = urlsplit(ENVIRONMENT.mail_url)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_USE_TLS = _mail.scheme == "smtp" and bool(EMAIL_HOST_USER)
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_FOLDER / "mail"

# Files --------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if ENVIRONMENT.is_production or ENVIRONMENT.mode == "demo"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = ENVIRONMENT.mode == "development"
MEDIA_ROOT = DATA_FOLDER / "files"
UPLOAD_LIMIT = ENVIRONMENT.upload_limit_mb * 1024 * 1024
# Large enough that a form with far too much in it comes back filled in, not turned away at the door.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Background work ----------------------------------------------------------------------------------
BROKER_URL, BROKER_QUEUE = ENVIRONMENT.broker_url, ENVIRONMENT.broker_queue
JOB_LEASE_SECONDS = ENVIRONMENT.lease_seconds
OPERATOR_MAIL = ENVIRONMENT.operator_mail

# Words and time -----------------------------------------------------------------------------------
LANGUAGE_CODE = ENVIRONMENT.language
LANGUAGES = [
    ("en", _("English")),
    ("de", _("German")),
    ("es", _("Spanish")),
    ("fr", _("French")),
    ("ar", _("Arabic")),
]
LOCALE_PATHS = [BASE / "locale"]
TIME_ZONE = ENVIRONMENT.time_zone
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["manyhands.config.formats"]

LOGGING = logging_settings(ENVIRONMENT.log_level, ENVIRONMENT.log_format)
SILENCED_SYSTEM_CHECKS: list[str] = []
