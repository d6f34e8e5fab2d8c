"""An email as bytes: encoded once per text, then completed for each reader by filling in a token of the same length.

Django would encode every copy afresh, as 8-bit text, and fold List-Unsubscribe over two lines. Here the two parts are
quoted-printable, 7-bit, with CRLF and short lines, and the one-click address stands on one physical line (RFC 8058).
"""

import email
import re
from dataclasses import dataclass, field
from email.message import EmailMessage, Message
from email.policy import SMTP
from typing import Any

from django.core.mail import EmailMultiAlternatives

# Stands in rendered texts for a reader's token: as long as one, and of letters that quoted-printable leaves alone.
READERS_PLACE = "TOKEN-of-the-one-who-r"
# Under this name a mail service is given the delivery's key, and returns it with what it reports.
KEY_FOR_SERVICES = "delivery"
_CRLF = "\r\n"
_PARTS = SMTP.clone(max_line_length=76)  # RFC 2045 on quoted-printable
_ON_ONE_LINE = SMTP.clone(max_line_length=998)
_FOLDED = {"From", "Subject"}
_PLACE = READERS_PLACE.encode()
# The encoder may have broken a line anywhere, also within the token.
_PLACE_AS_ENCODED = re.compile(b"(?:=\r\n)?".join(re.escape(bytes([letter])) for letter in _PLACE))


@dataclass(frozen=True)
class Letter:
    """What an email says, apart from whom it goes to."""

    subject: str
    text: str
    html: str
    headers: dict[str, str] = field(default_factory=dict)


def encoded(letter: Letter) -> bytes:
    """The letter's two parts and the headers that say what they are, with each place of the token whole, on one line."""
    parts = EmailMessage(policy=_PARTS)
    parts.set_content(letter.text, cte="quoted-printable")
    parts.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return _PLACE_AS_ENCODED.sub(lambda found: _PLACE if found[0] == _PLACE else b"=\r\n%b=\r\n" % _PLACE, parts.as_bytes())


class Envelope(EmailMultiAlternatives):
    """One copy of a letter. Every Django email backend takes it: as bytes by ``message()``, or by its plain attributes."""

    def __init__(
        self,
        letter: Letter,
        parts: bytes,
        *,
        to: str,
        token: str,
        sender: str,
        envelope_sender: str,
        headers: dict[str, str],
        key: str = "",
    ):
        html = letter.html.replace(READERS_PLACE, token)
        # Django's own rule: with a From header given, ``from_email`` is the envelope's sender only.
        super().__init__(
            letter.subject,
            letter.text.replace(READERS_PLACE, token),
            envelope_sender,
            [to],
            headers={"From": sender, **headers},
            alternatives=[(html, "text/html")],
        )
        self._parts = parts.replace(_PLACE, token.encode("ascii"))
        self.metadata = {KEY_FOR_SERVICES: key}  # what Anymail's backends read; SMTP has the envelope sender for it

    def message(self, *args: Any, **kwargs: Any) -> "Wire":  # type: ignore[override]  # as much of a message as backends use
        self.to[0].encode("ascii")  # Another address would be encoded, and then be nobody's.
        headers = {"To": self.to[0], "Subject": str(self.subject), **self.extra_headers}
        if any("\r" in value or "\n" in value for value in headers.values()):
            raise ValueError("A header holds a line break.")
        lines = [(SMTP if name in _FOLDED else _ON_ONE_LINE).fold(name, value) for name, value in headers.items()]
        # Django 5.2 names the ends of lines when it asks for the bytes, Django 6 when it asks for the message.
        ends = getattr(kwargs.get("policy"), "linesep", "\n")
        return Wire("".join(lines).encode("ascii") + self._parts, ends)


class Wire:
    """Finished bytes with as much of ``email.message.Message`` as backends use; parsed only for one that asks for more."""

    def __init__(self, content: bytes, linesep: str = "\n"):
        self._content, self._linesep = content, linesep

    def as_bytes(self, unixfrom: bool = False, linesep: str = "") -> bytes:
        ends = linesep or self._linesep
        return self._content if ends == _CRLF else self._content.replace(b"\r\n", ends.encode())

    def as_string(self, unixfrom: bool = False, linesep: str = "") -> str:
        return self.as_bytes(unixfrom, linesep).decode("ascii")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._parsed(), name)

    def __getitem__(self, name: str) -> Any:
        return self._parsed()[name]

    def _parsed(self) -> Message:
        return email.message_from_bytes(self._content)
