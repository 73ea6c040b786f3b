"""Django's settings: one file, everything that varies comes from `env.py`, and fails loudly."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from oportuno.config.env import Env
from oportuno.config.logging import logging_settings
from oportuno.kernel.embedded import DATABASE, Cluster, read_address

env = Env()
PRODUCTION = env.mode == "production"
SOURCE = Path(__file__).resolve().parent.parent
HOME = env.home
PROCESS = os.environ.get("OPORTUNO_PROCESS", "command")  # web, worker, migrate, test or command

DEBUG = env.debug
SECRET_KEY = env.secret_key.get_secret_value()
SITES_HOST = env.sites_host
ALLOWED_HOSTS = [*env.host_list, *([f".{SITES_HOST}"] if SITES_HOST else [])] if PRODUCTION else ["*"]
ORIGIN = env.public_origin
ROOT_URLCONF = "oportuno.config.urls"
WSGI_APPLICATION = "oportuno.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "template_partials",
    "procrastinate.contrib.django",
    "oportuno.kernel.apps.KernelConfig",
    "oportuno.kernel.ui.apps.UiConfig",
    "oportuno.people.organisations.apps.OrganisationsConfig",  # before allauth: its templates and words come first
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "oportuno.people.audience.apps.AudienceConfig",
    "oportuno.people.messaging.apps.MessagingConfig",
    "oportuno.people.segments.apps.SegmentsConfig",
    "oportuno.offer.search.apps.SearchConfig",
    "oportuno.offer.media.apps.MediaConfig",
    "oportuno.offer.glossary.apps.GlossaryConfig",
    "oportuno.offer.sites.apps.SitesConfig",
    "oportuno.offer.directory.apps.DirectoryConfig",
    "oportuno.offer.catalogue.apps.CatalogueConfig",
    "oportuno.offer.knowledge.apps.KnowledgeConfig",
    "oportuno.offer.experts.apps.ExpertsConfig",
    "oportuno.offer.ebooks.apps.EbooksConfig",
    "oportuno.offer.guides.apps.GuidesConfig",
    "oportuno.growth.campaigns.apps.CampaignsConfig",
    "oportuno.doors.integrations.apps.IntegrationsConfig",
    "oportuno.doors.api.apps.ApiConfig",
    "oportuno.doors.marketplace.apps.MarketplaceConfig",
    "oportuno.doors.backoffice.apps.BackofficeConfig",
    "oportuno.config.apps.WiringConfig",
]

MIDDLEWARE = [
    "oportuno.kernel.ui.middleware.security_headers",
    "oportuno.kernel.ui.packing.packs_what_is_everybodys",
    "oportuno.offer.sites.api.own_domains.OwnDomains",  # before whoever asks for the host
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "oportuno.offer.sites.api.apart.SitesApart",  # before whoever reads a cookie
    "oportuno.doors.marketplace.middleware.PublicPages",  # outside of sessions: it sees the answer with all its cookies
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "oportuno.people.organisations.api.sign_in.living_sign_ins",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "oportuno.kernel.ui.middleware.Refusals",
]

FORM_RENDERER = "oportuno.kernel.ui.drawn_inputs.DrawnInputs"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "oportuno.kernel.ui.context.site",
                "oportuno.doors.marketplace.context.market",
                "oportuno.doors.backoffice.context.desk",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "oportuno.kernel.ui.templatetags.ui",
            ],
        },
    }
]


def _database(login: Literal["owner", "app"]) -> dict[str, Any]:
    """Connection settings: the embedded server's, or what the operator's address says."""
    if os.environ.get("OPORTUNO_TEST_CLUSTER"):
        cluster = Cluster(Path(os.environ["OPORTUNO_TEST_CLUSTER"]), durable=False)
        found = dict(cluster.dsn(login, os.environ.get("OPORTUNO_TEST_DATABASE", DATABASE)))
    elif env.database_url:
        owner = login == "owner" and env.database_owner_url
        found = read_address(env.database_owner_url if owner else env.database_url)
        if login == "app":  # whatever else this login may do, the application gives it up
            found["options"] = f"{found.get('options') or ''} -c role=oportuno_app".strip()
    else:
        found = dict(Cluster(HOME / "postgres").dsn(login, DATABASE))
    named = {"NAME": found.pop("dbname", ""), "USER": found.pop("user", ""), "PASSWORD": found.pop("password", "")}
    place = {"HOST": found.pop("host", ""), "PORT": str(found.pop("port", ""))}
    if PROCESS == "web":  # threat T35: nobody's query holds a web thread for long
        found["options"] = f"{found.get('options') or ''} -c statement_timeout=5s -c idle_in_transaction_session_timeout=30s".strip()
        found["pool"] = {"min_size": 1, "max_size": 12, "timeout": 1}  # there are more than threads: who waits, waits for a server
    if PROCESS == "worker":  # what a frozen worker has locked is freed by the server; no step of a job computes for so long
        found["options"] = f"{found.get('options') or ''} -c idle_in_transaction_session_timeout=5min".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        **named,
        **place,
        "OPTIONS": found,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,  # a server that came back is no mishap for those who ask next
        "DISABLE_SERVER_SIDE_CURSORS": False,
    }


DATABASES = {"default": _database("owner" if PROCESS == "migrate" else "app")}

AUTH_USER_MODEL = "oportuno_organisations.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if PROCESS == "test":  # hashing well is slow by design; tests sign in hundreds of times
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "oportuno.people.organisations.views.stale.stale_form"
SECURE_SSL_REDIRECT = PRODUCTION and env.tls
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION and env.tls else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [ORIGIN] if PRODUCTION else []
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20  # threat T35; files are bounded where they are read
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

LANGUAGE_CODE = env.language
LANGUAGES = [("es-co", "Español (Colombia)"), ("es-mx", "Español (México)"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = PRODUCTION
USE_I18N = True
TIME_ZONE = env.time_zone
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static" if PRODUCTION else None
MEDIA_URL = f"{env.media_origin.rstrip('/')}/media/"
MEDIA_ROOT = HOME / "media"
PRIVATE_ROOT = HOME / "private"  # evidence and other files that only a view hands out
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "oportuno.config.static.HashedFiles" if PRODUCTION else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LOGGING_CONFIG = None
LOGGING = logging_settings(env.log_level, json_lines=PRODUCTION)

LOGIN_URL, LOGIN_REDIRECT_URL = "account_login", "organisations:account"
ACCOUNT_ADAPTER = "oportuno.people.organisations.api.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "signup": "oportuno.people.organisations.forms.SignUpForm",
    "request_login_code": "oportuno.people.organisations.forms.SignInCodeForm",
    "reset_password": "oportuno.people.organisations.forms.NewPasswordForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 10 * 60  # seconds; mail may be slow
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_RATE_LIMITS = {  # threat T07; passwords of an account and codes to an address are counted in the database (actions/guesses.py)
    "login_failed": "20/m/ip,10/15m/key",
    **dict.fromkeys(("reset_password", "request_login_code"), "20/m/ip"),
}
ALLAUTH_TRUSTED_PROXY_COUNT = NINJA_NUM_PROXIES = 1 if PRODUCTION and env.tls else 0  # whose word about a network counts
MFA_ADAPTER = "oportuno.people.organisations.api.adapter.SecondFactors"
MFA_FORMS = {"add_webauthn": "oportuno.people.organisations.forms.AddPasskeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False  # localhost counts as secure

MAIL_URL = env.mail_url or f"smtp://{env.catcher}"  # the catcher of development
_mail = urlsplit(MAIL_URL)
MAIL_PROVIDER = "" if _mail.scheme.startswith("smtp") else _mail.scheme.partition("+")[0]  # takes mail by HTTP
MAIL_HOOK_SECRET = env.mail_hook_secret.get_secret_value()
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "127.0.0.1", _mail.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", _mail.scheme == "smtp+tls"
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = "oportuno.people.messaging.backend.EmailBackend"  # a mail of Django's is a message like any other
DEFAULT_FROM_EMAIL = env.mail_from
SECURITY_CONTACT = env.security_contact
BOUNCE_ADDRESS, MAIL_LOG = env.bounce_address, env.mail_log
RETURN_HOST = env.return_host.strip().lower().rstrip(".")
INBOX_URL, INTAKE_SECRET = env.inbox_url.get_secret_value(), env.intake_secret.get_secret_value()
SMS_URL = env.sms_url or f"kannel://oportuno:oportuno@{env.sms_catcher}?from=Mercado"  # the catcher of development
_sms = urlsplit(SMS_URL)
WEB_ALLOW = [host.strip() for host in env.web_allow.split(",") if host.strip()]
WEB_ALLOW.append(f"{_sms.hostname}:{_sms.port}")  # the gateway is the operator's own choice, wherever it listens
DNS_SERVERS = [server.strip() for server in env.dns.split(",") if server.strip()]
MARKET_TIME_ZONE = env.time_zone

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "reactions"
PROCRASTINATE_WORKER_DEFAULTS = {"shutdown_graceful_timeout": 25.0}
