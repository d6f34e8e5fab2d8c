"""Which pages get the editor's wider policy: those of the admin whose form holds an editor, and no other."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from richtext import editor
from web.csp import csp_override


class EditorPolicyMiddleware:
    """Looks at what a page is going to load, so that no admin class has to remember to do so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> HttpResponseBase:
        if editor.is_loaded_by((response.context_data or {}).get("media")):
            answer: HttpResponseBase = csp_override({**settings.SECURE_CSP, **editor.CSP})(lambda request: response)(request)
            return answer
        return response
