"""How much may be sent: little from visitors, from staff what the page says, and never more than is announced is read."""

import pytest
from django.test import RequestFactory

from greensheets_site.desk import bodies
from tests.desk import staff

KB, MB = 1024, 1024 * 1024


class NeverRead:
    """A body that fails the test when anything looks into it."""

    def read(self, *_args):
        raise AssertionError("This was read before it was refused.")

    readline = read


def sent(client, address, length):
    """The answer to a form of which only the length is known yet."""
    return client.generic(
        "POST", address, "", "multipart/form-data; boundary=x", CONTENT_LENGTH=str(length), **{"wsgi.input": NeverRead()}
    )


@pytest.mark.parametrize(
    "address", ["/contact/", "/mailing-list/", "/u/x/", "/admin/login/", "/admin/editions/edition/upload/", "/nowhere/"]
)
@pytest.mark.django_db
def test_a_visitor_sends_sixty_four_kilobytes_and_more_is_refused_unread(client, address):
    response = sent(client, address, 64 * KB + 1)
    assert response.status_code == 413
    assert "A form can take 64.0" in response.content.decode()


def limit(address, user=None):
    request = RequestFactory().post(address)
    request.user = user
    return bodies.limits(request)[0]


WORDS = 4 * MB


@pytest.mark.django_db
def test_staff_send_what_the_page_says_and_the_words_of_a_form():
    user = staff("Editor")
    addresses = ["vacancies/vacancy/add/", "vacancies/vacancy/7/change/", "vacancies/vacancy/import/", "vacancies/school/import/"]
    addresses += ["editions/edition/upload/", "news/article/add/", "vacancies/school/7/change/", "mailing/subscriber/import/"]
    addresses += ["mailing/subscriber/7/change/", "nowhere/"]
    files = [100 * MB, 100 * MB, 150_000_000, 150_000_000, 80_000_000, 10 * MB, 10 * MB, 3 * MB, 0, 0]
    assert [limit(f"/admin/{address}", user) - WORDS for address in addresses] == files
    assert limit("/contact/", user) == 64 * KB


@pytest.mark.django_db
def test_a_form_that_brings_more_is_refused_in_words_and_one_that_does_not_is_answered(client):
    client.force_login(staff("Publisher"))
    most = 80_000_000 + WORDS
    response = sent(client, "/admin/editions/edition/upload/", most + 1)
    assert (response.status_code, "files of up to 76.3" in response.content.decode()) == (413, True)
    assert sent(client, "/admin/editions/edition/upload/", most).status_code == 200


def test_a_mail_service_may_report_many_at_once():
    assert limit("/anymail/postmark/tracking/") == 2 * MB


@pytest.mark.parametrize(("said", "length"), [("", 0), ("12", 12), ("-1", 0), ("1e9", 0), ("x", 0)])
def test_a_length_that_is_no_number_is_none(said, length):
    assert bodies.announced({"CONTENT_LENGTH": said}) == length
