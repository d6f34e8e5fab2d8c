import pytest

from pictures.describing import BOTH, FILE_NAME, MISSING, NOTHING, problem


@pytest.mark.parametrize(
    ("alt", "is_decorative", "said"),
    [
        ("Pupils plant an oak by the gate", False, ""),
        ("Year 6 in 2026", False, ""),
        ("P.E. hall", False, ""),
        ("", True, ""),
        ("  ", False, MISSING),
        ("", False, MISSING),
        ("A tree", True, BOTH),
        ("IMG_1234.jpg", False, FILE_NAME),
        ("img 1234", False, FILE_NAME),
        ("DSC01234", False, FILE_NAME),
        ("PXL_20260427_101112", False, FILE_NAME),
        ("Screenshot 2026-04-27 at 10.11.12", False, FILE_NAME),
        ("school playing field.JPEG", False, FILE_NAME),
        ("open_day_final", False, FILE_NAME),
        ("Picture.", False, NOTHING),
        ("n/a", False, NOTHING),
        ("???", False, NOTHING),
        ("x", False, NOTHING),
        ("7 % 8", False, NOTHING),
        ("Oak", False, ""),
        ("UK", False, ""),
        ("  ", True, ""),
        ("IMG_1234.jpg shows our gate", False, ""),
        ("Img 12 pupils", False, ""),
        ("P1020304", False, FILE_NAME),
        ("WhatsApp Image 2026-04-27 at 10.11.12", False, FILE_NAME),
        (" crest.svg ", False, FILE_NAME),
        ("crest.avif", False, FILE_NAME),
        ("LOGO", False, NOTHING),
        ("Alt text.", False, NOTHING),
    ],
)
def test_a_description_says_what_the_picture_shows(alt, is_decorative, said):
    assert problem(alt, is_decorative, "open_day_final.jpg") == said


def test_the_name_of_the_file_is_no_description_unless_it_reads_like_one():
    names = [("open_day", "open_day.jpg"), ("crest", "crest.jpg"), ("open_day", "other.jpg"), ("open_day", "")]
    assert [problem(alt, False, name) for alt, name in names] == [FILE_NAME, "", "", ""]
