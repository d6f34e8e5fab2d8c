"""What came of a mailout at each provider, with a sentence that says what it means."""

from dataclasses import dataclass, replace

from django.db.models import Count, Q

from .. import rules
from ..models import DeliveryState, Mailout, ProviderHold
from ..verdicts.table import Outcome

MOST_SHOWN = 15


@dataclass(frozen=True)
class AtProvider:
    """The numbers of one provider, or of all the small ones together."""

    name: str
    total: int = 0
    sent: int = 0
    put_off: int = 0
    refused: int = 0
    bounced: int = 0
    because_of_us: int = 0
    complained: int = 0
    is_held: bool = False

    @property
    def diagnosis(self) -> str:
        if self.is_held:
            return "Held back, because it refuses us. Put right what its answers say, then send to them again."
        if self.because_of_us:
            return "Refuses some because of us; their answers say why. No reader loses their place."
        if self._is_at_least(self.complained, rules.COMPLAINTS_IN_A_THOUSAND, 1000):
            return "So many call it spam that it may soon refuse us. Ask how these readers came onto the list."
        if self._is_at_least(self.bounced, rules.BOUNCES_IN_A_HUNDRED, 100):
            return "Many of these addresses do not exist. Ask how old the list is that they came from."
        if self.put_off:
            return "Puts us off for now. They are tried again by themselves."
        return ""

    def _is_at_least(self, count: int, share: int, of: int) -> bool:
        return count > 0 and count * of >= share * (self.sent + self.refused + self.bounced)

    def __add__(self, other: "AtProvider") -> "AtProvider":
        names = ("total", "sent", "put_off", "refused", "bounced", "because_of_us", "complained")
        return AtProvider(self.name, **{name: getattr(self, name) + getattr(other, name) for name in names})


def at_providers(mailout: Mailout) -> list[AtProvider]:
    """The largest providers and those in trouble, one by one; the others, which are mostly schools, in one line."""
    held = set(ProviderHold.objects.values_list("provider", flat=True))
    rows = mailout.deliveries.weekly().exclude(provider="").order_by().values_list("provider").annotate(**_COUNTS)
    all_of_them = [replace(AtProvider(*row), is_held=row[0] in held) for row in rows]
    ordered = sorted(all_of_them, key=lambda one: (not (one.is_held or one.because_of_us), -one.total, one.name))
    shown, rest = ordered[:MOST_SHOWN], ordered[MOST_SHOWN:]
    if rest:
        shown.append(sum(rest, AtProvider(f"{len(rest)} others")))
    return shown


_COUNTS = {
    "total": Count("pk"),
    "sent": Count("pk", filter=Q(state=DeliveryState.SENT)),
    "put_off": Count("pk", filter=Q(state=DeliveryState.QUEUED, next_try_at__isnull=False)),
    "refused": Count("pk", filter=Q(outcome=Outcome.REFUSED)),
    "bounced": Count("pk", filter=Q(outcome=Outcome.NO_SUCH_ADDRESS)),
    "because_of_us": Count("pk", filter=Q(outcome=Outcome.OUR_FAULT)),
    "complained": Count("pk", filter=Q(outcome=Outcome.COMPLAINT)),
}
