import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from mailing.emails.letters import own_token
from mailing.forms import _clock
from mailing.models import ConsentEvent, ContactMessage, Delivery, SignUp, Subscriber
from mailing.models.choices import Choice
from mailing.readers import joining, retention
from tests.builders import a_subscriber, an_authority, london

from .conftest import one_round

pytestmark = pytest.mark.django_db
NOON = london(2026, 4, 28, 12)


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def typed(**fields):
    started = _clock.sign(int((NOON - timedelta(minutes=1)).timestamp()))
    return {"started": started, "website": "", **fields}


def sign_up(client, email="anna@readers.example"):
    return client.post("/mailing-list/", typed(email=email, groups=["teaching"]))


def test_a_sign_up_starts_nothing_until_the_button_behind_the_link_is_pressed(client):
    sign_up(client)
    one_round(NOON)
    link = re.search(r"https://www.greensheets.example(/mailing-list/confirm/\S+)", mail.outbox[0].body)[1]
    assert client.get(link).status_code == 200
    assert Subscriber.objects.active().count() == 0
    assert client.post(link).status_code == 200
    assert [(reader.email, reader.choice.key) for reader in Subscriber.objects.active()] == [("anna@readers.example", "t:")]


def test_the_wording_that_was_agreed_to_is_kept_as_it_was_shown(client):
    assert joining.CONSENT in client.get("/mailing-list/").content.decode()
    sign_up(client)
    one_round(NOON)
    link = re.search(r"https://www.greensheets.example(/mailing-list/confirm/\S+)", mail.outbox[0].body)[1]
    assert joining.CONSENT in client.get(link).content.decode()
    client.post(link)
    assert list(ConsentEvent.objects.values_list("kind", "how", "at", "wording", "choice")) == [
        ("requested", "form", NOON, joining.CONSENT, "t:"),
        ("confirmed", "link in the email", NOON, joining.CONSENT, "t:"),
    ]


def test_a_reader_changes_what_comes_and_the_change_is_evidence(client):
    reader, area = a_subscriber(), an_authority()
    page = client.post(f"/mailing-list/{reader.token}/", {"groups": ["support"], "authorities": [area.pk]})
    assert "Saved. The next weekly email will follow your new choices." in page.content.decode()
    reader.refresh_from_db()
    assert reader.choice == Choice.of(False, True, [area.pk])
    assert list(reader.consent_events.values_list("kind", "how", "choice")) == [("changed", "form", f"s:{area.pk}")]
    refused = client.post(f"/mailing-list/{reader.token}/", {"authorities": [area.pk]})
    assert "Tick posts for teaching staff, for support staff, or both." in refused.content.decode()


def test_the_title_of_a_form_that_comes_back_says_first_that_there_is_an_error(client):
    choices = f"/mailing-list/{a_subscriber().token}/"
    for address, title in [("/contact/", "Contact"), ("/mailing-list/", "Join the mailing list"), (choices, "What you get")]:
        assert f"<title>{title} – Greensheets</title>" in client.get(address).text
        assert f"<title>Error: {title} – Greensheets</title>" in client.post(address, typed(name="Jo")).text


def test_a_reader_downloads_everything_that_is_kept(client):
    reader = a_subscriber("anna@readers.example", requested_at=NOON, confirmed_at=NOON, wants_teaching=False)
    reader.authorities.add(an_authority("Ambleford"))
    reader.consent_events.create(kind="imported", at=NOON, how="import", wording="On paper at the fair.")
    Delivery.objects.create(kind="confirmation", subscriber=reader, state="sent", sent_at=NOON)
    ContactMessage.objects.create(enquiry="other", name="Anna", email="Anna@readers.example", message="Hello", received_at=NOON)
    ContactMessage.objects.create(enquiry="other", name="Ben", email="ben@readers.example", message="Hello")
    noon = "2026-04-28T11:00:00Z"
    assert client.post(f"/mailing-list/mine/{own_token(reader)}/", {"step": "download"}).json() == {
        "publisher": "SPIKE Publications Ltd",
        "email": "anna@readers.example",
        "posts for teaching staff": False,
        "posts for support staff": True,
        "authorities": ["Ambleford"],
        "requested": noon,
        "confirmed": noon,
        "unsubscribed": None,
        "bounced": None,
        "complained": None,
        "what you agreed to": [{"kind": "imported", "at": noon, "how": "import", "wording": "On paper at the fair."}],
        "what you wrote to us": [{"received_at": noon, "enquiry": "other", "name": "Anna", "telephone": "", "message": "Hello"}],
        "emails": [{"kind": "Confirm your sign-up", "state": "Sent", "at": noon}],
    }


@pytest.mark.parametrize(
    ("after", "code"),
    [
        (timedelta(hours=-1), 200),  # the clock was set back, or another machine's is behind
        (timedelta(days=7, seconds=-1), 200),
        (timedelta(days=7), 410),
    ],
)
def test_the_link_to_confirm_works_for_seven_days_whatever_the_clocks_say(client, after, code):
    sign_up(client)
    one_round(NOON)
    link = re.search(r"https://www.greensheets.example(/mailing-list/confirm/\S+)", mail.outbox[0].body)[1]
    with time_machine.travel(NOON + after, tick=False):
        assert client.post(link).status_code == code
    assert Subscriber.objects.active().exists() == (code == 200)


