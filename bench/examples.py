"""The property tests of what strangers send, pastes and query strings, with 5,000 examples each; `make test` tries fewer."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ["tests/richtext/test_cleaning.py", "tests/vacancies/search/test_any_query.py"]
AT_ONCE = str(min(os.cpu_count() or 1, 4))


def main() -> int:
    command = [sys.executable, "-m", "pytest", "-q", "--numprocesses", AT_ONCE, *TESTS]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, "GREENSHEETS_EXAMPLES": "5000"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
