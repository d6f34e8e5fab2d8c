"""What holds for every message that the site sends, read from the bytes that a real mail server took in. M01 to M23 name the
rules of good mail that this list has to keep; each test holds one of them over all kinds of message at once."""

import email
import re
from datetime import timedelta
from email import policy
from email.utils import parsedate_to_datetime

import html5lib
import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.utils.html import escape

from editions.models import Bulletin
from mailing.models import ContactMessage, Delivery, Mailout, Subscriber, Suppression, SuppressionReason
from mailing.models.choices import Choice
from mailing.readers import joining
from mailing.sending import outbox, steering
from tests.builders import MONDAY, a_subscriber, a_term, a_vacancy, an_authority, an_edition, london

from ..conftest import one_round, typed
from ..database import dump
from ..sink import Sink, listening, mail_settings

pytestmark = pytest.mark.django_db
SEVEN = london(2026, 4, 27, 7)
SITE = "https://www.greensheets.example"
TITLES = ["Teacher of Français – part time", 'Cook <in "charge"> & helper', "Cleaner", "Déléguée " + "très " * 20 + "longue"]
KINDS = [
    "weekly",
    "nothing new",
    "test",
    "confirm",
    "confirm again",
    "already reading",
    "own-link",
    "contact",
    "receipt",
    "warning",
]
LISTS = ["weekly", "nothing new"]
HREF = re.compile(r'href="([^"]+)"')
LINK_IN_TEXT = re.compile(r"https?://\S+")


class Message:
    """One message as taken by the server, with the row of the outbox that it came from."""

    def __init__(self, taken, delivery):
        self.taken, self.delivery, self.raw = taken, delivery, taken.content
        self.parsed = email.message_from_bytes(self.raw, policy=policy.strict)
        text, html = self.parsed.iter_parts()
        self.text, self.html = text.get_content(), html.get_content()
        self.links = {link.replace("&amp;", "&") for link in HREF.findall(self.html)}

    @property
    def lines(self) -> list[bytes]:
        return self.raw.split(b"\r\n")

    @property
    def head(self) -> list[bytes]:
        return self.raw.partition(b"\r\n\r\n")[0].split(b"\r\n")


def rows() -> None:
    """One edition with everything in it, a reader of it, one of an area where nothing is new, and what the forms took in."""
    a_term()
    for title in TITLES:
        a_vacancy(title, role="teacher" if "Teacher" in title else "catering-cleaning-and-site-management")
    a_vacancy("Librarian", publish_on=MONDAY - timedelta(days=7), closes_at=london(2026, 4, 30, 12))
    edition = an_edition(published_at=SEVEN)
    Bulletin.objects.create(edition=edition, staff_group="teaching", file="bulletins/x.pdf", size=5_400_000)
    a_subscriber("anna@readers.example")
    nothing = a_subscriber("ben@bücher.example")
    nothing.authorities.add(an_authority("Elsewhere, Upper and Lower", slug="elsewhere"))
    Suppression.objects.add("again@readers.example", SuppressionReason.COMPLAINED, SEVEN)
    for address in ("anna@readers.example", "new@readers.example", "again@readers.example"):
        joining.ask_to_join(address, Choice(), SEVEN)
    joining.ask_for_own_link(Subscriber.objects.get(email="anna@readers.example"), SEVEN)


def visit() -> None:
    """A visitor who tries to write headers, and a warning for staff."""
    hostile = "Eve\r\nBcc: victim@example.org \u202egro.elpmaxe"
    data = typed(SEVEN, enquiry="other", name=hostile, email="eve@visitors.example", telephone=hostile[:30], message=hostile * 3)
    assert Client().post("/contact/", data).status_code == 302
    outbox.prepare_due_mailouts(SEVEN)
    steering.send_test(Mailout.objects.get(), "staff@greensheets.example", SEVEN)
    steering.warn_staff("The weekly email is paused.", SEVEN)


@pytest.fixture(scope="module")
def post_bag(django_db_setup, django_db_blocker):
    """Every kind of message by its name, sent once for the whole module; the rows are gone again when the tests look."""
    sink = Sink()
    with (
        listening(sink) as port,
        override_settings(**mail_settings(port)),
        django_db_blocker.unblock(),
        time_machine.travel(SEVEN, tick=False),
        transaction.atomic(),
    ):
        rows()
        visit()
        one_round(SEVEN)
        by_id = {d.message_id: d for d in Delivery.objects.select_related("subscriber", "mailout__edition")}
        bag = {name_of(by_id[taken.message_id]): Message(taken, by_id[taken.message_id]) for taken in sink.taken}
        transaction.set_rollback(True)
    assert sorted(bag) == sorted(KINDS), [(d.kind, d.state, d.smtp_reply) for d in by_id.values()]
    return bag


def name_of(delivery: Delivery) -> str:
    if delivery.kind == "bulletin":
        return "weekly" if delivery.choice == "ts:" else "nothing new"
    if delivery.kind == "confirmation":
        again = "confirm again" if delivery.subscriber.email.startswith("again") else "confirm"
        return "already reading" if delivery.subscriber.is_active else again
    return delivery.kind


