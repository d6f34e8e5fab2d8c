"""What search engines are told of an article: the same words and dates as the page shows, nothing more."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from web.json_ld import breadcrumbs

from .models import Article


def news_article(article: Article) -> dict[str, Any]:
    url = settings.SITE_URL + article.get_absolute_url()
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "url": url,
        "mainEntityOfPage": url,
        "datePublished": timezone.localtime(article.published_at).isoformat(),
        "dateModified": timezone.localtime(article.changed_at).isoformat(),
        "publisher": {"@type": "Organization", "name": settings.PUBLISHER["name"], "url": f"{settings.SITE_URL}/"},
        "author": {"@type": "Organization", "name": settings.PUBLISHER["name"], "url": f"{settings.SITE_URL}/about/"},
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
    }
    if article.picture:
        picture = article.picture
        url = f"{settings.SITE_URL}{picture.url}"
        data["image"] = [{"@type": "ImageObject", "url": url, "width": picture.width, "height": picture.height}]
    if article.summary:
        data["description"] = article.summary
    return data


def steps_to(article: Article) -> dict[str, Any]:
    return breadcrumbs(("News", reverse("news:list")), (article.title, article.get_absolute_url()))
