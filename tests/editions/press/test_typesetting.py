"""Pieces that were measured each alone become pages of type, and the pages a few documents."""

import re
from dataclasses import replace

import pytest

from editions.press import typesetting
from editions.press.galley import Advert, Cover, Galley, Kept, Part, Slot
from editions.press.packing import MM, Column, Layout
from editions.press.typesetting import gatherings

COVER = Cover("T", "Teaching staff", "27 April 2026", "Issue 9", "S", "4 May", "noon", "01632 960000", "a@b.example", "b.example")


@pytest.mark.parametrize(
    ("pages", "house_pages", "numbers"),
    [
        (1, 0, [[1]]),
        (8, 0, [[*range(1, 9)]]),
        (19, 1, [[*range(1, 9)], [*range(9, 17)], [17, 18, 19, 20]]),
    ],
)
def test_a_bulletin_is_set_eight_pages_at_a_time_each_with_its_own_number(pages, house_pages, numbers):
    job = Galley(COVER, "2026-04-27", "https://b.example", house_pages=("<p>Ours</p>",) * house_pages)
    found = list(gatherings(job, Layout([Column(900.0) for _ in range(2 * pages)])))

    assert [[int(number) for number in re.findall(r'data-number="(\d+)"', html)] for html in found] == numbers
    assert ["page cover" in html for html in found] == [True, *[False] * (len(numbers) - 1)]
    assert all(first % 2 for first, *_ in numbers)  # A right-hand page, as WeasyPrint takes the first one for.


def a_job(*authorities, **fields):
    """An advert of each authority, GS1 and onwards."""
    adverts = [
        Advert(
            reference=f"GS{number}",
            authority=authority,
            group="Teachers",
            title=f"Post {number}",
            head=f"<h4>{number}</h4>",
            body=("<p>Text</p>",),
            foot="<p>Foot</p>",
            continued=f"<p>Post {number} – continued</p>",
            parts=(Part(0), Part(1), Part(2)),
        )
        for number, authority in enumerate(authorities, 1)
    ]
    return Galley(COVER, "2026-04-27", "https://b.example", adverts=tuple(adverts), **fields)


def an_advert(number, **fields):
    return Slot("advert", f"GS{number}", 50.0, **{"last": 3, **fields})


@pytest.mark.parametrize(
    ("authorities", "page_of", "lists"),
    [
        ([], {}, [[], []]),
        (["Avonmere"], {"GS1": 1}, [[("Avonmere", "1 post", "1", "area-1")], []]),
        (["Avonmere", "Avonmere"], {"GS1": 2, "GS2": 1}, [[("Avonmere", "2 posts", "1", "area-1")], []]),
        (
            ["Avonmere", "Bramleigh", "Bramleigh", "Saltmere"],
            {"GS1": 1, "GS2": 3, "GS3": 4, "GS4": 12},
            [
                [("Avonmere", "1 post", "1", "area-1"), ("Bramleigh", "2 posts", "3", "area-2")],
                [("Saltmere", "1 post", "12", "area-3")],
            ],
        ),
    ],
    ids=["no advert", "one", "a later advert that fills an earlier page", "three authorities"],
)
def test_the_contents_tell_posts_and_first_page_of_each_authority_in_two_lists_the_first_the_longer(authorities, page_of, lists):
    assert typesetting.contents(a_job(*authorities), page_of) == lists


@pytest.mark.parametrize(
    ("columns", "range_"),
    [
        ([[], []], ""),
        ([[1], [1]], "Avonmere"),
        ([[1], [2]], "Avonmere – Bramleigh & Coast"),
        ([[1, 2], [3]], "Avonmere – Saltmere"),
    ],
)
def test_a_running_head_names_the_first_and_the_last_authority_of_its_page(columns, range_):
    job = a_job("Avonmere", "Bramleigh & Coast", "Saltmere")
    slots = [[Slot("house", "0", 9.0), *(an_advert(number) for number in column)] for column in columns]

    found = typesetting.guide([Column(900.0, column) for column in slots], {advert.reference: advert for advert in job.adverts})

    assert found == range_


def test_everything_that_takes_room_besides_adverts_is_measured_once():
    job = a_job("Avonmere", "Bramleigh & Coast", "Avonmere", house=("<p>Ours</p>", "<p>Ours too</p>"))

    assert typesetting.furniture(job) == {
        "authority Avonmere": '<h2 class="authority">Avonmere</h2>',
        "group Teachers": '<h3 class="group">Teachers</h3>',
        "authority Bramleigh & Coast": '<h2 class="authority">Bramleigh &amp; Coast</h2>',
        "house 0": "<p>Ours</p>",
        "house 1": "<p>Ours too</p>",
    }


