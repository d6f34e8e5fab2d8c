"""The cards that go with shared links."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from ..models import Vacancy
from . import cards
from .freshness import fresh


@fresh
def advert_card(request, pk, slug):
    advert = get_object_or_404(Vacancy.objects.with_page().for_display(), pk=pk)
    return HttpResponse(cards.draw_advert_card(advert), content_type="image/png")


@fresh
def site_card(request):
    return HttpResponse(cards.draw_site_card(), content_type="image/png")
