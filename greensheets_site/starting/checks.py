"""What must be right before the site starts, each with a sentence: Django's system checks, which web and worker run as well.

Reading the environment has noted what cannot be read (variables.py); here is what can be read and is wrong or unsafe.
"""

from collections.abc import Iterator
from email.utils import getaddresses
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register, run_checks
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_domain_name, validate_email
from django.http.request import validate_host
from django.utils.module_loading import import_string
from django.utils.text import get_text_list

TAG = "greensheets"
SHORTEST_KEY, FEWEST_CHARACTERS = 50, 10
KNOWN_KEYS = ("demo-only-", "django-insecure", "change-me", "changeme", "your-secret-key")
PROFILE_SIGNATURE, PROFILE_SPACE = slice(36, 40), slice(16, 20)  # of an ICC file's header
MAILBOXES = "BOUNCES_MAILBOX must be maildir:///folder or imaps://user:password@host/FOLDER"


@register(TAG)
def settings_are_right(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Every fault at once, so that nobody mends one to meet the next."""
    told = [*settings.VARIABLE_FAULTS, *(sentence for part in PARTS for sentence in part())]
    return [Error(sentence, id="greensheets.E001") for sentence in told]


@register(TAG, deploy=True)
def publisher_is_named(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A site may begin without it, and must not go on: pages and emails would name somebody who does not exist."""
    unset = settings.PUBLISHER_INVENTED
    if settings.DEMO or not unset:
        return []
    are = "is" if len(unset) == 1 else "are"
    sentence = f"{get_text_list(unset, 'and')} {are} not set: pages and emails show invented details."
    return [Warning(sentence, id="greensheets.W001")]


def refuse_if_wrong() -> None:
    """For processes that no management command starts. Whatever Django itself finds wrong stops them too."""
    found = [message for message in run_checks() if message.level >= Error("").level and not message.is_silenced()]
    if found:
        raise ImproperlyConfigured("Greensheets does not start:\n" + "\n".join(f"- {message.msg}" for message in found))


def _spelling() -> Iterator[str]:
    for name, meant in settings.MISSPELT_VARIABLES.items():
        guess = f"Is {meant} meant?" if meant else "docs/operations.md lists those that are."
        yield f"{name} is no variable of this site. {guess} If another program needs it, name it in FOREIGN_VARIABLES."


def _modes() -> Iterator[str]:
    for name, is_on in (("GREENSHEETS_DEMO", settings.DEMO), ("DEBUG", settings.DEBUG)):
        if is_on and settings.HTTPS:
            yield f"{name} is on and SITE_URL is https: on a public site it would show what is not public. Take {name} out."


def _keys() -> Iterator[str]:
    if settings.DEBUG or settings.DEMO:
        return
    if fault := _weakness(settings.SECRET_KEY):
        yield f"SECRET_KEY {fault}: log-ins and links in emails could be forged. Set it to 50 or more random characters."


def _weakness(key: str) -> str:
    if key.lower().startswith(KNOWN_KEYS):
        return "is an example that everybody knows"
    if len(key) < SHORTEST_KEY:
        return f"has only {len(key)} characters"
    return f"has only {len(set(key))} different characters" if len(set(key)) < FEWEST_CHARACTERS else ""


def _address() -> Iterator[str]:
    if fault := _fault_of_address(settings.SITE_URL):
        yield f"SITE_URL is “{settings.SITE_URL}”, which {fault}. It is scheme and host only: https://www.greensheets.example."
        return
    if not validate_host(settings.SITE_HOST, settings.ALLOWED_HOSTS):
        yield f"ALLOWED_HOSTS lacks {settings.SITE_HOST}, the host of SITE_URL: the site would refuse every visitor."


def _fault_of_address(text: str) -> str:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return "is no address"
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(letter.isspace() for letter in text) or port == 0:
        return "is no address of a website"
    if parts.username is not None or parts.path or parts.query or parts.fragment:
        return "holds more than scheme and host"
    return ""


def _proxy() -> Iterator[str]:
    if settings.HTTPS and settings.BEHIND_PROXY_STATED is None:
        yield (
            "SITE_URL is https and BEHIND_PROXY is not set: behind a proxy that ends TLS the site would redirect for ever. "
            "Set BEHIND_PROXY=1 if a proxy stands in front and overwrites X-Forwarded-Proto and X-Forwarded-For, else 0."
        )


def _mail_addresses() -> Iterator[str]:
    given = {
        "DEFAULT_FROM_EMAIL": [settings.DEFAULT_FROM_EMAIL],
        "STAFF_EMAILS": settings.STAFF_EMAILS,
        "OPERATOR_EMAILS": settings.OPERATOR_EMAILS,
        "PUBLISHER_EMAIL": [settings.PUBLISHER["email"]],
    }
    for name, addresses in given.items():
        if not addresses and name == "STAFF_EMAILS":
            yield f"{name} is empty; nobody would be told of anything."
        for text in addresses:
            if not is_mail_address(text, may_have_name=name == "DEFAULT_FROM_EMAIL"):
                yield f"{name}: “{text}” is no email address."
    if settings.MAIL_DOMAIN and not _is_domain(settings.MAIL_DOMAIN):
        yield f"MAIL_DOMAIN is “{settings.MAIL_DOMAIN}”, which is no domain such as greensheets.example."


def is_mail_address(text: str, may_have_name: bool = False) -> bool:
    found = getaddresses([text]) if may_have_name else [("", text.strip())]
    try:
        validate_email(found[0][1] if len(found) == 1 else "")
    except ValidationError:
        return False
    return True


def _is_domain(text: str) -> bool:
    """``localhost`` counts: the demo runs there."""
    try:
        validate_domain_name(text)
    except ValidationError:
        return text.replace("-", "").isalnum() or text.replace(".", "").isdigit()
    return True


def _mail_service() -> Iterator[str]:
    if settings.ANYMAIL and find_spec("anymail") is None:
        yield "ANYMAIL is set and the package django-anymail is not installed."
        return
    try:
        import_string(settings.EMAIL_BACKEND)
    except ImportError:
        yield f"EMAIL_BACKEND is “{settings.EMAIL_BACKEND}”, which is not there."


def _bounces() -> Iterator[str]:
    if not settings.BOUNCES_MAILBOX:
        return
    try:
        parts = urlsplit(settings.BOUNCES_MAILBOX)
        is_right = {"maildir": parts.path.startswith("/") and not parts.netloc, "imaps": bool(parts.hostname and parts.username)}
        is_right |= {"imaps": is_right["imaps"] and parts.port != 0}
    except ValueError:
        yield f"{MAILBOXES}; its port or host cannot be read."
        return
    if not is_right.get(parts.scheme):
        yield f"{MAILBOXES}; this one is “{parts.scheme or 'of no kind'}”."


def _colour_profile() -> Iterator[str]:
    if not settings.PRINT_ICC_PROFILE:
        return
    path = Path(settings.PRINT_ICC_PROFILE)
    try:
        with path.open("rb") as file:
            head = file.read(40)
    except OSError as error:
        yield f"PRINT_ICC_PROFILE: {path} cannot be read ({error.strerror})."
        return
    if head[PROFILE_SIGNATURE] != b"acsp" or head[PROFILE_SPACE] != b"CMYK":
        yield f"PRINT_ICC_PROFILE: {path} is no colour profile for CMYK."


PARTS = (_spelling, _modes, _keys, _address, _proxy, _mail_addresses, _mail_service, _bounces, _colour_profile)
