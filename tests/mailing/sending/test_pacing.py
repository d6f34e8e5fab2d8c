"""Relays that take so many in a while: nobody is lost, nothing is paused, and people who wait for an answer come first."""

from datetime import timedelta

import pytest

from mailing.models import Delivery, Mailout, Pace
from mailing.sending import outbox, pacing
from tests.builders import a_subscriber, a_vacancy, an_edition, london

from ..sink import ACCEPTED, Sink

pytestmark = [pytest.mark.one_database, pytest.mark.django_db(transaction=True)]
SEVEN = london(2026, 4, 27, 7)
SECOND = timedelta(seconds=1)


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self):
        self.now, self.slept = 0.0, []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept.append(seconds)


@pytest.fixture
def clock(monkeypatch, settings):
    settings.MAILING_CONNECTIONS = 1
    clock = Clock()
    monkeypatch.setattr(outbox, "time", clock)
    return clock


def a_mailout(count: int) -> Mailout:
    a_vacancy()
    for number in range(count):
        a_subscriber(f"reader{number:03}@school{number}.example")
    mailout = outbox.prepare_mailout(an_edition(published_at=SEVEN), SEVEN)
    assert mailout
    return mailout


def rounds(clock: Clock, minutes: int) -> None:
    """What the worker does: a round, and a new one as soon as it is over."""
    began = clock.now
    while clock.now - began < minutes * 60 and Delivery.objects.filter(state="queued").exists():
        outbox.send_queued(SEVEN + timedelta(seconds=clock.now))
        clock.sleep(10)


def ten_in_ten_seconds(clock: Clock):
    taken: list[float] = []

    def answer(number: int, to: str) -> str:
        taken[:] = [at for at in taken if clock.now - at < 10]
        if len(taken) >= 10:
            return "451 4.7.1 Too many messages, slow down"
        taken.append(clock.now)
        return ACCEPTED

    return answer


def test_a_relay_that_takes_ten_in_ten_seconds_gets_everybody_in_time_and_nobody_has_to_press_resume(clock, serve):
    sink = serve(Sink(ten_in_ten_seconds(clock)))
    mailout = a_mailout(120)
    rounds(clock, minutes=12)
    mailout.refresh_from_db()
    assert (mailout.state, mailout.pause_reason, mailout.failures_in_row) == ("Finished", "", 0)
    assert (len(sink.taken), set(sink.per_reader().values())) == (120, {1})


def test_whoever_is_put_off_by_a_rate_uses_up_none_of_their_tries(clock, serve):
    serve(Sink(lambda number, to: "451 4.7.1 Slow down"))
    mailout = a_mailout(2)
    outbox.send_queued(SEVEN)
    assert set(mailout.deliveries.values_list("state", "attempts")) == {("queued", 0)}
    late = SEVEN + timedelta(hours=10, minutes=20)
    Delivery.objects.update(next_try_at=None)
    outbox.send_queued(late)
    assert set(mailout.deliveries.values_list("state", "attempts")) == {("queued", 1)}


@pytest.mark.parametrize(("in_row", "seconds"), [(0, 0), (2, 0), (3, 1), (4, 2), (5, 4), (8, 32), (9, 60), (30, 60), (1000, 60)])
def test_the_distance_doubles_with_each_later_in_a_row_from_the_third(in_row, seconds):
    assert pacing.gap_after(in_row) == timedelta(seconds=seconds)


def test_it_shrinks_again_with_each_that_is_taken():
    for _ in range(40):
        pacing.slower(SEVEN)
    assert Pace.objects.get().put_off_in_row == 40
    for _ in range(9):
        assert pacing.is_set()
        pacing.faster()
    assert not pacing.is_set()


def test_a_limit_a_minute_holds_for_all_senders_together(settings):
    settings.MAILING_PER_MINUTE = 30
    assert [pacing.wait(SEVEN), pacing.wait(SEVEN), pacing.wait(SEVEN + 2 * SECOND)] == [timedelta(0), 2 * SECOND, timedelta(0)]


def test_a_moment_that_a_wrong_clock_wrote_holds_nobody_up(settings):
    settings.MAILING_PER_MINUTE = 30
    Pace.objects.create(pk=1, next_at=SEVEN + timedelta(days=400))
    assert pacing.wait(SEVEN) == timedelta(0)


def test_a_limit_is_kept_and_whoever_waits_for_an_answer_does_not_wait_for_it(clock, serve, settings):
    settings.MAILING_PER_MINUTE = 6
    seen: list[tuple[str, float]] = []

    def answer(number: int, to: str) -> str:
        seen.append((to[:6], clock.now))
        if number == 1:
            asks = a_subscriber("asks@x.example", confirmed_at=None)
            asks.consent_events.create(kind="requested", at=SEVEN, how="form", wording="Yes", choice="ts:")
            Delivery.objects.create(kind="confirmation", subscriber=asks, created_at=SEVEN)
        return ACCEPTED

    serve(Sink(answer))
    a_mailout(3)
    outbox.send_queued(SEVEN)
    assert [who for who, _ in seen] == ["reader", "asks@x", "reader", "reader"]
    moments = dict.fromkeys(round(at) for who, at in seen if who == "reader")
    assert list(moments) == [0, 10, 20]


def test_a_run_ends_when_its_next_turn_comes_after_it(clock, serve, settings):
    settings.MAILING_PER_MINUTE = 1
    sink = serve(Sink())
    a_mailout(3)
    assert outbox.send_queued(SEVEN, budget=timedelta(seconds=50)) == 1
    assert (len(sink.taken), clock.slept) == (1, [])


def test_a_few_of_each_large_provider_go_first_and_then_everybody_in_the_order_of_their_choices():
    a_vacancy()
    for number in range(22):
        a_subscriber(f"reader{number:03}@gmail.com", wants_support=number % 2 == 0)
    a_subscriber("anna@school.example", wants_support=False)
    outbox.prepare_mailout(an_edition(published_at=SEVEN), SEVEN)
    order = list(Delivery.objects.order_by("pk").values_list("provider", "choice"))
    assert [provider for provider, _ in order[:20]] == ["Gmail"] * 20
    assert {provider for provider, _ in order[20:]} == {"Gmail", "school.example"}
    assert [choice for _, choice in order[20:]] == sorted(choice for _, choice in order[20:])
