"""The print shop's PDF: the same adverts, with bleed, crop marks and four inks."""

import os
import struct
from collections import Counter
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.core.files.base import ContentFile
from PIL import Image

from editions.building import bulletins
from editions.models import Bulletin
from editions.press import inks
from mailing.readers import retention
from tests.builders import MONDAY, a_school, a_vacancy, an_edition, london
from vacancies.models import Vacancy

pytestmark = pytest.mark.one_database

NOW = london(2026, 4, 26, 12)
MM = 72 / 25.4


def a_crest():
    out = BytesIO()
    Image.new("RGB", (60, 60), "#8a1c1c").save(out, "PNG")
    return ContentFile(out.getvalue())


def print_copy(**fields) -> Bulletin:
    school = a_school()
    school.logo.save("crest.png", a_crest())
    a_vacancy(school=school, contact_name="Mrs J. Pell")
    edition = an_edition(MONDAY, **fields)
    bulletins.plan(edition)
    bulletin = edition.bulletins.get(staff_group="teaching")
    bulletins.ask_for_print(bulletin, NOW)
    assert bulletins.build_due(NOW, limit=1) == [bulletin]
    return Bulletin.objects.get(pk=bulletin.pk)


def boxes(page) -> dict[str, list[float]]:
    return {name: [round(float(value) / MM, 1) for value in page.obj[name]] for name in ("/MediaBox", "/TrimBox", "/BleedBox")}


def inks_used(document) -> tuple[set[str], set[str]]:
    """The operators and the colour spaces of images that name a colour of light."""
    drawings = [*document.pages, *inks.drawn(document, "/Form")]
    operators = {str(operator) for drawing in drawings for _, operator in pikepdf.parse_content_stream(drawing)}
    return operators & set(inks.OPERATORS), {str(image.ColorSpace) for image in inks.drawn(document, "/Image")} - {"/DeviceGray"}


def inks_of_type(page) -> Counter:
    """The colours in force where text is shown, each with how often."""
    shown, saved, inks_now = Counter(), [], (0, 0, 0, 0)
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"scn", "k"}:
            inks_now = tuple(round(float(ink), 2) for ink in operands)
        elif name == "q":
            saved.append(inks_now)
        elif name == "Q":
            inks_now = saved.pop()
        elif name in {"Tj", "TJ"}:
            shown[inks_now] += 1
    return shown


BLACK, GREY, GREEN, DEEP = (0, 0, 0, 1), (0, 0, 0, 0.72), (0.88, 0.25, 0.88, 0.22), (0.92, 0.4, 0.86, 0.56)
PAPER, TINT = (0, 0, 0, 0), (0.09, 0.01, 0.09, 0)


@pytest.mark.django_db
def test_the_print_copy_has_bleed_trim_whole_sheets_and_nothing_but_inks(settings):
    settings.PRINT_MULTIPLE_OF_FOUR = True
    bulletin = print_copy()

    with pikepdf.open(bulletin.print_file.path) as document:
        assert [boxes(page) for page in document.pages] == 4 * [
            {
                "/MediaBox": [-10.0, -10.0, 220.0, 307.0],
                "/TrimBox": [0.0, 0.0, 210.0, 297.0],
                "/BleedBox": [-3.5, -3.5, 213.5, 300.5],
            }
        ]
        assert inks_used(document) == (set(), {"/DeviceCMYK"})
        type_of_page_1 = inks_of_type(document.pages[0])
        assert set(type_of_page_1) == {BLACK, GREY, GREEN, DEEP, PAPER, TINT}
        assert type_of_page_1.most_common(1)[0][0] == BLACK
        assert "/OutputIntents" not in document.Root
        assert [page for page in document.pages if "/Annots" in page.obj] == []
    assert (bulletin.print_pages, bulletin.print_asked_at, bulletin.print_problem) == (4, None, "")
    assert bulletin.file == ""


