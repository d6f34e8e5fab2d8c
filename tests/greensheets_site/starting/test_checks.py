"""What the site refuses to start with, and the sentence that it says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from greensheets_site.starting import checks, variables

ROOT = Path(__file__).resolve().parent.parent.parent.parent
KEY = "xJ3-qT8_vN1wR6yU0zB5mD9sF2hK7pL4cG-aE_oI3tQ8nW1rY6u"
PRODUCTION = {"SECRET_KEY": KEY, "SITE_URL": "https://www.greensheets.example", "BEHIND_PROXY": "1"}
OURS = {*variables.KNOWN, "DJANGO_SETTINGS_MODULE"}


@pytest.fixture(autouse=True)
def profiles(tmp_path, monkeypatch):
    """Two files for the print shop: a profile, and something else."""
    (tmp_path / "shop.icc").write_bytes(b"\0" * 16 + b"CMYK" + b"\0" * 16 + b"acsp" + b"\0" * 100)
    (tmp_path / "screen.icc").write_bytes(b"\0" * 16 + b"RGB " + b"\0" * 16 + b"acsp" + b"\0" * 100)
    monkeypatch.chdir(tmp_path)


def told() -> list[str]:
    return [message.msg for message in checks.settings_are_right()]


def environment(folder: Path, **own: str) -> dict[str, str]:
    """Of a process that inherits none of our variables."""
    return {**{name: value for name, value in os.environ.items() if name not in OURS}, "VAR_DIR": str(folder), **own}


def manage(folder: Path, *arguments: str, **own: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(folder, **own), capture_output=True, text=True, check=False)


@pytest.mark.parametrize("key", [KEY[:50], "abcdefghij" * 5])
def test_a_key_of_50_characters_ten_of_them_different_is_good_enough(settings, key):
    settings.SECRET_KEY = key
    assert told() == []


def test_the_settings_of_the_tests_are_right():
    assert told() == []


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DEMO", True, "GREENSHEETS_DEMO is on and SITE_URL is https"),
        ("DEBUG", True, "DEBUG is on and SITE_URL is https"),
        ("SECRET_KEY", "tooshort", "SECRET_KEY has only 8 characters"),
        ("SECRET_KEY", "abcabcabc" * 8, "SECRET_KEY has only 3 different characters"),
        ("SECRET_KEY", KEY[:49], "SECRET_KEY has only 49 characters"),
        ("SECRET_KEY", "abcdefghi" * 6, "SECRET_KEY has only 9 different characters"),
        ("SECRET_KEY", "demo-only-" + "0123456789abcdef" * 4, "SECRET_KEY is an example that everybody knows"),
        ("SECRET_KEY", "django-insecure-" + KEY, "SECRET_KEY is an example that everybody knows"),
        ("SITE_URL", "https://www.greensheets.example/site", "holds more than scheme and host"),
        ("SITE_URL", "https://me@www.greensheets.example", "holds more than scheme and host"),
        ("SITE_URL", "www.greensheets.example", "is no address of a website"),
        ("SITE_URL", "ftp://www.greensheets.example", "is no address of a website"),
        ("SITE_URL", "https://www.green sheets.example", "is no address of a website"),
        ("SITE_URL", "https://www.greensheets.example:port", "is no address"),
        ("ALLOWED_HOSTS", ["greensheets.example"], "ALLOWED_HOSTS lacks www.greensheets.example"),
        ("BEHIND_PROXY_STATED", None, "SITE_URL is https and BEHIND_PROXY is not set"),
        ("DEFAULT_FROM_EMAIL", "Greensheets", "DEFAULT_FROM_EMAIL: “Greensheets” is no email address."),
        ("DEFAULT_FROM_EMAIL", "a@b.example, c@d.example", "is no email address."),
        ("STAFF_EMAILS", ["office@greensheets.example", "the office"], "STAFF_EMAILS: “the office” is no email address."),
        ("STAFF_EMAILS", [], "STAFF_EMAILS is empty"),
        ("PUBLISHER", {"email": "adverts@"}, "PUBLISHER_EMAIL: “adverts@” is no email address."),
        ("MAIL_DOMAIN", "me@greensheets.example", "MAIL_DOMAIN is “me@greensheets.example”"),
        ("EMAIL_BACKEND", "anymail.backends.pigeon.EmailBackend", "EMAIL_BACKEND is “anymail.backends.pigeon.EmailBackend”"),
        ("BOUNCES_MAILBOX", "pop3://me:secret@host/", "this one is “pop3”"),
        ("BOUNCES_MAILBOX", "maildir://bounces", "BOUNCES_MAILBOX must be"),
        ("BOUNCES_MAILBOX", "imaps://host/INBOX", "BOUNCES_MAILBOX must be"),
        ("BOUNCES_MAILBOX", "imaps://me:secret@host:inbox", "cannot be read"),
        ("PRINT_ICC_PROFILE", "/nowhere/shop.icc", "/nowhere/shop.icc cannot be read (No such file or directory)"),
        ("PRINT_ICC_PROFILE", "screen.icc", "is no colour profile for CMYK"),
        ("MISSPELT_VARIABLES", {"BEHIND_PROXI": "BEHIND_PROXY"}, "Is BEHIND_PROXY meant?"),
        ("VARIABLE_FAULTS", ["MAILING_LEASE is “long”"], "MAILING_LEASE is “long”"),
    ],
)
def test_each_wrong_setting_gets_one_sentence(settings, name, value, says):
    setattr(settings, name, value)
    assert len(told()) == 1
    assert says in told()[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", "https://www.greensheets.example:8443"),
        ("ALLOWED_HOSTS", [".greensheets.example"]),
        ("BOUNCES_MAILBOX", "maildir:///var/mail/bounces"),
        ("BOUNCES_MAILBOX", "imaps://me%40host:secret@host/INBOX"),
        ("PRINT_ICC_PROFILE", "shop.icc"),
        ("DEFAULT_FROM_EMAIL", '"Greensheets, weekly" <adverts@greensheets.example>'),
        ("MAIL_DOMAIN", "localhost"),
    ],
)
def test_what_is_right_is_taken(settings, name, value):
    setattr(settings, name, value)
    assert told() == []


def test_a_demo_on_this_machine_may_have_the_key_that_everybody_knows(settings):
    settings.DEMO, settings.HTTPS, settings.SECRET_KEY = True, False, "demo-only-"
    assert told() == []


def test_they_are_system_checks_and_stop_a_web_process(settings):
    settings.BEHIND_PROXY_STATED, settings.STAFF_EMAILS = None, ["nobody"]
    assert [message.id for message in run_checks(tags=[checks.TAG])] == ["greensheets.E001", "greensheets.E001"]
    with pytest.raises(ImproperlyConfigured, match=r"(?s)BEHIND_PROXY is not set.*“nobody” is no email address"):
        checks.refuse_if_wrong()


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("BEHIND_PROXI", "BEHIND_PROXY"),
        ("BEHIND_PORXY", "BEHIND_PROXY"),
        ("STIE_URL", "SITE_URL"),
        ("SECRETKEY", "SECRET_KEY"),
        ("DATABASE_URI", "DATABASE_URL"),
        ("EMAIL_DOMAIN", "MAIL_DOMAIN"),
        ("PUBLISHER_FAX", ""),
        ("GREENSHEETS_DEMOO", "GREENSHEETS_DEMO"),
        ("MAILING_SPEED", ""),
    ],
)
def test_a_name_that_looks_like_one_of_ours_is_noticed(name, meant):
    assert variables.misspelt([name]) == {name: meant}
    assert variables.misspelt([name], foreign=[name]) == {}


def test_names_of_other_programs_and_our_own_are_left_alone():
    others = ["PATH", "HOME", "LOGNAME", "HOST", "PORT", "G_DEBUG", "BASE_URL", "DEBUGINFOD_URLS", "RUST_LOG", "TMPDIR", "LANG"]
    assert variables.misspelt([*others, *variables.KNOWN]) == {}


def read(monkeypatch, name: str, value: str, how):
    monkeypatch.setenv(name, value)
    env = variables.Environment()
    return how(env), env.faults


@pytest.mark.parametrize(("text", "number"), [("3", 3), ("1", 1), ("0", 2), ("-4", 2), ("two", 2), ("1.5", 2), ("", 2)])
def test_a_number_is_whole_and_has_a_least(monkeypatch, text, number):
    found, faults = read(monkeypatch, "MAILING_CONNECTIONS", text, lambda env: env.number("MAILING_CONNECTIONS", 2, least=1))
    assert found == number
    assert bool(faults) == (text not in {"3", "1"})


@pytest.mark.parametrize(
    ("text", "stated"), [("1", True), ("yes", True), ("0", False), ("off", False), ("", None), ("maybe", None)]
)
def test_a_switch_is_on_off_or_not_stated(monkeypatch, text, stated):
    found, faults = read(monkeypatch, "BEHIND_PROXY", text, lambda env: env.stated("BEHIND_PROXY"))
    assert (found, faults) == (stated, ["BEHIND_PROXY is “maybe”; it must be 1 or 0."] if text == "maybe" else [])


@pytest.mark.parametrize("value", ["mysql://me@host/name", "postgres", "//"])
def test_a_database_of_another_kind_is_none_rather_than_an_empty_one(monkeypatch, value):
    found, faults = read(monkeypatch, "DATABASE_URL", value, lambda env: env.database("DATABASE_URL", "sqlite:////tmp/a"))
    assert (found["ENGINE"], len(faults)) == ("django.db.backends.dummy", 1)


def test_a_key_may_begin_with_a_dollar(monkeypatch):
    assert read(monkeypatch, "SECRET_KEY", "$HOME-" + KEY, lambda env: env.must("SECRET_KEY", "")) == ("$HOME-" + KEY, [])


def test_without_a_folder_to_write_in_the_reading_goes_on(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    name = str(tmp_path / "file" / "var")
    assert read(monkeypatch, "VAR_DIR", name, lambda env: env.folder("VAR_DIR", ""))[1] == [
        f"VAR_DIR: the folder {name} cannot be made (Not a directory)."
    ]


def test_what_our_own_scripts_pass_on_is_left_alone():
    """An upgrade runs the commands of a release with such a name in their environment."""
    texts = (
        path.read_text(errors="replace")
        for folder in ("deploy", "bin", "rehearsal")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    )
    names = {name for text in texts for name in re.findall(r"\bGREENSHEETS_[A-Z_]+\b", text)}
    assert names >= {"GREENSHEETS_DEMO", "GREENSHEETS_RELEASE"}
    assert variables.misspelt(names) == {}


def test_settings_read_no_variable_that_is_not_known():
    with pytest.raises(LookupError, match="MAILING_SPEED, which is not in KNOWN"):
        variables.Environment().str("MAILING_SPEED", default="fast")


def test_settings_read_every_known_variable_so_that_a_wrong_value_is_noted():
    text = (ROOT / "greensheets_site/settings.py").read_text()
    assert set(re.findall(r'env\.\w+\(\s*"(\w+)"', text)) == variables.KNOWN
    assert re.findall(r"env\.(?:bool|int|json|db|email_url)\(.*", text) == []


def test_docs_tell_every_variable_and_no_other():
    table = (ROOT / "docs/operations.md").read_text().split("## Settings")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == variables.KNOWN


PUBLISHER = {
    "PUBLISHER_NAME": "Avon Bulletins Ltd",
    "PUBLISHER_TELEPHONE": "01632 960901",
    "PUBLISHER_EMAIL": "desk@avon.example",
    "PUBLISHER_ADDRESS": "1 Orchard Street, Avonmere",
}


def test_a_good_installation_passes_the_checks_for_deployment(tmp_path):
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION, **PUBLISHER)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        (PUBLISHER, ""),
        ({**PUBLISHER, "PUBLISHER_NAME": ""}, "PUBLISHER_NAME is not set"),
        ({"PUBLISHER_NAME": "Avon"}, "PUBLISHER_TELEPHONE, PUBLISHER_EMAIL and PUBLISHER_ADDRESS are not set"),
    ],
)
def test_an_installation_that_does_not_name_its_publisher_starts_and_is_warned(settings, named, sentence):
    settings.PUBLISHER_INVENTED = [name for name in PUBLISHER if not named.get(name)]
    said = [f"{sentence}: pages and emails show invented details."] if sentence else []
    assert [message.msg for message in checks.publisher_is_named()] == said
    assert not any(message.is_serious() for message in checks.publisher_is_named())


def test_the_demonstration_may_invent_its_publisher(settings):
    settings.DEMO, settings.PUBLISHER_INVENTED = True, ["PUBLISHER_NAME"]
    assert checks.publisher_is_named() == []


def test_check_says_everything_at_once(tmp_path):
    wrong = {
        **PRODUCTION,
        "MAILING_UNCERTAIN": "maybe",
        "PAGE_CACHE_MB": "-1",
        "EMAIL_URL": "gopher://relay",
        "LOG_LEVEL": "chatty",
        "ANYMAIL": "[",
        "DATABASE_URL": "mysql://host/name",
        "BEHIND_PROXI": "1",
        "STORAGE_URL": "ftp://bucket",
        "BACKUPS": "ftp://bucket",
    }
    done = manage(tmp_path, "check", **wrong)
    assert done.returncode == 1
    assert re.findall(r"E001\) (\w+)", done.stderr) == sorted(set(wrong) - set(PRODUCTION))
    assert "Traceback" not in done.stderr


def test_without_its_environment_no_command_touches_anything(tmp_path):
    done = manage(tmp_path / "var", "migrate")
    assert (done.returncode, done.stderr) == (
        1,
        "Greensheets does not start: SECRET_KEY is not set. Give it 50 or more random characters.\n",
    )
    assert list((tmp_path / "var").iterdir()) == []


def test_a_worker_refuses(tmp_path):
    done = manage(tmp_path, "worker", "--once", **{**PRODUCTION, "BEHIND_PROXY": ""})
    assert done.returncode == 1
    assert "BEHIND_PROXY is not set" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_web_process_refuses(tmp_path):
    """As granian loads it."""
    own = environment(tmp_path, **{**PRODUCTION, "GREENSHEETS_DEMO": "1"})
    command = [sys.executable, "-W", "ignore", "-c", "import greensheets_site.wsgi"]
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Greensheets does not start:\n- GREENSHEETS_DEMO is on and SITE_URL is https" in done.stderr


def test_what_was_committed_to_sqlite_outlives_a_power_cut(tmp_path):
    ask = "from django.db import connection; c = connection.cursor(); c.execute('PRAGMA synchronous'); print(c.fetchone()[0])"
    done = manage(tmp_path, "shell", "--no-imports", "-c", ask, **PRODUCTION)
    assert (done.stdout.strip(), done.stderr) == ("2", "")
