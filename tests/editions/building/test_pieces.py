from datetime import date

import pytest

from editions.building import pieces
from editions.building.blocks import Block
from tests.builders import a_school, a_vacancy, london
from vacancies.models import Vacancy
from vacancies.models.vacancies import STANDARD_SAFEGUARDING


def spaced(*texts):
    """With the spaces at which no line ends to be seen."""
    return [text.replace("\N{NO-BREAK SPACE}", "~") for text in texts]


def set_advert(**fields):
    return pieces.advert(a_vacancy(**fields), "", "greensheets.example")


@pytest.mark.django_db
def test_a_fact_that_is_not_known_has_no_line():
    vacancy = a_vacancy(contract="", working_pattern="", pay_scale="NJC 3", pay_points="SCP 5")

    assert pieces.facts(vacancy) == [("Salary", "NJC 3 SCP 5")]


@pytest.mark.django_db
def test_the_grey_line_tells_place_phase_roll_and_head_and_parts_none_of_them_but_the_place():
    school = a_school(address="Mill Lane", roll=1098, head="Mrs R. Pope")

    assert spaced(pieces.where(a_vacancy(school=school))) == [
        "Mill Lane, Fernhollow ·~Primary ·~1,098~on~roll ·~Head:~Mrs~R.~Pope"
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "posts", "printed"),
    [
        ("Cleaner", 1, "Cleaner"),
        ("Cleaner", 2, "Cleaner (2~posts)"),
        ("Midday Supervisory Assistants (2 posts)", 2, "Midday Supervisory Assistants (2 posts)"),
        ("Cleaners: 2 Posts", 2, "Cleaners: 2 Posts"),
        ("Year 2 Teacher", 3, "Year 2 Teacher (3~posts)"),
    ],
)
def test_the_number_of_posts_stands_behind_a_title_that_does_not_tell_it(title, posts, printed):
    advert, _ = set_advert(title=title, posts=posts)

    assert f">{printed}</h4>" in spaced(advert.head)[0]


@pytest.mark.django_db
def test_apostrophes_are_those_of_print_and_a_quotation_is_left_alone():
    advert, remarks = set_advert(body="<p>The Teachers' Pension, the school's “way” and 'quotes'.</p>")

    assert "The Teachers’ Pension, the school’s “way” and 'quotes’." in advert.body[0]
    assert remarks == []


@pytest.mark.django_db
def test_a_heading_is_marked_as_leading_on_to_its_list():
    advert, _ = set_advert(body="<p>Come.</p><p><strong>We offer</strong></p><ul><li>a garden</li></ul>")

    assert [advert.leads_on, "We offer" in advert.pieces[advert.leads_on[0]]] == [(2,), True]


@pytest.mark.django_db
def test_visits_are_announced_once():
    assert pieces.how_to_apply(a_vacancy(visits="Visits are welcome.", apply_email=""))[0] == "Visits are welcome."
    assert pieces.how_to_apply(a_vacancy(visits="By appointment.", apply_email=""))[0] == "Visits: By appointment."


@pytest.mark.django_db
def test_how_to_apply_and_whom_to_ask_are_one_paragraph_that_says_nothing_twice():
    vacancy = a_vacancy(apply_email="office@x.example", cv_accepted=False, contact_name="Mr A. Fox", contact_phone="01632 960001")
    assert pieces.how_to_apply(vacancy) == ["Email office@x.example. CVs are not accepted. Contact: Mr A. Fox, 01632 960001"]

    vacancy.contact_email, vacancy.apply_phone = "office@x.example", "01632 960001"
    assert pieces.how_to_apply(vacancy) == [
        "Email office@x.example. Telephone 01632 960001. CVs are not accepted. Contact: Mr A. Fox"
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Thursday 14 May 2026", "14~May"),
        ("Week beginning 18 May 2026", "w/c~18~May"),
        ("week commencing Monday 11 January 2027", "w/c~11~January 2027"),
        ("Friday, in the afternoon", "Friday, in the afternoon"),
    ],
)
def test_closing_and_interviews_fit_one_line_that_leaves_out_the_year_of_its_monday(typed, printed):
    vacancy = a_vacancy(interview=typed, closes_at=london(2026, 5, 8, 12))

    assert f"<b>Closes 8~May, noon</b> ·&nbsp;interviews {printed}</p>" in spaced(pieces.foot(vacancy))[0]


