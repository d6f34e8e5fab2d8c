"""An advert as the pieces of HTML that the bulletin prints. Its facts are worded by ``vacancies.wording``, as everywhere."""

import re
from copy import copy
from dataclasses import replace
from html import escape

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from richtext.templatetags.richtext import richtext
from vacancies import wording
from vacancies.models import StaffGroup, Vacancy

from .. import rules
from ..press.galley import Advert, Cover
from . import blocks, glyphs, links
from .blocks import Block

MOST_SIGNS = 12
LONG_STATEMENT = 1200  # characters: a longer one is set like the text, and may go on in another column
APOSTROPHE = re.compile(r"(?<=[^\W\d_])'")
DAY = re.compile(r"(?<=\d) (?=[A-Z])|(?<=w/c) ")
DAYS = "Mon|Tue|Wed|Thu|Fri"
RANGE = re.compile(rf"(?<=\d)-(?=[A-Z]{{0,3}}\d)|(?<=\d[ap]m)-(?=\d)|(?<={DAYS})-(?=(?:{DAYS})\b)")
TELEPHONE = re.compile(r"\b0\d{2,4} \d{3,6}(?: \d{3,4})?\b")
TAG_OR_TEXT = re.compile(r"<[^>]*>|[^<]+")
WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day (?=\d)")
WEEK = re.compile(r"\bweek (?:beginning|commencing)\b", re.IGNORECASE)
HOUSE = ["email", "other", "advertise", "reference", "line"]
SHEETS = ["advertise", "email", "notes"]


def advert(vacancy: Vacancy, crest: str, website: str) -> tuple[Advert, list[str]]:
    """The advert in pieces, and remarks for staff on what could not be set as it was typed."""
    body, is_cut = shortened([*blocks.cut(typeset(vacancy.body)), *long_safeguarding(vacancy)], f"{website}/{vacancy.reference}")
    body += [apply_block(line) for line in how_to_apply(vacancy)]
    name = f"{vacancy.reference} {vacancy.title}"
    remarks = [f"{name} is very long: the bulletin prints the beginning and refers readers to the website."] if is_cut else []
    missed: set[str] = set()

    def set_in_type(html: str) -> str:
        text, signs = glyphs.printable(html)
        missed.update(signs)
        return text

    contact, unnamed = without_contact(vacancy, len(body))
    pieces = Advert(
        reference=vacancy.reference,
        authority=set_in_type(vacancy.school.authority.name),
        group=set_in_type(vacancy.role_type.name if vacancy.role_type else ""),
        title=set_in_type(typeset(vacancy.title)),
        head=set_in_type(head(vacancy, crest)),
        body=tuple(set_in_type(body_piece(block)) for block in body),
        foot=set_in_type(foot(vacancy)),
        continued=set_in_type(continued(vacancy)),
        leads_on=tuple(place for place, block in enumerate(body, 1) if block.leads_on),
        contact=contact,
        unnamed=set_in_type(unnamed),
    )
    if missed:
        remarks.append(
            f"{name}: the bulletin's typeface has no character for {' '.join(sorted(missed)[:MOST_SIGNS])}, so it is not printed."
        )
    return pieces, remarks


def shortened(body: list[Block], address: str) -> tuple[list[Block], bool]:
    words = 0
    for place, block in enumerate(body):
        words += block.words
        if words > rules.MOST_PRINTED_WORDS:
            return [*body[:place], Block(render_to_string("editions/print/rest.html", {"address": address}))], True
    return body, False


def typeset(text: str) -> str:
    """With typographic apostrophes; between letters they cannot be anything else."""
    return APOSTROPHE.sub("’", text)


def head(vacancy: Vacancy, crest: str) -> str:
    context = {
        "vacancy": vacancy,
        "title": typeset(vacancy.title),
        "posts": posts_to_tell(vacancy),
        "school": typeset(vacancy.school.name),
        "crest": crest,
        "where": typeset(where(vacancy)),
        "facts": facts(vacancy),
    }
    return render_to_string("editions/print/head.html", context)


def posts_to_tell(vacancy: Vacancy) -> str:
    """``2 posts``; nothing of a single one, and nothing that the school has written into its title."""
    told = f"{vacancy.posts} posts"
    return unbroken(told) if vacancy.posts > 1 and told not in vacancy.title.lower() else ""


def facts(vacancy: Vacancy) -> list[tuple[str, str]]:
    """The tinted box; an unknown fact has no line."""
    lines = [
        ("Salary", wording.pay_in_full(vacancy)),
        ("Hours", hours(vacancy)),
        ("Contract", wording.contract_and_start(vacancy)),
        whom_it_suits(vacancy),
    ]
    return [(label, with_ranges(typeset(text))) for label, text in lines if text]


def with_ranges(text: str) -> str:
    """``M1–M6`` and ``8.45am–3.15pm``: a range has a dash, not a hyphen."""
    return RANGE.sub("–", text)


def hours(vacancy: Vacancy) -> str:
    """Said in print too of a post that is not for term time only."""
    all_year = "all year round" if vacancy.weeks and not wording.weeks(vacancy) else ""
    return ", ".join(filter(None, [wording.hours(vacancy), all_year]))


def whom_it_suits(vacancy: Vacancy) -> tuple[str, str]:
    suitable = {True: "suitable", False: "not suitable", None: ""}[vacancy.ect_suitable]
    if not vacancy.key_stages:
        return "Early career teachers", suitable
    return "Key stages", "; ".join(filter(None, [vacancy.key_stages, suitable and f"{suitable} for early career teachers"]))


