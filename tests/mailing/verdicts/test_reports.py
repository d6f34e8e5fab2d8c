"""Messages that come back, in the forms in which they come."""

import base64
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from mailing.verdicts.reports import read
from mailing.verdicts.table import Outcome

from .messages import KEY, OURS, a_letter, a_report, feedback

NONE, NOBODY, REFUSED = Outcome.NONE, Outcome.NO_SUCH_ADDRESS, Outcome.REFUSED
FAULT, COMPLAINT, LEFT = Outcome.OUR_FAULT, Outcome.COMPLAINT, Outcome.LEFT


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"status": "4.4.1", "words": "connect to school.example[192.0.2.1]:25: Connection timed out"}, REFUSED),
        ({"status": "4.4.1", "action": "delayed", "words": "will try again"}, NONE),
        ({"status": "4.2.2", "words": "452 4.2.2 mailbox over quota"}, REFUSED),
        ({"status": "4.0.0", "words": "DNS lookup of school.example: NXDOMAIN"}, REFUSED),
        ({"status": "", "action": "expired", "words": "Connection timed out"}, REFUSED),
        ({"status": "2.0.0", "action": "relayed"}, NONE),
        (
            {"status": "5.7.1", "words": "554 5.7.1 Service unavailable; client host [192.0.2.9] blocked using list.example"},
            FAULT,
        ),
        ({"status": "5.7.26", "words": "550 5.7.26 mail from greensheets.example is not authenticated"}, FAULT),
        ({"kind": "message/global-delivery-status", "words": "550 5.1.1 no such user"}, NOBODY),
        ({"kind": "Message/Global-Delivery-Status", "words": "550 5.1.1 no such user"}, NOBODY),
        ({"action": "failed (no such mailbox)", "words": "550 5.1.1"}, NOBODY),
        ({"status": "5.4.1", "words": "550 5.4.1 Recipient address rejected: Access denied"}, NOBODY),
        ({"status": "5.0.0", "words": "550 User unknown"}, NOBODY),
        ({"status": "5.4.4 (Illegal host/domain name found)"}, NOBODY),
        ({"action": "failure", "status": "553 Exceeded maximum inbound message size"}, FAULT),
        ({"action": "error", "status": "5.0.0", "text": "anna@readers.example: Domain does not exist"}, NOBODY),
        ({"status": "5.0.0", "text": "Remote host said:\n550 anna@readers.example... No such user"}, NOBODY),
        ({"status": "5.0.0", "words": "550 Not today"}, REFUSED),
        ({"top": "multipart/mixed", "words": "550 unknown user"}, NOBODY),
        ({"action": "", "status": "", "words": "550 Unknown user anna"}, NOBODY),
        # The text says "permanent", and its number that it was us.
        ({"status": "5.7.1", "text": "The user does not exist any more for senders like you."}, FAULT),
    ],
)
def test_a_report_with_fields_says_what_its_fields_say(fields, outcome):
    reading = read(a_report(**fields))
    assert (reading.outcome, reading.key.hex, reading.understood) == (outcome, KEY, True)


def test_fields_that_were_encoded_are_read_all_the_same():
    fields = b"Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@readers.example\nAction: failed\nStatus: 5.1.1\n"
    for encoding, body in [("base64", base64.encodebytes(fields)), ("quoted-printable", fields)]:
        whole = a_report(kind=f"message/global-delivery-status\nContent-Transfer-Encoding: {encoding}", action="delayed")
        start = whole.index(b"Reporting-MTA")
        assert read(whole[:start] + body + b"\n--b1--").outcome is NOBODY


@pytest.mark.parametrize(
    ("kind", "outcome", "understood"),
    [
        ("abuse", COMPLAINT, True),
        ("ABUSE", COMPLAINT, True),
        ("opt-out", LEFT, True),
        ("auth-failure", NONE, False),
        ("not-spam", NONE, False),
        ("virus", NONE, False),
        ("fraud", NONE, False),
        ("", NONE, False),
    ],
)
def test_only_abuse_is_a_complaint(kind, outcome, understood):
    reading = read(feedback(kind))
    assert (reading.outcome, reading.key.hex, reading.understood) == (outcome, KEY, understood)


