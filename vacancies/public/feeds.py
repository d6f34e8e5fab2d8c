"""Live adverts for feed readers: an Atom feed (RFC 4287) of every list and of every search."""

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from .. import wording
from ..models import Vacancy
from ..reference import from_pk
from ..schedule import live_moment
from ..search.forms import VacancyFilterForm
from ..search.results import Results
from .freshness import last_change


class StableAtomFeed(Atom1Feed):
    """An empty feed was last changed when the site was, not now: otherwise each answer would differ from the one before."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else last_change()


class VacancyFeed(Feed):
    """Takes the same filters in its address as the list, and holds as many adverts, the newest first.

    All of them: on a Monday half of what is live is new, and whoever follows a feed must miss nothing.
    """

    feed_type = StableAtomFeed
    language = "en-GB"
    subtitle = "New every Monday of term, with pay, hours and closing date."

    def get_object(self, request: HttpRequest) -> Results:
        asked = request.GET.copy()
        asked["sort"] = "newest"
        return VacancyFilterForm(asked).apply()

    def title(self, results: Results) -> str:
        asked = ", ".join(chip.label for chip in results.chips)
        return f"Greensheets: {asked or 'vacancies in schools'}"

    def link(self, results: Results) -> str:
        return f"{settings.SITE_URL}{results.url(sort='')}"

    def feed_url(self, results: Results) -> str:
        return f"{settings.SITE_URL}{results.feed_url}"

    def feed_guid(self, results: Results) -> str:
        return self.feed_url(results)

    def author_name(self, results: Results) -> str:
        return str(settings.PUBLISHER["name"])

    def items(self, results: Results) -> list[Vacancy]:
        return [] if results.is_lost else results.page(1, len(results))  # all areas are not what was asked for

    def item_title(self, item: Vacancy) -> str:
        return f"{item.title}, {item.school.name}"

    def item_description(self, item: Vacancy) -> str:
        """As HTML, which a summary is in Django's feeds."""
        facts = [wording.headline_pay(item), wording.hours(item), f"Closes {wording.closing(item)}"]
        return escape(". ".join(filter(None, [str(item.school), *facts])))

    def item_link(self, item: Vacancy) -> str:
        return f"{settings.SITE_URL}{item.get_absolute_url()}"

    def item_guid(self, item: Vacancy) -> str:
        """Stays when the title, and with it the address, is corrected."""
        return f"{settings.SITE_URL}/{from_pk(item.pk)}"

    def item_pubdate(self, item: Vacancy) -> datetime:
        return live_moment(item.dates[0])

    def item_updateddate(self, item: Vacancy) -> datetime:
        return max(live_moment(item.dates[0]), item.updated_at)
