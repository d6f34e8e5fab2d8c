import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from news.models import Article
from pictures import describing
from richtext.editor import HtmlWidget
from tests.builders import an_article, london
from tests.desk import opened, staff
from tests.pictures.files import an_upload

pytestmark = pytest.mark.django_db
LIST = reverse("admin:news_article_changelist")
ADD = reverse("admin:news_article_add")
FIELDS = {"title": "Trees for schools", "body": "<p>Oaks.</p>"}


@pytest.fixture(autouse=True)
def thursday():
    with time_machine.travel(london(2026, 4, 23, 10), tick=False):
        yield


@pytest.mark.parametrize("state", ["draft", "planned", "published"])
def test_articles_are_found_by_their_state(client, state):
    client.force_login(staff("Editor"))
    an_article("draft", published_at=None)
    an_article("planned", published_at=london(2026, 4, 27, 9))
    an_article("published")
    assert [article.title for article in client.get(LIST, {"state": state}).context["cl"].result_list] == [state]


def test_what_readers_could_see_is_not_deleted(client):
    client.force_login(staff("Publisher"))
    seen, draft = an_article(), an_article(published_at=None)
    codes = [
        client.post(reverse("admin:news_article_delete", args=[row.pk]), {"post": "yes"}).status_code for row in (seen, draft)
    ]
    assert codes == [403, 302]
    assert list(Article.objects.all()) == [seen]


def test_a_change_is_in_the_history_under_its_author(client):
    editor = staff("Editor")
    client.force_login(editor)
    article = an_article()
    url = reverse("admin:news_article_change", args=[article.pk])
    assert client.post(url, {**opened(client, url), "title": "Corrected"}).status_code == 302
    assert (article.history.first().title, article.history.first().history_user) == ("Corrected", editor)


def test_the_text_of_an_article_is_written_in_the_rich_text_editor(client):
    client.force_login(staff("Editor"))
    form = client.get(reverse("admin:news_article_add")).context["adminform"].form
    assert type(form.fields["body"].widget) is HtmlWidget


def test_a_picture_is_taken_with_a_description_and_stored_in_all_its_sizes(client):
    client.force_login(staff("Editor"))
    answer = client.post(ADD, {**opened(client, ADD), **FIELDS, "picture": an_upload(), "picture_alt": "Pupils plant an oak"})
    article = Article.objects.get()
    assert answer.status_code == 302
    assert (article.picture.width, article.picture.height, len(article.picture.webps)) == (1280, 720, 3)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, describing.MISSING),
        ({"picture_alt": "IMG_1234.jpg"}, describing.FILE_NAME),
        ({"picture_alt": "An oak", "picture_is_decorative": "on"}, describing.BOTH),
        ({"picture_is_decorative": "on"}, None),
    ],
)
def test_a_picture_without_a_description_is_refused_unless_it_is_decorative(client, said, sentence):
    client.force_login(staff("Editor"))
    answer = client.post(ADD, {**opened(client, ADD), **FIELDS, "picture": an_upload(), **said})
    if sentence is None:
        assert (answer.status_code, Article.objects.get().picture_is_decorative) == (302, True)
    else:
        assert answer.context["errors"] == [[sentence]]
        assert not Article.objects.exists()


def test_a_drawing_is_refused_beside_its_field_and_nothing_typed_is_lost(client):
    client.force_login(staff("Editor"))
    upload = an_upload(b"<svg></svg>", "plan.svg")
    page = client.post(ADD, {**opened(client, ADD), **FIELDS, "picture": upload, "picture_alt": "The plan"})
    form = page.context["adminform"].form
    assert form.errors == {"picture": ["SVG drawings are not accepted because they can contain programs. Export it as PNG."]}
    assert form["picture_alt"].value() == "The plan"


def test_the_form_shows_the_picture_and_can_take_it_off(client):
    client.force_login(staff("Editor"))
    article = an_article(picture="news/0123456789abcdef-640x360.jpg", picture_alt="An oak")
    url = reverse("admin:news_article_change", args=[article.pk])
    page = client.get(url)
    assert 'src="/media/news/0123456789abcdef-640x360.jpg"' in page.text
    sent = {**opened(client, url), "picture-clear": "on"}
    sent.pop("picture", None)
    assert client.post(url, sent).status_code == 302
    assert Article.objects.get().picture.name == ""


def test_the_database_itself_refuses_a_picture_that_nobody_described():
    with pytest.raises(IntegrityError, match="article_picture_is_described_or_decorative"), transaction.atomic():
        an_article(picture="news/0123456789abcdef-640x360.jpg")
