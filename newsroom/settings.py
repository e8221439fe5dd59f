"""Which settings does Newsroom run with? All of them come from the environment; docs/configuration.md lists them."""

import sys
from pathlib import Path

import environ
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from newsroom.home import prepare_home, secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

HOME = prepare_home(Path(env.str("NEWSROOM_HOME", default="") or BASE_DIR / "var"))
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key(HOME)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
BEHIND_TLS = env.bool("BEHIND_TLS", default=False)

INSTALLED_APPS = [
    "annotations",
    "annotations.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "django_tasks_db",
    "knox",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "newsroom.language.PreferredLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "annotations.api.middleware.ApiMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
ASGI_APPLICATION = "newsroom.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "annotations.views.context.frame",
            ],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{HOME / 'newsroom.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # One writer at a time that waits its turn from BEGIN on: a deferred transaction that is upgraded
    # to a write fails at once with «database is locked», whatever the timeout.
    # Whose commit finds the log longer than so many pages writes it back in their turn. What is derived behind imports
    # makes many, and writes them back between its turns (actions/turns.py): with SQLite's bound of 1,000 whoever saves
    # before that would do it, and wait for the disk. The price: where no worker runs it is done seldom and takes long.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000; "
        "PRAGMA wal_autocheckpoint=4000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "annotations.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"

LANGUAGE_CODE = "fa"
LANGUAGES = [("fa", _("Persian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Tehran")
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "media"
# Without a collected manifest (plain `runserver` on a fresh clone) files are found where they lie.
COLLECTED = not DEBUG and (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Any storage that Django knows, for instance storages.backends.s3.S3Storage with its options as JSON.
    "releases": {
        "BACKEND": env.str("RELEASE_STORAGE", default="django.core.files.storage.FileSystemStorage"),
        "OPTIONS": env.json("RELEASE_STORAGE_OPTIONS", default={"location": str(HOME / "releases")}),
    },
    "staticfiles": {
        "BACKEND": "newsroom.storage.ModuleManifestStorage"
        if COLLECTED or "collectstatic" in sys.argv
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_HSTS_SECONDS = 31536000 if BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
# One upload holds one article, or a JSONL file of many; larger corpora come in by the command line.
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=64 * 1024 * 1024)
# Whose word sends this server to an address of the web; an annotator needs no such power.
FETCH_ROLES = env.list("FETCH_ROLES", default=["manager"])
# Whether managers may make accounts for people new to the site; admins and staff always may.
MANAGERS_CREATE_ACCOUNTS = env.bool("MANAGERS_CREATE_ACCOUNTS", default=False)
# Whether webhooks may lead into the server's own network, to any port.
WEBHOOK_PRIVATE_ADDRESSES = env.bool("WEBHOOK_PRIVATE_ADDRESSES", default=False)
OPERATIONS_MAX_BYTES = env.int("OPERATIONS_MAX_BYTES", default=1024 * 1024)

# A job whose runner has not said for so long that it lives is taken over by another.
JOB_STALE_SECONDS = env.float("JOB_STALE_SECONDS", default=30.0)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "annotations.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["annotations.api.parsers.BoundedJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "annotations.api.pagination.KeysetPagination",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "annotations.api.errors.problem_details",
    "DEFAULT_THROTTLE_CLASSES": ["annotations.api.throttles.PacedThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "token": env.str("API_RATE_TOKEN", default="3000/min") or None,
        "session": env.str("API_RATE_SESSION", default="6000/min") or None,
        "anonymous": env.str("API_RATE_ANONYMOUS", default="120/min") or None,
        "tokens": "30/min",
        "bulk_edits": "600/min",
    },
    # How many proxies in front add to X-Forwarded-For; what stands before their words is anybody's claim.
    "NUM_PROXIES": env.int("PROXIES", default=1 if BEHIND_TLS else 0),
    "PAGE_SIZE": 25,
    "UPLOADED_FILES_USE_URL": False,
    "URL_FORMAT_OVERRIDE": None,
}
# Counts requests of the API. Each process has its own unless CACHE_URL names one that all share.
# `near` is each process's own in any case, for what must be counted while the shared one does not answer.
CACHES = {
    "default": env.cache_url("CACHE_URL", default="locmemcache://newsroom?max_entries=20000"),
    "near": env.cache_url_config("locmemcache://near?max_entries=20000"),
}
KNOX_TOKEN_MODEL = "knox.AuthToken"  # noqa: S105
REST_KNOX = {"TOKEN_TTL": None, "AUTO_REFRESH": False}
SPECTACULAR_SETTINGS = {
    "TITLE": "Newsroom",
    "DESCRIPTION": "Annotate Persian news and export it. Offsets are Unicode code points, half-open.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "COMPONENT_SPLIT_REQUEST": True,
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "annotations.api.description.describe_errors",
        "annotations.api.bounds.bound_parameters",
        "annotations.api.examples.add_examples",
    ],
    "ENUM_NAME_OVERRIDES": {
        "LabelKindEnum": "annotations.models.labels.LabelKind",
        "SetKindEnum": "annotations.models.annotation_sets.SetKind",
        "SetStatusEnum": "annotations.models.annotation_sets.SetStatus",
        "ResultStatusEnum": ["ok", "duplicate", "rejected"],
    },
}
