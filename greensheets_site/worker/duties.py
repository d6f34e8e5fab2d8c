"""Everything that the worker does without being asked, in the order in which Monday needs it.

Publishing comes before building: on Monday morning nothing waits for the PDFs of another edition. Emails stand apart: whoever
waits for one to confirm an address does not wait for a bulletin to be set, nor publishing for a mail server that takes its time.
"""

from datetime import timedelta

from editions import publishing
from editions.building import bulletins
from mailing.readers import bounces, joining, retention
from mailing.sending import outbox
from vacancies.editing import documents
from web import trail

from ..accounts import sessions
from ..backups import nightly
from ..doctor import looking
from ..watching import monday, shared_files
from . import index_statistics
from .rounds import Duty

DUTIES = [
    Duty("plan editions", publishing.plan_editions, every=timedelta(minutes=1)),
    Duty("publish", publishing.publish_due),
    Duty("prepare the weekly email", outbox.prepare_due_mailouts),
    Duty("take up abandoned emails", outbox.recover, apart=True),
    Duty("take sign-ups", joining.take_sign_ups, apart=True),
    Duty("send", outbox.send_queued, stops_early=True, apart=True),
    Duty("read bounces", bounces.read_mailbox, every=timedelta(seconds=30), apart=True),
    Duty("note who has left beside the backups", nightly.note_departures, every=timedelta(minutes=10)),
    Duty("look at everything", looking.look_if_due, stops_early=True),
    Duty("build PDFs", bulletins.build_due),
    Duty("tell staff about Monday", monday.judge, every=timedelta(seconds=30)),
    Duty("remove PDFs that nothing points to", bulletins.sweep, every=timedelta(days=1)),
    Duty("delete what is due", retention.purge, every=timedelta(days=1)),
    Duty("clear log-ins that have ended", sessions.clear_ended, every=timedelta(hours=1)),
    Duty("delete what is old of the trail", trail.delete_old, every=timedelta(days=1)),
    Duty("count what indexes find", index_statistics.analyze, every=timedelta(days=1)),
    Duty("write old documents anew", documents.write_old_anew, every=timedelta(minutes=1)),
    Duty("delete old documents", documents.delete_overdue, every=timedelta(days=1)),
    Duty("remove documents that nothing points to", documents.sweep, every=timedelta(days=1)),
    Duty("remove probes of workers that are gone", shared_files.sweep_probes, every=timedelta(days=1)),
    Duty("back up", nightly.begin_if_due, every=timedelta(minutes=5)),
]
