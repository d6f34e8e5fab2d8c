from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """What every page's frame needs; no query, so that a cached page costs none."""
    return {
        "publisher": settings.PUBLISHER,
        "site_url": settings.SITE_URL,
        "is_demo": settings.DEMO,
        "site_version": settings.VERSION,
    }
