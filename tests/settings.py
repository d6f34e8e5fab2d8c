"""The production settings, with what tests must not do taken out: no redirect to https, no slow hashing, no shared folders."""

import atexit
import os
import shutil
import tempfile

_own_var = tempfile.mkdtemp(prefix="greensheets-tests-")
atexit.register(shutil.rmtree, _own_var, ignore_errors=True)
os.environ["VAR_DIR"] = _own_var
os.environ["GREENSHEETS_DEMO"] = "0"
os.environ["DEBUG"] = "0"
os.environ["STORAGE_URL"] = ""
os.environ.setdefault("ANYMAIL", '{"WEBHOOK_SECRET": "greensheets:secret"}')
os.environ.setdefault("SECRET_KEY", "tests-only-" + "ThisKeyGuardsNothing,ItOnlyHasToLookLikeOne-0123456789")
os.environ.setdefault("SITE_URL", "https://www.greensheets.example")
os.environ.setdefault("BEHIND_PROXY", "0")
os.environ.setdefault("DOCTOR_EVERY", "0")  # a test that runs every duty must not ask the network

from files.address import storage_from  # noqa: E402
from greensheets_site.settings import *  # noqa: E402, F403  the environment must be set before the settings are read

SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False  # browser tests use plain http
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "sessionid", "csrftoken"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": storage_from(""),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405  WhiteNoise warns about a missing folder, and a warning fails a test
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as in real life: a database in memory cannot be shared with a live server's threads or a killed worker.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "tests.sqlite3")}  # noqa: F405
    # Tests kill processes, never the machine: what the system has taken is there, and waiting for the disk proves nothing.
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"  # noqa: F405
