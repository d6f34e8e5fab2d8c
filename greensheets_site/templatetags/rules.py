"""The numbers of the business for templates of every room, which read them where the code does."""

from django import template

import editions.rules
import mailing.rules
import news.rules
import pictures.rules
import vacancies.rules
import web.rules
from web.quantities import rule_in_words

from .. import rules as site_rules

register = template.Library()
ROOMS = {
    "editions": editions.rules,
    "greensheets_site": site_rules,
    "mailing": mailing.rules,
    "news": news.rules,
    "pictures": pictures.rules,
    "vacancies": vacancies.rules,
    "web": web.rules,
}


@register.simple_tag
def rule(name: str) -> str:
    """``{% rule "vacancies.PAGE_KEPT_FOR" %}`` is ``90 days``."""
    room, _, number = name.partition(".")
    return rule_in_words(number, getattr(ROOMS[room], number))
