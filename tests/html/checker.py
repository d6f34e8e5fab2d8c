"""Whether a page is valid HTML: what the parser of the standard complains about, and what the standard asks of the tree.

It knows the elements and attributes that public pages use; another is a fault until somebody looks it up and adds it.
docs/decisions/0047-valid-html.md says why it is not the Nu checker, and how to ask that one too.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as MESSAGES


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HEADINGS = words("h1 h2 h3 h4 h5 h6")
BLOCKS = HEADINGS | words(
    "address article aside blockquote details dialog div dl fieldset figure footer form header hr main nav ol p pre search"
    " section table ul"
)
INTERACTIVE = words("a button details input label select textarea")
PHRASES_ONLY = HEADINGS | words("a abbr b button cite em i label legend p pre small span strong sub summary sup time")
TRANSPARENT = {"a"}
MAY_HOLD_A_HEADING = {"legend", "summary"}
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "select": {"option", "optgroup"},
    "datalist": {"option"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "tr": {"th", "td"},
}
GLOBAL = words("id class lang dir title hidden tabindex role accesskey inert spellcheck translate")
PLAIN = words(
    "html head body title main header footer nav section article aside div p ul dl dt dd span strong em b i small br hr figure"
    " figcaption address legend summary caption table thead tbody tr h1 h2 h3 h4 abbr search mark datalist"
)
ATTRIBUTES = {
    "li": "value",
    "blockquote": "cite",
    "ol": "start reversed type",
    "time": "datetime",
    "details": "open name",
    "fieldset": "disabled form name",
    "label": "for",
    "th": "scope colspan rowspan headers abbr",
    "td": "colspan rowspan headers",
    "meta": "charset name content property http-equiv media",
    "link": "rel href as type crossorigin sizes media title hreflang",
    "script": "src defer type async nomodule",
    "a": "href rel download hreflang type target",
    "output": "for form name",
    "img": "src srcset sizes alt width height loading decoding fetchpriority",
    "form": "action method novalidate autocomplete name enctype",
    "button": "type name value form disabled formaction",
    "input": "type name value checked required disabled readonly placeholder autocomplete form list maxlength minlength min max"
    " step pattern inputmode multiple accept size enterkeyhint autocapitalize",
    "select": "name required disabled form multiple size autocomplete",
    "option": "value selected disabled label",
    "optgroup": "label disabled",
    "textarea": "name rows cols required disabled placeholder maxlength minlength form autocomplete",
}
KNOWN = {tag: GLOBAL | words(ATTRIBUTES.get(tag, "")) for tag in PLAIN | ATTRIBUTES.keys()}
REQUIRED = {"img": ["src", "alt"], "a": ["href"], "link": ["rel", "href"]}
POINTERS = ["for", "form", "list", "aria-labelledby", "aria-describedby", "aria-controls", "headers"]
AUTOCOMPLETE = words("on off name email tel postal-code url organization street-address username current-password one-time-code")
INPUT_TYPES = words("text search email tel url number date checkbox radio hidden submit password file")

Fault = Iterator[str]


def faults(html: str) -> list[str]:
    """One line for each fault; a valid page gives an empty list."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html)
    syntax = [f"line {line}: {MESSAGES[code] % values}" for (line, _), code, values in parser.errors]
    nodes = [(element, above) for element, above in walk(root) if isinstance(element.tag, str)]
    found = [fault for rule in NODE_RULES for element, above in nodes for fault in rule(element, above)]
    return syntax + found + [fault for rule in PAGE_RULES for fault in rule([element for element, _ in nodes])]


def walk(element: Element, above: tuple[Element, ...] = ()) -> Iterator[tuple[Element, tuple[Element, ...]]]:
    yield element, above
    for child in element:
        yield from walk(child, (*above, element))


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def shown(element: Element) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in list(element.attrib.items())[:2])
    return f"<{element.tag}{attributes}>"


def known(element: Element, above: tuple[Element, ...]) -> Fault:
    if element.tag not in KNOWN:
        yield f"{shown(element)} is not an element that pages here use"
        return
    for name in element.attrib:
        if name not in KNOWN[element.tag] and not name.startswith(("aria-", "data-")):
            yield f"{shown(element)} may not have {name}"


