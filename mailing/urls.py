from django.urls import path, re_path

from . import views

app_name = "mailing"
urlpatterns = [
    path("mailing-list/", views.sign_up, name="sign_up"),
    path("mailing-list/check/", views.check, name="check"),
    path("mailing-list/confirm/<str:token>/", views.confirm, name="confirm"),
    path("mailing-list/confirm/<str:token>/not-me/", views.not_me, name="not_me"),
    path("mailing-list/mine/<str:token>/", views.mine, name="mine"),
    path("mailing-list/<slug:token>/", views.preferences, name="preferences"),
    path("mailing-list/<slug:token>/my-data/", views.my_data, name="my_data"),
    path("u/<slug:token>/", views.unsubscribe, name="unsubscribe"),
    # What a program that finds links in text takes for a part of one: a full stop, a bracket, a space.
    re_path(r"^u/(?P<token>[-\w]+)[^-\w/]*/?[^\w/]*/?$", views.unsubscribe, name="unsubscribe_with_signs"),
    path("contact/", views.contact, name="contact"),
    path("contact/received/", views.received, name="received"),
]
