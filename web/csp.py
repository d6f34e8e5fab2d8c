"""The Content-Security-Policy header, shaped like Django 6's: the same setting, middleware and decorator.

On Django 6 this file goes. The settings then name ``django.middleware.csp.ContentSecurityPolicyMiddleware``, and the decorator
comes from ``django.views.decorators.csp``.
"""

from functools import wraps
from http import HTTPStatus

from django.conf import settings

HEADER = "Content-Security-Policy"
SHOWS_A_TRACEBACK = {HTTPStatus.NOT_FOUND, HTTPStatus.INTERNAL_SERVER_ERROR}


class ContentSecurityPolicyMiddleware:
    """Gives every response the policy of ``SECURE_CSP`` unless its view has chosen another."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        config = getattr(response, "_csp_config", settings.SECURE_CSP)
        if config and HEADER not in response and not (settings.DEBUG and response.status_code in SHOWS_A_TRACEBACK):
            response.headers[HEADER] = build_policy(config)
        return response


def csp_override(config):
    """Decorate a view with a policy of its own; an empty one sends no header."""

    def decorator(view):
        @wraps(view)
        def with_policy(request, *args, **kwargs):
            response = view(request, *args, **kwargs)
            response._csp_config = config
            return response

        return with_policy

    return decorator


def build_policy(config: dict[str, list[str]]) -> str:
    return "; ".join(f"{directive} {' '.join(sources)}" for directive, sources in config.items() if sources)
