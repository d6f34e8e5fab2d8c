"""Which adverts a bulletin prints, in which order, and when its PDF no longer says what they say."""

from datetime import date

import pytest

from editions.building import bulletins, composing
from editions.models import Bulletin
from tests.builders import MONDAY, a_role, a_school, a_term, a_vacancy, an_authority, an_edition, london
from vacancies.models import RoleType, Vacancy

pytestmark = pytest.mark.django_db


def a_bulletin(**fields) -> Bulletin:
    edition = an_edition(MONDAY, **fields)
    bulletins.plan(edition)
    return edition.bulletins.select_related("edition").get(staff_group="teaching")


def adverts_in_the_order_of_print() -> list[Vacancy]:
    """Entered in another order; each row is told from the one before it by the next thing that decides."""
    avon, hale = (
        a_school("Avon School", authority=an_authority("Avonmere")),
        a_school("Hale", authority=an_authority("Haleworth")),
    )
    found = {
        "another authority": a_vacancy("Aide", school=hale, role="headteacher"),
        "a later type of post": a_vacancy("Aide", school=avon, role="assistant-headteacher"),
        "a later title": a_vacancy("Teacher of Music", school=avon, role="headteacher"),
        "the first": a_vacancy("Teacher of Art", school=avon, role="headteacher"),
        "entered later": a_vacancy("Teacher of Art", school=avon, role="headteacher"),
    }
    order = ["the first", "entered later", "a later title", "a later type of post", "another authority"]
    return [found[name] for name in order]


def test_a_bulletin_prints_authorities_by_name_then_types_of_post_by_their_place_then_titles():
    wanted = adverts_in_the_order_of_print()
    assert list(composing.adverts(a_bulletin())) == wanted


def test_types_of_post_that_share_a_place_stand_in_the_order_of_their_names():
    school = a_school()
    RoleType.objects.filter(slug__in=["teacher", "senco"]).update(position=3)
    teacher, senco = a_vacancy("A", school=school, role="teacher"), a_vacancy("B", school=school, role="senco")
    assert a_role("senco").name < a_role("teacher").name
    assert list(composing.adverts(a_bulletin())) == [senco, teacher]


def test_what_is_set_again_as_it_was_printed_keeps_the_order_of_print_whatever_became_of_it():
    wanted = adverts_in_the_order_of_print()
    bulletin = a_bulletin()
    bulletin.page_of = {advert.reference: 1 for advert in sorted(wanted, key=lambda advert: advert.pk)}
    a_vacancy("Came later", school=wanted[0].school)
    Vacancy.objects.filter(pk__in=[advert.pk for advert in wanted]).update(status="withdrawn", print_from=None, print_until=None)

    assert list(composing.adverts(bulletin, as_printed=True)) == wanted
    assert list(composing.digests(bulletin, as_printed=True)) == [advert.reference for advert in wanted]


def fingerprint(bulletin: Bulletin) -> str:
    bulletin = Bulletin.objects.select_related("edition").get(pk=bulletin.pk)
    return composing.fingerprint(bulletin, composing.digests(bulletin))


@pytest.mark.parametrize(
    ("change", "is_out_of_date"),
    [
        (lambda advert: Vacancy.objects.update(title="Class teacher"), True),
        (lambda advert: type(advert.school).objects.update(name="Fernhollow School"), True),
        (lambda advert: type(advert.school).objects.update(head="Ms J. Fry"), True),
        (lambda advert: RoleType.objects.filter(pk=advert.role_type_id).update(name="Teachers"), True),
        (lambda advert: RoleType.objects.filter(pk=advert.role_type_id).update(position=99), True),
        (lambda advert: Bulletin.objects.update(notes=[{"revision": 1, "on": "2026-04-28", "note": "Page 1."}]), True),
        (lambda advert: an_authority("Haverleigh"), True),
        (lambda advert: type(advert.school).objects.update(website="https://fernhollow.example"), False),
        (lambda advert: Vacancy.objects.update(publish_on=date(2026, 4, 20)), False),
    ],
    ids=["title", "school", "head", "type of post", "its place", "note", "cover", "website", "day on the web"],
)
def test_a_pdf_is_out_of_date_when_anything_that_it_prints_has_changed(change, is_out_of_date):
    advert, bulletin = a_vacancy(), a_bulletin()
    before = fingerprint(bulletin)
    change(advert)
    assert (fingerprint(bulletin) != before) == is_out_of_date


def test_another_order_of_the_same_adverts_is_another_bulletin():
    bulletin = a_bulletin()
    assert composing.fingerprint(bulletin, {"GS1": "a", "GS2": "b"}) != composing.fingerprint(bulletin, {"GS2": "b", "GS1": "a"})


def test_the_cover_names_the_next_issue_and_the_deadline_that_staff_have_set():
    a_term()
    bulletin = a_bulletin()
    assert composing.next_issue_and_deadline(bulletin.edition) == ("Monday 4 May", "Thursday 30 April, noon")
    an_edition(date(2026, 5, 4), copy_deadline_at=london(2026, 4, 29, 17))
    assert composing.next_issue_and_deadline(bulletin.edition) == ("Monday 4 May", "Wednesday 29 April, 5pm")
