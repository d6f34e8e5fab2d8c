"""The same facts everywhere: what a reader sees of an advert on its page is said in print, email, lists and feeds, or why not."""

import html
import json
import re

import pytest
import time_machine

from editions.building import bulletins, pieces
from mailing.emails import letters, week
from mailing.models.choices import Choice
from tests.builders import MONDAY, a_school, a_vacancy, an_edition, london
from vacancies.models import Subject
from vacancies.public import facts
from vacancies.public.structured_data import job_posting

NOW = london(2026, 4, 27, 9)

# By the term under which the page says it: the words to look for, as any of the media may put them.
FACTS = {
    "title": ["Teacher of Cello"],
    "school": ["Fernhollow Primary School"],
    "text": ["Bring your bow."],
    "Actual pay": ["24,100", "24100"],
    "full-time pay": ["31,200", "31200"],
    "hourly pay": ["16.55"],
    "scale": ["MPS M1"],
    "allowance": ["TLR 2b"],
    "note on pay": ["London fringe"],
    "Closes": ["12 May", "2026-05-12"],
    "may close early": ["close early"],
    "Hours": ["30.5"],
    "hours of the day": ["Mon to Thu"],
    "job share": ["job share", "Job share"],
    "Weeks": ["39.5 weeks"],
    "Contract": ["Fixed term", "TEMPORARY"],
    "contract detail": ["one year's cover"],
    "Starts": ["1 September 2026", "2026-09-01"],
    "Number of posts": ["2 posts", "Number of posts 2", '"totalJobOpenings": 2'],
    "Based at": ["the Saltmere site"],
    "Subject": ["Subject Music"],
    "Key stages": ["KS2, KS3"],
    "Early career teachers": ["Early career teachers", "early career teachers"],
    "Visits": ["Come on 5 May"],
    "Shortlisting": ["13 May"],
    "Interviews": ["20 May"],
    "Questions": ["Ms Reed"],
    "how to apply": ["apply@fernhollow.example"],
    "CVs": ["CVs are not accepted"],
    "Reference": ["GS1"],
    "safeguarding": ["Every child is safe here."],
    "DBS": ["Enhanced DBS check required", "Enhanced"],
    "head of the school": ["Mrs Oakes"],
    "roll": ["417"],
    "address": ["Mill Lane"],
    "town": ["Fernhollow"],
}

BASIS = {"title", "school", "town", "Actual pay", "Closes", "Hours", "hours of the day", "job share"}
# What each medium leaves out, and why it may.
LEFT_OUT = {
    "print": ("the title names the subject, and a line of its own would take room", {"Subject"}),
    "list": (
        "a line among twenty, which leads to the page",
        FACTS.keys() - BASIS - {"Weeks", "Reference"},
    ),
    "email": ("a line among hundreds, which leads to the page", FACTS.keys() - BASIS),
    "feed": ("a summary, which leads to the page", FACTS.keys() - BASIS - {"Weeks", "Reference"}),
    "JSON": (
        "search engines read no property for it, or it names a person, or a pay that is not what one would get",
        {
            *("full-time pay", "hourly pay", "scale", "allowance", "note on pay"),
            *("may close early", "Shortlisting", "Interviews", "Visits", "Questions", "how to apply", "CVs"),
            *("contract detail", "Subject", "Key stages", "Early career teachers"),
            *("safeguarding", "DBS", "head of the school", "roll"),
        },
    ),
}


@pytest.fixture
def advert():
    school = a_school(address="Mill Lane", head="Mrs Oakes", roll=417)
    vacancy = a_vacancy(
        "Teacher of Cello",
        school=school,
        body="<p>Bring your bow.</p>",
        pay_min=31_200,
        pay_max=31_200,
        actual_pay_min=24_100,
        actual_pay_max=24_100,
        hourly_pay="16.55",
        pay_scale="MPS",
        pay_points="M1",
        pay_allowance="TLR 2b",
        pay_note="London fringe",
        closes_at=london(2026, 5, 12, 12),
        may_close_early=True,
        working_pattern="part_time",
        hours_per_week="30.5",
        hours_detail="Mon to Thu",
        job_share=True,
        weeks="term_time_only",
        weeks_worked="39.5",
        contract="fixed_term",
        contract_detail="one year's cover",
        start="date",
        starts_on="2026-09-01",
        posts=2,
        workplaces="the Saltmere site, Mill Lane, Fernhollow",
        key_stages="KS2, KS3",
        ect_suitable=True,
        visits="Come on 5 May",
        shortlisting="13 May 2026",
        interview="20 May 2026",
        contact_name="Ms Reed",
        apply_method="email",
        apply_email="apply@fernhollow.example",
        cv_accepted=False,
        safeguarding_text="Every child is safe here.",
        dbs="enhanced",
    )
    vacancy.subjects.add(Subject.objects.get_or_create(name="Music", defaults={"slug": "music"})[0])
    vacancy.refresh_from_db()
    return vacancy


def words(markup: str) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", " ", markup)).replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")
    return " ".join(text.split())


def media(advert, client) -> dict[str, str]:
    edition = an_edition(MONDAY, published_at=NOW)
    bulletins.plan(edition)
    printed, _ = pieces.advert(advert, "", "b.example")
    row = re.search(r'<li class="post">.*?</li>', client.get("/vacancies/").content.decode(), re.DOTALL)[0]
    entry = re.search(r"<entry>.*</entry>", client.get("/vacancies/feed/").content.decode(), re.DOTALL)[0]
    return {
        "page": words(client.get(advert.get_absolute_url()).content.decode()),
        "list": words(row),
        "print": words(" ".join(printed.pieces)),
        "email": letters.weekly(week.load(edition, NOW), Choice()).text,
        "feed": words(html.unescape(entry)),
        "JSON": json.dumps(job_posting(advert), ensure_ascii=False),
    }


def says(text: str, fact: str) -> bool:
    return any(needle in text for needle in FACTS[fact])


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_every_fact_of_the_page_is_said_in_every_medium_or_there_is_a_reason(advert, client):
    said = media(advert, client)

    lacking = {medium: {fact for fact in FACTS if not says(text, fact)} for medium, text in said.items()}
    assert lacking == {"page": set(), **{medium: facts_left_out for medium, (_, facts_left_out) in LEFT_OUT.items()}}


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_no_fact_of_the_page_is_forgotten_here(advert):
    """A new row of the page has to be looked for in every medium."""
    terms = {fact.term for fact in [*facts.at_a_glance(advert), *facts.after_applying(advert)]}

    assert terms - {"On this site from"} <= FACTS.keys()
