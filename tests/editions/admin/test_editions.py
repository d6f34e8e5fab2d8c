"""What publishers do with bulletins at the desk, and what editors may not."""

import csv
import re
from io import StringIO

import pypdfium2
import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from editions import posting
from editions.building import bulletins, composing
from editions.models import Bulletin
from greensheets_site.accounts import roles
from tests.builders import MONDAY, a_break, a_school, a_vacancy, an_authority, an_edition, london
from tests.desk import staff
from vacancies.schedule import WEEK

NOW = london(2026, 4, 23, 9)


@pytest.fixture
def publisher(client):
    client.force_login(staff(roles.PUBLISHER))
    return client


@pytest.fixture
def editor(client):
    client.force_login(staff(roles.EDITOR))
    return client


def a_bulletin(**edition) -> Bulletin:
    made = an_edition(MONDAY, **edition)
    bulletins.plan(made)
    return made.bulletins.select_related("edition").get(staff_group="teaching")


def as_if_built(bulletin: Bulletin) -> Bulletin:
    """Its row as it is when a PDF says what the adverts say; no PDF is made."""
    made_from = composing.digests(bulletin)
    values = {"made_from": made_from, "fingerprint": composing.fingerprint(bulletin, made_from), "built_at": NOW}
    values["page_of"] = dict.fromkeys(made_from, 1)
    Bulletin.objects.filter(pk=bulletin.pk).update(file="bulletins/a.pdf", **values)
    return fresh(bulletin)


def a_published_bulletin() -> Bulletin:
    return as_if_built(a_bulletin(published_at=london(2026, 4, 27, 7)))


def url(name, bulletin=None):
    return reverse(f"admin:editions_{name}", args=[bulletin.pk] if bulletin else [])


def fresh(bulletin) -> Bulletin:
    return Bulletin.objects.select_related("edition").get(pk=bulletin.pk)


def planned_on(on: str) -> dict[str, str]:
    """What is sent to plan an edition by hand."""
    inline = {"bulletins-TOTAL_FORMS": "0", "bulletins-INITIAL_FORMS": "0"}
    return {"on": on, "number": "7", "copy_deadline_at_0": "2026-04-23", "copy_deadline_at_1": "12:00", "note": "", **inline}


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.mark.django_db
def test_a_publisher_asks_for_the_proof_and_sees_that_it_is_on_its_way(publisher):
    a_vacancy()
    bulletin = a_bulletin()

    response = publisher.post(url("bulletin_build", bulletin), follow=True)

    assert messages_of(response) == ["The PDF will be made in the next few minutes."]
    assert fresh(bulletin).asked_at is not None
    assert (response["Refresh"], "It has been asked for and will start within seconds." in response.content.decode()) == (
        "5",
        True,
    )


@pytest.mark.django_db
def test_only_a_pdf_that_is_there_can_be_viewed_on_the_site(publisher):
    bulletin = a_bulletin()
    before = publisher.get(url("bulletin_change", bulletin)).content.decode()
    as_if_built(bulletin)

    assert "viewsitelink" not in before
    assert "viewsitelink" in publisher.get(url("bulletin_change", bulletin)).content.decode()


@pytest.mark.django_db
def test_progress_is_shown_while_a_pdf_is_made_and_the_page_rests_when_it_is_done(publisher):
    a_vacancy()
    bulletin = a_bulletin()
    Bulletin.objects.filter(pk=bulletin.pk).update(claimed_at=london(2999, 1, 1), progress="Measuring 40 of 120")

    page = publisher.get(url("bulletin_change", bulletin))
    assert "Measuring 40 of 120" in page.content.decode()
    assert page["Refresh"] == "5"

    Bulletin.objects.filter(pk=bulletin.pk).update(claimed_at=None)
    assert "Refresh" not in publisher.get(url("bulletin_change", bulletin))


@pytest.mark.django_db
def test_the_page_lists_what_changed_since_the_pdf_was_made(publisher):
    kept, changed, left_out = a_vacancy("Teacher of Art"), a_vacancy("Teacher of Drama"), a_vacancy("Teacher of French")
    bulletin = a_bulletin()
    as_if_built(bulletin)
    assert publisher.get(url("bulletin_change", bulletin)).context["changes"] == []

    changed.title = "Teacher of Dance"
    changed.save()
    left_out.status = "withdrawn"
    left_out.save()
    new = a_vacancy("Teacher of Music")

    changes = publisher.get(url("bulletin_change", bulletin)).context["changes"]
    assert [(change.kind.value, change.vacancy) for change in changes] == [
        ("changed", changed),
        ("new", new),
        ("no longer in it", left_out),
    ]
    assert kept.reference not in [change.name for change in changes]


