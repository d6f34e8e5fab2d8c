from django.urls import path, re_path, register_converter

from .public import card_views, views
from .public.converters import StaffGroupConverter
from .public.document_views import document
from .public.feeds import VacancyFeed
from .public.freshness import fresh
from .public.json_feed import vacancies_json
from .public.proof_views import proof

app_name = "vacancies"

register_converter(StaffGroupConverter, "group")

urlpatterns = [
    path("vacancies/", views.vacancy_list, name="list"),
    path("vacancies/feed/", fresh(VacancyFeed()), name="feed"),
    path("vacancies/card.png", card_views.site_card, name="site_card"),
    path("vacancies.json", vacancies_json, name="json"),
    path("vacancies/<group:staff_group>/", views.group_list, name="group"),
    path("vacancies/in/<slug:slug>/", views.authority_list, name="authority"),
    path("vacancies/in/<slug:authority_slug>/<slug:role_slug>/", views.authority_role_list, name="authority_role"),
    path("vacancies/<int:pk>-<slug:slug>/", views.vacancy, name="vacancy"),
    path("vacancies/<int:pk>-<slug:slug>/closing-date.ics", views.closing_date, name="closing_date"),
    path("vacancies/<int:pk>-<slug:slug>/card.png", card_views.advert_card, name="card"),
    path("vacancies/documents/<int:pk>/<str:name>", document, name="document"),
    path("proof/<str:link>/", proof, name="proof"),
    path("vacancies/<slug:slug>/", views.role_type_list, name="role_type"),
    path("schools/<int:pk>-<slug:slug>/", views.school, name="school"),
    re_path(r"^(?P<reference>[Gg][Ss][0-9]{1,10})/?$", views.by_reference, name="reference"),
]
