"""The weekly email: processor time beside Django's own loop and django-newsletter's rendering, connections, memory, workers
that are killed, and what SpamAssassin says of every kind of email (apt-get install spamassassin).

bin/bench mailing            everything
python -m bench.mailing NAME one of cost, latency, memory, kills, spam (after setting VAR_DIR to an empty folder)
"""

import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.core.mail import EmailMultiAlternatives, get_connection  # noqa: E402  settings come first
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from editions.models import Edition  # noqa: E402
from mailing import contacting  # noqa: E402
from mailing.emails import letters, week  # noqa: E402
from mailing.emails.writing import Writer  # noqa: E402
from mailing.models import ContactMessage, Delivery, Mailout, Subscriber  # noqa: E402
from mailing.models.choices import Choice  # noqa: E402
from mailing.readers import joining  # noqa: E402
from mailing.sending import outbox, steering  # noqa: E402
from tests.builders import MONDAY, a_role, a_school, an_authority, an_edition, london  # noqa: E402
from tests.mailing.kills import outcome, rage  # noqa: E402
from tests.mailing.nursery import Nursery  # noqa: E402
from tests.mailing.sink import Sink, listening, mail_settings  # noqa: E402
from vacancies.models import Vacancy  # noqa: E402

from .measure import peak_memory, row, seconds  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
SEVEN = london(2026, 4, 27, 7)
ADVERTS, MESSAGES, ROUNDS = 70, 500, 5
KILLS_EACH = 50


