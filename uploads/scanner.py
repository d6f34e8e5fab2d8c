"""Asks a virus scanner, if one is named: ``CLAMD`` is the address of ClamAV's clamd, on this machine or in its network.

Without an answer nothing is taken: whoever names a scanner wants no file past it.
"""

import logging
import socket
import struct
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from . import rules
from .refusals import NotNow, Refused

logger = logging.getLogger(__name__)

CHUNK = 64 * 1024
INFECTED = "The virus scanner says that this file is infected ({}). It was not kept. Tell the school, by telephone."
SILENT = "The virus scanner is not responding, so files cannot be taken now. Try again in a few minutes, or tell your operator."
USUAL_PORT = 3310


def clamd_from(address: str) -> str:
    """The address as it may stand in the settings."""
    parts = urlsplit(address)
    if address and not ((parts.scheme == "unix" and parts.path) or (parts.scheme == "tcp" and parts.hostname)):
        raise ImproperlyConfigured("CLAMD must be unix:///run/clamav/clamd.ctl or tcp://host:3310")
    return address


def must_find_nothing(path: Path) -> None:
    if not settings.CLAMD:
        return
    try:
        answer = ask(settings.CLAMD, path)
    except OSError as error:
        logger.error("The virus scanner at %s is not responding: %s", settings.CLAMD, error)
        raise NotNow(SILENT) from error
    if answer.endswith("OK"):
        return
    if answer.endswith("FOUND"):
        logger.warning("An upload was refused by the virus scanner: %s", answer[:200])
        raise Refused(INFECTED.format(answer.removeprefix("stream: ").removesuffix(" FOUND")[:80]))
    logger.error("The virus scanner did not scan an upload: %s", answer[:200])
    raise NotNow(SILENT)


def ask(address: str, path: Path) -> str:
    """In clamd's own words: the file in pieces, each after its length, and an empty one at the end."""
    with connected(address) as connection, path.open("rb") as file:
        connection.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            connection.sendall(struct.pack("!L", len(chunk)) + chunk)
        connection.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and (more := connection.recv(4096)):
            answer += more
    return answer.rstrip(b"\0").decode("utf-8", errors="replace").strip()


def connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "tcp":
        return socket.create_connection((parts.hostname, parts.port or USUAL_PORT), timeout=rules.SCANNER_SECONDS)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(rules.SCANNER_SECONDS)
        connection.connect(parts.path)
    except OSError:
        connection.close()
        raise
    return connection
