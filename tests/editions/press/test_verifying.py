"""Each check stops a bulletin that is not what was meant, and says in words what is wrong with it."""

from types import SimpleNamespace

import pikepdf
import pytest

from editions.press import verifying
from editions.press.verifying import Wrong


def a_document(**ends):
    """As WeasyPrint lays it out: one page, and where the columns of it end."""
    return SimpleNamespace(pages=[SimpleNamespace(anchors={f"end-1-{side}": (0, y) for side, y in ends.items()})])


def test_columns_that_end_where_they_were_packed_to_end_pass():
    verifying.positions(a_document(a=800.0, b=640.4), 1, {"end-1-a": 800.3, "end-1-b": 640.0})


@pytest.mark.parametrize(
    ("document", "pages", "says"),
    [
        (a_document(a=800.0), 2, "The bulletin has 1 pages instead of 2."),
        (a_document(a=812.0), 1, "Column 1-a ends at 812.0 and was packed to end at 800.0."),
        (a_document(b=800.0), 1, "Column 1-a ends at 0.0 and was packed to end at 800.0."),
    ],
)
def test_a_page_too_many_or_a_column_that_overflows_is_wrong(document, pages, says):
    with pytest.raises(Wrong, match=says):
        verifying.positions(document, pages, {"end-1-a": 800.0})


HEAD = '<h4 class="title" id="{}"></h4>'


def test_what_an_advert_says_is_not_taken_for_a_beginning():
    verifying.once(HEAD.format("GS10001") + '<p>id="GS10001" &lt;h4 class="title" id="GS10001"></p>', ["GS10001"])


@pytest.mark.parametrize(
    ("html", "says"),
    [
        (HEAD.format("GS10001") * 2, "These adverts are printed more than once: GS10001."),
        (HEAD.format("GS10002"), "These adverts are missing: GS10001."),
        ("the rest is at greensheets.example/GS10001", "These adverts are missing: GS10001."),
    ],
)
def test_every_advert_begins_exactly_once(html, says):
    with pytest.raises(Wrong, match=says):
        verifying.once(html, ["GS10001"])


def test_only_our_fonts_may_be_in_the_file():
    verifying.fonts({"ABCDEF+Source-Sans-3-Bold", "GHIJKL+Barlow-Semi-Condensed"})
    with pytest.raises(Wrong, match=r"The file holds a font that is not ours: XYZABC\+DejaVu-Sans\."):
        verifying.fonts({"ABCDEF+Source-Sans-3", "XYZABC+DejaVu-Sans"})


def a_pdf(path, dests=(("GS10001", 0),)):
    """Two pages; each says nothing but a reference."""
    with pikepdf.new() as document:
        for number in (1, 2):
            page = document.add_blank_page(page_size=(300, 300))
            font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
            page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            page.obj.Contents = document.make_stream(f"BT /F1 20 Tf 50 150 Td (GS1000{number}) Tj ET".encode())
        names = [item for name, page in dests for item in (name, [document.pages[page].obj, pikepdf.Name.Fit])]
        document.Root.Names = pikepdf.Dictionary(Dests=pikepdf.Dictionary(Names=pikepdf.Array(names)))
        document.save(path)
    return path


def test_a_file_that_leads_from_each_reference_to_its_page_passes(tmp_path):
    verifying.pdf(a_pdf(tmp_path / "a.pdf"), 2, {"GS10001": 1})


@pytest.mark.parametrize(
    ("pages", "page_of", "says"),
    [
        (3, {"GS10001": 1}, "The file has 2 pages instead of 3."),
        (2, {"GS10001": 2}, "These adverts are not on the page that they should be on: GS10001."),
        (2, {"GS10002": 2}, "These adverts are not on the page that they should be on: GS10002."),
        (2, {"GS10009": 1}, "The file does not show these references: GS10009."),
    ],
)
def test_a_file_that_lacks_a_page_or_leads_astray_is_wrong(tmp_path, pages, page_of, says):
    with pytest.raises(Wrong, match=says):
        verifying.pdf(a_pdf(tmp_path / "a.pdf"), pages, page_of)
