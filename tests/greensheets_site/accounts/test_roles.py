import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command

from greensheets_site.accounts import roles

pytestmark = pytest.mark.django_db


def permissions_of(role: str) -> set[str]:
    rows = Group.objects.get(name=role).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def test_three_roles_each_with_more_rights_than_the_one_before():
    roles.sync()
    editor, publisher, owner = (permissions_of(role) for role in (roles.EDITOR, roles.PUBLISHER, roles.OWNER))
    assert editor < publisher < owner


def test_an_editor_may_delete_nothing():
    roles.sync()
    assert [name for name in permissions_of(roles.EDITOR) if ".delete_" in name] == []


def test_an_editor_sees_editions_but_cannot_change_or_publish_one():
    roles.sync()
    assert {name for name in permissions_of(roles.EDITOR) if name.startswith("editions.")} == {
        "editions.view_edition",
        "editions.view_bulletin",
    }


def test_an_editor_sees_no_reader():
    roles.sync()
    assert {name for name in permissions_of(roles.EDITOR) if "subscriber" in name or "delivery" in name} == set()


def test_only_an_owner_manages_users():
    roles.sync()
    assert {role for role in roles.ROLES if "auth.change_user" in permissions_of(role)} == {roles.OWNER}


def test_nobody_may_rewrite_evidence():
    roles.sync()
    changing = {"mailing.change_consentevent", "mailing.delete_consentevent", "mailing.add_consentevent"}
    assert [role for role in roles.ROLES if permissions_of(role) & changing] == []


def test_a_second_run_changes_nothing_and_leaves_people_and_other_groups_alone():
    roles.sync()
    before = {role: permissions_of(role) for role in roles.ROLES}
    user = User.objects.create_user("may")
    user.groups.add(Group.objects.get(name=roles.EDITOR))
    Group.objects.create(name="Proof readers")
    roles.sync()
    assert {role: permissions_of(role) for role in roles.ROLES} == before
    assert list(user.groups.values_list("name", flat=True)) == [roles.EDITOR]
    assert Group.objects.filter(name="Proof readers").exists()


def test_a_right_that_was_given_or_taken_by_hand_is_set_right(capsys):
    roles.sync()
    before = permissions_of(roles.EDITOR)
    group = Group.objects.get(name=roles.EDITOR)
    group.permissions.set(Group.objects.get(name=roles.OWNER).permissions.filter(codename__startswith="delete"))
    call_command("sync_roles")
    assert permissions_of(roles.EDITOR) == before
    assert "Editor, Publisher, Owner" in capsys.readouterr().out
