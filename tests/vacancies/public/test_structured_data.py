import html
import json
import re
from datetime import date, datetime
from decimal import Decimal

import pytest
import time_machine

from tests.builders import a_school, a_vacancy, london
from vacancies import wording
from vacancies.public.structured_data import base_salary, employment_type, job_posting, postal_address
from web.json_ld import breadcrumbs

pytestmark = pytest.mark.django_db


def test_an_advert_is_described_with_the_facts_of_its_page():
    school = a_school(website="https://fernhollow.example", address="Orchard Way")
    advert = a_vacancy(school=school, pay_min=32916, pay_max=51048)
    advert.refresh_from_db()
    assert job_posting(advert) == {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Class Teacher",
        "description": "<p>The governors wish to appoint a colleague.</p>",
        "identifier": {"@type": "PropertyValue", "name": "Greensheets", "value": advert.reference},
        "url": f"https://www.greensheets.example/vacancies/{advert.pk}-class-teacher/",
        "datePosted": "2026-04-27",
        "validThrough": "2026-05-12T12:00:00+01:00",
        "employmentType": ["FULL_TIME"],
        "hiringOrganization": {
            "@type": "Organization",
            "name": "Fernhollow Primary School",
            "sameAs": "https://fernhollow.example",
        },
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Orchard Way",
                "addressLocality": "Fernhollow",
                "addressRegion": "Saltmere",
                "postalCode": "ZZ99 1AA",
                "addressCountry": "GB",
            },
        },
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "GBP",
            "value": {"@type": "QuantitativeValue", "unitText": "YEAR", "minValue": 32916.0, "maxValue": 51048.0},
        },
        "workHours": "Full time",
        "directApply": False,
    }


def test_a_post_that_is_based_elsewhere_too_says_where_in_the_words_of_its_page(client):
    advert = a_vacancy(workplaces="Any of the trust's four schools in Saltmere")
    with time_machine.travel(london(2026, 4, 28, 9), tick=False):
        page = client.get(advert.get_absolute_url()).text
    [posting], read = postings(page), what_is_read(page)
    addresses = [place["address"] for place in posting["jobLocation"]]
    assert addresses == [
        postal_address(advert.school),
        {"@type": "PostalAddress", "streetAddress": advert.workplaces, "addressCountry": "GB"},
    ]
    assert advert.workplaces in read


def test_a_part_time_post_states_its_actual_pay_as_the_page_does():
    fields = {
        "working_pattern": "part_time",
        "pay_min": 25185,
        "pay_max": 25989,
        "actual_pay_min": 16025,
        "actual_pay_max": 16537,
    }
    advert = a_vacancy(**fields)
    advert.refresh_from_db()
    value = base_salary(advert)["value"]
    assert (value["minValue"], value["maxValue"]) == (16025, 16537)
    assert f"£{value['minValue']:,.0f} to £{value['maxValue']:,.0f}" in wording.headline_pay(advert)


@pytest.mark.parametrize(
    "reduced",
    [
        {"working_pattern": "part_time"},
        {"weeks": "term_time_only"},
        {"working_pattern": "", "hours_per_week": Decimal("18.5"), "fte": Decimal("0.5")},
        {"working_pattern": "", "hours_per_week": Decimal("18.5")},
        {"working_pattern": "full_time", "hours_per_week": Decimal(22), "fte": Decimal("0.6")},
        {"weeks_paid": Decimal("44.43")},
        {"working_pattern": "either"},
    ],
)
def test_a_full_time_figure_is_never_given_for_less_than_full_time(reduced):
    assert base_salary(a_vacancy(pay_min=25185, pay_max=25989, **reduced)) is None


@pytest.mark.parametrize(
    ("known", "paid"),
    [
        ({"actual_pay_min": 16025}, {"unitText": "YEAR", "value": 16025}),
        ({"hourly_pay": Decimal("13.05")}, {"unitText": "HOUR", "value": 13.05}),
        ({"pay_unit": "hour", "pay_min": 14, "pay_max": None}, {"unitText": "HOUR", "value": 14}),
    ],
)
def test_a_post_that_may_be_part_time_states_its_actual_or_its_hourly_pay(known, paid):
    advert = a_vacancy(**{"working_pattern": "either", "pay_min": 25185, "pay_max": 25989, **known})
    assert base_salary(advert)["value"] == {"@type": "QuantitativeValue", **paid}


def test_one_figure_is_one_value_and_an_hourly_rate_says_so():
    advert = a_vacancy(
        working_pattern="casual", contract="casual", pay_unit="hour", pay_min=Decimal("12.65"), pay_max=Decimal("12.65")
    )
    assert base_salary(advert)["value"] == {"@type": "QuantitativeValue", "unitText": "HOUR", "value": 12.65}
    assert employment_type(advert) == ["PER_DIEM"]


def test_pay_in_words_alone_is_left_out():
    assert "baseSalary" not in job_posting(a_vacancy(pay_scale="Leadership", pay_points="L5-L9"))


def test_either_pattern_and_a_fixed_term_are_said_as_a_list():
    assert employment_type(a_vacancy(working_pattern="either", contract="fixed_term")) == ["FULL_TIME", "PART_TIME", "TEMPORARY"]


