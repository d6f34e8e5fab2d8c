"""Whose fault it was, in the words that servers use: each line is an answer as one of them writes it."""

import pytest

from mailing.verdicts.table import Outcome, plain, rule_on, rules, statuses_in, without_addresses

NO_SUCH_ADDRESS = [
    "550 5.1.1 <anna@readers.example> User unknown",
    "550-5.1.1 The email account that you tried to reach does not exist. Please try 550-5.1.1 double-checking the address "
    "550 5.1.1 https://support.google.com/mail/?p=NoSuchUser - gsmtp",
    "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)",
    "550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)",
    "554 delivery error: dd This user doesn't have a yahoo.com account (anna@yahoo.com) [0] - mta1.mail.ne1.yahoo.com",
    "550 5.1.1 <anna@icloud.com>: user does not exist",
    "550 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#550",
    "550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416",
    "550 Requested action not taken: mailbox unavailable For explanation visit https://postmaster.gmx.net",
    "550 Message was not accepted -- invalid mailbox. Local mailbox anna@mail.ru is unavailable: user not found",
    "sorry, no mailbox here by that name. (#5.1.1)",
    "User anna (anna@school.example) not listed in Domino Directory",
    "5.1.0 - Unknown address error 550-'5.1.1 <anna@readers.example>... User unknown' (delivery attempts: 0)",
    "550 sorry, that recipient doesn't exist (#5.7.1)",
    "553 5.3.0 <anna@readers.example>... No such user here",
    "550 5.1.6 Mailbox has moved",
    "550 5.1.2 Host unknown",
    "5.4.4 Host or domain name not found. Name service error for name=nowhere.example type=A: Host not found",
    "5.1.0 Domain nowhere.example does not accept mail (nullMX)",
    "5.4.310 DNS domain nowhere.example does not exist",
    "550 Benutzer unbekannt",
    "550 5.2.1 <anna@readers.example>... User Unknown",
    "550 <anna@readers.example>: that user isn't known here",
    "550 usuario desconocido",
    "550 пользователь не найден",
    "5.1.1",
    "5.1.10",
]
REFUSED = [
    "552 5.2.2 Mailbox full",
    "452-4.2.2 The email account that you tried to reach is over quota. Please direct the recipient to",
    "user over quota. (#5.1.1)",
    "552 Message for <anna@readers.example> would exceed mailbox quota",
    "boite du destinataire pleine",
    "550 5.2.1 The email account that you tried to reach is disabled. Learn more at https://support.google.com/mail/",
    "554 delivery error: dd Sorry, your message cannot be delivered. This mailbox is disabled (554.30)",
    "550 5.1.1 RCP-P2 http://postmaster.facebook.com/response_codes Refused due to recipient preferences",
    "450 4.2.1 The user you are trying to contact is receiving mail too quickly",
    "4.4.1 connect to school.example[192.0.2.1]:25: Connection timed out",
    "550 4.4.7 QUEUE.Expired; message expired",
    "4.0.0 DNS lookup of school.example: NXDOMAIN",
    "450 4.1.1 <anna@readers.example>: Recipient address rejected: unverified address: connection timed out",
    "554 5.4.6 Too many hops",
    "Name service error for domain school.example: Host not found, try again",
    "5.4.4 Name service error for name=school.example type=MX: Malformed or unexpected name server reply",
    "554 5.4.14 Hop count exceeded - possible mail loop",
    "5.2.0",
    "4.3.2",
]
OUR_FAULT = [
    "554 5.7.1 Service unavailable; client host [192.0.2.9] blocked using list.example",
    "550 5.7.26 mail from greensheets.example is not authenticated",
    "550-5.7.26 This mail has been blocked because the sender is unauthenticated. SPF [x] did not pass",
    "550 5.7.509 Access denied, sending domain greensheets.example does not pass DMARC verification",
    "550 5.7.1 Unfortunately, messages from [192.0.2.5] weren't sent. Part of their network is on our block list (S3150).",
    "550 5.7.606 Access denied, banned sending IP [192.0.2.5]",
    "553 5.7.2 [TSS09] All messages from 192.0.2.5 will be permanently deferred; Retrying will NOT succeed",
    "554 5.7.9 Message not accepted for policy reasons. See https://postmaster.yahooinc.com/error-codes",
    "550 5.7.1 Your email was rejected due to having a domain present in the Spamhaus DBL",
    "550 5.7.1 [CS01] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137",
    "550 Requested action not taken: mailbox unavailable Reject due to policy restrictions.",
    "550 permanent failure for one or more recipients (anna@readers.example:blocked)",
    "550 spam message rejected. Please visit http://help.mail.ru/notspam-support/",
    "450 4.1.8 <bounces@greensheets.example>: Sender address rejected: Domain not found",
    "550-Verification failed for <bounces@greensheets.example> 550-Unrouteable address 550 Sender verify failed",
    "553 5.1.8 <bounces@greensheets.example>... Domain of sender address bounces@greensheets.example does not exist",
    "550 5.1.7 Invalid address",
    "421 4.7.0 [TSS04] Messages from 192.0.2.5 temporarily deferred due to unexpected volume or user complaints",
    "550 5.1.1 <anna@readers.example>: mail from 192.0.2.5 rejected, see dnsbl.example",
    "552 5.3.4 Message size exceeds fixed maximum message size",
    "554 5.7.1 <anna@readers.example>: Recipient address rejected: Access denied",
    "550 5.7.1 Unable to relay for anna@readers.example",
    "554 You've reached your daily relay quota - 192.0.2.5",
    "554 5.7.1 <unknown[192.0.2.1]>: Client host rejected: unknown host",
    "550 5.1.7 No such domain greensheets.example",
    "551 Server access forbidden by invalid RDNS record of your mail server (192.0.2.5).",
    "5.7.1",
    "5.6.0",
]
FAULTS = [
    *((answer, Outcome.NO_SUCH_ADDRESS) for answer in NO_SUCH_ADDRESS),
    *((answer, Outcome.REFUSED) for answer in REFUSED),
    *((answer, Outcome.OUR_FAULT) for answer in OUR_FAULT),
]


