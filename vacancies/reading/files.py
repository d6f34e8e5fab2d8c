"""The files in which schools send adverts: text, web pages, Word documents, PDFs, and emails with their attachments."""

import email
import email.policy
import subprocess
import sys
from datetime import date
from email.message import EmailMessage
from pathlib import Path

from richtext.docx import NotWord, html_of_docx
from richtext.signs import meant

from .kinds import read_advert

PDF_SECONDS = 20
MOST_PARTS = 30
_READER = Path(__file__).with_name("pdf_child.py")
_ANY_DAY = date(2000, 1, 1)


class NotReadable(ValueError):
    """The message tells staff what is wrong and what to do."""


def source_of(name: str, content: bytes) -> str:
    """The text or HTML that a file holds. Its content decides what it is; the name only tells texts and emails apart."""
    if not content.strip():
        raise NotReadable("This file is empty.")
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(b"PK\x03\x04"):
        try:
            return html_of_docx(content)
        except NotWord as error:
            raise NotReadable("This is no Word document. Save it as .docx or PDF, or paste its text.") from error
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotReadable("Files of this kind (.doc, .msg) cannot be read. Open it, select everything, and paste it here.")
    if name.lower().endswith(".eml"):
        return _email(content)
    return decoded(content)


def decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return meant(content.decode("cp1252", "replace"))


def _pdf(content: bytes) -> str:
    """In a child process, since PDF readers have been broken by files made to break them."""
    try:
        done = subprocess.run(  # noqa: S603  # our own program; the file is only its standard input
            [sys.executable, "-I", str(_READER)], input=content, capture_output=True, timeout=PDF_SECONDS, check=True
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise NotReadable("This PDF cannot be read. Open it, select everything, and paste it here.") from error
    text = done.stdout.decode("utf-8", "replace")
    if not text.strip():
        raise NotReadable("This PDF holds pictures of its pages and no text. Ask the school for its text.")
    return text


def _email(content: bytes) -> str:
    """Of the message and its attachments, that which states most; the text of the message if nothing states more."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    sources = [*_bodies(message), *_attached(message)]
    if not sources:
        raise NotReadable("This email holds no text that can be read.")
    return max(sources, key=lambda source: len(read_advert(source, _ANY_DAY).facts))


def _bodies(message: EmailMessage) -> list[str]:
    body = message.get_body(("html", "plain"))
    if body is None:
        return []
    try:
        return [str(body.get_content())]
    except (LookupError, UnicodeError, KeyError):
        return []


def _attached(message: EmailMessage) -> list[str]:
    found = []
    for part in list(message.iter_attachments())[:MOST_PARTS]:
        name, content = part.get_filename() or "", part.get_payload(decode=True)
        if isinstance(content, bytes) and name.lower().endswith((".docx", ".pdf", ".txt", ".html", ".htm")):
            try:
                found.append(source_of(name, content))
            except NotReadable:
                continue
    return found
