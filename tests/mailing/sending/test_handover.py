"""What the answers of mail servers mean."""

import smtplib

import pytest

from mailing.sending.handover import Verdict, judge

NOBODY, REFUSED, OURS, LATER = Verdict.NO_SUCH_ADDRESS, Verdict.REFUSED, Verdict.OUR_FAULT, Verdict.TRY_LATER


def verdict(error: Exception) -> Verdict:
    return judge(error).verdict


@pytest.mark.parametrize(
    ("code", "words", "meaning"),
    [
        (550, "5.1.1 <a@readers.example> User unknown", NOBODY),
        (550, "5.1.10 RESOLVER.ADR.RecipientNotFound", NOBODY),
        (550, "5.1.2 Host unknown", NOBODY),
        (550, "5.1.6 Mailbox has moved", NOBODY),
        (550, "User unknown", NOBODY),
        (550, "5.4.1 Recipient address rejected: Access denied", NOBODY),
        (550, "5.1.8 Sender address rejected: domain not found", OURS),
        (550, "5.1.7 Bad address of the sender", OURS),
        (554, "5.7.1 Blocked by 10.5.1.1", OURS),
        (554, "5.7.1 Blocked, see 185.5.1.2", OURS),
        (554, "5.7.1 rule 5.1.1.7", OURS),
        (550, "5.7.26 This mail is not authenticated", OURS),
        (552, "5.2.2 Mailbox full", REFUSED),
        (550, "Not today, not ever", REFUSED),
        (450, "4.1.1 Greylisted", LATER),
        (535, "5.7.8 Log in", Verdict.LOGIN_REFUSED),
        (421, "4.7.0 Enough", Verdict.HUNG_UP),
    ],
)
def test_only_an_answer_that_is_about_the_reader_says_that_the_address_does_not_exist(code, words, meaning):
    assert verdict(smtplib.SMTPRecipientsRefused({"a@readers.example": (code, words.encode())})) is meaning


def test_a_refused_sender_is_never_the_fault_of_the_reader():
    assert verdict(smtplib.SMTPSenderRefused(550, b"5.1.1 No such sender", "bounces@greensheets.example")) is OURS
    assert verdict(smtplib.SMTPSenderRefused(451, b"4.7.1 Slow down", "bounces@greensheets.example")) is LATER


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (ConnectionResetError(), Verdict.DOUBTFUL),
        (TimeoutError(), Verdict.DOUBTFUL),
        (smtplib.SMTPServerDisconnected(), Verdict.DOUBTFUL),
        (UnicodeEncodeError("ascii", "ü", 0, 1, "no"), REFUSED),
        (RuntimeError("what a backend may raise"), LATER),
    ],
)
def test_a_connection_that_broke_without_saying_where_leaves_a_doubt(error, meaning):
    assert verdict(error) is meaning
