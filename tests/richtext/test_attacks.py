"""Texts that want to run something, sent straight to the admin's form past its editor: none of them does, in any output."""

import io

import pytest
import time_machine
import tinyhtml5
from django.db import connection
from django.urls import reverse

from editions.building import columns, pieces
from greensheets_site.accounts import roles
from mailing.emails import letters, week
from mailing.models.choices import Choice
from tests.builders import MONDAY, a_term, a_vacancy, an_article, an_edition, london
from tests.desk import opened, staff
from vacancies.public import proofs

pytestmark = pytest.mark.one_database

ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img/src='x'/onerror=alert(1)//",
    "<svg onload=alert(1)>",
    "<svg><script href=data:,alert(1) />",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1) /></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math href='javascript:alert(1)'>CLICK</math>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<form><button formaction=javascript:alert(1)>X</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=javascript:alert(1)//>",
    "<link rel=stylesheet href=data:,*%7bx:expression(alert(1))%7d>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    '<p style="width:expression(alert(1))">x</p>',
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<a href='&#1;javascript:alert(1)'>x</a>",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt&colon;alert(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='https://x.example' onmouseover='alert(1)' target=_blank>x</a>",
    "<a href='https://www.google.com/url?q=javascript:alert(1)'>x</a>",
    "<a href='https://eur01.safelinks.protection.outlook.com/?url=javascript%3Aalert(1)'>x</a>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<title><img title='</title><img src=x onerror=alert(1)>'></title>",
    "<template><script>alert(1)</script></template>",
    "<xmp><img title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?><img src=x onerror=alert(1)>",
    "{{ settings.SECRET_KEY }}{% load admin_urls %}<script>alert(1)</script>",
    "\u003cscript\u003ealert(1)\u003c/script\u003e</script><script>alert(1)</script>",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e<b/onclick=alert(1)>x",
]
RUNS = {"iframe", "object", "embed", "applet", "base", "math", "frame", "frameset", "marquee", "template", "xmp", "noembed"}
ADDRESSES = {"href", "src", "action", "formaction", "data", "srcdoc", "background", "poster", "xlink:href", "content"}
SAFE = ("http://", "https://", "mailto:", "tel:", "/", "#", "?", "webcal:", "job:qr/")


def dangers(html: str) -> list[str]:
    """Whatever in a page could run something that came from a text."""
    page = tinyhtml5.parse(io.StringIO(f"<!doctype html>{html}"), namespace_html_elements=False)
    return [danger for element in page.iter() for danger in of(element)]


def of(element):
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in RUNS or (tag == "script" and not is_ours(element)) or (tag == "meta" and element.get("http-equiv") == "refresh"):
        yield f"<{tag}>"
    for name, value in element.items():
        bare = "".join(value.split()).lower()
        if str(name).startswith("on") or (name in ADDRESSES and tag != "meta" and not bare.startswith(SAFE)):
            yield f'{tag} {name}="{value}"'
        if name in {"style", "values"} and ("javascript:" in bare or "expression(" in bare):
            yield f'{tag} {name}="{value}"'


def is_ours(script) -> bool:
    return (script.get("src") or "").startswith(("/static/", "/admin/jsi18n/")) or script.get("type") == "application/ld+json"


@pytest.fixture
def monday(db):
    with time_machine.travel(london(2026, 4, 27, 9), tick=False):
        a_term()
        yield


@pytest.fixture
def publisher(client, monday):
    client.force_login(staff(roles.PUBLISHER))


def saved(client, row, **texts):
    """Send the row's form as a browser would, with these texts in it; the row as it is stored then."""
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    response = client.post(address, {**opened(client, address), **texts})
    assert response.status_code == 302, response.context["errors"]
    row.refresh_from_db()
    return row


def email_of_the_week(advert):
    edition = an_edition(MONDAY, published_at=london(2026, 4, 27, 7))
    letter = letters.weekly(week.load(edition, london(2026, 4, 27, 9)), Choice())
    assert advert.reference.lower() in letter.html.lower() or advert.get_absolute_url() in letter.html
    return letter.html


def test_the_search_for_dangers_finds_them():
    found = [attack for attack in ATTACKS if dangers(attack)]
    assert len(found) >= 35
    assert dangers("<a href='/x'>x</a><script src='/static/js/site.js'></script>") == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_in_an_advert_leaves_nothing_that_runs(client, publisher, attack):
    advert = saved(client, a_vacancy(), body=f"<p>before</p>{attack}", title=attack[:150], contract_detail=attack)
    page = client.get(advert.get_absolute_url())
    pieces_of_print = pieces.advert(advert, "", "greensheets.example")[0]
    assert dangers(page.text) == []
    assert dangers("".join([*pieces_of_print.pieces, *pieces_of_print.body])) == []
    assert dangers(email_of_the_week(advert)) == []
    assert "before" in page.text


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_in_an_article_leaves_nothing_that_runs(client, publisher, attack):
    article = saved(client, an_article(), body=f"<blockquote><p>before</p>{attack}</blockquote>", title=attack[:150])
    page = client.get(article.get_absolute_url())
    assert dangers(page.text) == []
    assert "before" in page.text


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_that_reached_the_table_past_the_field_is_cleaned_when_it_is_shown(client, monday, attack):
    advert = a_vacancy()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE vacancies_vacancy SET body = %s", [f"<p>before</p>{attack}"])
    assert dangers(client.get(advert.get_absolute_url()).text) == []
    advert.refresh_from_db()
    assert dangers("".join(pieces.advert(advert, "", "greensheets.example")[0].body)) == []


def test_all_attacks_together_run_nowhere_else_either(client, publisher, monkeypatch):
    """Proof, preview, history, an earlier version, the desk's list and form, every list and feed of readers."""
    monkeypatch.setattr(columns, "picture", lambda vacancy: b"")
    everything = "<p>before</p>" + "".join(ATTACKS)
    an_edition(MONDAY, published_at=london(2026, 4, 27, 7))
    advert = saved(client, a_vacancy(), body=everything, title=ATTACKS[3], interview=ATTACKS[5], contract_detail=ATTACKS[0])
    article = saved(client, an_article(), body=everything, title=ATTACKS[3], summary=ATTACKS[5])
    saved(client, advert.school, name=ATTACKS[3], safeguarding_text=everything)
    pages = [
        reverse("vacancies:proof", args=[proofs.token(advert)]),
        advert.school.get_absolute_url(),
        "/",
        "/vacancies/",
        "/news/",
    ]
    pages += [reverse("editions:edition", args=[MONDAY]), "/vacancies/feed/", "/news/feed/"]
    for row in (advert, article, advert.school):
        name = f"admin:{row._meta.app_label}_{row._meta.model_name}"
        pages += [
            reverse(f"{name}_changelist"),
            reverse(f"{name}_change", args=[row.pk]),
            reverse(f"{name}_history", args=[row.pk]),
        ]
        pages.append(reverse(f"{name}_simple_history", args=[row.pk, row.history.last().pk]))
    answers = {page: client.get(page) for page in pages}
    form = opened(client, reverse("admin:vacancies_vacancy_change", args=[advert.pk]))
    preview = client.post(reverse("preview", args=[advert.pk]), {**form, "body": everything})
    assert {answer.status_code for answer in [preview, *answers.values()]} == {200}
    assert {page: found for page, answer in answers.items() if (found := dangers(answer.text))} == {}
    around = [
        danger for danger in dangers(preview.text) if "srcdoc=" not in danger and danger != 'img src="data:image/png;base64,"'
    ]
    assert (around, dangers(preview.context["web"])) == (["<iframe>"], ["<base>"]), "our own, and nothing else"
