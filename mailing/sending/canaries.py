"""Who goes first."""

from collections import Counter

from .. import rules
from ..models.choices import Choice


def canaries_first(readers: list[tuple[Choice, int, str]]) -> list[tuple[Choice, int, str]]:
    """A few readers of each large provider go first, so that one that refuses us is held before it has refused everybody."""
    of = Counter(provider for _, _, provider in readers)
    first: list[tuple[Choice, int, str]] = []
    rest: list[tuple[Choice, int, str]] = []
    seen: Counter[str] = Counter()
    for reader in readers:
        provider = reader[2]
        seen[provider] += 1
        (first if seen[provider] <= rules.CANARY < of[provider] else rest).append(reader)
    return first + rest
