"""A Word document is written anew: what Word shows stays, under names of our own, and nothing else of the archive."""

import zipfile

import pytest

from tests.sent_files import DOCX_PARTS, OFFICE, WORD, a_docx, a_text, a_zip, docx_parts, references
from uploads import opening, refusals, rules

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
HELD = "<w:p><w:r><w:object><v:shape xmlns:v='urn:schemas-microsoft-com:vml'/>{}</w:object></w:r></w:p>"
OLE = HELD.format("<o:OLEObject xmlns:o='urn:schemas-microsoft-com:office:office' r:id='rId1'/>")
CONTROL = HELD.format("<w:control r:id='rId1' w:name='Button'/>")
STYLES = "<w:styles xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'/>"
SETTINGS = a_text("<w:attachedTemplate r:id='rId1'/><w:mailMerge><w:query w:val='SELECT'/></w:mailMerge>")


@pytest.fixture
def written(tmp_path):
    """The parts of what becomes of a document, by name."""

    def write(parts):
        (tmp_path / "upload").write_bytes(a_zip("a.docx", parts).read())
        assert opening.write_anew(tmp_path / "upload", tmp_path / "written") == "docx"
        with zipfile.ZipFile(tmp_path / "written") as archive:
            return {name: archive.read(name).decode("latin-1") for name in archive.namelist()}

    return write


def test_words_pictures_and_styles_stay(written):
    body = "<w:p><w:r><w:t>Clerk – 37 hours</w:t><w:drawing><a:blip xmlns:a='urn:a' r:embed='rId1'/></w:drawing></w:r></w:p>"
    parts = docx_parts(body, "image media/a.PNG", "styles styles.xml", **{"word/media/A.png": PNG, "word/styles.xml": STYLES})
    found = written(parts)
    assert sorted(found) == [
        *("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/document.xml"),
        *("word/media/image1.png", "word/styles.xml"),
    ]
    assert "Clerk \xe2\x80\x93 37 hours" in found["word/document.xml"]
    assert 'r:embed="rId1"' in found["word/document.xml"]
    assert 'Target="/word/media/image1.png"' in found["word/_rels/document.xml.rels"]


@pytest.mark.parametrize("main", ["word/document2.xml", "word/document.xml", "word/DOCUMENT.xml", "main.xml"])
def test_the_main_part_is_found_whatever_it_is_called(written, main):
    """Word for the web and SharePoint call it word/document2.xml."""
    found = written(docx_parts(main=main))
    assert sorted(found) == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]
    assert "Clerk" in found["word/document.xml"]


def test_a_template_becomes_a_document(written):
    found = written(docx_parts(kind="template.main+xml"))
    assert f'PartName="/word/document.xml" ContentType="{WORD}document.main+xml"' in found["[Content_Types].xml"]


ACTIVE = {
    "a program": (OLE, "oleObject embeddings/a.bin", {"word/embeddings/a.bin": "MZ"}),
    "a workbook": (OLE, "package embeddings/a.xlsx", {"word/embeddings/a.xlsx": "PK"}),
    "a control": (CONTROL, "control activeX/a.xml", {"word/activeX/a.xml": "<ax:ocx xmlns:ax='urn:ax'/>"}),
    "a page of HTML": ("<w:altChunk r:id='rId1'/>", "aFChunk a.html", {"word/a.html": "<script>"}),
    "another document": ("<w:subDoc r:id='rId1'/>", "subDocument file:///c:/a.docx external", {}),
    "a remote template": ("<w:p/>", "settings settings.xml", {"word/settings.xml": SETTINGS}),
    "a remote picture": ("<w:p><a:blip xmlns:a='urn:a' r:link='rId1'/></w:p>", "image https://spy.example/a.png external", {}),
    "a link to a share": ("<w:p><w:hyperlink r:id='rId1'/></w:p>", "hyperlink \\\\spy.example\\a external", {}),
    "a link to a script": ("<w:p><w:hyperlink r:id='rId1'/></w:p>", "hyperlink javascript:alert(1) external", {}),
    "a film": ("<w:p><w15:webVideoPr xmlns:w15='http://schemas.microsoft.com/x' embeddedHtml='spy.example'/></w:p>", "", {}),
    "an old drawing": ("<w:p><v:imagedata xmlns:v='urn:schemas-microsoft-com:vml' src='//spy.example/a.png'/></w:p>", "", {}),
    "a macro on leaving": ("<w:p><w:ffData><w:exitMacro w:val='steal'/></w:ffData></w:p>", "", {}),
    "an unknown kind": ("<w:p><w:thing r:id='rId1'/></w:p>", "spyware a.xml", {"word/a.xml": "<spy.example/>"}),
    "a picture that is none": ("<w:p><a:blip xmlns:a='urn:a' r:embed='rId1'/></w:p>", "image a.png", {"word/a.png": "<script>"}),
}
SIGNS = (
    "OLEObject",
    "control",
    "altChunk",
    "subDoc",
    "attachedTemplate",
    "mailMerge",
    "spy",
    "file:",
    "script",
    "MZ",
    "PK",
    "steal",
)
SIGNS += ("embeddings", "rId1")


