"""What a message that came back is made of: the key of our email, the sentences for people, the fields for programs."""

import base64
import email
import quopri
import re
import tomllib
import uuid
from collections.abc import Iterator
from email import policy
from email.header import decode_header, make_header
from email.message import Message
from functools import cache
from html import unescape
from pathlib import Path

OUR_KEY = re.compile(r"([0-9a-f]{32})")
OUR_MESSAGE_ID = re.compile(r"<([0-9a-f]{32})@", re.IGNORECASE)
_OUR_SENDER = re.compile(r"bounces\+([0-9a-f]{32})@", re.IGNORECASE)
_ADDRESSED = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "Cc", "Received")
_HEAD_OF_ORIGINAL = ("Message-ID", "Return-Path", "Original-Mail-From", "Original-Envelope-Id", "X-Envelope-From")
_STATUS_TYPES = {"message/delivery-status", "message/global-delivery-status"}
_RETURNED_TYPES = {"text/rfc822-headers", "message/rfc822", "message/global", "message/global-headers", "message/partial"}
_FIELDS_OF_A_RECIPIENT = ("Action", "Status", "Diagnostic-Code", "X-Supplementary-Info")
_WRITTEN = {"text", "multipart"}  # a multipart without its boundary is one text
_TAG = re.compile(r"<(?:style|script).*?</(?:style|script)>|<[^<>@]{1,200}>", re.IGNORECASE | re.DOTALL)


@cache
def sign(name: str) -> re.Pattern[str]:
    """One list of ``signs.toml`` as one pattern."""
    signs = tomllib.loads((Path(__file__).parent / "signs.toml").read_text(encoding="utf-8"))
    return re.compile("|".join(f"(?:{one})" for one in signs[name]), re.IGNORECASE | re.MULTILINE)


def parsed(content: bytes) -> Message:
    if b"\n" not in content:  # kept on a Mac of long ago
        content = content.replace(b"\r", b"\n")
    if content.startswith(b"From "):
        content = content.partition(b"\n")[2]
    # RFC 6533 made a new name for the same fields, which Python would read as a message.
    content = re.sub(rb"(?i)message/global-delivery-status", b"message/delivery-status", content)
    return email.message_from_bytes(content, policy=policy.compat32)


def header(message: Message, name: str) -> str:
    return str(message.get(name) or "")


def subject_of(message: Message) -> str:
    try:
        return str(make_header(decode_header(header(message, "Subject"))))
    except (LookupError, UnicodeError, ValueError):
        return header(message, "Subject")


def key_of(message: Message) -> uuid.UUID | None:
    """The key of our email: the address to which it came back says which it is about."""
    addressed = " ".join(str(value) for name in _ADDRESSED for value in message.get_all(name, []))
    found = _OUR_SENDER.search(addressed)
    if not found:
        # Forwarded once too often to know the address; the original's head is in the report, as a part or in the text.
        found = next(filter(None, (_key_in(part) for part in message.walk())), None)
    return uuid.UUID(found[1]) if found else None


def _key_in(part: Message) -> re.Match[str] | None:
    head = " ".join(str(value) for name in _HEAD_OF_ORIGINAL for value in part.get_all(name, []))
    found = OUR_MESSAGE_ID.search(head) or _OUR_SENDER.search(head)
    if found or part.is_multipart() or part.get_content_maintype() not in {*_WRITTEN, "message"}:
        return found
    body = _decoded(part)
    begins = None if part.get_content_type() in _RETURNED_TYPES else sign("begins").search(body)
    start = begins.start() if begins else 0
    is_original = begins is not None or part.get_content_type() in _RETURNED_TYPES
    return (OUR_MESSAGE_ID.search(body, start) or _OUR_SENDER.search(body, start)) if is_original else None


def text_of(message: Message) -> str:
    """What was written to the sender: the texts that stand before the returned email, and within them before its copy."""
    texts: list[str] = []
    for part in message.walk():
        kind = part.get_content_type()
        if kind in _RETURNED_TYPES or (kind in _STATUS_TYPES and texts):
            break
        if not part.is_multipart() and part.get_content_maintype() in _WRITTEN:
            texts.append(_as_text(part))
    text = "\n".join(texts).replace("\r\n", "\n").replace("\r", "\n")
    begins = sign("begins").search(text)
    return sign("repeated").sub("", text[: begins.start()] if begins else text)


def _as_text(part: Message) -> str:
    text = _decoded(part)
    return unescape(_TAG.sub(" ", text)) if part.get_content_subtype() == "html" else text


def _decoded(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        return content.decode(str(part.get_content_charset() or "utf-8"), "replace")
    except LookupError:
        return content.decode("latin-1")


def groups_of(message: Message) -> list[Message]:
    """The groups of fields that are about a recipient, of every delivery status in a message, however deep it lies."""
    return [group for part in message.walk() if part.get_content_type() in _STATUS_TYPES for group in _groups(part)]


def _groups(part: Message) -> Iterator[Message]:
    """The group about the mail server says nothing of what was done."""
    body = body_of(part)
    encoding = header(part, "Content-Transfer-Encoding").lower()
    if encoding in {"base64", "quoted-printable"}:
        decode = base64.b64decode if encoding == "base64" else quopri.decodestring
        body = decode(body.encode("ascii", "ignore")).decode("utf-8", "replace")
    for text in re.split(r"\n\s*\n", body.replace("\r\n", "\n").strip()):
        group = email.message_from_string(text.strip(), policy=policy.compat32)
        if any(group[name] for name in _FIELDS_OF_A_RECIPIENT):
            yield group


def body_of(part: Message) -> str:
    """What stands below the head of a part, whether Python took it apart or not."""
    payload = part.get_payload()
    return "\n".join(str(one) for one in payload) if isinstance(payload, list) else str(payload)