def nested(element: Element, above: tuple[Element, ...]) -> Fault:
    parent = next((one for one in reversed(above) if one.tag not in TRANSPARENT), None)
    holder = above[-1].tag if above else ""
    if element.tag in BLOCKS and parent is not None and parent.tag in PHRASES_ONLY and not is_titled(parent, element):
        yield f"{shown(element)} may not stand in {shown(parent)}"
    if holder in CHILDREN and element.tag not in CHILDREN[holder] | {"script"}:
        yield f"{shown(element)} may not be a child of {shown(above[-1])}"
    if element.tag in ("dt", "dd") and holder not in ("dl", "div"):
        yield f"{shown(element)} stands outside a dl"
    if element.tag in INTERACTIVE and element.get("type") != "hidden":
        outer = [one.tag for one in above if one.tag in ("a", "button")]
        outer += [one.tag for one in above if one.tag == "label" == element.tag]
        yield from (f"{shown(element)} may not stand in a {tag}" for tag in outer)


def is_titled(parent: Element, element: Element) -> bool:
    return parent.tag in MAY_HOLD_A_HEADING and element.tag in HEADINGS


def filled(element: Element, above: tuple[Element, ...]) -> Fault:
    for name in REQUIRED.get(element.tag, []):
        if name not in element.attrib:
            yield f"{shown(element)} needs {name}"
    if element.tag in HEADINGS | {"a", "button", "label", "legend", "option", "title"} and not named(element):
        yield f"{shown(element)} has no text"
    if (
        element.tag == "label"
        and "for" not in element.attrib
        and not any(child.tag in INTERACTIVE for child in list(element.iter())[1:])
    ):
        yield f"{shown(element)} belongs to no field"
    if "id" in element.attrib and not re.fullmatch(r"\S+", element.attrib["id"]):
        yield f"{shown(element)} has an id that is empty or has spaces"
    if (
        element.tag in ("div", "span", "p")
        and "role" not in element.attrib
        and set(element.keys()) & {"aria-label", "aria-labelledby"}
    ):
        yield f"{shown(element)} has a name but no role"


def named(element: Element) -> bool:
    pictures = any(image.get("alt") for image in element.iter("img"))
    return bool(text_of(element) or element.get("aria-label") or element.get("label") or pictures or element.get("value") == "")


def valued(element: Element, above: tuple[Element, ...]) -> Fault:
    """Values that have a form of their own."""
    tests: dict[tuple[str, str], Callable[[str], object]] = {
        ("img", "width"): str.isdecimal,
        ("img", "height"): str.isdecimal,
        ("input", "type"): INPUT_TYPES.__contains__,
        ("time", "datetime"): is_moment,
        ("a", "href"): lambda address: not re.search(r"[\s<>\"{}|\\^`]", address),
    }
    for (tag, name), holds in tests.items():
        if element.tag == tag and name in element.attrib and not holds(element.attrib[name]):
            yield f"{shown(element)} has a bad {name}: {element.attrib[name]!r}"
    if "autocomplete" in element.attrib and not AUTOCOMPLETE.issuperset(element.attrib["autocomplete"].split()):
        yield f"{shown(element)} has a bad autocomplete: {element.attrib['autocomplete']!r}"


def is_moment(text: str) -> bool:
    for kind in (date, datetime):
        try:
            kind.fromisoformat(text)
        except ValueError:
            continue
        return True
    return False


def identified(elements: list[Element]) -> Fault:
    """Every id once, and everything that points at one finds it."""
    ids = Counter(element.attrib["id"] for element in elements if "id" in element.attrib)
    yield from (f"the id {name!r} is there {times} times" for name, times in ids.items() if times > 1)
    for element in elements:
        for name in POINTERS:
            missing = set(element.get(name, "").split()) - ids.keys()
            yield from (f"{shown(element)} points with {name} at {target!r}, which is not there" for target in sorted(missing))
        fragment = element.get("href", "")
        if fragment.startswith("#") and len(fragment) > 1 and fragment[1:] not in ids:
            yield f"{shown(element)} leads nowhere on this page"


def framed(elements: list[Element]) -> Fault:
    """A language, one title, one main, one h1, and headings that skip no level."""
    tags = Counter(element.tag for element in elements)
    yield from (f"there are {tags[tag]} {tag} elements, not one" for tag in ("title", "main", "h1") if tags[tag] != 1)
    if not elements[0].get("lang"):
        yield "the html element has no lang"
    if not any(element.tag == "meta" and element.get("charset", "").lower() == "utf-8" for element in elements):
        yield "there is no meta charset of utf-8"
    level = 0
    for element in (one for one in elements if one.tag in HEADINGS):
        if int(element.tag[1]) > level + 1:
            yield f"{shown(element)} {text_of(element)!r} follows a heading of level {level}"
        level = int(element.tag[1])


NODE_RULES = (known, nested, filled, valued)
PAGE_RULES = (identified, framed)
