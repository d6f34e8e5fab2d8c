"""deploy/install one step at a time: what it refuses, what a dry run leaves alone, and that settings that exist stay."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from rehearsal import units

from .conftest import ROOT

INSTALL, UPGRADE = ROOT / "deploy/install", ROOT / "deploy/upgrade"
RUNNER = ROOT / "deploy/greensheets"
read_settings = units.settings_reader(RUNNER)


def run(script: Path, *arguments: str) -> tuple[int, str]:
    done = subprocess.run([str(script), *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    return done.returncode, done.stderr.strip().removeprefix("Stopped: ")


def step(call: str, folder: Path, **variables: str) -> str:
    """One function of deploy/install, with its places in a folder of the test."""
    places = {
        "ENV_FILE": folder / "greensheets.env",
        "CONF": folder / "conf",
        "SRV": folder / "srv",
        "HOST": "www.greensheets.example",
    }
    lines = [f"{name}={value!s}" for name, value in {**places, **variables}.items()]
    script = f". {INSTALL}\n" + "\n".join(lines) + f"\n{call}"
    done = subprocess.run(["bash", "-c", script, "a-test"], capture_output=True, text=True, check=True, cwd=folder)
    return done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--hots", "x"], "--hots is not an argument of deploy/install; deploy/install --help lists them."),
        (["--host"], "--host needs a value after it; deploy/install --help shows which."),
        (["--host", "www.greensheets.example", "--certificate", "/etc/hostname"], "--certificate needs --key, the private key"),
        (["--host", "www.greensheets.example", "--certificate", "/nowhere", "--key", "/nowhere"], "/nowhere cannot be read."),
        (["--host", "https://www.greensheets.example"], "https://www.greensheets.example is no host name"),
        (["--host", "www.greensheets.example;reboot"], "www.greensheets.example;reboot is no host name"),
        (["--host", "a.example", "--email-url", "smtp://a b"], "an address holds a space or a backslash"),
    ],
)
def test_install_refuses_with_a_sentence(arguments, said):
    status, words = run(INSTALL, *arguments, "--dry-run") if arguments[-1] != "--host" else run(INSTALL, *arguments)
    assert (status, words[: len(said)]) == (1, said)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "say which version: deploy/upgrade --help shows how."),
        (["--force"], "--force is not an argument of deploy/upgrade; deploy/upgrade --help lists them."),
        (["1.0", "1.1"], "one version at a time: 1.0 or 1.1?"),
        (["1.0", "--back"], "a version, --back or --restart: only one of them."),
        (["1.0", "--restore"], "--restore goes with --back."),
        (["1.0", "--wheels", "/nowhere"], "--wheels needs a folder after it."),
    ],
)
def test_upgrade_refuses_with_a_sentence(arguments, said):
    assert run(UPGRADE, *arguments) == (1, said)


def test_new_settings_are_closed_to_others_and_each_key_is_its_own(tmp_path):
    os.umask(0o022)
    step("write_settings", tmp_path)
    path = tmp_path / "greensheets.env"
    settings = read_settings(path.read_text())
    assert path.stat().st_mode & 0o777 == 0o600
    assert (settings["SITE_URL"], settings["BEHIND_PROXY"]) == ("https://www.greensheets.example", "1")
    assert settings["SECRET_KEY"] != settings["SUPPRESSION_KEY"]
    assert all(re.fullmatch(r"[A-Za-z0-9]{64}", settings[name]) for name in ("SECRET_KEY", "SUPPRESSION_KEY"))
    assert "@" not in "".join(value for name, value in settings.items() if name != "EMAIL_URL")


def test_settings_that_exist_are_never_touched(tmp_path):
    step("write_settings", tmp_path)
    before = (tmp_path / "greensheets.env").read_text()
    assert "is complete" in step("write_settings", tmp_path)
    assert (tmp_path / "greensheets.env").read_text() == before


def test_settings_of_an_earlier_version_get_what_is_new_at_their_end(tmp_path):
    path = tmp_path / "greensheets.env"
    mine = 'SECRET_KEY=mine\nSITE_URL=https://www.greensheets.example\n#LOG_LEVEL=DEBUG\nPUBLISHER_NAME="Ours & Sons"'
    path.write_text(mine)
    said = step("write_settings", tmp_path)
    text = path.read_text()
    assert text.startswith(mine)
    assert "# Added by deploy/install: not named in this file before." in text
    assert ("adding BEHIND_PROXY" in said, "adding LOG_LEVEL" in said, "adding SECRET_KEY" in said) == (True, False, False)
    settings = read_settings(text)
    assert (settings["SECRET_KEY"], settings["BEHIND_PROXY"], settings["PUBLISHER_NAME"]) == ("mine", "1", "Ours & Sons")
    assert path.stat().st_mode & 0o777 == 0o600
    step("write_settings", tmp_path)
    assert path.read_text() == text


def test_a_suppression_key_that_was_never_set_apart_stays_what_it_was(tmp_path):
    """What has been hashed must be found again: the key has been SECRET_KEY so far."""
    path = tmp_path / "greensheets.env"
    path.write_text("SECRET_KEY=mine\n")
    step("write_settings", tmp_path)
    assert read_settings(path.read_text())["SUPPRESSION_KEY"] == "mine"


def test_a_dry_run_writes_nothing_and_shows_no_key(tmp_path):
    path = tmp_path / "greensheets.env"
    said = step("write_settings; make_certificate", tmp_path, DRY="1")
    assert "would write" in said
    assert list(tmp_path.iterdir()) == []
    path.write_text("SECRET_KEY=mine\n")
    said = step("write_settings", tmp_path, DRY="1")
    assert ("would add SUPPRESSION_KEY" in said, "mine" in said) == (True, False)
    assert path.read_text() == "SECRET_KEY=mine\n"


def test_a_self_signed_certificate_is_for_the_host_and_its_key_for_root(tmp_path):
    step("mkdir conf; make_certificate", tmp_path)
    key, certificate = tmp_path / "conf/self-signed.key", tmp_path / "conf/self-signed.pem"
    assert key.stat().st_mode & 0o777 == 0o600
    made = certificate.read_bytes()
    step("make_certificate", tmp_path)
    assert certificate.read_bytes() == made
    step("make_certificate", tmp_path, HOST="other.greensheets.example")
    assert certificate.read_bytes() != made


def test_what_was_told_once_is_remembered(tmp_path):
    for name in ("own.pem", "own.key"):
        (tmp_path / name).write_text("x")
    own = {"CERTIFICATE": str(tmp_path / "own.pem"), "KEY": str(tmp_path / "own.key"), "REGION": "'South West'"}
    step("make_certificate", tmp_path, **own)
    step("make_certificate", tmp_path, CERTIFICATE="", KEY="", REGION='"$(remembered REGION)"')
    said = (tmp_path / "conf/install.conf").read_text()
    assert f"REGION=South West\nCERTIFICATE={own['CERTIFICATE']}\nKEY={own['KEY']}\n" in said


def test_the_same_files_are_the_same_release_from_a_folder_and_from_a_tarball(tmp_path):
    """However they came: the digest is of what they hold."""
    source = tmp_path / "greensheets-1.2.3"
    source.mkdir()
    (source / "pyproject.toml").write_text('[project]\nversion = "1.2.3" # a remark\n')
    (source / "manage.py").write_text("")
    (source / ".venv").mkdir()
    (source / ".env").write_text("SECRET_KEY=never-packed")
    subprocess.run(["tar", "-C", str(tmp_path), "-czf", "source.tar.gz", "greensheets-1.2.3"], check=True, cwd=tmp_path)
    said = [step(f"build_release {name}", tmp_path, DRY="1") for name in (source, tmp_path / "source.tar.gz")]
    assert said[0] == said[1]
    assert re.search(r"would build \S+/releases/1\.2\.3-[0-9a-f]{10}\n", said[0])
    step(f"pack {source} {tmp_path}/packed.tar", tmp_path)
    listed = subprocess.run(["tar", "-tf", "packed.tar"], capture_output=True, text=True, check=True, cwd=tmp_path).stdout.split()
    assert listed == ["./", "./manage.py", "./pyproject.toml"]


STUBS = """
build_release() { RELEASE=$SRV/releases/$1; }
manage() { :; }
back_up() { BACKUP=the-set-before-$RELEASE; }
changes_database() { true; }
keep_three() { :; }
go_back() { :; }
"""


def test_a_failed_upgrade_leaves_the_way_back_of_the_one_before(tmp_path):
    script = f". {UPGRADE}; {STUBS} SRV={tmp_path} LAST={tmp_path}/last FROM={tmp_path}/releases/one"
    works = "bring_in() { true; }; TO=two; upgrade"
    fails = f"bring_in() {{ false; }}; FROM={tmp_path}/releases/two; TO=three; (upgrade) && exit 9"
    first = f"{script}; {fails}; [ ! -e {tmp_path}/last ]"
    subprocess.run(["bash", "-c", first], check=True, capture_output=True)
    subprocess.run(["bash", "-c", f"{script}; {works}; cp {tmp_path}/last {tmp_path}/kept; {fails}; true"], check=True)
    assert (tmp_path / "last").read_text() == (tmp_path / "kept").read_text()
    assert f"TO={tmp_path}/releases/two\nMIGRATED=yes\n" in (tmp_path / "last").read_text()


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("NAME=Ours & Sons", "Ours & Sons"),
        ('NAME="Ours & \\"Sons\\""', 'Ours & "Sons"'),
        ("NAME='as it is \\n'", "as it is \\n"),
        ('NAME={"TOKEN": "a b"}', '{"TOKEN": "a b"}'),
        ("NAME=a=b#c", "a=b#c"),
        ("NAME=", ""),
        ("  NAME = spaced  ", "spaced"),
    ],
)
def test_settings_are_read_as_systemd_reads_them(line, value):
    assert read_settings(f"# NAME=remark\n;NAME=remark\n\n{line}\n") == {"NAME": value}
