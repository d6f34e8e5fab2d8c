"""The site under another clock, for a WSGI server."""

from greensheets_site.wsgi import application

from . import set_clock

set_clock()
__all__ = ["application"]
