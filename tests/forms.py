"""Forms as a browser has them: read off the page with every box that it shows, and sent back.

A test that types field names by hand keeps passing when the page has lost one of them. Here only a box that is on the page can be
filled in, and whatever is on the page is sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import html5lib
from django.http import HttpResponse
from django.test import Client

NOT_SENT_UNPRESSED = {"submit", "button", "image", "reset"}
Pair = tuple[str, str]


@dataclass
class Rendered:
    """One form of a page. ``sent`` is what a browser would send if nobody touched it, buttons apart."""

    address: str
    method: str
    sent: list[Pair] = field(default_factory=list)
    buttons: list[Pair] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    offered: dict[str, set[str]] = field(default_factory=dict)  # the options of each list that no script fills

    def filled(self, **typed) -> list[Pair]:
        """With some boxes filled in or emptied: a text, a list of texts, a file, or None for a box that is unticked.

        A name with a hyphen, as in formsets, is given by ``**{...}``.
        """
        missing = typed.keys() - self.names
        assert not missing, f"{self.address} shows no box called {', '.join(sorted(missing))}; it has {sorted(self.names)}"
        pairs = [(name, value) for name, value in self.sent if name not in typed]
        for name, value in typed.items():
            for one in _each(value):
                offered = self.offered.get(name)
                assert offered is None or str(one) in offered, f"{self.address} offers no {one!r} for {name}, only {offered}"
                pairs.append((name, one if hasattr(one, "read") else str(one)))
        return pairs

    def send(self, client: Client, press: str = "", **typed) -> HttpResponse:
        """As by the first button, or by the one that is named."""
        pressed = [pair for pair in self.buttons if pair[0] == press][:1]
        assert pressed or not press, f"{self.address} shows no button called {press}"
        data: dict[str, list] = {}
        for name, value in [*self.filled(**typed), *pressed]:
            data.setdefault(name, []).append(value)
        return client.post(self.address, data) if self.method == "post" else client.get(self.address, data)


def forms(response: HttpResponse) -> list[Rendered]:
    tree = html5lib.parse(response.content.decode(), treebuilder="etree", namespaceHTMLElements=False)
    here = response.request["PATH_INFO"] + ("?" + response.request["QUERY_STRING"] if response.request["QUERY_STRING"] else "")
    return [_read(tree, form, here) for form in tree.iter("form")]


def form_with(response: HttpResponse, *names: str) -> Rendered:
    """The one form of a page that has boxes or buttons of these names."""
    assert response.status_code == 200, f"{response.request['PATH_INFO']} answered {response.status_code}"
    found = [form for form in forms(response) if set(names) <= form.names | {name for name, _ in form.buttons}]
    assert len(found) == 1, f"{len(found)} forms with {', '.join(names)} on {response.request['PATH_INFO']}"
    return found[0]


def faults(response: HttpResponse) -> list[str]:
    """What a page that was not saved says of it, as its reader sees it."""
    tree = html5lib.parse(response.content.decode(), treebuilder="etree", namespaceHTMLElements=False)
    lists = [one for one in tree.iter() if {"errorlist", "errornote", "error", "errors"} & set(one.get("class", "").split())]
    return [" ".join("".join(one.itertext()).split()) for one in lists]


def _read(tree: Element, form: Element, here: str) -> Rendered:
    rendered = Rendered(urljoin(here, form.get("action") or here), form.get("method", "get").lower())
    for control, is_disabled in _controls(tree, form):
        name, kind = control.get("name"), control.get("type", "").lower()
        if not name or is_disabled or "disabled" in control.attrib:
            continue
        if control.tag == "button" or kind in NOT_SENT_UNPRESSED:
            if control.tag == "input" or kind in {"", "submit"}:
                rendered.buttons.append((name, control.get("value", "")))
            continue
        rendered.names.add(name)
        rendered.sent += [(name, value) for value in _values(control, kind)]
        _note_offers(rendered, control, kind)
    return rendered


def _controls(tree: Element, form: Element) -> Iterable[tuple[Element, bool]]:
    """Those inside it that name no other form, and those anywhere that name this one."""
    ours = form.get("id")
    inside = set(form.iter())
    shut = {one for area in tree.iter("fieldset") if "disabled" in area.attrib for one in area.iter()}
    for control in tree.iter():
        if control.tag not in {"input", "select", "textarea", "button"}:
            continue
        named = control.get("form")
        if (ours and named == ours) or (named is None and control in inside):
            yield control, control in shut


def _values(control: Element, kind: str) -> list[str]:
    if control.tag == "textarea":
        return ["".join(control.itertext())]
    if control.tag == "select":
        return _chosen(control)
    if kind in {"checkbox", "radio"}:
        return [control.get("value", "on")] if "checked" in control.attrib else []
    return [] if kind == "file" else [control.get("value", "")]


def _chosen(select: Element) -> list[str]:
    options = [option for option in select.iter("option") if "disabled" not in option.attrib]
    chosen = [option for option in options if "selected" in option.attrib]
    if "multiple" not in select.attrib:
        chosen = chosen[-1:] or options[:1]
    return [_value(option) for option in chosen]


def _value(option: Element) -> str:
    return option.get("value", " ".join("".join(option.itertext()).split()))


def _note_offers(rendered: Rendered, control: Element, kind: str) -> None:
    is_filled_by_script = "data-ajax--url" in control.attrib
    if control.tag == "select" and not is_filled_by_script:
        rendered.offered[control.get("name")] = {_value(option) for option in control.iter("option")}
    elif kind in {"radio", "checkbox"}:
        rendered.offered.setdefault(control.get("name"), set()).add(control.get("value", "on"))


def _each(value) -> list:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple | set) else [value]