@pytest.mark.django_db
def test_a_telephone_number_stands_on_one_line():
    advert, _ = set_advert(body="<p>Ring 020 7946 0123 on 5 May 2026.</p>", apply_email="", contact_phone="01632 960001")

    assert ["020~7946~0123 on 5 May" in spaced(*advert.body)[0], "01632~960001" in spaced(*advert.body)[1]] == [True, True]


@pytest.mark.django_db
def test_what_an_advert_says_is_text_and_never_markup():
    advert, _ = set_advert(title="<b>Cook</b>", visits="<img src=x>", contact_name="A & B")

    assert "&lt;b&gt;Cook&lt;/b&gt;" in advert.head
    assert "&lt;img src=x&gt;" in advert.body[-2]
    assert "A &amp; B" in advert.body[-1]


@pytest.mark.django_db
def test_a_very_long_advert_is_cut_at_a_paragraph_and_points_to_its_address():
    advert, remarks = set_advert(title="Cook", body="<p>one two three four five.</p>" * 600)

    assert len(advert.body) == 302
    assert "The rest of this advert is at greensheets.example/GS" in advert.body[-2]
    assert "Email" in advert.body[-1]
    assert [remark.split(" ", 1)[1] for remark in remarks] == [
        "Cook is very long: the bulletin prints the beginning and refers readers to the website."
    ]


@pytest.mark.django_db
def test_signs_that_the_type_lacks_are_named_once():
    advert, remarks = set_advert(title="Cook 🍏", body="<p>Cegin 🍏 🥄 ✓ tŷ</p>")

    assert (advert.title, "Cegin   • tŷ" in advert.body[0]) == ("Cook ", True)
    assert [remark.split(" ", 1)[1] for remark in remarks] == [
        "Cook 🍏: the bulletin's typeface has no character for 🍏 🥄, so it is not printed."
    ]


def test_every_house_advert_names_the_website():
    house = pieces.house("teaching", "greensheets.example")

    assert [("greensheets.example" in html) or ("page&nbsp;1" in html) for html in house] == [True] * len(house)
    assert "support staff" in "".join(house)


@pytest.mark.django_db
def test_a_long_statement_on_safeguarding_becomes_part_of_the_text_so_that_columns_may_end_in_it():
    advert, _ = set_advert(safeguarding_text="We keep <children> safe. " * 200)

    assert len(advert.body) == 3
    assert "We keep &lt;children&gt; safe." in advert.body[1]
    assert ["safeguarding" in piece for piece in (*advert.body[1:-1], advert.foot)] == [True] * (len(advert.body) - 2) + [False]


@pytest.mark.django_db
def test_a_block_is_one_box_and_a_numbered_item_keeps_its_number():
    advert, _ = set_advert(
        apply_email="", body="<h4>Steps</h4><p>One <strong>two</strong></p><ol><li>Ring</li><li>Write</li></ol>"
    )

    assert tuple(piece.replace("\n", "") for piece in advert.body) == (
        '<h5 class="block heading">Steps</h5>',
        '<p class="block para">One <strong>two</strong></p>',
        '<ol class="block item"><li>Ring</li></ol>',
        '<ol class="block item from-2"><li>Write</li></ol>',
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("school", "workplaces", "line"),
    [
        ({"address": "Mill Lane, Fernhollow"}, "", "Mill Lane, Fernhollow ·~Primary"),
        ({"address": ""}, "", "Fernhollow ·~Primary"),
        ({"address": "Mill Lane"}, "Avonmere and Saltmere", "Avonmere and Saltmere ·~Primary"),
        ({"address": "Mill Lane", "phase": "", "head": "Mr O'Neill"}, "", "Mill Lane, Fernhollow ·~Head:~Mr~O'Neill"),
    ],
)
def test_the_grey_line_names_no_place_twice_and_workplaces_instead_of_an_address(school, workplaces, line):
    assert spaced(pieces.where(a_vacancy(school=a_school(**school), workplaces=workplaces))) == [line]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("own", "dbs", "said"),
    [
        ("", "", STANDARD_SAFEGUARDING),
        ("", "enhanced", f"{STANDARD_SAFEGUARDING} Enhanced DBS check required."),
        ("We keep children safe.", "", "We keep children safe."),
        (
            "We keep children safe.",
            "enhanced_with_barred_list",
            "We keep children safe. Enhanced DBS check with barred list required.",
        ),
    ],
)
def test_every_advert_has_a_statement_on_safeguarding_with_the_check_that_is_asked_for(own, dbs, said):
    assert pieces.safeguarding(a_vacancy(safeguarding_text=own, dbs=dbs)) == said


