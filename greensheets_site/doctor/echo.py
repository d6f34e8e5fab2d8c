"""What the site makes of a request: told to doctor alone, who proves itself with a signature that lasts a minute."""

from django.core import signing
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from web.network import place_of

from .address import FRESH_FOR, KEY_HEADER, SALT


@never_cache
@require_safe
def echo(request: HttpRequest) -> JsonResponse:
    try:
        signing.loads(request.headers.get(KEY_HEADER, ""), salt=SALT, max_age=FRESH_FOR)
    except signing.BadSignature as error:
        raise Http404 from error
    return JsonResponse({"place": place_of(request), "is_secure": request.is_secure()})
