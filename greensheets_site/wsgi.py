import os
from wsgiref.types import WSGIApplication

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "greensheets_site.settings")
application: WSGIApplication = get_wsgi_application()

from django.conf import settings  # noqa: E402  Django must be set up before our modules are read

from .page_cache.cache import PageCache  # noqa: E402
from .page_cache.moments import next_change  # noqa: E402
from .page_cache.reception import Reception  # noqa: E402
from .page_cache.stamp import Watch  # noqa: E402
from .starting.checks import refuse_if_wrong  # noqa: E402

refuse_if_wrong()  # management commands do so by themselves

application = Reception(application)
if settings.PAGE_CACHE_MB:
    application = PageCache(application, Watch(next_change), settings.PAGE_CACHE_MB)
