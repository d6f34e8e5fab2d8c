"""Gathered files are served; the list of them is not."""

from django.http import HttpResponse

from greensheets_site import settings as production
from greensheets_site.watching.static_names import StaticFilesMiddleware


def test_the_list_of_gathered_files_is_not_served(settings, tmp_path):
    settings.STATIC_ROOT, settings.WHITENOISE_ROOT = tmp_path, None
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    for name in ("site.css", "staticfiles.json"):
        (tmp_path / name).write_text("{}")
    assert list(StaticFilesMiddleware(lambda _request: HttpResponse()).files) == ["/static/site.css"]


def test_other_hosts_of_the_domain_are_bound_to_https_only_when_that_is_asked_for():
    bound = (production.SECURE_HSTS_SECONDS, production.SECURE_HSTS_INCLUDE_SUBDOMAINS, production.SECURE_HSTS_PRELOAD)
    assert bound == (31_536_000, False, False)
