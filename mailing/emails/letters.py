"""Every email that the site sends, one function each. They return letters; who gets them, and when, is ``sending``'s matter.

Safety: no text that a visitor typed goes into an email to a visitor, so that the forms cannot be used to send anything to
anyone. What a visitor wrote goes to staff only, escaped, and never into a header.
"""

import textwrap
from dataclasses import dataclass, replace
from datetime import datetime

import css_inline
from django.conf import settings
from django.core.signing import BadSignature, Signer, TimestampSigner
from django.template.loader import render_to_string
from django.urls import reverse

from vacancies import wording

from .. import rules
from ..models import ConsentEvent, ConsentKind, ContactMessage, Delivery, DeliveryKind, Subscriber, email_key
from ..models.choices import Choice
from .envelope import READERS_PLACE, Letter
from .week import Post, Selection, Week, absolute

LONGEST_LINE = 76
MOST_AREAS_NAMED = 4


@dataclass(frozen=True)
class Detail:
    """How much the HTML part says. The plain text always says everything."""

    is_brief: bool = False
    most: int | None = None
    names_closing: bool = True


# An email that Gmail would cut off says less of each post; only if that is not enough, it names fewer of each area.
DETAILS = (
    Detail(),
    Detail(is_brief=True),
    *(Detail(is_brief=True, most=most, names_closing=False) for most in (None, 12, 8, 5, 3, 1, 0)),
)

_inliner = css_inline.CSSInliner(keep_style_tags=False, load_remote_stylesheets=False, minify_css=True)
_confirm_signer = Signer(salt="mailing.confirm")
_own_signer = TimestampSigner(salt="mailing.own")


def weekly(week: Week, choice: Choice) -> Letter:
    """This week's new posts of the bulletins and areas chosen, with a place in it for the reader's own token."""
    selection = week.narrowed(choice)
    context: dict[str, object] = {
        "week": week,
        "selection": selection,
        "count": len(selection.new),
        "is_divided": len(choice.groups) > 1,
        "wanted": in_words(choice, week.area_names),
        "glance": _glance(selection),
        "issue_day": wording.long_day(week.edition.on),
        "next_day": wording.long_day(week.next_on) if week.next_on else "",
    }
    letter = _letter("weekly", _weekly_subject(week, selection), context | {"detail": DETAILS[0]})
    for shorter in DETAILS[1:]:
        if len(letter.html.encode()) <= rules.LARGEST_HTML:
            break
        letter = replace(letter, html=_html("weekly", letter.subject, context | {"detail": shorter}))
    unsubscribe = absolute(reverse("mailing:unsubscribe", args=[READERS_PLACE]))
    return replace(
        letter,
        headers={
            **letter.headers,
            "List-Id": f"Greensheets weekly vacancies <weekly.{settings.MAIL_DOMAIN}>",
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Precedence": "bulk",
        },
    )


def test_of(letter: Letter) -> Letter:
    """The weekly email as staff send it to themselves: the same, and said to be a test."""
    headers = {name: value for name, value in letter.headers.items() if not name.startswith("List-Unsubscribe")}
    return replace(letter, subject=_shortened(f"[Test] {letter.subject}", rules.LONGEST_SUBJECT), headers=headers)


def confirmation(event: ConsentEvent) -> Letter:
    """Asks the owner of an address whether the sign-up was theirs; whoever is already a reader is told so."""
    context: dict[str, object] = {}
    if event.subscriber.is_active:
        return _letter("already_reading", "You are on the Greensheets mailing list", context)
    context["confirm_url"] = absolute(reverse("mailing:confirm", args=[confirm_token(event)]))
    context["not_me_url"] = absolute(reverse("mailing:not_me", args=[confirm_token(event)]))
    if event.subscriber.has_complained:
        return _letter("confirm_again", "Do you want the weekly email of Greensheets again?", context)
    return _letter("confirmation", "Please confirm: the weekly email of Greensheets", context)


def receipt(message: ContactMessage) -> Letter:
    """Tells a visitor that their message arrived, and its number; no word of theirs goes to an address that they typed."""
    return _letter("receipt", f"We have your message (number {message.pk})", {"message": message})


def own_link(reader: Subscriber) -> Letter:
    """Leads a reader, and nobody whom an email was passed on to, to what is kept about them."""
    url = absolute(reverse("mailing:mine", args=[own_token(reader)]))
    return _letter("own_link", "Your link to your data at Greensheets", {"mine_url": url})


def message_to_office(message: ContactMessage) -> Letter:
    """A visitor's message for staff, who answer it by replying."""
    desk = absolute(reverse("admin:mailing_contactmessage_change", args=[message.pk]))
    context = {"message": message, "received": wording.moment_text(message.received_at), "desk": desk}
    subject = f"Contact form: {message.get_enquiry_display().lower()} (message {message.pk})"
    letter = _letter("contact", subject, context)
    return replace(letter, headers={**letter.headers, "Reply-To": mailable(message.email)})


def warning(note: str) -> Letter:
    """Something about Monday that staff should look at."""
    return _letter("warning", f"Please look at the desk: {note}", {"note": note, "desk": absolute(reverse("admin:index"))})