@pytest.mark.parametrize(
    ("days", "closes"),
    [
        ({"print_from": date(2027, 1, 4)}, "12~January"),
        ({"print_from": None}, "12~January 2027"),
        ({"print_from": None, "publish_on": None}, "12~January 2027"),
    ],
    ids=["printed in the new year", "not printed", "without a day"],
)
def test_the_year_that_is_left_out_is_that_of_the_first_edition_that_prints_the_advert(days, closes):
    vacancy = Vacancy(**{"publish_on": date(2026, 12, 14), **days})

    assert spaced(pieces.without_year("12 January 2027", vacancy)) == [closes]


@pytest.mark.django_db
def test_no_more_than_a_dozen_signs_that_the_type_lacks_are_named():
    _, remarks = set_advert(title="Cook", body="".join(chr(0x1F34A + place) for place in range(13)))

    assert [remark.split(" for ")[1].split(", ")[0].count(" ") for remark in remarks] == [11]


@pytest.mark.parametrize(("words", "is_cut"), [(1500, False), (1501, True)])
def test_an_advert_of_fifteen_hundred_words_is_printed_whole(words, is_cut):
    body = [Block("one " * 700), Block("one " * (words - 700))]

    shown, cut = pieces.shortened(body, "b.example/GS1")

    assert (cut, shown[:1], len(shown)) == (is_cut, body[:1], 2)
    assert ("The rest of this advert is at b.example/GS1" in shown[1].html) == is_cut


@pytest.mark.parametrize(("group", "other"), [("teaching", "support staff"), ("support", "teaching staff")])
def test_a_bulletin_speaks_of_the_other_one(group, other):
    own = {"teaching staff", "support staff"} - {other}

    house = "".join(pieces.house(group, "b.example"))

    assert (other in house, own.pop() in house) == (True, False)


@pytest.mark.django_db
def test_references_addresses_and_what_is_continued_are_links(settings):
    settings.SITE_URL = "https://b.example"
    advert, _ = set_advert(
        title="Cook's Mate", body='<p>See <a href="https://x.example">our <strong>website</strong></a>, 01632 960001.</p>'
    )

    assert spaced(*advert.body) == [
        '<p class="block para">See <a href="https://x.example">our website</a>, 01632~960001.</p>',
        '<p class="block apply">Email <a href="mailto:office@fernhollow.example">office@fernhollow.example</a>.</p>',
    ]
    assert f'<a href="https://b.example/{advert.reference}">{advert.reference}</a>' in advert.foot
    assert f'<a href="#{advert.reference}">Cook’s Mate, Fernhollow Primary School – continued</a>' in advert.continued
    assert 'data-label="Cook’s Mate, Fernhollow Primary School"' in advert.head


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({}, []),
        ({"key_stages": "KS1, KS2"}, [("Key stages", "KS1, KS2")]),
        ({"ect_suitable": True}, [("Early career teachers", "suitable")]),
        ({"key_stages": "KS3", "ect_suitable": True}, [("Key stages", "KS3; suitable for early career teachers")]),
        ({"key_stages": "KS3", "ect_suitable": False}, [("Key stages", "KS3; not suitable for early career teachers")]),
    ],
)
def test_whom_a_post_suits_is_said_as_on_the_web(fields, line):
    assert pieces.facts(a_vacancy(**fields))[2:] == line


@pytest.mark.django_db
def test_a_post_that_is_not_for_term_time_says_so():
    assert pieces.hours(a_vacancy(working_pattern="full_time", weeks="all_year")) == "Full time, all year round"
    assert pieces.hours(a_vacancy(working_pattern="full_time", weeks="")) == "Full time"


@pytest.mark.django_db
def test_an_advert_that_may_close_early_and_its_shortlisting_are_told_beside_its_closing_date():
    vacancy = a_vacancy(closes_at=london(2026, 5, 8, 12), may_close_early=True, shortlisting="Monday 11 May 2026", interview="")

    assert "<b>Closes 8~May, noon</b>, may close early ·&nbsp;shortlisting 11~May</p>" in spaced(pieces.foot(vacancy))[0]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("MPS M1-M6 (£32,916 to £45,352 a year)", "MPS M1–M6 (£32,916 to £45,352 a year)"),
        ("SCP 4-6, Grade C", "SCP 4–6, Grade C"),
        ("Mon-Fri 8.45am-3.15pm", "Mon–Fri 8.45am–3.15pm"),
        ("part-time, full-time equivalent, TLR 2b", "part-time, full-time equivalent, TLR 2b"),
    ],
)
def test_a_range_has_a_dash_and_a_compound_its_hyphen(typed, printed):
    assert pieces.with_ranges(typed) == printed
