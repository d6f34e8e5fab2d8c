"""Pictures that are made, not uploaded: a school's logo in one size, and the cards that go with shared links."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from . import cards, logos
from .freshness import fresh
from .models import School, Vacancy

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def logo(request, pk, version):
    made = logos.picture(get_object_or_404(School, pk=pk), version)
    if not made:
        raise Http404("This school has no such logo.")
    return HttpResponse(made, content_type="image/webp", headers={"Cache-Control": FOR_EVER})


@require_safe
@fresh
def advert_card(request, pk, slug):
    advert = get_object_or_404(Vacancy.objects.with_page().for_display(), pk=pk)
    return HttpResponse(cards.advert_card(advert), content_type="image/png")


@require_safe
@fresh
def site_card(request):
    return HttpResponse(cards.site_card(), content_type="image/png")