def faults(bag: dict[str, Message], find) -> dict[str, object]:
    """What ``find`` has to say of each message, without those of which it says nothing."""
    return {name: found for name, message in bag.items() if (found := find(message))}


def test_m01_a_strict_parser_finds_no_defect(post_bag):
    assert faults(post_bag, lambda m: [defect for part in m.parsed.walk() for defect in part.defects]) == {}


def test_m02_bytes_are_seven_bit_with_crlf_and_short_lines(post_bag):
    bare = re.compile(rb"(?<!\r)\n|\r(?!\n)")
    assert faults(post_bag, lambda m: not m.raw.isascii()) == {}
    assert faults(post_bag, lambda m: bare.search(m.raw)) == {}
    assert faults(post_bag, lambda m: [line for line in m.lines if len(line) > 78 and b"List-Unsubscribe:" not in line]) == {}
    assert faults(post_bag, lambda m: max(map(len, m.lines)) > 998) == {}
    encodings = {part["Content-Transfer-Encoding"] for m in post_bag.values() for part in m.parsed.iter_parts()}
    assert encodings == {"quoted-printable"}


def test_m03_the_headers_that_must_stand_once_do_and_only_the_reader_is_addressed(post_bag):
    once = ["From", "To", "Subject", "Date", "Message-ID"]
    assert faults(post_bag, lambda m: [name for name in once if len(m.parsed.get_all(name, [])) != 1]) == {}
    assert faults(post_bag, lambda m: m.parsed.get_all("Cc") or m.parsed.get_all("Bcc")) == {}
    assert {name: (m.parsed["To"], m.taken.to) for name, m in post_bag.items()} == {
        "weekly": ("anna@readers.example", ("anna@readers.example",)),
        "nothing new": ("ben@xn--bcher-kva.example", ("ben@xn--bcher-kva.example",)),
        "test": ("staff@greensheets.example", ("staff@greensheets.example",)),
        "confirm": ("new@readers.example", ("new@readers.example",)),
        "confirm again": ("again@readers.example", ("again@readers.example",)),
        "already reading": ("anna@readers.example", ("anna@readers.example",)),
        "own-link": ("anna@readers.example", ("anna@readers.example",)),
        "receipt": ("eve@visitors.example", ("eve@visitors.example",)),
        "contact": ("adverts@greensheets.example", ("adverts@greensheets.example",)),
        "warning": ("adverts@greensheets.example", ("adverts@greensheets.example",)),
    }


def test_m04_message_ids_are_on_our_domain_and_tell_nothing(post_bag):
    pattern = re.compile(r"<[0-9a-f]{32}@www\.greensheets\.example>")
    assert faults(post_bag, lambda m: not pattern.fullmatch(m.parsed["Message-ID"])) == {}
    assert len({m.parsed["Message-ID"] for m in post_bag.values()}) == len(KINDS)


def test_m04_a_message_that_is_sent_again_keeps_its_message_id(serve):
    sink = serve(Sink())
    a_vacancy()
    an_edition(published_at=SEVEN)
    a_subscriber()
    outbox.prepare_due_mailouts(SEVEN)
    for _ in range(2):
        one_round(SEVEN)
        Delivery.objects.update(state="queued")
    first, second = sink.taken
    assert (first.message_id, first.sender) == (second.message_id, second.sender)


def test_m05_each_is_dated_when_it_was_sent_and_has_a_short_subject(post_bag):
    def find(message):
        date = parsedate_to_datetime(message.parsed["Date"])
        return date.tzinfo is None or not SEVEN <= date < SEVEN + timedelta(hours=1)  # on however slow a machine

    assert faults(post_bag, find) == {}
    assert faults(post_bag, lambda m: not 10 <= len(str(m.parsed["Subject"])) <= 78) == {}


def test_m06_text_comes_first_and_both_parts_say_the_same(post_bag):
    kinds = ["multipart/alternative", "text/plain", "text/html"]
    assert faults(post_bag, lambda m: [part.get_content_type() for part in m.parsed.walk()] != kinds) == {}
    assert faults(post_bag, lambda m: m.links ^ set(LINK_IN_TEXT.findall(m.text))) == {}
    weekly = post_bag["weekly"]
    for title in [*TITLES, "Librarian"]:
        assert " ".join(title.split()) in " ".join(weekly.text.split())
        assert escape(title).replace("&quot;", '"') in weekly.html


def test_m07_the_list_has_one_name(post_bag):
    assert {post_bag[name].parsed["List-Id"] for name in LISTS} == {
        "Greensheets weekly vacancies <weekly.www.greensheets.example>"
    }
    assert faults(post_bag, lambda m: m.parsed["List-Id"] if name_of(m.delivery) not in [*LISTS, "test"] else "") == {}


@pytest.mark.parametrize("name", LISTS)
def test_m08_leaving_with_one_click_is_offered_on_one_physical_line(post_bag, name):
    message = post_bag[name]
    link = f"{SITE}/u/{message.delivery.subscriber.token}/"
    lines = [line for line in message.head if line.startswith(b"List-Unsubscribe")]
    assert lines == [f"List-Unsubscribe: <{link}>".encode(), b"List-Unsubscribe-Post: List-Unsubscribe=One-Click"]
    assert link in message.links