@pytest.mark.parametrize(("answer", "outcome"), FAULTS)
def test_the_first_rule_that_fits_says_whose_fault_it_was(answer, outcome):
    ruling = rule_on(answer, given_up=True)
    assert ruling
    assert ruling.outcome is outcome


@pytest.mark.parametrize("answer", ["550 Not today", "", "10.5.1.1 and Exim 4.69"])
def test_what_no_rule_knows_is_said_to_be_unknown(answer):
    assert rule_on(answer) is None


def test_a_server_that_goes_on_trying_has_not_refused_unless_it_is_said_to_have_given_up():
    waiting = "451 4.4.1 The message is delayed; user unknown to the relay as yet"
    assert [rule_on(waiting).outcome, rule_on(waiting, given_up=True).outcome] == [Outcome.NONE, Outcome.NO_SUCH_ADDRESS]


def test_every_rule_has_a_source_and_something_to_fit():
    assert [rule for rule in rules() if not rule.source or not (rule.words or rule.status)] == []


def test_a_code_is_read_where_it_is_one_and_nowhere_within_an_address_or_a_version():
    assert statuses_in("550 5.1.1 by 10.5.1.1 (5.5.2657.72) #4.2.2") == ["5.1.1", "4.2.2"]


def test_names_of_hosts_and_addresses_are_not_read_as_words():
    said = "host mx.spamprotection.example[192.0.2.1] said: 550-5.1.1 <spam@x.example> 550 5.1.1 User\u2019s gone"
    assert plain(said) == "<(address)> 550 5\N{MIDDLE DOT}1\N{MIDDLE DOT}1 user's gone"


def test_no_address_stays_in_what_is_kept_of_an_answer():
    assert without_addresses("550 <anna@readers.example>:\n gone") == "550 <(address)>: gone"
