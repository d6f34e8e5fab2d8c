"""What pages are made of is remembered between them, and no page is wrong for it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.builders import a_school, a_vacancy, an_authority
from tests.cached_site import NOW, plain
from vacancies.models import Authority, School, Vacancy
from vacancies.public import proofs

pytestmark = [pytest.mark.one_database, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_closed")]


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (lambda advert: Vacancy.objects.update(title="Baker"), b"Baker"),
        (lambda advert: School.objects.update(name="Yew Tree School"), b"Yew Tree School"),
        (lambda advert: Authority.objects.update(name="Newshire"), b"Newshire"),
        (lambda advert: Vacancy.objects.update(working_pattern="casual"), b"As and when needed"),
        (lambda advert: a_vacancy("Baker", school=advert.school), b"Baker"),
    ],
)
def test_a_page_that_nobody_has_asked_for_yet_is_not_made_of_what_other_pages_remember(site, clock, change, shown):
    advert = a_vacancy("Cook", school=a_school(authority=an_authority("Saltmere")))
    assert shown not in site.get("/vacancies/?sort=closing")["body"]
    change(advert)
    for address in ("/vacancies/", "/vacancies/?q=cook", advert.school.get_absolute_url()):
        answer = site.get(address, HTTP_HOST="testserver")
        assert answer["body"] == plain(address)
    assert shown in site.get("/vacancies/")["body"]


def test_an_advert_is_the_same_whatever_list_it_was_opened_from(site, clock):
    """Its text is made once; the way back, and previous and next, belong to each list."""
    first, second = a_vacancy("Cook", role="midday-supervisor"), a_vacancy("Baker", role="midday-supervisor")
    for advert in (first, second):
        for query in ("", "?sort=newest", "?sort=closing", "?role=midday-supervisor", "?q=baker"):
            address = f"{advert.get_absolute_url()}{query}"
            assert site.get(address)["body"] == plain(address)
    Vacancy.objects.filter(pk=first.pk).update(hours_detail="Every second day")
    assert b"Every second day" in site.get(f"{first.get_absolute_url()}?q=cook")["body"]


def test_adverts_that_are_closed_are_not_remembered(site, clock):
    """Nobody knows how many there are."""
    closed = a_vacancy("Cook", closes_at=NOW - timedelta(days=1))
    known = remembering(site)
    site.get(closed.get_absolute_url())
    assert [key for key in remembering(site) if closed.pk in key] == []
    live = a_vacancy("Baker")
    site.get(live.get_absolute_url())
    assert {key[1] for key in remembering(site) - known if live.pk in key} == {"advert", "advert to machines"}


def test_each_proof_shows_its_own_advert_and_as_it_is_now(site, clock):
    drafts = [a_vacancy(title, status="draft") for title in ("Cook", "Baker")]
    site.get(a_vacancy("Gardener").get_absolute_url())
    for title in ("", "Head "):
        for draft in drafts:
            Vacancy.objects.filter(pk=draft.pk).update(title=f"{title}{draft.title}")
            address = reverse("vacancies:proof", args=[proofs.token(draft)])
            assert f"<h1>{title}{draft.title}</h1>".encode() in site.get(address)["body"]


def remembering(site):
    """The keys of what is remembered now; those that are made of parts."""
    return {key for key in site.cache._memory._values if isinstance(key, tuple)}


def test_pages_that_are_not_kept_are_made_of_what_is_remembered_too(site, clock, django_assert_max_num_queries):
    a_vacancy("Cook")
    site.get("/vacancies/?q=baker")
    with django_assert_max_num_queries(0):
        assert b"Cook" in site.get(f"/vacancies/?{'q=cook&' * 60}")["body"]
