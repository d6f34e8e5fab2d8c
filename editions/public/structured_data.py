"""What search engines are told about an edition: the issue of a periodical, with its PDFs."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from vacancies import wording
from web.json_ld import breadcrumbs

from ..models import Edition


def publication_issue(edition: Edition) -> dict[str, Any]:
    """Takes an edition of ``shelf.with_pdfs``."""
    data = {
        "@context": "https://schema.org",
        "@type": "PublicationIssue",
        "name": f"Greensheets, {wording.long_day(edition.on)}",
        "issueNumber": edition.number,
        "datePublished": timezone.localtime(edition.published_at).isoformat(),
        "url": settings.SITE_URL + edition.get_absolute_url(),
        "inLanguage": "en-GB",
        "isPartOf": {
            "@type": "Periodical",
            "name": "Greensheets: Vacancies in Schools",
            "url": settings.SITE_URL + reverse("editions:archive"),
            "publisher": {"@type": "Organization", "name": settings.PUBLISHER["name"], "url": f"{settings.SITE_URL}/"},
        },
    }
    media = [
        {
            "@type": "MediaObject",
            "name": pdf.get_staff_group_display(),
            "contentUrl": settings.SITE_URL + pdf.get_absolute_url(),
            "encodingFormat": "application/pdf",
            "contentSize": str(pdf.size),
        }
        for pdf in edition.pdfs
    ]
    return data | {"associatedMedia": media} if media else data


def steps_to(edition: Edition) -> dict[str, Any]:
    return breadcrumbs(("Editions", reverse("editions:archive")), (wording.long_day(edition.on), edition.get_absolute_url()))
