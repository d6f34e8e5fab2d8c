"""A storage that does not answer: said once, asked again ever more rarely, so that nobody waits for it in vain."""

import logging
import threading
import time

logger = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 60.0  # seconds


class StorageAway(Exception):
    """The storage for files does not answer. Not an OSError: what takes those for missing files must not take this for one."""


class Outage:
    """What one process knows of its storage. While it is away only one question in a while is really asked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures, self._began, self._until = 0, 0.0, 0.0

    def must_be_over(self) -> None:
        """Raises ``StorageAway`` at once if the storage failed a moment ago."""
        if time.monotonic() < self._until:
            raise StorageAway("The file storage did not respond a moment ago.")

    def failed(self, error: Exception, waited: float = 0.0) -> StorageAway:
        """Count a failure after so many seconds of waiting; the exception to raise."""
        with self._lock:
            now = time.monotonic()
            if not self._failures:
                self._began = now
                logger.error("The file storage is not responding; it will be tried again until it does: %s", error)
            pause = max(FIRST_PAUSE * 2 ** min(self._failures, 10), 3 * waited)  # At least three quarters are not spent waiting.
            self._until = now + min(pause, LONGEST_PAUSE)
            self._failures += 1
        return StorageAway(f"The file storage is not responding: {error}")

    def answered(self) -> None:
        if not self._failures:
            return
        with self._lock:
            if self._failures:
                seconds = time.monotonic() - self._began
                logger.warning(
                    "The file storage is responding again, after %.0f seconds and %d failures", seconds, self._failures
                )
            self._failures, self._until = 0, 0.0
