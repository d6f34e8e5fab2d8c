"""Passwords: twelve characters at least, and no guesser's first tries in whatever dress."""

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from greensheets_site.accounts import passwords

ERIN = User(username="erin", first_name="Erin", last_name="Ashworth", email="e.ashworth@avonmere-schools.example")

GOOD = [
    "correct horse battery staple",
    "teapot-granite-orbit-lamp",
    "wT4#kQ9zpL2m",
    "xkcdvtrplwmq",
    "Vier Elche tanzen!",
    "green umbrella on the tram",
    "my cat eats 3 herrings",
]
BAD = [
    "Greensheets1",
    "Greensheets2026!",
    "Gr33nsh33ts2026",
    "Summer2026!",
    "Summer2026!!",
    "Summer-Winter-2026",
    "SpringSummer26",
    "password1234",
    "P@ssw0rd2026!",
    "passwordpassword",
    "Welcome12345",
    "qwertyuiop12",
    "1q2w3e4r5t6y",
    "qazwsxedcrfv",
    "aaaaaaaaaaaaaaaa",
    "123456789012",
    "abcdefghijkl",
    "Monday2026Monday",
    "iloveyou2026",
    "dragonmonkey1",
    "ErinAshworth1",
    "erin.ashworth.1987",
    "Avonmere2026!!",
    "2026ashworth#1",
]


@pytest.mark.parametrize("password", GOOD)
def test_what_nobody_would_guess_is_taken(password):
    validate_password(password, ERIN)


@pytest.mark.parametrize("password", BAD)
def test_what_a_guesser_tries_first_is_refused_in_whatever_dress(password):
    with pytest.raises(ValidationError):
        validate_password(password, ERIN)


def test_twelve_characters_are_the_least():
    validate_password("wT4#kQ9zpL2m", ERIN)
    with pytest.raises(ValidationError, match="It must contain at least 12 characters"):
        validate_password("wT4#kQ9zpL2", ERIN)


WORTH = {"summer": 2, "summerx": 3, "summersummer": 2, "s2026": 3, "a b": 2, "qzxj": 4}


@pytest.mark.parametrize(("password", "worth"), WORTH.items())
def test_a_common_piece_is_worth_two_letters_and_nothing_the_second_time(password, worth):
    assert passwords.strength(password, set()) == worth


@pytest.mark.parametrize(("password", "is_taken"), [("summer2026wqk4", True), ("summer2026wqk1", True), ("summer2026wqk", False)])
def test_eight_letters_worth_are_enough(password, is_taken):
    assert (passwords.strength(password, set()) >= 8) is is_taken


def test_whoever_chooses_one_is_told_what_is_wanted():
    assert " ".join(password_validators_help_texts()).startswith("Your password must contain at least 12 characters.")
    assert passwords.HELP in password_validators_help_texts()


def test_long_ones_are_judged_in_no_time():
    """As long as a form can carry: every sign is looked at with the few before it, not with all."""
    assert passwords.strength("aB3$" * 1000, set()) > 8
