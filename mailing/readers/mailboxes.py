"""Where reports come in: a Maildir on this machine, or a mailbox behind IMAP. What is taken is deleted: it holds addresses."""

import imaplib
import mailbox
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

IMAPS_PORT = 993

# Takes a message, which is deleted afterwards; one that cannot be taken raises, and stays for the next time.
Reader = Callable[[bytes], None]


class UnknownMailboxError(ValueError):
    """The address of the mailbox is of a kind that is not known."""


def read_all(address: str, read: Reader) -> None:
    """Hand every unread message to ``read``, and delete it."""
    parts = urlsplit(address)
    if parts.scheme == "maildir":
        _read_maildir(parts.path, read)
    elif parts.scheme == "imaps":
        _read_imap(address, read)
    else:
        raise UnknownMailboxError("A mailbox is maildir:///folder or imaps://user:password@host/FOLDER.")


def _read_maildir(folder: str, read: Reader) -> None:
    box = mailbox.Maildir(folder, create=False)
    for key in list(box.iterkeys()):
        if "S" not in box[key].get_flags():
            read(box.get_bytes(key))
            box.discard(key)


def _read_imap(address: str, read: Reader) -> None:
    with logged_in(address) as server:
        for number in _unseen(server):
            content = _content(server, number)
            if content is not None:
                read(content)
                server.store(number, "+FLAGS", "\\Deleted")
        server.expunge()


def _unseen(server: imaplib.IMAP4) -> Iterator[str]:
    _, found = server.search(None, "UNSEEN", "UNDELETED")
    return iter((found[0] or b"").decode("ascii").split())  # some servers say nothing where there is nothing


def _content(server: imaplib.IMAP4, number: str) -> bytes | None:
    """Nothing if another program has taken the message away; beside it the server may tell news of others."""
    _, data = server.fetch(number, "(BODY.PEEK[])")
    return next((part[1] for part in data if isinstance(part, tuple)), None)


@contextmanager
def logged_in(address: str, timeout: float = 30) -> Iterator[imaplib.IMAP4]:
    parts = urlsplit(address)
    server = imaplib.IMAP4_SSL(parts.hostname or "", parts.port or IMAPS_PORT, timeout=timeout)
    try:
        server.login(unquote(parts.username or ""), unquote(parts.password or ""))
        server.select(unquote(parts.path.strip("/")) or "INBOX")
        yield server
    finally:
        server.logout()
