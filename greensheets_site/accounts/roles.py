"""The three roles of staff. Safe to synchronise at any time, and as often as you like.

The roles are ordinary groups, so that Django's own permission checks hold them. They are written here rather than in a migration,
because on a fresh database a migration runs before the permissions exist. ``manage.py sync_roles`` belongs after every migrate.
"""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction

EDITOR, PUBLISHER, OWNER = "Editor", "Publisher", "Owner"
Grants = dict[str, set[str]]

SEE, EDIT, MANAGE = {"view"}, {"view", "add", "change"}, {"view", "add", "change", "delete"}

# Changing an edition is what publishing, building and pausing it ask for, so an editor may only look at editions.
_EDITOR: Grants = {
    "vacancies.vacancy": EDIT,
    "vacancies.school": EDIT,
    "vacancies.authority": SEE,
    "vacancies.roletype": SEE,
    "vacancies.subject": EDIT,
    "vacancies.synonym": EDIT,
    "vacancies.term": SEE,
    "vacancies.break": SEE,
    "news.article": EDIT,
    "editions.edition": SEE,
    "editions.bulletin": SEE,
    "mailing.mailout": SEE,
    "mailing.contactmessage": {"view", "change"},
    "greensheets_site.heartbeat": SEE,
}
# What a role may delete is bounded once more by the admin: nothing that was published (rule 10).
_PUBLISHER: Grants = {
    **_EDITOR,
    "vacancies.vacancy": MANAGE,
    "vacancies.authority": EDIT,
    "vacancies.roletype": EDIT,
    "vacancies.synonym": MANAGE,
    "vacancies.term": MANAGE,
    "vacancies.break": MANAGE,
    "news.article": MANAGE,
    "flatpages.flatpage": {"view", "change"},
    "editions.edition": EDIT,
    "editions.bulletin": EDIT,
    "mailing.mailout": {"view", "change"},
    "mailing.delivery": SEE,
    "mailing.subscriber": EDIT,
    "mailing.consentevent": SEE,
    "mailing.straymessage": SEE,
    "mailing.suppression": {"view", "add"},
    "mailing.suppressionlift": SEE,
    "mailing.contactmessage": {"view", "change", "delete"},
    "greensheets_site.backuprun": SEE,
}
_OWNER: Grants = {
    **_PUBLISHER,
    "vacancies.school": MANAGE,
    "vacancies.authority": MANAGE,
    "vacancies.roletype": MANAGE,
    "vacancies.subject": MANAGE,
    "flatpages.flatpage": MANAGE,
    "mailing.subscriber": MANAGE,
    "mailing.suppression": {"view", "add", "delete"},
    "auth.user": EDIT,
    "auth.group": SEE,
    "greensheets_site.look": SEE,
    "web.trailentry": SEE,
}
ROLES: dict[str, Grants] = {EDITOR: _EDITOR, PUBLISHER: _PUBLISHER, OWNER: _OWNER}


@transaction.atomic
def sync() -> None:
    """Create the roles and give each exactly the permissions above; leaves other groups and all users alone."""
    for app in apps.get_app_configs():
        create_permissions(app, verbosity=0)
    known = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.select_related("content_type")
    }
    for name, grants in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set([known[key] for key in _codenames(grants)])


def _codenames(grants: Grants) -> list[tuple[str, str]]:
    return [
        (app, f"{verb}_{model}") for name, verbs in grants.items() for app, model in [name.split(".")] for verb in sorted(verbs)
    ]
