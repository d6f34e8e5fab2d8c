"""What the weekly email says, and to whom."""

import email
import re
from datetime import timedelta
from email import policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailing.emails import letters, week
from mailing.emails.envelope import READERS_PLACE, Envelope, Letter, encoded
from mailing.models.choices import Choice
from tests.builders import MONDAY, a_role, a_school, a_term, a_vacancy, an_authority, an_edition, london
from vacancies.models import StaffGroup, Vacancy

SEVEN = london(2026, 4, 27, 7)
CLEANER = "catering-cleaning-and-site-management"
LONG_TITLE = "Higher Level Teaching Assistant (one-to-one SEND support), {}"
LONG_SCHOOL = "St Bartholomew and All Saints Church of England Voluntary Aided Primary School {}"


def this_week() -> week.Week:
    return week.load(an_edition(published_at=SEVEN), SEVEN)


def many(count: int) -> None:
    """So many adverts with everything filled in, long in every part, in thirteen areas."""
    areas = [an_authority(f"Bournemouth, Christchurch and Poole {n}", slug=f"area-{n}") for n in range(13)]
    schools = [a_school(LONG_SCHOOL.format(n), town="Wotton-under-Edge", authority=area) for n, area in enumerate(areas)]
    template = {"status": "approved", "publish_on": MONDAY, "print_from": MONDAY, "print_until": MONDAY}
    template |= {"closes_at": london(2026, 5, 13, 23, 59), "working_pattern": "part_time", "hours_per_week": "32.5"}
    template |= {"hours_detail": "Monday to Friday, 8.30am-3.45pm", "weeks": "term_time_plus_inset", "weeks_worked": 39}
    template |= {"actual_pay_min": 18_939, "actual_pay_max": 19_543}
    roles = [a_role("teacher"), a_role(CLEANER)]
    Vacancy.objects.bulk_create(
        Vacancy(title=LONG_TITLE.format(n), school=schools[n % 13], role_type=roles[n % 2], **template) for n in range(count)
    )


def size(letter: Letter) -> int:
    return len(letter.html.encode())


@pytest.mark.django_db
def test_m15_a_week_of_150_adverts_is_sent_whole_and_gmail_does_not_cut_it_off():
    many(150)
    letter = letters.weekly(this_week(), Choice())
    assert size(letter) < 100_000
    assert [n for n in range(150) if LONG_TITLE.format(n) not in letter.html or LONG_TITLE.format(n) not in letter.text] == []
    assert letter.html.count("£18,939 to £19,543 a year") == 150


@pytest.mark.django_db
@pytest.mark.parametrize("count", [300, 600])
def test_m15_what_cannot_be_named_under_the_limit_is_counted_and_linked_and_the_text_names_it(count):
    many(count)
    letter = letters.weekly(this_week(), Choice())
    assert size(letter) <= 100_000
    assert [n for n in range(count) if LONG_TITLE.format(n) not in letter.text] == []
    for number in range(13):
        of_area = len(range(number, count, 13))
        assert f"{of_area} posts</span>" in letter.html
    shortened = len(re.findall(r"All \d+ new posts for (?:teaching|support) staff in", letter.html))
    assert shortened == 26
    assert "£18,939" in letter.html


@pytest.mark.django_db
@pytest.mark.parametrize(("whole", "sent"), [(100_000, 100_000), (100_001, 9)])
def test_m15_an_email_of_100000_bytes_says_all_of_each_post_and_a_longer_one_less(monkeypatch, whole, sent):
    sizes = {letters.DETAILS[0]: whole}
    monkeypatch.setattr(letters, "_html", lambda name, subject, context: "x" * sizes.get(context["detail"], 9))
    assert size(letters.weekly(this_week(), Choice())) == sent


