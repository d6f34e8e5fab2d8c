from datetime import date

import pytest

from vacancies.reading.kinds import read_advert

ADVERT = """Site Manager
Oak Hill School
Salary: £28,142 a year
Closing date: Friday 8 January 2027 at noon
We are looking for a handy person. Please telephone us for an application form.
We are committed to safeguarding. An enhanced DBS check is required."""


def left_out(text: str) -> list[str]:
    reading = read_advert(text, date(2026, 12, 7))
    return [reading.page.lines[number].text for number in sorted(reading.left_out)]


@pytest.mark.parametrize(
    "line",
    [
        "Page 1 of 2",
        "3 | P a g e",
        "Sent from my iPhone",
        "Commented [JB1]: hours?",
        "Teacher advert v3 FINAL (2).docx",
        "Invoice to: Finance Dept, Oak Hill School",
        "FAO Sue at Greensheets – proof to me please",
        "© Oak Hill School 2026",
        "Registered in England no. 07654321",
        "Oak Hill site manager advert draft 4 – governors’ changes accepted 25.11.26",
        "Amended by HR 24/11/26",
        "Site manager ad – v3, JM to check figures with payroll",
        "Last edit was 2 days ago",
        "Awaiting governors’ approval",
        "[a]Is this right?",
        "27/11/2026, 14:03 Site Manager | Oak Hill School",
        "https://www.oak.example/jobs/123 1/2",
        "CAUTION: this email originated from outside your organisation.",
        "My working days are Monday to Wednesday",
        "Comment from Sam: can you chop 40 words so it fits the small box? Then OK to send",
        "> Thursday is fine.",
        "This email and any attachments are confidential and intended for the addressee only.",
    ],
)
def test_a_line_that_is_no_advert_is_left_out_wherever_it_stands(line):
    head, _, rest = ADVERT.partition("\nWe are looking")
    assert left_out(f"{head}\n\n{line}\n\nWe are looking{rest}") == [line]


@pytest.mark.parametrize(
    "greeting", ["Hi Sue", "Dear Greensheets team", "Good morning,", "Hello both, please put this in Monday's edition."]
)
def test_a_greeting_is_left_out(greeting):
    assert left_out(f"{greeting}\n\n{ADVERT}") == [greeting]


@pytest.mark.parametrize(
    "closing",
    [
        "God bless",
        "Every blessing,",
        "Warm wishes",
        "All the very best,",
        "In haste, and with thanks",
        "Many thanks and have a lovely weekend",
        "With all good wishes",
        "Bye for now",
        "Happy Christmas when it comes!",
    ],
)
def test_a_closing_begins_a_signature(closing):
    assert left_out(f"{ADVERT}\n\n{closing}\nKaren") == [closing, "Karen"]


def test_a_name_and_an_office_at_the_end_are_a_signature_without_a_closing():
    tail = ["Pauline Withers", "Finance Officer", "This message may contain privileged information."]
    assert left_out("\n".join([ADVERT, "", *tail[:2], "", tail[2]])) == tail


@pytest.mark.parametrize(
    "line",
    ["Linda Pym, Admin Officer, Oak Hill School, Taunton ZZ99 3BI", "Femi Alade | People Partner | Elm Trust | 07700 900555"],
)
def test_a_signature_in_one_line_needs_no_closing(line):
    tail = ["Let me know if that’s too long", "Linda x", line, "Working days: Mon, Tue, Thu"]
    assert left_out("\n".join([ADVERT, "", *tail])) == tail


@pytest.mark.parametrize(
    "lines",
    [
        "If you have questions, write to\nKarl Benn, Estates Manager, kb@oak.example",
        "We like to answer questions.\nKarl Benn, Estates Manager, Oak Hill School",
        "Contact\nMrs Iris Okell, Admissions Manager, 01632 960468\nSafer recruitment\nAn enhanced DBS check is made.",
    ],
)
def test_somebody_to_ask_at_the_end_of_an_advert_is_no_signature(lines):
    assert left_out(f"{ADVERT}\n{lines}") == []


def test_a_covering_note_above_a_forwarded_advert_is_left_out_whole():
    note = ["Sue - the one from Ray that I spoke of.", "It wants to go in soon.", "Pauline Withers, 01632 960190"]
    head = ["From: Ray Pobjoy <ray@oak.example>", "Sent: 24 November 2026 09:31", "To: Pauline", "Subject: advert"]
    assert left_out("\n".join([*note, "", *head, "", ADVERT])) == [*note, *head]


def test_a_quoted_message_under_the_advert_is_left_out_whole():
    quoted = [
        "On Thu, 26 Nov 2026 at 11:20, Greensheets <",
        "adverts@greensheets.example> wrote:",
        "> A quarter page is £85.",
        ">",
    ]
    assert left_out("\n".join([ADVERT, "", *quoted])) == quoted


@pytest.mark.parametrize(
    "line", ["Note to applicants: the school is closed on Mondays", "Two drafts of a story are written each week."]
)
def test_a_note_to_readers_is_advert(line):
    assert left_out(f"{ADVERT}\n{line}\nPlease ring us.") == []


def test_a_signature_is_left_out_to_the_end():
    signature = ["Many thanks", "Karen", "Karen Bell", "Office Manager | Oak Hill School", "01632 960210"]
    assert left_out("\n".join([ADVERT, "", *signature])) == signature


def test_nothing_of_an_advert_is_taken_for_correspondence():
    assert left_out(ADVERT) == []


def test_a_letter_to_applicants_is_advert():
    assert left_out(f"Dear applicant\n\n{ADVERT}") == []


def test_a_line_that_says_from_when_is_no_mail_head():
    assert left_out(ADVERT.replace("Salary", "Date: to be agreed\nFrom: 22 February 2027\nSalary")) == []


def test_a_heading_under_a_remark_with_a_name_is_the_advert():
    assert left_out(f"Sue,\nText as follows, no logo needed.\nBest, Tam\n\n{ADVERT}") == [
        "Sue,",
        "Text as follows, no logo needed.",
        "Best, Tam",
    ]
