"""Every page and action of the back office against every role. A page or an action without a row in these tables fails.

The letters: v may look (list, form, history), a may add, c may change, d may delete. A page besides these has its own row.
"""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.files.base import ContentFile
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from editions.models import Bulletin
from greensheets_site.accounts import roles
from mailing.models import ReaderImport
from tests.builders import a_subscriber, a_vacancy, an_article, an_authority, an_edition
from tests.desk import pages, staff
from tests.rows import ROWS
from vacancies.admin.step_views import UNDO_SALT
from vacancies.models import Status

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
STANDARD = {"changelist", "add", "change", "delete", "history", "simple_history"}
EVERYBODY, ABOVE_EDITOR = set(roles.ROLES), {roles.PUBLISHER, roles.OWNER}

# model: what an Editor, a Publisher and an Owner may do with a row that nothing else protects
MODELS = {
    "auth.group": ("", "", "v"),
    "auth.user": ("", "", "vac"),
    "editions.bulletin": ("v", "vc", "vc"),
    "editions.edition": ("v", "vac", "vac"),
    "flatpages.flatpage": ("", "vc", "vc"),
    "greensheets_site.backuprun": ("", "v", "v"),
    "greensheets_site.heartbeat": ("v", "v", "v"),
    "mailing.contactmessage": ("vc", "vcd", "vcd"),
    "mailing.delivery": ("", "v", "v"),
    "mailing.mailout": ("v", "v", "v"),
    "mailing.straymessage": ("", "v", "v"),
    "mailing.subscriber": ("", "v", "v"),
    "mailing.suppression": ("", "v", "v"),
    "mailing.suppressionlift": ("", "v", "v"),
    "news.article": ("vac", "vacd", "vacd"),
    "vacancies.authority": ("v", "vac", "vacd"),
    "vacancies.break": ("v", "vacd", "vacd"),
    "vacancies.roletype": ("v", "vac", "vacd"),
    "vacancies.school": ("vac", "vac", "vacd"),
    "vacancies.subject": ("vac", "vac", "vacd"),
    "vacancies.synonym": ("vac", "vacd", "vacd"),
    "vacancies.term": ("v", "vacd", "vacd"),
    "vacancies.vacancy": ("vac", "vacd", "vacd"),
    "web.trailentry": ("", "", "v"),
}
# page: (how it is asked for, the roles that it answers); everybody else gets 403
PAGES = {
    "index": ("get", EVERYBODY),
    "app_list": ("get", EVERYBODY),
    "autocomplete": ("get", EVERYBODY),
    "jsi18n": ("get", EVERYBODY),
    "password_change": ("get", EVERYBODY),
    "password_change_done": ("get", EVERYBODY),
    "second_step": ("get", EVERYBODY),
    "log_ins": ("get", EVERYBODY),
    "second_step_demands": ("get", {roles.OWNER}),
    "doctor": ("get", {roles.OWNER}),
    "auth_user_password_change": ("get", {roles.OWNER}),
    "editions_bulletin_build": ("post", ABOVE_EDITOR),
    "editions_bulletin_print": ("post", ABOVE_EDITOR),
    "editions_bulletin_revise": ("get", ABOVE_EDITOR),
    "editions_edition_labels": ("get", EVERYBODY),
    "editions_edition_posting": ("get", EVERYBODY),
    "editions_edition_posting_table": ("get", EVERYBODY),
    "editions_edition_upload": ("get", ABOVE_EDITOR),
    "mailing_mailout_preview": ("get", EVERYBODY),
    "mailing_mailout_results": ("get", ABOVE_EDITOR),
    "mailing_mailout_steer": ("post", ABOVE_EDITOR),
    "mailing_subscriber_import": ("get", ABOVE_EDITOR),
    "mailing_subscriber_take_back": ("post", ABOVE_EDITOR),
    "test_email": ("get", ABOVE_EDITOR),
    "test_email_arrived": ("get", ABOVE_EDITOR),
    "view_on_site": ("get", EVERYBODY),
    "vacancies_school_import": ("get", ABOVE_EDITOR),
    "vacancies_synonym_changes": ("post", EVERYBODY),
    "vacancies_vacancy_import": ("get", EVERYBODY),
    "vacancies_vacancy_import_template": ("get", EVERYBODY),
    "vacancies_vacancy_look": ("post", EVERYBODY),
    "vacancies_vacancy_paste": ("post", EVERYBODY),
    "vacancies_vacancy_proof_recall": ("get", EVERYBODY),
    "vacancies_vacancy_step": ("get", EVERYBODY),
    "vacancies_vacancy_undo": ("get", EVERYBODY),
}
# What a page needs in its address.
ARGUMENTS = {
    "app_list": lambda: ["vacancies"],
    "editions_bulletin_build": lambda: [ROWS["editions.bulletin"]().pk],
    "editions_bulletin_print": lambda: [ROWS["editions.bulletin"]().pk],
    "editions_bulletin_revise": lambda: [a_published_bulletin().pk],
    "mailing_mailout_preview": lambda: [ROWS["mailing.mailout"]().pk, "html"],
    "mailing_mailout_results": lambda: [ROWS["mailing.mailout"]().pk],
    "mailing_mailout_steer": lambda: [ROWS["mailing.mailout"]().pk],
    "mailing_subscriber_take_back": lambda: [ReaderImport.objects.create(staff=1, added=1).pk],
    "auth_user_password_change": lambda: [ROWS["auth.user"]().pk],
    "test_email_arrived": lambda: ["nonsense"],
    "view_on_site": lambda: shortcut(an_authority()),
    "vacancies_vacancy_import_template": lambda: ["csv"],
    "vacancies_vacancy_proof_recall": lambda: [a_vacancy().pk],
    "vacancies_vacancy_step": lambda: ["withdraw"],
}
# What it is asked with.
DATA = {
    "autocomplete": lambda: {"app_label": "vacancies", "model_name": "vacancy", "field_name": "school"},
    "mailing_mailout_steer": lambda: {"step": "pause"},
    "vacancies_vacancy_paste": lambda: {"text": "Cook"},
    "vacancies_vacancy_step": lambda: {"ids": a_vacancy().pk},
    "vacancies_vacancy_undo": lambda: {"what": signing.dumps([[a_vacancy().pk, 1]], salt=UNDO_SALT)},
}
# Open to all.
NO_ROLE_NEEDED = {"first_password", "login", "login_code", "logout"}
ACTIONS = {
    ("auth.user", "end_log_ins"): {roles.OWNER},
    ("auth.user", "switch_off_second_step"): {roles.OWNER},
    ("editions.bulletin", "build"): ABOVE_EDITOR,
    ("editions.edition", "build"): ABOVE_EDITOR,
    ("mailing.contactmessage", "mark_answered"): EVERYBODY,
    ("mailing.contactmessage", "mark_new"): EVERYBODY,
    ("mailing.contactmessage", "mark_spam"): EVERYBODY,
    ("mailing.subscriber", "bring_back"): ABOVE_EDITOR,
    ("mailing.suppression", "lift"): {roles.OWNER},
    ("mailing.subscriber", "erase"): {roles.OWNER},
    ("mailing.subscriber", "export"): ABOVE_EDITOR,
    ("mailing.subscriber", "never_again"): ABOVE_EDITOR,
    ("mailing.subscriber", "take_off"): ABOVE_EDITOR,
    ("vacancies.break", "confirm"): ABOVE_EDITOR,
    ("vacancies.term", "confirm"): ABOVE_EDITOR,
    ("vacancies.vacancy", "bring_back"): EVERYBODY,
    ("vacancies.vacancy", "copy"): EVERYBODY,
    ("vacancies.vacancy", "end_early"): EVERYBODY,
    ("vacancies.vacancy", "extend"): EVERYBODY,
    ("vacancies.vacancy", "move"): EVERYBODY,
    ("vacancies.vacancy", "run_again"): EVERYBODY,
    ("vacancies.vacancy", "withdraw"): EVERYBODY,
}


