"""Which pages get the editor's wider policy: those of the admin whose form holds an editor, and no other."""

from django.conf import settings

from richtext import editor
from web.csp import csp_override


class EditorPolicyMiddleware:
    """Looks at what a page is going to load, so that no admin class has to remember to ask."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_template_response(self, request, response):
        if editor.is_loaded_by((response.context_data or {}).get("media")):
            return csp_override({**settings.SECURE_CSP, **editor.CSP})(lambda request: response)(request)
        return response
