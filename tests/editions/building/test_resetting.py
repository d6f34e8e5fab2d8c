"""An archived bulletin is what was printed: what was corrected changes in its place, and a contact leaves its room empty."""

from datetime import timedelta

import pypdfium2
import pytest
import time_machine

from editions.building import bulletins
from editions.models import Bulletin
from mailing.readers import retention
from tests.builders import MONDAY, a_school, a_vacancy, an_authority, an_edition, london
from vacancies.models import Vacancy

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SUNDAY, TUESDAY, AUTUMN = london(2026, 4, 26, 12), london(2026, 4, 28, 9), london(2026, 9, 1, 9)
BODY = "<p>We are a friendly school beside the river and are looking for a colleague.</p>" * 6


def published(number=8) -> Bulletin:
    for place in range(number):
        a_vacancy(f"Post {place}", body=BODY, contact_name=f"Mrs Pell-{place}", visits="")
    edition = an_edition(MONDAY)
    bulletins.plan(edition)
    bulletins.build(edition, "teaching", SUNDAY)
    edition.published_at = london(2026, 4, 27, 7)
    edition.save()
    return bulletin_now()


def bulletin_now() -> Bulletin:
    return Bulletin.objects.select_related("edition").get(staff_group="teaching")


def pages_of(bulletin) -> list[str]:
    with pypdfium2.PdfDocument(bulletin.file.path) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def places_of(bulletin, *words) -> dict[str, list[float]]:
    """Where the lines that begin with these words stand: page and distance from its foot."""
    found: dict[str, list[float]] = {}
    with pypdfium2.PdfDocument(bulletin.file.path) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for word in words:
                match = text.search(word, match_case=True)
                while at := match.get_next():
                    found.setdefault(word, []).append((number, round(text.get_charbox(at[0])[1], 1)))
    return found


def first_of(places: dict[str, list]) -> dict[str, list]:
    return {word: found[:1] for word, found in places.items()}


def corrected(note: str, at=TUESDAY) -> Bulletin:
    bulletins.ask(bulletin_now(), at, note=note)
    assert bulletins.build_due(at, limit=1)
    return bulletin_now()


@time_machine.travel(TUESDAY, tick=False)
def test_a_correction_changes_its_advert_and_a_withdrawn_one_leaves_a_notice_in_its_place():
    before = published()
    words = ["Post 0", "Post 1", "Post 3", "Post 4", "Post 5", "Post 6", "Post 7"]
    stood = places_of(before, *words)
    Vacancy.objects.filter(title="Post 2").update(title="Second Post")
    Vacancy.objects.filter(title="Post 5").update(status="withdrawn")

    after = corrected("The title of GS10003.")

    text = " ".join(pages_of(after)).replace("\r\n", " ")
    gone = Vacancy.objects.get(title="Post 5").reference
    assert (after.problem, after.page_of) == ("", {name: page for name, page in before.page_of.items() if name != gone})
    assert {word: place[:1] for word, place in places_of(after, *words).items()} == {
        word: place[:1] for word, place in stood.items()
    }
    assert ["Second Post" in text, f"{gone} was withdrawn on 28 April 2026." in text, "7 posts this week" in text] == [True] * 3
    assert "Revision 1, 28 April 2026" in text

    Vacancy.objects.filter(title="Post 1").update(title="First Post")
    again = corrected("The title of GS10002.", TUESDAY + timedelta(hours=1))

    assert [note["note"] for note in again.notes] == ["The title of GS10003.", "The title of GS10002."]
    text = " ".join(pages_of(again)).replace("\r\n", " ")
    assert "Revision 2, 28 April 2026: The title of GS10002. Revision 1, 28 April 2026: The title of GS10003." in text


@time_machine.travel(TUESDAY, tick=False)
def test_what_does_not_fit_in_its_place_moves_others_and_the_cover_says_which_pages_differ():
    published()
    Vacancy.objects.filter(title="Post 0").update(body=BODY * 4)

    after = corrected("The text of GS10001.")

    assert (after.problem, after.notes[0]["note"]) == (
        "",
        "The text of GS10001. Pages 1 to 3 are not as they were printed.",
    )


def test_blanking_contacts_moves_nothing_shows_no_later_change_and_touches_an_edition_once():
    before = published(4)
    words = ["Post 0", "Post 1", "Post 2", "Post 3", "Closes", "Email"]
    stood = places_of(before, *words)
    Vacancy.objects.filter(title="Post 3").update(title="Never printed", pay_scale="Never printed")
    Vacancy.objects.filter(title="Post 2").update(closes_at=AUTUMN - timedelta(days=1))
    retention.purge(AUTUMN)

    assert bulletins.build_due(AUTUMN) == [before]

    after = bulletin_now()
    text = " ".join(pages_of(after))
    assert ("Pell" in text, "Never printed" in text, after.named, after.revision, after.notes) == (False, False, [], 0, [])
    assert (places_of(after, *words), after.page_of) == (stood, before.page_of)
    retention.purge(AUTUMN + timedelta(weeks=20))
    assert bulletins.build_due(AUTUMN + timedelta(weeks=20)) == []


@time_machine.travel(TUESDAY, tick=False)
def test_neither_a_new_authority_nor_a_new_deadline_changes_what_was_published(press):
    published(1)
    a_school(authority=an_authority("Zennor"))

    assert bulletins.is_out_of_date(bulletin_now()) is False
