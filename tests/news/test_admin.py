import pytest
import time_machine
from django.urls import reverse

from news.models import Article
from richtext.editor import HtmlWidget
from tests.builders import an_article, london
from tests.desk import opened, staff

pytestmark = pytest.mark.django_db
LIST = reverse("admin:news_article_changelist")


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