def a_published_bulletin() -> Bulletin:
    edition = an_edition(published_at=timezone.now())
    return Bulletin.objects.create(edition=edition, staff_group="teaching", file="bulletins/2026/one.pdf")


def shortcut(row) -> list[int]:
    return [ContentType.objects.get_for_model(row).pk, row.pk]


def url_of(label: str, page: str, *args) -> str:
    return reverse(f"admin:{label.replace('.', '_')}_{page}", args=args)


def admins() -> dict[str, admin.ModelAdmin]:
    return {model._meta.label_lower: model_admin for model, model_admin in admin.site._registry.items()}


def standard_pages() -> set[str]:
    return {f"{label.replace('.', '_')}_{page}" for label in admins() for page in STANDARD}


def rights(client, label: str, row) -> str:
    """What the pages themselves allow, tried out one by one."""
    looks = [url_of(label, "changelist"), url_of(label, "change", row.pk), url_of(label, "history", row.pk)]
    if hasattr(row, "history"):
        looks.append(url_of(label, "simple_history", row.pk, row.history.first().pk))
    seen = {client.get(look).status_code for look in looks}
    assert seen in ({200}, {403}), f"{label}: list, form and history disagree: {seen}"
    changes = {client.post(url, {}).status_code != 403 for url in [looks[1], *looks[3:]]}
    assert len(changes) == 1, f"{label}: form and history disagree about changing"
    letters = {
        "v": seen == {200},
        "a": client.get(url_of(label, "add")).status_code == 200,
        "c": changes == {True},
        "d": client.get(url_of(label, "delete", row.pk)).status_code == 200,
    }
    return "".join(letter for letter, allowed in letters.items() if allowed)