def test_the_answer_to_a_sign_up_is_the_same_for_every_state_of_an_address(client, django_assert_num_queries):
    a_subscriber("reading@readers.example")
    a_subscriber("left@readers.example", unsubscribed_at=NOON)
    answers = set()
    for name in ("reading", "left", "unknown"):
        response = sign_up(client, f"{name}@readers.example")
        answers.add((response.status_code, response["Location"], response.content))
    assert len(answers) == 1
    assert SignUp.objects.count() == 3


def test_one_place_may_sign_up_five_times_an_hour(client):
    assert [sign_up(client, f"a{n}@readers.example").status_code for n in range(7)] == [302] * 5 + [429] * 2


def test_one_address_gets_three_confirmations_a_day(client):
    for number in range(10):
        with time_machine.travel(NOON + timedelta(hours=2 * number), tick=False):
            client.post("/mailing-list/", typed(email="anna@readers.example", groups=["support"]))
            one_round(NOON + timedelta(hours=2 * number))
    assert len(mail.outbox) == 3


def test_one_click_leaves_without_cookie_or_redirect_and_twice_is_fine(client):
    reader = a_subscriber()
    client.handler.enforce_csrf_checks = True
    for _ in range(2):
        response = client.post(f"/u/{reader.token}/", {"List-Unsubscribe": "One-Click"})
        assert (response.status_code, dict(response.cookies)) == (200, {})
    reader.refresh_from_db()
    assert reader.unsubscribed_at == NOON


def test_looking_at_a_page_changes_nothing(client):
    reader = a_subscriber()
    for path in (f"/u/{reader.token}/", f"/mailing-list/{reader.token}/", f"/mailing-list/{reader.token}/my-data/"):
        assert client.get(path).status_code == 200
    reader.refresh_from_db()
    assert reader.is_active


def test_a_contact_message_is_stored_and_mailed_to_staff(client):
    client.post("/contact/", typed(enquiry="other", name="Bo\r\nBcc: x@y.example", email="bo@v.example", message="Hello"))
    assert [(m.name, m.message) for m in ContactMessage.objects.all()] == [("Bo Bcc: x@y.example", "Hello")]
    one_round(NOON)
    assert [(m.to, m.extra_headers.get("Reply-To")) for m in mail.outbox] == [
        (["adverts@greensheets.example"], "bo@v.example"),
        (["bo@v.example"], None),
    ]


def test_what_a_robot_sends_is_kept_as_spam_and_not_mailed(client):
    data = typed(enquiry="other", name="Bo", email="bo@v.example", message="Buy") | {"website": "x"}
    client.post("/contact/", data)
    assert ContactMessage.objects.get().state == "spam"
    assert Delivery.objects.count() == 0


def test_retention_erases_whoever_left_28_days_ago():
    reader = a_subscriber("gone@readers.example", unsubscribed_at=NOON - timedelta(days=28))
    stays = a_subscriber("late@readers.example", unsubscribed_at=NOON - timedelta(days=27))
    retention.purge(NOON)
    assert [Subscriber.objects.get(pk=r.pk).email for r in (reader, stays)] == ["", "late@readers.example"]


@pytest.mark.parametrize("behind", ["/.", "/%3E", "/%20", ".", "/)", "%3E", "/"])
def test_signs_behind_the_link_that_leaves_are_no_part_of_it(client, behind):
    reader = a_subscriber("anna@readers.example")
    path = f"/u/{reader.token}{behind}"
    assert client.get(path).status_code == 200
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    reader.refresh_from_db()
    assert reader.state == "Left"


def test_a_link_in_capitals_leaves_too_unless_it_might_be_two_peoples(client):
    reader = a_subscriber("anna@readers.example", token="AbCdEf-1")
    assert client.post(f"/u/{reader.token.upper()}/").status_code == 200
    a_subscriber("ben@readers.example", token="aBcDeF-1")
    assert client.post(f"/u/{reader.token.upper()}/").status_code == 404
    assert client.post(f"/u/{reader.token}/").status_code == 200


def test_what_is_kept_is_shown_by_a_fresh_link_that_goes_to_the_readers_own_address_only(client):
    reader = a_subscriber("anna@readers.example")
    asked = f"/mailing-list/{reader.token}/my-data/"
    assert "anna" not in client.get(asked).content.decode()
    for _ in range(4):
        assert "A link is on its way to your address." in client.post(asked).content.decode()
    one_round(NOON)
    assert [message.to for message in mail.outbox] == [["anna@readers.example"]] * 3  # as many a day as ask for confirmation
    link = re.search(r"https://www.greensheets.example(/mailing-list/mine/\S+)", mail.outbox[0].body)[1]
    assert client.get(link).status_code == 200
    reader.refresh_from_db()
    assert reader.is_active
    assert "Your data has been deleted" in client.post(link, {"step": "erase"}).content.decode()
    assert Subscriber.objects.get().state == "Erased"
    assert client.get(link).status_code == 410


@pytest.mark.parametrize(("hours", "code"), [(24, 200), (25, 410)])
def test_a_link_to_ones_data_is_good_for_a_day(client, hours, code):
    link = f"/mailing-list/mine/{own_token(a_subscriber())}/"
    with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
        assert client.get(link).status_code == code
        assert client.post(link, {"step": "download"}).status_code == code


@pytest.mark.parametrize("made_up", ["nonsense", "1:abc:def", "1"])
def test_a_link_to_ones_data_that_was_made_up_shows_nothing(client, made_up):
    a_subscriber()
    assert client.get(f"/mailing-list/mine/{made_up}/").status_code == 410
