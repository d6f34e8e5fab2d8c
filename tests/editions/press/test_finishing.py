"""What the press does to a PDF before it is written, in a document of two pages with running heads."""

from functools import partial
from pathlib import Path

import pikepdf
import pytest

from editions.press.fetching import PressFetcher
from editions.press.finishing import finish_pdf
from editions.press.setting import Setter, worked_out
from editions.press.verifying import Wrong

STATIC = Path(__file__).resolve().parents[3] / "static"
HEADS = (
    '@page {{ size: 300px; margin: 40px; @top-left {{ content: "Running head"; font-family: {} }} }} p {{ break-after: page }}'
)
BODY = '<p id="GS10001">One <a href="https://www.greensheets.example/">link</a></p><p id="end-1-a">Two</p><ul><li>Three</li></ul>'


def written(tmp_path, font="'Source Sans 3'", for_print=False, finisher=finish_pdf):
    setter = Setter(PressFetcher(STATIC, tmp_path, "https://www.greensheets.example"), for_print=for_print)
    document = setter.render(f'<html lang="en-GB"><head><title>T</title></head><body>{BODY}</body></html>', HEADS.format(font))
    setter.write(document, tmp_path / "a.pdf", finisher)
    return pikepdf.open(tmp_path / "a.pdf")


def kinds_of_marks(page):
    return [str(operands[0]) for operands, operator in pikepdf.parse_content_stream(page) if str(operator) in {"BMC", "BDC"}]


@pytest.mark.parametrize(("finisher", "spans"), [(finish_pdf, [2, 1, 2]), (None, [3, 1, 3])])
def test_what_every_page_repeats_is_an_artifact_and_the_text_is_not(tmp_path, finisher, spans):
    """A link and the mark of a list are pieces of text of their own; left-hand pages have no head here."""
    with written(tmp_path, finisher=finisher) as document:
        marks = [kinds_of_marks(page) for page in document.pages]
    assert [of_page.count("/Span") for of_page in marks] == spans


def test_only_references_stay_as_named_places(tmp_path):
    with written(tmp_path) as document:
        assert [str(name) for name in document.Root.Names.Dests.Names[::2]] == ["GS10001"]


def test_a_font_that_is_not_ours_stops_it_before_a_byte_is_written(tmp_path):
    with pytest.raises(Wrong, match="The file holds a font that is not ours"):
        written(tmp_path, font="'DejaVu Sans'")
    assert not (tmp_path / "a.pdf").exists()


def test_the_print_shops_copy_has_no_structure_to_be_put_right(tmp_path):
    with written(tmp_path, for_print=True) as document:
        assert "/StructTreeRoot" not in document.Root


def test_a_variable_stands_for_its_last_value():
    css = ":root {\n  --green: #0b6b3a;\n  --ink: #141a17;\n}\na { color: var(--green); border: 1px solid var(--ink) }\n"
    inks = ":root {\n  --green: device-cmyk(88% 25% 88% 22%);\n}\n"
    assert "a { color: #0b6b3a; border: 1px solid #141a17 }" in worked_out(css)
    assert "a { color: device-cmyk(88% 25% 88% 22%); border: 1px solid #141a17 }" in worked_out(css + inks)


def test_links_are_described_in_words(tmp_path):
    links = '<a href="#GS10001">back</a> <a href="mailto:a@b.example">a@b.example</a>'
    setter = Setter(PressFetcher(STATIC, tmp_path, "https://www.greensheets.example"))
    document = setter.render(
        f'<html lang="en-GB"><head><title>T</title></head><body>{BODY}{links}</body></html>', HEADS.format("'Source Sans 3'")
    )

    setter.write(document, tmp_path / "a.pdf", partial(finish_pdf, places={"GS10001": "Beginning of GS10001"}))

    with pikepdf.open(tmp_path / "a.pdf") as made:
        told = [str(link.Contents) for of_page in made.pages for link in of_page.get("/Annots", [])]
    assert told == ["Open https://www.greensheets.example/", "Beginning of GS10001", "Email to a@b.example"]
