"""Whatever stands behind the question mark of an address of the desk, nobody is shown an error of ours."""

from random import Random

import pytest
from django.contrib import admin
from django.urls import reverse

from greensheets_site.desk import board
from tests.desk import staff
from tests.rows import ROWS

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
VALUES = [
    "abc",
    "-1",
    "0",
    "1",
    "9" * 30,
    "1,2",
    "\u2603",
    "'",
    '"',
    "",
    "None",
    "True",
    "2026-13-45",
    "2026-04-27",
    "1e9",
    "1.5",
    "\x00",
    "[]",
]
VALUES += ["%", "__", "a" * 3000, "-" * 40, "1 OR 1=1", "inf", "nan", "../..", "\ud800x".encode("utf-8", "replace").decode()]
ALWAYS = [
    "q",
    "o",
    "p",
    "all",
    "e",
    "_facets",
    "_changelist_filters",
    "_popup",
    "_to_field",
    "pk",
    "id",
    "id__in",
    "ids",
    "no_such_field",
]
ROUNDS = 18


def keys(model_admin):
    """What a list may be asked for: by its filters, by its columns, and by what no link of ours says."""
    fields = [field.name for field in model_admin.opts.get_fields() if getattr(field, "concrete", False)]
    filters = [
        entry if isinstance(entry, str) else getattr(entry, "parameter_name", "") or "" for entry in model_admin.list_filter
    ]
    days = [model_admin.date_hierarchy] if model_admin.date_hierarchy else []
    looks = ["", "__exact", "__in", "__isnull", "__gte", "__id__exact", "__year", "__range", "__lt"]
    return [*ALWAYS, *[f"{name}{look}" for name in {*fields, *filters, *days} - {""} for look in looks]]


@pytest.mark.parametrize("query", ["closes_at__range=1", "school=abc", "subjects=abc", "school__id__exact=abc", "status__in="])
def test_nonsense_leads_to_the_whole_list_and_says_so(client, query):
    client.force_login(staff("Editor"))
    address = reverse("admin:vacancies_vacancy_changelist")
    page = client.get(f"{address}?{query}", follow=True)
    assert page.status_code == 200
    assert page.request["PATH_INFO"] == address


@pytest.mark.parametrize(
    ("label", "field"), [("vacancies.school", "authority"), ("vacancies.vacancy", "school"), ("vacancies.vacancy", "subjects")]
)
def test_a_form_with_a_word_where_a_row_is_meant_is_answered_in_words(client, label, field):
    client.force_login(staff("Owner"))
    row = ROWS[label]()
    answer = client.post(reverse(f"admin:{label.replace('.', '_')}_change", args=[row.pk]), {field: "abc"})
    assert (answer.status_code, "nothing was done" in answer.text) == (400, True)


def test_whatever_fails_without_a_query_is_an_error_of_ours(client, monkeypatch):
    def broken(*_args, **_kwargs):
        raise ValueError

    monkeypatch.setattr(board, "look", broken)
    client.force_login(staff("Editor"))
    client.raise_request_exception = False
    index = reverse("admin:index")
    answers = [client.get(index), client.post(f"{index}?a=b"), client.get(f"{index}?a=b")]
    assert [(answer.status_code, answer.headers.get("Location")) for answer in answers] == [
        (500, None),
        (500, None),
        (302, index),
    ]


MODELS = sorted(model._meta.label_lower for model in admin.site._registry)


@pytest.mark.parametrize("label", MODELS)
def test_a_list_of_the_desk_answers_any_query(client, label):
    client.force_login(staff("Owner"))
    model_admin = next(one for model, one in admin.site._registry.items() if model._meta.label_lower == label)
    if label in ROWS:
        ROWS[label]()
    chance = Random(f"any query {label}")  # noqa: S311  the same each time, so that what it finds can be found again
    address = reverse(f"admin:{label.replace('.', '_')}_changelist")
    for key in chance.sample(names := sorted(keys(model_admin)), min(ROUNDS, len(names))):
        query = {key: chance.choice(VALUES), chance.choice(names): chance.choice(VALUES)}
        response = client.get(address, query)
        assert response.status_code < 500, (address, query)


@pytest.mark.parametrize(
    "name", ["vacancies_vacancy_add", "vacancies_school_add", "news_article_add", "editions_edition_add", "auth_user_add"]
)
def test_a_new_row_begun_with_nonsense_is_an_empty_form(client, name):
    client.force_login(staff("Owner"))
    for value in VALUES:
        query = dict.fromkeys(
            ("school", "subjects", "role_type", "authority", "on", "groups", "title", "closes_at", "publish_on", "_to_field"),
            value,
        )
        assert client.get(reverse(f"admin:{name}"), query).status_code < 500, query


@pytest.mark.parametrize(
    "name", ["editions_edition_posting_table", "editions_edition_labels", "vacancies_vacancy_undo", "autocomplete"]
)
def test_other_pages_of_the_desk_answer_any_query(client, name):
    client.force_login(staff("Owner"))
    for value in VALUES:
        query = dict.fromkeys(
            ("authority", "what", "app_label", "model_name", "field_name", "term", "page", "for", "step", "ids"), value
        )
        assert client.get(reverse(f"admin:{name}"), query).status_code < 500, query
