import pytest

from mailing.verdicts.providers import provider_of


@pytest.mark.parametrize(
    ("address", "provider"),
    [
        ("anna@gmail.com", "Gmail"),
        ("anna@googlemail.com", "Gmail"),
        ("anna@hotmail.co.uk", "Microsoft"),
        ("anna@btinternet.com", "Yahoo"),
        ("anna@school.example", "school.example"),
        ("", ""),
    ],
)
def test_a_provider_is_a_name_that_people_know_or_else_the_domain(address, provider):
    assert provider_of(address) == provider
