"""The other browser tests lean on the watch; these see that it watches."""

import pytest
import time_machine
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone

from tests.builders import london
from web.csp import csp_override

from .helpers import axe_violations, wait_for

HEAD = "<!doctype html><html lang='en'><title>A page</title>"


@csp_override({})
def sound(request):
    at = timezone.localtime().strftime("%d %B %Y")
    return HttpResponse(f"{HEAD}<link rel='icon' href='data:,'><main><h1>Sound on {at}</h1></main>")


@csp_override({})
def scripted(request):
    return HttpResponse(f"{HEAD}<link rel='icon' href='data:,'><script>nonsense()</script>")


@csp_override({})
def foreign(request):
    return HttpResponse(f"{HEAD}<link rel='icon' href='data:,'><img src='https://elsewhere.example/pixel.png'>")


def guarded(request):
    policy = {"Content-Security-Policy": "default-src 'none'; img-src data:"}
    return HttpResponse(f"{HEAD}<link rel='icon' href='data:,'><p style='color: red'>Red</p>", headers=policy)


urlpatterns = [path("sound", sound), path("scripted", scripted), path("foreign", foreign), path("guarded", guarded)]
pytestmark = pytest.mark.urls(__name__)


def test_a_sound_page_has_no_problems(page, problems):
    page.goto("/sound")
    assert axe_violations(page) == []
    assert problems == []


def test_the_browser_keeps_working_under_a_stopped_clock(page):
    with time_machine.travel(london(2026, 4, 27, 7), tick=False):
        page.goto("/sound")
        assert page.inner_text("h1") == "Sound on 27 April 2026"


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("/scripted", "uncaught on "),
        ("/foreign", "request to another site: https://elsewhere.example/pixel.png"),
        ("/guarded", "Content Security Policy"),
        ("/missing", "404 (Not Found)"),
    ],
)
def test_the_watch_notes_what_goes_wrong(page, problems, address, problem):
    page.goto(address)
    wait_for(page, lambda: problem in "\n".join(problems), f"{problem} is noted")
    problems.clear()


def test_axe_sees_a_picture_without_a_text(page, problems):
    page.goto("/foreign")
    problems.clear()
    assert any(violation.startswith("image-alt: ") for violation in axe_violations(page))
