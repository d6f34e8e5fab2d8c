"""The field cleans whatever writes a body; what only asks for one stays as it was written."""

import pytest
from django.db import connection

from richtext import fields
from richtext.cleaning import clean
from richtext.fields import HtmlField
from tests.builders import a_school, a_vacancy, an_article
from vacancies.models import Vacancy

DIRTY = '<p style="color:red" onclick="x()">Come <b>now</b><script>alert(1)</script></p>'
CLEAN = "<p>Come <strong>now</strong></p>"

pytestmark = pytest.mark.django_db


def stored():
    """What really stands in the table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM vacancies_vacancy ORDER BY id")
        return [body for (body,) in cursor.fetchall()]


def test_save_cleans_the_row_and_the_object_in_hand():
    assert (a_vacancy(body=DIRTY).body, stored()) == (CLEAN, [CLEAN])


def test_bulk_create_cleans():
    school = a_school()
    Vacancy.objects.bulk_create([Vacancy(title="Cook", school=school, body=DIRTY) for _ in range(2)])
    assert stored() == [CLEAN, CLEAN]


def test_bulk_update_cleans():
    advert = a_vacancy()
    advert.body = DIRTY
    Vacancy.objects.bulk_update([advert], ["body"])
    assert stored() == [CLEAN]


def test_update_cleans():
    a_vacancy()
    Vacancy.objects.update(body=DIRTY)
    assert stored() == [CLEAN]


def test_update_or_create_cleans():
    school = a_school()
    Vacancy.objects.update_or_create(title="Cook", school=school, defaults={"body": DIRTY})
    Vacancy.objects.update_or_create(title="Cook", school=school, defaults={"body": DIRTY})
    assert stored() == [CLEAN]


def test_history_is_clean():
    advert = a_vacancy(body=DIRTY)
    assert [version.body for version in advert.history.all()] == [CLEAN]


def test_a_lookup_is_not_rewritten():
    a_vacancy(body="<p>AT&amp;T <strong>now</strong></p>")
    found = [
        Vacancy.objects.filter(body__contains="<strong>now").count(),
        Vacancy.objects.filter(body__contains="<b>now").count(),
        Vacancy.objects.filter(body__startswith="<p>AT&amp;T").count(),
        Vacancy.objects.filter(body="<p>AT&amp;T <strong>now</strong></p>").count(),
        Vacancy.objects.filter(body__in=["- a\n- b"]).count(),
    ]
    assert found == [1, 0, 1, 1, 0]


def test_an_empty_text_stays_empty():
    assert (a_vacancy(body="").body, stored()) == ("", [""])


def test_no_migration_names_the_editor():
    assert HtmlField("text", blank=True).deconstruct()[1:] == (
        "django.db.models.TextField",
        [],
        {"blank": True, "verbose_name": "text"},
    )


UNSEEN = "Teacher\x0b of\r\nBcc:\u00a0x \x1f\x85\u2028\u202e\ufffe\x7f Art"
SEEN = "Teacher of Bcc: x Art"


def test_a_line_of_plain_text_keeps_what_is_seen_whatever_writes_it():
    advert = a_vacancy(title=UNSEEN, interview="  12 May \n noon")
    school = a_school(UNSEEN)
    Vacancy.objects.bulk_create([Vacancy(title=UNSEEN, school=school)])
    Vacancy.objects.filter(pk=advert.pk).update(visits=UNSEEN)
    advert.refresh_from_db(), school.refresh_from_db()
    assert (advert.title, advert.interview, advert.visits, school.name) == (SEEN, "12 May noon", SEEN, SEEN)
    assert list(Vacancy.objects.values_list("title", flat=True)) == [SEEN, SEEN]


def test_a_form_hands_on_the_line_as_it_will_be_stored():
    advert = Vacancy(title=UNSEEN)
    advert.clean_fields(exclude=[field.name for field in Vacancy._meta.fields if field.name != "title"])
    assert advert.title == SEEN


def test_no_migration_names_the_line_field():
    assert Vacancy._meta.get_field("title").deconstruct()[1] == "django.db.models.CharField"


def test_one_save_cleans_once_and_a_text_that_was_changed_since_is_cleaned_again(monkeypatch):
    cleaned = []
    monkeypatch.setattr(fields, "clean", lambda text, grammar: cleaned.append(text) or clean(text, grammar))
    advert = a_vacancy(body=DIRTY)
    assert cleaned == [DIRTY]
    advert.body += "<b>soon</b>"
    advert.save()
    assert cleaned == [DIRTY, f"{CLEAN}<b>soon</b>"]
    assert stored() == [f"{CLEAN}\n<p><strong>soon</strong></p>"]


def test_what_was_cleaned_for_one_grammar_is_cleaned_for_a_narrower_one():
    article = an_article(body="<blockquote><p>So it was.</p></blockquote>")
    assert a_vacancy(body=article.body).body == "<p>So it was.</p>"
