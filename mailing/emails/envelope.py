"""An email as bytes: made once per text, then completed for each reader by filling in a few places of known length.

Django would encode every copy afresh, as 8-bit text, and fold List-Unsubscribe over two lines. Here the two parts are
quoted-printable, 7-bit, with CRLF and short lines, and the one-click address stands on one physical line (RFC 8058).
"""

import binascii
import email
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.header import Header
from email.message import Message
from email.utils import formataddr, parseaddr
from typing import Any

from django.core.mail import EmailMultiAlternatives

# Stands in rendered texts for a reader's token: as long as one, and of letters that quoted-printable leaves alone.
READERS_PLACE = "TOKEN-of-the-one-who-r"
# Under this name a mail service is given the delivery's key, and returns it with what it reports.
KEY_FOR_SERVICES = "delivery"
_CRLF = "\r\n"
# The encoder may have broken a line anywhere, also within the token.
_TOKEN_PATTERN = re.compile(b"(?:=\r\n)?".join(re.escape(bytes([letter])) for letter in READERS_PLACE.encode()))


@dataclass(frozen=True)
class Letter:
    """What an email says, apart from whom it goes to."""

    subject: str
    text: str
    html: str
    headers: dict[str, str] = field(default_factory=dict)


class Body:
    """The MIME body of a letter in pieces, so that filling in a token costs a join, not an encoding."""

    def __init__(self, letter: Letter):
        # Quoted-printable never holds "=_", so this cannot occur in the parts; short, so that its header stays on one line.
        self.boundary = f"=_{secrets.token_hex(12)}"
        whole = _CRLF.join(
            [
                *_part("plain", letter.text, self.boundary),
                *_part("html", letter.html, self.boundary),
                f"--{self.boundary}--",
                "",
            ]
        ).encode("ascii")
        self._pieces = list(_cut(whole))

    def bytes_for(self, token: str) -> bytes:
        letters = token.encode("ascii")
        return b"".join(piece if breaks is None else _with_breaks(letters, breaks) for piece, breaks in self._pieces)


def _part(subtype: str, content: str, boundary: str) -> list[str]:
    # The encoder ends its own lines like the first line that it is given, so there must be one.
    lines = "".join(f"{line}{_CRLF}" for line in content.split("\n"))
    encoded = binascii.b2a_qp(lines.encode(), istext=True).removesuffix(b"\r\n")
    return [
        f"--{boundary}",
        f'Content-Type: text/{subtype}; charset="utf-8"',
        "Content-Transfer-Encoding: quoted-printable",
        "",
        encoded.decode("ascii"),
    ]


def _cut(whole: bytes) -> Iterator[tuple[bytes, list[int] | None]]:
    """Pieces of plain bytes, and between them the places of the token with the positions at which its line is broken."""
    end = 0
    for match in _TOKEN_PATTERN.finditer(whole):
        yield whole[end : match.start()], None
        lines = match[0].split(b"=\r\n")
        positions = [sum(map(len, lines[:number])) for number in range(1, len(lines))]
        yield b"", positions
        end = match.end()
    yield whole[end:], None


def _with_breaks(letters: bytes, breaks: list[int]) -> bytes:
    starts, ends = [0, *breaks], [*breaks, len(letters)]
    return b"=\r\n".join(letters[start:end] for start, end in zip(starts, ends, strict=True))


class Envelope(EmailMultiAlternatives):
    """One copy of a letter. Every Django email backend takes it: as bytes by ``message()``, or by its plain attributes."""

    def __init__(
        self,
        letter: Letter,
        body: Body,
        *,
        to: str,
        token: str,
        sender: str,
        envelope_sender: str,
        headers: dict[str, str],
        key: str = "",
    ):
        # Django's own rule: with a From header given, ``from_email`` is the envelope's sender only.
        super().__init__(letter.subject, from_email=envelope_sender, to=[to], headers={"From": sender, **headers})
        self._letter, self._prepared, self._token = letter, body, token
        self.metadata = {KEY_FOR_SERVICES: key}  # what Anymail's backends read; SMTP has the envelope sender for it

    def message(self, *args: Any, **kwargs: Any) -> "Wire":  # type: ignore[override]  # as much of a message as backends use
        head = {"From": _address(self.extra_headers["From"]), "To": self.to[0], "Subject": _encoded(self._letter.subject)}
        rest = {name: value for name, value in self.extra_headers.items() if name != "From"}
        mime = {"MIME-Version": "1.0", "Content-Type": f'multipart/alternative; boundary="{self._prepared.boundary}"'}
        lines = [f"{name}: {value}" for name, value in {**head, **rest, **mime}.items()]
        if any("\r" in line.replace("\r\n ", "") or "\n" in line.replace("\r\n ", "") for line in lines):
            raise ValueError("A header holds a line break.")
        # Django 5.2 names the ends of lines when it asks for the bytes, Django 6 when it asks for the message.
        ends = getattr(kwargs.get("policy"), "linesep", "\n")
        return Wire((_CRLF.join(lines) + _CRLF * 2).encode("ascii") + self._prepared.bytes_for(self._token), ends)

    # What backends that do not speak SMTP read instead of the bytes.
    @property
    def body(self) -> str:
        return self._letter.text.replace(READERS_PLACE, self._token)

    @body.setter
    def body(self, value: str) -> None:
        """Django's constructor sets it; the letter has it."""

    @property  # type: ignore[override]  # the stubs allow for bytes and messages, too
    def alternatives(self) -> list[tuple[str, str]]:
        return [(self._letter.html.replace(READERS_PLACE, self._token), "text/html")]

    @alternatives.setter
    def alternatives(self, value: object) -> None:
        """As for ``body``."""


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


def _encoded(text: str) -> str:
    """A header's text: plain where ASCII and short enough for one line, else in encoded words, folded."""
    if text.isascii() and len(text) <= 68:
        return text
    return Header(text, "us-ascii" if text.isascii() else "utf-8", header_name="Subject").encode(linesep=_CRLF)


def _address(text: str) -> str:
    name, address = parseaddr(text)
    return formataddr((name, address))
