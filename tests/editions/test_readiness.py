from datetime import timedelta

import pytest

from editions import readiness, rules
from editions.building import bulletins, composing
from editions.models import Bulletin, Edition
from editions.readiness import PdfState
from tests.builders import MONDAY, a_break, a_vacancy, an_edition, london
from vacancies.models import Status
from vacancies.schedule import WEEK

NOW = london(2026, 4, 23, 9)
SECOND = timedelta(seconds=1)
BUILT = {"file": "bulletins/a.pdf", "built_at": NOW, "pages": 12}


def an_edition_with_bulletins(**fields):
    edition = an_edition(MONDAY, **fields)
    bulletins.plan(edition)
    return edition


def states(edition, now=NOW):
    return [board.state for board in readiness.board(edition, now).bulletins]


def teaching(**values):
    Bulletin.objects.filter(staff_group="teaching").update(**values)
    return Bulletin.objects.select_related("edition").get(staff_group="teaching")


@pytest.mark.django_db
def test_the_board_counts_what_is_ready_and_what_is_still_a_draft():
    edition = an_edition_with_bulletins()
    a_vacancy("Teacher of Art")
    a_vacancy("Teacher of Music", status=Status.DRAFT)
    a_vacancy("Cook", role="midday-supervisor")

    board = readiness.board(edition, NOW)

    assert [(row.label, row.ready, row.drafts) for row in board.bulletins] == [("Teaching staff", 1, 1), ("Support staff", 1, 0)]


@pytest.mark.django_db
def test_a_pdf_goes_from_missing_over_building_to_proof_and_out_of_date():
    edition = an_edition_with_bulletins()
    assert states(edition) == [PdfState.NO_ADVERTS, PdfState.NO_ADVERTS]
    vacancy = a_vacancy()
    assert states(edition)[0] == PdfState.MISSING
    teaching(claimed_at=NOW - timedelta(seconds=30), progress="Setting page 3")
    assert readiness.board(edition, NOW).bulletins[0].sentence == "The PDF is being made. Setting page 3"
    bulletin = teaching(claimed_at=None)
    teaching(
        file="bulletins/a.pdf", built_at=NOW, pages=12, fingerprint=composing.fingerprint(bulletin, composing.digests(bulletin))
    )
    assert readiness.board(edition, NOW).bulletins[0].sentence == (
        "The proof of Thursday 23 April 2026, 9am is up to date: 12 pages."
    )
    vacancy.title = "Class Teacher, Year 4"
    vacancy.save()
    assert states(edition)[0] == PdfState.OUT_OF_DATE


@pytest.mark.django_db
def test_a_failed_pdf_says_why_and_when_it_is_tried_again():
    edition = an_edition_with_bulletins()
    teaching(problem="The disk is full.", next_try_at=london(2026, 4, 23, 10))

    assert readiness.board(edition, NOW).bulletins[0].sentence == (
        "The PDF could not be made: The disk is full. It will be tried again on Thursday 23 April 2026, 10am."
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        (NOW, "Goes live Monday 27 April 2026 at midnight; PDFs and email at 7am."),
        (london(2026, 4, 27, 3), "Its adverts are on the website; PDFs and email go out today at 7am."),
        (london(2026, 4, 27, 8), "It is due: the worker publishes it at its next round."),
    ],
)
def test_one_sentence_says_what_will_happen(now, sentence):
    assert readiness.what_will_happen(an_edition(MONDAY), now) == sentence


@pytest.mark.django_db
def test_a_break_entered_under_an_edition_is_pointed_out():
    edition = an_edition_with_bulletins()
    a_break(MONDAY, "election day")

    assert "A break (election day) is entered for this Monday" in readiness.board(edition, NOW).warning
    assert readiness.next_board(NOW).edition == edition