def test_every_model_has_a_row():
    assert set(MODELS) == set(ROWS) == set(admins())


def test_every_page_has_a_row():
    assert pages() - standard_pages() == set(PAGES) | NO_ROLE_NEEDED


def test_every_action_has_a_row():
    actions = [(label, action) for label, one in admins().items() for action in one._get_base_actions()]
    known = {(label, action.name if hasattr(action, "name") else action[1]) for label, action in actions}
    assert known == set(ACTIONS)


@pytest.mark.parametrize("label", MODELS)
def test_each_role_may_do_with_each_kind_of_row_what_the_table_says(client, label):
    row, found = ROWS[label](), []
    for role in roles.ROLES:
        client.force_login(staff(role))
        found.append(rights(client, label, row))
    assert tuple(found) == MODELS[label]


@pytest.mark.parametrize("page", PAGES)
def test_each_role_reaches_the_pages_that_the_table_says(client, page):
    method, allowed = PAGES[page]
    address, data = reverse(f"admin:{page}", args=ARGUMENTS.get(page, list)()), DATA.get(page, dict)()
    answered = set()
    for role in roles.ROLES:
        client.force_login(staff(role))
        answer = getattr(client, method)(address, data)
        assert answer.status_code in {200, 302, 403}
        answered |= {role} if answer.status_code != 403 else set()
    assert answered == allowed


@pytest.mark.parametrize(("label", "name"), ACTIONS)
def test_each_role_is_offered_the_actions_that_the_table_says(label, name):
    offered, request = set(), RequestFactory().get("/")
    for role in roles.ROLES:
        request.user = staff(role)
        offered |= {role} if name in admins()[label].get_actions(request) else set()
    assert offered == ACTIONS[label, name]


def test_an_action_that_is_not_offered_is_not_done_when_it_is_asked_for(client):
    """Stock admin checks permission while it lists the actions; nobody may reach one by writing its name into the form."""
    bulletin, reader = ROWS["editions.bulletin"](), a_subscriber()
    for role, label, row, name in (
        (roles.EDITOR, "editions.bulletin", bulletin, "build"),
        (roles.PUBLISHER, "mailing.subscriber", reader, "erase"),
    ):
        client.force_login(staff(role))
        client.post(url_of(label, "changelist"), {"action": name, "_selected_action": row.pk, "index": 0})
    bulletin.refresh_from_db(), reader.refresh_from_db()
    assert (bulletin.asked_at, reader.erased_at) == (None, None)


@pytest.mark.parametrize("label", MODELS)
def test_a_stranger_is_sent_to_log_in_and_somebody_without_a_role_is_refused(client, label):
    row = ROWS[label]()
    addresses = [url_of(label, page) for page in ("changelist", "add")]
    addresses += [url_of(label, page, row.pk) for page in ("change", "history", "delete")]
    if hasattr(row, "history"):
        addresses.append(url_of(label, "simple_history", row.pk, row.history.first().pk))
    login = reverse("admin:login")
    for address in addresses:
        for answer in (client.get(address), client.post(address, {})):
            assert (answer.status_code, answer.url) == (302, f"{login}?next={address}")
    client.force_login(User.objects.create_user("nobody", is_staff=True))
    assert {client.get(address).status_code for address in addresses} == {403}


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_reaches_no_other_page(client, page):
    method, _ = PAGES[page]
    answer = getattr(client, method)(reverse(f"admin:{page}", args=ARGUMENTS.get(page, list)()), DATA.get(page, dict)())
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, reverse("admin:login"))


