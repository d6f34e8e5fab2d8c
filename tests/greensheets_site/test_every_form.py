"""Every form of the desk and of the website is opened, read as a browser reads it, and sent back: saved, and nothing differs.

Which forms there are is asked of the desk's own registry, and who may use them of the pages themselves. A kind of row that is
registered and has no line in ``tests.rows.ROWS``, or may be added and has no line in ``LEAST``, fails.
"""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth.models import User
from django.core import mail
from django.db.models import Model
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from greensheets_site.accounts import roles
from greensheets_site.demo.build import build
from mailing.emails.letters import own_token
from mailing.models import ContactMessage, Enquiry, Subscriber
from mailing.readers import joining
from mailing.sending import outbox
from tests.builders import a_school, a_subscriber, a_vacancy, an_authority, london
from tests.desk import staff
from tests.forms import Rendered, faults, form_with, forms
from tests.rows import ROWS

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NOW = london(2026, 4, 22, 10)
# What a save may change although nobody changed anything, and why.
DIFFERS = {"vacancies.vacancy": {"updated_at"}, "news.article": {"updated_at"}}  # the moment of the last save
FEW = 3  # rows of each kind of the demonstration

# The least that a person must type to add one; where nothing is said, there is no page for it.
PASSWORD = {"password1": "teapot-granite-26", "password2": "teapot-granite-26"}
LEAST = {
    "auth.user": lambda: {"username": "bea", **PASSWORD},
    "editions.edition": lambda: {
        "on": "2026-05-04",
        "number": "2000",
        "copy_deadline_at_0": "2026-04-30",
        "copy_deadline_at_1": "12:00",
    },
    "news.article": lambda: {"title": "News", "body": "<p>Something happened.</p>"},
    "vacancies.authority": lambda: {"name": "Bexmouth", "slug": "bexmouth", "code": "999"},
    "vacancies.break": lambda: {"on": "2026-05-25", "reason": "half-term"},
    "vacancies.roletype": lambda: {"name": "Gardener", "slug": "gardener", "staff_group": "support"},
    "vacancies.school": lambda: {"name": "Bexmouth School", "authority": an_authority().pk},
    "vacancies.subject": lambda: {"name": "Latin", "slug": "latin"},
    "vacancies.synonym": lambda: {"same": "gardener, horticulturist"},
    "vacancies.term": lambda: {"name": "Summer term", "starts_on": "2026-04-13", "ends_on": "2026-07-21"},
    "vacancies.vacancy": lambda: {"school": a_school().pk, "title": "Class Teacher"},
}


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


def registered() -> dict[str, type[Model]]:
    return {model._meta.label_lower: model for model in admin.site._registry}


def page(label: str, name: str, *args) -> str:
    return reverse(f"admin:{label.replace('.', '_')}_{name}", args=args)


def values(row: Model) -> dict[str, object]:
    """The whole row as the database has it, with what it is tied to."""
    model, label = type(row), row._meta.label_lower
    stored = model._default_manager.filter(pk=row.pk).values(*(field.attname for field in model._meta.concrete_fields)).get()
    for field in model._meta.many_to_many:
        stored[field.name] = sorted(getattr(model._default_manager.get(pk=row.pk), field.name).values_list("pk", flat=True))
    return {name: value for name, value in stored.items() if name not in DIFFERS.get(label, ())}


def savable(client, address: str) -> Rendered | None:
    """The form of a page for whoever may save it."""
    answer = client.get(address)
    if answer.status_code == 403:
        return None
    assert answer.status_code == 200, f"{address} answered {answer.status_code}"
    found = [form for form in forms(answer) if "_save" in dict(form.buttons)]
    return found[0] if found else None


def save(client, form: Rendered, press: str = "_save", **typed) -> None:
    answer = form.send(client, press, **typed)
    assert answer.status_code == 302, f"{form.address} was not saved: {faults(answer)}"


def save_unchanged(client, row: Model) -> int:
    """By each role that may; how many they are."""
    savers = 0
    for role in roles.ROLES:
        client.force_login(User.objects.filter(username=role.lower()).first() or staff(role))
        if form := savable(client, page(row._meta.label_lower, "change", row.pk)):
            before = values(row)
            save(client, form)
            assert values(row) == before, f"{role} saved {row!r} unchanged"
            savers += 1
    return savers


@pytest.mark.parametrize("label", registered())
def test_a_form_that_is_saved_unchanged_changes_nothing(client, label):
    row = ROWS[label]()
    assert save_unchanged(client, row) == sum(may_change(role, row) for role in roles.ROLES)


def may_change(role: str, row: Model) -> bool:
    """Whether the desk lets the role change such a row, and the row has something to type."""
    request = RequestFactory().get("/")
    request.user = User.objects.get(username=role.lower())
    model_admin = admin.site._registry[type(row)]
    typed = set(flatten_fieldsets(model_admin.get_fieldsets(request, row))) - set(model_admin.get_readonly_fields(request, row))
    return bool(typed) and model_admin.has_change_permission(request, row)


def test_no_row_of_the_demonstration_changes_when_its_form_is_saved_unchanged(client):
    """Rows as they come: long and short, with everything filled in and with next to nothing."""
    build(NOW, 0.01)
    for model in registered().values():
        for row in model._default_manager.order_by("pk")[:FEW]:
            save_unchanged(client, row)


