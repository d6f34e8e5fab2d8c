from django.urls import path

from . import mail

app_name = "demo"
urlpatterns = [
    path("", mail.mailbox, name="mailbox"),
    path("<str:key>/", mail.mail, name="mail"),
    path("<str:key>/html", mail.mail_html, name="mail_html"),
    path("<str:key>/raw", mail.mail_raw, name="mail_raw"),
]
