"""Lighthouse's four scores of home, list, advert and article, under its mobile profile; anything below 100 fails the run.

Needs Node 18 or newer with npm, which fetch Lighthouse once, and Chromium. The site does not need them.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from .measure import row
from .serving import build_demo, pages, served

LIGHTHOUSE = "lighthouse@12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"
RUNS = 3
TIMES = {"first-contentful-paint": "first paint", "largest-contentful-paint": "largest paint", "total-blocking-time": "blocked"}


def main() -> int:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    missing = [name for name, found in (("npx (apt-get install npm)", shutil.which("npx")), ("chromium", chromium)) if not found]
    if missing:
        print(f"NOT MEASURED: {' and '.join(missing)} is missing. Lighthouse scores are unknown.")
        return 1
    build_demo()
    below = []
    with served("greensheets_site.wsgi:application") as address:
        for name, path in pages(address).items():
            reports = [lighthouse(address + path, chromium) for _ in range(RUNS)]
            scores = {each: statistics.median(score(report, each) for report in reports) for each in CATEGORIES}
            row(name, " / ".join(f"{value:.0f}" for value in scores.values()), times(reports))
            below += [f"{name}: {each} {value:.0f}" for each, value in scores.items() if value < 100]
            below += [f"    {fault}" for fault in faults(reports[0])]
    print(f"{LIGHTHOUSE}, mobile; {' / '.join(CATEGORIES)}; medians of {RUNS} runs")
    print("\n".join(["Below 100:", *below]) if any(not line.startswith(" ") for line in below) else "Every score is 100")
    return int(any(not line.startswith(" ") for line in below))


def lighthouse(address: str, chromium: str) -> dict:
    with tempfile.TemporaryDirectory(prefix="greensheets-lighthouse-") as folder:
        report = Path(folder) / "report.json"
        command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json", f"--output-path={report}"]
        command += [f"--chrome-flags={FLAGS}", f"--only-categories={','.join(CATEGORIES)}"]
        done = subprocess.run(command, env={**os.environ, "CHROME_PATH": chromium}, capture_output=True, text=True, check=False)
        if not report.exists():
            sys.exit(f"NOT MEASURED: Lighthouse could not run.\n{done.stderr[-2_000:]}")
        return json.loads(report.read_text())


def score(report: dict, category: str) -> float:
    return round((report["categories"][category]["score"] or 0) * 100)


def times(reports: list[dict]) -> str:
    medians = {
        label: statistics.median(report["audits"][name]["numericValue"] for report in reports) for name, label in TIMES.items()
    }
    return ", ".join(f"{label} {value / 1000:.2f} s" for label, value in medians.items())


def faults(report: dict) -> list[str]:
    """The audits that count towards a score and are not perfect."""
    counted = {audit["id"] for category in report["categories"].values() for audit in category["auditRefs"] if audit["weight"]}
    failed = [report["audits"][name] for name in counted if (report["audits"][name]["score"] or 1) < 1]
    failed += [report["audits"][name] for name in counted if report["audits"][name]["score"] == 0]
    return [f"{audit['id']} {audit['score']} {audit.get('displayValue', '')}".rstrip() for audit in failed]


if __name__ == "__main__":
    sys.exit(main())