@pytest.mark.django_db
def test_posts_of_both_staff_groups_are_listed_even_when_an_area_is_cut_short():
    many(600)
    letter = letters.weekly(this_week(), Choice())
    first_area = letter.html.partition("Poole 1 <")[0]
    assert [first_area.count(f">{group.label}</h3>") for group in StaffGroup] == [1, 1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("teaching", "support", "here_only", "titles"),
    [
        (True, True, False, ["Head of Art", "Cleaner", "Teacher of French"]),
        (True, False, False, ["Head of Art", "Teacher of French"]),
        (False, True, False, ["Cleaner"]),
        (True, True, True, ["Head of Art", "Cleaner"]),
        (True, False, True, ["Head of Art"]),
    ],
)
def test_a_reader_is_told_of_what_they_chose_and_of_nothing_else(teaching, support, here_only, titles):
    here, there = a_school(authority=an_authority("Ambleford")), a_school(authority=an_authority("Wexmouth"))
    a_vacancy("Head of Art", school=here)
    a_vacancy("Cleaner", school=here, role=CLEANER)
    a_vacancy("Teacher of French", school=there)
    choice = Choice.of(teaching, support, [here.authority_id] if here_only else [])
    letter = letters.weekly(this_week(), choice)
    assert re.findall(r"^\* (.+)$", letter.text, re.MULTILINE) == titles
    assert re.findall(r'class="post"[^>]*><a[^>]*>([^<]+)</a>', letter.html) == titles
    assert f"{len(titles)} new post" in letter.text


@pytest.mark.django_db
def test_each_post_is_told_with_its_school_pay_hours_closing_time_and_link():
    advert = a_vacancy(
        "Teaching Assistant",
        role="teaching-assistant",
        working_pattern="part_time",
        hours_per_week="25",
        actual_pay_min=14_568,
        actual_pay_max=15_033,
    )
    letter = letters.weekly(this_week(), Choice())
    assert (
        "* Teaching Assistant\n"
        "  Fernhollow Primary School\n"
        "  Pay: £14,568 to £15,033 a year (actual pay)\n"
        "  Hours: Part time, 25 hours a week\n"
        "  Closes: Tuesday 12 May, noon\n"
        f"  https://www.greensheets.example{advert.get_absolute_url()}\n"
    ) in letter.text


@pytest.mark.django_db
def test_older_posts_that_close_within_the_week_have_a_list_of_their_own_soonest_first():
    last_week = MONDAY - timedelta(days=7)
    a_vacancy("Closes later", publish_on=last_week, closes_at=london(2026, 5, 5, 12))
    a_vacancy("Closes on Friday", publish_on=last_week, closes_at=london(2026, 5, 1, 12))
    a_vacancy("Closes on Tuesday", publish_on=last_week, closes_at=london(2026, 4, 28, 12))
    a_vacancy("New and closing", closes_at=london(2026, 4, 30, 12))
    letter = letters.weekly(this_week(), Choice())
    assert re.findall(r"^\* (.+)$", letter.text, re.MULTILINE) == ["New and closing", "Closes on Tuesday", "Closes on Friday"]


@pytest.mark.django_db
@pytest.mark.parametrize(("closes_at", "is_named"), [(london(2026, 5, 3, 23, 59), True), (london(2026, 5, 4), False)])
def test_an_older_post_is_named_that_closes_before_the_week_is_over(closes_at, is_named):
    a_vacancy("Cook", publish_on=MONDAY - timedelta(days=7), closes_at=closes_at)
    assert bool(this_week().closing) == is_named


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "is_new"),
    [
        ({"publish_on": MONDAY}, True),
        ({"publish_on": MONDAY - timedelta(days=6)}, True),
        ({"publish_on": MONDAY - timedelta(days=7)}, False),
        ({"publish_on": MONDAY - timedelta(days=7), "print_from": MONDAY, "print_until": MONDAY}, True),
    ],
    ids=["of the day", "of the week", "of the edition before", "printed for the first time"],
)
def test_a_post_is_new_that_came_after_the_edition_before_or_is_printed_for_the_first_time(fields, is_new):
    an_edition(MONDAY - timedelta(days=7), published_at=SEVEN - timedelta(days=7))
    a_vacancy(**fields)
    assert bool(this_week().new) == is_new


@pytest.mark.django_db
def test_posts_stand_in_the_order_of_the_bulletins_teaching_first_in_each_area():
    avon, hale = a_school(authority=an_authority("Avonmere")), a_school(authority=an_authority("Haleworth"))
    a_vacancy("Aide", school=hale, role="headteacher")
    a_vacancy("Cook", school=avon, role=CLEANER)
    a_vacancy("Art", school=avon, role="assistant-headteacher")
    a_vacancy("Zoology", school=avon, role="headteacher")
    assert [post.title for post in this_week().new] == ["Zoology", "Art", "Cook", "Aide"]


