"""Patience by phase, as RFC 5321 4.5.3.2 asks for it: a server that has been given a text may take its time to file it.

Who hangs up too early sends the same text again, and the reader gets it as often as that.
"""

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

from .. import rules

END_OF_TEXT = b"\r\n.\r\n"


class Patient:
    """Sets the patience of an SMTP connection anew for each phase; connecting and greeting keep the one that is configured."""

    sock: Any
    _in_text = False

    def mail(self, *args: Any, **kwargs: Any) -> Any:
        self._wait_at_most(rules.PATIENCE_FOR_ANSWER.total_seconds())
        return super().mail(*args, **kwargs)  # type: ignore[misc]

    def data(self, msg: Any) -> Any:
        self._in_text = True
        try:
            return super().data(msg)  # type: ignore[misc]
        finally:
            self._in_text = False
            self._wait_at_most(rules.PATIENCE_FOR_ANSWER.total_seconds())

    def send(self, s: Any) -> None:
        super().send(s)  # type: ignore[misc]
        if self._in_text and isinstance(s, bytes) and s.endswith(END_OF_TEXT):
            self._wait_at_most(rules.PATIENCE_AFTER_TEXT.total_seconds())

    def _wait_at_most(self, seconds: float) -> None:
        if self.sock:
            self.sock.settimeout(seconds)


class PatientSMTP(Patient, smtplib.SMTP):
    pass


class PatientSMTPOverTLS(Patient, smtplib.SMTP_SSL):
    pass


class PatientBackend(EmailBackend):
    """Django's own, with patience."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return PatientSMTPOverTLS if self.use_ssl else PatientSMTP
