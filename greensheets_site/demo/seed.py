from random import Random


def dice(part: str) -> Random:
    """Chance that falls the same way every time, apart for each part, so that a change to one leaves the others as they were."""
    return Random(f"greensheets {part}")  # noqa: S311  nothing here is secret
