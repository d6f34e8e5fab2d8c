"""A real mail server for tests and measurements: it takes messages in, or misbehaves as it is told."""

import asyncio
import logging
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

logging.getLogger("mail.log").setLevel(logging.WARNING)  # the server's own steps
ACCEPTED = "250 OK"
HANG_UP_SILENTLY = "hang up"


@dataclass(frozen=True)
class Taken:
    """One message as it came over the wire."""

    sender: str
    to: tuple[str, ...]
    content: bytes

    @property
    def message_id(self) -> str:
        return next(
            line.partition(b": ")[2].decode() for line in self.content.split(b"\r\n") if line.lower().startswith(b"message-id")
        )


class Sink:
    """Takes every message, unless ``answer`` says otherwise; it is asked with the number of the message and its recipient.

    Whatever it answers is sent to the client; only after ``250 OK`` is the message taken. ``HANG_UP_SILENTLY`` breaks the
    connection instead, and an answer of 421 breaks it after having been sent, as real servers do. After ``each_connection``
    messages a connection is closed, with a word or, if ``rude``, without; more than ``at_once`` connections are turned away.
    """

    def __init__(
        self,
        answer: Callable[[int, str], str] = lambda number, to: ACCEPTED,
        *,
        each_connection: int = 0,
        linger: float = 0,
        rude: bool = False,
        at_once: int = 0,
    ):
        self.taken: list[Taken] = []
        self.connections = self.turned_away = 0
        self._rude, self._at_once, self._open = rude, at_once, []
        self._answer, self._each_connection, self._linger, self._asked = answer, each_connection, linger, 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self._open = [other for other in self._open if not other.is_closing()] + [server.transport]
        if self._at_once and len(self._open) > self._at_once:
            self._open.pop()
            self.turned_away += 1
            server.loop.call_soon(server.transport.close)
            return ["421 4.7.0 Too many connections"]
        self.connections += 1
        session.host_name, session.messages = hostname, 0
        return responses

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        session.messages += 1
        if self._each_connection and session.messages > self._each_connection:
            if self._rude:
                server.transport.abort()
            server.loop.call_soon(server.transport.close)
            return "421 4.7.0 Enough for one connection"
        envelope.mail_from = address
        return ACCEPTED

    async def handle_DATA(self, server, session, envelope):
        self._asked += 1
        # In a thread, because what answers may look into the database or take its time.
        answer = await asyncio.to_thread(self._answer, self._asked, envelope.rcpt_tos[0])
        if answer == HANG_UP_SILENTLY:
            server.transport.abort()
        elif answer.startswith("421"):
            server.loop.call_soon(server.transport.close)
        elif answer.startswith("250"):
            self.taken.append(Taken(envelope.mail_from, tuple(envelope.rcpt_tos), envelope.original_content))
            # Taken, but the client does not know yet: the moment at which to be killed is worst.
            await asyncio.sleep(self._linger)
        return answer

    def per_reader(self) -> Counter:
        return Counter(message.to for message in self.taken)


def refuse_log_in(server, session, envelope, mechanism, data):
    return AuthResult(success=False, handled=False)


@contextmanager
def listening(sink: Sink, **options) -> Iterator[int]:
    """The port on which the sink takes mail for as long as the block runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def mail_settings(port: int) -> dict[str, object]:
    return {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": port}
