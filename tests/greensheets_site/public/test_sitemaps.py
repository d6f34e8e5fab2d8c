import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.flatpages.models import FlatPage
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from editions.models import Bulletin
from greensheets_site.demo.pages import flat_pages
from greensheets_site.templatetags.frame import LINKS
from mailing.emails.letters import confirm_token, own_token
from mailing.urls import urlpatterns
from tests.builders import MONDAY, a_school, a_subscriber, a_vacancy, an_article, an_edition, london
from vacancies.schedule import live_moment

NOW = london(2026, 4, 29, 10)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def changes(client) -> dict[str, str]:
    """The day on which each page last changed, as the sitemap says."""
    rows = re.findall(
        r"<loc>https://www.greensheets.example([^<]+)</loc>(?:<lastmod>([^<]+)</lastmod>)?", client.get("/sitemap.xml").text
    )
    return {address: moment for address, moment in rows if moment}


def test_a_list_has_changed_when_an_advert_on_it_has_closed(client, clock):
    clock.move_to(NOW - timedelta(days=2))
    school = a_school()
    a_vacancy("Class Teacher", school=school)
    closing = a_vacancy("Teacher of Art", school=school, closes_at=NOW + timedelta(hours=2))
    clock.move_to(NOW)
    before = changes(client)
    clock.move_to(NOW + timedelta(hours=3))
    after = changes(client)
    assert closing.get_absolute_url() in before
    assert closing.get_absolute_url() not in after
    lists = {"/vacancies/", "/vacancies/teaching/", "/vacancies/in/saltmere/", "/vacancies/teacher/", school.get_absolute_url()}
    assert {address for address in after if before.get(address) != after[address]} == lists
    assert {after[address][:10] for address in lists} == {"2026-04-29"}


@pytest.mark.parametrize(("days", "posts", "is_listed"), [(0, 3, True), (0, 2, False), (364, 3, True), (365, 3, False)])
def test_a_type_of_post_in_an_area_is_listed_where_enough_were_live_within_a_year(client, clock, days, posts, is_listed):
    day = timezone.localdate() - timedelta(days=days)
    for _ in range(posts):
        a_vacancy(publish_on=day, closes_at=live_moment(day) + timedelta(days=9))
    a_vacancy(publish_on=timezone.localdate() + timedelta(days=7))
    page = client.get("/sitemap.xml").text
    assert ("/vacancies/in/saltmere/teacher/<" in page) == is_listed
    assert client.get("/vacancies/in/saltmere/teacher/").status_code == 200


def test_every_page_of_the_foot_is_in_the_sitemap(client):
    FlatPage.objects.bulk_create(flat_pages())
    for role in ("teacher", "teaching-assistant"):
        a_vacancy(role=role)
    listed = re.findall(r"<loc>https://www.greensheets.example([^<]+)</loc>", client.get("/sitemap.xml").text)
    assert {url for name in ("weekly", "about") for _, url in LINKS[name]} - set(listed) == set()


def test_a_list_whose_last_advert_has_closed_is_left_out(client, clock):
    a_vacancy(closes_at=NOW + timedelta(hours=2))
    clock.move_to(NOW + timedelta(hours=3))
    assert [address for address in changes(client) if address.startswith("/vacancies/")] == []


def test_an_advert_that_was_typed_beforehand_has_changed_on_the_day_on_which_it_appeared(client, clock):
    clock.move_to(london(2026, 4, 20, 10))
    early = a_vacancy("Early", publish_on=MONDAY)
    clock.move_to(london(2026, 4, 28, 15))
    late = a_vacancy("Late", publish_on=MONDAY)
    clock.move_to(NOW)
    found = changes(client)
    assert [found[advert.get_absolute_url()][:10] for advert in (early, late)] == ["2026-04-27", "2026-04-28"]
    assert found["/vacancies/"][:10] == "2026-04-28"