def test_microsofts_programme_sends_our_email_itself():
    original = f"X-HmXmrOriginalRecipient: anna@hotmail.com\nMessage-ID: <{KEY}@greensheets.example>\nSubject: Posts\n\nHello"
    head = "From: staff@hotmail.com\nSubject: complaint about message from 192.0.2.1\nContent-Type: multipart/mixed; boundary=x"
    reading = read(f"{head}\n\n--x\nContent-Type: message/rfc822\n\n{original}\n--x--\n".encode())
    assert (reading.outcome, reading.key.hex) == (COMPLAINT, KEY)


QMAIL = """Hi. This is the qmail-send program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<anna@readers.example>:
192.0.2.7 does not like recipient.
Remote host said: 550 5.1.1 no mailbox here by that name

--- Below this line is a copy of the message.

Return-Path: <bounces@greensheets.example>
Subject: Quota of places for virus research
"""
EXIM = """This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  anna@readers.example
    host mx.readers.example [192.0.2.1]
    SMTP error from remote mail server after RCPT TO:<anna@readers.example>:
    {answer}

------ This is a copy of the message, including all the headers. ------
"""
EXCHANGE = """Your message

  To:      anna@readers.example
  Subject: Virus protection officer at the quota school
  Sent:    Mon, 27 Apr 2026 07:00:00 +0100

did not reach the following recipient(s):

anna@readers.example on Mon, 27 Apr 2026 07:00:01 +0100
    The recipient name is not recognized
"""
SENDMAIL = """   ----- The following addresses had permanent fatal errors -----
<anna@readers.example>

   ----- Transcript of session follows -----
... while talking to mx.readers.example.:
>>> RCPT To:<anna@readers.example>
<<< 550 5.7.1 Mail from 192.0.2.9 refused, see list.example
550 5.1.1 <anna@readers.example>... User unknown
"""
DELAY = """This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on mx.example.

No action is required on your part. Delivery attempts will continue for some time.
"""


@pytest.mark.parametrize(
    ("letter", "outcome"),
    [
        (a_letter(QMAIL), NOBODY),
        (a_letter(EXIM.format(answer="550 Unrouteable address")), NOBODY),
        (a_letter(EXIM.format(answer="552 5.2.2 Mailbox full")), REFUSED),
        (a_letter(EXIM.format(answer="550 Not today"), head="Auto-Submitted: auto-replied"), REFUSED),
        (a_letter("anna@readers.example\n  550 5.1.1 unknown user", head="X-Failed-Recipients: anna@readers.example"), NOBODY),
        (a_letter(EXCHANGE, subject="Undeliverable: Posts", sender="System Administrator <postmaster@mx.example>"), NOBODY),
        (a_letter(SENDMAIL, subject="Returned mail: User unknown"), FAULT),
        (a_letter("anna@readers.example", subject="Returned mail: User unknown"), NOBODY),
        (a_letter("Delivery failed 20 attempts: anna@readers.example", subject="Undeliverable Mail"), REFUSED),
        (a_letter(DELAY, subject="Warning: message 1abc delayed 24 hours"), NONE),
        (a_letter(DELAY, subject="Mail delivery"), NONE),
        (a_letter("<p>No such user</p><br>", subject="failure notice", head="Content-Type: text/html"), NOBODY),
        (a_letter("Error message below:\n550 - no such user here", head="Content-Type: multipart/mixed;\nboundary=b"), NOBODY),
        (
            a_letter("Could not be delivered to: <anna@readers.example>\nAs their mailbox is full.", subject="メールエラー通知"),
            REFUSED,
        ),
        (a_letter("На сервере пользователь не найден", head="Content-Type: text/plain; charset=utf-8"), NOBODY),
    ],
)
def test_a_bounce_in_sentences_is_read_as_far_as_our_own_email_begins(letter, outcome):
    reading = read(letter)
    assert (reading.outcome, reading.key.hex, reading.understood) == (outcome, KEY, True)


