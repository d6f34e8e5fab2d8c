"""Working with the mailing list at the desk, for tests."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile

from mailing.models import Mailout
from mailing.sending import outbox
from tests.builders import a_subscriber, a_vacancy, an_edition, london
from tests.desk import staff

SEVEN = london(2026, 4, 27, 7)
READERS = "/admin/mailing/subscriber/"


def logged_in(client, role):
    user = staff(role)
    user.email = "pat@greensheets.example"
    user.save()
    client.force_login(user)
    return client


def a_mailout(*addresses: str) -> Mailout:
    a_vacancy("Class Teacher")
    edition = an_edition(published_at=SEVEN)
    for address in addresses:
        a_subscriber(address)
    return outbox.prepare_mailout(edition, SEVEN)


def page(mailout: Mailout) -> str:
    return f"/admin/mailing/mailout/{mailout.pk}/change/"


def steer(client, mailout: Mailout, step: str):
    return client.post(f"/admin/mailing/mailout/{mailout.pk}/steer/", {"step": step}, follow=True)


def said(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def rows_of(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def bring_in(client, content: bytes, **fields):
    data = {
        "file": SimpleUploadedFile("list.csv", content),
        "groups": ["support"],
        "statement": "On paper at the fair.",
        "agreed": "on",
    }
    return client.post(READERS + "import/", {**data, **fields}, follow=True)
