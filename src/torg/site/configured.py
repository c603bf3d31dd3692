"""Django, set up once in a process: no settings file, and no database until a study is opened.

The command line and the server share these settings; what is the study's own (its address, its
secret) comes with `configure_for` before a server answers anybody.
"""

from importlib.resources import files
from typing import Any

import django
from django.conf import settings

from torg.locale import LANGUAGES
from torg.site.faults import tell_faults_only
from torg.site.secret import secret_of
from torg.study import Study

APPS = (
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_tasks_db",
    "torg.site.audit",
    "torg.site.accounts",
    "torg.site.work",
    "torg.site.answers",
    "torg.site.releases",
    "torg.site.room",
    "torg.site.experience",
)

MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "torg.site.languages.SpokenMiddleware",
    "django.middleware.common.CommonMiddleware",  # other hosts are refused, a lost "/" is put back
    "django.contrib.sessions.middleware.SessionMiddleware",
    "torg.site.lengths.LengthMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "torg.site.accounts.visiting.VisitorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)

# Nothing from elsewhere, and no script or style that stands in the page itself.
POLICY = {
    "default-src": ["'none'"],
    "base-uri": ["'none'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "img-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
}

_YEAR = 365 * 24 * 3600  # seconds


def configure() -> None:
    """Set Django up, where that was not done yet."""
    if settings.configured:
        return
    settings.configure(
        INSTALLED_APPS=list(APPS),
        MIDDLEWARE=list(MIDDLEWARE),
        ROOT_URLCONF="torg.site.addresses",
        DATABASES={},  # `open_people` says where
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        AUTH_USER_MODEL="accounts.Account",
        CONTENT_SECURITY_POLICY={"DIRECTIVES": POLICY},
        CACHES={  # it counts calls by the address that they come from
            "default": {
                "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
                "OPTIONS": {"MAX_ENTRIES": 50_000},
            }
        },
        TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}},
        LANGUAGES=[(name, name) for name in LANGUAGES],
        USE_TZ=True,
        TIME_ZONE="UTC",
        PASSWORD_HASHERS=[
            "django.contrib.auth.hashers.ScryptPasswordHasher",
            "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        ],
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_AGE=12 * 3600,
        CSRF_COOKIE_HTTPONLY=True,
        CSRF_COOKIE_SAMESITE="Lax",
        STATIC_URL="/static/",
        STATIC_ROOT=str(files("torg.site") / "static"),
        WHITENOISE_MAX_AGE=_YEAR,  # pages name a file with its fingerprint
        CSRF_FAILURE_VIEW="torg.site.refusals.stale_form",
        SECURE_REFERRER_POLICY="same-origin",
        X_FRAME_OPTIONS="DENY",
        FILE_UPLOAD_PERMISSIONS=0o600,
        DATA_UPLOAD_MAX_NUMBER_FIELDS=2000,
        LOGGING_CONFIG=None,  # `tell_faults_only` says it
    )
    django.setup()
    tell_faults_only()


def configure_for(study: Study) -> None:
    """Let this process serve the study's site: its address, its secret, and how it is reached."""
    configure()
    for name, value in _of(study).items():
        setattr(settings, name, value)


def _of(study: Study) -> dict[str, Any]:
    address = study.site.address
    is_safe = bool(address and address.startswith("https://"))
    host = address.partition("://")[2].partition(":")[0] if address else None
    return {
        "SECRET_KEY": secret_of(study).value,
        "ALLOWED_HOSTS": [*([host] if host else []), "localhost", "127.0.0.1", "[::1]"],
        "CSRF_TRUSTED_ORIGINS": [address] if address else [],
        "SESSION_COOKIE_SECURE": is_safe,
        "CSRF_COOKIE_SECURE": is_safe,
        "SECURE_HSTS_SECONDS": _YEAR if is_safe else 0,
        "SECURE_PROXY_SSL_HEADER": (
            ("HTTP_X_FORWARDED_PROTO", "https") if study.site.proxies else None
        ),
    }
