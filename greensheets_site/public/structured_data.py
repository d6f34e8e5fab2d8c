"""What search engines are told of the publisher: what the foot of every page says."""

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse


def organization() -> dict[str, Any]:
    publisher = settings.PUBLISHER
    return {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": publisher["name"],
        "alternateName": "Greensheets",
        "url": f"{settings.SITE_URL}/",
        "logo": settings.SITE_URL + static("img/icon.svg"),
        "email": publisher["email"],
        "telephone": publisher["telephone"],
        "address": publisher["address"],
        "contactPoint": {
            "@type": "ContactPoint",
            "contactType": "customer service",
            "url": settings.SITE_URL + reverse("mailing:contact"),
            "telephone": publisher["telephone"],
        },
    }