@pytest.mark.django_db
def test_a_new_deadline_of_the_next_issue_is_a_change_of_the_cover(publisher):
    a_vacancy()
    bulletin = a_bulletin()
    as_if_built(bulletin)
    bulletin.edition.number += 1
    bulletin.edition.save()

    changes = publisher.get(url("bulletin_change", bulletin)).context["changes"]

    assert [change.kind.value for change in changes] == ["cover"]


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_a_published_pdf_is_corrected_only_on_a_page_of_its_own_and_with_a_note(publisher):
    vacancy = a_vacancy("Teacher of Art")
    bulletin = a_published_bulletin()
    vacancy.title = "Teacher of Art and Design"
    vacancy.save()
    assert publisher.post(url("bulletin_build", bulletin)).status_code == 403

    page = publisher.get(url("bulletin_revise", bulletin))
    assert "Teacher of Art and Design" in page.content.decode()
    assert publisher.post(url("bulletin_revise", bulletin), {"note": " "}).context["form"].errors == {
        "note": ["This field is required."]
    }
    assert fresh(bulletin).asked_at is None
    publisher.post(url("bulletin_revise", bulletin), {"note": "Page 1: the title."})

    assert bulletins.build_due(london(2026, 4, 28, 9), limit=1) == [bulletin]
    corrected = fresh(bulletin)
    assert (corrected.revision, corrected.revision_note, corrected.asked_at) == (1, "Page 1: the title.", None)
    with pypdfium2.PdfDocument(corrected.file.path) as document:
        text = " ".join(document[0].get_textpage().get_text_bounded().split())
    assert "Corrected" in text
    assert "Page 1: the title." in text
    assert "Teacher of Art and Design" in text


@pytest.mark.django_db
def test_asking_twice_before_the_worker_comes_makes_one_revision(publisher):
    a_vacancy()
    bulletin = a_published_bulletin()

    for note in ("Page 1.", "Pages 1 and 2."):
        publisher.post(url("bulletin_revise", bulletin), {"note": note})

    assert (fresh(bulletin).revision, fresh(bulletin).revision_note) == (1, "Pages 1 and 2.")


@pytest.mark.django_db
def test_it_is_written_down_who_asked_for_which_pdf(publisher):
    """A published PDF is what 1,400 schools read: its page says who had it corrected."""
    published = a_published_bulletin()
    coming = an_edition(MONDAY + WEEK)
    publisher.post(url("bulletin_revise", published), {"note": "Page 1."})
    publisher.post(url("bulletin_print", published))
    publisher.post(url("edition_changelist"), {"action": "build", "_selected_action": coming.pk})
    publisher.post(url("bulletin_changelist"), {"action": "build", "_selected_action": coming.bulletins.first().pk})
    told = LogEntry.objects.order_by("pk").values_list("user__username", "change_message")
    assert list(told) == [
        ("publisher", "The corrected PDF will replace the published one in the next few minutes."),
        ("publisher", "The print shop's PDF will be made in the next few minutes."),
        ("publisher", "Asked for the PDFs."),
        ("publisher", "Asked for the PDF."),
    ]
    history = publisher.get(reverse("admin:editions_bulletin_history", args=[published.pk])).text
    assert "The corrected PDF will replace" in history


@pytest.mark.django_db
def test_what_was_uploaded_or_is_not_published_cannot_be_revised(publisher):
    assert publisher.get(url("bulletin_revise", a_bulletin())).status_code == 403


@pytest.mark.django_db
def test_a_publisher_asks_for_the_print_shops_copy(publisher):
    a_vacancy()
    bulletin = a_bulletin()

    response = publisher.post(url("bulletin_print", bulletin), follow=True)

    assert messages_of(response) == ["The print shop's PDF will be made in the next few minutes."]
    assert fresh(bulletin).print_asked_at is not None
    assert response["Refresh"] == "5"  # The page looks again until it is there.


def with_one_held_back(bulletin: Bulletin, vacancy) -> Bulletin:
    held_back = {vacancy.reference: f"{vacancy.reference} Cook is not printed: it is too tall."}
    Bulletin.objects.filter(pk=bulletin.pk).update(held_back=held_back)
    return fresh(bulletin)


@pytest.mark.django_db
def test_an_advert_that_is_not_printed_stands_in_red_on_every_page_where_staff_would_look(publisher):
    vacancy = a_vacancy("Cook")
    with time_machine.travel(NOW, tick=False):
        bulletin = with_one_held_back(as_if_built(a_bulletin()), vacancy)
        pages = [
            publisher.get(address).content.decode()
            for address in (
                reverse("admin:index"),
                url("edition_change", bulletin.edition),
                url("bulletin_change", bulletin),
                reverse("admin:vacancies_vacancy_change", args=[vacancy.pk]),
            )
        ]
    said = f"{vacancy.reference} Cook is not printed: it is too tall."
    assert [said in page for page in pages] == [True] * 4
    assert [bool(re.search(r'class="(errornote|warning)"', page)) for page in pages] == [True] * 4


