"""The least that Django can do, as a yardstick: one view, no middleware, no database."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, SECRET_KEY="a yardstick has no secrets", ALLOWED_HOSTS=["*"])  # noqa: S106
urlpatterns = [path("", lambda request: HttpResponse("hello"))]
application = get_wsgi_application()
