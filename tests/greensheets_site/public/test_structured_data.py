"""What search engines are told, held against what the page says."""

import json
import re

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.template import Context, Template

from editions.models import Bulletin
from tests.builders import a_vacancy, an_edition, london

NOW = london(2026, 4, 27, 10)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def things(page) -> dict[str, dict]:
    found = [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text)]
    return {thing["@type"]: thing for thing in found}


def test_the_front_page_names_the_publisher_as_its_foot_does(client):
    page = client.get("/")
    publisher = things(page)["Organization"]
    assert publisher["url"] == "https://www.greensheets.example/"
    assert all(publisher[name] in page.text for name in ("name", "telephone", "email", "address"))


def test_an_edition_is_an_issue_of_a_periodical_with_its_pdfs(client):
    edition = an_edition(published_at=NOW, number=1_042)
    a_vacancy()
    Bulletin(edition=edition, staff_group="teaching", size=4, built_at=NOW).file.save("a.pdf", ContentFile(b"%PDF"))
    page = client.get(edition.get_absolute_url())
    issue, steps = things(page)["PublicationIssue"], things(page)["BreadcrumbList"]["itemListElement"]
    assert (issue["issueNumber"], issue["datePublished"]) == (1_042, "2026-04-27T10:00:00+01:00")
    assert "Issue 1042" in page.text
    pdf = "/editions/2026-04-27/teaching.pdf"
    assert [media["contentUrl"] for media in issue["associatedMedia"]] == [f"https://www.greensheets.example{pdf}"]
    assert f'href="{pdf}"' in page.text
    assert [step["name"] for step in steps] == ["Editions", "Monday 27 April 2026"]
    assert 'href="/editions/"' in page.text


def test_an_edition_whose_pdfs_are_not_there_promises_none(client):
    edition = an_edition(published_at=NOW)
    a_vacancy()
    Bulletin(edition=edition, staff_group="teaching").save()
    page = client.get(edition.get_absolute_url())
    assert "associatedMedia" not in things(page)["PublicationIssue"]
    assert f'content="The posts of issue {edition.number} of Greensheets, by authority."' in page.text


def written(data) -> str:
    return Template("{% load structured %}{% json_ld data %}").render(Context({"data": data}))


def test_no_text_ends_the_script_and_every_text_is_read_as_it_was_written():
    text = "</script><!-- & \u2028\u2029 Zoë’s “café” \\u003C"
    script = written({"name": text})
    inside = script.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set(inside) & set("<>&\u2028\u2029")
    assert (json.loads(inside), "Zoë’s “café”" in inside) == ({"name": text}, True)


@pytest.mark.parametrize(
    ("data", "scripts"), [({"a": 1}, 1), ([{"a": 1}, {"b": 2}], 2), ([{"a": 1}, None, {}], 1), (None, 0), ([], 0)]
)
def test_each_thing_has_a_script_of_its_own_and_what_is_not_there_has_none(data, scripts):
    assert written(data).count("<script ") == scripts
