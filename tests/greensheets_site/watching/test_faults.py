"""Errors told to the operator: once an hour and kind, without anything about anybody, whatever else is broken."""

import logging
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import OperationalError, transaction
from django.test import RequestFactory

from greensheets_site.models import Fault
from greensheets_site.watching import faults, operator_handler
from greensheets_site.watching.operator_handler import OperatorHandler, Seen, Tally, seen_in
from greensheets_site.worker.rounds import Duty, Rounds
from tests.builders import london

NOW = london(2026, 4, 27, 7)
SEEN = Seen("ValueError", "vacancies/views.py:162 in vacancy", "GET /vacancies/12-teacher/")
HERE = "tests/greensheets_site/watching/test_faults.py"


@pytest.fixture(autouse=True)
def somebody_operates(settings):
    settings.OPERATOR_EMAILS = ["operator@greensheets.example"]


def report(now=NOW, count=1, seen=SEEN, memory=None):
    return faults.report(seen, count, now, memory or Tally())


def texts():
    return [message.body for message in mail.outbox]


@pytest.mark.django_db
def test_the_email_says_what_where_and_how_often():
    report(count=3)
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["operator@greensheets.example"], "Greensheets: ValueError (3 times)")
    assert message.body == (
        "An error occurred at https://www.greensheets.example.\n\n"
        "Kind: ValueError\n"
        "Place: vacancies/views.py:162 in vacancy\n"
        "During: GET /vacancies/12-teacher/\n"
        "Count: 3 times since the last email about it\n"
        "Last seen: Monday 27 April 2026, 7am\n\n"
        "The log has the full story. You will not be told of this kind again within an hour.\n"
    )


@pytest.mark.django_db
def test_a_kind_is_told_once_an_hour_and_then_with_the_count_since():
    told = [report(NOW + timedelta(minutes=minutes)) for minutes in (0, 1, 30, 59, 60, 61)]
    assert told == [True, False, False, False, True, False]
    assert [text.split("Count: ")[1].split(" since")[0] for text in texts()] == ["once", "4 times"]
    assert Fault.objects.get().count == 1


@pytest.mark.django_db
def test_another_kind_and_another_place_are_told_for_themselves():
    others = [
        SEEN,
        SEEN._replace(kind="KeyError"),
        SEEN._replace(place="news/views.py:3 in show"),
        SEEN._replace(during="POST /x/"),
    ]
    assert [report(seen=seen) for seen in others] == [True, True, True, False]


@pytest.mark.django_db
def test_a_release_that_breaks_everything_is_told_in_ten_emails_an_hour():
    kinds = [SEEN._replace(place=f"vacancies/views.py:{line} in vacancy") for line in range(25)]
    assert sum(report(seen=seen) for seen in kinds) == 10
    assert report(NOW + timedelta(minutes=60), seen=kinds[20])


@pytest.mark.django_db
def test_a_clock_that_was_ahead_holds_no_email_up():
    report(NOW + timedelta(days=30))
    assert report(NOW)


@pytest.mark.django_db
def test_kinds_that_did_not_come_for_a_month_are_forgotten():
    report(NOW - timedelta(days=31), seen=SEEN._replace(kind="KeyError"))
    report(NOW)
    assert [row.kind for row in Fault.objects.all()] == ["ValueError"]


@pytest.mark.django_db
def test_what_no_mail_server_took_is_told_by_the_next_of_its_kind(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    for _ in range(2):
        with pytest.raises(ConnectionRefusedError):
            report()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert report(NOW + timedelta(minutes=5))
    assert "Count: 3 times" in texts()[0]


def test_what_no_mail_server_took_while_the_database_was_away_is_tried_again(monkeypatch, settings):
    def away(*_, **__):
        raise OperationalError("could not connect")

    monkeypatch.setattr(faults, "claim_fault", away)
    monkeypatch.setattr(faults.Fault.objects, "filter", away)
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    tally = Tally()
    with pytest.raises(ConnectionRefusedError):
        report(memory=tally)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert [report(memory=tally) for _ in range(2)] == [True, False]


@pytest.mark.django_db
def test_of_two_processes_one_tells(monkeypatch):
    """The other one counts between this one's look and its claim."""
    row = Fault.objects.create(kind=SEEN.kind, place=SEEN.place, seen_at=NOW, told_at=NOW - timedelta(hours=2), count=4)
    assert faults.claim_fault(SEEN, 1, NOW) == 5
    assert faults.claim_fault(SEEN, 1, NOW) == 0
    row.refresh_from_db()
    assert (row.count, row.told_at) == (1, NOW)


def test_with_the_database_away_it_is_told_once_an_hour_all_the_same(monkeypatch):
    def away(*_):
        raise OperationalError("could not connect")

    monkeypatch.setattr(faults, "claim_fault", away)
    tally = Tally()
    assert [report(memory=tally) for _ in range(3)] == [True, False, False]
    clock = operator_handler.time.monotonic() + 3601
    monkeypatch.setattr(operator_handler.time, "monotonic", lambda: clock)
    assert report(memory=tally)
    assert len(mail.outbox) == 2


def failing_view():
    typed = {"email": "may@readers.example", "word": "correct horse"}
    raise ValueError(f"cannot save {typed}")


def logged(error=None, message="%s failed", **extra):
    """The record that a logger would make of an error."""
    caught = None
    if error:
        try:
            error()
        except Exception as raised:
            caught = (type(raised), raised, raised.__traceback__)
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 7, message, ("may@readers.example",), caught)
    record.__dict__.update(extra)
    return record


