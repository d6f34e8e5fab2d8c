"""The cards that go with shared links."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from ..models import Vacancy
from . import cards
from .freshness import fresh


@fresh
def advert_card(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    advert = get_object_or_404(Vacancy.objects.with_page().for_display(), pk=pk)
    return HttpResponse(cards.draw_advert_card(advert), content_type="image/png")


@fresh
def site_card(request: HttpRequest) -> HttpResponse:
    return HttpResponse(cards.draw_site_card(), content_type="image/png")
