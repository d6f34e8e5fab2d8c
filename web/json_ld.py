"""Structured data (JSON-LD) that pages of several rooms have."""

from typing import Any

from django.conf import settings


def breadcrumbs(*steps: tuple[str, str]) -> dict[str, Any]:
    """A BreadcrumbList of names and paths."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": settings.SITE_URL + path}
        for position, (name, path) in enumerate(steps, 1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}
