"""Settings: one file, read from the environment; safe defaults for one machine without any."""

import os
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from platformdirs import user_data_path

DATA = Path(os.environ.get("MAMORI_DATA") or user_data_path("mamori"))
TESTING = "pytest" in sys.modules


def _secret_key() -> str:
    """Take the key from the environment, else from the data folder, made at the first start."""
    if given := os.environ.get("MAMORI_SECRET_KEY"):
        return given
    if TESTING:
        return "only-for-tests"
    kept = DATA / "secret-key"
    if not kept.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        DATA.chmod(0o700)
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
    return kept.read_text("ascii")


def _database(url: str) -> dict[str, Any]:
    """Turn sqlite:///FILE or postgresql://user:password@host:port/name into Django's words."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": url.removeprefix("sqlite:///"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                " PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000;",
            },
        }
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
        }
    raise ValueError("MAMORI_DATABASE starts with sqlite:/// or postgresql://")


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("MAMORI_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
INSTALLED_APPS = ["mamori.store", "mamori.web"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mamori.web.safety.headers",
    "django.middleware.common.CommonMiddleware",
]
ROOT_URLCONF = "mamori.config.urls"
WSGI_APPLICATION = "mamori.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"builtins": ["mamori.web.templatetags.say"]},
    }
]
DATABASES = {
    "default": _database(
        (os.environ.get("MAMORI_TEST_DATABASE") if TESTING else None)
        or (None if TESTING else os.environ.get("MAMORI_DATABASE"))
        or ("sqlite:///:memory:" if TESTING else f"sqlite:///{DATA / 'mamori.sqlite3'}")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"
LANGUAGE_CODE = "ja"
USE_I18N = True
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# What prepares the demonstration: shells do not know each other, so the command finds it here.
DEMONSTRATION = "mamori.demo.load.load"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
