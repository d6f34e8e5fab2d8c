"""What browser tests share besides their fixtures."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

# In dark a page differs from itself in light by its colours only.
COLOURS_ONLY = {"runOnly": ["color-contrast", "link-in-text-block"]}
PATIENCE = 60  # seconds; how fast a page is says more about the machine than about the code


def watch(page, address, problems):
    """Write down every console error, uncaught exception, failed request and request to somebody else."""

    def on_console(message):
        if message.type == "error":
            problems.append(f"console on {page.url}: {message.text} {message.location.get('url', '')}")

    def on_request(request):
        if not request.url.startswith((address, "data:", "blob:", "about:")):
            problems.append(f"request to another site: {request.url}")

    def on_failure(request):
        if request.failure != "net::ERR_ABORTED":  # a download, or a page left before it was complete
            problems.append(f"failed request: {request.url} {request.failure}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: problems.append(f"uncaught on {page.url}: {error}"))
    page.on("request", on_request)
    page.on("requestfailed", on_failure)


def sign_in(page, user):
    """Give the page the session of ``user``, without the log-in form."""
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "domain": "localhost", "path": "/"}])


def wait_for(page, is_so, what):
    """Let the browser work until ``is_so()``."""
    for _ in range(PATIENCE * 20):
        if is_so():
            return
        page.wait_for_timeout(50)
    pytest.fail(f"This never came true: {what}")


def wait_until(page, expression, argument=None):
    """The policy of the pages with an editor forbids what Playwright's own waiting for an expression is made of."""
    wait_for(page, lambda: page.evaluate(f"(argument) => {expression}", argument), expression)


def wait_for_editors(page):
    """Every editor that the page has is ready to take a text."""
    wait_until(page, "window.CKEDITOR && Object.values(CKEDITOR.instances).every((one) => one.status === 'ready')")


def axe_violations(page, context=None, options=None):
    """What axe finds wrong with the page, one line for each element; an accessible page gives an empty list."""
    script = "0" if page.evaluate("'axe' in window") else AXE_SCRIPT  # half a megabyte: a page needs it once
    options = {"resultTypes": ["violations"], **(options or {})}  # What passes need not be told in full.
    found = Axe(script).run(page, context=context, options=options).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def faults_in_light_and_dark(page):
    """What axe finds wrong in light, and, of the colours, in dark."""
    found = axe_violations(page)
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {fault}" for fault in axe_violations(page, options=COLOURS_ONLY)]
    page.emulate_media(color_scheme="light")
    return found


def screenshot(page, name, full_page=True):
    """Keep a picture of the page in the folder that SCREENSHOTS names; without it, do nothing."""
    if folder := os.environ.get("SCREENSHOTS"):
        path = Path(folder) / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=path, full_page=full_page)
