"""What the press asks of WeasyPrint and pydyf by names that neither promises to keep."""

import inspect

import pydyf
import pytest
import weasyprint

DOCUMENT = pydyf.PDF()


@pytest.mark.parametrize(
    ("thing", "name", "needed"),
    [
        (DOCUMENT, "catalog", "finishing finds the structure and the named places of the file by it"),
        (DOCUMENT, "objects", "finishing follows references with it"),
        (DOCUMENT, "pages", "finishing finds the content of each page by it"),
        (pydyf.Stream(), "stream", "finishing puts marks into it"),
        (pydyf.String(""), "string", "finishing reads the name of a place in it"),
        (inspect.signature(weasyprint.Document.write_pdf).parameters, "finisher", "finishing is called by it"),
        (inspect.getsource(weasyprint.Page.__init__), "self.anchors", "measuring and verifying read places from it"),
    ],
)
def test_weasyprint_has_what_the_press_asks_of_it(thing, name, needed):
    has_it = name in thing if isinstance(thing, str) or hasattr(thing, "keys") else hasattr(thing, name)
    assert has_it, f"This version of WeasyPrint or pydyf has no {name}: {needed} (docs/decisions/0058)."


def test_a_page_in_pydyf_stands_in_three_numbers():
    """Finishing takes each third: its number, its generation, and that it is a reference."""
    document = pydyf.PDF()
    page = pydyf.Dictionary({"Type": "/Page"})
    document.add_page(page)
    found = document.pages["Kids"]
    assert [*found] == [page.number, 0, "R"], f"pydyf now writes the pages of a document as {found} (docs/decisions/0058)."