def letter_of(delivery: Delivery) -> Letter:
    """What one delivery of the outbox says; weekly emails are made by ``weekly``, once for each choice."""
    if delivery.kind == DeliveryKind.CONFIRMATION and delivery.subscriber:
        asked = ConsentEvent.objects.filter(subscriber=delivery.subscriber, kind=ConsentKind.REQUESTED)
        return confirmation(asked.select_related("subscriber").latest("at", "pk"))
    if delivery.kind == DeliveryKind.OWN_LINK and delivery.subscriber:
        return own_link(delivery.subscriber)
    if delivery.kind == DeliveryKind.RECEIPT and delivery.contact_message:
        return receipt(delivery.contact_message)
    if delivery.kind == DeliveryKind.CONTACT and delivery.contact_message:
        return message_to_office(delivery.contact_message)
    return warning(delivery.note)


def mailable(address: str) -> str:
    """An address as mail servers take it: the local part as given, the domain in ASCII."""
    return f"{address.strip().rpartition('@')[0]}@{email_key(address).rpartition('@')[2]}"


def own_token(reader: Subscriber) -> str:
    return _own_signer.sign(str(reader.pk))


def owner_of(own_token: str) -> Subscriber | None:
    """Whose data a fresh link shows, or nobody if it is none of ours, too old, or leads to somebody who was erased."""
    try:
        pk = int(_own_signer.unsign(own_token, max_age=rules.OWN_LINK_GOOD_FOR))
    except (BadSignature, ValueError):
        return None
    return Subscriber.objects.filter(pk=pk, erased_at=None).first()


def confirm_token(event: ConsentEvent) -> str:
    return _confirm_signer.sign(str(event.pk))


def event_of(confirm_token: str) -> ConsentEvent | None:
    """The sign-up that a link confirms, or None if the link is not one of ours or its sign-up has been purged."""
    try:
        pk = int(_confirm_signer.unsign(confirm_token))
    except (BadSignature, ValueError):
        return None
    return ConsentEvent.objects.select_related("subscriber").filter(pk=pk, kind="requested").first()


def is_fresh(event: ConsentEvent, at: datetime) -> bool:
    return at - event.at < rules.UNCONFIRMED_KEPT_FOR


def in_words(choice: Choice, area_names: dict[int, str]) -> str:
    """``teaching and support posts in all areas``. Names that hold commas themselves are kept apart by semicolons."""
    names = sorted(area_names[pk] for pk in choice.authorities if pk in area_names)
    if len(names) > MOST_AREAS_NAMED:
        areas = f"{len(names)} areas"
    elif any("," in name or " and " in name for name in names):
        areas = "; ".join(names)
    else:
        areas = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
    return f"{' and '.join(choice.groups)} posts in {areas or 'all areas'}"


def _glance(selection: Selection) -> str:
    """What an inbox shows beside the subject: the next few titles, each once."""
    titles = list(dict.fromkeys(post.title for post in selection.new[1:]))
    if not titles:
        return f"{len(selection.closing)} earlier posts close this week." if selection.closing else ""
    return f"Also {', '.join(titles[:3])}{' and more' if len(titles) > 3 else ''}"


def _weekly_subject(week: Week, selection: Selection) -> str:
    """Names a school and a post and the count: twice as many readers open that as a bare title."""
    posts = selection.new
    day = wording.day_text(week.edition.on)
    if not posts:
        return f"No new posts for you this week - Greensheets, {day}"
    more = len(posts) - 1
    tail = f" and {more} more new post{'s' if more > 1 else ''}" if more else " - new this week"
    room = rules.LONGEST_SUBJECT - len(tail)
    named = next((post for post in posts if len(_named(post)) <= room), posts[0])
    return _shortened(_named(named), room) + tail


def _named(post: Post) -> str:
    return " ".join(f"{post.title} at {post.school}".split())


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 3].rstrip(' ,-')}..."


def _letter(name: str, subject: str, context: dict[str, object]) -> Letter:
    subject = _shortened(" ".join(subject.split()), rules.LONGEST_SUBJECT)
    context = {**context, **_frame()}
    text = render_to_string(f"mailing/email/{name}.txt", context)
    return Letter(
        subject=subject,
        text="\n".join(_wrapped(line) for line in text.strip().splitlines()) + "\n",
        html=_html(name, subject, context),
        headers={"Auto-Submitted": "auto-generated"},
    )


def _html(name: str, subject: str, context: dict[str, object]) -> str:
    html = render_to_string(f"mailing/email/{name}.html", {**context, **_frame(), "subject": subject})
    return _inliner.inline("\n".join(line.strip() for line in html.splitlines() if line.strip()))


def _frame() -> dict[str, object]:
    """What the head and foot of every email need."""
    return {
        "publisher": settings.PUBLISHER,
        "site_url": settings.SITE_URL,
        "preferences_url": absolute(reverse("mailing:preferences", args=[READERS_PLACE])),
        "unsubscribe_url": absolute(reverse("mailing:unsubscribe", args=[READERS_PLACE])),
        "sign_up_url": absolute(reverse("mailing:sign_up")),
    }


def _wrapped(line: str) -> str:
    """Plain text is read as it is sent, so long lines are broken here; a link never is."""
    if len(line) <= LONGEST_LINE or "://" in line:
        return line.rstrip()
    indent = line[: len(line) - len(line.lstrip(" *"))]
    return textwrap.fill(line, LONGEST_LINE, subsequent_indent=" " * len(indent), break_long_words=False, break_on_hyphens=False)
