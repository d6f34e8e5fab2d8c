"""The characters that the bulletin's fonts have. What they lack is spelled out or left out before typesetting.

A sign that no font of ours has would be drawn with whatever font the machine has, which the press refuses: one emoji in one
advert would hold up the whole edition.
"""

import re
import unicodedata
from html import escape

# What every style of both families has, as their files say (tests/editions/building/test_glyphs.py reads them).
RANGES = (
    "20-7e a0-113 116-12b 12d-131 133-137 139-13e 140-148 14a-14d 14f-17e 18f 192 1a0-1a1 1af-1b0 1cd-1ce 1d4 1e5 1e7 1ef 1ff "
    "218-21b 21f 237 259 292 2bb-2bc 2c6-2c7 2c9 2da 2dc-2dd 300-301 303-304 308-309 323 1e80-1e85 1ef2-1ef9 2013-2014 2018-201a "
    "201c-201e 2020 2022 2026 2032-2033 2039-203a 2044 20a3 20ac 20ba 20bd 2113 2122 2212 2215"
)
COVERED = frozenset(
    chr(code)
    for first, _, last in (part.partition("-") for part in RANGES.split())
    for code in range(int(first, 16), int(last or first, 16) + 1)
)
LAYOUT = frozenset("\n\t")
SPELLED = {
    **dict.fromkeys("‐‑\u2012―", "-"),
    **dict.fromkeys("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u3000", " "),
    **dict.fromkeys("\u2007\u202f", "\u00a0"),
    **dict.fromkeys("→➔➜➤►▶⇒", "–"),
    **dict.fromkeys("✓✔☑✅■□▪▫●○◦‣∙⁃❖◆◇➢", "•"),
    **dict.fromkeys("★☆", "*"),
    **dict.fromkeys("☎☏📞", "Tel."),
    **dict.fromkeys("✉📧", "Email"),
    "‛": "‘",
    "‟": "“",
    "≤": "up to ",
    "≥": "at least ",
}
INVISIBLE = frozenset({"Cc", "Cf", "Mn", "Me", "Cn", "Co"})
COMPOSED = re.compile("[A-Za-z\u00c0-\u024f][\u0300-\u036f]+")


def printable(html: str) -> tuple[str, set[str]]:
    """The text or markup in characters that the fonts have, and the characters that had to be left out."""
    html = COMPOSED.sub(lambda match: unicodedata.normalize("NFC", match[0]), html)
    replaced = {sign: spelled(sign) for sign in set(html) - COVERED - LAYOUT}
    missed = {sign for sign, text in replaced.items() if text in {"", "?"} and unicodedata.category(sign) not in INVISIBLE}
    return html.translate({ord(sign): text for sign, text in replaced.items()}) if replaced else html, missed


def spelled(sign: str) -> str:
    """What stands in for a sign: its spelling, the plain form of it, or, for a letter of another script, a question mark."""
    if sign in SPELLED:
        return SPELLED[sign]
    parts = [part for part in unicodedata.normalize("NFKD", sign) if part in COVERED]
    plain = unicodedata.normalize("NFC", "".join(parts))
    if not COVERED.issuperset(plain):  # Of two accents the fonts may have each, but no letter with only one of them.
        plain = "".join(part for part in parts if not unicodedata.combining(part))
    if plain:
        return escape(plain)
    return "?" if unicodedata.category(sign)[0] in "LN" else ""
