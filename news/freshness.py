"""When the pages of news change: when an article is saved, and when the next one appears."""

from datetime import datetime

from django.db.models import Max, Min, Q

from web.freshness import kept_until

from .models import Article


def changes(at: datetime) -> tuple[datetime | None, datetime | None]:
    """When the news was last changed, by a save or because an article appeared, and when the next one will appear; one query."""
    coming, appeared = Q(published_at__gt=at), Q(published_at__lte=at)
    found = Article.objects.aggregate(
        saved=Max("updated_at"), last=Max("published_at", filter=appeared), next=Min("published_at", filter=coming)
    )
    return max((moment for moment in (found["saved"], found["last"]) if moment), default=None), found["next"]


def next_change(at: datetime) -> datetime | None:
    return changes(at)[1]


fresh = kept_until(changes)
