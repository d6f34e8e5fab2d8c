from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from .models import Article


class ArticleSitemap(Sitemap):
    """Published articles, and the list of them, which changes when the newest of them does."""

    def items(self) -> list[Article | None]:
        return [None, *Article.objects.published()]

    def location(self, item: Article | None) -> str:
        return item.get_absolute_url() if item else reverse("news:list")

    def lastmod(self, item: Article | None) -> datetime | None:
        changes = [item] if item else Article.objects.published()
        return max((each.changed_at for each in changes), default=None)
