"""Real-shaped clips from the programs that schools write in, each beside the grammar that it must become."""

import html
import re
from pathlib import Path

import pytest
import time_machine

from editions.building import glyphs, pieces
from richtext.cleaning import ADVERT, clean, clean_with_report
from tests.builders import a_vacancy, london
from vacancies.public.structured_data import job_posting

CLIPS = sorted((Path(__file__).parent / "clips").glob("*.html"))
LEFT_OUT = {
    "excel-table": "1 table was left out. The words of each table are kept.",
    "libreoffice": "1 table was left out. The words of each table are kept.",
    "outlook-with-safelinks": "1 picture was left out.",
    "tracked-changes": "1 struck-out passage was left out.",
    "web-page": "1 picture, 1 link and 1 embedded page were left out. The words of each link are kept.",
    "word-with-list-and-table": "1 picture was left out.",
}
each_clip = pytest.mark.parametrize("clip", CLIPS, ids=lambda path: path.stem)


def pasted(clip: Path) -> str:
    return clip.read_text()


def expected(clip: Path) -> str:
    return clip.with_suffix(".expected").read_text().strip()


def words(markup: str) -> str:
    """The text as it is read; print writes apostrophes of its own and puts a place for a page's end between blocks."""
    return "".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).replace("’", "'").split())


def looks(markup: str) -> list[str]:
    """Every link with its words, and all that is bold."""
    return sorted(re.findall(r'<a href="[^"]*">.*?</a>|<strong>.*?</strong>', markup.replace("’", "'")))


def shown_on_the_web(client, advert) -> str:
    page = client.get(advert.get_absolute_url()).text
    return re.search(r'<div class="prose advert-text">(.*?)</div>', page, re.DOTALL)[1]


def shown_in_print(advert) -> str:
    """With ordinary spaces where print keeps a telephone number on one line."""
    return "".join(pieces.advert(advert, "", "greensheets.example")[0].body).replace("\N{NO-BREAK SPACE}", " ")


@each_clip
def test_a_clip_becomes_its_grammar(clip):
    text, report = clean_with_report(pasted(clip))
    assert (text, str(report)) == (expected(clip), LEFT_OUT.get(clip.stem, ""))


@each_clip
def test_a_clean_clip_stays_as_it_is(clip):
    text = expected(clip)
    assert clean(text) == text
    assert not set(re.findall(r"<([a-z0-9]+)", text)) - ADVERT.tags


@each_clip
@pytest.mark.django_db
def test_a_clip_reads_alike_on_the_web_in_print_and_for_machines(client, clip):
    with time_machine.travel(london(2026, 4, 28, 9), tick=False):
        advert = a_vacancy(body=pasted(clip), apply_method="", apply_email="")  # print puts them into the text
        web, print_ = shown_on_the_web(client, advert), shown_in_print(advert)
    assert (web, job_posting(advert)["description"]) == (expected(clip), expected(clip))
    printable, _ = glyphs.printable(web)  # paper has no emoji
    assert words(printable) == words(print_)
    assert looks(printable) == looks(print_)


def test_there_are_clips_and_none_without_an_expectation():
    assert len(CLIPS) >= 12
    assert sorted(path.stem for path in CLIPS[0].parent.glob("*.expected")) == [path.stem for path in CLIPS]