@pytest.mark.parametrize(("closed", "day"), [(london(2026, 4, 27, 9), "2026-04-28"), (london(2026, 4, 29, 9), "2026-04-29")])
def test_a_list_has_changed_at_the_later_of_what_came_and_what_closed(client, clock, closed, day):
    clock.move_to(london(2026, 4, 20, 10))
    a_vacancy("Closed", publish_on=MONDAY - timedelta(days=7), closes_at=closed)
    clock.move_to(london(2026, 4, 28, 15))
    a_vacancy("Open")
    clock.move_to(NOW)
    assert changes(client)["/vacancies/"][:10] == day


def bulletin(edition, group, built_at):
    row = Bulletin(edition=edition, staff_group=group, size=4, built_at=built_at)
    row.file.save(f"{group}.pdf", ContentFile(b"%PDF"))


def test_an_edition_has_changed_when_one_of_its_pdfs_was_built_again_and_without_a_pdf_when_it_was_published(client):
    on_time, corrected, without = (an_edition(day, published_at=london(2026, 4, day.day, 7)) for day in
                                   (MONDAY - timedelta(days=14), MONDAY - timedelta(days=7), MONDAY))  # fmt: skip
    bulletin(on_time, "teaching", london(2026, 4, 10, 12))
    bulletin(corrected, "teaching", london(2026, 4, 17, 12))
    bulletin(corrected, "support", london(2026, 4, 22, 12))
    found = changes(client)
    addresses = [edition.get_absolute_url() for edition in (on_time, corrected, without)]
    assert [found.get(address, "")[:10] for address in addresses] == ["2026-04-13", "2026-04-22", "2026-04-27"]


def test_the_sitemap_names_the_site_as_readers_reach_it_and_articles_too(client, settings):
    settings.SITE_URL = "http://greensheets.test:8000"
    article = an_article()
    listed = re.findall("<loc>([^<]+)</loc>", client.get("/sitemap.xml").text)
    assert {address.startswith("http://greensheets.test:8000/") for address in listed} == {True}
    assert f"http://greensheets.test:8000{article.get_absolute_url()}" in listed


def test_every_page_below_the_mailing_list_keeps_search_engines_out_by_itself(client):
    """robots.txt must not: it would keep them from reading so, and from the mailing list's own page, which the sitemap lists."""
    reader, gone = a_subscriber(), a_subscriber(unsubscribed_at=NOW)
    event = reader.consent_events.create(kind="requested", at=NOW, how="form", wording="", choice="t:")
    pages = {pattern.name for pattern in urlpatterns if str(pattern.pattern).startswith("mailing-list/")} - {"sign_up"}
    with_token = [(name, one.token) for name in ("preferences", "my_data") for one in (reader, gone)]
    asked = [
        ("check",),
        *with_token,
        ("confirm", confirm_token(event)),
        ("confirm", "too-old"),
        ("mine", own_token(reader)),
        ("mine", "too-old"),
        ("not_me", "nobody"),
        ("preferences", "nobody"),
    ]
    assert {name for name, *_ in asked} == pages
    for name, *arguments in asked:
        answer = client.get(reverse(f"mailing:{name}", args=arguments))
        assert "noindex" in answer.get("X-Robots-Tag", "") or '<meta name="robots" content="noindex">' in answer.text, name
    assert client.post(reverse("mailing:my_data", args=[gone.token]))["X-Robots-Tag"] == "noindex"
    assert "noindex" not in client.get("/mailing-list/").text


@pytest.mark.parametrize(
    ("is_demo", "refused"),
    [(True, ["/"]), (False, ["/admin/", "/u/", "/*?"])],
)
def test_search_engines_are_kept_from_a_demonstration_and_from_what_is_somebodys_own(client, settings, is_demo, refused):
    """An advert and a list have one address each for them: not one more for each list that they were reached from."""
    settings.DEMO = is_demo
    lines = client.get("/robots.txt").text.splitlines()
    assert lines == [
        "User-agent: *",
        *(f"Disallow: {path}" for path in refused),
        *([] if is_demo else ["Allow: /*?page=", "Allow: /vacancies/card.png?"]),
        "",
        "Sitemap: https://www.greensheets.example/sitemap.xml",
    ]
