"""Staff keep the search words, and see what a change would do before they save it."""

import pytest
import time_machine
from django.urls import reverse

from tests.builders import a_school, a_vacancy, london
from tests.desk import typed
from vacancies.models import Synonym

ADD = reverse("admin:vacancies_synonym_add")
TRY_NEW = reverse("admin:vacancies_synonym_changes")
AUTOCOMPLETE = reverse("admin:autocomplete")


@pytest.fixture(autouse=True)
def _on_tuesday():
    with time_machine.travel(london(2026, 4, 28, 9), tick=False):
        yield


def test_a_new_row_is_tried_before_it_is_saved(client, editor):
    a_vacancy("Horticulturist", role="other-support")
    count = Synonym.objects.count()
    page = client.post(TRY_NEW, {"same": "gardener, horticulturist"})
    [change] = page.context["changes"]
    assert (change.phrase, change.before, change.after, change.gained) == ("gardener", 0, 1, ("Horticulturist",))
    assert "Nothing has been saved." in page.text
    assert Synonym.objects.count() == count
    client.post(ADD, {"same": " gardener ,horticulturist,"})
    assert Synonym.objects.get(same__startswith="gardener").same == "gardener, horticulturist"
    assert [advert.title for advert in client.get("/vacancies/?q=gardener").context["vacancies"]] == ["Horticulturist"]


def test_a_row_that_would_lose_a_word_says_what_is_no_longer_found(client, editor):
    a_vacancy("Chef", role="other-support")
    row = Synonym.objects.get(same__startswith="cook, chef")
    page = reverse("admin:vacancies_synonym_change", args=[row.pk])
    data = {**typed(client.get(page).context["adminform"].form), "same": "cook"}
    shown = client.post(reverse("admin:vacancies_synonym_changes", args=[row.pk]), data)
    changes = {one.phrase: (one.before, one.after, one.lost) for one in shown.context["changes"]}
    assert changes == dict.fromkeys(["cook", "catering manager", "kitchen manager"], (1, 0, ("Chef",)))
    assert "Show what would change" in client.get(page).text
    row.refresh_from_db()
    assert "chef" in row.same


@pytest.mark.parametrize("same", ["", " , -"])
def test_a_row_needs_a_word(client, editor, same):
    assert "errornote" in client.post(TRY_NEW, {"same": same}).text
    assert not client.post(ADD, {"same": same}).context["adminform"].form.is_valid()


def test_words_that_change_nothing_are_said_to(client, editor):
    assert "No search for these words would find other posts than now." in client.post(TRY_NEW, {"same": "gardener"}).text
    assert client.post(reverse("admin:vacancies_synonym_changes", args=[10**6]), {"same": "x"}).status_code == 404


def test_whoever_may_not_change_search_words_may_not_try_them(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("nobody", is_staff=True))
    assert client.post(TRY_NEW, {"same": "gardener"}).status_code == 403


@pytest.mark.parametrize(
    ("field", "term", "first"),
    [
        ("role_type", "teacher", "Teacher"),
        ("role_type", "LSA", "Teaching assistant"),
        ("role_type", "receptionist", "Administration, HR, data and finance"),
        ("school", "St Aldhelm’s", "Saint Aldhelm's School, Fernhollow"),
    ],
)
def test_the_boxes_of_an_advert_understand_what_staff_type(client, editor, field, term, first):
    a_school("Saint Aldhelm's School"), a_school("Another School")
    query = {"app_label": "vacancies", "model_name": "vacancy", "field_name": field, "term": term}
    assert client.get(AUTOCOMPLETE, query).json()["results"][0]["text"] == first
