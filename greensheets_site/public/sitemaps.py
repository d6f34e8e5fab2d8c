"""/sitemap.xml and /robots.txt: pages that stand now, each with the moment at which it last changed."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.flatpages.models import FlatPage
from django.contrib.sitemaps import Sitemap
from django.contrib.sites.requests import RequestSite
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from editions.models import Edition
from news.sitemaps import ArticleSitemap
from vacancies.models import Vacancy
from vacancies.schedule import live_moment

from ..page_cache.moments import fresh

# An advert is linked with the list that one came from, and every search is a list: one address each is enough for a crawler.
RULES = (
    *("Disallow: /admin/", "Disallow: /u/", "Disallow: /*?"),
    *("Allow: /*?page=", "Allow: /vacancies/card.png?"),
)

if TYPE_CHECKING:
    PagesWithDates = Sitemap[tuple[str, datetime]]
    PagesByName = Sitemap[str]
else:
    PagesWithDates = PagesByName = Sitemap


class DatedSitemap(PagesWithDates):
    """Pages, each with the moment at which it last changed."""

    def location(self, item: tuple[str, datetime]) -> str:
        return item[0]

    def lastmod(self, item: tuple[str, datetime]) -> datetime:
        return item[1]


class AdvertSitemap(DatedSitemap):
    """Live adverts, and the lists that they are on, which change when one comes and when one closes."""

    def items(self) -> list[tuple[str, datetime]]:
        rows: dict[str, datetime] = {}
        for advert in Vacancy.objects.live().select_related("school__authority", "role_type").defer("body"):
            changed = max(live_moment(advert.publish_on), advert.updated_at) if advert.publish_on else advert.updated_at
            rows[advert.get_absolute_url()] = changed
            for page in _lists_of(advert):
                rows[page] = max(changed, rows.get(page, changed))
        for advert in Vacancy.objects.with_page().closed().select_related("school__authority", "role_type").defer("body"):
            for page in rows.keys() & set(_lists_of(advert)):
                rows[page] = max(advert.closes_at or rows[page], rows[page])
        return sorted([*rows.items(), *_of_areas()])


def _of_areas() -> Iterable[tuple[str, datetime]]:
    """The lists of one type of post in one authority that have lately had enough, and when the last of them appeared."""
    for authority, role, latest in Vacancy.objects.types_by_area():
        yield reverse("vacancies:authority_role", args=[authority, role]), live_moment(latest)


def _lists_of(advert: Vacancy) -> Iterable[str]:
    yield advert.school.get_absolute_url()
    yield advert.school.authority.get_absolute_url()
    if advert.role_type:
        yield advert.role_type.get_absolute_url()
        yield reverse("vacancies:group", args=[advert.role_type.staff_group])
    yield reverse("vacancies:list")


class EditionSitemap(DatedSitemap):
    def items(self) -> list[tuple[str, datetime]]:
        rows = Edition.objects.published().order_by("-on").values_list("on", "published_at", Max("bulletins__built_at"))
        return [(Edition(on=on).get_absolute_url(), max(filter(None, moments))) for on, *moments in rows]


class StandingSitemap(PagesByName):
    """Pages without a date of their own."""

    def items(self) -> list[str]:
        written = FlatPage.objects.values_list("url", flat=True)
        always = ["home", "editions:archive", "mailing:sign_up", "mailing:contact"]
        return [*always, *(name for name in ("about", "advertise", "privacy", "accessibility") if reverse(name) in written)]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS = (StandingSitemap, AdvertSitemap, EditionSitemap, ArticleSitemap)


@fresh
def sitemap(request: HttpRequest) -> HttpResponse:
    site, protocol = RequestSite(request), urlsplit(settings.SITE_URL).scheme
    site.domain = urlsplit(settings.SITE_URL).netloc
    urls = [url for each in SITEMAPS for url in each().get_urls(site=site, protocol=protocol)]
    return render(request, "sitemap.xml", {"urlset": urls}, content_type="application/xml")


@fresh
def robots(request: HttpRequest) -> HttpResponse:
    refused = "Disallow: /" if settings.DEMO else "\n".join(RULES)
    return HttpResponse(f"User-agent: *\n{refused}\n\nSitemap: {settings.SITE_URL}/sitemap.xml\n", content_type="text/plain")