@pytest.mark.parametrize(("body", "entry", "parts"), ACTIVE.values(), ids=list(ACTIVE))
def test_nothing_active_is_left(written, body, entry, parts):
    template = {"word/_rels/settings.xml.rels": references("attachedTemplate https://spy.example/a.dotm external")}
    found = written(docx_parts(body, *([entry] if entry else []), **parts, **(template if "settings" in entry else {})))
    kept = {name: text for name, text in found.items() if name not in {"_rels/.rels", "[Content_Types].xml"}}
    if "settings" in entry:
        del kept["word/_rels/document.xml.rels"]  # the settings themselves may stay
    assert {sign: name for sign in SIGNS for name, text in kept.items() if sign in text} == {}


def test_links_to_the_web_and_to_a_mailbox_stay(written):
    body = "<w:p><w:hyperlink r:id='rId1'/><w:hyperlink r:id='rId2'/><w:hyperlink w:anchor='top'/></w:p>"
    links = ("hyperlink https://school.example/jobs external", "hyperlink mailto:head@school.example external")
    found = written(docx_parts(body, *links))["word/_rels/document.xml.rels"]
    assert 'Target="https://school.example/jobs" TargetMode="External"' in found
    assert 'Target="mailto:head@school.example" TargetMode="External"' in found


def test_entries_that_lead_out_of_the_archive_and_those_that_nothing_shows_are_left_behind(written):
    extra = {"../../evil.exe": "MZ", "word/../../evil.dll": "MZ", "word/media/unused.png": PNG, "C:\\evil.txt": "x"}
    assert sorted(written({**DOCX_PARTS, **extra})) == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]


def test_a_picture_that_lies_outside_the_archive_is_given_a_place_within(written):
    body = "<w:p><a:blip xmlns:a='urn:a' r:embed='rId1'/></w:p>"
    found = written(docx_parts(body, "image ../../../evil.png", **{"../../evil.png": PNG}))
    assert [name for name in found if "png" in name] == ["word/media/image1.png"]


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"xl/workbook.xml": "x", "[Content_Types].xml": "<Types/>"}, refusals.NEITHER),
        ({"word/document.xml": "x"}, refusals.NEITHER),
        (docx_parts(kind="spreadsheetml"), refusals.NEITHER),
        ({**DOCX_PARTS, **{f"word/{number}": "" for number in range(1998)}}, refusals.NEITHER),
        (docx_parts(**{"word/vbaProject.bin": "x"}), refusals.WORD_MACROS),
        (
            {
                **DOCX_PARTS,
                "[Content_Types].xml": DOCX_PARTS["[Content_Types].xml"].replace(f"{WORD}document.main", "macroEnabled.main"),
            },
            refusals.WORD_MACROS,
        ),
        (docx_parts("<w:p>&boom;</w:p>"), refusals.WORD_DAMAGED),
        ({**DOCX_PARTS, "word/document.xml": f'<!DOCTYPE x [<!ENTITY a "b">]>{a_text()}'}, refusals.WORD_DAMAGED),
        ({**DOCX_PARTS, "word/document.xml": "<w:document"}, refusals.WORD_DAMAGED),
        ({**DOCX_PARTS, "word/document.xml": a_text() + " " * 24 * 1024 * 1024}, refusals.WORD_LARGE),
    ],
)
def test_what_cannot_be_written_anew_is_refused_with_what_to_do(tmp_path, parts, sentence):
    (tmp_path / "upload").write_bytes(a_zip("a.docx", parts).read())
    with pytest.raises(refusals.Refused) as refusal:
        opening.write_anew(tmp_path / "upload", tmp_path / "written")
    assert str(refusal.value) == sentence


def test_two_thousand_parts_are_read_and_one_more_is_not(written):
    spare = 2000 - len(DOCX_PARTS)
    assert written({**DOCX_PARTS, **{f"word/{number}": "" for number in range(spare)}})


def test_a_document_unpacks_to_sixty_four_megabytes_at_most(monkeypatch, tmp_path, written):
    assert (rules.LARGEST_WORD_UNPACKED, rules.LARGEST_XML_UNPACKED) == (64 * 1024 * 1024, 24 * 1024 * 1024)
    parts = docx_parts("<w:p/>", "image media/a.png", **{"word/media/a.png": PNG})
    unpacked = sum(len(content) for content in parts.values())
    monkeypatch.setattr(rules, "LARGEST_WORD_UNPACKED", unpacked)
    assert written(parts)
    monkeypatch.setattr(rules, "LARGEST_WORD_UNPACKED", unpacked - 1)
    with pytest.raises(refusals.Refused, match="unpacks to more"):
        written(parts)


def test_an_archive_that_breaks_off_is_damaged(tmp_path):
    (tmp_path / "upload").write_bytes(a_docx().read()[:-9])
    with pytest.raises(refusals.Refused, match="damaged"):
        opening.write_anew(tmp_path / "upload", tmp_path / "written")


@pytest.mark.parametrize("space", [OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"])
def test_the_strict_form_of_the_format_is_read_too(written, space):
    parts = {name: content.replace(OFFICE, space) for name, content in DOCX_PARTS.items()}
    assert "word/document.xml" in written(parts)
