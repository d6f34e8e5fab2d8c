"""The site map: which app answers which address."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from .desk.preview import preview
from .doctor.address import ECHO
from .doctor.echo import echo
from .public import pages
from .public.sitemaps import robots, sitemap
from .public.views import home
from .watching.health import healthz, healthz_web
from .watching.metrics import metrics

handler400 = "greensheets_site.public.views.bad_request"
handler500 = "greensheets_site.public.views.server_error"

urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),  # these three are answered by watching.door, which knows them too
    path("healthz/web", healthz_web, name="healthz_web"),
    path("metrics", metrics, name="metrics"),
    path(ECHO.removeprefix("/"), echo, name="doctor_echo"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("admin/vacancies/vacancy/preview/", admin.site.admin_view(preview), name="preview"),
    path("admin/vacancies/vacancy/<int:pk>/preview/", admin.site.admin_view(preview), name="preview"),
    path("admin/", admin.site.urls),
    path("", include("vacancies.urls")),
    path("", include("editions.urls")),
    path("", include("mailing.urls")),
    path("", include("news.urls")),
    path("", include("pictures.urls")),
    path("about/", pages.page, {"url": "/about/"}, name="about"),
    path("advertise/", pages.page, {"url": "/advertise/"}, name="advertise"),
    path("privacy/", pages.page, {"url": "/privacy/"}, name="privacy"),
    path("accessibility/", pages.page, {"url": "/accessibility/"}, name="accessibility"),
]

if settings.ANYMAIL.get("WEBHOOK_SECRET"):  # without it anybody could report anything
    urlpatterns.append(path("anymail/", include("mailing.readers.webhook")))
if settings.DEMO:
    urlpatterns.append(path("demo/mail/", include("greensheets_site.demo.urls")))
