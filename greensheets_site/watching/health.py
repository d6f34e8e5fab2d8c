"""/healthz: what a monitor needs to know, and nothing about anybody. Sentences and numbers are for the holder of the token."""

from datetime import datetime

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .checks import CHECKS, are_good, findings
from .findings import Finding
from .token import holds_token


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The whole installation: 503 as soon as somebody has to act."""
    return _answer(report_for(timezone.now(), in_full=holds_token(request)))


@never_cache
@require_safe
def healthz_web(request: HttpRequest) -> JsonResponse:
    """This web process alone, for load balancers: no visitor is served better elsewhere because the worker stands still."""
    return _answer(report_for(timezone.now(), in_full=holds_token(request), only_web=True))


def report_for(now: datetime, *, in_full: bool = False, only_web: bool = False) -> dict[str, object]:
    """The state of each check; ``ok`` is false when somebody has to act."""
    found = findings(now, [check for check in CHECKS if check.is_of_web or not only_web])
    checks = {name: _in_full(finding) if in_full else finding.state for name, finding in found.items()}
    return {"ok": are_good(found), "checks": checks}


def _in_full(finding: Finding) -> dict[str, object]:
    return {"state": finding.state, "sentence": finding.sentence, "numbers": finding.numbers}


def _answer(report: dict[str, object]) -> JsonResponse:
    response = JsonResponse(report, status=200 if report["ok"] else 503)
    # A 503 is not an error of this page: without Django's own mark, each question would write one into the log.
    setattr(response, "_has_been_logged", True)  # noqa: B010  Django types no such attribute
    return response
