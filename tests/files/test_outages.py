"""A storage that does not answer takes nothing down with it but the files themselves, and is not asked in vain."""

import errno
import logging
import socket
import threading
from datetime import timedelta

import pytest
import time_machine
from botocore.exceptions import ClientError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from editions.building import bulletins, uploading
from editions.models import Bulletin
from files import leftovers, outages
from files.address import storage_from
from files.bucket import is_missing
from files.outages import Outage, StorageAway
from greensheets_site.models import Heartbeat
from greensheets_site.worker import rounds
from greensheets_site.worker.duties import DUTIES
from greensheets_site.worker.rounds import Rounds
from tests.buckets import address_of
from tests.builders import MONDAY, a_school, a_term, a_vacancy, an_article, an_edition, london
from tests.sent_files import a_pdf
from vacancies.editing import documents
from vacancies.models import VacancyDocument

NOW = london(2026, 4, 27, 7)
ASKING = [
    lambda: default_storage.open("documents/a.pdf"),
    lambda: default_storage.save("documents/a.pdf", ContentFile(b"a")),
    lambda: default_storage.delete("documents/a.pdf"),
    lambda: default_storage.exists("documents/a.pdf"),
    lambda: default_storage.listdir("documents"),
    lambda: default_storage.size("documents/a.pdf"),
    lambda: default_storage.get_modified_time("documents/a.pdf"),
]


@pytest.fixture
def nobody_there(settings):
    """A bucket behind a port at which nobody listens."""
    settings.STORAGES = {**settings.STORAGES, "default": storage_from(address_of("127.0.0.1:1", "bucket"))}


def broken(*_arguments, **_options):
    raise OSError(errno.EIO, "Input/output error")


@pytest.fixture
def broken_disk(monkeypatch):
    for name in ("_open", "_save", "delete", "exists", "listdir", "size", "get_modified_time"):
        monkeypatch.setattr(FileSystemStorage, name, broken)


@pytest.fixture(params=["nobody_there", "broken_disk"])
def storage_away(request):
    request.getfixturevalue(request.param)
    return request.param


@pytest.mark.parametrize("ask", ASKING)
def test_whatever_is_asked_of_a_storage_that_is_away_says_so(storage_away, ask):
    with pytest.raises(StorageAway):
        ask()


def test_a_bucket_that_is_not_there_is_no_missing_file(settings, storage_server):
    settings.STORAGES = {**settings.STORAGES, "default": storage_from(address_of(storage_server, "nobody-made-it"))}
    with pytest.raises(StorageAway):
        default_storage.open("documents/a.pdf")


@pytest.mark.parametrize(
    ("status", "code", "missing"),
    [(404, "NoSuchKey", True), (404, "404", True), (404, "NoSuchBucket", False), (403, "AccessDenied", False), (503, "", False)],
)
def test_only_a_file_that_is_not_there_is_missing(status, code, missing):
    answer = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    assert is_missing(ClientError(answer, "GetObject")) == missing


def test_it_is_said_once_and_once_when_it_is_over(caplog, monkeypatch):
    monkeypatch.setattr(outages, "FIRST_PAUSE", 0.0)
    outage = Outage()
    for _ in range(3):
        outage.must_be_over()
        outage.failed(ConnectionError("refused"))
    outage.answered()
    outage.answered()
    said = [record.getMessage() for record in caplog.records]
    assert said == [
        "The file storage is not responding; it will be tried again until it does: refused",
        "The file storage is responding again, after 0 seconds and 3 failures",
    ]


@pytest.mark.parametrize(("waited", "pause"), [(0, 5), (1, 5), (10, 30), (26, 60)])
def test_the_longer_one_had_to_wait_the_longer_nobody_asks_again(monkeypatch, waited, pause):
    monkeypatch.setattr(outages.time, "monotonic", lambda: 1000.0)
    outage = Outage()
    outage.failed(ConnectionError(), waited)
    monkeypatch.setattr(outages.time, "monotonic", lambda: 1000.0 + pause - 0.1)
    with pytest.raises(StorageAway):
        outage.must_be_over()
    monkeypatch.setattr(outages.time, "monotonic", lambda: 1000.0 + pause)
    outage.must_be_over()


def test_between_two_questions_lies_ever_more_time_but_never_more_than_a_minute(monkeypatch):
    clock = [1000.0]
    monkeypatch.setattr(outages.time, "monotonic", lambda: clock[0])
    outage, pauses = Outage(), []
    for _ in range(6):
        outage.failed(ConnectionError())
        began = clock[0]
        while True:
            try:
                outage.must_be_over()
                break
            except StorageAway:
                clock[0] += 1
        pauses.append(clock[0] - began)
    assert pauses == [5, 10, 20, 40, 60, 60]


