"""The lines of the log: for people, as JSON, and never with an address in them."""

import json
import logging
import logging.config
import os
import smtplib
import subprocess
import sys

import pytest
from django.conf import settings as project
from django.db import IntegrityError

from greensheets_site.watching.logs import JsonFormatter, PlainFormatter, cleaned
from mailing.models import Suppression
from tests.builders import a_subscriber

PLAIN = PlainFormatter("%(levelname)s %(name)s: %(message)s")


def record(message, *arguments, **extra):
    made = logging.LogRecord(
        "mailing.sending", logging.ERROR, "/srv/sending.py", 12, message, arguments, extra.pop("exc_info", None)
    )
    made.__dict__.update(extra)
    return made


def raised(error):
    try:
        raise error
    except Exception:
        return sys.exc_info()


@pytest.mark.parametrize(
    "address",
    [
        "may.field@readers.example",
        "MAY+jobs@Readers.Example",
        "o'brien@readers.example",
        "zoë@schüler.example",
        "may@localhost",
        "may@[192.0.2.7]",
        '"may field"@readers.example',
        "may%40readers.example",
        "bounces+0123456789abcdef0123456789abcdef@greensheets.example",
    ],
)
@pytest.mark.parametrize(
    "around", ["%s", "<%s>: refused", "Key (email_key)=(%s) exists", "{'%s': (550, b'no')}", "to=%s,", "/a?q=%s&b"]
)
def test_no_address_stands_in_a_line(address, around):
    line = cleaned(around % address)
    assert "may" not in line.lower()
    assert "brien" not in line
    assert "zoë" not in line
    assert "0123" not in line
    assert "[address]" in line


@pytest.mark.parametrize(
    "line",
    [
        "Worker press:101 started at 07:00:02.",
        '  File "/srv/greensheets/mailing/sending.py", line 12, in work\n    @wraps(view)\n    def work(self):',
        "Delivery 12 could not be written: ValueError",
        "Not Found: /vacancies/12-teacher-of-mathematics-at-fernhollow/",
    ],
)
def test_a_line_without_an_address_stays_as_it_is(line):
    assert cleaned(line) == line


@pytest.mark.parametrize(
    "path", ["/u/{}/", "/mailing-list/{}/my-data/", "/mailing-list/confirm/{}/", "/mailing-list/mine/{}/", "/proof/{}/"]
)
def test_what_opens_a_readers_own_page_stands_in_no_line(path):
    key = "1:hT5gK_qq-0LmDIvo9eUyA"
    assert cleaned("Internal Server Error: " + path.format(key)) == "Internal Server Error: " + path.format("[key]")


@pytest.mark.parametrize("formatter", [PLAIN, JsonFormatter()])
def test_the_errors_of_a_mail_server_name_nobody(formatter):
    refused = smtplib.SMTPRecipientsRefused({"may.field@readers.example": (550, b"<may.field@readers.example> no such user")})
    line = formatter.format(record("%s failed for %s", "send", "may.field@readers.example", exc_info=raised(refused)))
    assert "SMTPRecipientsRefused" in line
    assert "readers.example" not in line


@pytest.mark.django_db
@pytest.mark.parametrize("formatter", [PLAIN, JsonFormatter()])
def test_the_errors_of_a_database_name_nobody(formatter):
    """PostgreSQL quotes the value that was there already."""
    reader = a_subscriber("may.field@readers.example")
    with pytest.raises(IntegrityError) as error:
        a_subscriber(reader.email)
    line = formatter.format(record("sign-up failed", exc_info=(error.type, error.value, error.tb)))
    assert "IntegrityError" in line
    assert "readers.example" not in line
    assert Suppression  # the other table that knows addresses holds hashes only


def test_json_is_one_object_on_one_line():
    line = JsonFormatter().format(record("%s failed", "publish", exc_info=raised(ValueError("two\nlines")), status_code=500))
    assert "\n" not in line
    told = json.loads(line)
    assert told.pop("time").endswith("+00:00")
    assert told.pop("exception").startswith("Traceback (most recent call last):\n")
    assert told == {
        "level": "ERROR",
        "logger": "mailing.sending",
        "message": "publish failed",
        "process": os.getpid(),
        "status": 500,
    }


def run(code, **environment):
    """A process of its own with the settings of production."""
    environment = {"DJANGO_SETTINGS_MODULE": "greensheets_site.settings", **environment}
    needed = {"SECRET_KEY": "x" * 50, "SITE_URL": "https://www.greensheets.example", "VAR_DIR": str(project.VAR_DIR), "PATH": ""}
    command = [sys.executable, "-c", f"import django, logging; django.setup(); {code}"]
    return subprocess.run(
        command, cwd=project.BASE_DIR, env={**needed, **environment}, capture_output=True, text=True, check=False
    )


def test_the_environment_decides_how_lines_are_written():
    said = "logging.getLogger('editions').warning('Nobody at may@readers.example')"
    plain, as_json = run(said).stderr, run(said, LOG_FORMAT="json").stderr
    assert plain.endswith("WARNING editions: Nobody at [address]\n")
    assert json.loads(as_json)["message"] == "Nobody at [address]"
