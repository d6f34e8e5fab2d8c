"""Files as people upload them, for tests."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
DOCX_PARTS = {
    "[Content_Types].xml": f'<Types><Override PartName="/word/document.xml" ContentType="{WORD}document.main+xml"/></Types>',
    "word/document.xml": "<w:document/>",
}


def a_pdf(name: str = "Job description.pdf", padding: int = 0) -> SimpleUploadedFile:
    content = b"%PDF-1.7\n" + b"%" * padding + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def a_zip(name: str, parts: dict[str, str]) -> SimpleUploadedFile:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return SimpleUploadedFile(name, held.getvalue())


def a_docx(name: str = "Application form.docx") -> SimpleUploadedFile:
    return a_zip(name, DOCX_PARTS)