@pytest.mark.django_db
def test_only_drafts_of_this_monday_and_of_this_staff_group_are_counted():
    edition = an_edition_with_bulletins()
    a_vacancy("Teacher of Art", status=Status.DRAFT)
    a_vacancy("Cook", role="midday-supervisor", status=Status.DRAFT)
    a_vacancy("Cleaner", role="midday-supervisor", status=Status.DRAFT)
    for on in (MONDAY - WEEK, MONDAY + WEEK):
        a_vacancy("Teacher of Music", status=Status.DRAFT, publish_on=on)

    assert [row.drafts for row in readiness.board(edition, NOW).bulletins] == [1, 2]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("published_at", "values", "sentence", "in_short"),
    [
        (None, {}, "No adverts are approved for it, so no PDF will be made.", "Not made yet"),
        (
            None,
            {"claimed_at": NOW - rules.BUILD_LEASE},
            "No adverts are approved for it, so no PDF will be made.",
            "Not made yet",
        ),
        (None, {"claimed_at": NOW - rules.BUILD_LEASE + SECOND, "problem": "x"}, "The PDF is being made.", "Being made"),
        (None, {"problem": "Full."}, "The PDF could not be made: Full.", "Could not be made"),
        (None, BUILT | {"problem": "Full."}, "The PDF could not be made: Full.", "Could not be made"),
        (None, BUILT, "The proof of Thursday 23 April 2026, 9am is up to date: 12 pages.", "Proof"),
        (
            None,
            BUILT | {"fingerprint": "older"},
            "Adverts have changed since the PDF was made on Thursday 23 April 2026, 9am.",
            "Proof",
        ),
        (
            None,
            BUILT | {"held_back": {"GS7": "GS7 Cook is not printed: x."}},
            "An approved advert is not in the PDF, because the press cannot set it. GS7 Cook is not printed: x.",
            "Lacks an approved advert",
        ),
        (
            london(2026, 4, 27, 7),
            BUILT | {"held_back": {"GS7": "One.", "GS8": "Two."}},
            "2 approved adverts are not in the PDF, because the press cannot set them. One. Two.",
            "Lacks an approved advert",
        ),
        (london(2026, 4, 27, 7), BUILT, "Published: 12 pages.", "Published"),
        (london(2026, 4, 27, 7), {"uploaded_at": NOW, "file": "a.pdf", "pages": 8}, "An uploaded PDF of 8 pages.", "Uploaded"),
    ],
)
def test_the_state_of_a_bulletin_is_told_in_a_sentence_and_in_a_word(published_at, values, sentence, in_short):
    an_edition_with_bulletins(published_at=published_at)
    bulletin = teaching()
    bulletin = teaching(**{"fingerprint": composing.fingerprint(bulletin, {}), **values})

    assert readiness.bulletin_board(bulletin, NOW).sentence == sentence
    assert readiness.in_short(bulletin, NOW) == in_short


@pytest.mark.django_db
def test_what_the_press_cannot_set_is_a_warning_of_the_edition():
    edition = an_edition_with_bulletins()
    bulletin = teaching()
    teaching(**BUILT, fingerprint=composing.fingerprint(bulletin, {}), held_back={"GS7": "GS7 Cook is not printed."})

    assert readiness.board(edition, NOW).warning == (
        "Teaching staff: An approved advert is not in the PDF, because the press cannot set it. GS7 Cook is not printed."
    )


@pytest.mark.django_db
def test_what_was_published_is_past_warning():
    edition = an_edition_with_bulletins(published_at=london(2026, 4, 27, 7))
    a_break(MONDAY)

    board = readiness.board(edition, london(2026, 4, 27, 8))

    assert (board.sentence, board.warning) == ("Published on Monday 27 April 2026, 7am.", "")


@pytest.mark.django_db
def test_staff_work_on_the_next_edition_that_is_not_published():
    assert readiness.next_board(NOW) is None
    an_edition(MONDAY - WEEK)
    an_edition(MONDAY, published_at=NOW)
    for on in (MONDAY + 2 * WEEK, MONDAY + WEEK):
        an_edition(on)

    assert readiness.next_board(NOW).edition.on == MONDAY + WEEK


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        (london(2026, 4, 27, 6, 59), "Its adverts are on the website; PDFs and email go out today at 7am."),
        (london(2026, 4, 27, 7), "It is due: the worker publishes it at its next round."),
    ],
)
def test_an_edition_is_due_from_seven_on(at, sentence):
    assert readiness.what_will_happen(Edition(on=MONDAY), at) == sentence
