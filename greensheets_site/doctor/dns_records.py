"""What the DNS says of our sender: SPF, DKIM and DMARC, without which mailbox providers drop a weekly email to thousands."""

from collections.abc import Callable
from datetime import datetime
from email.utils import parseaddr

import dns.exception
import dns.resolver
from django.conf import settings

from ..watching.findings import Finding
from .findings import doubtful, fine, together, wrong

TIME_OUT = 4  # seconds for a name, over all its servers
# Names that nobody can register (RFC 2606, RFC 6761): there is nothing to be asked.
NOT_REAL = ("example", "test", "invalid", "localhost", "local")


class NotAsked(Exception):
    """The DNS cannot be asked, which says nothing about the records."""


def texts(name: str) -> list[str]:
    """The TXT records of a name; none where there are none."""
    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=TIME_OUT, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError) as error:
        raise NotAsked(str(error)[:200].rstrip(".") or type(error).__name__) from error
    return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]


def _asking(domain: str, judge: Callable[[], Finding]) -> Finding:
    if domain.rpartition(".")[2] in NOT_REAL or "." not in domain:
        return doubtful(f"{domain} is an example, not a domain.", "Set DEFAULT_FROM_EMAIL (and MAIL_DOMAIN) to your own.")
    try:
        _must_know(domain.rpartition(".")[2])
        return judge()
    except NotAsked as error:
        return doubtful(f"DNS cannot be asked from this machine: {error}.", "See /etc/resolv.conf, or look them up elsewhere.")


def _must_know(top: str) -> None:
    """A resolver of a closed network answers that nothing exists; then nothing follows from its answers."""
    try:
        dns.resolver.resolve(f"{top}.", "SOA", lifetime=TIME_OUT)
    except (dns.exception.DNSException, OSError) as error:
        raise NotAsked(f"nothing is known here of .{top}") from error


def sender_domain() -> str:
    return str(parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]).lower()


def spf(now: datetime) -> Finding:
    return _asking(settings.MAIL_DOMAIN, lambda: judged_spf(settings.MAIL_DOMAIN, texts(settings.MAIL_DOMAIN)))


def judged_spf(domain: str, records: list[str]) -> Finding:
    """Of the envelope sender's domain, which is what SPF is about."""
    found = [record for record in records if record.lower().split(" ")[0] == "v=spf1"]
    advice = f"Publish one TXT record at {domain}, such as “v=spf1 include:your-relay.example -all”."
    if not found:
        return wrong(f"{domain} has no SPF record.", advice)
    if len(found) > 1:
        return wrong(f"{domain} has {len(found)} SPF records, which counts as none.", advice)
    terms = found[0].lower().split()[1:]
    if any(term in {"all", "+all", "?all"} for term in terms):
        return wrong(f"The SPF record of {domain} lets everybody send.", "End it with “-all” or “~all”.")
    if not any(term in {"-all", "~all"} or term.startswith("redirect=") for term in terms):
        return doubtful(f"The SPF record of {domain} does not say what it ends with.", "End it with “-all” or “~all”.")
    return fine(f"{domain}: {found[0]}")


def dkim(now: datetime) -> Finding:
    return _asking(sender_domain(), _dkim)


def _dkim() -> Finding:
    domain = sender_domain()
    if not settings.DKIM_SELECTORS:
        return doubtful(
            "It is not known under which name the relay's key stands.", "Name it in DKIM_SELECTORS; the relay's set-up says it."
        )
    judged = [
        judged_dkim(f"{name}._domainkey.{domain}", texts(f"{name}._domainkey.{domain}")) for name in settings.DKIM_SELECTORS
    ]
    return together(judged, fine(" ".join(one.sentence for one in judged)))


def judged_dkim(name: str, records: list[str]) -> Finding:
    advice = f"Publish the relay's public key as a TXT record at {name}."
    keys = [tags for tags in map(_tags, records) if "p" in tags]
    if not keys:
        return wrong(f"{name} holds no key.", advice)
    if not keys[0]["p"]:
        return wrong(f"The key at {name} has been withdrawn.", advice)
    return fine(f"{name} holds a key.")


def dmarc(now: datetime) -> Finding:
    return _asking(sender_domain(), _dmarc)


def _dmarc() -> Finding:
    """Where the domain itself has none, that of the domain above it counts."""
    domain = sender_domain()
    above = domain.partition(".")[2]
    names = [domain, *([above] if "." in above else [])]
    records = next((found for name in names if (found := [r for r in texts(f"_dmarc.{name}") if _is_dmarc(r)])), [])
    return judged_dmarc(domain, records)


def _is_dmarc(record: str) -> bool:
    return record.replace(" ", "").lower().startswith("v=dmarc1")


def judged_dmarc(domain: str, records: list[str]) -> Finding:
    advice = f"Publish one TXT record at _dmarc.{domain}, beginning with “v=DMARC1; p=none; rua=mailto:you@{domain}”."
    if not records:
        return wrong(f"{domain} has no DMARC record; the large mailbox providers ask for one.", advice)
    if len(records) > 1:
        return wrong(f"{domain} has {len(records)} DMARC records, which counts as none.", advice)
    policy = _tags(records[0]).get("p", "").lower()
    if policy not in {"none", "quarantine", "reject"}:
        return wrong(f"The DMARC record of {domain} has no policy.", advice)
    return fine(f"{domain}: policy “{policy}”.")


def _tags(record: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in record.split(";") if "=" in part)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}
