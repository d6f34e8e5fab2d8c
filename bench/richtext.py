"""The cleaner: milliseconds an advert, and how a paste of any size is taken."""

from functools import partial
from pathlib import Path

from richtext.cleaning import clean

from .measure import interleaved, report, row, seconds

ROOT = Path(__file__).resolve().parent.parent
CLIPS = ROOT / "tests/richtext/clips"
WORD_PARAGRAPH = (
    '<p class=MsoNormal style="margin:0cm"><span style="font-size:11pt">Some words of a very long paste.<o:p></o:p></span></p>\n'
)
NESTED = "<div><b>" * 40 + "words" + "</b></div>" * 40


def main() -> None:
    clips = {path.stem: path.read_text() for path in sorted(CLIPS.glob("*.html"))}
    stored = {path.stem: path.read_text() for path in sorted(CLIPS.glob("*.expected"))}
    contenders = {
        f"{len(clips)} clips as they are pasted": lambda: [clean(text) for text in clips.values()],
        "the same, clean, as every page view cleans them again": lambda: [clean(text) for text in stored.values()],
    }
    report(interleaved(contenders), per=len(clips), unit="advert")
    for name, piece in (
        ("Word's paragraphs", WORD_PARAGRAPH),
        ("nested elements", NESTED),
        ("open brackets", "<"),
        ("lines", "a<br>"),
    ):
        for size in (300_000, 3_000_000):
            paste = piece * (size // len(piece))
            took = seconds(partial(clean, paste))
            row(f"a paste of {size // 1000:,},000 characters: {name}", f"{took:.2f} s")


if __name__ == "__main__":
    main()
