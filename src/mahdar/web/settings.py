"""Django's settings for the site; what differs from place to place comes from the environment.

Checked against OWASP ASVS level 2 in ``docs/safety.md``.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from mahdar.archive.place import django_database
from mahdar.publishing.fonts import fonts_folder
from mahdar.web.options import site_options
from mahdar.web.secret import secret_key

OPTIONS = site_options()
DEBUG = False
SECRET_KEY = secret_key(OPTIONS.folder)
ALLOWED_HOSTS = OPTIONS.hosts
ROOT_URLCONF = "mahdar.web.urls"
WSGI_APPLICATION = "mahdar.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "mahdar.archive",
    "mahdar.web",
]
MIDDLEWARE = [
    "mahdar.web.middleware.safety_headers",
    "mahdar.web.asked.known_verbs",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "mahdar.web.middleware.rate_limit",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "mahdar.web.middleware.interface_language",
    "mahdar.web.asked.clean_questions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mahdar.web.middleware.clear_errors",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "mahdar.web.context.site",
            ],
        },
    }
]
APPEND_SLASH = False

# The site's own tables lie beside those of the archive; see mahdar.archive.database.
# Each thread has a connection of its own, so that each may keep little.
DATABASES: dict[str, Any] = {
    "default": {
        **django_database(OPTIONS.place, cache=4),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,  # a database that was away for a while is found again
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", "العربية"),
    ("zh-hans", "中文"),
    ("en", "English"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("es", "Español"),
]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_COOKIE_NAME = "interface"
LANGUAGE_COOKIE_AGE = 365 * 86400
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = OPTIONS.secure

STATIC_URL = "/static/"
STATICFILES_DIRS = [("fonts", fonts_folder())]
STATIC_ROOT = OPTIONS.folder / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "mahdar.web.storage.PackedFiles"},
}
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
]
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Who signs in: long pass phrases, kept by Argon2id, tries throttled (mahdar.web.pages.account).
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
SESSION_ENGINE = "mahdar.web.session_store"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = OPTIONS.secure
SESSION_COOKIE_NAME = "__Host-session" if OPTIONS.secure else "session"
CSRF_COOKIE_SECURE = OPTIONS.secure
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "__Host-csrf" if OPTIONS.secure else "csrf"
CSRF_FAILURE_VIEW = "mahdar.web.pages.errors.forged"
CSRF_TRUSTED_ORIGINS = [OPTIONS.origin] if OPTIONS.origin else []

SECURE_SSL_REDIRECT = OPTIONS.secure
SECURE_REDIRECT_EXEMPT = [r"^alive$"]  # asked for on this machine
SECURE_HSTS_SECONDS = 31_536_000 if OPTIONS.secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = OPTIONS.secure
SECURE_HSTS_PRELOAD = OPTIONS.secure
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if OPTIONS.behind_proxy else None
X_FRAME_OPTIONS = "DENY"

FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
DATA_UPLOAD_MAX_NUMBER_FILES = 1

DEFAULT_FROM_EMAIL = OPTIONS.sender
if OPTIONS.mail:
    _mail = urlsplit(OPTIONS.mail)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (
        unquote(_mail.username or ""),
        unquote(_mail.password or ""),
    )
    EMAIL_USE_TLS = _mail.scheme == "smtp+starttls"
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(OPTIONS.folder / "mail")

# Only what went wrong here is told on standard error, never what readers typed.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "mahdar.web.logs.OneLine",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "mahdar.housekeeping": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "mahdar.safety": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
