"""Who keeps a mailbox, as far as its address tells."""

import tomllib
from functools import cache
from pathlib import Path


def provider_of(email_key: str) -> str:
    """The provider of an address as it is compared: a name that people know, or the domain."""
    domain = email_key.rpartition("@")[2]
    return _names().get(domain, domain)


@cache
def _names() -> dict[str, str]:
    table = tomllib.loads((Path(__file__).parent / "providers.toml").read_text(encoding="utf-8"))["providers"]
    return {domain: name for name, domains in table.items() for domain in domains}
