"""What staff do with readers and with what visitors wrote; and that it leaves no trace where it must not."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from greensheets_site.accounts.roles import OWNER, PUBLISHER
from greensheets_site.models import LogIn
from mailing.admin.importing import ImportForm
from mailing.emails.letters import own_token
from mailing.models import ConsentEvent, ContactMessage, Delivery, ReaderImport, Subscriber, Suppression, SuppressionReason
from mailing.models.choices import Choice
from mailing.readers import joining
from mailing.sending import outbox
from tests.builders import a_subscriber, an_authority, london

from ..database import dump
from .desk import READERS, SEVEN, a_mailout, bring_in, logged_in, page, rows_of, said, steer

pytestmark = pytest.mark.django_db
FRIDAY = london(2026, 4, 24, 15)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(SEVEN, tick=False) as traveller:
        yield traveller


@pytest.fixture
def publisher(client):
    return logged_in(client, PUBLISHER)


def test_a_readers_token_is_not_found_out_letter_by_letter(publisher):
    reader = a_subscriber("anna@readers.example")
    for lookup in ("token", "token__startswith", "token__gte"):
        assert publisher.get(READERS, {lookup: reader.token}).status_code == 400


@pytest.mark.parametrize("typed", ["anna", "ANNA@READERS.EXAMPLE", "Anna"])
def test_a_reader_is_found_by_any_part_of_the_address_in_any_case(publisher, typed):
    a_subscriber("Anna@readers.example")
    a_subscriber("ben@readers.example")
    found = publisher.get(READERS, {"q": typed}).context["cl"].result_list
    assert [reader.email for reader in found] == ["Anna@readers.example"]


@pytest.mark.parametrize(
    ("action", "state", "suppressed", "event"),
    [
        ("take_off", "Left", False, "unsubscribed"),
        ("never_again", "Left", True, "unsubscribed"),
        ("erase", "Erased", True, "erased"),
    ],
)
def test_staff_take_readers_off_the_list_and_leave_their_evidence(client, action, state, suppressed, event):
    logged_in(client, OWNER)
    reader, key = a_subscriber(), "reader"
    key = reader.email_key
    client.post(READERS, {"action": action, "_selected_action": [reader.pk]})
    reader.refresh_from_db()
    assert (reader.state, Suppression.objects.of(key).exists()) == (state, suppressed)
    assert [(e.kind, e.how.startswith("member of staff ")) for e in reader.consent_events.all()] == [(event, True)]


def test_readers_are_brought_in_with_the_evidence_of_their_consent(publisher):
    area = an_authority()
    answer = bring_in(
        publisher, "Name,Email\nAnna,Anna@readers.example\nZoë,zoe@bücher.example\n".encode(), authorities=[area.pk]
    )
    assert said(answer)[0].startswith("2 added, 0 already known")
    assert [(reader.email, reader.is_active, reader.choice) for reader in Subscriber.objects.order_by("pk")] == [
        ("Anna@readers.example", True, Choice.of(False, True, [area.pk])),
        ("zoe@bücher.example", True, Choice.of(False, True, [area.pk])),
    ]
    assert set(ConsentEvent.objects.values_list("kind", "wording", "choice")) == {
        ("imported", "On paper at the fair.", f"s:{area.pk}")
    }
    how = ConsentEvent.objects.first().how
    assert re.fullmatch(r"import by member of staff \d+, SHA-256 [0-9a-f]{64}", how)


def test_nobody_is_brought_back_who_has_left_and_nothing_changes_for_who_is_there(publisher):
    a_subscriber("reading@readers.example", wants_support=False)
    a_subscriber("left@readers.example", unsubscribed_at=SEVEN)
    a_subscriber("waiting@readers.example", confirmed_at=None)
    joining.erase_reader(a_subscriber("erased@readers.example"), SEVEN)
    Suppression.objects.add("never@readers.example", SuppressionReason.ASKED, SEVEN)
    before = list(Subscriber.objects.order_by("pk").values())
    names = ["reading", "LEFT", "waiting", "erased", "never", "new", "New"]
    content = "\n".join(f"{name}@readers.example" for name in names) + "\nnonsense\n,,\n\n=1+1\n"
    told = said(bring_in(publisher, content.encode()))[0]
    assert told == (
        "1 added, 2 already known, 3 left out because we must not write to them, 1 twice in the file, "
        "2 without a usable address (lines 8, 11)."
    )
    assert list(Subscriber.objects.order_by("pk").values())[:-1] == before
    assert Subscriber.objects.order_by("pk").last().email == "new@readers.example"


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"statement": ""}, "Say how these people agreed; otherwise we must not write to them."),
        ({"agreed": ""}, "Tick this if it is true; if it is not, do not import the file."),
        ({"file": ""}, "Choose a file."),
        ({"groups": []}, "Tick posts for teaching staff, for support staff, or both."),
    ],
)
def test_without_consent_nobody_is_brought_in(publisher, missing, sentence):
    answer = bring_in(publisher, b"anna@readers.example\n", **missing)
    assert sentence in answer.content.decode().replace("&#x27;", "'")
    assert Subscriber.objects.count() == 0


@pytest.mark.parametrize(("over", "is_taken"), [(0, True), (1, False)])
def test_a_file_of_three_megabytes_is_taken_and_a_larger_one_is_not(over, is_taken):
    form = ImportForm({}, {"file": SimpleUploadedFile("list.csv", b"x" * (3 * 1024 * 1024 + over))})
    assert ("file" not in form.errors) == is_taken


@pytest.mark.parametrize(
    ("lately", "field", "first_day"),
    [
        ("joined", "confirmed_at", london(2026, 4, 21)),
        ("left", "unsubscribed_at", london(2026, 4, 21)),
        ("unreachable", "bounced_at", london(2026, 3, 31)),
        ("unreachable", "complained_at", london(2026, 3, 31)),
    ],
)
def test_the_last_seven_days_and_the_28_in_which_addresses_bounced_begin_at_a_midnight(publisher, lately, field, first_day):
    """On a Monday, which is counted as one of them."""
    a_subscriber("in@readers.example", **{field: first_day})
    a_subscriber("out@readers.example", **{field: first_day - timedelta(seconds=1)})
    found = publisher.get(f"{READERS}?lately={lately}").context["cl"].result_list
    assert [reader.email for reader in found] == ["in@readers.example"]


def test_readers_are_exported_as_a_table(publisher):
    reader = a_subscriber("anna@readers.example")
    reader.authorities.add(an_authority("Ambleford"), an_authority("Wexmouth"))
    joining.erase_reader(a_subscriber(), SEVEN)
    everybody = list(Subscriber.objects.values_list("pk", flat=True))
    rows = rows_of(publisher.post(READERS, {"action": "export", "_selected_action": everybody}))
    assert [(row["email"], row["state"], row["areas"]) for row in rows] == [
        ("anna@readers.example", "Reading", "Ambleford; Wexmouth")
    ]
    entry = LogEntry.objects.get()
    assert (entry.user.username, entry.object_repr, entry.change_message) == ("publisher", "1 reader", "Exported as CSV")
    assert "1 reader" in publisher.get("/admin/").text


def test_the_chart_counts_who_joined_and_who_left_in_each_week(publisher):
    for _ in range(3):
        a_subscriber(confirmed_at=SEVEN)
    a_subscriber(confirmed_at=SEVEN - timedelta(days=7), unsubscribed_at=SEVEN)
    a_subscriber(confirmed_at=SEVEN - timedelta(days=400), bounced_at=SEVEN - timedelta(days=1))
    answer = publisher.get(READERS)
    chart = answer.context["chart"]
    assert [(week.joined, week.left) for week in chart.weeks[-2:]] == [(1, 1), (3, 1)]
    assert (len(chart.weeks), chart.joined, chart.left) == (26, 4, 2)
    assert answer.content.decode().count("<rect") == 4
    assert '<th scope="row">27 April 2026</th>' in answer.content.decode()


def test_the_inbox_shows_what_visitors_wrote_and_keeps_what_became_of_it(publisher):
    message = ContactMessage.objects.create(
        enquiry="other", name="Bo", email="bo@visitors.example", message="<b>Hello</b>", state="spam"
    )
    inbox = "/admin/mailing/contactmessage/"
    assert "&lt;b&gt;Hello&lt;/b&gt;" in publisher.get(inbox).content.decode()
    publisher.post(inbox, {"action": "mark_new", "_selected_action": [message.pk]})
    publisher.post(inbox, {"action": "mark_new", "_selected_action": [message.pk]})
    assert Delivery.objects.filter(kind="contact").count() == 1
    publisher.post(f"{inbox}{message.pk}/change/", {"state": "answered", "message": "Forged"})
    message.refresh_from_db()
    assert (message.state, message.message) == ("answered", "<b>Hello</b>")


def test_no_address_and_no_message_stands_in_the_history_or_in_the_log(client, caplog):
    logged_in(client, OWNER)
    mailout = a_mailout("anna@readers.example")
    message = ContactMessage.objects.create(enquiry="other", name="Bo", email="bo@visitors.example", message="A secret")
    caplog.set_level("DEBUG")
    for step in ("pause", "resume", "test"):
        steer(client, mailout, step)
    client.post(f"/admin/mailing/contactmessage/{message.pk}/change/", {"state": "answered"})
    client.post(f"/admin/mailing/contactmessage/{message.pk}/delete/", {"post": "yes"})
    bring_in(client, b"new@readers.example\n")
    outbox.send_queued(SEVEN)
    client.post(READERS, {"action": "erase", "_selected_action": list(Subscriber.objects.values_list("pk", flat=True))})
    history = " ".join(f"{entry.object_repr} {entry.change_message}" for entry in LogEntry.objects.all())
    assert LogEntry.objects.count() >= 4
    application = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    for secret in ("readers.example", "visitors.example", "A secret", "Bo "):
        assert secret not in history
        assert [line for line in application if secret in line] == []


def test_an_answer_goes_to_the_visitor_alone(publisher):
    """An address may hold signs by which a link would address others, too."""
    message = ContactMessage.objects.create(enquiry="other", name="Bo", email="a?cc=b&bcc=c@visitors.example", message="Hello")
    page = publisher.get(f"/admin/mailing/contactmessage/{message.pk}/change/").text
    assert 'href="mailto:a%3Fcc%3Db%26bcc%3Dc@visitors.example?subject=' in page


def test_a_file_that_is_no_table_is_refused_in_words_and_brings_nobody_in(publisher):
    answer = bring_in(publisher, b"anna@readers.example\n" + b'"' + b"x" * 200_000)
    assert "a quoted text in it never ends" in answer.content.decode()
    assert Subscriber.objects.count() == 0


def test_after_erasure_neither_the_desk_nor_its_sessions_nor_a_cache_remembers_who_it_was(client):
    """Staff have looked for the address, read it, exported it, answered its message and settled its email before."""
    logged_in(client, OWNER)
    mailout = a_mailout("anna@readers.example")
    reader = Subscriber.objects.get()
    message = ContactMessage.objects.create(enquiry="other", name="Anna", email="anna@readers.example", message="Hello")
    for path in (f"{READERS}?q=anna@readers.example", f"{READERS}{reader.pk}/change/", page(mailout), "/admin/mailing/delivery/"):
        assert client.get(path).status_code == 200
    client.post(f"/admin/mailing/contactmessage/{message.pk}/change/", {"state": "answered"})
    client.post(READERS, {"action": "export", "_selected_action": [reader.pk]})
    client.get(f"/admin/mailing/mailout/{mailout.pk}/results.csv")
    outbox.send_queued(SEVEN)
    client.post(f"/mailing-list/mine/{own_token(reader)}/", {"step": "download"})
    client.post(READERS, {"action": "erase", "_selected_action": [reader.pk]})
    kept = [str(dump()), *(str(session.get_decoded()) for session in LogIn.objects.all()), str(cache._cache)]
    assert [trace for trace in ("anna", "readers.example") if trace in " ".join(kept).lower()] == []
    assert LogEntry.objects.exists()


def test_staff_see_what_would_become_of_every_line_before_they_import_it(publisher):
    content = b"anna@readers.example\nben@gmial.com\n"
    looked = bring_in(publisher, content, step="look")
    page = looked.content.decode()
    assert "1 added, 0 already known" in page
    assert "Did you mean ben@gmail.com?" in page
    assert Subscriber.objects.count() == 0
    kept = {"again": looked.context["again"], "groups": ["support"], "statement": "On paper at the fair.", "agreed": "on"}
    bad = publisher.post(READERS + "import/", {**kept, "step": "bad"})
    assert rows_of(bad) == [{"line": "2", "text": "ben@gmial.com", "what is wrong": "Did you mean ben@gmail.com?"}]
    done = publisher.post(READERS + "import/", {**kept, "step": "import"}, follow=True)
    assert said(done)[0].startswith("1 added")
    shown = publisher.get(READERS + "import/").content.decode()
    assert "Take back" in shown
    back = publisher.post(READERS + f"import/{ReaderImport.objects.get().pk}/take-back/", follow=True)
    assert said(back) == ["1 reader of that import is no longer on the list."]
    assert Subscriber.objects.count() == 0


@pytest.mark.parametrize("again", ["", "no base64!"])
def test_an_import_without_a_file_asks_for_one(publisher, again):
    answer = publisher.post(READERS + "import/", {"groups": ["support"], "statement": "Yes", "agreed": "on", "again": again})
    assert "Choose a file." in answer.content.decode()


def test_the_inbox_names_the_number_of_each_message_and_stays_readable_whatever_a_visitor_calls_themselves(publisher):
    message = ContactMessage.objects.create(enquiry="other", name="W" * 120, email="w@visitors.example", message="Hello")
    shown = publisher.get("/admin/mailing/contactmessage/").content.decode()
    assert "W" * 41 not in shown
    assert re.search(rf">\s*{message.pk}\s*<", shown)