def test_nobody_waits_a_second_time_for_a_storage_that_has_just_failed(settings):
    """It takes connections and never answers: the first to ask waits, and those after that do not even connect."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        calls = []

        def hang_up():
            while True:
                try:
                    connection, _ = silent.accept()
                except OSError:
                    return
                calls.append(connection)
                connection.close()

        thread = threading.Thread(target=hang_up, daemon=True)
        thread.start()
        address = address_of(f"127.0.0.1:{silent.getsockname()[1]}", "bucket")
        settings.STORAGES = {**settings.STORAGES, "default": storage_from(address)}
        with pytest.raises(StorageAway):
            default_storage.exists("a")
        asked = len(calls)
        for _ in range(5):
            with pytest.raises(StorageAway, match="a moment ago"):
                default_storage.exists("a")
        assert asked == len(calls) > 0
        silent.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=5)


@pytest.mark.django_db
def test_pages_go_on_and_files_answer_503_with_a_sentence(client, request, caplog):
    """With everything that has a file: news pictures, a logo, a bulletin with its cover, a document."""
    school = a_school(logo="logos/0123456789abcdef-300x200.jpg")
    vacancy = a_vacancy(school=school)
    article = an_article(picture="news/0123456789abcdef-1280x720.jpg", picture_alt="A hall")
    document = VacancyDocument.objects.create(
        vacancy=vacancy, title="Form", file=a_pdf(), kind="pdf", size=9, is_written_anew=True
    )
    edition = an_edition(MONDAY, published_at=NOW)
    bulletins.plan(edition)
    edition.bulletins.update(file="bulletins/2026/a.pdf", cover="covers/2026/a.jpg", digest="abc", size=4, built_at=NOW)
    request.getfixturevalue("nobody_there")

    with time_machine.travel(london(2026, 4, 28, 9), tick=False):
        pages = [
            "/",
            "/vacancies/",
            vacancy.get_absolute_url(),
            "/news/",
            article.get_absolute_url(),
            "/news/feed/",
            "/editions/",
        ]
        assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
        pdf = edition.bulletins.first().get_absolute_url()
        files = [pdf, pdf.replace(".pdf", ".jpg"), document.get_absolute_url(), f"/media/{school.logo.name}"]
        answers = {file: client.get(file) for file in files}
    assert {file: answer.status_code for file, answer in answers.items()} == dict.fromkeys(files, 503)
    for answer in answers.values():
        assert (answer["Retry-After"], answer["Cache-Control"]) == ("60", "private, no-store")
        assert "Our file storage is not responding." in answer.content.decode()
    assert client.get(pdf, headers={"if-none-match": '"abc"'}).status_code == 304
    assert len([record for record in caplog.records if record.levelno >= logging.WARNING]) == 1


@pytest.mark.django_db
def test_who_sends_a_file_is_told_that_it_was_not_saved(admin_client, nobody_there, monkeypatch):
    monkeypatch.setattr(uploading, "examine", lambda size, chunks: uploading.Examined(b"".join(chunks), b"jpeg", 2))
    with time_machine.travel(NOW, tick=False):
        sent = {"on": "2019-04-22", "number": "812", "teaching_pdf": a_pdf(), "support_pdf": a_pdf()}
        answer = admin_client.post("/admin/editions/edition/upload/", sent)
    assert answer.status_code == 503
    assert "What you sent has not been saved" in answer.content.decode()
    assert not Bulletin.objects.exclude(file="").exists()


@pytest.mark.django_db
def test_monday_comes_out_without_its_pdfs_and_they_follow_by_themselves(press, request, monkeypatch, caplog, settings):
    monkeypatch.setattr(rounds, "_beat_until", lambda over, worker, doing, outage: None)
    a_term()
    a_vacancy()
    here = settings.STORAGES
    request.getfixturevalue("nobody_there")
    team = Rounds(DUTIES, say=print)
    with time_machine.travel(NOW, tick=False), caplog.at_level(logging.WARNING):
        team.once(NOW)
        team.once(NOW + timedelta(seconds=10))
        bulletin = Bulletin.objects.get(edition__on=MONDAY, staff_group="teaching")
    assert bulletin.edition.published_at == NOW
    assert (bulletin.file.name, bulletin.problem, bulletin.attempts) == ("", bulletins.NOT_STORED, 0)
    assert press.jobs == []
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
        "The file storage is not responding; it will be tried again until it does"
    ]

    settings.STORAGES = here
    with time_machine.travel(NOW + timedelta(minutes=2), tick=False):
        assert team.once(NOW + timedelta(minutes=2)) == []
    bulletin.refresh_from_db()
    assert (bool(bulletin.file), bulletin.problem) == (True, "")


@pytest.mark.django_db
def test_a_print_shop_pdf_that_could_not_be_kept_stays_asked_for(press, nobody_there):
    a_vacancy()
    edition = an_edition(MONDAY)
    bulletins.plan(edition)
    bulletin = edition.bulletins.get(staff_group="teaching")
    bulletins.ask_for_print(bulletin, NOW)
    bulletin.refresh_from_db()
    assert bulletins.build(edition, "teaching", NOW, bulletins.Run.FOR_PRINT)
    bulletin.refresh_from_db()
    assert (bulletin.print_asked_at, bulletin.print_problem) == (NOW, bulletins.NOT_STORED)


@pytest.mark.django_db(transaction=True)
def test_a_file_that_could_not_be_removed_keeps_nobody_from_saving_and_is_swept_later(monkeypatch):
    document = VacancyDocument.objects.create(
        vacancy=a_vacancy(), title="Form", file=a_pdf(), kind="pdf", size=9, is_written_anew=True
    )
    name = document.file.name
    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "delete", broken)
        documents.remove_files([name])
        document.delete()
    assert default_storage.exists(name)
    assert documents.sweep(document.added_at + timedelta(hours=1)) == 0
    assert documents.sweep(document.added_at + timedelta(hours=7)) == 1
    assert not default_storage.exists(name)


@pytest.mark.django_db
def test_a_sweep_that_finds_the_storage_away_is_tried_again_soon(nobody_there, monkeypatch, caplog):
    monkeypatch.setattr(rounds, "_beat_until", lambda over, worker, doing, outage: None)
    sweeps = [duty for duty in DUTIES if "nothing points to" in duty.name]
    team = Rounds(sweeps, say=print)
    assert team.once(NOW) == [duty.name for duty in sweeps]
    assert team.once(NOW + timedelta(minutes=5)) == [duty.name for duty in sweeps]
    assert "Traceback" not in caplog.text
    assert Heartbeat.objects.count() == 1


def test_what_cannot_be_discarded_is_left_to_the_sweep(storage_away):
    leftovers.discard("documents/a.pdf")
