"""Every address of the site, made from its patterns: a page that is added is attacked without anybody having to remember it."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

GROUP = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
WORDS = {"int": "1", "slug": "a", "str": "a", "path": "a", "uuid": "00000000-0000-0000-0000-000000000000", None: "1"}
NAMED = {"object_id": "1", "content_type_id": "1", "uidb64": "MQ", "url": "admin", "kind": "csv", "model_name": "vacancy"}


def routes(patterns: list[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def filled(route: str, word: str | None = None) -> str:
    """An address of the route: plain words for its parts, or one word for all of them."""
    if "(?P<" in route or "^" in route:
        route = re.sub(r"\(\?P<\w+>[^()]*(?:\([^()]*\)[^()]*)*\)", "<str:token>", route)
        route = re.sub(r"[\^$\\?*]|\[[^\]]*\]", "", route)
    return "/" + GROUP.sub(lambda part: word or NAMED.get(part["name"]) or WORDS.get(part["kind"], "a"), route)


def of_the_desk() -> list[str]:
    return sorted({filled(route) for route in routes() if route.startswith("admin/")})


def of_all() -> list[str]:
    return sorted({filled(route) for route in routes()})
