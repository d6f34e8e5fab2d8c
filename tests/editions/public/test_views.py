import re
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.urls import reverse

from editions.building import bulletins
from editions.models import Bulletin
from tests.builders import MONDAY, a_role, a_school, a_vacancy, an_authority, an_edition, london

PDF = "/editions/2026-04-27/teaching.pdf"


def a_published_edition(**fields):
    edition = an_edition(MONDAY, published_at=london(2026, 4, 27, 7), **fields)
    bulletins.plan(edition)
    return edition


def with_pdf(edition, content=b"%PDF-1.7 the bulletin", **fields):
    bulletin = edition.bulletins.get(staff_group="teaching")
    bulletin.file.save("teaching.pdf", ContentFile(content), save=False)
    values = {"built_at": london(2026, 4, 27, 6), "digest": "abc", "size": len(content), "file": bulletin.file.name, **fields}
    Bulletin.objects.filter(pk=bulletin.pk).update(**values)
    return bulletin


def read(response) -> bytes:
    """The whole body; reading to the end also closes the file."""
    return b"".join(response.streaming_content)


@pytest.mark.django_db
@pytest.mark.usefixtures("either_storage")
def test_a_published_pdf_has_validators_and_answers_not_modified(client):
    with_pdf(a_published_edition())

    response = client.get(PDF)

    assert read(response) == b"%PDF-1.7 the bulletin"
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "public, max-age=300"
    assert response["ETag"] == '"abc"'
    assert response["Last-Modified"] == "Mon, 27 Apr 2026 05:00:00 GMT"
    assert "Cookie" not in response.get("Vary", "")
    assert client.get(PDF, headers={"if-none-match": '"abc"'}).status_code == 304
    assert read(client.get(PDF, headers={"if-none-match": '"older"'})) == b"%PDF-1.7 the bulletin"


@pytest.mark.django_db
@pytest.mark.usefixtures("either_storage")
def test_a_proof_is_for_staff_only_and_is_never_stored(client, admin_client):
    edition = an_edition(MONDAY)
    bulletins.plan(edition)
    with_pdf(edition)

    assert client.get(PDF).status_code == 404
    response = admin_client.get(PDF)

    assert read(response) == b"%PDF-1.7 the bulletin"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_an_edition_lists_its_adverts_in_a_constant_number_of_queries(client, number, django_assert_num_queries):
    edition = a_published_edition()
    with_pdf(edition, page_of={"GS10001": 4})
    for place in range(number):
        a_vacancy(f"Teacher {place}", role=a_role("teacher"))

    with django_assert_num_queries(8):
        response = client.get(edition.get_absolute_url())

    titles = [
        advert.vacancy.title
        for _, authorities, _ in response.context["groups"]
        for _, adverts in authorities
        for advert in adverts
    ]
    assert titles == [f"Teacher {place}" for place in range(number)]


@pytest.mark.django_db
@time_machine.travel(london(2026, 5, 13, 9), tick=False)
def test_an_edition_tells_hours_and_what_has_closed_and_leads_to_each_area(client):
    edition = a_published_edition()
    a_vacancy("Cook", school=a_school(authority=an_authority("Avonmere")), working_pattern="part_time", hours_per_week="20")
    a_vacancy("Porter", school=a_school(authority=an_authority("Saltmere")), closes_at=london(2026, 5, 20, 12))

    page = client.get(edition.get_absolute_url()).content.decode()

    assert ["Part time, 20 hours a week" in page, "Closed." in page, "Closes 20 May 2026, noon." in page] == [True] * 3
    links, places = re.findall(r'href="#(teaching-\d)"', page), re.findall(r'<h3 id="(teaching-\d)"', page)
    assert links == places == ["teaching-1", "teaching-2"]


@pytest.mark.django_db
def test_the_page_of_an_advert_opens_the_pdf_at_it(client):
    edition, vacancy = a_published_edition(), a_vacancy()
    with_pdf(edition, page_of={vacancy.reference: 6})

    assert f'<a href="{PDF}#nameddest={vacancy.reference}">Page 6</a>' in client.get(edition.get_absolute_url()).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("asked_at", "is_said"), [(None, True), (london(2026, 4, 28, 9), False)])
