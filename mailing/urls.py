from django.urls import path

from . import views

app_name = "mailing"
urlpatterns = [
    path("mailing-list/", views.sign_up, name="sign_up"),
    path("mailing-list/check/", views.check, name="check"),
    path("mailing-list/confirm/<str:token>/", views.confirm, name="confirm"),
    path("mailing-list/<slug:token>/", views.preferences, name="preferences"),
    path("mailing-list/<slug:token>/my-data.json", views.export, name="export"),
    path("mailing-list/<slug:token>/erase/", views.erase, name="erase"),
    path("u/<slug:token>/", views.unsubscribe, name="unsubscribe"),
    path("contact/", views.contact, name="contact"),
    path("contact/received/", views.received, name="received"),
]
