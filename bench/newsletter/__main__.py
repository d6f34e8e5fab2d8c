"""django-newsletter in a process of its own, writing an email to each reader: what ours is held beside.

``python -m bench.newsletter ADVERTS BYTES READERS ROUNDS`` has one article for each advert, BYTES of HTML in all, and prints the
processor milliseconds for each reader, and the bytes of one email, its own templates and nothing sent.
"""

import statistics
import sys
import time

import django
from django.conf import settings
from django.core.management import call_command

settings.configure(
    SECRET_KEY="bench",  # noqa: S106  it signs nothing
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=[
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "django.contrib.sites",
        "easy_thumbnails",
        "newsletter",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    ROOT_URLCONF="newsletter.urls",
    SITE_ID=1,
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    NEWSLETTER_THUMBNAIL="easy-thumbnails",
    NEWSLETTER_USE_HTTPS=True,
    MIGRATION_MODULES={"newsletter": None},  # its own want a package that it does not ask for
)
django.setup()

from django.contrib.sites.models import Site  # noqa: E402  settings come first
from newsletter.models import Article, Message, Newsletter, Submission, Subscription  # noqa: E402


def submission(adverts: int, size: int, readers: int) -> Submission:
    newsletter = Newsletter.objects.create(title="Greensheets", slug="greensheets", email="editor@greensheets.example")
    newsletter.site.set(Site.objects.all())
    message = Message.objects.create(title="Vacancies", slug="vacancies", newsletter=newsletter)
    words = "Monday to Friday, term time only. "
    for number in range(adverts):
        text = f"<p>{words * (size // adverts // len(words))}</p>"
        Article.objects.create(post=message, title=f"Teaching Assistant {number}", text=text, sortorder=number)
    for number in range(readers):
        Subscription.objects.create(newsletter=newsletter, email_field=f"reader{number}@readers.example", subscribed=True)
    return Submission.from_message(message)


def main(adverts: int, size: int, readers: int, rounds: int) -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)
    ready = submission(adverts, size, readers)
    subscriptions = list(ready.subscriptions.all())
    times = []
    for _ in range(rounds):
        before = time.process_time()
        for subscription in subscriptions:
            wire = ready.get_message(subscription).message().as_bytes()
        times.append((time.process_time() - before) / readers * 1000)
    print(statistics.median(times), len(wire))


main(*map(int, sys.argv[1:]))
