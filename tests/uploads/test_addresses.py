"""Which links a document keeps."""

import pytest

from uploads.addresses import is_harmless


@pytest.mark.parametrize(
    ("address", "is_kept"),
    [
        ("https://school.example/", True),
        ("HTTP://SCHOOL.EXAMPLE", True),
        ("mailto:head@school.example", True),
        ("tel:+441632960900", True),
        ("www.school.example", True),
        ("#top", True),
        (" https://school.example/", True),
        ("ja\nvascript:alert(1)", False),
        ("h\nttps://school.example/", True),
        ("file:///etc/passwd", False),
        ("\\\\spy\\share", False),
        ("https:\\\\spy\\share", False),
        ("https://a.example/\\..\\..\\a.exe", False),
        ("ms-word:ofe|u|https://spy.example", False),
        ("form.docx", False),
        ("", False),
    ],
)
def test_a_link_leads_to_the_web_a_mailbox_a_telephone_or_within(address, is_kept):
    assert is_harmless(address) is is_kept
