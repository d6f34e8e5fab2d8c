"""The mail relay, asked as far as it can be without sending; the mailbox of bounces; and one real email for whoever asks."""

import mailbox
import smtplib
from contextlib import suppress
from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.db.models import Q

from mailing.models import Delivery, DeliveryState
from mailing.readers import mailboxes
from mailing.verdicts.table import without_addresses

from ..watching.findings import Finding
from .findings import doubtful, fine, wrong

TIME_OUT = 10  # seconds
# An envelope sender as every email has one, of an email that there is not.
SAMPLE = "0" * 32
OVERDUE = timedelta(hours=1)


def operator() -> str:
    """The address that the relay is asked whether it would deliver to."""
    return str(settings.STAFF_EMAILS[0])


def relay(now: datetime) -> Finding:
    """As far as RCPT; then the conversation is broken off and nothing is sent."""
    with suppress(TypeError):  # other backends take no time-out
        backend = get_connection(fail_silently=False, timeout=TIME_OUT)
        if isinstance(backend, EmailBackend):
            return _asked(backend)
    return doubtful(
        f"Emails do not go by SMTP but by {settings.EMAIL_BACKEND}, which cannot be asked without sending.",
        "Send one: manage.py doctor --only relay --send-to you@example.org",
    )


def _asked(backend: EmailBackend) -> Finding:
    where = f"{backend.host}:{backend.port}"
    try:
        return _opened(backend, where) or _conversation(backend, where)
    except (OSError, smtplib.SMTPException) as error:
        return wrong(f"{where} broke the conversation off ({type(error).__name__}).", "Look into the log of the relay.")
    finally:
        with suppress(Exception):  # it has answered; how it says good-bye tells nothing
            backend.close()


def _opened(backend: EmailBackend, where: str) -> Finding | None:
    """Nothing when it is open; else why not."""
    try:
        backend.open()
    except smtplib.SMTPAuthenticationError as error:
        return wrong(f"{where} refused the log-in ({error.smtp_code}).", "Correct the log-in in EMAIL_URL; restart the worker.")
    except (OSError, smtplib.SMTPException) as error:
        why = without_addresses(getattr(error, "strerror", None) or str(error)) or type(error).__name__
        return wrong(f"{where} cannot be reached: {why}.", "Correct EMAIL_URL, or start the relay. Nothing is sent until then.")
    return None


def _conversation(backend: EmailBackend, where: str) -> Finding:
    smtp = backend.connection
    if smtp is None:
        raise smtplib.SMTPServerDisconnected
    smtp.ehlo_or_helo_if_needed()
    code, words = smtp.mail(f"bounces+{SAMPLE}@{settings.MAIL_DOMAIN}")
    if code != 250:
        return wrong(
            f"{where} refused the sender: {_said(code, words)}.", "Let the relay send for MAIL_DOMAIN, with any local part."
        )
    code, words = smtp.rcpt(operator())
    smtp.rset()
    if 400 <= code < 500:
        return doubtful(f"{where} puts off: {_said(code, words)}.", "Some relays do so for a while; look again in an hour.")
    if code not in {250, 251}:
        return wrong(f"{where} refused {operator()}: {_said(code, words)}.", "Let it relay for this machine or log-in.")
    if smtp.sock and not hasattr(smtp.sock, "cipher") and backend.username:
        return doubtful(f"{where} takes emails, but its password travels in the clear.", "Use smtp+tls:// in EMAIL_URL.")
    return fine(f"{where} would take an email to {operator()}.")


def _said(code: int, words: bytes) -> str:
    return without_addresses(f"{code} {words.decode('utf-8', 'replace')}")


def send(address: str, now: datetime) -> Finding:
    """One real email, bypassing the outbox: it is the relay that is being tried."""
    name = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    message = EmailMessage(
        "Greensheets: a test email",
        f"manage.py doctor sent this from {settings.SITE_URL}. If you can read it, email leaves the site.\n\n"
        "Look in its source for “dkim=pass” and “spf=pass”, and that it did not land among the spam.\n",
        from_email=f"bounces+{SAMPLE}@{settings.MAIL_DOMAIN}",
        to=[address],
        headers={"From": settings.DEFAULT_FROM_EMAIL, "Auto-Submitted": "auto-generated"},
    )
    try:
        count = message.send()
    except Exception as error:  # whatever a backend raises, it was not sent
        why = without_addresses(str(error)) or type(error).__name__
        return wrong(f"The test email was not taken: {why}", "See the relay and its log.")
    if not count:
        return wrong("The mail system took no email and gave no reason.", "See the relay and its log.")
    return fine(f"A test email from {name} to {address} was taken. Whether it arrived, only its mailbox shows.")


def bounces(now: datetime) -> Finding:
    address = settings.BOUNCES_MAILBOX
    if not address:
        if settings.ANYMAIL.get("WEBHOOK_SECRET"):
            return fine("The mail service reports by webhook.")
        return doubtful(
            "No mailbox takes reports of emails that did not arrive.", "Set BOUNCES_MAILBOX: dead addresses harm the sender."
        )
    parts = urlsplit(address)
    advice = "Correct BOUNCES_MAILBOX; until then dead addresses go on being written to."
    try:
        if parts.scheme == "maildir":
            mailbox.Maildir(unquote(parts.path), create=False).keys()
        else:
            with mailboxes.logged_in(address, timeout=TIME_OUT):
                pass
    except Exception as error:  # imaplib and mailbox raise what they like
        return wrong(f"The mailbox cannot be opened ({without_addresses(str(error)) or type(error).__name__}).", advice)
    return fine("The mailbox of bounces opens.")


def outbox_checked(now: datetime) -> Finding:
    """Emails that should have gone."""
    waiting = Delivery.objects.filter(state=DeliveryState.QUEUED).filter(Q(next_try_at=None) | Q(next_try_at__lte=now))
    overdue = waiting.filter(mailout=None, created_at__lt=now - OVERDUE).count()
    if overdue:
        return wrong(f"{overdue} emails that people wait for have not gone for an hour.", "Look at the worker and at the relay.")
    return fine("No email waits for longer than it should.")