@pytest.mark.parametrize(
    ("letter", "why"),
    [
        (
            a_letter("Until Monday. The address does not exist for me.", subject="Out of office", sender="anna@readers.example"),
            "an automatic answer",
        ),
        (
            a_letter(
                "I have left. User unknown here!",
                subject="Re: Posts",
                sender="anna@readers.example",
                head="Auto-Submitted: auto-replied",
            ),
            "an automatic answer",
        ),
        (
            a_letter("Please confirm your message to anna by a click", subject="Posts", sender="anna@readers.example"),
            "a question whether we are human",
        ),
    ],
)
def test_what_answers_by_itself_is_nothing(letter, why):
    reading = read(letter)
    assert (reading.outcome, reading.why, reading.understood) == (NONE, why, True)


def test_a_receipt_is_nothing_and_a_refusal_in_its_form_is_one():
    head = 'Content-Type: multipart/report; report-type=disposition-notification; boundary="b"'

    def receipt(words):
        return read(
            a_letter(
                f"--b\nContent-Type: text/plain\n\n{words}\n--b--", subject="Your message", sender="anna@x.example", head=head
            )
        ).outcome

    assert [receipt("It was displayed."), receipt("It was automatically rejected: Quota exceeded")] == [NONE, REFUSED]


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"Subject: Dear Greensheets\n\nPlease ring me. My user name is unknown."])
def test_what_only_a_person_can_make_something_of_is_said_to_be_so(content):
    reading = read(content)
    assert (reading.outcome, reading.key, reading.understood) == (NONE, None, False)


@pytest.mark.parametrize(
    "message",
    [
        a_report(to="office@greensheets.example", original=f"Message-ID: <{KEY}@greensheets.example>"),
        a_report(to="office@greensheets.example", original=f"Return-Path: <{OURS}>"),
        a_report(to=f"office@greensheets.example\nX-Original-To: {OURS}"),
        a_report(to=f"office@greensheets.example\nReceived: from mx by relay\n for <{OURS}>; Mon"),
        a_letter(
            f"550 User unknown\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <{KEY}@greensheets.example>"
        ).replace(OURS.encode(), b"office@greensheets.example"),
    ],
)
def test_our_email_is_known_by_the_address_or_by_what_was_returned_of_it(message):
    assert read(message).key.hex == KEY


def test_a_report_is_the_same_with_any_ends_of_lines():
    whole = a_report(words="550 5.1.1 unknown")
    assert {read(whole.replace(b"\n", end)).outcome for end in (b"\n", b"\r\n", b"\r")} == {NOBODY}
    assert read(b"From MAILER-DAEMON Mon Apr 27 07:00:00 2026\n" + whole).outcome is NOBODY


def test_the_first_recipient_of_whom_something_is_understood_decides():
    two = a_report(status="5.0.0").replace(
        b"--b1\nContent-Type: text/rfc822",
        b"Final-Recipient: rfc822; b@x.example\nAction: failed\nStatus: 5.2.2\n"
        b"Diagnostic-Code: smtp; 552 mailbox full\n\n--b1\nContent-Type: text/rfc822",
    )
    assert read(two).outcome is REFUSED


@given(st.binary(max_size=300))
def test_no_bytes_whatever_stop_the_reading(noise):
    for content in (noise, a_report()[:-40] + noise, noise + a_report(), a_letter("x") + noise):
        try:
            read(content)
        except (ValueError, LookupError, AttributeError, TypeError) as error:  # the mailbox keeps such a message for a person
            pytest.fail(f"{type(error).__name__} for {content!r}")


def test_the_command_prints_a_line_for_each_file(tmp_path):
    files = {"gone": a_report(words="550 User unknown"), "spam": feedback("abuse"), "letter": b"Subject: Hello\n\nHello"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    out = StringIO()
    call_command("classify_bounces", *(str(tmp_path / name) for name in files), stdout=out)
    lines = [line.removeprefix(f"{tmp_path}/").split("\t") for line in out.getvalue().splitlines()]
    assert lines == [
        ["gone", "no-such-address", KEY, lines[0][3]],
        ["spam", "complaint", KEY, "Feedback-Type: abuse"],
        ["letter", "none", "-", "no report that a program can read"],
    ]
    assert lines[0][3].startswith("address: ")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("classify_bounces", str(tmp_path / "none"))
