"""The variables that steer an installation: their names, and reading them so that whatever is wrong is said in a sentence.

A value that cannot be read does not stop the reading: it is noted, the default stands in, and ``checks.py`` refuses to start with
all notes at once. Knows nothing of Django's settings, which are made with it.
"""

import os
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

# What settings.py may read: it refuses any other name. docs/operations.md tells what each means; a test compares the two.
KNOWN = frozenset(
    [
        "SECRET_KEY",
        "SITE_URL",
        "ALLOWED_HOSTS",
        "BEHIND_PROXY",
        "DATABASE_URL",
        "CONN_MAX_AGE",
        "PAGE_CACHE_MB",
        "VAR_DIR",
        "LOG_LEVEL",
        "EMAIL_URL",
        "EMAIL_BACKEND",
        "EMAIL_TIMEOUT",
        "ANYMAIL",
        "DEFAULT_FROM_EMAIL",
        "STAFF_EMAILS",
        "MAIL_DOMAIN",
        "DKIM_SELECTORS",
        "CLAMD",
        "HSTS_SUBDOMAINS",
        "BOUNCES_MAILBOX",
        "MAILING_UNCERTAIN",
        "MAILING_CONNECTIONS",
        "MAILING_LEASE",
        "MAILING_PER_MINUTE",
        "SUPPRESSION_KEY",
        "PUBLISHER_NAME",
        "PUBLISHER_TELEPHONE",
        "PUBLISHER_EMAIL",
        "PUBLISHER_ADDRESS",
        "PRINT_ICC_PROFILE",
        "PRINT_MULTIPLE_OF_FOUR",
        "DOCTOR_EVERY",
        "FOREIGN_VARIABLES",
        "STORAGE_URL",
        "BACKUPS",
        "LOG_FORMAT",
        "OPERATOR_EMAILS",
        "WATCH_TOKEN",
        "DISK_FREE_MB",
        "DEBUG",
        "GREENSHEETS_DEMO",
    ]
)
# What our scripts and tests tell each other; settings do not read it.
OF_SCRIPTS = {"GREENSHEETS_RELEASE", "GREENSHEETS_REHEARSAL", "GREENSHEETS_EXAMPLES", "GREENSHEETS_ATTACKS"}
# What begins like this is meant for us, and if it is not known, nothing would read it.
OURS = ("GREENSHEETS_", "PUBLISHER_", "MAILING_")
YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}
DATABASES = {"django.db.backends.sqlite3", "django.db.backends.postgresql"}
# Any use of this is an error: a site whose address of the database is wrong must not begin an empty one of its own.
NO_DATABASE = {"ENGINE": "django.db.backends.dummy"}


Value = TypeVar("Value")


