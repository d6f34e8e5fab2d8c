"""The site's own public address, asked as a visitor would: certificate, redirects, forwarding, style sheets, compression."""

import http.client
import json
import re
import ssl
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core import signing

from ..watching.findings import Finding
from .findings import doubtful, fine, together, wrong

TIME_OUT = 5  # seconds for each answer
LARGEST = 2_000_000
MOST_REDIRECTS = 5
# From the documentation range of RFC 5737: no visitor has it.
MADE_UP = "203.0.113.77"
KEY_HEADER, ECHO = "X-Greensheets-Doctor", "/healthz/echo"
SALT, FRESH_FOR = "greensheets_site.doctor", 60
STYLE_SHEET = re.compile(r'<link[^>]+rel="stylesheet"[^>]*href="([^"]+)"|<link[^>]+href="([^"]+)"[^>]*rel="stylesheet"')
DAYS_OF_CERTIFICATE = 14


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes
    days_left: int | None = None


def ask_for(url: str, headers: dict[str, str] | None = None) -> Reply:
    """One answer, redirects not followed."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=TIME_OUT)
    try:
        connection.request("GET", parts.path or "/", headers={"User-Agent": "Greensheets doctor", **(headers or {})})
        days = _days_left(connection.sock)
        answer = connection.getresponse()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Reply(answer.status, named, answer.read(LARGEST), days)
    finally:
        connection.close()


def _days_left(socket: Any) -> int | None:
    if not isinstance(socket, ssl.SSLSocket):
        return None
    certificate = socket.getpeercert() or {}
    ends = ssl.cert_time_to_seconds(str(certificate["notAfter"])) if "notAfter" in certificate else 0
    return int(ends - datetime.now().astimezone().timestamp()) // 86_400


def public_address(now: datetime) -> Finding:
    try:
        front, redirects = _front()
        if front.status != 200:
            return _refused(front)
        found = [*redirects, *_certificate(front), *_forwarding(), *_style_sheet(front), *_compression(front)]
    except ssl.SSLError as error:
        return wrong(
            f"{settings.SITE_URL} does not end TLS well: {error.reason or error}.", "Look at the certificate of the proxy."
        )
    except (OSError, http.client.HTTPException) as error:
        return doubtful(
            f"{settings.SITE_URL} cannot be reached from this machine ({_in_words(error)}).",
            "Open it in a browser elsewhere. Some networks do not let a machine ask its own public address.",
        )
    return together(found, fine(f"{settings.SITE_URL} answers as a visitor needs it."))


def _in_words(error: Exception) -> str:
    return "no answer in time" if isinstance(error, TimeoutError) else str(getattr(error, "strerror", "") or error or "no answer")


def _front() -> tuple[Reply, list[Finding]]:
    """The home page, and what is wrong with the way to it."""
    url = f"{settings.SITE_URL}/"
    seen: list[str] = []
    for _ in range(MOST_REDIRECTS):
        reply = ask_for(url)
        if reply.status not in {301, 302, 307, 308}:
            return reply, _way(seen)
        seen.append(url)
        url = urljoin(url, reply.headers.get("location", ""))
        if url in seen:
            break
    return reply, []


def _way(seen: list[str]) -> list[Finding]:
    """SITE_URL must be where the site really is; and on an https site, http must lead there."""
    found = []
    if seen:
        found.append(doubtful(f"{settings.SITE_URL} redirects elsewhere.", "Set SITE_URL to the address that visitors end at."))
    if settings.HTTPS and not urlsplit(settings.SITE_URL).port:
        try:
            reply = ask_for(f"http://{settings.SITE_HOST}/")
        except OSError:
            return [
                *found,
                doubtful("Over http nothing answers.", "Let the proxy redirect port 80 to https: people type the bare name."),
            ]
        if not reply.headers.get("location", "").startswith("https://"):
            found.append(wrong("Over http visitors are not sent to https.", "Let the proxy redirect port 80 to https."))
    return found


def _refused(front: Reply) -> Finding:
    if front.status in {301, 302, 307, 308}:
        return wrong(f"{settings.SITE_URL} redirects for ever.", "Let the proxy send X-Forwarded-Proto, and set BEHIND_PROXY=1.")
    said = (
        front.body[:300].decode("utf-8", "replace").strip()
        if front.headers.get("content-type", "").startswith("text/plain")
        else ""
    )
    return wrong(
        f"{settings.SITE_URL} answers {front.status}. {said}".strip(), "Look at the proxy, and at the log of the web service."
    )


def _certificate(front: Reply) -> list[Finding]:
    if front.days_left is None or front.days_left >= DAYS_OF_CERTIFICATE:
        return []
    return [doubtful(f"The certificate ends in {front.days_left} days.", "Renew it, and see why it did not renew itself.")]


def _forwarding() -> list[Finding]:
    """What the site makes of a visitor who claims to be another: it must not believe them."""
    key = signing.dumps("echo", salt=SALT)
    reply = ask_for(f"{settings.SITE_URL}{ECHO}", {KEY_HEADER: key, "X-Forwarded-For": MADE_UP, "X-Forwarded-Proto": "http"})
    try:
        heard = json.loads(reply.body)
        place, is_secure = str(heard["place"]), bool(heard["is_secure"])
    except (ValueError, KeyError, TypeError):
        return [wrong(f"{ECHO} answers {reply.status}.", "Is it this installation that answers, with the same SECRET_KEY?")]
    found = []
    if place == MADE_UP:
        found.append(
            wrong(
                "A visitor who sends X-Forwarded-For is believed, so no limit on sign-ups or log-ins holds.",
                "Let the proxy overwrite it (nginx: proxy_set_header X-Forwarded-For $remote_addr;).",
            )
        )
    elif place == "unknown":
        found.append(wrong("The proxy does not say where visitors come from.", "Let it send X-Forwarded-For $remote_addr."))
    if settings.HTTPS and not is_secure:
        found.append(
            wrong("The site takes https visitors for http ones.", "Let the proxy overwrite X-Forwarded-Proto with $scheme.")
        )
    return found


def _style_sheet(front: Reply) -> list[Finding]:
    match = STYLE_SHEET.search(front.body.decode("utf-8", "replace"))
    advice = "Run manage.py collectstatic --noinput, restart web, and see that the proxy passes /static/ on."
    if not match:
        return [doubtful("The home page names no style sheet.", "Is this address served by this installation?")]
    url = urljoin(f"{settings.SITE_URL}/", match[1] or match[2])
    reply = ask_for(url, {"Accept-Encoding": "br, gzip"})
    if reply.status != 200 or not reply.headers.get("content-type", "").startswith("text/css"):
        return [wrong(f"The style sheet {url} answers {reply.status}.", advice)]
    if "content-encoding" not in reply.headers:
        return [doubtful("Style sheets are sent uncompressed.", "Let the proxy pass Accept-Encoding on.")]
    return []


def _compression(front: Reply) -> list[Finding]:
    reply = ask_for(f"{settings.SITE_URL}/", {"Accept-Encoding": "br, gzip"})
    if "content-encoding" in reply.headers or not settings.PAGE_CACHE_MB:
        return []
    return [doubtful("Pages are sent uncompressed.", "Let the proxy pass Accept-Encoding on to the site.")]
