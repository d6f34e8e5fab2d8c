"""What an answer of the mail server makes of a delivery: tried again later, failed, or in doubt."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F

from .. import rules
from ..models import Delivery, DeliveryKind, DeliveryState
from ..verdicts.table import Fault, Outcome, rule_on
from .handover import Answer, Verdict

LONGEST_WAIT = sum(rules.BACK_OFF, timedelta(0))
# A server that wants us to wait; that is no failure.
PUT_OFF = {Verdict.TRY_LATER, Verdict.HUNG_UP}
# The last words of a server.
OUTCOMES = {
    Verdict.NO_SUCH_ADDRESS: Outcome.NO_SUCH_ADDRESS,
    Verdict.REFUSED: Outcome.REFUSED,
    Verdict.OUR_FAULT: Outcome.OUR_FAULT,
}


def after(delivery: Delivery, answer: Answer, now: datetime) -> dict[str, object]:
    """What an answer other than yes makes of a delivery."""
    changes: dict[str, object] = {"attempts": F("attempts") + 1, "smtp_reply": answer.reply[:300]}
    if answer.verdict is Verdict.DOUBTFUL:
        changes["doubts"] = F("doubts") + 1
        if settings.MAILING_UNCERTAIN != "resend" and delivery.kind == DeliveryKind.BULLETIN:
            return changes | {"state": DeliveryState.UNCERTAIN}
        if delivery.doubts + 1 >= rules.MOST_DOUBTS:  # It may have arrived each time.
            return changes | {"state": DeliveryState.FAILED, "smtp_reply": f"The connection broke {rules.MOST_DOUBTS} times."}
    if answer.verdict in PUT_OFF and now - delivery.created_at < LONGEST_WAIT and _asks_for_patience(answer):
        return changes | {"attempts": F("attempts"), "state": DeliveryState.QUEUED, "next_try_at": now + rules.BACK_OFF[0]}
    if answer.verdict in OUTCOMES:
        return changes | {"state": DeliveryState.FAILED, "outcome": OUTCOMES[answer.verdict]}
    if delivery.attempts >= len(rules.BACK_OFF):
        ruling = rule_on(answer.reply, given_up=True)
        return changes | {"state": DeliveryState.FAILED, "outcome": ruling.outcome if ruling else Outcome.REFUSED}
    return changes | {"state": DeliveryState.QUEUED, "next_try_at": now + rules.BACK_OFF[delivery.attempts]}


def _asks_for_patience(answer: Answer) -> bool:
    """Whether everything of ours is put off (a rate, a connection too many) and not this one email."""
    ruling = rule_on(answer.reply, given_up=True)
    return answer.verdict is Verdict.HUNG_UP or (ruling is not None and ruling.fault is Fault.US)
