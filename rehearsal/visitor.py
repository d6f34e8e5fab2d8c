"""A browser without eyes: keeps cookies, reads forms as they are rendered and sends them back with something filled in."""

import http.client
import re
import socket
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib

from .machine import Failed

UNSENT = {"submit", "button", "image", "reset", "file"}
Pairs = list[tuple[str, str]]


@dataclass
class Answer:
    address: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    def must_say(self, *words: str) -> "Answer":
        missing = [word for word in words if word not in self.text]
        if missing:
            raise Failed(f"{self.address} ({self.status}) does not say {missing}; it says: {seen(self.text)}")
        return self

    def forms(self) -> list["Form"]:
        tree = html5lib.parse(self.text, treebuilder="etree", namespaceHTMLElements=False)
        return [Form.read(form, self.address) for form in tree.iter("form")]

    def form_with(self, *names: str) -> "Form":
        found = [form for form in self.forms() if set(names) <= form.names]
        if len(found) != 1:
            raise Failed(f"{self.address} ({self.status}) has {len(found)} forms with {names}: {seen(self.text)}")
        return found[0]


@dataclass
class Form:
    address: str
    pairs: Pairs
    names: set[str]
    options: dict[str, dict[str, str]] = field(default_factory=dict)  # of each list: what is shown, and what is sent

    @classmethod
    def read(cls, form: Element, here: str) -> "Form":
        read = cls(urljoin(here, form.get("action") or ""), [], set())
        for control in form.iter():
            name = control.get("name")
            if control.tag not in ("input", "select", "textarea") or not name or "disabled" in control.attrib:
                continue
            read.names.add(name)
            read.pairs += [(name, value) for value in values(control)]
            if control.tag == "select":
                read.options[name] = {"".join(o.itertext()).strip(): o.get("value", "") for o in control.iter("option")}
        return read

    def filled(self, **typed: str | list[str]) -> Pairs:
        if missing := typed.keys() - self.names:
            raise Failed(f"{self.address} shows no {sorted(missing)}; it shows {sorted(self.names)}")
        kept = [(name, value) for name, value in self.pairs if name not in typed]
        return kept + [(name, one) for name, each in typed.items() for one in (each if isinstance(each, list) else [each])]


def values(control: Element) -> list[str]:
    kind = control.get("type", "").lower()
    if control.tag == "textarea":
        return ["".join(control.itertext())]
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [option for option in options if "selected" in option.attrib]
        if "multiple" not in control.attrib:
            chosen = chosen[-1:] or options[:1]
        return [option.get("value", "") for option in chosen]
    if kind in ("checkbox", "radio"):
        return [control.get("value", "on")] if "checked" in control.attrib else []
    return [] if kind in UNSENT else [control.get("value", "")]


def seen(text: str) -> str:
    """The words of a page that say what is wrong, or else its first."""
    faults = re.findall(r'class="[^"]*error[^"]*"[^>]*>(.*?)</(?:ul|p|div)>', text, re.DOTALL)
    plain = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", " | ".join(faults) or text, flags=re.DOTALL)
    return " ".join(plain.split())[:600]


class Visitor:
    """Talks to the site at this machine by its public name, and trusts exactly its certificate."""

    def __init__(self, host: str, certificate: Path):
        self.host = host
        self.cookies: dict[str, str] = {}
        self._tls = ssl.create_default_context(cafile=str(certificate))

    def connect(self) -> http.client.HTTPSConnection:
        connection = http.client.HTTPSConnection("127.0.0.1", 443, timeout=60)
        plain = socket.create_connection(("127.0.0.1", 443), timeout=60)
        connection.sock = self._tls.wrap_socket(plain, server_hostname=self.host)
        return connection

    def ask(self, address: str, method: str = "GET", body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        parts = urlsplit(urljoin(f"https://{self.host}/", address))
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Host": self.host, **({"Cookie": cookies} if cookies else {}), **(headers or {})}
        connection = self.connect()
        try:
            connection.request(method, target, body, sent)
            response = connection.getresponse()
            answer = Answer(parts.geturl(), response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
            for name, value in re.findall(
                r"^([^=]+)=([^;]*)", "\n".join(response.headers.get_all("Set-Cookie") or []), re.MULTILINE
            ):
                self.cookies[name] = value
        finally:
            connection.close()
        return answer

    def get(self, address: str, status: int = 200) -> Answer:
        answer = self.ask(address)
        if answer.status != status:
            raise Failed(f"{answer.address} answered {answer.status}, not {status}: {seen(answer.text)}")
        return answer

    def send(self, form: Form, press: str = "", **typed: str | list[str]) -> Answer:
        """Send it, by the button that is named, and follow where it leads."""
        body = urlencode([*form.filled(**typed), *([(press, "1")] if press else [])]).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Referer": form.address, "Origin": f"https://{self.host}"}
        answer = self.ask(form.address, "POST", body, kind)
        if answer.status in (301, 302, 303):
            return self.get(urljoin(form.address, answer.headers["location"]))
        return answer
