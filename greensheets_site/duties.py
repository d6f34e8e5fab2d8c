"""Everything that the worker does without being asked, in the order in which Monday needs it.

Publishing comes before building: at 07:00 nothing waits for the PDFs of another edition.
"""

from datetime import timedelta

from editions import bulletins, publishing
from mailing import bounces, retention, sending
from vacancies import documents

from . import index_statistics
from .doctor import looking
from .rounds import Duty

DUTIES = [
    Duty("plan editions", publishing.plan_editions, every=timedelta(minutes=1)),
    Duty("publish", publishing.publish_due),
    Duty("prepare the weekly email", sending.prepare_due_mailouts),
    Duty("take up abandoned emails", sending.recover),
    Duty("send", sending.send_queued, stops_early=True),
    Duty("read bounces", bounces.read_mailbox, every=timedelta(minutes=10)),
    Duty("look at everything", looking.look_if_due, stops_early=True),
    Duty("build PDFs", bulletins.build_due),
    Duty("remove PDFs that nothing points to", bulletins.sweep, every=timedelta(days=1)),
    Duty("delete what is due", retention.purge, every=timedelta(days=1)),
    Duty("count what indexes find", index_statistics.analyze, every=timedelta(days=1)),
    Duty("delete old documents", documents.delete_overdue, every=timedelta(days=1)),
]
