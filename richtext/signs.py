"""Signs as they were meant: letters that a PDF joined, Windows' quotation marks read as control signs, words set with spaces."""

import re

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_WINDOWS = {
    chr(code): bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in {0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D}
} | {"\x85": "…"}
_MEANT = str.maketrans(_LIGATURES | _WINDOWS)


def meant(text: str) -> str:
    """``oﬃce`` as ``office``, and U+0092 as the apostrophe that it is in Windows: browsers read ``&#146;`` so."""
    return text if text.isascii() else text.translate(_MEANT)


def closed_up(line: str) -> str:
    """A line whose every letter stands alone, as headings of PDFs do: ``C o p p e r   H i l l`` is ``Copper Hill``."""
    words = re.split(r" {2,}", line.strip())
    letters = [sign for word in words for sign in word.split(" ")]
    if len(letters) < 6 or any(len(letter) != 1 for letter in letters) or len(words) == 1:
        return line
    return " ".join(word.replace(" ", "") for word in words)
