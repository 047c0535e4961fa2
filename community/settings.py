"""Dela's one settings file.

A bare start works: SQLite, a file broker, mail to a folder, a generated secret key, all under `var/`.
The environment upgrades it (`.env.example` explains every variable). With `PRODUCTION=true` the values that a
real installation needs are required; `community/checks.py` stops the start with a sentence that says what to do.
"""

import sys
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from community.environment import database, kept_secret, redis_or_files

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)

# --- What kind of house this is -------------------------------------------------------------------------------
PRODUCTION: bool = env.bool("PRODUCTION", False)
DEMO_MODE: bool = env.bool("DEMO_MODE", False)
DEBUG: bool = env.bool("DEBUG", False)
VAR_DIR: Path = env.path("VAR_DIR", BASE_DIR / "var")
VAR_DIR.mkdir(parents=True, exist_ok=True)
TESTING = "pytest" in sys.modules

ORG_NAME: str = env.str("ORG_NAME", "Dela")
BASE_URL: str = env.str("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
_address = urlsplit(BASE_URL)
HTTPS = _address.scheme == "https"

SECRET_KEY: str = env.str("SECRET_KEY", "") or (
    "missing" if PRODUCTION else kept_secret(VAR_DIR / "secret_key")
)
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS: list[str] = [_address.hostname or "127.0.0.1", *env.list("ALLOWED_HOSTS", [])]
if not PRODUCTION:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = [BASE_URL] if HTTPS else []

# --- The rooms ------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "community.bundles",
    "community.search",
    "community.maturity",
    "feeds",
    "forum",
    "wiki",
    "profiles",
    "community.contributions",
    "community.communities",
    "community.topics",
    "community.organisation",
    "community.interface",
    "community",
    "allauth",
    "allauth.account",
    "django_prose_editor",
    "django_htmx",
    "csp",
    "js_asset",
    "lucide",
    "taggit",
    "modelcluster",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "profiles.people_admin.apps.PeopleAdminConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "community.interface.middleware.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "profiles.middleware.PersonalLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "community.interface.middleware.NoNullMiddleware",
]
ROOT_URLCONF = "community.urls"
WSGI_APPLICATION = "community.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "community.interface.context_processors.house",
                "profiles.context_processors.nav",
            ],
        },
    }
]

# --- Where things are kept ------------------------------------------------------------------------------------
DATABASES = {"default": database(env, VAR_DIR, production=PRODUCTION)}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    INSTALLED_APPS.append("django.contrib.postgres")  # imports the driver, which SQLite has no use for
REDIS_URL: str = env.str("REDIS_URL", "")
CACHES, CELERY_BROKER = redis_or_files(REDIS_URL, VAR_DIR)
SESSION_ENGINE = "django.contrib.sessions.backends." + ("cached_db" if REDIS_URL else "db")
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

MEDIA_ROOT = env.path("MEDIA_DIR", VAR_DIR / "media")
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_DIR", VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING or DEBUG

# --- Language and time ----------------------------------------------------------------------------------------
LANGUAGE_CODE: str = env.str("LANGUAGE_CODE", "sv")
LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE: str = env.str("TIME_ZONE", "Europe/Stockholm")
USE_TZ = USE_I18N = True

# --- People and sign-in ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "profiles.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "wiki.stewarding.StewardBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "flow"
WAGTAILADMIN_LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "profiles.signing_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/30m/key",
    "reset_password": "20/h/ip,2/h/key",
    "reset_password_from_key": "20/h/ip",
    "change_password": "5/m/user",
}
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False}
ALLAUTH_TRUSTED_PROXY_COUNT: int = env.int("TRUSTED_PROXY_COUNT", 1 if PRODUCTION else 0)

# --- Work in the background -----------------------------------------------------------------------------------
CELERY = {
    **CELERY_BROKER,
    "timezone": TIME_ZONE,
    "task_ignore_result": True,
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "task_soft_time_limit": 240,
    "task_time_limit": 300,
    "task_always_eager": False,
    "worker_prefetch_multiplier": 1,
    "worker_max_tasks_per_child": 500,
    "worker_hijack_root_logger": False,
    "broker_connection_retry_on_startup": True,
    "broker_connection_timeout": 1,
    "task_publish_retry": False,
    "beat_schedule_filename": str(VAR_DIR / "beat-schedule"),
}

# --- Mail -----------------------------------------------------------------------------------------------------
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL: str = env.str("MAIL_FROM", f"{ORG_NAME} <dela@{_address.hostname or 'localhost'}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_URL: str = env.str("EMAIL_URL", "")
if EMAIL_URL:
    _mail = env.dj_email_url("EMAIL_URL")
    EMAIL_BACKEND = _mail.get("EMAIL_BACKEND", "")  # "" for an unknown scheme: community.checks says so
    EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
else:
    EMAIL_BACKEND = "feeds.mailfolder.EmailBackend"

# --- Wagtail --------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = ORG_NAME
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict] = []
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_AUTOSAVE_INTERVAL = 2000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "odp", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
TAGGIT_CASE_INSENSITIVE = True
TAG_SPACES_ALLOWED = True

# --- Doors and locks ------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = PRODUCTION and HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION and HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION and HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
    },
}
SILENCED_SYSTEM_CHECKS = [
    "wagtailsearch.W001",  # searching is community.search; Wagtail's index serves its admin only
    "security.W019",  # Wagtail previews pages in a frame of the same origin
]

# --- Rules an organisation may set ----------------------------------------------------------------------------
DIGEST_WEEKDAY: int = env.int("DIGEST_WEEKDAY", 1)  # 0 is Monday
DIGEST_HOUR: int = env.int("DIGEST_HOUR", 8)
DIGEST_ON_UNCERTAIN: str = env.str(
    "DIGEST_ON_UNCERTAIN", "resend"
)  # or "skip": after a worker died while sending
SMALLEST_GROUP: int = env.int("SMALLEST_GROUP", 10)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"tokens": {"()": "community.interface.logs.HideTokens"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["tokens"]}},
    "loggers": {"kombu.connection": {"level": "ERROR"}},  # the file broker has no host, which is no news
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
}
