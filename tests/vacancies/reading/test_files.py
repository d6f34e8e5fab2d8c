"""What schools send as files: each read for the text that it holds, or refused with what to do."""

import json
import re
from email.message import EmailMessage

import pytest
from django.core.management import CommandError, call_command

from tests.sent_files import a_zip
from vacancies.reading.files import NotReadable, decoded, source_of

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def a_word_file(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs)
    parts = {"word/document.xml": f"<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>"}
    return a_zip("advert.docx", parts).read()


def a_printed_page(words: str) -> bytes:
    content = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET" if words else ""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = "".join(f"{number} 0 obj{one}endobj\n" for number, one in enumerate(objects, start=1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R>>\n%%EOF\n".encode()


def an_email(text: str, **attached: bytes) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Advert"
    message.set_content(text)
    for name, content in attached.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name.replace("_", "."))
    return message.as_bytes()


def test_a_word_document_is_read():
    assert source_of("advert.docx", a_word_file("School Cook", "Oak School")) == "<p>School Cook</p><p>Oak School</p>"


def test_a_pdf_is_read_in_a_process_of_its_own():
    assert source_of("advert.pdf", a_printed_page("Closing date: 8 January 2027")).strip() == "Closing date: 8 January 2027"


def test_of_an_email_the_part_that_states_most_is_taken():
    covering = "Hi Sue, please see the attachment. Thanks, Jo"
    advert = a_word_file("School Cook", "Oak School", "Closing date: 8 January 2027 at noon")
    assert "School Cook" in source_of("fw.eml", an_email(covering, advert_docx=advert, logo_png=b"\x89PNG"))
    assert "School Cook" in source_of(
        "fw.eml", an_email("School Cook\nOak School\nClosing date: 8 January 2027", form_docx=a_word_file("Name"))
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("advert.txt", b" \n", "This file is empty."),
        (
            "advert.msg",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "Files of this kind (.doc, .msg) cannot be read. Open it, select everything, and paste it here.",
        ),
        ("advert.docx", b"PK\x03\x04 broken", "This is no Word document. Save it as .docx or PDF, or paste its text."),
        (
            "advert.docx",
            a_zip("advert.docx", {"[Content_Types].xml": "<Types/>"}).read(),
            "This is no Word document. Save it as .docx or PDF, or paste its text.",
        ),
        ("advert.pdf", b"%PDF-1.7 broken", "This PDF cannot be read. Open it, select everything, and paste it here."),
        ("advert.pdf", a_printed_page(""), "This PDF holds pictures of its pages and no text. Ask the school for its text."),
        ("advert.eml", b"Subject: Advert\nContent-Type: image/png\n\n", "This email holds no text that can be read."),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(name, content, sentence):
    with pytest.raises(NotReadable, match=f"^{re.escape(sentence)}$"):
        source_of(name, content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_whatever_letters_it_was_saved(encoding):
    assert decoded("The Head’s café – £12".encode(encoding)) == "The Head’s café – £12"


def test_the_command_says_what_the_form_would_offer(tmp_path, capsys):
    file = tmp_path / "advert.docx"
    file.write_bytes(a_word_file("Hi Sue", "School Cook", "Oak School", "Closing date: 8 January 2027 or 9 January 2027"))
    call_command("read_advert", str(file), "--json", "--edition", "2026-12-07")
    told = json.loads(capsys.readouterr().out)
    assert (told["fields"]["title"], told["phrases"]["school"], told["not_for_print"]) == (
        "School Cook",
        "Oak School",
        ["Hi Sue"],
    )
    call_command("read_advert", str(file), "--edition", "2026-12-07")
    assert "title: School Cook  <- School Cook" in capsys.readouterr().out


def test_the_command_says_why_a_file_cannot_be_read(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("read_advert", str(tmp_path / "none.txt"))