class Environment(environ.Env):  # type: ignore[misc]  # it has no types
    """django-environ, which notes what it cannot read in ``faults`` and goes on with the default."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def get_value(self, var: str, cast: Any = None, default: Any = environ.Env.NOTSET, parse_default: bool = False) -> Any:
        if var not in KNOWN:
            raise LookupError(f"Settings read {var}, which is not in KNOWN of greensheets_site/starting/variables.py.")
        text = os.environ.get(var, "")
        if text.startswith("$"):  # a key or password may begin like this; it names no other variable
            return self.parse_value(text, cast) if cast else text
        if isinstance(default, str):  # ... and one default may be the value of another
            return os.environ.get(var, default)
        return super().get_value(var, cast, default, parse_default)

    def must(self, var: str, why: str) -> str:
        """A text without which there is no site. Stops at once: without its environment no command may touch anything."""
        value = str(self.get_value(var, default="")).strip()
        if not value:
            raise ImproperlyConfigured(f"{var} is not set. {why}")
        return value

    def flag(self, var: str, default: bool = False) -> bool:
        return bool(self.stated(var, default))

    def stated(self, var: str, default: bool | None = None) -> bool | None:
        """1 or 0, or nothing where nothing is said."""
        text = str(self.get_value(var, default="")).strip().lower()
        if text in YES:
            return True
        if text in NO:
            return False if text else default
        return self._noted(default, f"{var} is “{text}”; it must be 1 or 0.")

    def number(self, var: str, default: int, least: int = 0) -> int:
        """A whole number, which no size or number of things is without a least one."""
        return self._read(
            lambda: _at_least(least, self.int(var, default=default)),
            default,
            f"{var} is “{os.environ.get(var)}”; it must be a whole number, {least} or more.",
        )

    def choice(self, var: str, among: Collection[str], default: str) -> str:
        value = str(self.get_value(var, default=default))
        if value in among:
            return value
        return self._noted(default, f"{var} is “{value}”; it must be one of {', '.join(sorted(among))}.")

    def json_object(self, var: str, default: dict[str, Any]) -> dict[str, Any]:
        fault = f'{var} cannot be read as a JSON object, such as {{"NAME": "value"}}.'
        found = self._read(lambda: self.json(var, default=default), default, fault)
        return found if isinstance(found, dict) else self._noted(default, fault)

    def database(self, var: str, default: str) -> dict[str, Any]:
        fault = f"{var} must be postgres://user:password@host/name or sqlite:////folder/file; no other database is known here."
        found = self._read(lambda: self.db(var, default=default), NO_DATABASE, fault)
        known = found.get("ENGINE") in DATABASES | {NO_DATABASE["ENGINE"]}
        return dict(found) if known else self._noted(NO_DATABASE, fault)

    def mail_server(self, var: str, default: str) -> dict[str, Any]:
        fault = f"{var} must be smtp://host:25, smtp+tls://user:password@host:587 or smtp+ssl://user:password@host:465."
        found = self._read(lambda: self.email_url(var, default=default), self.email_url_config(default), fault)
        if not found.get("EMAIL_HOST") and "smtp" in found["EMAIL_BACKEND"]:
            self.faults.append(fault)
        return dict(found)

    def folder(self, var: str, default: str) -> Path:
        """A folder, made if it is missing."""
        path = Path(self.str(var, default=default))
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self.faults.append(f"{var}: the folder {path} cannot be made ({error.strerror}).")
        return path

    def made(self, var: str, make: Callable[[str], Value]) -> Value | None:
        """What becomes of a text, if there is any; the maker's own error says what is wrong with it."""
        text = str(self.get_value(var, default=""))
        try:
            return make(text) if text else None
        except Exception as error:  # whatever it raises, it cannot be used
            return self._noted(None, f"{var}: {error}")

    def _read(self, read: Callable[[], Value], default: Value, fault: str) -> Value:
        try:
            return read()
        except Exception:  # whatever a parser raises, the value cannot be read
            return self._noted(default, fault)

    def _noted(self, default: Value, fault: str) -> Value:
        self.faults.append(fault)
        return default


def host_of(address: str) -> str:
    """Without its port; empty for what is no address."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _at_least(least: int, value: int) -> int:
    if value < least:
        raise ValueError
    return value


def misspelt(names: Collection[str], foreign: Collection[str] = ()) -> dict[str, str]:
    """Names that look like one of ours and are none, each with the one that was probably meant; empty where that is unclear."""
    found = {}
    for name in sorted(set(names) - KNOWN - OF_SCRIPTS - set(foreign)):
        close = [known for known in sorted(KNOWN) if _distance(name, known) <= _slips(known)]
        if close or name.startswith(OURS):
            found[name] = close[0] if close else ""
    return found


def _slips(name: str) -> int:
    """How many wrong letters still make it likely that this name was meant: in short names, other programs' are as near."""
    return 1 if len(name) < 9 else 2


def _distance(one: str, other: str) -> int:
    """How many letters are missing, too many, wrong, or swapped with their neighbour (optimal string alignment)."""
    if abs(len(one) - len(other)) > 2:
        return 3
    last: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = last, row, [i]
        for j, against in enumerate(other, 1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                best = min(best, before[j - 2] + 1)
            row.append(best)
    return row[-1]
