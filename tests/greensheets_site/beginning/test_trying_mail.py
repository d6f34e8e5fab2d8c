"""The test email by which a new site shows that its mail arrives."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import get_connection
from django.urls import reverse

from greensheets_site.accounts import roles
from greensheets_site.beginning import trying_mail
from greensheets_site.models import Begun
from tests.builders import london
from tests.desk import staff

NOW = london(2026, 4, 22, 10)


@pytest.mark.django_db
@pytest.mark.parametrize(("after", "arrived"), [(timedelta(days=7), True), (timedelta(days=7, seconds=1), False)])
def test_the_link_in_a_test_email_is_good_for_seven_days(client, time_machine, after, arrived):
    time_machine.move_to(NOW, tick=False)
    trying_mail.send_test_email("pat@greensheets.example")
    link = re.search(r"https://www.greensheets.example(/\S+)", mail.outbox[0].body)[1]
    time_machine.move_to(NOW + after, tick=False)
    client.force_login(staff(roles.OWNER))
    assert client.get(link).headers["Location"] == reverse("admin:index")
    assert Begun.objects.exists() == arrived


def test_nobody_waits_longer_than_15_seconds_for_a_mail_server(monkeypatch, settings):
    waits = []

    def connection(timeout=None):
        waits.append(timeout)
        return get_connection("django.core.mail.backends.locmem.EmailBackend")

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    monkeypatch.setattr(trying_mail, "get_connection", connection)
    trying_mail.send_test_email("pat@greensheets.example")
    assert waits == [15]
