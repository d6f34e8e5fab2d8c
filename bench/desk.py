"""The desk and its lists as a member of staff waits for them: whole requests on 10,000 adverts and 1,400 schools.

The demo's adverts of a term are repeated in the years before it until there are 10,000: as many are coming, live and still to be
checked as in a real week. Milliseconds are of the processor's time, the least of its rounds: a busy machine matters little.
The run fails where a list needs more queries than it may, or longer than it may.
"""

import os
import sys
import time
from datetime import timedelta

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "greensheets_site.settings")
os.environ["DEBUG"] = "1"  # style sheets by their plain names: none need be gathered
django.setup()

from django.contrib.auth.models import User  # noqa: E402  models can be imported only now
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.measure import row  # noqa: E402
from greensheets_site.worker import index_statistics  # noqa: E402
from vacancies.models import Status, Vacancy, calendar  # noqa: E402

ROUNDS = 4
ADVERTS = 10_000
SLOWEST, COUNTED = 0.5, 0.75  # seconds; the second where staff have asked for counts
YEAR = timedelta(weeks=52)
DATES = ("publish_on", "print_from", "print_until", "closes_at")
# Address, and how many queries it may take; one more for each filter where staff have asked for counts.
PAGES = {
    "the desk": ("/admin/", 50),
    "adverts": ("/admin/vacancies/vacancy/", 14),
    "adverts that are live, page 5": ("/admin/vacancies/vacancy/?state=live&p=5", 14),
    "adverts of the next edition": ("/admin/vacancies/vacancy/?edition={monday}", 14),
    "adverts, counted behind every filter": ("/admin/vacancies/vacancy/?_facets=True", 22),
    "live ones closing soon, counted so too": ("/admin/vacancies/vacancy/?state=live&closing=week&_facets=True", 22),
    "adverts with something missing": ("/admin/vacancies/vacancy/?attention=stops", 14),
    "adverts, searched for a word": ("/admin/vacancies/vacancy/?q=teacher", 14),
    "schools": ("/admin/vacancies/school/", 14),
    "schools, searched for a word": ("/admin/vacancies/school/?q=primary", 14),
    "schools to choose from": (
        "/admin/autocomplete/?app_label=vacancies&model_name=vacancy&field_name=school&term=pri",
        15,
    ),
    "editions": ("/admin/editions/edition/", 14),
    "bulletins": ("/admin/editions/bulletin/", 14),
    "readers": ("/admin/mailing/subscriber/", 14),
    "emails": ("/admin/mailing/delivery/", 14),
}


def fill() -> None:
    call_command("migrate", verbosity=0)
    call_command("demo_data", verbosity=0)
    adverts = list(Vacancy.objects.order_by("pk"))
    missing = ADVERTS - len(adverts)
    Vacancy.objects.bulk_create(_copies(adverts, missing), batch_size=200)
    index_statistics.analyze()  # As the worker does each day.


def _copies(adverts: list[Vacancy], count: int) -> list[Vacancy]:
    """Drafts are left out: no week leaves any behind."""
    fields = [field.attname for field in Vacancy._meta.concrete_fields if not field.primary_key]
    finished = [advert for advert in adverts if advert.closes_at and advert.status == Status.APPROVED]
    rows = []
    for number in range(count):
        row = {name: getattr(finished[number % len(finished)], name) for name in fields}
        earlier = YEAR * (number // len(finished) + 1)
        rows.append(Vacancy(**row | {name: row[name] - earlier for name in DATES}))
    return rows


def cost(client: Client, address: str) -> tuple[float, int]:
    with CaptureQueriesContext(connection) as queries:
        started = time.process_time()
        answer = client.get(address)
        took = time.process_time() - started
    if answer.status_code != 200:
        sys.exit(f"{address} answered {answer.status_code}")
    return took, len(queries)


def main() -> int:
    fill()
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(username="owner"))
    monday = calendar().next_on(timezone.localdate())
    failed = []
    for name, (address, most) in PAGES.items():
        costs = [cost(client, address.format(monday=monday)) for _ in range(ROUNDS + 1)][1:]
        took, queries = min(costs)[0], max(count for _, count in costs)
        longest = COUNTED if "_facets" in address else SLOWEST
        row(name, f"{took * 1000:.0f} ms", f"{queries} queries; at most {most} queries and {longest * 1000:.0f} ms")
        failed += [name] if queries > most or took > longest else []
    if failed:
        print(f"Too slow: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
