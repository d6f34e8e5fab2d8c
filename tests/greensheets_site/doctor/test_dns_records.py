import dns.resolver
import pytest

from greensheets_site.doctor import dns_records
from tests.builders import london

NOW = london(2026, 4, 23, 9)
CHECKS = [dns_records.spf, dns_records.dkim, dns_records.dmarc]


class Record:
    def __init__(self, text: str):
        self.strings = [text[:20].encode(), text[20:].encode()]  # the DNS cuts long texts


@pytest.fixture
def zone(monkeypatch, settings):
    """What the DNS says; whatever is not in it does not exist."""
    settings.DEFAULT_FROM_EMAIL, settings.MAIL_DOMAIN = "Greensheets <adverts@mail.greensheets.org>", "www.greensheets.org"
    settings.DKIM_SELECTORS = ["s1"]
    names: dict[str, str] = {}

    def resolve(name, kind, **options):
        if kind == "SOA" and name == "org.":
            return []
        if name not in names:
            raise dns.resolver.NXDOMAIN
        return [Record(names[name])]

    monkeypatch.setattr(dns.resolver, "resolve", resolve)
    return names


def test_a_domain_with_all_three_is_good(zone):
    zone["www.greensheets.org"] = "v=spf1 include:relay.example -all"
    zone["s1._domainkey.mail.greensheets.org"] = "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A"
    zone["_dmarc.mail.greensheets.org"] = "v=DMARC1; p=none"
    assert [check(NOW).state for check in CHECKS] == ["good"] * 3


def test_a_domain_without_records_is_bad_and_told_what_to_publish(zone):
    found = [check(NOW) for check in CHECKS]
    assert [one.state for one in found] == ["bad"] * 3
    assert [one.advice.split(" record")[0] for one in found] == [
        "Publish one TXT",
        "Publish the relay's public key as a TXT",
        "Publish one TXT",
    ]


def test_the_policy_of_the_domain_above_counts(zone):
    zone["_dmarc.greensheets.org"] = "v=DMARC1; p=reject"
    assert dns_records.dmarc(NOW).sentence == "mail.greensheets.org: policy “reject”."


def test_without_the_name_of_a_key_dkim_is_looked_at(zone, settings):
    settings.DKIM_SELECTORS = []
    assert "Name it in DKIM_SELECTORS" in dns_records.dkim(NOW).advice


@pytest.mark.parametrize("error", [dns.resolver.NoResolverConfiguration, dns.resolver.LifetimeTimeout, OSError])
def test_a_machine_that_cannot_ask_says_so_and_blames_nobody(zone, monkeypatch, error):
    def fails(*args, **options):
        raise error

    monkeypatch.setattr(dns.resolver, "resolve", fails)
    found = [check(NOW) for check in CHECKS]
    assert {(one.state, one.sentence.split(":")[0]) for one in found} == {("look", "DNS cannot be asked from this machine")}


def test_a_resolver_that_knows_of_nothing_is_not_believed(zone, settings):
    settings.DEFAULT_FROM_EMAIL, settings.MAIL_DOMAIN = "adverts@greensheets.com", "greensheets.com"
    assert {check(NOW).sentence for check in CHECKS} == {"DNS cannot be asked from this machine: nothing is known here of .com."}


def test_an_example_domain_is_not_asked_for(settings):
    settings.DEFAULT_FROM_EMAIL = "adverts@greensheets.example"
    settings.MAIL_DOMAIN = "greensheets.example"
    assert {check(NOW).sentence for check in CHECKS} == {"greensheets.example is an example, not a domain."}


@pytest.mark.parametrize(
    ("records", "state"),
    [
        (["v=spf1 mx -all"], "good"),
        (["google-site-verification=1", "v=spf1 ip4:192.0.2.1 ~all"], "good"),
        (["v=spf1 redirect=_spf.relay.example"], "good"),
        (["v=spf1 mx"], "look"),
        (["v=spf1 mx +all"], "bad"),
        (["v=spf1 mx ?all"], "bad"),
        (["v=spf1 -all", "v=spf1 mx -all"], "bad"),
        (["v=spf10 -all"], "bad"),
    ],
)
def test_spf(records, state):
    assert dns_records.judged_spf("greensheets.org", records).state == state


@pytest.mark.parametrize(("record", "state"), [("v=DKIM1; p=", "bad"), ("k=rsa; p=MIIB", "good"), ("hello", "bad")])
def test_dkim(record, state):
    assert dns_records.judged_dkim("s1._domainkey.greensheets.org", [record]).state == state


@pytest.mark.parametrize(
    ("records", "state"),
    [
        (["v=DMARC1; p=quarantine; rua=mailto:a@b.example"], "good"),
        (["v=DMARC1; rua=x"], "bad"),
        (["v=DMARC1; p=none"] * 2, "bad"),
    ],
)
def test_dmarc(records, state):
    assert dns_records.judged_dmarc("greensheets.org", records).state == state
