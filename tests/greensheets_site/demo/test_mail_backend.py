import os
import re
import subprocess
import sys

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.urls import NoReverseMatch, reverse

from greensheets_site.demo import mail

pytestmark = pytest.mark.urls("tests.greensheets_site.demo.demo_urls")


@pytest.fixture(autouse=True)
def maildir(settings, tmp_path):
    settings.DEMO_MAILDIR = tmp_path / "mail"
    return settings.DEMO_MAILDIR


def send(subject="Deputy Headteacher at Fernhollow, and 31 posts more", html="<h1>This week</h1>", to="ann@readers.example"):
    message = EmailMultiAlternatives(subject, "This week: 32 posts.", "Greensheets <adverts@greensheets.example>", [to])
    if html:
        message.attach_alternative(html, "text/html")
    get_connection("greensheets_site.demo.mail_backend.MaildirBackend").send_messages([message])


def keys(client) -> list[str]:
    return re.findall(r'href="/demo/mail/([^"/]+)/"', client.get("/demo/mail/").text)


@pytest.mark.urls("greensheets_site.urls")
def test_outside_demo_mode_there_is_no_such_page():
    with pytest.raises(NoReverseMatch):
        reverse("demo:mailbox")


def test_demo_mode_has_the_page(tmp_path):
    command = "import django; django.setup(); from django.urls import reverse; print(reverse('demo:mailbox'))"
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "greensheets_site.settings", "GREENSHEETS_DEMO": "1", "VAR_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", command], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "/demo/mail/"


def test_an_empty_mailbox_says_how_to_fill_it(client):
    page = client.get("/demo/mail/")
    assert "0 emails so far" in page.text
    assert "No email has been written yet." in page.text


def test_the_newest_email_comes_first(client, maildir):
    send("First")
    os.utime(next((maildir / "new").iterdir()), (1, 1))
    send("Second")
    page = client.get("/demo/mail/").text
    assert re.findall(r">(First|Second)</a>", page) == ["Second", "First"]


def test_only_the_newest_are_listed_and_the_page_says_so(client, monkeypatch):
    monkeypatch.setattr(mail, "NEWEST", 2)
    for number in range(3):
        send(f"Number {number}")
    page = client.get("/demo/mail/").text
    assert "3 emails so far, of which these are the newest 2" in page
    assert len(keys(client)) == 2


def test_an_email_is_shown_as_text_and_framed_as_html(client):
    send()
    [key] = keys(client)
    page = client.get(f"/demo/mail/{key}/").text
    assert "This week: 32 posts." in page
    assert f'src="/demo/mail/{key}/html"' in page
    assert 'sandbox="allow-popups"' in page
    assert "ann@readers.example" in page


def test_the_html_of_an_email_can_run_nothing_and_be_framed_only_by_us(client):
    send(html="<script>alert(1)</script><p>Hello</p>")
    [key] = keys(client)
    answer = client.get(f"/demo/mail/{key}/html")
    assert answer.text.strip() == "<script>alert(1)</script><p>Hello</p>"
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups" in policy


def test_the_raw_email_is_plain_text(client):
    send()
    [key] = keys(client)
    answer = client.get(f"/demo/mail/{key}/raw")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "To: ann@readers.example" in answer.text


def test_an_email_without_html_has_no_frame(client):
    send(html="")
    [key] = keys(client)
    assert "<iframe" not in client.get(f"/demo/mail/{key}/").text
    assert client.get(f"/demo/mail/{key}/html").status_code == 404


@pytest.mark.parametrize("key", ["nothing", "..%2f..%2fsecret", "%00", "..", "a" * 300])
def test_any_other_address_is_not_found(client, key):
    send()
    assert client.get(f"/demo/mail/{key}/raw").status_code == 404


def test_a_subject_is_shown_as_it_was_written(client):
    send("Teacher <b>of</b> “Maths”")
    assert "Teacher &lt;b&gt;of&lt;/b&gt; “Maths”" in client.get("/demo/mail/").text
