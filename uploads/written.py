"""What a stored file was written as: readers are given only what this returns, never what somebody sent."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from . import rules, scanner, workshop
from .refusals import UNSAFE, Refused

BASE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Written:
    kind: str  # pdf or docx
    content: bytes


def written_anew(chunks: Iterable[bytes]) -> Written:
    """Opened in a child process; raises ``Refused`` with a sentence for staff."""
    with workshop.bench("upload") as folder:
        with (folder / "upload").open("wb") as file:
            file.writelines(chunks)
        scanner.must_find_nothing(folder / "upload")
        run_child("uploads.opening", folder)
        found = json.loads((folder / "outcome.json").read_text(encoding="utf-8"))
        if "refused" in found:
            raise Refused(found["refused"])
        return Written(found["kind"], (folder / "written").read_bytes())


def run_child(module: str, folder: Path, seconds: float = rules.OPENING_SECONDS) -> None:
    """Start the module on the folder and wait for it. It is given no environment but a locale, so no secret either."""
    environment = {"LANG": "C.UTF-8", "PATH": os.environ.get("PATH", ""), "HOME": str(folder), "TMPDIR": str(folder), "TZ": "UTC"}
    try:
        child = subprocess.run(  # noqa: S603  our own interpreter, our own module
            [sys.executable, "-m", module, str(folder)],
            cwd=BASE,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(UNSAFE) from error
    if child.returncode != 0:
        raise Refused(UNSAFE)
