"""What was probably meant by a word that no advert has: few letters away, and said often."""

from collections.abc import Callable, Mapping
from itertools import pairwise

from .stemming import plain
from .words import NOT, is_quoted

MOST_CORRECTED = 6  # words
SHORTEST_CORRECTED = 4  # letters
TWO_SLIPS = 8  # letters: from here on two may be wrong


def distance(one: str, other: str, most: int) -> int:
    """Letters to put in, leave out, change, or change over with the next; ``most + 1`` for all that are further apart."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for down, letter in enumerate(one, 1):
        above, row = row, [down] + [0] * len(other)
        for across, its in enumerate(other, 1):
            row[across] = min(above[across] + 1, row[across - 1] + 1, above[across - 1] + (letter != its))
            if down > 1 and across > 1 and letter == other[across - 2] and one[down - 2] == its:
                row[across] = min(row[across], before[across - 2] + 1)
        if min(row) > most:
            return most + 1
        before = above
    return row[-1]


def slips(word: str) -> int:
    """How many may be wrong in a word of this length."""
    if len(word) < SHORTEST_CORRECTED or not word.isalpha():
        return 0
    return 2 if len(word) >= TWO_SLIPS else 1


def nearest(word: str, vocabulary: Mapping[str, int]) -> str:
    """The nearest word; of several as near the most frequent."""
    most = slips(word)
    if not most:
        return ""
    near = [
        (away, -often, known)
        for known, often in vocabulary.items()
        if abs(len(known) - len(word)) <= most and known[0] in word[:2] and slips(known)
        if 0 < (away := distance(word, known, most)) <= most
    ]
    return min(near)[2] if near else ""


def corrected(words: list[str], is_unknown: Callable[[str], bool], vocabulary: Mapping[str, int]) -> list[str]:
    """The words with each unknown one replaced by the one that was probably meant, or taken apart.

    What is not wanted is left: "no weekends" asks for nothing that an advert says, and for no other word either.
    """
    found: list[str] = []
    for before, word in pairwise(["", *words]):
        bare = plain(word)
        is_wrong = (
            before.lower() not in NOT
            and not is_quoted(word)
            and " " not in bare
            and len(found) < MOST_CORRECTED
            and is_unknown(bare)
        )
        meant = (nearest(bare, vocabulary) or _apart(bare, vocabulary)) if is_wrong else ""
        found.append(meant or word)
    return found


def _apart(word: str, vocabulary: Mapping[str, int]) -> str:
    """``teachingassistant``: two words that were run together."""
    pairs = [
        (min(vocabulary[word[:at]], vocabulary[word[at:]]), f"{word[:at]} {word[at:]}")
        for at in range(SHORTEST_CORRECTED, len(word) - SHORTEST_CORRECTED + 1)
        if word[:at] in vocabulary and word[at:] in vocabulary
    ]
    return max(pairs)[1] if pairs else ""
