"""One settings file; the environment decides.

A clone runs with no environment at all only in demo mode (``GREENSHEETS_DEMO=1``, what ``make run`` sets) or in debug mode;
production refuses to start without ``SECRET_KEY`` and ``SITE_URL``, and with whatever else ``starting/checks.py`` finds wrong.
starting/variables.py has the name of every variable, docs/operations.md its meaning.
"""

import os
import tomllib
from pathlib import Path

from files.address import storage_from
from uploads.scanner import clamd_from

from . import rules
from .backups import addresses
from .starting.variables import Environment, host_of, misspelt

BASE_DIR = Path(__file__).resolve().parent.parent
VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
env = Environment()
env.read_env(BASE_DIR / ".env")
VARIABLE_FAULTS = env.faults  # filled while the lines below read on; checks.py tells them

DEBUG = env.flag("DEBUG")
DEMO = env.flag("GREENSHEETS_DEMO")
VAR_DIR = env.folder("VAR_DIR", default=str(BASE_DIR / "var"))

if DEBUG or DEMO:
    SECRET_KEY = env.str("SECRET_KEY", default="demo-only-" + "0123456789abcdef" * 4)
    SITE_URL: str = env.str("SITE_URL", default="http://localhost:8000")
else:
    SECRET_KEY = env.must("SECRET_KEY", "Give it 50 or more random characters.")
    SITE_URL = env.must("SITE_URL", "It is the public address, such as https://www.greensheets.example.")
SITE_URL = SITE_URL.rstrip("/")
SITE_HOST = host_of(SITE_URL)
HTTPS = SITE_URL.lower().startswith("https://")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[SITE_HOST, *(["*"] if DEBUG or DEMO else [])])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Who publishes; on every page and in every email.
PUBLISHER: dict[str, str] = {
    "name": env.str("PUBLISHER_NAME", default="SPIKE Publications Ltd"),
    "telephone": env.str("PUBLISHER_TELEPHONE", default="01632 960900"),
    "email": env.str("PUBLISHER_EMAIL", default="adverts@greensheets.example"),
    "address": env.str("PUBLISHER_ADDRESS", default="12 Orchard Street, Avonmere, ZZ99 0AA"),
}
PUBLISHER_INVENTED = [f"PUBLISHER_{part.upper()}" for part in PUBLISHER if not env.str(f"PUBLISHER_{part.upper()}", default="")]

INSTALLED_APPS = [
    "greensheets_site.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.flatpages",
    "django.forms",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "simple_history",
    "ckeditor",
    "web",
    "richtext",
    "pictures",
    "vacancies",
    "editions",
    "mailing",
    "news",
    "greensheets_site",  # last: its admin replaces what the apps above register
]
SITE_ID = 1

MIDDLEWARE = [
    "greensheets_site.starting.proxy.NoEndlessRedirectMiddleware",  # before the redirect to https
    "django.middleware.security.SecurityMiddleware",
    "web.csp.ContentSecurityPolicyMiddleware",
    "web.isolation.IsolationMiddleware",
    "greensheets_site.watching.door.WatchingMiddleware",  # before anything asks which host is meant: monitors name none
    "greensheets_site.watching.static_names.StaticFilesMiddleware",
    "web.cookies.PrivateCookiesMiddleware",  # around whatever sets a cookie
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "greensheets_site.desk.bodies.BodyLimitMiddleware",
    "greensheets_site.accounts.sessions.SeenMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "greensheets_site.desk.editor_pages.EditorPolicyMiddleware",
    "greensheets_site.public.files_away.FilesAwayMiddleware",
    "greensheets_site.desk.nonsense.NonsenseMiddleware",
]
ROOT_URLCONF = "greensheets_site.urls"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # templates/ may replace a widget's template
WSGI_APPLICATION = "greensheets_site.wsgi.application"

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
                "greensheets_site.public.context.site",
            ],
        },
    },
]

