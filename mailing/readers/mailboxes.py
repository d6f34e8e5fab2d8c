"""Where reports come in: a Maildir on this machine, or a mailbox behind IMAP. What is read is deleted: it holds addresses."""

import imaplib
import mailbox
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

IMAPS_PORT = 993

# Takes a message; True if it was a report and may go, False if it is something that a person should see.
Reader = Callable[[bytes], bool]


class UnknownMailboxError(ValueError):
    """The address of the mailbox is of a kind that is not known."""


def read_all(address: str, read: Reader) -> tuple[int, int]:
    """Offer every unread message to ``read``; returns how many were reports and how many were left lying."""
    parts = urlsplit(address)
    if parts.scheme == "maildir":
        return _read_maildir(parts.path, read)
    if parts.scheme == "imaps":
        return _read_imap(address, read)
    raise UnknownMailboxError("A mailbox is maildir:///folder or imaps://user:password@host/FOLDER.")


def _read_maildir(folder: str, read: Reader) -> tuple[int, int]:
    box = mailbox.Maildir(folder, create=False)
    done = left = 0
    for key in list(box.iterkeys()):
        message = box[key]
        if "S" in message.get_flags():
            continue
        if read(box.get_bytes(key)):
            box.discard(key)
            done += 1
        else:
            message.set_subdir("cur")
            message.add_flag("S")
            box[key] = message
            left += 1
    return done, left


def _read_imap(address: str, read: Reader) -> tuple[int, int]:
    done = left = 0
    with logged_in(address) as server:
        for number in _unseen(server):
            content = _content(server, number)
            if content is None:
                continue
            is_report = read(content)
            server.store(number, "+FLAGS", "\\Deleted" if is_report else "\\Seen")
            done, left = done + is_report, left + (not is_report)
        server.expunge()
    return done, left


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
