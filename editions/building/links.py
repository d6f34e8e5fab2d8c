"""Addresses in print are links too: of the web, and of mailboxes. In a tagged PDF nothing but text may stand in a link."""

import re

LINK = re.compile(r"(?P<web>(?:https?://|www\.)[^\s<>]+?)(?=[.,;:)]*(?:\s|$))|(?P<mailbox>[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+)")
ANCHOR = re.compile(r"(<a [^>]*>)(.*?)</a>", re.DOTALL)
TAG = re.compile(r"<(?!br>)[^>]*>")


def linked(text: str) -> str:
    """A text, already escaped, with its addresses as links."""
    return LINK.sub(_link, text)


def _link(match: re.Match[str]) -> str:
    shown = match[0]
    address = f"mailto:{shown}" if match["mailbox"] else shown if "://" in shown else f"https://{shown}"
    return f'<a href="{address}">{shown}</a>'


def plain_inside(html: str) -> str:
    """Every link without other tags in it; one that goes on behind a new line is two."""
    return ANCHOR.sub(lambda link: "<br>".join(f"{link[1]}{part}</a>" for part in TAG.sub("", link[2]).split("<br>")), html)
