"""A bare system in a folder: made by debootstrap once and kept, copied for each rehearsal, entered by chroot."""

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SUITES = {"bookworm": "3.11", "trixie": "3.13", "noble": "3.12"}
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
LEFT_OUT = [".git", ".venv", "var", ".env", "node_modules", "__pycache__", ".*_cache", ".hypothesis"]


class Failed(Exception):
    """A step did not do what it must; the words say what was seen."""


def bare(suite: str, kept: Path) -> Path:
    """A tarball of the smallest system that the distribution's tool makes."""
    tarball = kept / f"{suite}.tar"
    if not tarball.exists():
        folder = kept / f"{suite}.new"
        shutil.rmtree(folder, ignore_errors=True)
        kept.mkdir(parents=True, exist_ok=True)
        run(["debootstrap", "--variant=minbase", suite, str(folder)], quiet=True)
        run(["tar", "-C", str(folder), "-cf", f"{tarball}.new", "."])
        Path(f"{tarball}.new").rename(tarball)
        shutil.rmtree(folder)
    return tarball


def wheels(suite: str, kept: Path) -> Path:
    """The packages of the lock file for the system's Python, fetched outside: inside, no index need be reachable."""
    folder = kept / f"wheels-{SUITES[suite]}"
    where = ["--python-version", SUITES[suite], "--only-binary", ":all:"]
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "--exists-action", "i", "--dest", str(folder)]
    run([sys.executable, "-m", "pip", "download", *options, *where, "-r", str(ROOT / "requirements-extras.txt")], quiet=True)
    return folder


class Machine:
    """The system at ``folder``. Mounts and processes are those of the namespaces that bin/rehearse made, and go with them."""

    def __init__(self, folder: Path):
        self.folder = folder

    def unpack(self, tarball: Path, kept: Path) -> None:
        """Packages that an earlier rehearsal fetched are not fetched again."""
        self.folder.mkdir(parents=True)
        run(["tar", "-C", str(self.folder), "-xf", str(tarball)])
        run(["mount", "-t", "proc", "proc", str(self.folder / "proc")])
        run(["mount", "--rbind", "/dev", str(self.folder / "dev")])
        (kept / "archives/partial").mkdir(parents=True, exist_ok=True)
        run(["mount", "--bind", str(kept / "archives"), str(self.folder / "var/cache/apt/archives")])
        shutil.copy("/etc/resolv.conf", self.folder / "etc/resolv.conf")
        # No service starts because its package is installed, as nothing could stop it here.
        self.write("usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n", mode=0o755)

    def add_systemctl(self) -> None:
        place = self.folder / "usr/local/lib/rehearsal"
        place.mkdir(parents=True)
        for name in ("systemctl", "units.py"):
            shutil.copy(ROOT / "rehearsal" / name, place / name)
        (self.folder / "usr/local/bin/systemctl").symlink_to("/usr/local/lib/rehearsal/systemctl")

    def write(self, name: str, text: str, mode: int = 0o644) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text)
        (self.folder / name).chmod(mode)

    def read(self, name: str) -> str:
        return (self.folder / name).read_text()

    def copy_checkout(self, name: str) -> Path:
        """The version as it lies here, changed or not, into a folder of the system."""
        place = self.folder / name
        shutil.copytree(ROOT, place, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
        return place

    def run(self, *command: str, good: bool | None = True, **environment: str) -> str:
        """What it said, on both channels. ``good`` is whether it must succeed; None leaves that open."""
        environment = {"PATH": PATH, "LANG": "C.UTF-8", "HOME": "/root", **environment}
        done = subprocess.run(
            ["chroot", str(self.folder), *command],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        if good is not None and good != (done.returncode == 0):
            raise Failed(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-4000:]}")
        return done.stdout

    def logs(self) -> str:
        """The last lines of every service, for whoever reads why a step failed."""
        files = [*(self.folder / "var/log/rehearsal").glob("*.log"), *(self.folder / "var/log/nginx").glob("*error.log")]
        return "\n".join(f"--- {path.name}\n" + "".join(path.open(errors="replace").readlines()[-25:]) for path in files)

    def snapshot(self) -> set[tuple[str, int, int, int, int]]:
        """Names, owners, modes, sizes and times of everything in the system's own folders."""
        found = set()
        for top in ("etc", "srv", "usr/local", "var/www", "var/lib"):
            for folder, folders, files in os.walk(self.folder / top):
                for name in [*folders, *files]:
                    status = os.lstat(os.path.join(folder, name))
                    found.add((os.path.join(folder, name), status.st_uid, status.st_mode, status.st_size, status.st_mtime_ns))
        return found


def run(command: list[str], quiet: bool = False) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        raise Failed(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-2000:]}")
    if done.stdout and not quiet:
        print(done.stdout, end="")


def version_of(checkout: Path) -> str:
    with (checkout / "pyproject.toml").open() as lines:
        return next(line.split('"')[1] for line in lines if line.startswith("version"))


def tarball_of(folder: Path, tarball: Path) -> None:
    with tarfile.open(tarball, "w:gz") as out:
        out.add(folder, arcname=f"greensheets-{version_of(folder)}")
