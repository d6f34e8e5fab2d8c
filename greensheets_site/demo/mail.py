"""Demo mode's mailbox as pages: what the site would have sent. Routed only in demo mode."""

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

NEWEST = 50
# An email may be anything: it gets no scripts, no forms, nothing from elsewhere, and an origin of its own.
EMAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; sandbox allow-popups"


@dataclass(frozen=True)
class Mail:
    key: str
    at: datetime
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "(no subject)")

    @property
    def to(self) -> str:
        return str(self.message["To"] or "")

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.message.items()]

    def part(self, kind: str) -> str:
        """The ``plain`` or ``html`` text; empty if there is none."""
        body = self.message.get_body((kind,))
        return body.get_content() if body else ""


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    files = _files()
    mails = [_read(path) for path in files[:NEWEST]]
    return render(request, "demo/mailbox.html", {"mails": mails, "total": len(files), "folder": settings.DEMO_MAILDIR})


@require_safe
def mail(request: HttpRequest, key: str) -> HttpResponse:
    found = _find(key)
    return render(request, "demo/mail.html", {"mail": found, "text": found.part("plain"), "has_html": bool(found.part("html"))})


@xframe_options_sameorigin
@require_safe
def mail_html(request: HttpRequest, key: str) -> HttpResponse:
    html = _find(key).part("html")
    if not html:
        raise Http404("This email has no HTML part.")
    return HttpResponse(html, headers={"Content-Security-Policy": EMAIL_POLICY})


@require_safe
def mail_raw(request: HttpRequest, key: str) -> HttpResponse:
    raw = _path(key).read_bytes()
    return HttpResponse(raw, content_type="text/plain; charset=utf-8", headers={"Content-Security-Policy": EMAIL_POLICY})


def _files() -> list[Path]:
    """Every email of the Maildir, the newest first."""
    files = [path for folder in ("new", "cur") for path in (settings.DEMO_MAILDIR / folder).glob("*") if path.is_file()]
    return sorted(files, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


def _path(key: str) -> Path:
    """The file of one email: looked up among those that are there, never made from the address."""
    for path in _files():
        if path.name == key:
            return path
    raise Http404("There is no such email.")


def _find(key: str) -> Mail:
    return _read(_path(key))


def _read(path: Path) -> Mail:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    at = datetime.fromtimestamp(path.stat().st_mtime, timezone.get_current_timezone())
    return Mail(path.name, at, message)
