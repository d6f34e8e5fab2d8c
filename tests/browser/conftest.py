"""Pages in a real Chromium. Whatever the browser complains about - console, content security policy, a failed or foreign
request - fails the test that saw it, unless the test takes it out of ``problems`` itself."""

import os
import shutil
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import expect, sync_playwright

from .helpers import PATIENCE, watch

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def chromium() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser(django_db_setup):
    executable = chromium()
    if not executable:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say("Chromium is not installed. Install it (sudo apt install chromium) or name it in CHROMIUM.")
    rows_of_the_migrations = getattr(connection, "_test_serialized_contents", "[]")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE * 1000)
        # From here on Django sees an event loop in this thread, and opens a connection that does not know those rows.
        connection._test_serialized_contents = rows_of_the_migrations
        # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium_process = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield chromium_process
        chromium_process.close()


@pytest.fixture
def problems():
    """What went wrong in the browser during this test, in words; whatever is left at the end fails it."""
    return []


@pytest.fixture
def open_page(browser, live_server, problems):
    """``open_page(**options of a browser context)`` opens a watched page in a fresh profile."""
    contexts = []

    def open_one(**options):
        defaults = {"base_url": live_server.url, "locale": "en-GB", "timezone_id": "Europe/London"}
        context = browser.new_context(**{**defaults, "viewport": {"width": 1280, "height": 900}, **options})
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        page = context.new_page()
        watch(page, live_server.url, problems)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def page(open_page):
    """A desk with a big screen."""
    return open_page()


@pytest.fixture
def phone(open_page):
    return open_page(viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True, has_touch=True)


@pytest.fixture
def page_without_javascript(open_page):
    return open_page(java_script_enabled=False)