def test_an_edition_says_what_was_corrected_as_soon_as_the_corrected_pdf_is_there(client, asked_at, is_said):
    edition = a_published_edition()
    with_pdf(edition, revision=1, notes=[{"revision": 1, "note": "Page 4: the closing date is 12 May."}], asked_at=asked_at)

    text = client.get(edition.get_absolute_url()).content.decode()

    assert ("Corrected in the bulletin for teaching staff: Page 4: the closing date is 12 May." in text) == is_said


@pytest.mark.django_db
def test_an_edition_that_is_not_published_has_no_page(client):
    assert client.get(an_edition(MONDAY).get_absolute_url()).status_code == 404
    assert client.get("/editions/2026-13-45/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?year=2026", "?year=1066", "?year=%00", "?year=%F0%9F%8D%8F"])
def test_the_archive_shows_a_good_page_for_any_query(client, query):
    with_pdf(a_published_edition())

    response = client.get(reverse("editions:archive") + query)

    assert [(name, [str(edition.on) for edition in editions]) for name, editions in response.context["terms"]] == [
        ("Summer term 2026", ["2026-04-27"])
    ]
    assert "Teaching staff (PDF&nbsp;21\xa0bytes)" in response.content.decode()


def in_words(html: str) -> str:
    """As a reader sees it, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


@pytest.mark.django_db
def test_the_archive_says_of_each_edition_which_pdfs_are_there_and_which_will_come(client):
    for day, staff_groups, roles in [
        (MONDAY, [], ["teacher", "midday-supervisor"]),
        (date(2026, 4, 20), ["teaching"], ["teacher", "midday-supervisor"]),
        (date(2026, 3, 23), ["teaching"], ["teacher"]),
        (date(2026, 3, 16), [], ["midday-supervisor"]),
        (date(2026, 3, 9), [], []),
    ]:
        edition = an_edition(day, published_at=london(day.year, day.month, day.day, 7))
        bulletins.plan(edition)
        edition.bulletins.filter(staff_group__in=staff_groups).update(file="bulletins/a.pdf", size=4)
        for role in roles:
            a_vacancy(role=role, publish_on=day)

    page = client.get(reverse("editions:archive")).content.decode()

    shown = [in_words(item.split("</section>")[0]) for item in page.split("<h3>")[1:]]
    assert shown == [
        "27 April 2026 The PDFs are not ready yet. They will be here as soon as they are made. "
        "Read it as a web page: edition of 27 April 2026",
        "20 April 2026 Teaching staff (PDF 4 bytes) "
        "The PDF for support staff is not ready yet. It will be here as soon as it is made. "
        "Read it as a web page: edition of 20 April 2026",
        "23 March 2026 Teaching staff (PDF 4 bytes)",
        "16 March 2026 The PDF for support staff is not ready yet. It will be here as soon as it is made. "
        "Read it as a web page: edition of 16 March 2026",
        "9 March 2026 There is no PDF of this edition. Read it as a web page: edition of 9 March 2026",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_the_archive_takes_a_constant_number_of_queries(client, number, django_assert_num_queries):
    for week in range(number):
        day = MONDAY + timedelta(weeks=week)
        edition = an_edition(day, published_at=london(day.year, day.month, day.day, 7))
        bulletins.plan(edition)
        edition.bulletins.filter(staff_group="teaching").update(file="bulletins/a.pdf")
        a_vacancy(role="midday-supervisor", publish_on=day)

    with django_assert_num_queries(6):
        terms = client.get(reverse("editions:archive")).context["terms"]

    assert sum(len(editions) for _, editions in terms) == number


@pytest.mark.django_db
def test_the_page_of_an_edition_says_that_its_pdfs_are_not_ready_or_that_there_are_none(client):
    late, old = a_published_edition(), an_edition(date(2026, 4, 20), published_at=london(2026, 4, 20, 7))
    for role in ("teacher", "midday-supervisor"):
        a_vacancy(role=role)

    pages = [in_words(client.get(edition.get_absolute_url()).content.decode()) for edition in (late, old)]

    assert ["The PDFs are not ready yet. They will be here as soon as they are made." in page for page in pages] == [True, False]
    assert ["There is no PDF of this edition." in page for page in pages] == [False, True]
    assert "Read it as a web page" not in "".join(pages)


@pytest.mark.django_db
def test_an_archive_without_editions_says_so(client):
    assert "No edition has been published yet." in client.get(reverse("editions:archive")).content.decode()


@pytest.mark.django_db
def test_the_feed_lists_published_editions_with_our_own_addresses(client):
    with_pdf(a_published_edition(number=1021), posts=12)
    an_edition(MONDAY.replace(month=6, day=1))

    text = client.get(reverse("editions:feed")).content.decode()

    assert text.count("<entry>") == 1
    assert "https://www.greensheets.example/editions/2026-04-27/" in text
    assert "Issue 1021. Teaching staff: 12 posts." in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "content", "told"),
    [
        ("bytes=0-4", b"%PDF-", "bytes 0-4/21"),
        ("bytes=13-", b"bulletin", "bytes 13-20/21"),
        ("bytes=-3", b"tin", "bytes 18-20/21"),
        ("bytes=18-999", b"tin", "bytes 18-20/21"),
        ("bytes=-999", b"%PDF-1.7 the bulletin", "bytes 0-20/21"),
    ],
)
@pytest.mark.usefixtures("either_storage")
def test_a_part_of_the_pdf_is_sent_to_who_asks_for_one(client, asked, content, told):
    with_pdf(a_published_edition())

    response = client.get(PDF, headers={"range": asked})

    assert (response.status_code, read(response), response["Content-Range"]) == (206, content, told)
    assert (response["Content-Length"], response["Content-Type"], response["ETag"]) == (
        str(len(content)),
        "application/pdf",
        '"abc"',
    )


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["bytes=21-", "bytes=9-3", "bytes=-0", "bytes=999999999999999-"])
@pytest.mark.usefixtures("either_storage")
def test_a_part_that_is_not_there_is_refused_with_the_size(client, asked):
    with_pdf(a_published_edition())

    response = client.get(PDF, headers={"range": asked})

    assert (response.status_code, response["Content-Range"]) == (416, "bytes */21")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "headers",
    [
        {"range": "bytes=0-4,7-9"},
        {"range": "pages=1-2"},
        {"range": "bytes=" + "9" * 400 + "-"},
        {"range": "bytes=0-4", "if-range": '"older"'},
        {},
    ],
)
@pytest.mark.usefixtures("either_storage")
def test_everybody_else_gets_the_whole(client, headers):
    with_pdf(a_published_edition())

    response = client.get(PDF, headers=headers)

    assert (response.status_code, read(response), response["Accept-Ranges"]) == (200, b"%PDF-1.7 the bulletin", "bytes")


@pytest.mark.django_db
@pytest.mark.usefixtures("either_storage")
def test_a_pdf_whose_file_was_just_replaced_is_not_found_rather_than_broken(client):
    bulletin = with_pdf(a_published_edition())
    bulletin.file.storage.delete(bulletin.file.name)

    assert client.get(PDF).status_code == 404
    assert client.get("/editions/2026-04-27/teaching.jpg").status_code == 404


@pytest.mark.django_db
def test_an_advert_says_on_which_page_it_was_printed_and_opens_the_pdf_there(client):
    vacancy = a_vacancy()
    with_pdf(a_published_edition(), page_of={vacancy.reference: 6})

    with time_machine.travel(london(2026, 4, 28, 9)):
        page = client.get(vacancy.get_absolute_url()).content.decode()

    link = f'<a href="{PDF}#nameddest={vacancy.reference}">Also printed in the edition of 27 April 2026, page 6</a>'
    assert link in page


@pytest.mark.django_db
def test_an_advert_that_was_printed_in_nothing_public_says_nothing_of_it(client):
    vacancy = a_vacancy()
    edition = an_edition(MONDAY)
    bulletins.plan(edition)
    with_pdf(edition, page_of={vacancy.reference: 6})

    with time_machine.travel(london(2026, 4, 28, 9)):
        assert "Printed in" not in client.get(vacancy.get_absolute_url()).content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("either_storage")
def test_the_cover_has_validators_of_its_own(client):
    bulletin = with_pdf(a_published_edition())
    bulletin.cover.save("teaching.jpg", ContentFile(b"jpeg"), save=False)
    Bulletin.objects.filter(pk=bulletin.pk).update(cover=bulletin.cover.name)

    response = client.get("/editions/2026-04-27/teaching.jpg")

    assert (read(response), response["Content-Type"], response["ETag"]) == (b"jpeg", "image/jpeg", '"abc-cover"')


@pytest.mark.django_db
def test_an_edition_leads_to_the_published_ones_before_and_after_it(client):
    edition = a_published_edition()
    for on in (date(2026, 4, 6), date(2026, 4, 13), date(2026, 5, 11), date(2026, 5, 18)):
        an_edition(on, published_at=london(on.year, on.month, on.day, 7))
    for on in (date(2026, 4, 20), date(2026, 5, 4)):
        an_edition(on)

    context = client.get(edition.get_absolute_url()).context

    assert (context["previous"].on, context["next"].on) == (date(2026, 4, 13), date(2026, 5, 11))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "listed"),
    [
        (london(2026, 5, 12, 11), [("Cook", None, True), ("Class Teacher", 4, True)]),
        (london(2026, 8, 30), [("Cook", None, False), ("Class Teacher", 4, False)]),
    ],
    ids=["live", "long closed"],
)
def test_an_edition_lists_what_is_approved_and_has_appeared_and_links_it_while_it_has_a_page(client, at, listed):
    edition = a_published_edition()
    teacher = a_vacancy()
    a_vacancy("Cook", role="midday-supervisor")
    a_vacancy("Draft", status="draft")
    a_vacancy("Appears later", publish_on=date(2027, 4, 5), print_from=MONDAY)
    with_pdf(edition, page_of={teacher.reference: 4})

    with time_machine.travel(at, tick=False):
        page = client.get(edition.get_absolute_url())

    groups = page.context["groups"]
    adverts = [advert for _, authorities, _ in groups for _, members in authorities for advert in members]
    found = [(advert.vacancy.title, advert.page, advert.has_page) for advert in adverts]
    assert sorted(found, key=str, reverse=True) == sorted(listed, key=str, reverse=True)
    assert {group.value: count for group, _, count in groups} == {"teaching": 1, "support": 1}
    assert page.text.count("Closes 12 May 2026, noon.") == sum(has_page for _, _, has_page in listed)


@pytest.mark.django_db
@pytest.mark.parametrize(("query", "year"), [("", 2026), ("?year=2025", 2025), ("?year=2024", 2024), ("?year=2023", 2026)])
def test_the_archive_shows_the_year_that_is_asked_for_if_it_has_an_edition_by_term(client, query, year):
    with_pdf(a_published_edition())
    for on in (date(2025, 12, 15), date(2025, 9, 1), date(2025, 3, 31), date(2024, 9, 2)):
        edition = an_edition(on, published_at=london(on.year, on.month, on.day, 7))
        bulletins.plan(edition)
        edition.bulletins.filter(staff_group="support").update(file="" if on.year == 2024 else "bulletins/a.pdf")

    context = client.get(reverse("editions:archive") + query).context

    assert (context["years"], context["year"]) == ([2026, 2025, 2024], year)
    assert [(name, [str(edition.on) for edition in editions]) for name, editions in context["terms"]] == {
        2026: [("Summer term 2026", ["2026-04-27"])],
        2025: [("Autumn term 2025", ["2025-12-15", "2025-09-01"]), ("Spring term 2025", ["2025-03-31"])],
        2024: [("Autumn term 2024", ["2024-09-02"])],
    }[year]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["teaching.pdf", "teaching-print.pdf"])
def test_neither_proof_nor_print_copy_is_for_who_is_logged_in_without_a_role(client, name):
    edition = an_edition(MONDAY)
    bulletins.plan(edition)
    bulletin = with_pdf(edition)
    with_pdf(edition, print_file=bulletin.file.name)
    client.force_login(User.objects.create_user("nobody"))

    assert client.get(f"/editions/2026-04-27/{name}").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "2026-04-27/", "2026-04-27/teaching.pdf", "2026-04-27/teaching.jpg"])
def test_pages_and_pdfs_are_only_read(client, path):
    with_pdf(a_published_edition())

    assert client.post(f"/editions/{path}").status_code == 405


@pytest.mark.django_db
@pytest.mark.usefixtures("either_storage")
def test_who_asks_for_the_head_alone_gets_that_of_the_whole_whatever_part_is_named(client):
    with_pdf(a_published_edition())

    response = client.head(PDF, headers={"range": "bytes=0-4"})

    assert (response.status_code, read(response), response["Content-Length"]) == (200, b"", "21")


@pytest.mark.django_db
def test_an_uploaded_pdf_is_as_old_as_its_upload(client):
    with_pdf(a_published_edition(), built_at=None, uploaded_at=london(2026, 4, 28, 9))

    response = client.get(PDF)

    assert (read(response)[:5], response["Last-Modified"]) == (b"%PDF-", "Tue, 28 Apr 2026 08:00:00 GMT")
