"""Readers who agreed elsewhere: what would become of each line, and the way back."""

from datetime import timedelta

import pytest

from mailing.models import ConsentEvent, Delivery, Mailout, ReaderImport, Subscriber, Suppression
from mailing.models.choices import Choice
from mailing.readers import importing, joining
from mailing.readers.importing import Fate
from tests.builders import a_subscriber, an_edition, london

pytestmark = pytest.mark.django_db
NOON = london(2026, 4, 28, 12)


def brought_in(*names: str, at=NOON) -> ReaderImport:
    content = "\n".join(f"{name}@readers.example" for name in names).encode()
    importing.import_readers(content, Choice(), "On paper.", 7, at)
    return ReaderImport.objects.latest("pk")


def test_every_line_is_told_its_fate_before_anything_is_written():
    a_subscriber("known@readers.example")
    a_subscriber("left@readers.example", unsubscribed_at=NOON)
    content = b"new@readers.example, known@readers.example\nleft@readers.example\nNEW@readers.example\nanna@gmial.com\n"
    plan = importing.look_through(content)
    assert [(line.entry.line, line.fate, line.why) for line in plan.lines] == [
        (1, Fate.ADDED, ""),
        (1, Fate.KNOWN, ""),
        (2, Fate.LEFT_OUT, ""),
        (3, Fate.TWICE, ""),
        (4, Fate.WRONG, "Did you mean anna@gmail.com?"),
    ]
    assert (Subscriber.objects.count(), ReaderImport.objects.count()) == (2, 0)


def test_an_import_is_taken_back_once_and_whoever_was_there_before_stays():
    a_subscriber("known@readers.example")
    done = brought_in("known", "new", "other")
    assert done.added == 2
    assert importing.take_back(done, 7, NOON) == 2
    assert importing.take_back(done, 7, NOON) == 0
    assert list(Subscriber.objects.values_list("email", flat=True)) == ["known@readers.example"]
    assert Suppression.objects.count() == 0


def test_who_has_had_an_email_of_it_leaves_and_who_has_acted_since_stays():
    done = brought_in("mailed", "chose", "left")
    mailed, chose, left = Subscriber.objects.order_by("pk")
    mailout = Mailout.objects.create(edition=an_edition())
    Delivery.objects.create(kind="bulletin", mailout=mailout, subscriber=mailed)
    joining.change(chose, Choice.of(True, False), NOON)
    joining.leave(left, "one-click", NOON)
    assert importing.take_back(done, 7, NOON + timedelta(days=1)) == 1
    assert [reader.state for reader in Subscriber.objects.order_by("pk")] == ["Left", "Reading", "Left"]
    assert ConsentEvent.objects.filter(subscriber=mailed).last().how == "member of staff 7 took the import back"


def test_the_same_file_brought_in_twice_is_two_imports():
    first = brought_in("anna")
    assert importing.take_back(first, 7, NOON) == 1
    second = brought_in("anna", at=NOON + timedelta(minutes=1))
    assert importing.take_back(first, 7, NOON) == 0
    assert (second.added, Subscriber.objects.count()) == (1, 1)
