"""Where a link really leads, and which words are links though nobody marked them."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from .lines import Run

MOST_REDIRECTS = 5  # within one another; nobody's mail filter wraps more, and each is read whole
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\\]+")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:\d{1,5})?")
_EMAIL = r"[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+"
_IS_EMAIL = re.compile(_EMAIL)
_IS_TELEPHONE = re.compile(r"tel:\+?[\d().-]{3,20}(;ext=\d+)?", re.IGNORECASE)
_LOOKS_LIKE_LINK = re.compile(rf"(?<![\w@./:+'-])(?:https?://[^\s<>\"]+|www\.[^\s<>\"]+|{_EMAIL})", re.IGNORECASE)
_MAY_HOLD_LINK = re.compile(r"@|://|www\.", re.IGNORECASE)
_URL_DEFENSE = re.compile(r"https://urldefense(?:\.proofpoint)?\.com/v3/__(.+?)__;", re.IGNORECASE)


def clean_href(href: str) -> str:
    """The address to link to: absolute, on the web, a mailbox or a telephone; empty if there is none."""
    href = _bare(href)
    for _ in range(MOST_REDIRECTS + 1):
        if (inner := _unwrapped(href)) == href:
            break
        href = inner
    else:
        return ""
    scheme = _SCHEME.match(href)
    match scheme[1].lower() if scheme else "":
        case "http" | "https":
            return _web_address(href)
        case "mailto":
            return "mailto:" + href[7:] if _IS_EMAIL.fullmatch(unquote(href[7:].split("?")[0])) else ""
        case "tel":
            number = "tel:" + href[4:].replace("%20", "")
            return number if _IS_TELEPHONE.fullmatch(number) else ""
    return address_of(href)


def address_of(words: str) -> str:
    """What words that look like an address link to: ``www.`` gets its scheme, a mailbox its ``mailto:``."""
    if _IS_EMAIL.fullmatch(words):
        return f"mailto:{words}"
    if words.lower().startswith("www."):
        return _web_address(f"https://{words}")
    return _web_address(words) if words.lower().startswith(("http://", "https://")) else ""


def with_bare_links(runs: list[Run]) -> list[Run]:
    """Addresses that stand in the text become links. Looks at the line as one text, so that a second time finds nothing new."""
    text = "".join(run.text for run in runs)
    if not _MAY_HOLD_LINK.search(text):
        return runs
    found = deque(_addresses(text, _linked(runs)))
    result: list[Run] = []
    position = 0
    for run in runs:
        result.extend(_marked(run, position, found) if found else [run])
        position += len(run.text)
    return result


def _web_address(href: str) -> str:
    parts = _parts(href)
    if parts is None or "@" in parts.netloc or not _HOST.fullmatch(parts.netloc):
        return ""
    return f"{parts.scheme}:{href.split(':', 1)[1]}"


def _bare(href: str) -> str:
    """Without what nobody sees, and with the spaces of file names written as addresses write them."""
    return re.sub(r"\s+", "%20", _UNSEEN.sub("", href).strip())


def _parts(href: str) -> SplitResult | None:
    try:
        return urlsplit(href)
    except ValueError:
        return None


def _unwrapped(href: str) -> str:
    """The address inside a mail filter's or a search engine's redirect."""
    defended = _URL_DEFENSE.match(href)
    if defended:
        return defended[1]
    parts = _parts(href)
    if parts is None or not _redirects(parts):
        return href
    asked = parse_qs(parts.query)
    inner = next((asked[key][0] for key in ("url", "q", "u") if key in asked), "")
    return _bare(inner) if _SCHEME.match(inner) else href


def _redirects(parts: SplitResult) -> bool:
    host = (parts.hostname or "").lower()
    if host.endswith(".safelinks.protection.outlook.com"):
        return True
    if re.fullmatch(r"(www\.)?google\.[a-z.]{2,6}", host):
        return parts.path == "/url"
    return re.fullmatch(r"lm?\.facebook\.com", host) is not None and parts.path == "/l.php"


def _linked(runs: list[Run]) -> list[tuple[int, int]]:
    spans, position = [], 0
    for run in runs:
        if run.href:
            spans.append((position, position + len(run.text)))
        position += len(run.text)
    return spans


def _addresses(text: str, linked: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Start, end and target of each address in the text, in order, leaving alone what is linked already."""
    spans = iter([*linked, (len(text) + 1, len(text) + 1)])
    span = next(spans)
    for match in _LOOKS_LIKE_LINK.finditer(text):
        words = _without_what_follows(match[0])
        start, end = match.start(), match.start() + len(words)
        while span[1] <= start:
            span = next(spans)
        target = address_of(words)
        if target and end <= span[0]:
            yield start, end, target


def _without_what_follows(words: str) -> str:
    """Without the full stop of the sentence, or the bracket in which an address stands."""
    words = words.rstrip(".,;:!?'’”*_|")
    if words.endswith(")") and "(" not in words:
        words = words.rstrip(").,;:!?'’”")
    return words


def _marked(run: Run, position: int, found: deque[tuple[int, int, str]]) -> Iterator[Run]:
    """One run cut at the addresses that touch it; an address may go on in the next run, so only finished ones are let go."""
    done, length = 0, len(run.text)
    while found and found[0][0] < position + length:
        start, end, target = found[0]
        first, last = max(start - position, 0), min(end - position, length)
        yield from [run.with_text(run.text[done:first])] if done < first else []
        yield replace(run, text=run.text[first:last], href=target)
        done = last
        if end > position + length:
            break
        found.popleft()
    if done < length:
        yield run.with_text(run.text[done:])
