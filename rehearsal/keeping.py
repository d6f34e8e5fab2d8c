"""Bad days: what was backed up comes back, a new version comes without a failed request, one that fails goes again."""

import http.client
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .installing import CHECKOUT
from .machine import Failed, tarball_of, version_of
from .stage import Stage, until
from .using import TITLE

BACKUPS = "/var/backups/greensheets"
SERVICES = ("greensheets-worker", "greensheets-web@1", "greensheets-web@2")
MIGRATION = """from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("news", "{last}")]
    operations = [migrations.RunSQL("CREATE TABLE rehearsal (id integer)", "DROP TABLE rehearsal")]
"""
Answers = Counter[tuple[str, int | str, bool]]  # what was asked, how it was answered, whether by nginx alone
AT_ONCE, PAUSE = 3, 0.15  # below what nginx lets one visitor ask for


def it_is_backed_up(stage: Stage) -> str:
    stage.must_know("back_up")
    stage.notes["backup"] = stage.manage("back_up", "--to", BACKUPS).splitlines()[-1]
    return stage.notes["backup"]


def what_was_wrecked_comes_back(stage: Stage) -> str:
    stage.must_know("restore")
    media = stage.machine.folder / "var/lib/greensheets/media"
    before = {media / name: (media / name).read_bytes() for name in published_files(stage)}
    stage.sql("UPDATE vacancies_vacancy SET title = 'Wrecked'")
    stage.sql("DELETE FROM mailing_consentevent")
    for path in before:
        path.unlink()
    stage.machine.run("systemctl", "stop", *SERVICES)
    maintenance = stage.visitor.get("/", status=503)
    maintenance.must_say("Back in a moment")
    stage.manage("restore", stage.notes["backup"], "--from", BACKUPS, "--yes", "--while-running")
    stage.machine.run("systemctl", "start", *SERVICES)
    until(60, "the site after restoring", lambda: stage.visitor.ask("/").status == 200)
    stage.visitor.get(stage.notes["advert"]).must_say(TITLE)
    if lost := [str(path) for path, content in before.items() if not path.exists() or path.read_bytes() != content]:
        raise Failed(f"these files are not what they were: {lost}")
    return f"rows and {len(before)} files as they were; meanwhile visitors saw the maintenance page"


def published_files(stage: Stage) -> list[str]:
    """PDFs and covers of the published edition; what the worker makes for the next one changes meanwhile."""
    of_it = "FROM editions_bulletin b JOIN editions_edition e ON e.id = b.edition_id WHERE e.published_at IS NOT NULL"
    names = stage.sql(f"SELECT b.file {of_it} UNION SELECT b.cover {of_it}").split()
    if not names:
        raise Failed("the published edition has no files")
    return names


def no_request_fails_in_a_restart(stage: Stage) -> str:
    with load(stage) as answers:
        stage.manage("restart")
    return judged(answers)


def a_new_version_comes_without_a_failed_request(stage: Stage) -> str:
    stage.notes["first"] = current(stage)
    new = a_version(stage, "0.9.1", migration=True)
    with load(stage) as answers:
        stage.machine.run(f"{CHECKOUT}/deploy/upgrade", new, *options(stage))
    if "0.9.1" not in current(stage) or stage.sql("SELECT count(*) FROM rehearsal") != "0":
        raise Failed("the new version or its table is not there")
    return judged(answers)


def a_version_that_does_not_start_goes_again(stage: Stage) -> str:
    before = current(stage)
    broken = a_version(stage, "0.9.2", wsgi='raise RuntimeError("a version that does not start")\n')
    with load(stage) as answers:
        said = stage.machine.run(f"{CHECKOUT}/deploy/upgrade", broken, *options(stage), good=False)
    if current(stage) != before or "runs again" not in said:
        raise Failed(f"{current(stage)} runs, not {before}:\n{said[-2000:]}")
    return judged(answers)


def going_back_takes_the_database_along(stage: Stage) -> str:
    stage.must_know("restore")
    first = Path(stage.notes["first"]).name
    refused = stage.machine.run(f"{CHECKOUT}/deploy/upgrade", "--back", good=False)
    if "--restore" not in refused:
        raise Failed(f"going back over a changed database was not refused:\n{refused}")
    stage.machine.run(f"{CHECKOUT}/deploy/upgrade", "--back", "--restore")
    if Path(current(stage)).name != first or stage.sql("SELECT to_regclass('rehearsal')"):
        raise Failed(f"{current(stage)} runs, and the new table is {stage.sql('SELECT to_regclass(chr(114))') or 'there'}")
    stage.visitor.get(stage.notes["advert"]).must_say(TITLE)
    return f"{first} with the database from before the upgrade"


def options(stage: Stage) -> list[str]:
    known = "Unknown command" not in stage.manage("help", "back_up", good=None)
    return ["--wheels", "/opt/wheels", *([] if known else ["--no-backup"])]


def current(stage: Stage) -> str:
    return str((stage.machine.folder / "srv/greensheets/current").readlink())


def a_version(stage: Stage, number: str, migration: bool = False, wsgi: str = "") -> str:
    """The version here under another number, with a change of the database or a fault put in, as a tarball."""
    folder = stage.machine.copy_checkout(f"tmp/{number}")
    project = folder / "pyproject.toml"
    project.write_text(project.read_text().replace(f'version = "{version_of(folder)}"', f'version = "{number}"'))
    if migration:
        last = max(path.stem for path in (folder / "news/migrations").glob("0*.py"))
        (folder / "news/migrations/9001_rehearsal.py").write_text(MIGRATION.format(last=last))
    if wsgi:
        (folder / "greensheets_site/wsgi.py").write_text(wsgi)
    tarball_of(folder, stage.machine.folder / f"tmp/greensheets-{number}.tar.gz")
    return f"/tmp/greensheets-{number}.tar.gz"


@contextmanager
def load(stage: Stage) -> Iterator[Answers]:
    """Visitors who read, and some who post, for as long as the block runs; how each was answered."""
    answers: Answers = Counter()
    over = threading.Event()

    def visit(number: int) -> None:
        addresses = ["/", "/vacancies/", stage.notes.get("advert", "/"), "/news/"]
        while not over.wait(PAUSE):
            number += 1
            posts = number % 5 == 0
            try:
                # Without its token the form is refused, by the site and not by what is in front of it.
                answer = (
                    stage.visitor.ask("/admin/login/", "POST", b"username=x")
                    if posts
                    else stage.visitor.ask(addresses[number % 4])
                )
                answers["POST" if posts else "GET", answer.status, "Back in a moment" in answer.text] += 1
            except (OSError, http.client.HTTPException) as error:
                answers["failed", type(error).__name__, False] += 1

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    try:
        time.sleep(1)
        yield answers
        time.sleep(1)
    finally:
        over.set()
        for thread in threads:
            thread.join()


def judged(answers: Answers) -> str:
    good = {("GET", 200, False), ("POST", 403, False)}
    if failed := {answer: count for answer, count in answers.items() if answer not in good}:
        raise Failed(f"of {answers.total()} requests these failed: {failed}")
    return f"0 of {answers.total()} requests failed ({answers['POST', 403, False]} of them posts)"


STEPS = [
    it_is_backed_up,
    what_was_wrecked_comes_back,
    no_request_fails_in_a_restart,
    a_new_version_comes_without_a_failed_request,
    a_version_that_does_not_start_goes_again,
    going_back_takes_the_database_along,
]
