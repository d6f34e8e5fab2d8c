from django.apps import AppConfig
from django.utils.dateformat import TimeFormat

from .quantities import clock


class WebConfig(AppConfig):
    name = "web"

    def ready(self) -> None:
        """One way of writing a time of day, in our templates and in Django's own pages alike (decision 104)."""
        TimeFormat.P = lambda moment: clock(moment.data)  # type: ignore[method-assign]
