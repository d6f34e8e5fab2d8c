"""One row of every kind that the desk knows."""

from django.contrib.auth.models import Group, User
from django.contrib.flatpages.models import FlatPage
from django.utils import timezone

from editions.models import Bulletin
from greensheets_site.models import BackupRun, Heartbeat
from mailing.models import ContactMessage, Delivery, Mailout, StrayMessage, Suppression, SuppressionLift
from tests.builders import a_break, a_school, a_subscriber, a_term, a_vacancy, an_article, an_authority, an_edition
from vacancies.models import RoleType, Status, Subject, Synonym
from web import trail
from web.models import Happening

# A row that has never been public, so that only the role decides.
ROWS = {
    "auth.group": lambda: Group.objects.create(name="Proof readers"),
    "auth.user": lambda: User.objects.create_user("somebody", is_staff=True),
    "editions.bulletin": lambda: Bulletin.objects.create(edition=an_edition(), staff_group="teaching"),
    "editions.edition": an_edition,
    "flatpages.flatpage": lambda: FlatPage.objects.create(url="/more/", title="More", content="<p>More.</p>"),
    "greensheets_site.backuprun": lambda: BackupRun.objects.create(
        name="one", place="/backups", started_at=timezone.now(), seen_at=timezone.now()
    ),
    "greensheets_site.heartbeat": lambda: Heartbeat.objects.create(worker="one", seen_at=timezone.now()),
    "mailing.contactmessage": lambda: ContactMessage.objects.create(enquiry="other", name="May", email="m@b.example"),
    "mailing.delivery": lambda: Delivery.objects.create(kind="confirmation", subscriber=a_subscriber()),
    "mailing.mailout": lambda: Mailout.objects.create(edition=an_edition()),
    "mailing.straymessage": lambda: StrayMessage.objects.create(why="nobody knows"),
    "mailing.subscriber": a_subscriber,
    "mailing.suppression": lambda: Suppression.objects.create(email_hash="0" * 64, reason="left"),
    "mailing.suppressionlift": lambda: SuppressionLift.objects.create(
        email_hash="0" * 64, reason="left", suppressed_at=timezone.now()
    ),
    "news.article": lambda: an_article(published_at=None),
    "vacancies.authority": an_authority,
    "vacancies.break": a_break,
    "vacancies.roletype": lambda: RoleType.objects.create(name="Gardener", slug="gardener", staff_group="support"),
    "vacancies.school": a_school,
    "vacancies.subject": lambda: Subject.objects.create(name="Maths", slug="maths"),
    "vacancies.synonym": lambda: Synonym.objects.create(same="gardener, horticulturist"),
    "vacancies.term": a_term,
    "web.trailentry": lambda: trail.record(Happening.ERASED, said="Reader 1: form"),
    "vacancies.vacancy": lambda: a_vacancy(status=Status.DRAFT),
}