@contextmanager
def drain(delay: float = 0) -> Iterator[None]:
    """A mail server in a process of its own, so that its work is not counted as ours."""
    command = [sys.executable, "-m", "bench.drain", str(delay)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None  # noqa: S101  PIPE was asked for
        for name, value in mail_settings(int(server.stdout.readline())).items():
            setattr(settings, name, value)
        try:
            yield
        finally:
            server.terminate()


def adverts(count: int) -> None:
    roles = [a_role("teacher"), a_role("teaching-assistant")]
    schools = [a_school(f"Fernhollow Primary School {n}", authority=an_authority(f"Authority {n}")) for n in range(13)]
    Vacancy.objects.bulk_create(
        Vacancy(
            title=f"Teaching Assistant (one-to-one support) {number}",
            school=schools[number % 13],
            role_type=roles[number % 2],
            status="approved",
            publish_on=MONDAY,
            closes_at=london(2099, 1, 1),
            working_pattern="part_time",
            hours_per_week="32.5",
            hours_detail="Monday to Friday, 8.30am-3.30pm",
            weeks="term_time_only",
            actual_pay_min=18_557,
            actual_pay_max=19_465,
        )
        for number in range(count)
    )


def readers(count: int) -> list[str]:
    Subscriber.objects.all().delete()
    addresses = [f"reader{number:05}@readers.example" for number in range(count)]
    Subscriber.objects.bulk_create(
        Subscriber(email=address, email_key=address, requested_at=SEVEN, confirmed_at=SEVEN) for address in addresses
    )
    return addresses


def empty_outbox() -> None:
    Delivery.objects.all().delete()
    Mailout.objects.all().delete()


def ours(edition: Edition) -> None:
    """Freeze and send, with every row that says so."""
    empty_outbox()
    outbox.prepare_mailout(edition, SEVEN)
    while Delivery.objects.filter(state="queued").exists():
        outbox.send_queued(SEVEN)


def stock(addresses: list[str], letter: letters.Letter) -> None:
    """Django's own way: a message for each recipient over one connection, and nothing written down."""
    with get_connection() as server:
        for address in addresses:
            message = EmailMultiAlternatives(
                letter.subject, letter.text, settings.DEFAULT_FROM_EMAIL, [address], headers=letter.headers
            )
            message.attach_alternative(letter.html, "text/html")
            server.send_messages([message])


def processor(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def cost() -> None:
    settings.MAILING_CONNECTIONS = 1
    adverts(ADVERTS)
    addresses, edition = readers(MESSAGES), an_edition(published_at=SEVEN)
    the_week = week.load(edition, SEVEN)
    letter = letters.weekly(the_week, Choice())
    times: dict[str, list[float]] = {"stock": [], "ours": []}
    with drain():
        ours(edition)
        size = len(Writer(SEVEN).message(Delivery.objects.first(), SEVEN).message().as_bytes())
        for _ in range(ROUNDS):
            times["stock"].append(processor(lambda: stock(addresses, letter)))
            times["ours"].append(processor(lambda: ours(edition)))
    each = {name: statistics.median(taken) / MESSAGES * 1000 for name, taken in times.items()}
    row("Message on the wire", f"{size / 1000:.0f} KB", f"{ADVERTS} adverts, {MESSAGES} messages, median of {ROUNDS} rounds")
    row("Processor, Django's loop", f"{each['stock']:.2f} ms/message")
    ratio = each["ours"] / each["stock"]
    row("Processor, ours with all bookkeeping", f"{each['ours']:.2f} ms/message", f"{ratio:.2f} times Django's (at most 1.3)")
    rendering(size)


def rendering(size: int) -> None:
    """Ours for each reader, its share of the one rendering included, beside django-newsletter with as many posts and bytes."""
    deliveries = list(Delivery.objects.select_related("subscriber", "mailout__edition"))

    def mine() -> None:
        writer = Writer(SEVEN)
        for delivery in deliveries:
            writer.message(delivery, SEVEN).message().as_bytes(linesep="\r\n")

    each = statistics.median(processor(mine) for _ in range(ROUNDS)) / len(deliveries) * 1000
    asked = [str(number) for number in (ADVERTS, size // 2, 100, ROUNDS)]  # It says everything twice, as text and as HTML.
    said = subprocess.run([sys.executable, "-m", "bench.newsletter", *asked], cwd=ROOT, capture_output=True, check=True).stdout
    other, other_size = map(float, said.split())
    row("Rendering, django-newsletter", f"{other:.2f} ms/reader", f"{other_size / 1000:.0f} KB each")
    row("Rendering, ours", f"{each:.2f} ms/reader", f"{each / other:.3f} times (at most 0.25)")


def latency() -> None:
    adverts(3)
    readers(MESSAGES // 2)
    edition, took = an_edition(published_at=SEVEN), {}
    for connections in (1, 4):
        settings.MAILING_CONNECTIONS = connections
        with drain(0.04):
            took[connections] = seconds(lambda: ours(edition))
        empty_outbox()
        row(f"Server with 40 ms delay, {connections} connections", f"{MESSAGES // 2 / took[connections]:.0f} a second")
    row("Four connections beside one", f"{took[1] / took[4]:.2f} times", "(at least 3)")
    letter, addresses = letters.weekly(week.load(edition, SEVEN), Choice()), readers(MESSAGES // 2)
    with drain(0.04), ThreadPoolExecutor(4) as pool:
        one = seconds(lambda: stock(addresses, letter))
        four = seconds(lambda: list(pool.map(lambda start: stock(addresses[start::4], letter), range(4))))
    row("Django's loop, in four threads beside one", f"{one / four:.2f} times", "what this machine gives with no bookkeeping")


def rows() -> None:
    """What ``memory`` reads; made before it, in another process, so that its peak is the sender's own."""
    adverts(ADVERTS)
    readers(10_000)
    an_edition(published_at=SEVEN)


def memory() -> None:
    """Run in a process of its own, whose peak is read from outside."""
    with drain():
        ours(Edition.objects.get())


def kills() -> None:
    adverts(1)
    for policy in ("resend", "hold"):
        for processes in (1, 2):
            empty_outbox()
            Edition.objects.all().delete()
            addresses = readers(KILLS_EACH * 60)
            outbox.prepare_mailout(an_edition(published_at=SEVEN), SEVEN)
            sink = Sink(linger=0.01)
            environment = {"MAILING_UNCERTAIN": policy, "MAILING_LEASE": "2", "MAILING_CONNECTIONS": "2"}
            with listening(sink) as port, Nursery(port, **environment) as nursery:
                done = rage(nursery, processes, KILLS_EACH, sink, random.Random(processes))
            held = set(Delivery.objects.filter(state="uncertain").values_list("subscriber__email", flat=True))
            found = outcome(done, addresses, sink.taken, held)
            figures = f"{found.lost} lost, {found.doubled} doubled, {found.held} held"
            row(
                f"{found.kills} kills, {connection.vendor}, {policy}, {processes} processes", figures, f"{len(addresses)} readers"
            )


def every_kind() -> None:
    adverts(ADVERTS)
    [reader] = readers(1)
    mailout = outbox.prepare_mailout(an_edition(published_at=SEVEN), SEVEN)
    steering.send_test(mailout, "pat@greensheets.example", SEVEN)
    steering.pause(mailout, "20 emails in a row could not be sent. The last answer: 554 5.7.1 Blocked", SEVEN, warn=True)
    question = "Good morning,\n\nWhen is the deadline for the next edition?\n\nThank you\nJo"
    contacting.take_message(ContactMessage(enquiry="advertise", name="Jo Bloggs", email="jo@school.example", message=question))
    for address in (reader, "new@readers.example"):
        joining.ask_to_join(address, Choice(), SEVEN)
    joining.take_sign_ups(SEVEN)


def spam() -> None:
    """Its own rules only (``-L``): what a network of others thinks of the sender's machine says nothing about the email."""
    if not shutil.which("spamassassin"):
        raise SystemExit("SpamAssassin cannot be asked: apt-get install spamassassin")
    every_kind()
    writer = Writer(SEVEN)
    for delivery in Delivery.objects.select_related("subscriber", "mailout__edition", "contact_message"):
        message = writer.message(delivery, timezone.now())
        wire = message.message().as_bytes(linesep="\r\n")
        answer = subprocess.run(["spamassassin", "-L", "-t"], input=wire, capture_output=True, check=True).stdout.decode()
        found = re.search(r"score=(-?[\d.]+) .*?tests=([\w,\s]+?) autolearn", answer, re.DOTALL)
        assert found is not None, answer  # noqa: S101  it always says so
        row(f"SpamAssassin: {message.subject[:43]}", found[1], f"(at most 0.0) {''.join(found[2].split())}")


def in_a_child(name: str, *front: str) -> None:
    with_url = {**os.environ, "DATABASE_URL": f"sqlite:///{settings.VAR_DIR / name}.sqlite3"}
    subprocess.run([*front, sys.executable, "-m", "bench.mailing", name], cwd=ROOT, env=with_url, check=True)


def main(name: str = "") -> None:
    if name:
        if name != "memory":  # Its rows are there already, and migrating would take more memory than sending.
            call_command("migrate", verbosity=0)
        settings.MAILING_LEASE, settings.ALLOWED_HOSTS = int(timedelta(hours=1).total_seconds()), ["*"]
        {"cost": cost, "latency": latency, "rows": rows, "memory": memory, "kills": kills, "spam": spam}[name]()
        return
    in_a_child("cost")
    in_a_child("latency")
    in_a_child("spam")
    in_a_child("rows")
    os.environ["DATABASE_URL"] = f"sqlite:///{settings.VAR_DIR / 'rows'}.sqlite3"
    os.environ["ANYMAIL"] = "{}"  # As it is by default: mail goes by SMTP, and no service's package is loaded.
    row(
        "Memory, 10,000 readers frozen and written to",
        f"{peak_memory('-m', 'bench.mailing', 'memory') / 1e6:.0f} MB",
        "(under 100)",
    )
    in_a_child("kills")
    in_a_child("kills", sys.executable, "bin/with-postgres")


if __name__ == "__main__":
    main(*sys.argv[1:])