@pytest.mark.parametrize("role", roles.ROLES)
def test_nobody_is_sent_on_to_the_page_that_acts_for_a_reader(client, role):
    """Django's own shortcut sends every member of staff to the address of any row."""
    client.force_login(staff(role))
    answer = client.get(reverse("admin:view_on_site", args=shortcut(a_subscriber())))
    assert answer.status_code == (403 if role == roles.EDITOR else 404)


def test_the_way_to_the_site_stays_on_the_site_and_leads_to_what_has_a_page(client):
    client.force_login(staff(roles.EDITOR))
    area, draft, heartbeat = an_authority(), a_vacancy(status=Status.DRAFT), ROWS["greensheets_site.heartbeat"]()
    assert client.get(reverse("admin:view_on_site", args=shortcut(area))).url == area.get_absolute_url()
    other = ContentType.objects.get_for_model(ContentType)
    for arguments in (shortcut(draft), shortcut(heartbeat), [other.pk, other.pk], [10**9, 1], [shortcut(area)[0], "x"]):
        assert client.get(reverse("admin:view_on_site", args=arguments)).status_code == 404


def test_a_nul_in_the_address_of_a_list_is_left_out(client):
    """PostgreSQL would fail on it."""
    client.force_login(staff(roles.OWNER))
    addresses = [url_of("vacancies.school", "changelist"), url_of("vacancies.term", "changelist"), reverse("admin:autocomplete")]
    asked = [f"{addresses[0]}?town=%00", f"{addresses[1]}?name__contains=a%00", f"{addresses[1]}?q=%00"]
    asked.append(f"{addresses[2]}?app_label=vacancies&model_name=vacancy&field_name=school&term=%00")
    assert [client.get(address).url for address in asked] == [address.replace("%00", "") for address in asked]
    assert {client.get(address, follow=True).status_code for address in asked} == {200}


def test_somebody_who_has_left_is_a_stranger(client):
    erin = staff(roles.EDITOR)
    client.force_login(erin)
    erin.is_active = False
    erin.save()
    assert client.get(reverse("admin:index")).status_code == 302


def test_a_proof_is_for_staff_only(client):
    bulletin = Bulletin.objects.create(edition=an_edition(), staff_group="teaching")
    bulletin.file.save("proof.pdf", ContentFile(b"%PDF-1.7"))
    assert client.get(bulletin.get_absolute_url()).status_code == 404
    client.force_login(User.objects.create_user("reader"))
    assert client.get(bulletin.get_absolute_url()).status_code == 404
    client.force_login(staff(roles.EDITOR))
    answer = client.get(bulletin.get_absolute_url())
    assert answer.getvalue() == b"%PDF-1.7"
    answer.close()
    assert (answer.status_code, "private" in answer["Cache-Control"] or "no-store" in answer["Cache-Control"]) == (200, True)


def test_cover_and_print_shops_pdf_are_for_staff_and_only_the_cover_is_published(client):
    bulletin = Bulletin.objects.create(edition=an_edition(), staff_group="teaching", file="bulletins/x.pdf")
    bulletin.cover.save("cover.jpg", ContentFile(b"\xff\xd8"))
    bulletin.print_file.save("print.pdf", ContentFile(b"%PDF-1.7"))
    addresses = [bulletin.get_absolute_url().replace(".pdf", end) for end in (".jpg", "-print.pdf")]

    def answered():
        answers = [client.get(address) for address in addresses]
        for answer in answers:
            b"".join(answer)  # to the end, which closes the file
        return [answer.status_code for answer in answers]

    assert answered() == [404, 404]
    client.force_login(User.objects.create_user("nobody", is_staff=True))
    assert answered() == [404, 404]
    for role in roles.ROLES:
        client.force_login(staff(role))
        assert answered() == [200, 200]
    client.logout()
    bulletin.edition.published_at = timezone.now()
    bulletin.edition.save()
    assert answered() == [200, 404]


def test_nobody_deletes_what_readers_could_see(client):
    client.force_login(staff(roles.OWNER))
    yesterday = timezone.now() - timedelta(days=1)
    for row in (a_vacancy(), a_vacancy(status=Status.WITHDRAWN), an_article(published_at=yesterday)):
        address = url_of(row._meta.label_lower, "delete", row.pk)
        assert client.post(address, {"post": "yes"}).status_code == 403
        row.refresh_from_db()
