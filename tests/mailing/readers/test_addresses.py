import pytest

from mailing.readers.addresses import problem_of


@pytest.mark.parametrize("address", ["anna@readers.example", "a.b+c@gmail.com", "zoe@bücher.example", f"{'a' * 64}@x.example"])
def test_an_address_that_any_server_takes_is_taken(address):
    assert problem_of(address) == ""


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("anna@gmial.com", "Did you mean anna@gmail.com?"),
        ("anna@HOTMIAL.co.uk", "Did you mean anna@hotmail.co.uk?"),
        ("root@localhost", "Check the part after the @: it should look like example.com."),
        ("anna@[192.0.2.1]", "Check the part after the @: it should look like example.com."),
        (f"{'a' * 65}@x.example", "Check the part before the @: it has at most 64 letters."),
        ("zoë@x.example", "Check the part before the @: use the letters a to z without accents."),
        ('"a b"@x.example', "Enter the address without quotation marks, like name@example.com."),
        ("anna@.example", "Check the part after the @: there is no such address."),
        ("nonsense", "Check the part after the @: it should look like example.com."),
    ],
)
def test_one_that_cannot_be_written_to_is_refused_in_words(address, problem):
    assert problem_of(address) == problem
