"""Two web processes and two workers, each with a disk of its own, on one PostgreSQL and one bucket (moto's server).

Whatever one of them uploads or builds the others serve, Monday comes once, and killing any of them changes nothing; what does not
hold ends the measurement with a sentence. Before that: what a file costs from where. It takes four minutes, up to two of which a
killed worker's claim needs to lapse; ``python -m bench.machines live`` leaves the costs out.
"""

import os
import secrets
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.core.files.base import ContentFile  # noqa: E402  settings come first
from django.core.files.storage import default_storage  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.http import FileResponse  # noqa: E402
from django.test import override_settings  # noqa: E402

from editions.models import Bulletin, Edition  # noqa: E402
from files.address import storage_from  # noqa: E402
from greensheets_site.accounts import roles  # noqa: E402
from greensheets_site.models import Heartbeat  # noqa: E402
from tests.builders import MONDAY, a_school, a_subscriber, a_term, a_vacancy, london  # noqa: E402
from tests.desk import staff  # noqa: E402
from tests.editions.building.test_uploading import a_pdf as an_old_pdf  # noqa: E402
from tests.mailing.sink import Sink, listening  # noqa: E402
from tests.pictures.files import a_jpeg  # noqa: E402
from tests.sent_files import a_pdf  # noqa: E402
from vacancies.models import School, Vacancy, VacancyDocument  # noqa: E402

from .measure import row  # noqa: E402
from .serving import GRANIAN, ONE_PROCESS, free_port, wait_for  # noqa: E402
from .visiting import Visitor  # noqa: E402

SEVEN = london(2026, 4, 27, 7)
ADVERTS, READERS, PATIENCE = 24, 60, 400
SIZES = {"a picture or a cover, 0.2 MB": 200_000, "a bulletin, 2 MB": 2_000_000, "the largest upload, 40 MB": 40_000_000}


