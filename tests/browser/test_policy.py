"""The content security policy as Chromium applies it: no public page breaks it. Those of the desk: test_desk.py."""

import pytest
from django.contrib.auth.models import User
from django.contrib.flatpages.models import FlatPage
from django.utils import timezone

from tests.builders import a_school, a_vacancy
from vacancies.schedule import DAY

from .helpers import sign_in, wait_for

NOTE_BREACHES = """
addEventListener("securitypolicyviolation", event =>
  noteBreach(`${event.violatedDirective} ${event.blockedURI} ${event.documentURI} ${event.sample}`))
"""
PUBLIC = ["/", "/vacancies/", "/editions/", "/news/", "/mailing-list/", "/contact/", "/about/", "/nothing-here/"]


@pytest.fixture
def breaches(page):
    """What broke the policy in ``page``, in words, whichever frame it was in."""
    noted = []

    def note(words):
        noted.append(words)

    page.context.expose_function("noteBreach", note)
    page.context.add_init_script(NOTE_BREACHES)
    return noted


@pytest.fixture
def rows(transactional_db):
    now = timezone.now()
    school = a_school(latitude=51.0, longitude=-2.0)
    advert = a_vacancy(closes_at=now + 9 * DAY, publish_on=timezone.localdate(now) - DAY, school=school)
    FlatPage.objects.get_or_create(url="/about/", defaults={"title": "About", "content": "<p>Since 1997.</p>"})
    return [advert, school]


@pytest.fixture
def owner(page, transactional_db):
    user = User.objects.create_superuser("olwen", password="throw-away")
    sign_in(page, user)
    return user


def test_no_public_page_breaks_the_policy(page, problems, rows, breaches):
    for address in [*PUBLIC, rows[0].get_absolute_url(), rows[1].get_absolute_url()]:
        page.goto(address)
        page.wait_for_load_state()
    assert breaches == []
    problems[:] = [problem for problem in problems if "404" not in problem]  # the page that is not there


def test_a_script_in_a_page_is_noticed_and_does_not_run(page, problems, breaches, owner):
    page.goto("/admin/")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = true'}))")
    wait_for(page, lambda: breaches and problems, "the breach is noted")
    problems.clear()
    assert [breach.split()[:2] for breach in breaches] == [["script-src-elem", "inline"]]
    assert page.evaluate("window.ran") is None
