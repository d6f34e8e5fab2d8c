"""The news as an Atom feed."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.xmlutils import SimplerXMLGenerator

from files.outages import StorageAway
from richtext.cleaning import made_safe

from . import rules
from .freshness import changes
from .models import Article, ArticleQuerySet


class ArticleAtom(Atom1Feed):
    """Whole articles, so they are the content of an entry. Without any, the feed was last changed when the news was, not now."""

    def latest_post_date(self) -> datetime:
        if self.items:
            return super().latest_post_date()
        now = timezone.now()
        return changes(now)[0] or timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        handler.addQuickElement("content", item["description"], {"type": "html"})


class ArticleFeed(Feed):
    feed_type = ArticleAtom
    title = "Greensheets: news"
    subtitle = "News for people who work in schools."
    language = "en-GB"

    def link(self) -> str:
        return f"{settings.SITE_URL}{reverse('news:list')}"

    def feed_url(self) -> str:
        return f"{settings.SITE_URL}{reverse('news:feed')}"

    def feed_guid(self) -> str:
        return self.feed_url()

    def author_name(self) -> str:
        return str(settings.PUBLISHER["name"])

    def items(self) -> ArticleQuerySet:
        return Article.objects.published()[: rules.ARTICLES_IN_THE_FEED]

    def item_title(self, item: Article) -> str:
        return item.title

    def item_description(self, item: Article) -> str:
        return _picture(item) + made_safe(item.body)

    def item_enclosures(self, item: Article) -> list[Enclosure]:
        """The picture once more, for readers that show one beside each title."""
        try:
            size = item.picture.size if item.picture else 0
        except (FileNotFoundError, StorageAway):  # The entry shows it all the same, as soon as it can be fetched.
            return []
        return [Enclosure(settings.SITE_URL + item.picture.url, str(size), "image/jpeg")] if size else []

    def item_link(self, item: Article) -> str:
        return f"{settings.SITE_URL}{item.get_absolute_url()}"

    def item_guid(self, item: Article) -> str:
        """Stays when the title, and with it the address, is corrected."""
        return f"tag:{urlsplit(settings.SITE_URL).hostname},1997:news/{item.pk}"

    def item_pubdate(self, item: Article) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Article) -> datetime:
        return item.changed_at


def _picture(article: Article) -> str:
    if not article.picture:
        return ""
    return render_to_string("news/_feed_picture.html", {"article": article, "site_url": settings.SITE_URL})
