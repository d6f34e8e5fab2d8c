"""What staff do with the weekly email, and who may."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from greensheets_site.accounts.roles import EDITOR, OWNER, PUBLISHER
from mailing.models import ContactMessage, Delivery, Mailout, ProviderHold, Subscriber, Suppression, SuppressionReason
from mailing.sending import outbox
from tests.builders import MONDAY, a_subscriber, a_vacancy, an_authority, an_edition, london
from tests.desk import staff

from .desk import READERS, SEVEN, a_mailout, logged_in, page, rows_of, said, steer

pytestmark = pytest.mark.django_db
FRIDAY = london(2026, 4, 24, 15)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(SEVEN, tick=False) as traveller:
        yield traveller


@pytest.fixture
def publisher(client):
    return logged_in(client, PUBLISHER)


def test_from_the_tuesday_before_staff_see_the_coming_email_and_how_many_readers_it_has(publisher, clock):
    clock.move_to(FRIDAY)
    a_vacancy("Class Teacher")
    an_edition()
    an_edition(on=MONDAY + timedelta(days=7))
    for number in range(3):
        a_subscriber(f"reader{number}@readers.example")
    Suppression.objects.add("reader1@readers.example", SuppressionReason.ASKED, FRIDAY)
    assert outbox.prepare_due_mailouts(FRIDAY) == []
    mailout = Mailout.objects.get()
    text = " ".join(re.sub("<[^>]+>", "", publisher.get(page(mailout)).content.decode()).split())
    assert "If it went out now, it would go to 2 readers (3 confirmed, less 1 whom we must not write to)." in text
    assert "It will go out automatically on Monday 27 April 2026 from 7am" in text
    assert "Class Teacher at Fernhollow Primary School - new this week" in text


def test_a_mailout_that_is_paused_before_its_monday_does_not_go_until_it_is_resumed(publisher, clock):
    clock.move_to(FRIDAY)
    edition = an_edition()
    a_subscriber()
    outbox.prepare_due_mailouts(FRIDAY)
    steer(publisher, Mailout.objects.get(), "pause")
    clock.move_to(SEVEN)
    edition.published_at = SEVEN
    edition.save()
    assert outbox.prepare_due_mailouts(SEVEN) == []
    steer(publisher, Mailout.objects.get(), "resume")
    assert len(outbox.prepare_due_mailouts(SEVEN)) == 1


@pytest.mark.parametrize(
    ("kind", "words"), [("html", "<h1"), ("text", "CLASS"), ("raw", "Content-Transfer-Encoding: quoted-printable")]
)
def test_the_preview_shows_the_email_as_html_as_text_and_as_it_goes_over_the_wire(publisher, kind, words):
    mailout = a_mailout("anna@readers.example")
    answer = publisher.get(f"/admin/mailing/mailout/{mailout.pk}/preview/{kind}/?for=teaching")
    body = answer.content.decode()
    assert (answer.status_code, words.lower() in body.lower()) == (200, True)
    assert "readers.example" not in body
    if kind == "html":
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_a_preview_that_does_not_exist_is_not_found(publisher):
    mailout = a_mailout()
    assert publisher.get(f"/admin/mailing/mailout/{mailout.pk}/preview/else/").status_code == 404
    assert publisher.get(f"/admin/mailing/mailout/{mailout.pk}/preview/html/?for=else").status_code == 403


def test_a_test_goes_to_whoever_asked_for_it_and_to_nobody_else(publisher):
    mailout = a_mailout("anna@readers.example")
    assert said(steer(publisher, mailout, "test")) == ["A test is on its way to your account’s address."]
    outbox.send_queued(SEVEN)
    assert sorted(message.to[0] for message in mail.outbox) == ["anna@readers.example", "pat@greensheets.example"]
    assert mailout.progress()["sent"] == 1


def test_whoever_has_no_address_is_told_where_to_put_one(client):
    mailout = a_mailout()
    client.force_login(staff(PUBLISHER))
    assert "no email address" in said(steer(client, mailout, "test"))[0]
    assert Delivery.objects.filter(kind="test").count() == 0


@pytest.mark.parametrize(
    ("steps", "state", "counts", "told"),
    [
        (["pause"], "Paused", {"queued": 2}, "Paused."),
        (["pause", "pause"], "Paused", {"queued": 2}, "It was not running, so it has not been paused."),
        (["pause", "resume"], "Sending", {"queued": 2}, "Resumed. Sending continues within seconds."),
        (["resume"], "Sending", {"queued": 2}, "It was not paused, so nothing has changed."),
        (["cancel"], "Cancelled", {"skipped": 2}, "Cancelled for good."),
        (["cancel", "resume"], "Cancelled", {"skipped": 2}, "It was not paused, so nothing has changed."),
        (["retry"], "Sending", {"queued": 2}, "There is nothing to retry."),
        (["send-again"], "Sending", {"queued": 2}, "No email is uncertain."),
    ],
)
def test_the_buttons_do_what_they_say_and_say_what_they_did(publisher, steps, state, counts, told):
    mailout = a_mailout("anna@readers.example", "ben@readers.example")
    answers = [steer(publisher, mailout, step) for step in steps]
    mailout.refresh_from_db()
    assert (mailout.state, {name: n for name, n in mailout.progress().items() if n}) == (state, counts)
    assert said(answers[-1]) == [told]


@pytest.mark.parametrize(("step", "state"), [("send-again", "queued"), ("take-for-sent", "sent")])
def test_staff_settle_what_is_uncertain(publisher, step, state):
    mailout = a_mailout("anna@readers.example")
    Delivery.objects.update(state="uncertain")
    assert "uncertain" in publisher.get(page(mailout)).content.decode().lower()
    steer(publisher, mailout, step)
    assert Delivery.objects.get().state == state


def test_the_numbers_on_the_page_add_up_and_count_along_while_it_goes(publisher):
    mailout = a_mailout(*(f"reader{n}@readers.example" for n in range(6)))
    for state, reader in zip(["sent", "sent", "failed", "skipped", "uncertain"], Delivery.objects.order_by("pk"), strict=False):
        Delivery.objects.filter(pk=reader.pk).update(state=state)
    answer = publisher.get(page(mailout))
    board = answer.context["board"]
    assert [(label, count) for label, count, _ in board.states] == [
        ("Queued", 1),
        ("Sending", 0),
        ("Sent", 2),
        ("Failed", 1),
        ("Skipped", 1),
        ("Uncertain", 1),
    ]
    assert (board.candidates, board.excluded, board.total, board.done, board.adds_up) == (6, 0, 6, 5, True)
    assert answer["Refresh"] == "5"
    steer(publisher, mailout, "pause")
    assert "Refresh" not in publisher.get(page(mailout))


def test_the_results_are_a_table_in_which_no_cell_is_a_formula(publisher):
    mailout = a_mailout("=cmd@readers.example", "ben@readers.example")
    Delivery.objects.filter(subscriber__email="ben@readers.example").update(state="failed", smtp_reply="550 no", attempts=1)
    outbox.send_queued(SEVEN)
    rows = rows_of(publisher.get(f"/admin/mailing/mailout/{mailout.pk}/results.csv"))
    assert [(row["email"], row["state"], row["answer of the mail server"]) for row in rows] == [
        ("'=cmd@readers.example", "Sent", ""),
        ("ben@readers.example", "Failed", "550 no"),
    ]


def test_the_list_of_mailouts_costs_the_same_for_one_and_for_three(publisher, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(40) as captured:
            assert publisher.get("/admin/mailing/mailout/").status_code == 200
        return len(captured)

    a_mailout("anna@readers.example")
    one = queries()
    for weeks in (1, 2):
        Mailout.objects.create(edition=an_edition(on=MONDAY - timedelta(weeks=weeks)), frozen_at=SEVEN)
    assert queries() == one


@pytest.mark.parametrize("name", ["subscriber", "delivery", "contactmessage", "suppression"])
def test_other_lists_cost_the_same_for_one_row_and_for_three(publisher, django_assert_max_num_queries, name):
    def queries():
        with django_assert_max_num_queries(40) as captured:
            assert publisher.get(f"/admin/mailing/{name}/").status_code == 200
        return len(captured)

    def add():
        reader = a_subscriber()
        reader.authorities.add(an_authority())
        Delivery.objects.create(kind="confirmation", subscriber=reader)
        Suppression.objects.add(reader.email_key, SuppressionReason.LEFT, SEVEN)
        ContactMessage.objects.create(enquiry="other", name="Bo", email="bo@visitors.example", message="Hello")

    add()
    one = queries()
    add()
    add()
    assert queries() == one


OF_MAILOUT = ["", "preview/html/", "preview/raw/", "change/"]
SEE, STEER, READ, BRING_IN, ERASE = "see", "steer", "read readers", "bring in", "erase"


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (EDITOR, [SEE]),
        (PUBLISHER, [SEE, STEER, READ, BRING_IN]),
        (OWNER, [SEE, STEER, READ, BRING_IN, ERASE]),
    ],
)
def test_each_role_may_do_its_own(client, role, may):
    mailout = a_mailout("anna@readers.example")
    logged_in(client, role)
    base = f"/admin/mailing/mailout/{mailout.pk}/"
    seen = {client.get(base + path, follow=True).status_code for path in OF_MAILOUT}
    steered = {steer(client, mailout, "pause").status_code, client.get(base + "results.csv").status_code}
    readers, import_page = (client.get(READERS + path).status_code for path in ("", "import/"))
    client.post(READERS, {"action": "erase", "_selected_action": [Subscriber.objects.get().pk]})
    found = {
        SEE: seen == {200},
        STEER: steered == {200},
        READ: readers == 200,
        BRING_IN: import_page == 200,
        ERASE: Subscriber.objects.get().erased_at is not None,
    }
    assert [what for what, possible in found.items() if possible] == may
    assert steered in ({200}, {403})


@pytest.mark.parametrize("path", ["change/", "preview/html/", "results.csv", "steer/"])
def test_nobody_gets_in_without_logging_in(client, path):
    mailout = a_mailout("anna@readers.example")
    answer = client.get(f"/admin/mailing/mailout/{mailout.pk}/{path}")
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/admin/login/")


def test_steering_takes_a_post(publisher):
    mailout = a_mailout()
    assert publisher.get(f"/admin/mailing/mailout/{mailout.pk}/steer/").status_code == 403
    assert steer(publisher, mailout, "explode").status_code == 404


def test_resuming_what_is_too_old_says_that_it_will_not_be_sent(publisher):
    mailout = Mailout.objects.create(edition=an_edition(on=SEVEN.date() - timedelta(days=7)), paused_at=SEVEN)
    assert said(steer(publisher, mailout, "resume")) == [
        "It is more than 7 days old, so it is no news any more and will not be sent."
    ]
    assert "Too old" in publisher.get(page(mailout)).content.decode()


def test_a_provider_that_is_held_back_is_shown_and_let_go_by_a_button(publisher):
    mailout = a_mailout("anna@gmail.com")
    Delivery.objects.update(outcome="our-fault", state="failed")
    ProviderHold.objects.create(provider="Gmail", reason="550 5.7.1")
    shown = publisher.get(page(mailout)).content.decode()
    assert "Held back, because it refuses us." in shown
    answer = publisher.post(f"/admin/mailing/mailout/{mailout.pk}/steer/", {"step": "release", "provider": "Gmail"}, follow=True)
    assert said(answer) == ["Gmail is no longer held back, and what it had refused is sent once more."]
    assert Delivery.objects.get().state == "queued"
    assert said(steer(publisher, mailout, "release")) == ["It was not held back, so nothing has changed."]
