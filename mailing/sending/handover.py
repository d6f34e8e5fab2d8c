"""Handing one email to the mail server, and what its answer means. Knows no model; works with any Django email backend."""

import smtplib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from traceback import walk_tb

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from ..verdicts.table import Fault, rule_on, without_addresses

OVER_SMTP, PATIENT = "django.core.mail.backends.smtp.EmailBackend", "mailing.sending.patience.PatientBackend"
ATTEMPTS_ON_FRESH_CONNECTIONS = 3
_SERVICE_CLOSING, _NEVER = 421, 500
_LOGIN_CODES = {530, 534, 535, 538}


class Verdict(Enum):
    ACCEPTED = auto()
    TRY_LATER = auto()  # the server said not now
    REFUSED = auto()  # ... never
    NO_SUCH_ADDRESS = auto()
    OUR_FAULT = auto()  # ... never, for a reason that lies with us and not with the reader
    HUNG_UP = auto()  # ... closed the connection before it took the email
    DOUBTFUL = auto()  # the connection broke while the text was handed over: it may have taken the email or not
    UNWRITTEN = auto()  # there was no text to hand over
    UNREACHABLE = auto()  # no connection, so nothing was handed over
    LOGIN_REFUSED = auto()


_VERDICTS = {Fault.ADDRESS: Verdict.NO_SUCH_ADDRESS, Fault.US: Verdict.OUR_FAULT}
CONNECTION_IS_OVER = {Verdict.HUNG_UP, Verdict.DOUBTFUL, Verdict.UNREACHABLE, Verdict.LOGIN_REFUSED}


@dataclass(frozen=True)
class Answer:
    verdict: Verdict
    reply: str = ""


class Line:
    """One connection to the mail server, opened when needed and again whenever the server has closed it.

    Emails go one at a time, because a backend that is given many does not say which of them went. Django's SMTP backend
    never reconnects by itself: after a 421 it would fail for every email that follows.
    """

    def __init__(self) -> None:
        patient = PATIENT if settings.EMAIL_BACKEND == OVER_SMTP else None
        self._backend = get_connection(patient, fail_silently=False)

    def hand_over(self, message: EmailMessage) -> Answer:
        answer = Answer(Verdict.UNREACHABLE)
        for _ in range(ATTEMPTS_ON_FRESH_CONNECTIONS):
            answer = self._once(message)
            if answer.verdict is not Verdict.HUNG_UP:
                break
        return answer

    def close(self) -> None:
        # A server that has gone away cannot be told good-bye; the backend forgets the connection all the same.
        with suppress(Exception):
            self._backend.close()

    def _once(self, message: EmailMessage) -> Answer:
        try:
            self._backend.open()
        except Exception as error:  # whatever it was, nothing has been handed over yet
            self.close()
            return _answer_to_opening(error)
        try:
            count = self._backend.send_messages([message])
        except Exception as error:  # backends raise what they like; the outbox records it
            answer = judge(error)
            if answer.verdict in CONNECTION_IS_OVER:
                self.close()
            return answer
        # Some backends return None; those that count return 0 when they did not send.
        if count == 0:
            return Answer(Verdict.TRY_LATER, "The mail system refused the email without giving a reason.")
        return Answer(Verdict.ACCEPTED)


def judge(error: Exception) -> Answer:
    """What an error raised while handing over means for that one email."""
    places = _places(error)
    if "ehlo_or_helo_if_needed" in places:
        return _answer_to_opening(error)
    codes = list(_codes(error))
    if codes:
        code, words = codes[0]
        answer = _by_code(code, f"{code} {words}")
        is_ours = code >= _NEVER and isinstance(error, smtplib.SMTPSenderRefused)
        return Answer(Verdict.OUR_FAULT, answer.reply) if is_ours and answer.verdict is not Verdict.LOGIN_REFUSED else answer
    if isinstance(error, smtplib.SMTPServerDisconnected | ConnectionError | TimeoutError) or type(error) is OSError:
        before_text = "sendmail" in places and "data" not in places
        return Answer(Verdict.HUNG_UP if before_text else Verdict.DOUBTFUL, "The connection broke.")
    if isinstance(error, UnicodeError | smtplib.SMTPNotSupportedError):
        return Answer(Verdict.REFUSED, "The mail server cannot write to this kind of address.")
    return Answer(Verdict.TRY_LATER, f"{type(error).__name__} while sending.")


def _places(error: Exception) -> set[str]:
    """The methods of smtplib within which it failed: nothing else tells how far it had come. Other backends do not tell."""
    return {frame.f_code.co_name for frame, _ in walk_tb(error.__traceback__) if frame.f_code.co_filename == smtplib.__file__}


def _answer_to_opening(error: Exception) -> Answer:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Answer(Verdict.LOGIN_REFUSED, without_addresses(f"{error.smtp_code} {_words(error.smtp_error)}"))
    return Answer(Verdict.UNREACHABLE, f"The mail server cannot be reached ({type(error).__name__}).")


def _by_code(code: int, answer: str) -> Answer:
    reply = without_addresses(answer)
    if code == _SERVICE_CLOSING:
        return Answer(Verdict.HUNG_UP, reply)
    if code in _LOGIN_CODES:
        return Answer(Verdict.LOGIN_REFUSED, reply)
    if code < _NEVER:
        return Answer(Verdict.TRY_LATER, reply)
    ruling = rule_on(answer, given_up=True)
    return Answer(_VERDICTS.get(ruling.fault, Verdict.REFUSED) if ruling else Verdict.REFUSED, reply)


def _codes(error: Exception) -> Iterator[tuple[int, str]]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        yield from ((code, _words(words)) for code, words in error.recipients.values())
    elif isinstance(error, smtplib.SMTPResponseException):
        yield error.smtp_code, _words(error.smtp_error)


def _words(reply: bytes | str) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
