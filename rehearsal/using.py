"""A first week with the site, over https: what staff enter, and what readers then get."""

import re
import time
from datetime import date, timedelta
from email import message_from_bytes, policy
from urllib.parse import urlsplit

from .installing import HOST, certificate
from .machine import Failed
from .stage import Missing, Stage, until
from .visitor import Answer, Visitor

PASSWORD = "orchard-street-twelve"  # noqa: S105  of a site that lives for minutes
TITLE = "Teaching assistant for the rehearsal"
READER = "reader@example.com"
MONDAY = date.today() - timedelta(days=date.today().weekday())  # noqa: DTZ011  the site's own clock is this machine's


def the_site_answers_over_https(stage: Stage) -> str:
    stage.visitor = visitor = Visitor(HOST, certificate(stage))
    stage.manage(
        "createsuperuser", "--noinput", "--username", "ada", "--email", "ada@example.com", DJANGO_SUPERUSER_PASSWORD=PASSWORD
    )
    home = visitor.get("/")
    if "strict-transport-security" not in home.headers:
        raise Failed(f"no HSTS among {sorted(home.headers)}")
    style = re.search(r'href="(/static/[^"]+\.css)"', home.text)
    sheet = visitor.ask(style[1] if style else "/static/", headers={"Accept-Encoding": "br"})
    if (sheet.status, sheet.headers.get("content-encoding")) != (200, "br"):
        raise Failed(f"the style sheet came as {sheet.status}, {sheet.headers.get('content-encoding')}")
    return f"home, {len(home.body)} bytes, and its style sheet"


def staff_log_in(stage: Stage) -> str:
    login = stage.visitor.get("/admin/login/")
    desk = stage.visitor.send(login.form_with("username", "password"), username="ada", password=PASSWORD)
    desk.must_say("The desk")
    return "the owner is at the desk"


def staff_save_a_page(stage: Stage) -> str:
    pages = stage.visitor.get("/admin/flatpages/flatpage/")
    about = re.search(r'href="(/admin/flatpages/flatpage/\d+/change/[^"]*)"[^>]*>[^<]*About', pages.text)
    if not about:
        raise Missing("a new site has no page About, so begin has not made it")
    form = stage.visitor.get(about[1]).form_with("content")
    words = "We have made this page for a rehearsal."
    content = dict(form.pairs)["content"]
    stage.visitor.send(form, press="_save", content=f"{content}<p>{words}</p>").must_say("changed successfully")
    stage.visitor.get("/about/").must_say(words)
    return "About says what was typed"


def staff_book_an_advert(stage: Stage) -> str:
    visitor, today = stage.visitor, date.today()  # noqa: DTZ011
    stage.sql("DELETE FROM vacancies_term")  # begin proposes terms; today may lie outside of them
    add(stage, "term", name="Rehearsal", starts_on=str(MONDAY - timedelta(30)), ends_on=str(today + timedelta(120)))
    if not first_key(stage, "authority"):
        add(stage, "authority", name="Avonmere", code="999", slug="avonmere")
    place = {"authority": first_key(stage, "authority"), "phase": "primary", "postcode": "BS1 1AA", "town": "Avonmere"}
    add(stage, "school", name="Fernhollow Primary School", email="office@example.com", **place)
    form = visitor.get("/admin/vacancies/vacancy/add/").form_with("title", "closes_at_0")
    advert = {
        **{"school": first_key(stage, "school"), "role_type": first_key(stage, "roletype"), "title": TITLE},
        **{"body": "<p>We wish to appoint a kind colleague.</p>", "publish_on": str(today), "print_from": str(MONDAY)},
        **{"print_until": str(MONDAY + timedelta(7)), "closes_at_0": str(today + timedelta(21)), "closes_at_1": "12:00"},
        **{"apply_method": "email", "apply_email": "office@example.com", "working_pattern": "full_time"},
    }
    saved(visitor.send(form, press="_approve", **advert))
    stage.notes["advert"] = link(visitor.get("/vacancies/"), TITLE)
    visitor.get(stage.notes["advert"]).must_say(TITLE, "Fernhollow Primary School")
    return f"live at {stage.notes['advert']}"


def a_reader_signs_up_and_confirms(stage: Stage) -> str:
    reader = Visitor(HOST, certificate(stage))
    form = reader.get("/mailing-list/").form_with("email", "started")
    time.sleep(5)  # whoever answers at once is taken for a robot
    reader.send(form, email=READER).must_say("email")
    message = until(90, "the email to confirm", lambda: next((m for m in stage.taken if READER in m.to), None))
    plain = message and message_from_bytes(message.content, policy=policy.default).get_body(("plain",))
    text = plain.get_content() if plain else ""
    address = re.search(rf"https://{re.escape(HOST)}(/mailing-list/confirm/\S+)", text)
    if not address:
        raise Failed(f"the email holds no link to confirm:\n{text}")
    form = next(form for form in reader.get(urlsplit(address[1]).path).forms() if "confirm" in form.address)
    reader.send(form)
    if stage.sql("SELECT count(*) FROM mailing_subscriber WHERE confirmed_at IS NOT NULL") != "1":
        raise Failed("nobody is on the list after confirming")
    return f"the email reached the sink after {len(stage.taken)} message(s), and its link works"


def the_edition_is_published(stage: Stage) -> str:
    """By the worker. Its Monday is moved to this week, as nobody can wait for the next one."""
    planned = 'SELECT id FROM editions_edition WHERE published_at IS NULL ORDER BY "on" LIMIT 1'
    until(90, "the worker to plan editions", lambda: stage.sql(planned))
    stage.sql(f"UPDATE editions_edition SET \"on\" = '{MONDAY}' WHERE id = ({planned})")
    until(420, "the worker to publish", lambda: stage.sql("SELECT 1 FROM editions_edition WHERE published_at IS NOT NULL"))
    bulletin = stage.visitor.get(f"/editions/{MONDAY}/support.pdf" if "support" in pdfs(stage) else pdfs(stage))
    if not bulletin.body.startswith(b"%PDF-"):
        raise Failed(f"{bulletin.address} is no PDF")
    return f"{MONDAY}, with a bulletin of {len(bulletin.body) // 1024} KB"


def pdfs(stage: Stage) -> str:
    return link(stage.visitor.get(f"/editions/{MONDAY}/"), "", r"/editions/[^\"]+\.pdf")


def add(stage: Stage, model: str, **typed: str) -> None:
    form = stage.visitor.get(f"/admin/vacancies/{model}/add/").form_with("_save", *typed)
    saved(stage.visitor.send(form, press="_save", **typed))


def saved(answer: Answer) -> None:
    """Whoever saved is elsewhere afterwards."""
    if "/add/" in answer.address:
        answer.must_say("was added")


def first_key(stage: Stage, model: str) -> str:
    found = re.search(rf"/admin/vacancies/{model}/(\d+)/", stage.visitor.get(f"/admin/vacancies/{model}/").text)
    return found[1] if found else ""


def link(page: Answer, words: str, pattern: str = r"[^\"]+") -> str:
    found = re.search(rf'href="({pattern})"[^>]*>(?:<[^>]+>|\s)*{re.escape(words)}', page.text)
    if not found:
        raise Failed(f"{page.address} has no link {words!r}")
    return found[1]


STEPS = [
    the_site_answers_over_https,
    staff_log_in,
    staff_save_a_page,
    staff_book_an_advert,
    a_reader_signs_up_and_confirms,
    the_edition_is_published,
]