def a_post():
    return RequestFactory().post(
        "/mailing-list/?from=may@readers.example", {"email": "may@readers.example"}, HTTP_COOKIE="sessionid=s3cret"
    )


def test_nothing_that_anybody_typed_is_known_of_an_error():
    seen = seen_in(logged(failing_view, request=a_post()))
    line = failing_view.__code__.co_firstlineno + 2
    assert seen == Seen("ValueError", f"{HERE}:{line} in failing_view", "POST /mailing-list/")
    body = faults.message(seen, 1, NOW).message().as_string()
    for secret in ("may@", "readers", "correct horse", "s3cret", "cannot save", "from="):
        assert secret not in body


def test_the_key_in_an_address_is_left_out():
    request = RequestFactory().get("/u/hT5gKqq0LmDIvo9eUyA/")
    assert seen_in(logged(failing_view, request=request)).during == "GET /u/[key]/"


def test_an_error_in_a_library_is_placed_where_we_called_it():
    def calls_a_library():
        return RequestFactory().get("/", HTTP_HOST="a b").get_host()

    assert seen_in(logged(calls_a_library)).place.startswith(f"{HERE}:")


def test_a_database_that_is_away_is_one_kind_wherever_it_is_asked():
    def away():
        raise OperationalError("could not connect to 10.0.0.4")

    assert seen_in(logged(away)) == Seen("django.db.utils.OperationalError", "wherever the database is asked")


def test_an_error_without_an_exception_is_known_by_its_line():
    assert seen_in(logged(message="%s cannot be sent\n%s")) == Seen("… cannot be sent", f"{HERE}:7")


def test_the_words_of_a_library_may_hold_anything():
    record = logging.LogRecord("django.request", logging.ERROR, logging.__file__, 7, "may@readers.example: May Field", (), None)
    assert seen_in(record).kind == "An error told by django.request"


def test_a_failing_duty_is_named():
    assert seen_in(logged(failing_view, duty="publish")).during == "publish"


def test_a_storm_is_counted_in_memory_and_handed_over_once_a_minute(monkeypatch):
    tally, clock = Tally(), [100.0]
    monkeypatch.setattr(operator_handler.time, "monotonic", lambda: clock[0])
    first = [tally.add(SEEN.key) for _ in range(500)]
    clock[0] += 60
    assert (first[0], set(first[1:]), tally.add(SEEN.key), tally.add(SEEN.key)) == (1, {0}, 500, 0)


class Broken(EmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError("may@readers.example")


class BrokenAndLoud(Broken):
    def send_messages(self, messages):
        logging.getLogger("mailing").error("no mail server")
        super().send_messages(messages)


def settle():
    for thread in threading.enumerate():
        if thread.name == "faults":
            thread.join(timeout=30)


LOG = logging.getLogger("greensheets.tested")


@pytest.fixture(autouse=True)
def anew():
    """The handler that the settings put on the root logger, with nothing counted."""
    (handler,) = [each for each in logging.getLogger().handlers if isinstance(each, OperatorHandler)]
    handler.tally = Tally()
    yield
    settle()


@pytest.mark.django_db(transaction=True)
def test_it_never_raises_and_never_reports_itself(settings, capsys):
    settings.EMAIL_BACKEND = f"{__name__}.BrokenAndLoud"
    LOG.error("one")
    settle()
    assert Fault.objects.count() == 1
    assert "The operator could not be told of an error: ConnectionRefusedError\n" in capsys.readouterr().err


def test_what_cannot_be_read_of_a_record_does_no_harm(capsys):
    LOG.error("one", extra={"request": object()})
    assert "could not be told" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_without_an_operator_nothing_is_counted(settings):
    settings.OPERATOR_EMAILS = []
    LOG.error("one")
    settle()
    assert not Fault.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_is_counted_though_the_transaction_around_it_is_rolled_back():
    def rolled_back():
        with transaction.atomic():
            LOG.error("one")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        rolled_back()
    settle()
    assert (Fault.objects.get().told_at is not None, len(mail.outbox)) == (True, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("asked", ["/vacancies/", "/healthz"])
def test_the_site_tells_of_a_page_that_fails(client, monkeypatch, asked):
    def broken(*_):
        raise RuntimeError("may@readers.example")

    monkeypatch.setattr("vacancies.public.views.render", broken)
    monkeypatch.setattr("greensheets_site.watching.health.findings", broken)
    client.raise_request_exception = False
    assert client.get(f"{asked}?q=may@readers.example").status_code == 500
    settle()
    (message,) = mail.outbox
    assert f"During: GET {asked}\n" in message.body
    assert "may@" not in message.message().as_string()


@pytest.mark.django_db(transaction=True)
def test_the_worker_tells_of_a_duty_that_fails(monkeypatch):
    def broken(_now):
        raise RuntimeError("may@readers.example")

    monkeypatch.setattr("greensheets_site.worker.rounds._beat_until", lambda *_: None)
    team = Rounds([Duty("publish", broken)], say=print)
    for _ in range(3):
        team.once(NOW)
    settle()
    (message,) = mail.outbox
    assert f"Kind: RuntimeError\nPlace: {HERE}:" in message.body
    assert "During: publish\n" in message.body


@pytest.mark.django_db(transaction=True)
def test_a_visitor_who_asks_for_another_host_is_nobodys_fault(client, settings):
    settings.ALLOWED_HOSTS = ["www.greensheets.example"]
    assert client.get("/", HTTP_HOST="evil.example").status_code == 400
    settle()
    assert mail.outbox == []
