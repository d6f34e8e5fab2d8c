"""What public pages are made of, kept in memory for as long as no content changes.

Whoever answers a request says under which stamp it does (``greensheets_site.page_cache``); what is remembered is then shared by
all pages. Without one, as in development, it is kept for one page. In the back office and in commands nothing is kept.
"""

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Value = TypeVar("Value")
Values = dict[Hashable, Any]

_values: ContextVar[Values | None] = ContextVar("values", default=None)


class Memory:
    """What is remembered under the latest stamp. Stamps can be put in order, and later ones are greater."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stamp: Any = None
        self._values: Values = {}

    @contextmanager
    def under(self, stamp: Any) -> Iterator[None]:
        """For the length of a block, content is as it was at this stamp."""
        with _using(self._of(stamp)):
            yield

    def _of(self, stamp: Any) -> Values:
        """A later stamp starts anew; a page that was begun under an earlier one has a memory of its own."""
        with self._lock:
            if self._stamp is None or self._stamp < stamp:
                self._stamp, self._values = stamp, {}
            return self._values if self._stamp == stamp else {}


@contextmanager
def for_one_page() -> Iterator[None]:
    """For the length of a block, content stays as it is; no more than that is known."""
    values = _values.get()
    with _using({} if values is None else values):
        yield


@contextmanager
def _using(values: Values) -> Iterator[None]:
    token = _values.set(values)
    try:
        yield
    finally:
        _values.reset(token)


def remember(key: Hashable, make: Callable[[], Value]) -> Value:
    """What ``make`` gives, made once. It may depend on content, on the key and on the moment, but not on who asks.

    Keys are made of what staff entered, never of what a reader typed: nothing else bounds how many there are. Threads share
    what is remembered, so nobody may change it.
    """
    values = _values.get()
    if values is None:
        return make()
    if key not in values:
        values[key] = make()
    return values[key]  # type: ignore[no-any-return]  # each key with a type of its own