DATABASES = {"default": env.database("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'greensheets.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Without IMMEDIATE, two writers deadlock on SQLite's lock upgrade instead of waiting their turn.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL, so that what was committed outlives a power cut: an email that was marked as sent, what staff saw as saved.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
elif DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["CONN_MAX_AGE"] = env.number("CONN_MAX_AGE", default=300)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A server that is gone must not hold each thread for as long as its own system waits for it, which is minutes.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "tcp_user_timeout": 15_000,
        **DATABASES["default"].get("OPTIONS", {}),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Whole pages that each web process keeps in memory; 0 switches it off.
PAGE_CACHE_MB = env.number("PAGE_CACHE_MB", default=0 if DEBUG else 64)

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False  # One language. Looking up translations took a sixth of the time of a page.
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ROOT = BASE_DIR / "static" / "root"  # what browsers ask for at the top of a site without being told
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder", "richtext.finders.LeanAppDirectoriesFinder"]
# With hashed names the editor cannot tell where its other files are. It asks for them by their plain names, which is
# why WHITENOISE_KEEP_ONLY_HASHED_FILES would break it.
CKEDITOR_BASEPATH = f"/{STATIC_URL}ckeditor/ckeditor/"
MEDIA_URL = "media/"
MEDIA_ROOT = VAR_DIR / "media"
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700  # Django's own 0644 overrules any umask
STORAGES = {
    "default": env.made("STORAGE_URL", storage_from) or storage_from(""),  # MEDIA_ROOT, or the bucket that it names
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "greensheets_site.watching.static_names.ForgivingStorage"
    },
}
# Where backups go: a folder, or a bucket named as STORAGE_URL names one. Daily when set.
BACKUPS = env.str("BACKUPS", default="")
if place := env.made("BACKUPS", addresses.backend):
    STORAGES["backups"] = place

if DEMO:
    EMAIL_BACKEND = env.str("EMAIL_BACKEND", default="greensheets_site.demo.mail_backend.MaildirBackend")
    DEMO_MAILDIR = VAR_DIR / "mail"
vars().update(env.mail_server("EMAIL_URL", default="smtp://localhost:25") if not DEMO else {})
# A mail service instead of SMTP: settings of the optional package django-anymail, as JSON, and its backend.
ANYMAIL = env.json_object("ANYMAIL", default={})
if ANYMAIL:
    INSTALLED_APPS.insert(0, "anymail")
    EMAIL_BACKEND = env.str("EMAIL_BACKEND", default=EMAIL_BACKEND)
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default=f"Greensheets <{PUBLISHER['email']}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Contact messages and warnings about Monday go to these addresses.
STAFF_EMAILS: list[str] = env.list("STAFF_EMAILS", default=[PUBLISHER["email"]])
# Whoever keeps the site running is told here of errors, once an hour and kind.
OPERATOR_EMAILS: list[str] = env.list("OPERATOR_EMAILS", default=[])

# Lets its holder read /metrics, and all of /healthz.
WATCH_TOKEN = env.str("WATCH_TOKEN", default="")
# Less room on the disk than this is a fault.
DISK_FREE_MB = env.number("DISK_FREE_MB", default=500)

# The print shop's PDFs: its colour profile makes them PDF/X-4; whole sheets of four pages are filled with our own adverts.
PRINT_ICC_PROFILE = env.str("PRINT_ICC_PROFILE", default="")
PRINT_MULTIPLE_OF_FOUR = env.flag("PRINT_MULTIPLE_OF_FOUR")

# What to do with an email whose sender died in the middle of handing it over: "resend" it or "hold" it for staff.
MAILING_UNCERTAIN = env.choice("MAILING_UNCERTAIN", {"resend", "hold"}, default="resend")
# Keys the hashes of suppressed addresses; must outlive SECRET_KEY rotations, or suppressed readers are written to again.
SUPPRESSION_KEY = env.str("SUPPRESSION_KEY", default=SECRET_KEY)
MAIL_DOMAIN = env.str("MAIL_DOMAIN", default=SITE_HOST)
MAILING_CONNECTIONS = env.number("MAILING_CONNECTIONS", default=2, least=1)
# At most so many weekly emails in a minute, all senders together; 0 for as fast as the mail server takes them.
MAILING_PER_MINUTE = env.number("MAILING_PER_MINUTE", default=0)
# After so many seconds without word from its sender, an email that was being sent counts as abandoned.
MAILING_LEASE = env.number("MAILING_LEASE", default=300, least=1)
# Where reports of emails that did not arrive come in: maildir:///folder or imaps://user:password@host/FOLDER.
BOUNCES_MAILBOX = env.str("BOUNCES_MAILBOX", default="")
EMAIL_TIMEOUT = env.number("EMAIL_TIMEOUT", default=60, least=1)
# Under which names the relay's DKIM keys stand in the DNS; only doctor asks.
DKIM_SELECTORS = env.list("DKIM_SELECTORS", default=[])
# So many minutes after its last look the worker looks at everything again; 0 leaves it to whoever asks.
DOCTOR_EVERY = env.number("DOCTOR_EVERY", default=0 if DEBUG or DEMO else 60)

CSRF_FAILURE_VIEW = "greensheets_site.public.views.form_refused"
LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:index"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": rules.SHORTEST_PASSWORD},
    },
    {"NAME": "greensheets_site.accounts.passwords.HardToGuessValidator"},
]
# The cookie of a form goes when the browser is closed, as the privacy page says.
CSRF_COOKIE_AGE = None
SESSION_ENGINE = "greensheets_site.accounts.sessions"
SESSION_COOKIE_AGE = int(rules.SESSION_LASTS.total_seconds())
if HTTPS:  # a browser takes these from this very host only, and over https only
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
BEHIND_PROXY_STATED = env.stated("BEHIND_PROXY")
BEHIND_PROXY = bool(BEHIND_PROXY_STATED)
SECURE_REDIRECT_EXEMPT = [r"^healthz(/web)?$", r"^metrics$"]  # monitors ask from inside, over plain http
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Only when asked for: it binds every other host of the same domain, and browsers do not forget it.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS and env.flag("HSTS_SUBDOMAINS")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Everything from here and nothing inline; only admin pages with an editor get more (greensheets_site/desk/editor_pages.py).
SECURE_CSP = {
    "default-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
# A virus scanner that is asked before an upload is taken.
CLAMD = env.made("CLAMD", clamd_from) or ""
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

SILENCED_SYSTEM_CHECKS = [
    # CKEditor 4 gets no more security fixes: docs/decisions/0020-ckeditor.md says how it is kept safe.
    "ckeditor.W001",
    # HSTS for other hosts of the domain, and its preloading, are for their owner to ask for: HSTS_SUBDOMAINS.
    "security.W005",
    "security.W021",
]

LOG_LEVELS = {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}
# How a line of the log is written: "plain" for people, "json" for machines. Addresses stand in neither.
LOG_FORMAT = env.choice("LOG_FORMAT", {"plain", "json"}, default="plain")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "greensheets_site.watching.logs.PlainFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        },
        "json": {"()": "greensheets_site.watching.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT},
        "operator": {"class": "greensheets_site.watching.operator_handler.OperatorHandler", "level": "ERROR"},
    },
    "root": {"handlers": ["console", "operator"], "level": env.choice("LOG_LEVEL", LOG_LEVELS, default="INFO")},
    # What a visitor sent that no browser of ours would send is no fault of the site's.
    "loggers": {"django.security": {"handlers": ["console"], "propagate": False}},
}

# Names that look like ours and belong to another program.
FOREIGN_VARIABLES = env.list("FOREIGN_VARIABLES", default=[])
MISSPELT_VARIABLES = misspelt(os.environ, FOREIGN_VARIABLES)