def test_m10_machines_can_tell_what_each_message_is(post_bag):
    assert faults(post_bag, lambda m: m.parsed["Auto-Submitted"] != "auto-generated") == {}
    assert {name for name, m in post_bag.items() if m.parsed["Precedence"] == "bulk"} == {"weekly", "nothing new", "test"}
    assert {name for name, m in post_bag.items() if m.parsed["List-Unsubscribe"]} == {"weekly", "nothing new"}
    assert {name: m.parsed["Reply-To"] for name, m in post_bag.items() if m.parsed["Reply-To"]} == {
        "contact": "eve@visitors.example"
    }
    assert {m.parsed["From"] for m in post_bag.values()} == {"Greensheets <adverts@greensheets.example>"}


def test_m11_the_envelope_says_which_email_a_bounce_is_about(post_bag):
    assert faults(post_bag, lambda m: m.taken.sender != m.delivery.envelope_sender) == {}
    assert faults(post_bag, lambda m: len(m.taken.sender.partition("@")[0]) > 64) == {}
    assert len({m.taken.sender for m in post_bag.values()}) == len(KINDS)


def test_m16_the_html_says_its_language_its_title_and_what_its_tables_are_for(post_bag):
    def find(message):
        page = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
        tree = page.parse(message.html)
        title = tree.findtext("head/title")
        return [
            *(error for error in page.errors if error[1] != "unexpected-end-tag"),
            *(["language"] if tree.get("lang") != "en-GB" else []),
            *(["title"] if title not in str(message.parsed["Subject"]) else []),
            *(["headings"] if len(tree.findall(".//h1")) != 1 else []),
            *(table for table in tree.iter("table") if table.get("role") != "presentation"),
            *(image for image in tree.iter("img") if not image.get("alt")),
        ]

    assert faults(post_bag, find) == {}


def test_m17_every_link_is_ours_and_nothing_is_fetched(post_bag):
    assert faults(post_bag, lambda m: [link for link in m.links if not link.startswith(f"{SITE}/")]) == {}
    assert faults(post_bag, lambda m: re.findall(r"<(img|link|script|iframe|form)\b|url\(|@import|@font-face", m.html)) == {}


def test_m19_each_says_who_we_are_and_why_it_came(post_bag):
    here = [settings.PUBLISHER[part] for part in ("name", "address", "telephone")]
    assert faults(post_bag, lambda m: [part for part in here for side in (m.text, m.html) if part not in side]) == {}
    assert faults(post_bag, lambda m: [side for side in (m.text, m.html) if "You get this email because" not in side]) == {}
    for name in LISTS:
        message = post_bag[name]
        token = message.delivery.subscriber.token
        offered = {f"{SITE}/mailing-list/{token}/", f"{SITE}/u/{token}/", f"{SITE}/editions/2026-04-27/"}
        assert offered - message.links == set()


def test_the_test_for_staff_cannot_take_anybody_off_the_list(post_bag):
    assert post_bag["test"].parsed["Subject"].startswith("[Test] ")
    assert post_bag["test"].parsed["List-Unsubscribe"] is None


def test_m21_following_every_link_of_every_email_changes_no_row(post_bag):
    """Mail scanners open everything before a reader does. The rows are made anew, with the tokens that the emails hold."""
    with time_machine.travel(SEVEN, tick=False):
        rows()
        joining.take_sign_ups(SEVEN)
        for name in ("weekly", "nothing new"):
            subscriber = post_bag[name].delivery.subscriber
            type(subscriber).objects.filter(email_key=subscriber.email_key).update(token=subscriber.token)
        before, answers = dump("django_session"), {}
        for link in sorted({link for message in post_bag.values() for link in message.links}):
            for method in ("get", "head"):
                answers[link] = getattr(Client(), method)(link.removeprefix(SITE)).status_code
    assert dump("django_session") == before
    assert {code for link, code in answers.items() if "/u/" in link or "/mailing-list/" in link} <= {200, 404, 410}
    assert len(answers) > 10


def test_m23_a_visitor_can_write_no_header_and_reach_nobody_else(post_bag):
    message = post_bag["contact"]
    assert [line for line in message.head if b"victim" in line or b"Eve" in line] == []
    assert message.taken.to == ("adverts@greensheets.example",)
    assert "\u202e" not in message.parsed.as_string()


@pytest.mark.parametrize("tail", ["\r\nBcc: victim@example.org", "\nX: y", "\r\n\r\nHi", "\rX: y"])
def test_m23_even_a_row_that_holds_a_line_break_becomes_no_header(sink, tail):
    message = ContactMessage.objects.create(enquiry="other", name="Eve", email=f"eve@v.example{tail}", message="Hello")
    Delivery.objects.create(kind="contact", contact_message=message, staff_email="office@greensheets.example")
    one_round(SEVEN)
    assert sink.taken == []
    assert Delivery.objects.get().smtp_reply == "ValueError while sending."
