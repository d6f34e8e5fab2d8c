from datetime import datetime

from django.apps import AppConfig
from django.utils.dateformat import TimeFormat

from .quantities import clock


def _time_of_day(self: TimeFormat) -> str:
    return clock(self.data.time() if isinstance(self.data, datetime) else self.data)


class WebConfig(AppConfig):
    name = "web"

    def ready(self) -> None:
        """One way of writing a time of day, in our templates and in Django's own pages alike (decision 104)."""
        TimeFormat.P = _time_of_day  # type: ignore[method-assign]  # what it is for: Django offers no other way in
