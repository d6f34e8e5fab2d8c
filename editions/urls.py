from datetime import date

from django.urls import path, register_converter

from vacancies.public.converters import StaffGroupConverter
from vacancies.public.freshness import fresh

from .public import feeds, views


class MondayConverter:
    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)


register_converter(MondayConverter, "monday")
register_converter(StaffGroupConverter, "staff_group")

app_name = "editions"
urlpatterns = [
    path("editions/", views.archive, name="archive"),
    path("editions/feed/", fresh(feeds.EditionFeed()), name="feed"),
    path("editions/<monday:on>/", views.edition, name="edition"),
    path("editions/<monday:on>/<staff_group:staff_group>.pdf", views.bulletin, name="bulletin"),
    path("editions/<monday:on>/<staff_group:staff_group>-print.pdf", views.for_print, name="for_print"),
    path("editions/<monday:on>/<staff_group:staff_group>.jpg", views.cover_picture, name="cover"),
]
