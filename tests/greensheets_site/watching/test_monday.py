"""The promises of each edition: what staff are told when one is not kept, once, and what they are spared."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection

from editions.building import bulletins
from editions.models import Bulletin
from greensheets_site.models import Judgement, Promise
from greensheets_site.watching import monday
from mailing.models import Delivery, DeliveryKind, DeliveryState, Mailout
from mailing.sending import outbox
from tests.builders import MONDAY, a_break, a_subscriber, a_vacancy, an_edition, london
from vacancies.models import Status
from vacancies.schedule import WEEK

DEADLINE = london(2026, 4, 23, 12)
SEVEN, FIVE_PAST, NINE = london(2026, 4, 27, 7), london(2026, 4, 27, 7, 5), london(2026, 4, 27, 9)
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_colleagues(settings):
    settings.STAFF_EMAILS = ["desk@greensheets.example", "owner@greensheets.example"]


def an_edition_with(teaching=None, support=None, **fields):
    """One with an advert in each bulletin whose PDF is up to date, unless a test says otherwise."""
    edition = an_edition(**fields)
    bulletins.plan(edition)
    a_vacancy()
    a_vacancy("Midday Supervisor", role="midday-supervisor")
    for group, values in (("teaching", teaching), ("support", support)):
        made = {"file": "bulletins/a.pdf", "built_at": DEADLINE, "fingerprint": "as it is"} if values is None else values
        edition.bulletins.filter(staff_group=group).update(**made)
    return edition


@pytest.fixture(autouse=True)
def fingerprints(monkeypatch):
    monkeypatch.setattr(bulletins.composing, "fingerprint", lambda bulletin, digests: "as it is")


def a_finished_mailout(edition, **fields):
    values = {"frozen_at": SEVEN, "finished_at": SEVEN + 9 * MINUTE, **fields}
    return Mailout.objects.create(edition=edition, **values)


def warnings():
    return list(Delivery.objects.filter(kind=DeliveryKind.WARNING).values_list("staff_email", "note"))


def test_a_monday_on_which_all_goes_well_is_not_spoken_of():
    edition = an_edition_with()
    assert monday.judge(DEADLINE) == []
    edition.published_at = SEVEN
    edition.save()
    a_finished_mailout(edition)
    assert [monday.judge(now) for now in (FIVE_PAST, NINE)] == [[], []]
    assert warnings() == []
    assert sorted(Judgement.objects.values_list("promise", "told")) == [("out", ""), ("ready", ""), ("sent", "")]


READY = (
    "The edition of Monday 27 April 2026 is not ready, and its copy deadline has passed: {}. "
    "Approve the drafts or move them to a later Monday; the page of a PDF says what holds it up. "
    "On Monday at 7am the edition goes out as it then is."
)


def test_at_the_deadline_staff_are_told_of_drafts_and_of_a_pdf_that_failed():
    an_edition_with(support={"problem": "The advert of Fernhollow is too long.", "attempts": 3})
    a_vacancy(status=Status.DRAFT)
    note = READY.format("1 advert is still a draft and the PDF for support staff could not be made")
    assert monday.judge(DEADLINE - MINUTE) == []
    assert monday.judge(DEADLINE) == [note]
    assert warnings() == [("desk@greensheets.example", note), ("owner@greensheets.example", note)]


def test_an_edition_without_any_advert_is_not_ready():
    bulletins.plan(an_edition())
    for _ in range(2):
        a_vacancy(status=Status.DRAFT)
    assert monday.judge(DEADLINE) == [READY.format("2 adverts are still drafts and no advert is approved for it")]


def test_each_is_told_once_by_whichever_worker_and_however_often_it_is_started():
    an_edition_with()
    a_vacancy(status=Status.DRAFT)
    assert [len(monday.judge(DEADLINE + minutes * MINUTE)) for minutes in (0, 0, 1, 600)] == [1, 0, 0, 0]
    assert len(warnings()) == 2


def test_a_draft_begun_after_the_deadline_is_the_business_of_whoever_types_it():
    an_edition_with()
    assert monday.judge(DEADLINE) == []
    a_vacancy(status=Status.DRAFT)
    assert monday.judge(DEADLINE + MINUTE) == []


@pytest.mark.parametrize(("now", "told"), [(london(2026, 4, 27, 6, 59), 1), (SEVEN, 0)])
def test_a_worker_asleep_at_the_deadline_tells_of_it_as_long_as_something_can_be_done(now, told):
    an_edition_with()
    a_vacancy(status=Status.DRAFT)
    assert len(monday.judge(now)) == told


def test_an_edition_that_is_not_out_at_five_past_seven_is_told_of():
    an_edition_with()
    Judgement.objects.create(edition_id=Bulletin.objects.first().edition_id, promise=Promise.READY, at=DEADLINE)
    assert monday.judge(FIVE_PAST - timedelta(seconds=1)) == []
    assert monday.judge(FIVE_PAST) == [
        "The edition of Monday 27 April 2026 is not out yet, though it is past 7am. "
        "Its adverts are on the website; the PDFs and the email are late. It comes out by itself once nothing holds it up. "
        "Look at its page at the desk, and tell whoever keeps the site running."
    ]


@pytest.mark.parametrize(
    ("teaching", "support", "which"),
    [
        ({"problem": "The press stopped."}, None, "the PDF for teaching staff"),
        (None, {}, "the PDF for support staff"),
        ({}, {"file": "bulletins/old.pdf", "problem": "Too long."}, "the PDF for teaching staff and the PDF for support staff"),
    ],
    ids=["failed", "never made", "never made, and an old one not made again"],
)
def test_an_edition_that_is_out_without_one_of_its_pdfs_is_told_of(teaching, support, which):
    an_edition_with(teaching, support, published_at=SEVEN)
    assert monday.judge(FIVE_PAST) == [
        f"The edition of Monday 27 April 2026 is out, but {which} could not be made. "
        "The page of the bulletin at the desk names what holds it up: put it right, then ask for the PDF again. "
        "The website and the email do not wait for it."
    ]


def test_a_bulletin_without_adverts_needs_no_pdf():
    edition = an_edition(published_at=SEVEN)
    bulletins.plan(edition)
    a_vacancy()
    edition.bulletins.filter(staff_group="teaching").update(file="bulletins/a.pdf", fingerprint="as it is")
    assert monday.judge(FIVE_PAST) == []


def test_a_worker_that_slept_says_that_the_edition_was_late_and_that_nothing_is_left_to_do():
    edition = an_edition_with(published_at=london(2026, 4, 27, 11, 2))
    a_finished_mailout(edition, frozen_at=london(2026, 4, 27, 11, 2))
    assert monday.judge(london(2026, 4, 27, 11, 3)) == [
        "The edition of Monday 27 April 2026 came out late, on Monday 27 April 2026, 11.02am. "
        "There is nothing left to do for it. Ask whoever keeps the site running why, so that the next one is on time."
    ]


@pytest.mark.parametrize(("days", "told"), [(2, 1), (3, 0), (7, 0)])
def test_of_an_edition_of_long_ago_nobody_is_told(days, told):
    a_finished_mailout(an_edition_with())
    assert len(monday.judge(SEVEN + timedelta(days=days))) == told


def test_an_old_edition_that_is_uploaded_was_never_late():
    edition = an_edition_with(published_at=london(2026, 4, 28, 15))
    edition.bulletins.update(uploaded_at=london(2026, 4, 28, 15))
    assert monday.judge(london(2026, 4, 28, 15, 1)) == []


def test_a_monday_with_a_break_promises_nothing():
    an_edition_with()
    a_break(MONDAY)
    assert [monday.judge(now) for now in (DEADLINE, FIVE_PAST, NINE)] == [[], [], []]


def an_unfinished_mailout(edition, **fields):
    mailout = a_finished_mailout(edition, finished_at=None, **fields)
    for state in (DeliveryState.QUEUED, DeliveryState.QUEUED, DeliveryState.SENT):
        Delivery.objects.create(kind=DeliveryKind.BULLETIN, mailout=mailout, subscriber=a_subscriber(), choice="ts:", state=state)
    return mailout


def judged_at_nine(edition, now=NINE):
    Judgement.objects.create(edition=edition, promise=Promise.OUT, at=FIVE_PAST)
    return monday.judge(now)


START = "The weekly email of Monday 27 April 2026 had not been sent by 9am"


def test_at_nine_staff_are_told_how_far_the_email_is():
    edition = an_edition_with(published_at=SEVEN)
    an_unfinished_mailout(edition)
    assert judged_at_nine(edition) == [
        "The weekly email of Monday 27 April 2026 had not gone to everybody by 9am: 1 sent, 2 waiting. "
        "If the first number keeps growing on its page at the desk, there is nothing to do. "
        "If it does not, tell whoever keeps the site running."
    ]


def test_an_email_that_was_never_begun_is_told_of():
    edition = an_edition_with(published_at=SEVEN)
    assert judged_at_nine(edition) == [
        f"{START}, though the edition is out. Tell whoever keeps the site running; nobody will get it twice when it goes."
    ]


def test_an_email_that_waits_for_its_edition_is_told_of():
    assert judged_at_nine(an_edition_with()) == [
        f"{START}: it is waiting for the edition, which is not out yet, and goes by itself after it."
    ]


def test_an_email_that_is_paused_is_told_of_with_its_reason():
    edition = an_edition_with(published_at=SEVEN)
    an_unfinished_mailout(edition, paused_at=SEVEN + 3 * MINUTE, pause_reason="The mail server refused the log-in.")
    assert judged_at_nine(edition) == [
        f"{START}, because it is paused. The mail server refused the log-in. "
        "Press Resume on its page at the desk, or Cancel for good."
    ]


def test_a_pause_that_was_just_told_is_told_again_after_an_hour_only():
    edition = an_edition_with(published_at=SEVEN)
    an_unfinished_mailout(edition, paused_at=NINE - MINUTE, pause_reason="It is more than 14 hours late.")
    assert judged_at_nine(edition) == []
    assert len(monday.judge(NINE + timedelta(minutes=59))) == 1


def test_an_email_that_staff_cancelled_is_not_missed():
    edition = an_edition_with(published_at=SEVEN)
    an_unfinished_mailout(edition, cancelled_at=SEVEN + MINUTE)
    assert judged_at_nine(edition) == []


def test_the_longest_reason_fits_into_the_warning():
    edition = an_edition_with(published_at=SEVEN)
    an_unfinished_mailout(edition, paused_at=SEVEN, pause_reason="x" * 200)
    (note,) = judged_at_nine(edition)
    assert (len(note) <= 500, note.endswith("Cancel for good.")) == (True, True)


def test_staff_get_it_through_the_outbox():
    an_edition_with()
    a_vacancy(status=Status.DRAFT)
    (note,) = monday.judge(DEADLINE)
    outbox.send_queued(DEADLINE)
    assert [message.to for message in mail.outbox] == [["desk@greensheets.example"], ["owner@greensheets.example"]]
    assert note in " ".join(mail.outbox[0].body.split())


def test_an_edition_that_is_taken_away_takes_its_judgements_along():
    edition = an_edition(MONDAY + WEEK)
    Judgement.objects.create(edition=edition, promise=Promise.READY, at=DEADLINE)
    edition.delete()
    assert not Judgement.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_tell_once(monkeypatch):
    """Both have judged before either writes."""
    an_edition_with()
    a_vacancy(status=Status.DRAFT)
    together, told = threading.Barrier(2), []

    def judge_together(edition, now):
        together.wait(timeout=30)
        return "It is not ready."

    monkeypatch.setitem(monday.JUDGES, Promise.READY, judge_together)

    def work():
        try:
            told.append(monday.judge(DEADLINE))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(told) == [[], ["It is not ready."]]
    assert len(warnings()) == 2
