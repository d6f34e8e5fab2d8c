"""What visitors type, made harmless."""

from hypothesis import given
from hypothesis import strategies as st

from mailing.forms import one_line


@given(st.text(max_size=60))
def test_one_line_is_one_line(text):
    """No control characters, no marks that turn the direction of writing, no line breaks of any kind."""
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert not any(letter in line for letter in "\r\n\x00\u2028\u2029\u202a\u202e\u2066\u2069\ufeff")
    assert one_line(line) == line
