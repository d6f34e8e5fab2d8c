from django.conf import settings


def site(request):
    """What every page's frame needs; no query, so that a cached page costs none."""
    return {
        "publisher": settings.PUBLISHER,
        "site_url": settings.SITE_URL,
        "is_demo": settings.DEMO,
        "site_version": settings.VERSION,
    }