@pytest.mark.django_db
def test_the_print_shops_copy_and_a_correction_ask_first_if_an_approved_advert_would_be_missing(publisher):
    bulletin = with_one_held_back(a_published_bulletin(), a_vacancy("Cook"))

    asks = publisher.post(url("bulletin_print", bulletin)).content.decode()
    assert ("it is too tall" in asks, fresh(bulletin).print_asked_at) == (True, None)
    publisher.post(url("bulletin_print", bulletin), {"without": "1"})
    assert fresh(bulletin).print_asked_at is not None

    refused = publisher.post(url("bulletin_revise", bulletin), {"note": "Page 4."}).content.decode()
    assert ("Correct these adverts first, or tick" in refused, fresh(bulletin).asked_at) == (True, None)
    publisher.post(url("bulletin_revise", bulletin), {"note": "Page 4.", "without": "on"})
    assert fresh(bulletin).revision_note == "Page 4."


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["bulletin_build", "bulletin_print"])
def test_a_visit_alone_asks_for_nothing(publisher, name):
    bulletin = a_bulletin()

    assert publisher.get(url(name, bulletin)).status_code == 405
    assert (fresh(bulletin).asked_at, fresh(bulletin).print_asked_at) == (None, None)


@pytest.mark.django_db
def test_an_editor_looks_and_changes_nothing(editor):
    a_vacancy()
    bulletin = a_bulletin()

    page = editor.get(url("bulletin_change", bulletin))

    assert page.status_code == 200
    assert "formaction" not in page.content.decode()
    for name in ("bulletin_build", "bulletin_print", "bulletin_revise"):
        assert editor.post(url(name, bulletin), {"note": "x"}).status_code == 403
    assert editor.get(url("edition_upload")).status_code == 403
    assert (fresh(bulletin).asked_at, fresh(bulletin).print_asked_at) == (None, None)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["edition_upload", "edition_posting", "edition_posting_table", "edition_labels"])
def test_a_visitor_is_sent_to_the_log_in(client, name):
    assert client.get(url(name)).url.startswith("/admin/login/")


@pytest.mark.django_db
def test_the_list_builds_what_is_to_come_and_leaves_alone_what_readers_have(publisher):
    coming = a_bulletin()
    bulletins.plan(an_edition(MONDAY.replace(day=20), published_at=london(2026, 4, 20, 7)))
    keys = list(coming.edition.__class__.objects.values_list("pk", flat=True))

    response = publisher.post(url("edition_changelist"), {"action": "build", "_selected_action": keys}, follow=True)

    assert messages_of(response) == [
        "The PDFs will be made in the next few minutes.",
        "1 published before: open the bulletin and correct it there.",
    ]
    assert set(Bulletin.objects.exclude(asked_at=None).values_list("edition__on", flat=True)) == {MONDAY}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("on", "error"),
    [
        ("2026-04-28", "Choose a Monday: editions come out on Mondays only."),
        ("2019-04-22", "This Monday is in the past. To archive its printed bulletins, upload an old edition."),
    ],
)
def test_an_edition_is_planned_on_a_monday_to_come(publisher, on, error):
    response = publisher.post(url("edition_add"), planned_on(on))

    assert response.context["adminform"].form.errors == {"on": [error]}


def some_schools():
    saltmere, avon = an_authority("Saltmere"), an_authority("Avonmere")
    a_school("Zion School", authority=avon, copies=2, urn=100001, address="Mill Lane, Fernhollow")
    a_school("=Abbey School", authority=avon)
    a_school("Cove School", authority=saltmere, copies=3)
    a_school("No Post School", authority=saltmere, copies=0)
    a_school("Closed School", authority=saltmere, closed_on=MONDAY)


@pytest.mark.django_db
def test_the_posting_list_names_open_schools_by_authority_with_their_copies(publisher):
    some_schools()

    page = publisher.get(url("edition_posting"))
    table = publisher.get(url("edition_posting_table"))

    assert [(row.authority.name, row.schools, row.copies) for row in page.context["totals"]] == [
        ("Avonmere", 2, 3),
        ("Saltmere", 1, 3),
    ]
    rows = list(csv.reader(StringIO(table.content.decode("utf-8-sig"))))
    assert rows == [
        posting.COLUMNS,
        ["Avonmere", "1", "'=Abbey School", "", "Fernhollow", "ZZ99 1AA", ""],
        ["Avonmere", "2", "Zion School", "Mill Lane, Fernhollow", "Fernhollow", "ZZ99 1AA", "100001"],
        ["Saltmere", "3", "Cove School", "", "Fernhollow", "ZZ99 1AA", ""],
    ]
    assert table["Content-Disposition"] == 'attachment; filename="greensheets-posting-list.csv"'


