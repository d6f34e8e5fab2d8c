"""Requests that no browser of ours would send, by every method, to every address, as each role: none ends in an error of ours.

A few hundred with every `make test`, twenty thousand with `make attack`.
"""

import os
from random import Random

import pytest
from django.test import Client

from tests.attack.addresses import filled, routes
from tests.builders import a_subscriber, a_term, a_vacancy, an_article, an_authority, an_edition, london
from tests.desk import staff

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
REQUESTS = int(os.environ.get("GREENSHEETS_ATTACKS", "400"))
ROLES = ["", "Editor", "Publisher", "Owner"]
NASTY = [
    *("", "0", "-1", "1", "2", "abc", "9" * 40, "1.5", "1e400", "nan", "null", "true", "[]", "{}", "2026-13-45", "2026-04-27"),
    *("'", '"', "'; DROP TABLE x;--", "%27", "<script>alert(1)</script>", "{{7*7}}", "${7*7}", "../../etc/passwd", "..%2f..%2f"),
    *(
        "\x00",
        "%00",
        "\r\nSet-Cookie: a=b",
        "\u202e",
        "\ufeff",
        "\U0001f600",
        "ﬁ",
        "İ",
        "a" * 5000,
        "a b",
        "a/b",
        "//evil.example/",
    ),
    *("javascript:alert(1)", "=1+1", "@SUM(1)", "*", "?", "%", "_", "\\", "+" * 50, "teacher & (maths) OR", "GS10001", "EX4 9ZZ"),
]
KEYS = [
    *(
        "q",
        "page",
        "where",
        "radius",
        "sort",
        "year",
        "role",
        "school",
        "authority",
        "subjects",
        "status",
        "edition",
        "p",
        "o",
        "all",
    ),
    *("next", "token", "proof", "for", "ids", "action", "email", "name", "message", "what", "_changelist_filters", "_popup", "e"),
]
HEADERS = [
    "accept",
    "accept-language",
    "if-none-match",
    "if-modified-since",
    "range",
    "referer",
    "user-agent",
    "cookie",
    "content-type",
]
# Whoever logs out or changes a password would not be there for the rest; no mail service is set up in tests.
LEFT_OUT = ("logout", "password", "anymail")
METHODS = ["get"] * 6 + ["post"] * 3 + ["head", "put", "delete", "options", "patch", "trace"]


def as_sent(value):
    """As a server hands a header on: its bytes, one letter for each, and never two lines."""
    return value.replace("\r\n", "")[:300].encode().decode("latin-1")


@pytest.fixture
def clients(time_machine):
    time_machine.move_to(london(2026, 4, 28, 9))
    a_term(), a_vacancy(), an_article(), an_authority(), a_subscriber(), an_edition()
    clients = [Client(raise_request_exception=False) for _ in ROLES]
    for client, role in zip(clients, ROLES, strict=True):
        if role:
            client.force_login(staff(role))
    return clients


def test_no_request_ends_in_an_error_of_ours(clients):
    chance = Random("attack")  # noqa: S311  the same each time, so that what it finds can be found again
    known = sorted(route for route in set(routes()) if not any(part in route for part in LEFT_OUT))
    failed = []
    for _ in range(REQUESTS):
        client, method, route = chance.choice(clients), chance.choice(METHODS), chance.choice(known)
        word = chance.choice(NASTY) if chance.random() < 0.5 else None
        address = filled(route, word and word.replace("/", "").replace("\r\n", "")[:200])
        pairs = {chance.choice(KEYS): chance.choice(NASTY) for _ in range(chance.randrange(4))}
        headers = {chance.choice(HEADERS): as_sent(chance.choice(NASTY)) for _ in range(chance.randrange(3))}
        sent = getattr(client, method)
        try:
            answer = (
                sent(address, pairs, headers=headers) if method in {"get", "post", "head"} else sent(address, headers=headers)
            )
        except UnicodeError:
            continue  # the test's own client cannot say it
        if answer.status_code >= 500 and not address.startswith(("/healthz", "/metrics")):
            failed.append((method, address, pairs, headers, answer.status_code))
        for close in answer._resource_closers if answer.streaming else []:
            close()
    assert failed == []