def where(vacancy: Vacancy) -> str:
    """The grey line: place, phase, roll, head."""
    school = vacancy.school
    place = (
        school.address if school.town in school.address else f"{school.address}, {school.town}" if school.address else school.town
    )
    parts = [
        vacancy.workplaces or place,
        school.get_phase_display() if school.phase else "",
        f"{school.roll:,} on roll" if school.roll else "",
        f"Head: {school.head}" if school.head else "",
    ]
    return " ·\N{NO-BREAK SPACE}".join(filter(None, [parts[0], *(unbroken(part) for part in parts[1:])]))


def unbroken(text: str) -> str:
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def body_piece(block: Block) -> str:
    """One box for a block, not two: the press keeps every box of a bulletin in memory until it is written."""
    whole = links.plain_inside(unbroken_numbers(richtext(block.html)))
    html = mark_safe(whole)  # noqa: S308  made safe; other spaces, and fewer tags
    around = {"opening": mark_safe(block.opening), "closing": mark_safe(block.closing)}  # noqa: S308  lists, and nothing of the text
    return render_to_string("editions/print/block.html", {"block": block, "html": html, **around})


def unbroken_numbers(html: str) -> str:
    """Telephone numbers in one line each; an address in a tag stays as it is."""
    return "".join(
        part if part.startswith("<") else TELEPHONE.sub(lambda number: unbroken(number[0]), part)
        for part in TAG_OR_TEXT.findall(html)
    )


def foot(vacancy: Vacancy) -> str:
    return render_to_string(
        "editions/print/foot.html",
        {
            "vacancy": vacancy,
            "address": settings.SITE_URL,
            "safeguarding": "" if long_safeguarding(vacancy) else typeset(safeguarding(vacancy)),
            "closing": without_year(wording.closing(vacancy, long=False), vacancy),
            "shortlisting": brief_day(vacancy.shortlisting, vacancy),
            "interview": brief_day(vacancy.interview, vacancy),
        },
    )


def continued(vacancy: Vacancy) -> str:
    """Above what is carried over: whose advert it is, and a way back to its beginning."""
    context = {"vacancy": vacancy, "title": typeset(vacancy.title), "school": typeset(vacancy.school.name)}
    return render_to_string("editions/print/continued.html", context)


def brief_day(said: str, vacancy: Vacancy) -> str:
    return without_year(WEEK.sub("w/c", WEEKDAY.sub("", said)), vacancy)


def without_year(day: str, vacancy: Vacancy) -> str:
    """``20 November, noon``: the year of its Monday stands at the head of every page. A day is not parted from its month."""
    monday = vacancy.print_from or vacancy.publish_on
    short = day.replace(f" {monday.year}", "") if monday else day
    return DAY.sub("\N{NO-BREAK SPACE}", short)


def how_to_apply(vacancy: Vacancy) -> list[str]:
    """Visits, then how to apply and whom to ask as one paragraph, which says no address and no number twice."""
    said = {"", vacancy.apply_email, vacancy.apply_phone}
    contact = [text for text in (vacancy.contact_name, vacancy.contact_phone, vacancy.contact_email) if text not in said]
    apply = ". ".join(wording.apply_lines(vacancy))
    visits = typeset(vacancy.visits)
    lines = [
        visits if visits.startswith("Visit") else f"Visits: {visits}" if visits else "",
        " ".join(filter(None, [f"{apply}." if apply else "", f"Contact: {', '.join(contact)}" if contact else ""])),
    ]
    return [line for line in lines if line]


def apply_block(line: str) -> Block:
    return Block(links.linked(escape(line, quote=False)), kind="apply")


def without_contact(vacancy: Vacancy, last: int) -> tuple[int, str]:
    """The place of the piece that names a contact, the last one of the text, and what it says without; 0 if nobody is named."""
    lines, nobody = how_to_apply(vacancy), copy(vacancy)
    nobody.contact_name = nobody.contact_phone = nobody.contact_email = ""
    without = how_to_apply(nobody)
    if lines == without:
        return 0, ""
    return last, body_piece(apply_block(without[-1])) if len(without) == len(lines) else ""


def withdrawn(advert: Advert, day: str) -> Advert:
    """The notice that stands where an advert stood."""
    head = render_to_string("editions/print/withdrawn.html", {"advert": advert, "day": day})
    kept = {name: getattr(advert, name) for name in ("reference", "authority", "group", "title")}
    return Advert(**kept, head=head, body=(), foot="", continued="", withdrawn=True)


def safeguarding(vacancy: Vacancy) -> str:
    checks = f" {vacancy.get_dbs_display()} required." if vacancy.dbs else ""
    return vacancy.safeguarding + checks


def long_safeguarding(vacancy: Vacancy) -> list[Block]:
    """A statement that is too long to be held together with the foot, as blocks of the text; usually none."""
    text = typeset(safeguarding(vacancy))
    if len(text) <= LONG_STATEMENT:
        return []
    return [replace(block, kind="safeguarding") for block in blocks.cut(escape(text, quote=False))]


def house(staff_group: str, website: str) -> tuple[str, ...]:
    """House adverts for leftover space: from two lines to a third of a column."""
    other = StaffGroup.SUPPORT if staff_group == StaffGroup.TEACHING else StaffGroup.TEACHING
    context = {
        "other": other.label.lower(),
        "website": website,
        "address": settings.SITE_URL,
        "publisher": settings.PUBLISHER,
    }
    return tuple(render_to_string(f"editions/print/house_{name}.html", context) for name in HOUSE)


def house_pages(cover: Cover) -> tuple[str, ...]:
    """Whole pages of our own, as many as may be needed to end on a multiple of four."""
    context = {"cover": cover, "lines": range(15)}
    return tuple(render_to_string(f"editions/print/sheet_{name}.html", context) for name in SHEETS)
