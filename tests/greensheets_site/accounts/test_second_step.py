"""The two-step log-in: off until switched on, then nobody gets in by the password alone."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from greensheets_site import rules
from greensheets_site.accounts import log_in, roles, second_step, second_step_views
from greensheets_site.models import SecondStep
from tests.builders import london
from tests.desk import staff

NOW = london(2026, 4, 22, 10)
LOGIN, DOOR, SETTINGS = reverse("admin:login"), reverse("admin:login_code"), reverse("admin:second_step")
SEED = "00" * 20
PASSWORD = "greensheets"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as stopped:
        yield stopped


@pytest.fixture
def erin(db):
    return staff(roles.EDITOR, "erin")


@pytest.fixture
def codes(erin):
    """The recovery codes of Erin, who switched it on an hour ago."""
    before = NOW - timedelta(hours=1)
    return second_step.switch_on(erin, SEED, code_at(before), before)


def code_at(moment, seed=SEED):
    return second_step.code_for(second_step.shared_key(seed), second_step.number_at(moment))


def password(client, next_page="", place="192.0.2.1"):
    data = {"username": "erin", "password": PASSWORD, "next": next_page}
    return client.post(LOGIN, data, REMOTE_ADDR=place)


def code(client, typed, next_page="", place="192.0.2.1"):
    return client.post(DOOR, {"code": typed, "next": next_page}, REMOTE_ADDR=place)


def is_in(client) -> bool:
    return client.get(reverse("admin:index")).status_code == 200


@pytest.mark.parametrize(
    ("seconds", "expected"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_codes_are_those_of_the_standard(seconds, expected):
    """RFC 6238, appendix B, the last six of its eight figures."""
    assert second_step.code_for(b"12345678901234567890", seconds // 30) == expected


def test_the_square_says_what_an_app_needs(erin):
    parts = urlsplit(second_step.address(erin, SEED))
    assert (parts.scheme, parts.netloc, parts.path) == ("otpauth", "totp", "/Greensheets%3Aerin")
    assert parse_qs(parts.query) == {"secret": [second_step.typed_key(SEED)], "issuer": ["Greensheets"]}
    side, path = second_step.square(second_step.address(erin, SEED))
    assert (side >= 41, path.startswith("M4,4h1v1h-1z")) == (True, True)


def test_who_has_not_switched_it_on_notices_nothing(client, erin):
    assert password(client, "/admin/vacancies/").url == "/admin/vacancies/"
    assert is_in(client)


def test_the_password_alone_opens_nothing(client, codes):
    answer = password(client, "/admin/vacancies/?a=b")
    assert answer.url == f"{DOOR}?next=%2Fadmin%2Fvacancies%2F%3Fa%3Db"
    assert (log_in.COOKIE in answer.cookies, is_in(client)) == (False, False)
    assert "_auth_user_id" not in client.session


def test_the_code_opens_the_desk_where_one_wanted_to_go(client, codes):
    answer = client.get(password(client, "/admin/vacancies/").url)
    before = client.session.session_key
    answer = code(client, code_at(NOW), answer.context["next"])
    assert (answer.url, is_in(client), log_in.COOKIE in answer.cookies) == ("/admin/vacancies/", True, True)
    assert (client.session.session_key == before, second_step.WAITS in client.session) == (False, False)


def test_the_way_on_leads_to_no_other_site(client, codes):
    password(client)
    assert code(client, code_at(NOW), "https://elsewhere.example/").url == "/admin/"


@pytest.mark.parametrize(("seconds", "good"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_telephone_may_be_half_a_minute_slow_or_fast(client, codes, seconds, good):
    password(client)
    code(client, code_at(NOW + timedelta(seconds=seconds)))
    assert is_in(client) == good


@pytest.mark.parametrize("typed", ["", "000000", "abc", "\u0661\u0662\u0663\u0664\u0665\u0666", "1" * 60])
def test_a_wrong_code_is_refused_in_words(client, codes, typed):
    password(client)
    answer = code(client, typed)
    assert (answer.status_code, bool(answer.context["form"].errors["code"]), is_in(client)) == (200, True, False)


def test_a_code_works_once(client, erin, codes):
    password(client)
    code(client, code_at(NOW))
    client.logout()
    password(client)
    assert second_step_views.WRONG in code(client, code_at(NOW)).text
    assert not second_step.accept(erin, code_at(NOW - timedelta(seconds=30)), NOW), "an older one than the last is worth nothing"


def test_a_recovery_code_works_once_however_it_is_typed(client, erin, codes):
    password(client)
    code(client, f" {codes[3].upper().replace('-', ' ')} ")
    assert is_in(client)
    assert not second_step.accept(erin, codes[3], NOW)
    assert second_step.accept(erin, codes[4], NOW)
    assert len(SecondStep.objects.get().recovery) == 8


def test_nothing_that_is_kept_opens_the_door(erin, codes, settings):
    """Neither key nor recovery codes stand in the database; with another SECRET_KEY only paper helps."""
    kept = str(SecondStep.objects.values().get())
    assert not any(piece in kept for one in codes for piece in (one, one.replace("-", "")))
    assert second_step.typed_key(SEED) not in kept
    good = code_at(NOW)
    settings.SECRET_KEY = "another"
    assert (second_step.accept(erin, good, NOW), second_step.accept(erin, codes[0], NOW)) == (False, True)


@pytest.mark.parametrize("lookup", ["second_step__seed__startswith", "second_step__recovery__contains", "password__startswith"])
def test_no_owner_finds_out_a_secret_letter_by_letter(client, codes, lookup):
    client.force_login(staff(roles.OWNER))
    assert client.get(reverse("admin:auth_user_changelist"), {lookup: "0"}).status_code == 400


def test_recovery_codes_cannot_be_guessed_or_used_by_another(erin, codes):
    assert len(set(codes)) == rules.RECOVERY_CODES
    assert all(len(one) == 19 and set(one) <= set(second_step.LETTERS + "-") for one in codes)
    assert not second_step.accept(staff(roles.OWNER), codes[0], NOW)


def test_after_five_wrong_codes_even_the_right_one_has_to_wait(client, codes, clock):
    password(client)
    for _ in range(5):
        assert second_step_views.WRONG in code(client, "000000").text
    answer = code(client, code_at(NOW))
    assert log_in.TOO_MANY in answer.text
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    password(client)  # the password again gives no further attempts
    assert log_in.TOO_MANY in code(client, code_at(NOW)).text
    nearly = timedelta(minutes=14, seconds=59)
    clock.shift(nearly)
    password(client)
    assert log_in.TOO_MANY in code(client, code_at(NOW + nearly)).text
    clock.shift(timedelta(seconds=1))
    code(client, code_at(NOW + timedelta(minutes=15)))
    assert is_in(client)


def test_codes_are_not_guessed_from_everywhere_at_once(client, codes):
    password(client)
    for number in range(10):
        code(client, "000000", place=f"198.51.100.{number}")
    assert log_in.TOO_MANY in code(client, code_at(NOW), place="198.51.100.99").text


def test_a_stranger_who_tries_codes_from_everywhere_does_not_keep_the_owner_out(client, codes, clock):
    """Where the owner has been before the tries of others do not count."""
    password(client)
    code(client, code_at(NOW))
    client.post(reverse("admin:logout"))
    stranger = Client()
    password(stranger)
    for number in range(11):
        code(stranger, "000000", place=f"198.51.100.{number}")
    clock.shift(timedelta(minutes=1))
    password(client)
    code(client, code_at(NOW + timedelta(minutes=1)))
    assert is_in(client)


def test_who_did_not_give_the_password_is_sent_to_do_so(client, codes):
    assert client.get(f"{DOOR}?next=/admin/news/").url == f"{LOGIN}?next=%2Fadmin%2Fnews%2F"
    assert code(client, code_at(NOW)).url == f"{LOGIN}?next="


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}, {"password": "!"}])
def test_an_account_that_changes_in_between_stays_outside(client, codes, change):
    password(client)
    User.objects.filter(username="erin").update(**change)
    assert code(client, code_at(NOW)).url.startswith(LOGIN)


def test_the_door_does_not_wait_for_ever(client, codes, clock):
    password(client)
    clock.shift(timedelta(minutes=10, seconds=1))
    assert code(client, code_at(NOW)).url.startswith(LOGIN)


def switched_on(client, **typed):
    seed = client.session[second_step_views.SEED]
    return client.post(SETTINGS, {"password": PASSWORD, "code": code_at(NOW, seed), **typed})


def test_staff_switch_it_on_for_themselves_and_see_the_codes_once(client, erin):
    elsewhere = type(client)()
    for one in (client, elsewhere):
        one.force_login(erin)
    page = client.get(SETTINGS)
    assert page.context["key"].replace(" ", "") == second_step.typed_key(client.session[second_step_views.SEED])
    assert page["Cache-Control"].count("no-store") == 1
    answer = switched_on(client)
    assert (len(answer.context["codes"]), all(one in answer.text for one in answer.context["codes"])) == (10, True)
    assert second_step.is_on(erin)
    again = client.get(SETTINGS)
    assert not any(one in again.text for one in answer.context["codes"])
    assert "otpauth" not in again.text
    assert "10 of your recovery codes are left" in again.text
    assert (is_in(client), is_in(elsewhere)) == (True, False), "who came in by the password alone is out"


@pytest.mark.parametrize("typed", [{"code": "000000"}, {"password": "wrong"}, {"password": ""}, {"code": ""}])
def test_it_is_not_switched_on_without_password_and_code(client, erin, typed):
    client.force_login(erin)
    before = client.get(SETTINGS).context["key"]
    answer = switched_on(client, **typed)
    assert (second_step.is_on(erin), answer.context["codes"], answer.context["key"]) == (False, [], before)


def test_a_post_without_a_square_switches_nothing_on(client, erin):
    client.force_login(erin)
    client.post(SETTINGS, {"password": PASSWORD, "code": code_at(NOW, "")})
    assert not second_step.is_on(erin)


@pytest.mark.parametrize("step", ["off", "codes"])
def test_switching_off_and_new_codes_ask_for_a_code(client, erin, codes, step):
    client.force_login(erin)
    assert second_step_views.WRONG in client.post(SETTINGS, {"code": "000000", "step": step}).text
    assert (second_step.is_on(erin), len(erin.second_step.recovery)) == (True, 10)
    answer = client.post(SETTINGS, {"code": codes[0], "step": step})
    assert second_step.is_on(erin) == (step == "codes")
    if step == "codes":
        assert not second_step.accept(erin, codes[1], NOW)
        assert second_step.accept(erin, answer.context["codes"][0], NOW)


def test_the_settings_page_is_no_way_around_the_limit(client, erin, codes):
    client.force_login(erin)
    for _ in range(5):
        client.post(SETTINGS, {"code": "000000", "step": "off"})
    assert log_in.TOO_MANY in client.post(SETTINGS, {"code": codes[0], "step": "off"}).text
    assert second_step.is_on(erin)


def reset(client, *users):
    keys = [user.pk for user in users]
    client.post(reverse("admin:auth_user_changelist"), {"action": "switch_off_second_step", "_selected_action": keys, "index": 0})


def test_an_owner_switches_it_off_for_a_colleague_and_that_is_written_down(client, erin, codes):
    owner, elsewhere = staff(roles.OWNER), type(client)()
    elsewhere.force_login(erin)
    client.force_login(owner)
    reset(client, erin)
    assert (second_step.is_on(erin), is_in(elsewhere)) == (False, False)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, entry.change_message) == (owner, str(erin.pk), "Switched off two-step log-in")


def test_nobody_switches_off_ones_own_or_that_of_somebody_above_without_a_code(client):
    owner, above = staff(roles.OWNER), User.objects.create_superuser("root")
    for user in (owner, above):
        second_step.switch_on(user, SEED, code_at(NOW), NOW)
    client.force_login(owner)
    reset(client, owner, above)
    assert (second_step.is_on(owner), second_step.is_on(above)) == (True, True)


def test_the_last_resort_is_a_command(erin, codes, capsys):
    call_command("switch_off_second_step", "erin")
    call_command("switch_off_second_step", "erin")
    assert capsys.readouterr().out == "Switched off for erin.\nIt was not on for erin.\n"
    assert not second_step.is_on(erin)


def test_codes_and_keys_reach_no_log(client, codes, caplog):
    password(client)
    code(client, "000000")
    code(client, codes[0])
    assert not any(word in caplog.text for word in (codes[0], "000000", PASSWORD))