@pytest.mark.django_db
def test_labels_begin_a_sheet_for_each_authority_and_repeat_no_part_of_an_address(publisher):
    some_schools()

    response = publisher.get(url("edition_labels"))

    zion = "Zion School|Mill Lane|Fernhollow|ZZ99 1AA|2 copies · Avonmere"
    with pypdfium2.PdfDocument(response.content) as document:
        texts = [page.get_textpage().get_text_bounded().split("\r\n") for page in document]
    assert texts == [
        [*["=Abbey School", "Fernhollow", "ZZ99 1AA", "1 copy · Avonmere"], *zion.split("|")],
        ["Cove School", "Fernhollow", "ZZ99 1AA", "3 copies · Saltmere"],
    ]


@pytest.mark.django_db
def test_labels_and_table_of_one_authority(publisher):
    some_schools()

    table = publisher.get(url("edition_posting_table") + "?authority=saltmere")

    assert [row.split(",")[2] for row in table.content.decode().splitlines()[1:]] == ["Cove School"]
    assert publisher.get(url("edition_labels") + "?authority=atlantis").status_code == 404


@pytest.mark.django_db
def test_an_empty_posting_list_says_what_to_do(publisher):
    assert "Enter the number of copies in each school’s record." in publisher.get(url("edition_posting")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("published_at", [london(2026, 4, 27, 7), None])
def test_what_was_uploaded_is_replaced_by_another_upload_only(publisher, published_at):
    bulletin = a_bulletin(published_at=published_at)
    Bulletin.objects.filter(pk=bulletin.pk).update(file="bulletins/old.pdf", uploaded_at=NOW)

    for name in ("bulletin_build", "bulletin_print", "bulletin_revise"):
        assert publisher.post(url(name, bulletin), {"note": "x"}).status_code == 403
    page = publisher.get(url("bulletin_change", bulletin))
    assert [page.context[name] for name in ("may_build", "may_revise", "may_print", "changes")] == [False, False, False, []]
    assert (fresh(bulletin).asked_at, fresh(bulletin).print_asked_at) == (None, None)


@pytest.mark.django_db
def test_the_list_of_bulletins_says_how_many_it_left_alone(publisher):
    coming = a_bulletin()
    published = an_edition(MONDAY.replace(day=20), published_at=london(2026, 4, 20, 7))
    bulletins.plan(published)
    published.bulletins.update(file="bulletins/a.pdf")
    keys = [coming.pk, *published.bulletins.values_list("pk", flat=True)]

    response = publisher.post(url("bulletin_changelist"), {"action": "build", "_selected_action": keys}, follow=True)
    only_old = publisher.post(url("bulletin_changelist"), {"action": "build", "_selected_action": keys[1:]}, follow=True)

    left = "2 published or uploaded before: open and correct it there."
    assert [messages_of(response), messages_of(only_old)] == [["The PDFs will be made in the next few minutes.", left], [left]]
    assert list(Bulletin.objects.exclude(asked_at=None)) == [coming]


@pytest.mark.django_db
def test_the_list_of_editions_says_which_one_a_break_will_keep_from_coming_out(publisher):
    for on, published_at in ((MONDAY, london(2026, 4, 27, 7)), (MONDAY + WEEK, None), (MONDAY + 2 * WEEK, None)):
        an_edition(on, published_at=published_at)
        if on < MONDAY + 2 * WEEK:
            a_break(on, "election day")

    with time_machine.travel(london(2026, 4, 28, 9), tick=False):
        page = publisher.get(url("edition_changelist")).content.decode()

    assert re.findall(r"field-in_short[^>]*>([^<]*)</td>", page) == [
        "Goes live Monday 11 May 2026 at midnight; PDFs and email at 7am.",
        "Will not come out: a break (election day) is entered for this Monday.",
        "Published on Monday 27 April 2026, 7am.",
    ]


@pytest.mark.django_db
def test_an_edition_may_be_planned_on_its_own_monday_and_has_both_bulletins_at_once(publisher):
    with time_machine.travel(london(2026, 4, 27, 6), tick=False):
        publisher.force_login(staff(roles.PUBLISHER, "early"))
        publisher.post(url("edition_add"), planned_on("2026-04-27"))

    assert list(Bulletin.objects.values_list("edition__number", "staff_group")) == [(7, "teaching"), (7, "support")]


@pytest.mark.django_db
def test_what_readers_know_an_edition_by_stays_as_published(publisher):
    coming, published = a_bulletin().edition, an_edition(MONDAY - WEEK, published_at=london(2026, 4, 20, 7))

    forms = [publisher.get(url("edition_change", edition)).context["adminform"].form for edition in (coming, published)]

    assert [list(form.fields) for form in forms] == [["on", "number", "copy_deadline_at", "note"], ["copy_deadline_at", "note"]]
