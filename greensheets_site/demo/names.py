"""Names of invented schools, trusts and people."""

from collections.abc import Iterator
from random import Random

from .data import read

_NAMES: dict[str, list[str]] = read("names")
TRUSTS = _NAMES["trusts"]


def invented_places(dice: Random) -> Iterator[str]:
    """Village-like names without end, each once: ``Fernhollow``, then ``Upper Fernhollow``."""
    pairs = [first + last for first in _NAMES["first_parts"] for last in _NAMES["last_parts"] if first[-1] != last[0]]
    dice.shuffle(pairs)
    yield from pairs
    for prefix in ("Upper", "Nether", "East", "West"):
        yield from (f"{prefix} {name}" for name in pairs)


def saint(dice: Random) -> str:
    return dice.choice(_NAMES["saints"])


def formal_person(dice: Random) -> str:
    """``Mrs E. Trevanion``, as the heads of schools are named in adverts."""
    title = dice.choice(["Mr", "Mrs", "Ms", "Miss", "Mr", "Mrs", "Dr"])
    return f"{title} {dice.choice('ABCDEFGHJKLMNPRSTW')}. {dice.choice(_NAMES['surnames'])}"


def person(dice: Random) -> tuple[str, str]:
    return dice.choice(_NAMES["first_names"]), dice.choice(_NAMES["surnames"])


def telephone(dice: Random) -> str:
    """Of the numbers that Ofcom sets aside for drama: nobody's telephone rings."""
    return f"01632 960{dice.randrange(1000):03}"