def test_only_a_live_adverts_page_holds_a_job_posting(client):
    advert = a_vacancy("</script>Teacher")
    with time_machine.travel(london(2026, 4, 28, 9), tick=False):
        page = client.get(advert.get_absolute_url()).text
    assert '"@type": "JobPosting"' in page
    assert "</script>Teacher" not in page
    with time_machine.travel(london(2026, 5, 12, 12), tick=False):
        assert "JobPosting" not in client.get(advert.get_absolute_url()).text


SHAPES = [
    {"pay_min": 32916, "pay_max": 51048},
    {"pay_min": 25185, "pay_max": 25989, "actual_pay_min": 16025, "actual_pay_max": 16537, "working_pattern": "part_time"},
    {"pay_min": 24413, "hourly_pay": Decimal("12.65"), "working_pattern": "part_time", "weeks": "term_time_only"},
    {"pay_min": Decimal("12.65"), "pay_max": Decimal("13.05"), "pay_unit": "hour", "working_pattern": "casual"},
    {"pay_min": 24000, "working_pattern": "casual"},
    {"pay_min": 25185, "pay_max": 25989, "actual_pay_min": 16025, "working_pattern": "either"},
    {"actual_pay_max": Decimal("3471.50"), "weeks": "term_time_plus"},
    {"hourly_pay": 13, "contract": "casual"},
    {"pay_scale": "Leadership", "pay_points": "L5-L9", "pay_note": "Group 3"},
    {
        "hours_per_week": Decimal("27.5"),
        "hours_detail": "Mon-Fri",
        "weeks": "term_time_only",
        "weeks_worked": 39,
        "job_share": True,
    },
    {"working_pattern": "part_time", "fte": Decimal("0.5")},
    {"posts": 2, "starts_on": date(2026, 9, 1), "start": "date"},
    {"starts_on": date(2026, 9, 1), "start": "term", "start_text": "Autumn term 2026"},
    {"starts_on": date(2026, 9, 1), "start": "asap"},
    {"body": ""},
]


def what_is_read(page):
    """The words of a page as a reader sees them, on one line."""
    visible = re.sub(r"<(script|head)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", visible)).split())


def postings(page):
    found = [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)]
    return [thing for thing in found if thing["@type"] == "JobPosting"]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_figure_for_machines_stands_on_the_page_for_readers(client, shape):
    school = a_school(address="Orchard Way", website="https://fernhollow.example")
    advert = a_vacancy("Cook & Cleaner", school=school, **shape)
    with time_machine.travel(london(2026, 4, 28, 9), tick=False):
        page = client.get(advert.get_absolute_url()).text
    [posting], read = postings(page), what_is_read(page)
    value = posting.get("baseSalary", {}).get("value", {})
    figures = [value[name] for name in ("value", "minValue", "maxValue") if name in value]
    assert [figure for figure in figures if wording.money(Decimal(str(figure))) not in read] == []
    if figures:
        unit = "an hour" if value["unitText"] == "HOUR" else "a year"
        assert f"{wording.money(Decimal(str(figures[-1])))} {unit}" in read
    address = posting["jobLocation"]["address"]
    said = [posting["title"], posting["identifier"]["value"], posting["hiringOrganization"]["name"]]
    assert posting["workHours"].startswith(wording.pattern(advert))
    said += [
        wording.pattern(advert),
        address["streetAddress"],
        address["postalCode"],
        address["addressRegion"],
    ]
    assert [text for text in said if text not in read] == []
    assert ("totalJobOpenings" in posting) == ("Number of posts" in read)
    closes = datetime.fromisoformat(posting["validThrough"])
    assert wording.moment_text(closes) in read
    days = [date.fromisoformat(posting[name]) for name in ("datePosted", "jobStartDate") if name in posting]
    assert [day for day in days if wording.day_text(day) not in read] == []


@pytest.mark.parametrize("shape", SHAPES)
def test_what_search_engines_require_is_there(shape):
    advert = a_vacancy(**shape)
    advert.refresh_from_db()
    posting = job_posting(advert)
    required = ["title", "description", "datePosted", "hiringOrganization", "jobLocation"]
    assert [name for name in required if not posting.get(name)] == []
    assert datetime.fromisoformat(posting["validThrough"]).utcoffset() is not None
    assert set(posting.get("employmentType", [])) <= {"FULL_TIME", "PART_TIME", "TEMPORARY", "PER_DIEM"}
    assert json.loads(json.dumps(posting)) == posting


def test_the_yearly_figure_of_full_time_is_not_given_for_casual_work():
    assert base_salary(a_vacancy(pay_min=24000, working_pattern="casual")) is None


def test_an_advert_without_a_text_is_described_by_its_facts():
    advert = a_vacancy(body="", pay_min=Decimal(32916), pay_max=Decimal(51048))
    assert job_posting(advert)["description"] == "<p>£32,916 to £51,048 a year</p>\n\n<p>Full time</p>\n\n<p>Permanent</p>"


def test_breadcrumbs_lead_from_the_list_to_the_page(client):
    advert = a_vacancy()
    with time_machine.travel(london(2026, 4, 28, 9), tick=False):
        for address in [advert.get_absolute_url(), advert.school.get_absolute_url()]:
            assert '"@type": "BreadcrumbList"' in client.get(address).text
        assert "BreadcrumbList" not in client.get("/vacancies/").text
    steps = breadcrumbs(("Vacancies", "/vacancies/"), ("Saltmere", "/vacancies/in/saltmere/"))["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "Vacancies", "https://www.greensheets.example/vacancies/"),
        (2, "Saltmere", "https://www.greensheets.example/vacancies/in/saltmere/"),
    ]
