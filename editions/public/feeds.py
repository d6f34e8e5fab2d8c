"""The editions as an Atom feed."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.html import escape

from vacancies import wording
from vacancies.public.feeds import StableAtomFeed

from .. import rules
from ..models import Edition
from .shelf import with_pdfs

if TYPE_CHECKING:
    FeedOfEditions = Feed[Edition, None]
else:
    FeedOfEditions = Feed


class EditionFeed(FeedOfEditions):
    feed_type = StableAtomFeed
    title = "Greensheets: editions"
    subtitle = "The weekly bulletins of vacancies in schools, as they come out."
    language = "en-GB"

    def link(self) -> str:
        return settings.SITE_URL + reverse("editions:archive")

    def feed_url(self) -> str:
        return settings.SITE_URL + reverse("editions:feed")

    def author_name(self) -> str:
        return settings.PUBLISHER["name"]

    def items(self) -> list[Edition]:
        return with_pdfs(Edition.objects.published()[: rules.EDITIONS_IN_THE_FEED])

    def item_title(self, item: Edition) -> str:
        return f"Greensheets, {wording.long_day(item.on)}"

    def item_description(self, item: Edition) -> str:
        parts = [f"{pdf.get_staff_group_display()}: {posts_in_words(pdf.posts)}" for pdf in item.pdfs]
        return escape(" ".join(f"{part}." for part in [f"Issue {item.number}", *parts, *not_there(item)]))

    def item_link(self, item: Edition) -> str:
        return settings.SITE_URL + item.get_absolute_url()

    def item_guid(self, item: Edition) -> str:
        return self.item_link(item)

    def item_pubdate(self, item: Edition) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Edition) -> datetime:
        return max(moment for moment in [item.published_at, *(pdf.built_at for pdf in item.pdfs)] if moment)


def posts_in_words(number: int) -> str:
    return f"{number} post{'' if number == 1 else 's'}" if number else "as a PDF"


def not_there(edition: Edition) -> list[str]:
    """What a reader will not find, and whether it is coming."""
    if len(edition.awaited) > 1:
        return ["The PDFs are not ready yet"]
    if edition.awaited:
        return [f"The PDF for {edition.awaited[0].get_staff_group_display().lower()} is not ready yet"]
    return [] if edition.pdfs else ["As a web page, without PDFs"]
