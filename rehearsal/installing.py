"""From a bare system to a site that answers: the steps of an evening."""

import re
import shutil
from pathlib import Path

from .machine import Failed, bare, wheels
from .stage import Stage

CHECKOUT = "/opt/greensheets"
HOST = "www.greensheets.example"
REGION = "South West"
# What nobody but the site, its database and root may read.
SECRETS = ("var/lib/greensheets", "var/backups/greensheets", "etc/greensheets.env", "etc/greensheets/self-signed.key")


def a_bare_system(stage: Stage) -> str:
    tarball = bare(stage.suite, stage.kept)
    packages = wheels(stage.suite, stage.kept)
    stage.machine.unpack(tarball, stage.kept)
    stage.machine.copy_checkout(CHECKOUT.lstrip("/"))
    shutil.copytree(packages, stage.machine.folder / "opt/wheels")
    return f"{stage.suite}, {tarball.stat().st_size // 2**20} MB, without Python"


def nothing_changes_in_a_dry_run(stage: Stage) -> str:
    before = stage.machine.snapshot()
    said = stage.machine.run(f"{CHECKOUT}/deploy/install", "--host", HOST, "--dry-run")
    if changed := before ^ stage.machine.snapshot():
        raise Failed(f"a dry run changed {sorted(changed)[:5]}")
    return f"{said.count('would')} things would be done, none was"


def it_is_installed(stage: Stage) -> str:
    stage.machine.add_systemctl()
    where = ["--host", HOST, "--region", REGION, "--email-url", f"smtp://127.0.0.1:{stage.mail_port}", "--wheels", "/opt/wheels"]
    said = stage.machine.run(f"{CHECKOUT}/deploy/install", *where)
    if "runs at https://" not in said:
        raise Failed(said[-2000:])
    return f"{said.count('writing')} files written"


def a_second_run_repeats_nothing(stage: Stage) -> str:
    before = stage.machine.read("etc/greensheets.env")
    said = stage.machine.run(f"{CHECKOUT}/deploy/install", "--host", HOST, "--region", REGION, "--wheels", "/opt/wheels")
    written = {line for line in re.findall(r"(?:writing|building|adding) (\S+)", said) if not line.endswith("upstream.conf")}
    if written or stage.machine.read("etc/greensheets.env") != before:
        raise Failed(f"a second run wrote {sorted(written)}:\n{said[-2000:]}")
    return "settings, files and release as they were; the web processes restarted in turn"


def secrets_are_kept(stage: Stage) -> str:
    """Also what the running site has made: database, media, sessions, the write-ahead log."""
    for name in SECRETS:
        path = stage.machine.folder / name
        if path.stat().st_mode & 0o077:
            raise Failed(f"{name} may be read by others: {path.stat().st_mode:o}")
    inside = [path for name in SECRETS[:2] for path in (stage.machine.folder / name).rglob("*") if not path.is_symlink()]
    if others := [str(path) for path in inside if path.stat().st_mode & 0o007]:
        raise Failed(f"others may read {others[:5]}")
    refused = stage.machine.run(
        "su", "nobody", "-s", "/bin/sh", "-c", "psql -h /var/run/postgresql greensheets -c 'SELECT 1'", good=False
    )
    return (
        f"{len(inside)} files and folders of the site closed to others; the database, too: {refused.split('FATAL:')[-1].strip()}"
    )


def certificate(stage: Stage) -> Path:
    return stage.machine.folder / "etc/greensheets/self-signed.pem"


STEPS = [a_bare_system, nothing_changes_in_a_dry_run, it_is_installed, a_second_run_repeats_nothing, secrets_are_kept]
