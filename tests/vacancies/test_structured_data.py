from decimal import Decimal

import pytest
import time_machine

from tests.builders import a_school, a_vacancy, london
from vacancies import wording
from vacancies.structured_data import base_salary, employment_type, job_posting

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
        "totalJobOpenings": 1,
        "directApply": False,
    }


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


@pytest.mark.parametrize("reduced", [{"working_pattern": "part_time"}, {"weeks": "term_time_only"}])
def test_a_full_time_figure_is_never_given_for_less_than_full_time(reduced):
    assert base_salary(a_vacancy(pay_min=25185, pay_max=25989, **reduced)) is None


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
