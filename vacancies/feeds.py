"""Live adverts for other programs: an Atom feed of every list, and one JSON document of JobPostings."""

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from . import wording
from .forms import VacancyFilterForm
from .freshness import fresh
from .models import Vacancy
from .reference import from_pk
from .schedule import live_moment
from .structured_data import job_posting

LENGTH = 100


class VacancyFeed(Feed):
    """Takes the same filters in its address as the list; the newest adverts come first."""

    feed_type = Atom1Feed
    title = "Greensheets: vacancies in schools"
    language = "en-GB"

    def get_object(self, request: HttpRequest) -> HttpRequest:
        return request

    def link(self, request: HttpRequest) -> str:
        return settings.SITE_URL + reverse("vacancies:list")

    def feed_url(self, request: HttpRequest) -> str:
        query = request.GET.urlencode()
        return settings.SITE_URL + reverse("vacancies:feed") + (f"?{query}" if query else "")

    def feed_guid(self, request: HttpRequest) -> str:
        return self.feed_url(request)

    def author_name(self, request: HttpRequest) -> str:
        return settings.PUBLISHER["name"]

    def items(self, request: HttpRequest) -> list[Vacancy]:
        asked = request.GET.copy()
        asked["sort"] = "newest"
        results = VacancyFilterForm(asked).apply(Vacancy.objects.live())
        return results.fetch(results.pks[:LENGTH])

    def item_title(self, item: Vacancy) -> str:
        return f"{item.title}, {item.school.name}"

    def item_description(self, item: Vacancy) -> str:
        facts = [wording.headline_pay(item), wording.hours(item), f"Closes {wording.closing(item)}"]
        return ". ".join(filter(None, [str(item.school), *facts]))

    def item_link(self, item: Vacancy) -> str:
        return settings.SITE_URL + item.get_absolute_url()

    def item_guid(self, item: Vacancy) -> str:
        """Stays when the title, and with it the address, is corrected."""
        return f"{settings.SITE_URL}/{from_pk(item.pk)}"

    def item_pubdate(self, item: Vacancy) -> datetime:
        return live_moment(item.publish_on)

    def item_updateddate(self, item: Vacancy) -> datetime:
        return max(live_moment(item.publish_on), item.updated_at)


@require_safe
@fresh
def vacancies_json(request: HttpRequest) -> JsonResponse:
    """Every live advert; docs/vacancies-json.md describes it."""
    adverts = Vacancy.objects.live().for_display().order_by("-publish_on", "-pk")
    document = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": "Vacancies in schools",
        "url": settings.SITE_URL + reverse("vacancies:json"),
        "numberOfItems": len(adverts),
        "itemListElement": [job_posting(advert) for advert in adverts],
    }
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False})
