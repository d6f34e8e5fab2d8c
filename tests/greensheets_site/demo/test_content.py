"""What the demo holds; built once and small, so that each test finds it as it was built."""

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import transaction
from django.test import override_settings

from greensheets_site.demo import calendar, people
from greensheets_site.demo.build import build
from mailing.models import Delivery, Mailout
from news.models import Article
from tests.builders import a_school, a_vacancy, an_authority, london
from vacancies.editing import booking
from vacancies.models import Status, Term, Vacancy
from vacancies.models import calendar as entered_calendar

TUESDAY = london(2026, 11, 24, 10)
SMALL = 0.05

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """Its rows stay until the last test of this module, each of which puts back what it changed."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")), time_machine.travel(TUESDAY, tick=False):
            build(TUESDAY, SMALL)
        yield
        transaction.set_rollback(True)


def test_rows_made_afterwards_get_keys_of_their_own():
    assert a_vacancy(school=a_school(authority=an_authority("Elsewhere"))).pk == Vacancy.objects.count()


def test_what_staff_do_to_an_advert_of_the_demo_can_be_undone():
    with time_machine.travel(TUESDAY, tick=False):
        advert = Vacancy.objects.exclude(subjects=None).upcoming().first()
        subjects = set(advert.subjects.all())
        booking.withdraw(advert)
        booking.put_back(advert, advert.history.first().pk)
    assert advert.is_live(london(2026, 12, 1, 9))
    assert [{entry.subject for entry in version.subjects.all()} for version in advert.history.all()] == [subjects] * 3
    recent = Vacancy.objects.filter(print_from__gte=london(2026, 11, 9).date())
    assert Vacancy.history.count() == recent.count() + 2


def test_adverts_are_about_160_words_in_several_paragraphs():
    bodies = Vacancy.objects.filter(status=Status.APPROVED).exclude(body__startswith="<p>[").values_list("body", flat=True)
    generated = [body for body in bodies if "<ul>" in body]
    words = [len(body.split()) for body in generated]
    assert 130 <= sum(words) / len(words) <= 200
    assert all(body.count("<p>") >= 5 for body in generated)


def test_part_time_and_term_time_posts_state_actual_pay():
    reduced = [advert for advert in Vacancy.objects.filter(status=Status.APPROVED) if advert.is_reduced]
    assert len(reduced) > 20
    assert [advert.title for advert in reduced if advert.actual_pay_min is None] == []


def test_the_old_article_keeps_its_number_and_its_links():
    article = Article.objects.get(pk=196)
    assert article.title == "DfE to intervene on local authority SEND budgets"
    assert '<a href="https://tinyurl.com/mvkwbrwa"' in article.body
    assert Article.objects.count() == 13


def test_each_role_has_a_person_who_can_log_in():
    users = User.objects.order_by("pk")
    assert [(user.username, [group.name for group in user.groups.all()]) for user in users] == [
        ("editor", ["Editor"]),
        ("publisher", ["Publisher"]),
        ("owner", ["Owner"]),
    ]
    assert all(user.is_staff and user.check_password(people.password(user.username)) for user in users)


def test_every_past_mailout_adds_up():
    mailouts = Mailout.objects.all()
    assert len(mailouts) == 3
    assert all(mailout.deliveries.count() + mailout.excluded == mailout.candidates for mailout in mailouts)
    assert not Delivery.objects.exclude(state="sent").exists()


def test_the_demo_calendar_is_the_one_that_is_entered():
    assert [term.name for term in Term.objects.all()] == [term.name for term in calendar.terms_around(TUESDAY.date())[0]]
    assert entered_calendar().next_on(TUESDAY.date()) == calendar.issues_around(TUESDAY.date()).coming
