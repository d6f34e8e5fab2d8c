"""The list pages of the back office: the same few queries for one row and for three."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.contrib.flatpages.models import FlatPage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from editions.models import Bulletin
from greensheets_site.accounts import roles
from greensheets_site.models import BackupRun, Heartbeat
from mailing.models import ContactMessage, Delivery, Mailout, StrayMessage, Suppression, SuppressionLift
from tests.builders import MONDAY, a_break, a_school, a_subscriber, a_term, a_vacancy, an_article, an_authority, an_edition
from tests.desk import staff
from vacancies.admin.vacancies import VacancyAdmin
from vacancies.editing import review
from vacancies.models import RoleType, Subject, Synonym
from web import trail
from web.models import Happening

pytestmark = pytest.mark.django_db


def an_edition_of_its_own(n):
    return an_edition(MONDAY + timedelta(days=7 * n))


def a_mailout(n):
    return Mailout.objects.create(edition=an_edition_of_its_own(n))


# A row that differs from the others in what it points to, so that a query for each row would be seen.
ROWS = {
    "auth.group": lambda n: Group.objects.create(name=f"Group {n}"),
    "auth.user": lambda n: User.objects.create_user(f"user{n}").groups.add(Group.objects.create(name=f"Group {n}")),
    "editions.bulletin": lambda n: Bulletin.objects.create(edition=an_edition_of_its_own(n), staff_group="teaching"),
    "editions.edition": an_edition_of_its_own,
    "flatpages.flatpage": lambda n: FlatPage.objects.create(url=f"/page{n}/", title=f"Page {n}"),
    "greensheets_site.backuprun": lambda n: BackupRun.objects.create(
        name=f"Set {n}", place=f"/backups/{n}", started_at=timezone.now(), seen_at=timezone.now()
    ),
    "greensheets_site.heartbeat": lambda n: Heartbeat.objects.create(worker=f"worker {n}", seen_at=timezone.now()),
    "mailing.contactmessage": lambda n: ContactMessage.objects.create(enquiry="other", name="May", email=f"m{n}@b.example"),
    "mailing.delivery": lambda n: Delivery.objects.create(kind="bulletin", mailout=a_mailout(n), subscriber=a_subscriber()),
    "mailing.mailout": a_mailout,
    "mailing.straymessage": lambda n: StrayMessage.objects.create(subject=f"Message {n}", why="nobody knows"),
    "mailing.subscriber": lambda n: a_subscriber(),
    "mailing.suppression": lambda n: Suppression.objects.create(email_hash=str(n), reason="left"),
    "mailing.suppressionlift": lambda n: SuppressionLift.objects.create(reason="left", suppressed_at=timezone.now()),
    "news.article": lambda n: an_article(f"Article {n}"),
    "vacancies.authority": lambda n: an_authority(f"Authority {n}"),
    "vacancies.break": lambda n: a_break(MONDAY + timedelta(days=7 * n)),
    "vacancies.roletype": lambda n: RoleType.objects.create(name=f"Role {n}", slug=f"role-{n}", staff_group="support"),
    "vacancies.school": lambda n: a_school(f"School {n}", authority=an_authority(f"Authority {n}")),
    "vacancies.subject": lambda n: Subject.objects.create(name=f"Subject {n}", slug=f"subject-{n}"),
    "vacancies.synonym": lambda n: Synonym.objects.create(same=f"gardener {n}"),
    "vacancies.term": lambda n: a_term(MONDAY + timedelta(days=90 * n), MONDAY + timedelta(days=90 * n + 60)),
    "web.trailentry": lambda n: trail.record(Happening.ERASED, said=f"Reader {n}"),
    "vacancies.vacancy": lambda n: a_vacancy(f"Post {n}", school=a_school(f"School {n}")),
}
MOST = 15


def address(label: str) -> str:
    return reverse(f"admin:{label.replace('.', '_')}_changelist")


def queries_of(client, label: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address(label)).status_code == 200
    return len(queries)


def test_every_list_has_a_row():
    assert set(ROWS) == {model._meta.label_lower for model in admin.site._registry}


def test_a_site_without_a_row_opens_every_list_and_every_form(client):
    client.force_login(staff(roles.OWNER))
    for model, model_admin in admin.site._registry.items():
        page = client.get(address(model._meta.label_lower))
        assert page.status_code == 200
        assert page.context["cl"].result_count or f"No {model._meta.verbose_name_plural} yet." in page.text
        add = client.get(f"{address(model._meta.label_lower)}add/")
        assert add.status_code == (200 if model_admin.has_add_permission(page.wsgi_request) else 403), model


def test_a_list_in_which_nothing_is_found_leads_to_all_of_it(client):
    client.force_login(staff(roles.EDITOR))
    for query in ("q=unicorn", "state=live"):
        assert 'Nothing matches. <a href="?">Show all adverts</a>' in client.get(f"{address('vacancies.vacancy')}?{query}").text


@pytest.mark.parametrize("label", ROWS)
def test_a_list_takes_the_same_queries_for_one_row_and_for_three(client, label):
    client.force_login(staff(roles.OWNER))
    ROWS[label](1)
    client.get(address(label))
    one = queries_of(client, label)
    ROWS[label](2), ROWS[label](3)
    assert queries_of(client, label) == one
    assert one < MOST


@pytest.mark.parametrize(
    "query", ["q=post", "edition=2026-04-27", "printed=2026-04-27", "attention=any", "state=live&closing=week"]
)
def test_a_filtered_list_of_adverts_takes_few_queries_too(client, query):
    client.force_login(staff(roles.EDITOR))
    a_term()
    for number in range(3):
        ROWS["vacancies.vacancy"](number)
    url = f"{address('vacancies.vacancy')}?{query}"
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    assert len(queries) < MOST


def test_counts_are_asked_for_and_take_one_query_for_each_filter(client):
    """Adverts are reviewed once for them all."""
    client.force_login(staff(roles.EDITOR))
    a_term(), ROWS["vacancies.vacancy"](1)
    url = address("vacancies.vacancy")
    plain, without = client.get(url), queries_of(client, "vacancies.vacancy")
    with CaptureQueriesContext(connection) as queries, patch.object(review, "review", wraps=review.review) as reviewed:
        counted = client.get(f"{url}?_facets=True")
    assert ["Teaching staff (1)" in page.text for page in (plain, counted)] == [False, True]
    assert len(queries) - without <= len(VacancyAdmin.list_filter)
    assert reviewed.call_count == 1


def test_every_cell_carries_the_name_of_its_column_for_phones(client):
    client.force_login(staff(roles.EDITOR))
    a_vacancy(title="Cook & <cleaner>")
    page = client.get(address("vacancies.vacancy")).text
    assert '<td data-label="" class="action-checkbox">' in page
    assert '<th data-label="Advert" class="field-post">' in page
    assert '<td data-label="Closes" class="field-closing">12/05/2026' in page
    assert "Cook &amp; &lt;cleaner&gt;" in page
    assert '<a class="to-filters" href="#changelist-filter">Filter</a>' in page
    assert "Filter: in use</a>" in client.get(f"{address('vacancies.vacancy')}?state=live").text


@pytest.mark.parametrize(
    ("model", "field"), [("vacancy", "school"), ("vacancy", "role_type"), ("vacancy", "subjects"), ("school", "authority")]
)
def test_a_choice_among_many_is_searched_for_not_listed(model, field):
    model_admin = next(one for found, one in admin.site._registry.items() if found._meta.model_name == model)
    assert field in model_admin.autocomplete_fields
