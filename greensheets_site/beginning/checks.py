"""What is left to do before the first Monday: a table of checks. Each says what is missing, and nothing once it is there.

To add one, write a function that returns what is left as a sentence or two (an empty string when it is done) and give it a
line in ``CHECKS``, with the permission that its place asks for.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.contrib.flatpages.models import FlatPage
from django.template.defaultfilters import pluralize
from django.urls import reverse

from editions.models import Bulletin
from greensheets_site.accounts import roles
from greensheets_site.models import BackupRun, Begun
from vacancies.models import Authority, School, Term

from . import gaps
from .filling import table

TEST_EMAIL = "a test email arrived"


@dataclass(frozen=True)
class Task:
    """``place`` is the name of the page at the desk where it is done, ``left`` what is still to be done there."""

    name: str
    place: str
    needs: str
    left: Callable[[], str]
    query: str = ""

    @property
    def url(self) -> str:
        return reverse(f"admin:{self.place}") + self.query


@dataclass(frozen=True)
class TaskLeft:
    name: str
    sentence: str
    url: str


def _pages() -> str:
    missing = set(table("pages")) - set(FlatPage.objects.values_list("url", flat=True))
    if missing:
        return f"Missing: {', '.join(sorted(missing))}. Whoever runs the server can make them with “manage.py begin”."
    found = gaps.open_pages()
    names = ", ".join(f"{page.title} ({len(gaps.in_words(page.content))})" for page in found)
    return f"Fill in what stands in [square brackets]: {names}. Until then those paragraphs are not shown." if found else ""


def _areas() -> str:
    return "" if Authority.objects.exists() else "No education authority has been added yet."


def _terms() -> str:
    proposed = list(Term.objects.proposed())
    if proposed:
        return f"Proposed, and not counted until you confirm them: {', '.join(map(str, proposed))}."
    return "" if Term.objects.exists() else "No term has been added, so no edition can be planned."


def _schools() -> str:
    return "" if School.objects.exists() else "There are no schools yet. Import the DfE’s list."


def _staff() -> str:
    """One person who may do everything is not enough on the day that person is ill."""
    active = User.objects.filter(is_active=True)
    roleless = active.filter(is_superuser=False, groups=None).count()
    if roleless:
        return f"{roleless} account{pluralize(roleless)} without a role: such people can log in but do nothing."
    owners = active.filter(groups__name=roles.OWNER) | active.filter(is_superuser=True)
    if not owners.exclude(email="").exists():
        return "No owner has an email address."
    return "" if active.count() > 1 else "There is only one account. Add your colleagues, each with a role."


def _test_email() -> str:
    return "" if Begun.objects.filter(what=TEST_EMAIL).exists() else "No test email is known to have arrived. Send yourself one."


def _bulletin() -> str:
    return (
        ""
        if Bulletin.objects.exclude(file="").exists()
        else "No bulletin has been built yet. Approve an advert and build its PDF."
    )


def _backup() -> str:
    return "" if BackupRun.objects.good().exists() else "No backup has been made. Ask whoever runs the server to set BACKUPS."


CHECKS = [
    Task("Pages", "flatpages_flatpage_changelist", "flatpages.change_flatpage", _pages),
    Task("Authorities", "vacancies_authority_changelist", "vacancies.add_authority", _areas),
    Task("Terms", "vacancies_term_changelist", "vacancies.change_term", _terms),
    Task("Schools", "vacancies_school_import", "vacancies.change_term", _schools),
    Task("Staff and roles", "auth_user_changelist", "auth.change_user", _staff),
    Task("Email", "test_email", "editions.change_edition", _test_email),
    Task("Backup", "greensheets_site_backuprun_changelist", "editions.change_edition", _backup),
    Task("Bulletins", "editions_edition_changelist", "editions.change_edition", _bulletin),
]


def left_for(user: User, checks: Iterable[Task] = CHECKS) -> list[TaskLeft]:
    """What this member of staff can do something about."""
    found = [(check, check.left()) for check in checks if user.has_perm(check.needs)]
    return [TaskLeft(check.name, sentence, check.url) for check, sentence in found if sentence]