@pytest.mark.django_db
def test_a_subject_has_78_letters_at_most_whatever_a_post_is_called():
    a_vacancy("x" * 100)
    assert len(letters.weekly(this_week(), Choice()).subject) == 78


@pytest.mark.django_db
def test_what_is_not_live_when_it_goes_out_is_not_told():
    a_vacancy("Draft", status="draft")
    a_vacancy("Withdrawn", status="withdrawn")
    a_vacancy("Next week", publish_on=MONDAY + timedelta(days=7))
    a_vacancy("Closed at six", closes_at=london(2026, 4, 27, 6))
    letter = letters.weekly(this_week(), Choice())
    assert letter.subject == "No new posts for you this week - Greensheets, 27 April 2026"
    assert "* " not in letter.text


@pytest.mark.django_db
def test_the_next_edition_is_named():
    a_term()
    assert "NEXT EDITION\n\nMonday 4 May 2026\n" in letters.weekly(this_week(), Choice()).text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("titles", "subject"),
    [
        (["Cook"], "Cook at Fernhollow Primary School - new this week"),
        (["Cook", "Cook"], "Cook at Fernhollow Primary School and 1 more new post"),
        (["Cook", "Cook", "Cook"], "Cook at Fernhollow Primary School and 2 more new posts"),
        (["A " * 40 + "B"], f"{'A ' * 29}A... - new this week"),
        (
            ["A very long title of a post that does not fit on the line", "Cook"],
            "Cook at Fernhollow Primary School and 1 more new post",
        ),
    ],
)
def test_the_subject_names_a_post_and_a_school_and_the_count(titles, subject):
    for title in titles:
        a_vacancy(title.strip())
    letter = letters.weekly(this_week(), Choice())
    assert letter.subject == subject
    assert len(subject) <= 78


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (Choice(), "teaching and support posts in all areas"),
        (Choice.of(True, False, [1]), "teaching posts in Ambleford"),
        (Choice.of(False, True, [1, 2]), "support posts in Ambleford and Wexmouth"),
        (Choice.of(False, True, [1, 2, 3]), "support posts in Ambleford; Poole, Upper and Lower; Wexmouth"),
        (Choice.of(False, True, range(1, 6)), "support posts in 5 areas"),
        (Choice.of(True, True, [99]), "teaching and support posts in all areas"),
    ],
)
def test_a_choice_is_said_in_words(choice, words):
    names = {1: "Ambleford", 2: "Wexmouth", 3: "Poole, Upper and Lower", 4: "Yeo", 5: "Zeal"}
    assert letters.in_words(choice, names) == words


def test_plain_text_is_broken_into_short_lines_that_keep_their_indent_and_links_are_never_broken():
    link = f"https://www.greensheets.example/{'x' * 90}/"
    assert letters._wrapped(link) == link
    assert letters._wrapped(f"  Hours: {'part time, ' * 12}").splitlines()[1].startswith("  part")
    assert max(map(len, letters._wrapped("* " + "word " * 60).splitlines())) <= 76


tokens = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", min_size=22, max_size=22)


@given(token=tokens, before=st.text(max_size=90), after=st.text(max_size=90))
def test_a_prepared_body_says_for_every_reader_what_encoding_it_afresh_would_say(token, before, after):
    """The token is filled in after encoding, wherever the encoder has broken the line."""
    text = f"{before}https://www.greensheets.example/u/{READERS_PLACE}/{after}"
    lines_as_ours = "\n".join(line.rstrip() for line in text.replace("\r", "").split("\n")) + "\n"
    letter = Letter("Subject", lines_as_ours, "<p>Hello</p>")
    who = {"to": "a@b.example", "sender": "c@d.example", "envelope_sender": "e@d.example", "headers": {}}
    copy = Envelope(letter, encoded(letter), token=token, **who)
    wire = copy.message().as_bytes(linesep="\r\n")
    assert max(map(len, wire.split(b"\r\n"))) <= 76
    part, _ = email.message_from_bytes(wire, policy=policy.strict).iter_parts()
    assert copy.body == letter.text.replace(READERS_PLACE, token)
    assert part.get_content().replace("\r\n", "\n") == copy.body
