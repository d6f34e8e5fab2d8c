"""Items that follow each other become one list again, inner lists within their items.

Each was measured alone and stands in all the lists around it; a screen reader counts them together.
"""

import re
from collections.abc import Iterable

OPENING = re.compile(r'<(ul|ol)(?: class="([^"]*)")?><li( class="on")?>')
CLOSING = re.compile(r"</li></(ul|ol)>")
CLOSINGS = re.compile(r"(?:</li></(?:ul|ol)>)+\Z")


def joined(pieces: Iterable[str]) -> str:
    out: list[str] = []
    for piece in pieces:
        out += fitted(out.pop(), piece) if out else [piece]
    return "".join(out)


def fitted(above: str, below: str) -> tuple[str, str]:
    """The end of what stands above without its closing tags, and what follows without the opening ones, as far as they agree."""
    opened = openings(below)
    match = CLOSINGS.search(above)
    if not opened or not match:
        return above, below
    closed = list(reversed(CLOSING.findall(match[0])))
    shared = sum(1 for tag, _, is_on, _ in opened if is_on)  # lists in whose open item it stands
    if len(closed) < shared or [tag for tag, *_ in opened[:shared]] != closed[:shared]:
        return above, below
    fits = len(opened) > shared and closed[shared : shared + 1] == [opened[shared][0]] and continues(*opened[shared][:2])
    kept = "".join(f"</li></{tag}>" for tag in reversed(closed[shared + fits :])) + ("</li>" if fits else "")
    begin = opened[shared - 1][3] if shared else 0
    if fits:
        begin = opened[shared][3] - len("<li>")
    return above[: match.start()] + kept, below[begin:]


def openings(piece: str) -> list[tuple[str, str, bool, int]]:
    """The lists that a piece begins with: tag, classes, whether their item goes on, and where that item's tag ends."""
    found: list[tuple[str, str, bool, int]] = []
    place = 0
    while match := OPENING.match(piece, place):
        place = match.end()
        found.append((match[1], match[2] or "", bool(match[3]), place))
    return found


def continues(tag: str, classes: str) -> bool:
    """Whether an item belongs to the list of the one above it: a numbered list that begins anew is another."""
    return tag == "ul" or "from-" in classes
