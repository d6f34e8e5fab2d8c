"""The history of adverts, schools, articles and editions: what changed, by whom, and an earlier version brought back."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.contrib.auth.models import User
from django.urls import reverse

from greensheets_site import rules
from greensheets_site.accounts import roles
from tests.builders import MONDAY, a_school, a_term, a_vacancy, an_article, an_edition, london
from tests.desk import staff, typed
from vacancies.models import Status, Subject

pytestmark = pytest.mark.django_db
MODELS = ["vacancies.vacancy", "vacancies.school", "news.article", "editions.edition"]


def address(page, row, *more):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk, *more])


def change(row, by, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    row._history_user = by
    row.save()


def hidden_fields(page) -> dict[str, list[str]]:
    """What the browser would send: the hidden form as it stands in the page."""
    data: dict[str, list[str]] = {}
    form = page.text[page.text.index("<div hidden>") :]
    for tag in re.findall(r'<input type="hidden"[^>]*>', form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        data.setdefault(name[1], []).append(unescape(value[1]) if value else "")
    return data


@pytest.fixture
def publisher(client):
    user = staff(roles.PUBLISHER)
    client.force_login(user)
    return user


def test_the_history_says_who_changed_what_and_when(client, publisher, django_assert_num_queries):
    erin = User.objects.create_user("erin", first_name="Erin", last_name="Editor")
    with time_machine.travel(london(2026, 4, 20, 9), tick=False):
        vacancy = a_vacancy("Teacher of Maths", school=a_school("Ashe School", town="Ashe"))
    with time_machine.travel(london(2026, 4, 21, 14, 5), tick=False):
        change(vacancy, erin, title="Teacher of Art", school=a_school("Birch School", town="Birch"), job_share=True, fte="0.5")
    page = client.get(address("history", vacancy))
    newest, first = page.context["versions"]
    assert [(one.label, one.old, one.new) for one in newest[1]] == [
        ("School", "Ashe School, Ashe", "Birch School, Birch"),
        ("Title", "Teacher of Maths", "Teacher of Art"),
        ("Job share welcome", "No", "Yes"),
        ("Full-time equivalent", "", "0.5"),
    ]
    assert first[1] == []
    words = " ".join(page.text.split())
    assert "Tuesday 21 April 2026, 2.05pm" in words
    assert "Changed by Erin Editor" in words
    assert "Created by the system" in words


def test_the_subjects_of_an_advert_are_part_of_its_history(client, publisher):
    a_term()
    vacancy = a_vacancy()
    maths, art = (Subject.objects.create(name=name, slug=name.lower()) for name in ("Maths", "Art"))
    vacancy.subjects.add(maths)
    vacancy.subjects.set([art, maths])
    page = client.get(address("history", vacancy))
    assert [[(one.label, one.old, one.new) for one in found] for _, found in page.context["versions"]] == [
        [("Subjects", "Maths", "Art, Maths")],
        [("Subjects", "", "Maths")],
        [],
    ]
    middle = vacancy.history.all()[1]
    old = address("simple_history", vacancy, middle.pk)
    client.post(old, hidden_fields(client.get(old)))
    assert list(vacancy.subjects.all()) == [maths]


def test_a_long_text_shows_what_went_and_what_came(client, publisher):
    vacancy = a_vacancy(body=f"<p>{'Many words. ' * 20}Apply by Monday.</p>")
    change(vacancy, publisher, body=f"<p>{'Many words. ' * 20}Apply by Friday.</p>")
    page = client.get(address("history", vacancy)).text
    assert "<del>Monday.</del><ins>Friday.</ins>" in page
    assert page.count("Many words.") < 10


def test_a_page_of_history_has_twenty_versions(client, publisher):
    vacancy = a_vacancy("Post 0")
    for number in range(1, 21):
        change(vacancy, publisher, title=f"Post {number}")
    assert [len(client.get(address("history", vacancy), {"p": page}).context["versions"]) for page in (1, 2)] == [20, 1]


def test_pages_of_history_join_without_a_gap(client, publisher, monkeypatch):
    monkeypatch.setattr(rules, "VERSIONS_ON_A_PAGE", 2)
    vacancy = a_vacancy("Post 0")
    for number in range(1, 4):
        change(vacancy, publisher, title=f"Post {number}")
    pages = [client.get(address("history", vacancy), {"p": number}).context["versions"] for number in (1, 2)]
    found = [[(one.old, one.new) for one in changed] for page in pages for _, changed in page]
    assert found == [[("Post 2", "Post 3")], [("Post 1", "Post 2")], [("Post 0", "Post 1")], []]


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_takes_the_same_queries_for_few_and_for_many_versions(client, publisher, django_assert_num_queries, count):
    vacancy = a_vacancy()
    for number in range(count):
        change(vacancy, publisher, title=f"Post {number}", school=a_school(f"School {number}"))
        vacancy.subjects.add(Subject.objects.create(name=f"Subject {number}", slug=f"subject-{number}"))
    with django_assert_num_queries(11):
        client.get(address("history", vacancy))


def test_an_earlier_version_says_what_it_would_change_and_comes_back_as_a_new_one(client, publisher):
    with time_machine.travel(london(2026, 4, 20, 9), tick=False):
        school = a_school("Ashe School", phone="01632 960001")
    change(school, publisher, name="Birch School", phone="01632 960002", closed_on=MONDAY)
    old = address("simple_history", school, school.history.last().pk)
    page = client.get(old)
    assert [(one.label, one.old, one.new) for one in page.context["changes"]] == [
        ("Name", "Birch School", "Ashe School"),
        ("Phone", "01632 960002", "01632 960001"),
        ("Closed on", "27 April 2026", ""),
    ]
    answer = client.post(old, hidden_fields(page))
    assert answer.url == address("change", school)
    school.refresh_from_db()
    assert (school.name, school.phone, school.closed_on) == ("Ashe School", "01632 960001", None)
    newest = school.history.first()
    assert (school.history.count(), newest.history_user) == (3, publisher)
    assert newest.history_change_reason == "Brought back the version of 20 April 2026, 9am"


def test_bringing_a_version_back_never_undoes_an_approval_or_a_publication(client, publisher):
    a_term()
    vacancy = a_vacancy("Draft title", status=Status.DRAFT, pay_scale="MPS")
    change(vacancy, publisher, title="Better title", status=Status.APPROVED)
    old = address("simple_history", vacancy, vacancy.history.last().pk)
    assert client.post(old, hidden_fields(client.get(old))).status_code == 302
    vacancy.refresh_from_db()
    assert (vacancy.title, vacancy.status) == ("Draft title", Status.APPROVED)
    edition = an_edition(note="First")
    change(edition, publisher, note="Second", published_at=london(2026, 4, 27, 7))
    old = address("simple_history", edition, edition.history.last().pk)
    assert client.post(old, hidden_fields(client.get(old))).status_code == 302
    edition.refresh_from_db()
    assert (edition.note, edition.published_at) == ("First", london(2026, 4, 27, 7))


def test_a_version_that_the_form_refuses_is_not_brought_back_and_the_page_says_why(client, publisher):
    vacancy = a_vacancy(closes_at=None, status=Status.DRAFT, pay_scale="MPS")
    change(vacancy, publisher, closes_at=london(2026, 5, 12, 12), status=Status.APPROVED)
    old = address("simple_history", vacancy, vacancy.history.last().pk)
    answer = client.post(old, hidden_fields(client.get(old)))
    assert answer.status_code == 200
    assert "cannot be brought back" in answer.text
    vacancy.refresh_from_db()
    assert vacancy.closes_at == london(2026, 5, 12, 12)


def test_a_picture_stays_when_a_version_comes_back(client, publisher):
    article = an_article("First title")
    change(article, publisher, title="Second title", picture="news/cat.jpg", picture_alt="A cat on a mat")
    old = address("simple_history", article, article.history.last().pk)
    client.post(old, hidden_fields(client.get(old)) | {"picture_alt": ["A cat on a mat"]})
    article.refresh_from_db()
    assert (article.title, article.picture.name) == ("First title", "news/cat.jpg")


def test_whoever_may_only_look_sees_versions_and_brings_none_back(client):
    edition = an_edition(note="First")
    change(edition, None, note="Second")
    old = address("simple_history", edition, edition.history.last().pk)
    client.force_login(staff(roles.EDITOR))
    page = client.get(old)
    assert page.status_code == 200
    assert "Bring this version back" not in page.text
    assert [(one.old, one.new) for one in page.context["changes"]] == [("Second", "First")]
    assert client.post(old, {"on": edition.on, "number": edition.number, "note": "First"}).status_code == 403
    edition.refresh_from_db()
    assert (edition.note, edition.history.count()) == ("Second", 2)


def test_a_version_of_another_row_and_a_row_that_is_not_there_are_not_found(client, publisher):
    one, other = a_vacancy(), a_vacancy()
    assert client.get(address("simple_history", one, other.history.first().pk)).status_code == 404
    assert client.get(reverse("admin:vacancies_vacancy_history", args=[999_999])).status_code == 404


def test_a_row_without_versions_says_so(client, publisher):
    vacancy = a_vacancy()
    vacancy.history.all().delete()
    assert "No versions yet" in client.get(address("history", vacancy)).text


def test_the_clock_of_a_version_is_londons(client, publisher):
    with time_machine.travel(london(2026, 4, 20, 0, 30), tick=False):
        vacancy = a_vacancy()
    assert "Monday 20 April 2026, 12.30am" in client.get(address("history", vacancy)).text
    assert timedelta(0) == vacancy.history.first().history_date - london(2026, 4, 20, 0, 30)


def test_the_form_of_a_version_holds_what_the_browser_will_send(client, publisher):
    vacancy = a_vacancy(ect_suitable=True, cv_accepted=False, fte="0.5")
    change(vacancy, publisher, title="Another")
    page = client.get(address("simple_history", vacancy, vacancy.history.last().pk))
    sent = {name for name, value in typed(page.context["form"]).items() if value != []}
    assert sent <= set(hidden_fields(page))
