"""A number of the business stands in its room's rules: texts read it from there; documents, which cannot, are held to it here."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings

import editions.rules
import greensheets_site.rules
import mailing.rules
import vacancies.rules
from greensheets_site.templatetags.rules import rule
from web.quantities import clock, period, rule_in_words

from . import prose

EXCEPTIONS = {
    "templates/mailing/check.html": {"10 minutes": "how long to wait for an email; nothing here depends on it"},
    "greensheets_site/backups/state.py": {"an hour": "the age of a backup, not a rule"},
    "greensheets_site/doctor/mail.py": {"an hour": "how long its own look goes back; not yet among the rules"},
    "richtext/editor.py": {"100%": "the width of the editor's box"},
    "vacancies/editing/fields.py": dict.fromkeys(("noon", "8.45am", "2.15pm"), "an example in the table to import"),
    "vacancies/editing/pasted_fields.py": {
        **dict.fromkeys(("noon", "12:00", "23:59"), "what may be typed"),
        **dict.fromkeys(("9am", "3.15pm"), "an example of what to type"),
    },
    "vacancies/reading/days.py": dict.fromkeys(("noon", "12am"), "words to find in a school's text"),
    "vacancies/reading/labels.py": {"noon": "a word to find in a school's text"},
    "vacancies/reading/repeated.py": {"noon": "a word to find in a school's text"},
    "vacancies/imports/excel.py": {"noon": "how Excel keeps a time of day"},
    "vacancies/imports/tables.py": {"00:00": "how Excel writes a date without a time"},
    "vacancies/models/vacancies.py": dict.fromkeys(("1 year", "8.45am", "3.15pm"), "an example of what to type"),
    "richtext/tables.py": {"noon": "an example of a table"},
    "web/quantities.py": {"noon": "the word itself", "4 weeks": "how periods are worded"},
}


def stated(texts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, phrase) for name, text in texts for phrase in prose.phrases(text) if phrase not in EXCEPTIONS.get(name, {})]


def test_no_template_states_a_number_of_the_business_itself() -> None:
    """It says ``{% rule "room.NAME" %}``."""
    assert stated(prose.templates()) == []


def test_no_text_in_python_states_a_number_of_the_business_itself() -> None:
    """It is an f-string that reads the rule; a docstring says what the rule is for."""
    assert stated(prose.strings()) == []


def test_every_exception_is_still_needed() -> None:
    found = {(name, phrase) for name, text in [*prose.templates(), *prose.strings()] for phrase in prose.phrases(text)}
    assert {(name, phrase) for name, phrases in EXCEPTIONS.items() for phrase in phrases} - found == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Your address is deleted 28 days after you have left.", ["28 days"]),
        ("Wait a quarter of an hour, or twelve weeks.", ["15 minutes", "12 weeks"]),
        ("Kept for a year, at £12.65 an hour.", ["a year"]),
        ("At 07:00 or 7am or noon, 5% or 10 MB.", ["07:00", "7am", "noon", "5%", "10 mb"]),
        ("Such as ``90 days``.", []),
        ("The first of two posts", []),
    ],
)
def test_a_number_is_found_however_it_is_written(text: str, found: list[str]) -> None:
    assert prose.phrases(text) == found


TOLD_AT = clock((datetime.combine(date.min, vacancies.rules.SEND_TIME) + greensheets_site.rules.OUT_BY).time())
# What each document says of a rule; a brace stands for the number in the words of web/quantities.py.
DOCUMENTS: dict[str, list[tuple[str, timedelta | str]]] = {
    "docs/operations.md": [
        ("good once and for {}, with which", timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)),
        ("next edition from {} before its Monday", timedelta(days=editions.rules.PROOF_DAYS)),
        ("at most every {}. Each is typeset", editions.rules.PROOF_EVERY),
        ("limited to {} and", rule_in_words("LARGEST_MEMORY", editions.rules.PRESS_MEMORY)),
        ("and {}; a bulletin of", timedelta(seconds=editions.rules.PRESS_SECONDS)),
        ("Caches follow within {}", timedelta(seconds=editions.rules.PDF_KEPT_SECONDS)),
        ("PDFs of {} fit through nginx", rule("editions.LARGEST_UPLOAD")),
        ("by 38.1 mm, {} to a sheet", rule("editions.LABELS_ON_A_SHEET")),
        ("no row points to are removed after {}", editions.rules.ORPHANS_KEPT_FOR),
        ("{} after an advert closes, its named contact", vacancies.rules.CONTACT_KEPT_FOR),
        ("tried again after 5 and {}, 1, 3 and", mailing.rules.BACK_OFF[1]),
        (", 1, 3 and {}. An email", mailing.rules.BACK_OFF[-1]),
        ("for its answers it has {}, after a text 10 minutes", mailing.rules.PATIENCE_FOR_ANSWER),
        ("after a text {} |", mailing.rules.PATIENCE_AFTER_TEXT),
        ("tried again every {};", mailing.rules.UNREACHABLE_PAUSE),
        ("after {} failures in a row", rule("mailing.FAILURES_BEFORE_PAUSE")),
        ("it is more than {} late", mailing.rules.TOO_LATE_AFTER),
        ("({} until another takes over its bulletin", editions.rules.BUILD_LEASE),
        ("old versions within {}: deleted", mailing.rules.UNSUBSCRIBED_KEPT_FOR),
        ("published PDFs for {}.", timedelta(seconds=editions.rules.PDF_KEPT_SECONDS)),
        ("Each takes up to {},", rule("vacancies.LARGEST_DOCUMENT")),
        ("The worker deletes them {} after", vacancies.rules.CONTACT_KEPT_FOR),
        ("each of the last {},", timedelta(days=greensheets_site.rules.KEPT_DAYS)),
        (", {} and 12 months is kept", f"{greensheets_site.rules.KEPT_WEEKS} weeks"),
        ("and {} is kept; what", f"{greensheets_site.rules.KEPT_MONTHS} months"),
        ("gives way after {}", greensheets_site.rules.BACKUP_ABANDONED_AFTER),
        ("has to wait {} before trying that name", greensheets_site.rules.GUESSES_WITHIN),
        ("there is a wait of {}.", greensheets_site.rules.CODES_WITHIN),
        ("no worker has been seen for {}.", greensheets_site.rules.SILENT_AFTER),
        ("the future does not count; {} is forgiven", greensheets_site.rules.CLOCKS_DIFFER_BY),
        ("is not out {} after", greensheets_site.rules.LATE_AFTER),
        ("after {} | | `next_edition`", rule("vacancies.SEND_TIME")),
        ("less than {} away and has no edition", greensheets_site.rules.PLANNED_BY),
        ("that is due has waited for {},", greensheets_site.rules.EMAIL_WAITS_AT_MOST),
        ("has been silent for {} goes", greensheets_site.rules.WORKER_FORGOTTEN_AFTER),
        ("at {} if the weekly email", rule("greensheets_site.SENT_BY")),
        ("the deadline until {} on Monday", rule("vacancies.SEND_TIME")),
        ("on Monday, the others for {},", greensheets_site.rules.TOLD_FOR),
        ("paused less than {} ago", greensheets_site.rules.PAUSE_IS_KNOWN_FOR),
        ("lose their named contacts after {},", vacancies.rules.CONTACT_KEPT_FOR),
        ("sign-ups are kept for {},", mailing.rules.UNCONFIRMED_KEPT_FOR),
        ("unsubscribed addresses for {},", mailing.rules.UNSUBSCRIBED_KEPT_FOR),
        ("contact messages for {}.", mailing.rules.MESSAGE_KEPT_FOR),
        ("what they held for up to {},", f"{greensheets_site.rules.KEPT_MONTHS} months"),
        ("keyed hashes for {}.", greensheets_site.rules.DEPARTURES_KEPT_FOR),
        ("by {} staff have had an email", TOLD_AT),
        ("at {} if the edition is not out", TOLD_AT),
    ],
    "docs/entering-adverts.md": [
        ("PDF or Word (.docx), up to {} each", rule("vacancies.LARGEST_DOCUMENT")),
        ("For {} the school can see", vacancies.rules.PROOF_LINK_GOOD_FOR),
        ("its page stays for {} |", vacancies.rules.PAGE_KEPT_FOR),
        ("afterwards works for {},", vacancies.rules.UNDO_WITHIN),
        ("keep the {} recovery codes", rule("greensheets_site.RECOVERY_CODES")),
    ],
    "docs/vacancies-json.md": [("no key needed, {} at a time", rule("vacancies.POSTS_ON_A_JSON_PAGE"))],
}
# What else stands in documents and is no rule of ours.
NOT_RULES = {
    "docs/operations.md": {
        "180 mb": "measured by make bench",
        "20 seconds": "measured, and how often a machine tries its disk",
        "16 seconds": "measured by make bench",
        "2 mb": "the size of the file that was measured",
        "a year": "what browsers are told of pictures whose names change with their content",
        "45 mb": "what any other proxy must let through: several documents of one advert",
        "64 kb": "what deploy/nginx lets through",
        "90 mb": "what deploy/nginx lets through",
        "20 minutes": "how long make rehearse takes",
        "30 seconds": "the length of a code, by its standard (RFC 6238)",
        "a minute": "advice for a monitor outside",
        "14 days": "advice for the logs of a proxy",
    },
    "docs/entering-adverts.md": dict.fromkeys(("noon", "3.15pm", "27.5 hours"), "an example of what may be pasted"),
    "CONTRIBUTING.md": dict.fromkeys(("9am", "3.15pm", "noon"), "how a time is written"),
    "docs/upgrading.md": {"30 minutes": "advice for people, not a rule of the program"},
    "SECURITY.md": {"3 working days": "a promise of the maintainers", "a month": "a promise of the maintainers"},
}
ALL_DOCUMENTS = [
    *("README.md", "CONTRIBUTING.md", "SECURITY.md"),
    *sorted(path.relative_to(prose.ROOT).as_posix() for path in (prose.ROOT / "docs").glob("*.md")),
]


def in_words(rule_or_words: timedelta | str) -> str:
    return period(rule_or_words) if isinstance(rule_or_words, timedelta) else rule_or_words


@pytest.mark.parametrize(("document", "sentence", "number"), [(name, *row) for name, rows in DOCUMENTS.items() for row in rows])
def test_a_document_says_what_the_rule_says(document: str, sentence: str, number: timedelta | str) -> None:
    assert prose.in_figures(sentence.format(in_words(number))) in prose.in_figures((prose.ROOT / document).read_text())


@pytest.mark.parametrize("document", ALL_DOCUMENTS)
def test_every_number_of_a_document_is_held_to_a_rule_or_is_none(document: str) -> None:
    text = prose.in_figures((prose.ROOT / document).read_text())
    for sentence, number in DOCUMENTS.get(document, []):
        text = text.replace(*(prose.in_figures(sentence.format(words)) for words in (in_words(number), "…")))
    assert [phrase for phrase in prose.phrases(text) if phrase not in NOT_RULES.get(document, {})] == []
