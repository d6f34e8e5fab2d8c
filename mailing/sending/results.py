"""What came of a mailout: for staff to look at while it goes, and as a table afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from ..models import DeliveryState, Mailout

HEADER = ["email", "state", "attempts", "sent", "bounced", "in doubt", "answer of the mail server", "Message-ID"]


@dataclass(frozen=True)
class Board:
    """The numbers of a mailout as they are at one moment; ``excluded`` and the states always add up to ``candidates``."""

    candidates: int
    excluded: int
    states: list[tuple[str, int, str]]
    done: int
    total: int

    @property
    def adds_up(self) -> bool:
        return self.candidates == self.excluded + self.total


def board(mailout: Mailout) -> Board:
    progress = mailout.progress()
    waiting = progress[DeliveryState.QUEUED] + progress[DeliveryState.SENDING]
    total = sum(progress.values())
    return Board(
        candidates=mailout.candidates,
        excluded=mailout.excluded,
        states=[(state.label, progress[state], state.value) for state in DeliveryState],
        done=total - waiting,
        total=total,
    )


def rows(mailout: Mailout) -> Iterator[list[object]]:
    """One row for each reader of a mailout, addresses and all: for people with the permission to see readers."""
    for delivery in mailout.deliveries.weekly().select_related("subscriber").order_by("pk").iterator(chunk_size=500):
        yield [
            (delivery.subscriber and delivery.subscriber.email) or "(erased)",
            delivery.get_state_display(),
            delivery.attempts,
            _moment(delivery.sent_at),
            _moment(delivery.bounced_at),
            delivery.doubts,
            delivery.smtp_reply,
            delivery.message_id,
        ]


def _moment(moment: datetime | None) -> str:
    return f"{localtime(moment):%Y-%m-%d %H:%M:%S}" if moment else ""
