"""The Content-Security-Policy header, shaped like Django 6's: the same setting, middleware and decorator.

On Django 6 this file goes. The settings then name ``django.middleware.csp.ContentSecurityPolicyMiddleware``, and the decorator
comes from ``django.views.decorators.csp``.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEADER = "Content-Security-Policy"
_Policy = dict[str, list[str]]
_View = Callable[..., HttpResponseBase]
SHOWS_A_TRACEBACK = {HTTPStatus.NOT_FOUND, HTTPStatus.INTERNAL_SERVER_ERROR}


class ContentSecurityPolicyMiddleware:
    """Gives every response the policy of ``SECURE_CSP`` unless its view has chosen another."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        config = getattr(response, "_csp_config", settings.SECURE_CSP)
        if config and HEADER not in response and not (settings.DEBUG and response.status_code in SHOWS_A_TRACEBACK):
            response.headers[HEADER] = build_policy(config)
        return response


def csp_override(config: _Policy) -> Callable[[_View], _View]:
    """Decorate a view with a policy of its own; an empty one sends no header."""

    def decorator(view: _View) -> _View:
        @wraps(view)
        def with_policy(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            response._csp_config = config  # type: ignore[attr-defined]  # as Django 6 does it
            return response

        return with_policy

    return decorator


def build_policy(config: _Policy) -> str:
    return "; ".join(f"{directive} {' '.join(sources)}" for directive, sources in config.items() if sources)
