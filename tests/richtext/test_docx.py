import pytest

from richtext.cleaning import clean
from richtext.docx import NotWord, html_of_docx
from tests.sent_files import a_zip

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def cleaned(body: str, links: str = "") -> str:
    parts = {
        "word/document.xml": f'<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": f"<Relationships>{links}</Relationships>",
    }
    return clean(html_of_docx(a_zip("advert.docx", parts).read()))


def a_paragraph(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("body", "html"),
    [
        (
            '<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Bold</w:t></w:r><w:r><w:t xml:space="preserve"> &amp; not</w:t></w:r></w:p>',
            "<p><strong>Bold</strong> &amp; not</p>",
        ),
        (a_paragraph("Our school", '<w:pStyle w:val="Heading1"/>'), "<h3>Our school</h3>"),
        ("<w:p><w:r><w:t>One</w:t><w:br/><w:t>two</w:t></w:r></w:p>", "<p>One<br>two</p>"),
        ("<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>", "<p>new</p>"),
        (
            "<w:tbl><w:tr><w:tc>" + a_paragraph("Hours") + "</w:tc><w:tc>" + a_paragraph("20") + "</w:tc></w:tr></w:tbl>",
            "<p><strong>Hours:</strong> 20</p>",
        ),
    ],
)
def test_what_an_advert_can_hold_is_kept(body, html):
    assert cleaned(body) == html


def test_a_list_keeps_its_levels():
    def item(words: str, level: int) -> str:
        return a_paragraph(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')

    html = cleaned(item("First", 0) + item("Of it", 1) + item("Second", 0))
    assert html.replace("\n", "") == "<ul><li>First<ul><li>Of it</li></ul></li><li>Second</li></ul>"


def test_a_link_leads_where_it_led():
    body = '<w:p><w:hyperlink r:id="rId1"><w:r><w:t>our form</w:t></w:r></w:hyperlink></w:p>'
    link = '<Relationship Id="rId1" Target="https://www.oak.example/form"/>'
    assert cleaned(body, link) == '<p><a href="https://www.oak.example/form">our form</a></p>'


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", a_zip("x.docx", {"word/document.xml": "<w:document"}).read()])
def test_what_is_no_word_document_is_refused(content):
    with pytest.raises(NotWord):
        html_of_docx(content)


def test_an_entity_is_never_looked_up():
    bomb = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    document = f'{bomb}<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>x&a;</w:t></w:r></w:p></w:body></w:document>'
    assert "root" not in html_of_docx(a_zip("x.docx", {"word/document.xml": document}).read())
