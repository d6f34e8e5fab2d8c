"""An address of the desk that asks for what does not exist leads to the whole list, not to an error of ours."""

import logging
import traceback
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import FieldError, ValidationError
from django.db import DataError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

logger = logging.getLogger(__name__)

# What Django's lists raise for values that no link of theirs has: a word for a number, one day for two.
FAULTS = (ValueError, TypeError, LookupError, OverflowError, FieldError, ValidationError, DataError, ProgrammingError)
SAID = "That address asked for something that does not exist here, so it was shortened."


def is_of_a_box(exception: Exception) -> bool:
    """Whether it was raised while a refused form was shown again: by a box that searches rows for a key that is no number."""
    return any(frame.f_code.co_name == "optgroups" for frame, _ in traceback.walk_tb(exception.__traceback__))


class NonsenseMiddleware:
    """Only what stands behind the question mark is left out: whatever fails without it is an error of ours, and told as one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if request.method == "POST" and isinstance(exception, ValueError) and is_of_a_box(exception):
            return render(request, "400.html", status=400)
        is_asked = request.method in ("GET", "HEAD") and request.META.get("QUERY_STRING")
        if not (is_asked and isinstance(exception, FAULTS) and request.path_info.startswith(reverse("admin:index"))):
            return None
        logger.warning("A query of %s could not be answered", request.path, exc_info=exception)
        messages.warning(request, SAID)
        return redirect(request.path)
