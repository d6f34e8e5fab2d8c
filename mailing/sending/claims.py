"""What a sender has in hand. A claim is a moment in a row; it is renewed for as long as the mail server takes its time.

So the lease can be short (who is killed renews nothing, and another takes over within minutes) and patience long.
"""

import threading
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection

from .. import rules
from ..models import Delivery, DeliveryState


class Claims:
    def __init__(self, clock: Callable[[], datetime]):
        self._clock = clock
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._held: dict[int, tuple[datetime, datetime]] = {}  # When each was claimed first, and last.
        self._keeper: threading.Thread | None = None

    def take(self, delivery: Delivery) -> bool:
        at = self._clock()
        taken = Delivery.objects.claim(delivery, at)
        if taken:
            with self._lock:
                self._held[delivery.pk] = at, at
        return taken

    def settle(self, delivery: Delivery, write: Callable[[datetime], object]) -> None:
        """Write down what became of it, under the moment at which the claim stands; nothing is renewed meanwhile."""
        with self._lock:
            _, at = self._held.pop(delivery.pk)
            write(at)

    def renew(self) -> None:
        now = self._clock()
        with self._lock:
            for pk, (first, last) in self._held.items():
                ours = Delivery.objects.filter(pk=pk, state=DeliveryState.SENDING, claimed_at=last)
                if now - first < rules.LONGEST_CLAIM and ours.update(claimed_at=now):
                    self._held[pk] = first, now

    def keep(self) -> None:
        """Renew in the background, from a connection to the database of its own, until ``close``."""
        self._keeper = threading.Thread(target=self._renew_until_over, name="claims", daemon=True)
        self._keeper.start()

    def close(self) -> None:
        self._over.set()
        if self._keeper:
            self._keeper.join()

    def _renew_until_over(self) -> None:
        try:
            while not self._over.wait(settings.MAILING_LEASE / 3):
                try:
                    self.renew()
                except DatabaseError:  # it is tried again before the lease is over
                    connection.close()
        finally:
            connection.close()