@pytest.mark.django_db
def test_with_the_print_shops_colour_profile_it_is_pdf_x_4(settings, tmp_path):
    profile = tmp_path / "shop.icc"
    profile.write_bytes(a_profile())
    settings.PRINT_ICC_PROFILE = str(profile)
    bulletin = print_copy()

    with pikepdf.open(bulletin.print_file.path) as document:
        intent = document.Root.OutputIntents[0]
        assert str(intent.S) == "/GTS_PDFX"
        assert intent.DestOutputProfile.read_bytes() == a_profile()
        assert b"PDF/X-4" in document.Root.Metadata.read_bytes()
        assert inks_used(document)[0] == set()


@pytest.mark.django_db
def test_a_print_copy_that_cannot_be_made_says_why_and_waits_to_be_asked_for_again(settings):
    settings.PRINT_ICC_PROFILE = "/nowhere/shop.icc"

    bulletin = print_copy()

    assert "No such file or directory: '/nowhere/shop.icc'" in bulletin.print_problem
    assert (bulletin.print_asked_at, bulletin.problem, bulletin.claimed_at) == (None, "", None)


@pytest.mark.django_db
def test_the_print_copy_goes_with_the_contact_that_it_names_whatever_became_of_the_bulletin(press):
    """Its advert was withdrawn and the bulletin corrected, so the PDF that readers get names nobody any more."""
    bulletin = print_copy(published_at=london(2026, 4, 27, 7))
    printed = Path(bulletin.print_file.path)
    Vacancy.objects.update(status="withdrawn")
    bulletins.build(bulletin.edition, "teaching", NOW)
    os.utime(printed, (NOW.timestamp(), NOW.timestamp()))
    assert bulletins.sweep(NOW + timedelta(weeks=12)) == 0
    assert (printed.exists(), Bulletin.objects.get(pk=bulletin.pk).named) == (True, [])

    retention.purge(NOW + timedelta(weeks=20))

    assert bulletins.sweep(NOW + timedelta(weeks=20)) == 1
    assert (printed.exists(), Bulletin.objects.get(pk=bulletin.pk).print_file) == (False, "")


@pytest.mark.django_db
def test_only_staff_get_the_print_copy_published_or_not(press, client, admin_client):
    url = print_copy(published_at=london(2026, 4, 27, 7)).get_print_url()

    assert client.get(url).status_code == 404
    response = admin_client.get(url)
    assert b"".join(response.streaming_content)[:5] == b"%PDF-"
    assert response["Cache-Control"] == "private, no-store"


def test_grey_is_printed_with_black_alone():
    assert inks.separated(Image.new("RGB", (1, 1), (100, 100, 100))).getpixel((0, 0)) == (0, 0, 0, 155)
    assert inks.separated(Image.new("RGB", (1, 1), (255, 0, 0))).getpixel((0, 0)) == (0, 255, 255, 0)


def a_profile() -> bytes:
    """The smallest profile of a press that is one: four inks to a table of two steps each."""
    table = struct.pack(">4sIBBBB9i", b"mft1", 0, 4, 3, 2, 0, *[65536, 0, 0, 0, 65536, 0, 0, 0, 65536])
    ramp = bytes(range(256))
    grid = b"".join(bytes([255 - 60 * bin(step).count("1"), 128, 128]) for step in range(16))
    table += ramp * 4 + grid + ramp * 3
    text = b"desc\0\0\0\0\0\0\0\x05shop\0" + bytes(80)
    tags = [(b"desc", text), (b"A2B0", table), (b"wtpt", struct.pack(">4sI3i", b"XYZ ", 0, 63190, 65536, 54061))]
    place, index, body = 128 + 4 + 12 * len(tags), struct.pack(">I", len(tags)), b""
    for name, content in tags:
        padded = content + bytes(-len(content) % 4)
        index += struct.pack(">4sII", name, place + len(body), len(content))
        body += padded
    size = 128 + len(index) + len(body)
    head = struct.pack(
        ">I4sI4s4s4s12s4s4sI", size, b"lcms", 0x02400000, b"prtr", b"CMYK", b"Lab ", bytes(12), b"acsp", b"\0" * 4, 0
    )
    head += bytes(20) + struct.pack(">3i", 63190, 65536, 54061)
    return head + bytes(128 - len(head)) + index + body
