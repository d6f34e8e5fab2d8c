"""Nothing personal outlives its purpose: each limit a second before and a second after, and nothing left of who is erased."""

from datetime import timedelta

import pytest
from django.core import mail

from mailing import contacting
from mailing.models import (
    ConsentEvent,
    ContactMessage,
    Delivery,
    Mailout,
    SignUp,
    StrayMessage,
    Subscriber,
    Suppression,
)
from mailing.models.choices import Choice
from mailing.readers import bounces, joining, retention
from mailing.sending import outbox, steering
from tests.builders import a_subscriber, a_vacancy, an_authority, an_edition, london
from vacancies.models import Vacancy
from web.models import Limit

from ..conftest import one_round
from ..database import dump

pytestmark = pytest.mark.django_db
NOON = london(2026, 4, 28, 12)
SECOND = timedelta(seconds=1)


def contacts() -> set[tuple[str, str, str]]:
    fields = ("contact_name", "contact_phone", "contact_email")
    return set(Vacancy.objects.values_list(*fields)) | set(Vacancy.history.values_list(*fields))


def test_a_named_contact_is_blanked_twelve_weeks_after_closing_in_earlier_versions_too():
    named = ("Jo Bloggs", "01632 960001", "jo@school.example")
    closes_at = NOON - timedelta(weeks=12)
    advert = a_vacancy(closes_at=closes_at, contact_name=named[0], contact_phone=named[1], contact_email=named[2])
    advert.title = "Changed"
    advert.save()
    retention.purge(NOON - SECOND)
    assert contacts() == {named}
    retention.purge(NOON)
    assert contacts() == {("", "", "")}
    assert Vacancy.objects.get().title == "Changed"


def test_a_sign_up_that_nobody_confirms_is_deleted_after_seven_days():
    joining.ask_to_join("new@readers.example", Choice(), NOON)
    joining.take_sign_ups(NOON)
    joining.ask_to_join("never-taken@readers.example", Choice(), NOON)
    retention.purge(NOON + timedelta(days=7) - SECOND)
    assert (Subscriber.objects.count(), SignUp.objects.count()) == (1, 1)
    retention.purge(NOON + timedelta(days=7))
    assert "readers.example" not in str(dump())
    assert (ConsentEvent.objects.count(), Delivery.objects.count()) == (0, 0)


def test_a_reader_who_confirmed_is_kept_however_long_they_read():
    a_subscriber("anna@readers.example")
    retention.purge(NOON + timedelta(days=3650))
    assert Subscriber.objects.get().email == "anna@readers.example"


@pytest.mark.parametrize("moment", ["unsubscribed_at", "bounced_at", "complained_at"])
def test_the_address_of_who_is_gone_is_deleted_after_28_days_and_stays_suppressed(moment):
    key = a_subscriber("anna@readers.example", **{moment: NOON}).email_key
    retention.purge(NOON + timedelta(days=28) - SECOND)
    assert "anna@" in str(dump())
    retention.purge(NOON + timedelta(days=28))
    assert "anna@" not in str(dump())
    assert Suppression.objects.of(key).exists()


def test_what_the_history_tells_of_an_advert_that_was_deleted_names_nobody():
    draft = a_vacancy(status="draft", contact_name="Mrs J. Pell")
    draft.delete()
    assert "Pell" in str(dump())
    retention.purge(NOON)
    assert "Pell" not in str(dump())


def test_a_contact_message_is_kept_for_a_year():
    contacting.take_message(
        ContactMessage(enquiry="other", name="Bo", email="bo@visitors.example", message="Hello", received_at=NOON)
    )
    retention.purge(NOON + timedelta(days=365) - SECOND)
    assert ContactMessage.objects.count() == 1
    retention.purge(NOON + timedelta(days=365))
    assert (ContactMessage.objects.count(), Delivery.objects.count()) == (0, 0)


def test_counts_of_what_came_from_where_are_kept_for_a_day():
    Limit.objects.allow("sign-up from 192.0.2.1", 5, timedelta(hours=1), NOON)
    retention.purge(NOON + timedelta(days=1) - SECOND)
    assert Limit.objects.count() == 1
    retention.purge(NOON + timedelta(days=1))
    assert Limit.objects.count() == 0


@pytest.mark.parametrize(("days", "kept"), [(27, 1), (28, 0)])
def test_a_message_that_nobody_could_read_is_deleted_after_28_days(days, kept):
    StrayMessage.objects.create(at=NOON - timedelta(days=days), why="no report that a program can read")
    retention.purge(NOON)
    assert StrayMessage.objects.count() == kept


def test_running_it_again_finds_nothing_to_do_and_its_output_names_nobody():
    a_subscriber("anna@readers.example", unsubscribed_at=NOON - timedelta(days=30))
    first, second = retention.purge(NOON), retention.purge(NOON)
    assert (first["readers who left"], set(second.values())) == (1, {0})
    assert "anna" not in str(first)


def test_after_erasure_the_whole_database_holds_no_trace_of_the_address(settings):
    """Everything that ever wrote it down has been there: forms, emails sent and refused, a contact message, staff, a bounce."""
    address = "Anna.Schmidt@readers.example"
    seven = london(2026, 4, 27, 7)
    joining.ask_to_join(address, Choice(), seven)
    one_round(seven)
    joining.confirm_reader(ConsentEvent.objects.get(), seven)
    reader = Subscriber.objects.get()
    joining.change(reader, Choice.of(True, False, [an_authority().pk]), seven)
    a_vacancy()
    an_edition(published_at=seven)
    outbox.prepare_due_mailouts(seven)
    Delivery.objects.weekly().update(smtp_reply="451 greylisted")
    contacting.take_message(ContactMessage(enquiry="mailing_list", name="Anna Schmidt", email=address, message=f"I am {address}"))
    joining.ask_to_join(address.upper(), Choice(), NOON)
    steering.pause(Mailout.objects.get(), "Paused at the desk.", NOON)
    bounces.offered(f"From: {address}\nSubject: Dear\n\nI am {address}".encode(), NOON)
    token = reader.token
    assert "anna.schmidt" in str(dump()).lower()
    joining.erase_reader(reader, NOON)
    left = str(dump()).lower()
    assert [trace for trace in ("anna", "schmidt", "readers.example") if trace in left] == []
    assert token.lower() in left  # so that old links still answer
    assert [reader.state for reader in Subscriber.objects.all()] == ["Erased"]
    mail.outbox.clear()
    steering.resume(Mailout.objects.get(), NOON)
    one_round(NOON + timedelta(hours=1))
    assert [message.to for message in mail.outbox if "readers" in message.to[0]] == []


def test_erasure_finds_the_address_in_every_spelling_of_its_domain():
    reader = a_subscriber("anna@bücher.example")
    for address in ("Anna@xn--bcher-kva.example", "anna@BÜCHER.example"):
        contacting.take_message(ContactMessage(enquiry="other", name="Anna", email=address, message="Hello"))
    joining.erase_reader(reader, NOON)
    assert (ContactMessage.objects.count(), Delivery.objects.count()) == (0, 0)


def test_one_erased_reader_takes_nobody_with_them():
    a_subscriber("anna@readers.example")
    other = a_subscriber("anna@elsewhere.example")
    contacting.take_message(ContactMessage(enquiry="other", name="Bo", email="bo@readers.example", message="Hello"))
    joining.erase_reader(Subscriber.objects.get(email="anna@readers.example"), NOON)
    other.refresh_from_db()
    assert (other.is_active, ContactMessage.objects.count()) == (True, 1)
