"""Somebody who goes on working while a backup is made: ``python -m tests.greensheets_site.backups.writer MEDIA``.

Each step is one transaction: the title of an article counts it, an advert gets a document with it inside, and now and then
the oldest document goes, row and file. Each step is told on standard output once it is committed. Ends when its input ends.
"""

import os
import sys
import threading
from functools import partial
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction


def content(number: int) -> bytes:
    return f"Document {number} ".encode() * 400


def step(number: int) -> None:
    documents = apps.get_model("vacancies.VacancyDocument").objects
    with transaction.atomic():
        apps.get_model("news.Article").objects.update(title=str(number))
        advert, file = apps.get_model("vacancies.Vacancy").objects.earliest("pk"), ContentFile(content(number), name="any.pdf")
        documents.create(vacancy=advert, title=str(number), file=file, kind="pdf", size=file.size)
        if number % 4 == 0:
            oldest = documents.earliest("pk")
            transaction.on_commit(partial(oldest.file.storage.delete, oldest.file.name))
            oldest.delete()


def main(media: str) -> None:
    settings.MEDIA_ROOT = Path(media)
    django.setup()
    over = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
    number = 0
    while not over.is_set():
        number += 1
        step(number)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
