"""The pages that staff edit, with text that is fit to be used."""

from django.conf import settings
from django.contrib.flatpages.models import FlatPage

from .data import read


def flat_pages() -> list[FlatPage]:
    publisher = {**settings.PUBLISHER, "number": settings.PUBLISHER["telephone"].replace(" ", "")}
    return [
        FlatPage(pk=pk, url=page["url"], title=page["title"], content=page["content"].strip().format(**publisher))
        for pk, page in enumerate(read("pages")["page"], start=1)
    ]
