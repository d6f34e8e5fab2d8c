"""Somebody at a browser: keeps cookies, reads a form as it was rendered, and sends it back with files."""

import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

HTML = "{http://www.w3.org/1999/xhtml}"
LEFT_OUT = {"file", "submit", "button", "image", "reset"}


class Visitor:
    def __init__(self, address: str):
        self.address = address
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> tuple[int, bytes]:
        return self._answer(urllib.request.Request(self.address + path))  # noqa: S310  our own server

    def send(self, path: str, **values: Any) -> tuple[int, bytes]:
        """Open a page, fill in some boxes of the form that holds them, and send it."""
        status, page = self.get(path)
        if status != 200:
            raise SystemExit(f"{path}: {status}")
        body = encode_multipart(BOUNDARY, {**filled_in(page, next(iter(values))), **values})
        headers = {"Content-Type": MULTIPART_CONTENT, "Referer": self.address + path}
        return self._answer(urllib.request.Request(self.address + path, body, headers))  # noqa: S310  our own server

    def _answer(self, request: urllib.request.Request) -> tuple[int, bytes]:
        try:
            with self._opener.open(request, timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()


def filled_in(page: bytes, name_in_it: str) -> dict[str, list[str]]:
    """What a browser would send back if nothing were changed."""
    forms = list(html5lib.parse(page.decode()).iter(f"{HTML}form"))
    found = next(form for form in forms if any(box.get("name") == name_in_it for box in form.iter()))
    data: dict[str, list[str]] = {}
    for box in found.iter():
        if name := box.get("name"):
            data.setdefault(name, []).extend(values_of(box))
    return data


def values_of(box: Element) -> list[str]:
    match box.tag.removeprefix(HTML):
        case "input" if box.get("type") in LEFT_OUT:
            return []
        case "input" if box.get("type") in ("checkbox", "radio"):
            return [box.get("value", "on")] if box.get("checked") is not None else []
        case "input":
            return [box.get("value", "")]
        case "textarea":
            return [box.text or ""]
        case "select":
            options = list(box.iter(f"{HTML}option"))
            chosen = [option.get("value", "") for option in options if option.get("selected") is not None]
            return chosen or ([options[0].get("value", "")] if options and box.get("multiple") is None else [])
    return []
