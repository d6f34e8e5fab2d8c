from datetime import date

from vacancies.reading.pages import read, repaired

AFTER = date(2026, 12, 7)


def statements(source: str) -> list[str]:
    return [statement.text for statement in read(source, AFTER).statements]


def test_lines_that_a_pdf_broke_are_one_statement():
    assert statements("We are looking for an experi-\nenced teacher to join our well-\nestablished team.\nPermanent") == [
        "We are looking for an experienced teacher to join our well-established team.",
        "Permanent",
    ]


def test_a_label_goes_with_the_line_behind_it():
    assert statements("Closing date\nFriday 8 January 2027\nContract\nPermanent") == [
        "Closing date Friday 8 January 2027",
        "Contract Permanent",
    ]


def test_an_address_in_angle_brackets_is_text():
    assert statements("Apply to Jane Doe <jane.doe@oak.example> by noon.") == [
        "Apply to Jane Doe <jane.doe@oak.example> by noon."
    ]


def test_columns_beside_each_other_come_under_each_other():
    text = """We wish to appoint a kind         Salary: MPS
teacher of art to join a          Contract: permanent
small team in a light and         Start: April 2027
airy studio by the river.         Closing date: 4 January"""
    assert repaired(text).splitlines() == [
        "We wish to appoint a kind",
        "teacher of art to join a",
        "small team in a light and",
        "airy studio by the river.",
        "",
        "Salary: MPS",
        "Contract: permanent",
        "Start: April 2027",
        "Closing date: 4 January",
    ]


def test_labels_with_values_beside_them_are_no_columns():
    assert repaired("Salary:     MPS\nHours:      32\nWeeks:      39\nStart:      May\nContract:   permanent").count("\n") == 4


def test_a_tab_behind_a_label_is_a_colon():
    assert (
        repaired("Job title\tCook\nHours\t15 a week\nour cook\tis kind")
        == "Job title: Cook\nHours: 15 a week\nour cook        is kind"
    )


def test_the_text_without_some_of_its_lines():
    page = read("<p>Hi Sue</p><p>Cook<br>Oak School<br>Thanks</p>", AFTER)
    assert page.html(frozenset([0, 3])) == "<p>Cook<br>Oak School</p>"