def test_each_slot_of_a_page_is_set_in_its_place():
    job = a_job("Avonmere", "Avonmere", house=("<p>Ours</p>", "<p>Ours too</p>"))
    left = [Slot("authority", "Avonmere", 9.0), Slot("group", "Teachers", 9.0, gap=2 * MM), an_advert(1, gap=2 * MM)]
    right = [Slot("continued", "GS2", 9.0), an_advert(2, first=1), Slot("house", "1", 9.0, gap=4.6 * MM)]
    layout = Layout([Column(900.0), Column(900.0), Column(900.0, left), Column(900.0, right)])

    assert "".join(typesetting.page(job, layout, 2)) == (
        '<section class="page" data-number="2" data-guide="Avonmere" data-bulletin="Teaching staff · 27 April 2026" '
        'data-imprint="Greensheets 9 · b.example"><div class="column a">'
        '<div class="slot gap-0"><h2 class="authority" id="area-1">Avonmere</h2></div>'
        '<div class="slot gap-20"><h3 class="group">Teachers</h3></div>'
        '<div class="slot gap-20"><h4>1</h4><p>Text</p><p>Foot</p></div>'
        '<div id="end-2-a"></div></div><div class="column b">'
        '<div class="slot gap-0"><p>Post 2 – continued</p></div>'
        '<div class="slot gap-0"><p>Text</p><p>Foot</p></div>'
        '<div class="slot gap-46"><p>Ours too</p></div>'
        '<div id="end-2-b"></div></div><div class="hairline"></div></section>'
    )


@pytest.mark.parametrize(("posts", "said"), [(1, "1 post"), (2, "2 posts")])
def test_the_cover_counts_the_posts(posts, said):
    html = typesetting.cover_page(a_job(*["Avonmere"] * posts), {})

    assert re.findall(r"\d+ posts?\b", html) == [said] * 2


@pytest.mark.parametrize(("pages", "sheets"), [(1, 3), (2, 2), (3, 1), (4, 0), (5, 3)])
def test_whole_pages_of_our_own_make_a_multiple_of_four_if_there_are_any(pages, sheets):
    layout = Layout([Column(900.0) for _ in range(2 * pages)])

    assert typesetting.sheets(a_job(house_pages=("<p>Ours</p>",) * 3), layout) == sheets
    assert typesetting.sheets(a_job(), layout) == 0


def test_the_stylesheet_has_one_rule_for_each_gap_and_one_for_the_cover():
    slots = [an_advert(1), an_advert(2, gap=4.6 * MM), an_advert(3, gap=2 * MM), an_advert(4, gap=4.6 * MM)]

    assert [rule.strip() for rule in typesetting.rules(a_job(), Layout([Column(900.0, slots)]), 79.5 * MM)] == [
        ".gap-0 { padding-top: 0.0mm }",
        ".gap-20 { padding-top: 2.0mm }",
        ".gap-46 { padding-top: 4.6mm }",
        ".cover .column, .cover .hairline { top: 79.500mm }",
    ]


def test_both_columns_of_the_cover_end_lower_by_its_height():
    columns = [Column(900.0, [an_advert(number, gap=number)]) for number in range(4)]

    assert typesetting.expected_ends(Layout(columns), page_top=75.0, cover_height=300.0) == {
        "end-1-a": 425.0,
        "end-1-b": 426.0,
        "end-2-a": 127.0,
        "end-2-b": 128.0,
    }


def test_the_parts_of_a_piece_that_stand_together_are_the_piece_again_and_others_only_their_lines():
    (advert,) = a_job("Avonmere").adverts
    parts = (Part(0), Part(1, 0, 6), Part(1, 6, 9), Part(1, 9), Part(2))
    advert = replace(advert, body=("<p>Become a colleague</p>",), parts=parts)

    assert typesetting.shown(advert, 0, 5) == list(advert.pieces)
    assert typesetting.shown(advert, 0, 3) == ["<h4>1</h4>", "<p>Become a co</p>"]
    assert typesetting.shown(advert, 3, 5) == ['<p class="on">lleague</p>', "<p>Foot</p>"]


def test_what_links_lead_to_is_told_in_words():
    assert typesetting.descriptions(a_job("Avonmere", "Saltmere", "Avonmere")) == {
        "area-1": "Posts in Avonmere",
        "area-2": "Posts in Saltmere",
        "GS1": "Beginning of GS1, Post 1",
        "GS2": "Beginning of GS2, Post 2",
        "GS3": "Beginning of GS3, Post 3",
    }


def test_what_was_set_before_is_as_high_as_it_was_and_so_is_a_paragraph_that_names_nobody_any_more():
    job = a_job("Avonmere", kept=Kept((), 0.0, "css"))
    parts = (Part(0, height=20.0), Part(1, height=28.8), Part(2, height=9.0))
    job = replace(job, adverts=(replace(job.adverts[0], body=("",), parts=parts, held=1),))
    layout = Layout([Column(900.0), Column(900.0), Column(900.0, [an_advert(1), Slot("blank", "GS2", 30.0)])])

    page = "".join(typesetting.page(job, layout, 2))
    rules = "".join(typesetting.rules(job, layout, 0.0))

    assert '<div class="slot gap-0 high-50000"><h4>1</h4><div class="high-28800"></div><p>Foot</p></div>' in page
    assert '<div class="slot gap-0 high-30000"></div>' in page
    assert re.findall(r"\.high-\d+ { height: [\d.]+px }", rules) == [
        ".high-28800 { height: 28.800px }",
        ".high-30000 { height: 30.000px }",
        ".high-50000 { height: 50.000px }",
    ]


def test_a_notice_of_what_was_withdrawn_is_no_post():
    job = a_job("Avonmere", "Avonmere", "Saltmere")
    job = replace(job, adverts=(replace(job.adverts[0], withdrawn=True), *job.adverts[1:]))

    assert [len(typesetting.offered(job)), typesetting.contents(job, {"GS1": 1, "GS2": 2, "GS3": 3})] == [
        2,
        [[("Avonmere", "1 post", "2", "area-1")], [("Saltmere", "1 post", "3", "area-2")]],
    ]
