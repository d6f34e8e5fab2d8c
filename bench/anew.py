"""Processor time of public pages that nobody has asked for since content last changed, beside a bare Django "hello".

In this process, without a server: what is measured is the making of a page, from the request to its bytes, not compressed. Each
page is asked for once. The first after a save reads all live adverts again; those after it are made of what it has read.
"""

import os
import re
import secrets
import statistics
import subprocess
import sys
import time
from datetime import timedelta

from django.apps import apps
from django.test import RequestFactory
from django.utils import timezone
from django.utils.module_loading import import_string

from .measure import row
from .serving import build_demo

HELLOS, SAVES = 2_000, 7
MANY = 2_000  # adverts that are live at once
SEARCHES = [
    f"/vacancies/?q={words}&where={place}&miles=20"
    for words in (
        "maths+teacher",
        "TA+part+time",
        "cleaner+or+caretaker",
        "phonics",
        "early+years",
        "30+hours+admin",
        "IT+technician",
    )
    for place in ("Bath", "Exeter", "BS1", "Swindon", "Taunton", "GL1")
]
REAL = {"GREENSHEETS_DEMO": "0", "DEBUG": "0", "SITE_URL": "http://testserver", "SECRET_KEY": secrets.token_hex(32)}


def milliseconds(application, path: str) -> tuple[float, str]:
    """How long it took, and what came."""
    environ = RequestFactory().get(path, headers={"accept-encoding": "identity"}).environ
    started = time.process_time()
    body = b"".join(application(environ, lambda status, headers: None))
    return (time.process_time() - started) * 1000, body.decode()


def hello() -> None:
    """Run in a process of its own, which has the settings of the yardstick."""
    application = import_string("bench.serving.hello.application")
    times = [milliseconds(application, "/")[0] for _ in range(HELLOS)]
    print(statistics.median(times))


def tell(what: str, times: list[float], base: float, budget: str = "") -> None:
    middle = statistics.median(times)
    spread = f"{min(times):.1f} to {max(times):.1f}, {len(times)} pages"
    row(what, f"{middle:.1f} ms", f"{middle / base:.0f} times hello; {spread} {budget}".rstrip())


def first_after_a_save(application, path: str) -> list[float]:
    adverts, times = apps.get_model("vacancies.Vacancy").objects, []
    for _ in range(SAVES):
        adverts.filter(pk=adverts.live().first().pk).update(posts=1)
        times.append(milliseconds(application, path)[0])
    return times


def many_live() -> int:
    """Adverts of the past are live again, so that there are as many as in a large county."""
    adverts = apps.get_model("vacancies.Vacancy").objects
    kept = adverts.filter(status="approved").order_by("-pk").values_list("pk", flat=True)[:MANY]
    today = timezone.localdate()
    adverts.filter(pk__in=list(kept)).update(
        publish_on=today, print_from=None, print_until=None, closes_at=timezone.now() + timedelta(days=9)
    )
    return int(adverts.live().count())


def main() -> None:
    build_demo()
    os.environ.update(REAL)
    application = import_string("greensheets_site.wsgi.application")
    said = subprocess.run([sys.executable, "-m", "bench.anew", "hello"], capture_output=True, text=True, check=True).stdout
    base = float(said)
    row("A bare Django hello", f"{base:.2f} ms", f"median of {HELLOS}")
    front = milliseconds(application, "/vacancies/")[1]
    ticks = [
        f"/vacancies/?{name}={value}" for name, value in re.findall(r'type="checkbox"[^>]*name="(\w+)" value="([^"]+)"', front)
    ]
    rest = [milliseconds(application, f"/vacancies/?page={number}")[1] for number in range(2, 14)]
    adverts = re.findall(r'href="(/vacancies/\d+-[^"?]+)\?', "".join(rest))
    half = len(adverts) // 2
    articles = re.findall(r'href="(/news/[^"?]+)"', milliseconds(application, "/news/")[1])[1:]
    for what, paths, budget in [
        ("Lists, each with a filter of its own", ticks, "(20 ms asked)"),
        ("Adverts", adverts[:half], "(4 ms asked)"),
        ("Adverts, from a list", [f"{path}?sort=newest" for path in adverts[half:]], ""),
        ("The same, from another list", [f"{path}?sort=closing" for path in adverts[half:]], ""),
        ("Articles", articles, ""),
    ]:
        tell(what, [milliseconds(application, path)[0] for path in paths], base, budget)
    tell("The first list after a save", first_after_a_save(application, "/vacancies/"), base)
    tell("The first advert after a save", first_after_a_save(application, adverts[0]), base)
    tell("Searches with words and a place", [milliseconds(application, path)[0] for path in SEARCHES], base)
    live = many_live()
    tell("The first search after a save, many live", first_after_a_save(application, SEARCHES[0]), base)
    tell(f"Searches among {live:,} live", [milliseconds(application, path)[0] for path in SEARCHES[1:]], base, "(15 ms asked)")


if __name__ == "__main__":
    hello() if sys.argv[1:] == ["hello"] else main()