@pytest.mark.parametrize("label", registered())
@pytest.mark.parametrize("role", roles.ROLES)
def test_a_row_is_added_with_the_least_that_a_person_must_type(client, label, role):
    client.force_login(staff(role))
    model = registered()[label]
    form = savable(client, page(label, "add"))
    if form is None:
        return
    typed = LEAST[label]()
    before = set(model._default_manager.values_list("pk", flat=True))
    save(client, form, **typed)
    [added] = model._default_manager.exclude(pk__in=before)
    for name in set(typed) & {field.attname for field in model._meta.concrete_fields}:
        assert str(getattr(added, name)) == str(typed[name])


@pytest.mark.parametrize("label", [label for label, model in registered().items() if hasattr(model, "history")])
def test_an_old_version_that_is_brought_back_unchanged_changes_nothing(client, label):
    row = ROWS[label]()
    client.force_login(staff(roles.OWNER))
    before, name = values(row), {"title", "name", "note", "same"} & {field.name for field in row._meta.fields}
    setattr(row, *name, "Something else")
    row.save()
    answer = client.get(page(label, "simple_history", row.pk, row.history.last().pk))
    [form] = [form for form in forms(answer) if form.method == "post" and len(form.names) > 2]
    assert values(row) != before
    save(client, form, press="")
    assert values(row) == before


def test_a_box_that_the_page_has_lost_cannot_be_filled_in(client):
    client.force_login(staff(roles.OWNER))
    form = savable(client, page("flatpages.flatpage", "change", ROWS["flatpages.flatpage"]().pk))
    with pytest.raises(AssertionError, match="shows no box called url"):
        form.filled(url="/elsewhere/")


def after_a_while():
    """Nobody fills in a form within a second, and the site knows it."""
    return time_machine.travel(NOW + timedelta(minutes=1), tick=False)


def test_the_mailing_list_is_joined_with_an_address_and_nothing_else(client):
    an_authority()
    form = form_with(client.get(reverse("mailing:sign_up")), "email", "groups", "authorities")
    with after_a_while():
        assert form.send(client, email="may@readers.example").url == reverse("mailing:check")
        joining.take_sign_ups(timezone.now())
        outbox.send_queued(timezone.now())
    [letter] = mail.outbox
    confirm = re.search(r"/mailing-list/confirm/[^/\s]+/", letter.body)[0]
    form_with(client.get(confirm)).send(client)
    reader = Subscriber.objects.get()
    assert (reader.email, reader.wants_teaching, reader.wants_support, reader.authorities.count()) == (
        "may@readers.example",
        True,
        True,
        0,
    )
    assert reader.confirmed_at


@pytest.mark.parametrize("areas", [(), ("Saltmere",), ("Saltmere", "Haverleigh")])
@pytest.mark.parametrize("groups", [(True, True), (True, False), (False, True)])
def test_choices_that_are_saved_unchanged_stay_as_they_are(client, groups, areas):
    reader = a_subscriber(wants_teaching=groups[0], wants_support=groups[1])
    rows = [an_authority("Saltmere"), an_authority("Haverleigh")]
    reader.authorities.set(row for row in rows if row.name in areas)
    before = values(reader)
    answer = form_with(client.get(reverse("mailing:preferences", args=[reader.token])), "groups").send(client)
    assert "Saved" in answer.text
    assert values(reader) == before


def test_the_office_is_written_to_with_the_least_that_a_person_must_type(client):
    form = form_with(client.get(reverse("mailing:contact")), "message")
    typed = {"enquiry": Enquiry.values[0], "name": "May", "email": "may@readers.example", "message": "Hello"}
    with after_a_while():
        assert form.send(client, **typed).url == reverse("mailing:received")
    assert [{name: getattr(row, name) for name in typed} for row in ContactMessage.objects.all()] == [typed]


@pytest.mark.parametrize("address", ["/", "/vacancies/", "/vacancies/?q=class&group=teaching&pattern=full_time&sort=newest"])
def test_a_search_that_is_sent_unchanged_finds_the_same(client, address):
    a_vacancy()
    with time_machine.travel(london(2026, 4, 28, 10), tick=False):
        form = form_with(client.get(address), "q", "where")
        answer = form.send(client)
        assert "Class Teacher" in answer.text
        assert set(form.sent) <= set(form_with(answer, "q", "where").sent)


def test_a_reader_leaves_by_the_button_of_the_page(client):
    reader = a_subscriber()
    found = client.get(reverse("mailing:unsubscribe", args=[reader.token]))
    [form] = [form for form in forms(found) if form.method == "post"]
    assert form.send(client).status_code == 200
    reader.refresh_from_db()
    assert reader.unsubscribed_at


def test_a_reader_has_everything_deleted_by_the_button_of_the_page(client):
    reader = a_subscriber()
    address = reverse("mailing:mine", args=[own_token(reader)])
    assert '<button type="submit" name="step" value="erase">' in client.get(address).text
    assert client.post(address, {"step": "erase"}).status_code == 200
    reader.refresh_from_db()
    assert reader.erased_at