class Machine:
    """One process with a disk of its own."""

    def __init__(self, name: str, environment: dict[str, str]):
        self.disk = Path(tempfile.mkdtemp(prefix=f"greensheets-{name}-"))
        self.name, self.address = name, ""
        self._environment = {**os.environ, **environment, "VAR_DIR": str(self.disk)}
        self.process: subprocess.Popen | None = None

    def work(self) -> "Machine":
        command = [sys.executable, "-m", "bench.clock", "worker", "--interval", "1", "--name", self.name]
        self.process = subprocess.Popen(command, env=self._environment, stdout=subprocess.DEVNULL, start_new_session=True)
        return self

    def serve(self, port: int) -> "Machine":
        command = [GRANIAN, *ONE_PROCESS, "--host", "127.0.0.1", "--port", str(port), "bench.clock.site:application"]
        self.process = subprocess.Popen(command, env=self._environment, start_new_session=True)
        self.address = f"http://localhost:{port}"
        wait_for(f"{self.address}/")
        return self

    def collect(self) -> None:
        command = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
        subprocess.run(command, env=self._environment, check=True)

    def kill(self) -> None:
        """With its children: a server's would go on answering."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def give_up(self) -> None:
        self.kill()
        shutil.rmtree(self.disk, ignore_errors=True)


@contextmanager
def bucket() -> Iterator[tuple[str, subprocess.Popen]]:
    """STORAGE_URL, and the process to stop for an outage."""
    command = [sys.executable, "-m", "bench.bucket"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None  # noqa: S101  PIPE was asked for
        try:
            yield server.stdout.readline().strip(), server
        finally:
            server.kill()


def must(holds: bool, what: str) -> None:
    if not holds:
        raise SystemExit(f"This does not hold: {what}")
    row(what, "yes")


def wait_until(holds: Callable[[], bool], what: str) -> float:
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > PATIENCE:
            raise SystemExit(f"This has not come within {PATIENCE} seconds: {what}")
        time.sleep(0.1)
    return time.monotonic() - began


def make_rows() -> None:
    call_command("migrate", verbosity=0)
    roles.sync()
    a_term()
    school = a_school()
    for number in range(ADVERTS):
        a_vacancy(
            f"Teacher {number}",
            school=school,
            role=("teacher", "midday-supervisor")[number % 2],
            closes_at=SEVEN.replace(month=6),
        )
    for _ in range(READERS):
        a_subscriber()
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"]):  # not that of the tests
        staff(roles.PUBLISHER, "pat")


def upload(web: Machine) -> None:
    """A crest, a document and the two PDFs of an old edition, by the forms of the desk."""
    pat = Visitor(web.address)
    pat.send("/admin/login/", username="pat", password="greensheets")  # noqa: S106  of this measurement only
    school, vacancy = School.objects.get(), Vacancy.objects.order_by("pk").first()
    pat.send(f"/admin/vacancies/school/{school.pk}/change/", logo=ContentFile(a_jpeg((300, 200)), "crest.jpg"))
    more = {"attachments-TOTAL_FORMS": "1", "attachments-0-file": a_pdf(padding=900_000), "attachments-0-is_shown": "on"}
    pat.send(f"/admin/vacancies/vacancy/{vacancy.pk}/change/", **more)
    pdfs = {f"{group}_pdf": ContentFile(an_old_pdf(), f"{group}.pdf") for group in ("teaching", "support")}
    pat.send("/admin/editions/edition/upload/", on="2026-04-20", number="900", **pdfs)


def addresses() -> list[str]:
    """Of everything that is a file."""
    found = [document.get_absolute_url() for document in VacancyDocument.objects.all()]
    found += [f"/media/{name}" for name in School.objects.exclude(logo="").values_list("logo", flat=True)]
    for bulletin in Bulletin.objects.public().select_related("edition"):
        found += [bulletin.get_absolute_url(), bulletin.get_cover_url()]
    return found


def files_of(web: Machine) -> dict[str, tuple[int, int]]:
    """Status and digest of every file, as one machine serves it."""
    visitor = Visitor(web.address)
    return {address: (status, hash(content)) for address, (status, content) in ((at, visitor.get(at)) for at in addresses())}


def are_served_alike(one: Machine, other: Machine) -> bool:
    mine, others = files_of(one), files_of(other)
    return bool(mine) and mine == others and {status for status, _ in mine.values()} == {200}


def monday(stack: ExitStack, environment: dict[str, str], sink: Sink) -> list[Machine]:
    """Two workers on one Monday, of which one is killed while it sets a bulletin, and comes back when all is over."""
    workers = [Machine(f"press-{number}", environment) for number in (1, 2)]
    for worker in workers:
        stack.callback(worker.give_up)
        worker.work()
    wait_until(lambda: Bulletin.objects.filter(edition__on=MONDAY, claimed_at__isnull=False).exists(), "a bulletin is begun")
    workers[0].kill()
    took = wait_until(lambda: len(sink.taken) >= READERS, "every reader has an email")
    workers[0].work()
    wait_until(
        lambda: not Bulletin.objects.filter(edition__on=MONDAY, claimed_at__isnull=False).exists(), "nothing is being built"
    )
    time.sleep(10)  # ten rounds of two workers, which must find nothing to do
    row("From a worker's death at 07:00 to the last email", f"{took:.0f} s", "a claim of its own would lapse after 120 s")
    got = Counter(taken.to[0] for taken in sink.taken)
    must(len(got) == READERS and set(got.values()) == {1}, f"each of {READERS} readers got one email")
    must(Edition.objects.filter(on=MONDAY, published_at__isnull=False).count() == 1, "one edition came out")
    must(Bulletin.objects.filter(edition__on=MONDAY).exclude(file="").count() == 2, "with both its bulletins")
    return workers


def live(environment: dict[str, str], storage: str, server: subprocess.Popen, sink: Sink) -> None:
    with ExitStack() as stack:
        webs = [
            Machine(f"web-{number}", {**environment, "STORAGE_URL": url}) for number, url in ((1, storage), (2, storage), (3, ""))
        ]
        for web in webs:
            stack.callback(web.give_up)
        webs[0].collect()
        for web in webs[1:]:
            shutil.copytree(webs[0].disk / "static", web.disk / "static")
        for web in webs:
            web.serve(free_port())
        upload(webs[0])
        must(len(addresses()) == 6, "a crest, a document and two old PDFs with covers were uploaded to web-1")
        must(are_served_alike(*webs[:2]), "web-2 serves what was uploaded to web-1")
        workers = monday(stack, {**environment, "STORAGE_URL": storage}, sink)
        must(are_served_alike(*webs[:2]) and len(addresses()) == 10, "web-1 and web-2 serve what the workers built")
        must(not any((machine.disk / "media").exists() for machine in [*webs[:2], *workers]), "nothing lies on any disk")
        wait_until(lambda: Heartbeat.objects.exclude(probe="").count() == 2, "both workers have left a probe")
        must(b'"files": "good"' in Visitor(webs[1].address).get("/healthz")[1], "web-2 sees the files of both workers")
        seen = Visitor(webs[2].address).get("/healthz")
        must(seen[0] == 503 and b'"files": "bad"' in seen[1], "web-3, without STORAGE_URL, says that it sees neither's")
        before = files_of(webs[1])
        webs[0].kill()
        workers[1].kill()
        must(is_gone(webs[0]), "web-1 answers no more")
        must(files_of(webs[1]) == before, "with web-1 and press-2 killed, web-2 serves all as before")
        server.kill()
        must(pages_go_on(webs[1]), "with the storage away pages go on, and files answer 503")


def is_gone(web: Machine) -> bool:
    try:
        Visitor(web.address).get("/healthz")
    except OSError:
        return True
    return False


def pages_go_on(web: Machine) -> bool:
    visitor = Visitor(web.address)
    pages = ["/", "/vacancies/", "/editions/", "/editions/2026-04-27/", School.objects.get().get_absolute_url()]
    files = {status for status, _ in files_of(web).values()}
    return files == {503} and {visitor.get(page)[0] for page in pages} == {200} and visitor.get("/healthz")[0] == 503


def costs(storage: str) -> None:
    """What it costs the web process to hand out a file: from a disk, from the bucket, or by sending readers to the bucket."""
    for what, size in SIZES.items():
        content = os.urandom(size)
        for place, url in (("disk", ""), ("bucket", storage)):
            with override_settings(STORAGES={**settings.STORAGES, "default": storage_from(url)}):
                name = default_storage.save("bulletins/a.pdf", ContentFile(content))
                row(f"{what}, from a {place}", f"{processor(lambda name=name: sent(name)):.1f} ms", "of processor time")
                if url:
                    row(f"{what}, by redirect", f"{processor(lambda name=name: signed(name)):.1f} ms")


def sent(name: str) -> int:
    with default_storage.open(name) as file:
        return sum(len(chunk) for chunk in FileResponse(file).streaming_content)


def signed(name: str) -> str:
    """An address of the bucket that is good for a minute."""
    parameters = {"Bucket": default_storage.bucket_name, "Key": name}
    address: str = default_storage.connection.meta.client.generate_presigned_url("get_object", Params=parameters, ExpiresIn=60)
    return address


def processor(work: Callable[[], object]) -> float:
    """Milliseconds, the median of seven runs after one that does not count."""
    taken = []
    for _ in range(8):
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1000)
    return statistics.median(taken[1:])


def main() -> None:
    make_rows()
    sink = Sink()
    with bucket() as (storage, server), listening(sink) as port:
        if "live" not in sys.argv:
            costs(storage)
        environment = {
            "DJANGO_SETTINGS_MODULE": "greensheets_site.settings",
            "GREENSHEETS_DEMO": "0",
            "SECRET_KEY": secrets.token_hex(32),
            "SITE_URL": "http://localhost",
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "CLOCK_AT": SEVEN.isoformat(),
            "CLOCK_FROM": str(time.time()),
            "LOG_LEVEL": "ERROR",
        }
        live(environment, storage, server, sink)


if __name__ == "__main__":
    if "postgres" in os.environ.get("DATABASE_URL", ""):
        main()
    else:
        sys.exit(
            subprocess.run(
                [sys.executable, "bin/with-postgres", sys.executable, "-m", "bench.machines", *sys.argv[1:]], check=False
            ).returncode
        )
