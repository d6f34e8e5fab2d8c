"""Files as people send them, for tests."""

import io
import zipfile

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{OFFICE}"'
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
# By hand, without object streams or a table of places: what older programs write.
PLAIN_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Size 4/Root 1 0 R>>\n%%EOF\n"
)


def references(*entries: str) -> str:
    """``rId1`` and so on: each entry is a kind and a target, and ``external`` if it is that."""
    made = []
    for number, entry in enumerate(entries, 1):
        kind, target, *external = entry.split(" ")
        outside = ' TargetMode="External"' if external else ""
        made.append(f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"{outside}/>')
    return f'<Relationships xmlns="{RELATIONSHIPS}">{"".join(made)}</Relationships>'


def a_text(body: str = "<w:p><w:r><w:t>Clerk</w:t></w:r></w:p>") -> str:
    return f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"


def docx_parts(body: str = "", *entries: str, main: str = "word/document.xml", kind: str = "document.main+xml", **parts: object):
    types = f'<Override PartName="/{main}" ContentType="{WORD}{kind}"/>'
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": references(f"officeDocument {main}"),
        main: a_text(body) if body else a_text(),
        main.replace("word/", "word/_rels/") + ".rels": references(*entries),
        **parts,
    }


DOCX_PARTS = docx_parts()


def a_pdf(name: str = "Job description.pdf", change=None, pages: int = 1, **options) -> SimpleUploadedFile:
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        if change:
            change(document)
        document.save(out, static_id=True, **options)
    return SimpleUploadedFile(name, out.getvalue(), content_type="application/pdf")


def a_zip(name: str, parts) -> SimpleUploadedFile:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return SimpleUploadedFile(name, held.getvalue())


def a_docx(name: str = "Application form.docx") -> SimpleUploadedFile:
    return a_zip(name, DOCX_PARTS)
