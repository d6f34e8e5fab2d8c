"""Time and memory of importing the DfE's extract: 1,400 schools, all 50,000 lines of England, and the same again."""

import os
import sys
import tempfile
from pathlib import Path

from tests.vacancies.imports import gias_files

from .measure import peak_memory, row, seconds

CODES = tuple(str(code) for code in range(800, 813))


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "greensheets_site.settings"
    peak_memory("manage.py", "migrate", "--verbosity", "0")
    served = "; ".join(f"A.objects.create(name='Area {code}', slug='area-{code}', code='{code}')" for code in CODES)
    peak_memory("manage.py", "shell", "--no-imports", "-v", "0", "-c", f"from vacancies.models import Authority as A; {served}")
    with tempfile.TemporaryDirectory() as folder:
        for count in (1_400, 50_000):
            path = Path(folder) / f"{count}.csv"
            path.write_bytes(gias_files.a_file(*gias_files.lines(count, CODES)).getvalue())
            for name in ("for the first time", "again"):
                measure(f"{count:,} schools, {name}", "import_schools", "--verbosity", "0", str(path))


def measure(what: str, *command: str) -> None:
    peaks: list[int] = []
    sys.stdout.flush()
    took = seconds(lambda: peaks.append(peak_memory("manage.py", *command)))
    row(what, f"{took:.1f} s", f"{peaks[0] / 1_000_000:.0f} MB at most")


if __name__ == "__main__":
    main()
