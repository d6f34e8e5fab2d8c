import pytest
from django.contrib.auth.models import Group, User
from django.contrib.flatpages.models import FlatPage
from django.urls import reverse

from greensheets_site.accounts import roles
from greensheets_site.models import Heartbeat
from tests.builders import london
from tests.desk import opened, staff
from tests.forms import form_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    user = staff(roles.OWNER)
    client.force_login(user)
    return user


def user_page(user: User) -> str:
    return reverse("admin:auth_user_change", args=[user.pk])


def test_a_new_user_is_staff_without_being_told(client, owner):
    password = {"usable_password": "true", "password1": "teapot-granite-26", "password2": "teapot-granite-26"}
    assert client.post(reverse("admin:auth_user_add"), {"username": "bea", **password}).status_code == 302
    assert User.objects.get(username="bea").is_staff


def test_an_owner_gives_a_role_but_no_superpowers(client, owner):
    bea = User.objects.create_user("bea")
    editors = Group.objects.get(name=roles.EDITOR)
    data = {**opened(client, user_page(bea)), "groups": [editors.pk], "is_superuser": "on", "user_permissions": ["1"]}
    assert client.post(user_page(bea), data).status_code == 302
    bea.refresh_from_db()
    assert (list(bea.groups.all()), bea.is_superuser, bea.user_permissions.count()) == ([editors], False, 0)


def test_an_owner_cannot_change_a_superuser_nor_set_their_password(client, owner):
    root = User.objects.create_superuser("root")
    password = {"usable_password": "true", "password1": "teapot-granite-26", "password2": "teapot-granite-26"}
    assert client.post(user_page(root), {"username": "taken"}).status_code == 403
    assert client.post(reverse("admin:auth_user_password_change", args=[root.pk]), password).status_code == 403
    root.refresh_from_db()
    assert (root.username, root.check_password("teapot-granite-26")) == ("root", False)


def test_nobody_deletes_a_user(client):
    root, bea = User.objects.create_superuser("root"), User.objects.create_user("bea")
    client.force_login(root)
    assert client.post(reverse("admin:auth_user_delete", args=[bea.pk]), {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=bea.pk).exists()


@pytest.mark.parametrize("role", [roles.EDITOR, roles.PUBLISHER])
def test_only_an_owner_reaches_the_users(client, role):
    client.force_login(staff(role))
    assert client.get(reverse("admin:auth_user_changelist")).status_code == 403


def test_the_words_of_a_page_are_cleaned_and_its_address_stays(client, owner):
    page = FlatPage.objects.get_or_create(url="/about/", defaults={"title": "About"})[0]
    page.sites.add(1)
    url = reverse("admin:flatpages_flatpage_change", args=[page.pk])
    content = '<p onclick="x()">Since <strong>1997</strong></p><script>alert(1)</script>'
    page.content = "<p>Hello</p>"
    page.save()
    form_with(client.get(url), "title", "content").send(client, "_save", title="About us", content=content)
    page.refresh_from_db()
    assert (page.url, page.title, page.content) == ("/about/", "About us", "<p>Since <strong>1997</strong></p>")


def test_pages_are_neither_added_nor_deleted(client, owner):
    page = FlatPage.objects.get_or_create(url="/about/", defaults={"title": "About"})[0]
    assert client.get(reverse("admin:flatpages_flatpage_add")).status_code == 403
    assert client.post(reverse("admin:flatpages_flatpage_delete", args=[page.pk]), {"post": "yes"}).status_code == 403
    assert FlatPage.objects.filter(pk=page.pk).exists()


def test_signs_of_life_may_only_be_read(client, owner):
    beat = Heartbeat.objects.create(worker="one", seen_at=london(2026, 4, 23, 10), doing="resting")
    assert "resting" in client.get(reverse("admin:greensheets_site_heartbeat_changelist")).content.decode()
    change = reverse("admin:greensheets_site_heartbeat_change", args=[beat.pk])
    assert client.post(change, {"worker": "two"}).status_code == 403
    assert client.get(reverse("admin:greensheets_site_heartbeat_add")).status_code == 403


def test_the_desk_lists_rows_under_the_names_that_staff_use(client, owner):
    names = {model["name"] for app in client.get(reverse("admin:index")).context["app_list"] for model in app["models"]}
    assert {"Pages", "Roles", "Workers", "Readers", "Weekly emails", "Emails", "Never write to"} < names
    assert not {"Flat pages", "Groups", "Heartbeats", "Subscribers", "Suppressions", "Mailouts", "Deliveries"} & names


@pytest.mark.parametrize("jargon", ["pbkdf2", "Hold down", "Designates", "groups this user belongs to"])
def test_the_page_of_a_colleague_speaks_to_people_who_do_not_program(client, owner, jargon):
    assert jargon not in client.get(user_page(staff(roles.EDITOR, "bea"))).text
