"""The main job, walked once under a moving clock: typed on Thursday; on Monday on the web, in the bulletin and in the inbox."""

import re
from datetime import timedelta

import pypdfium2
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from editions.models import Bulletin, Edition
from greensheets_site.accounts.roles import EDITOR
from greensheets_site.demo import adverts
from greensheets_site.worker import rounds
from greensheets_site.worker.duties import DUTIES
from greensheets_site.worker.rounds import Rounds
from tests.builders import a_subscriber, a_term, an_authority, london
from tests.desk import NO_DOCUMENTS, staff, typed
from vacancies.models import School, Vacancy

TEACHING = ["Class Teacher (Key Stage 1)", "Deputy Headteacher", "Head of Mathematics"]
ADD = reverse("admin:vacancies_vacancy_add")
SUPPORT = [
    "Midday Supervisory Assistants (2 posts)",
    "School Administrator and Attendance Officer",
    "Teaching Assistant (one-to-one SEND support)",
]
THURSDAY = london(2026, 4, 23, 10)
SUNDAY_NIGHT = london(2026, 4, 26, 23, 59, 59)
MIDNIGHT = london(2026, 4, 27)
SEVEN = london(2026, 4, 27, 7)
FIRST_CLOSING = london(2026, 5, 4, 17)
PLACES = [
    "/",
    "/vacancies/",
    "/vacancies/teaching/",
    "/vacancies/support/",
    "/vacancies/feed/",
    "/vacancies.json",
]


def typed_on_thursday() -> list[Vacancy]:
    """The six adverts of the client, typed by an editor into the admin's form and approved there."""
    client = Client()
    client.force_login(staff(EDITOR))
    form = type(client.get(ADD).context["adminform"].form)
    for entry in adverts.entries():
        fields = adverts.school_fields(entry)
        authority = an_authority(entry["school"]["authority"])
        school, _ = School.objects.get_or_create(name=fields.pop("name"), authority=authority, defaults=fields)
        advert = typed(form(instance=adverts.vacancy(entry, school)))
        subjects = [str(subject.pk) for subject in adverts.subjects(entry)]
        response = client.post(ADD, {**advert, **NO_DOCUMENTS, "in_bulletin": "on", "subjects": subjects, "_approve": "1"})
        assert response.status_code == 302, response.context["adminform"].form.errors
    return list(Vacancy.objects.order_by("pk"))


def shown(address: str) -> list[str]:
    """Which of the six titles a page, feed or file names."""
    text = Client().get(address).content.decode().replace("&amp;", "&")
    return sorted(title for title in TEACHING + SUPPORT if title in text)


def mapped(vacancies: list[Vacancy]) -> int:
    """How many of the adverts the sitemap names."""
    text = Client().get("/sitemap.xml").content.decode()
    return sum(vacancy.get_absolute_url() in text for vacancy in vacancies)


def printed(staff_group: str) -> list[str]:
    content = b"".join(Client().get(f"/editions/2026-04-27/{staff_group}.pdf").streaming_content)
    with pypdfium2.PdfDocument(content) as pdf:
        text = " ".join(re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in pdf)
    return sorted(title for title in TEACHING + SUPPORT if title in text)


@pytest.mark.django_db(transaction=True)
def test_an_advert_typed_once_is_everywhere_on_its_monday(monkeypatch, mailoutbox):
    monkeypatch.setattr(rounds, "_beat_until", lambda *_: None)
    team = Rounds(DUTIES, say=print)

    with time_machine.travel(THURSDAY, tick=False):
        a_term()
        vacancies = typed_on_thursday()
        a_subscriber("both@readers.example")
        a_subscriber("support@readers.example", wants_teaching=False)
        a_subscriber("waiting@readers.example", confirmed_at=None)
        assert team.once(THURSDAY) == []
        edition = Edition.objects.get(on=adverts.MONDAY)
        assert edition.copy_deadline_at == london(2026, 4, 23, 12)

    with time_machine.travel(SUNDAY_NIGHT, tick=False):
        assert team.once(SUNDAY_NIGHT) == []
        assert mapped(vacancies) == 0
        assert {place: shown(place) for place in PLACES} == {place: [] for place in PLACES}
        assert [Client().get(vacancy.get_absolute_url()).status_code for vacancy in vacancies] == [404] * 6
        assert [Client().get(f"/editions/2026-04-27/{group}.pdf").status_code for group in ("teaching", "support")] == [404] * 2
        assert mailoutbox == []

    with time_machine.travel(MIDNIGHT, tick=False):
        assert mapped(vacancies) == 6
        assert shown("/vacancies/") == sorted(TEACHING + SUPPORT)
        assert shown("/vacancies/teaching/") == TEACHING
        assert shown("/vacancies/support/") == SUPPORT
        assert shown("/vacancies/in/saltmere/") == ["Class Teacher (Key Stage 1)", "Teaching Assistant (one-to-one SEND support)"]
        assert shown("/vacancies/headteacher/") == []
        assert shown("/vacancies/deputy-headteacher/") == ["Deputy Headteacher"]
        assert shown("/vacancies/feed/") == shown("/vacancies.json") == sorted(TEACHING + SUPPORT)
        assert [Client().get(vacancy.get_absolute_url()).status_code for vacancy in vacancies] == [200] * 6
        assert mailoutbox == []

    with time_machine.travel(SEVEN, tick=False):
        assert team.once(SEVEN) == []
        assert team.once(SEVEN + timedelta(minutes=1)) == []
        assert Edition.objects.get(on=adverts.MONDAY).published_at == SEVEN
        assert (printed("teaching"), printed("support")) == (TEACHING, SUPPORT)
        assert Bulletin.objects.exclude(file="").count() == 2
        letters = {message.to[0]: message.body for message in mailoutbox}
        assert sorted(letters) == ["both@readers.example", "support@readers.example"]
        assert len(mailoutbox) == 2
        assert [title for title in TEACHING + SUPPORT if title not in letters["both@readers.example"]] == []
        assert [title for title in TEACHING + SUPPORT if title in letters["support@readers.example"]] == SUPPORT

    with time_machine.travel(FIRST_CLOSING, tick=False):
        closed = next(vacancy for vacancy in vacancies if vacancy.closes_at == FIRST_CLOSING)
        assert shown("/vacancies/support/") == [title for title in SUPPORT if title != closed.title]
        page = Client().get(closed.get_absolute_url())
        assert (page.status_code, "JobPosting" in page.content.decode(), "noindex" in page.content.decode()) == (200, False, True)

    with time_machine.travel(FIRST_CLOSING + timedelta(days=90), tick=False):
        assert Client().get(closed.get_absolute_url()).status_code == 410
