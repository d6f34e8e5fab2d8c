"""The facts of an advert for templates, in the one wording that the bulletin and the emails have too."""

from django import template
from django.utils import timezone

from .. import wording
from ..search import week_of

register = template.Library()

for fact in (
    wording.actual_pay,
    wording.brief_closing,
    wording.closing,
    wording.contract,
    wording.day_text,
    wording.days_and_weeks,
    wording.days_left,
    wording.full_time_pay,
    wording.headline,
    wording.headline_pay,
    wording.hours,
    wording.pattern,
    wording.scale,
    wording.starts,
    wording.weeks,
    wording.money,
    wording.number,
    wording.long_day,
    wording.moment_text,
):
    register.filter(fact.__name__, fact)


@register.filter
def closes_soon(vacancy):
    return 0 <= vacancy.days_left() <= 2


@register.filter
def is_new(vacancy):
    """Published in this week, the one that began on Monday."""
    return vacancy.publish_on >= week_of(timezone.localdate())[0]


@register.filter
def miles(distance):
    """``under a mile``, ``1 mile``, ``2.3 miles``, ``14 miles``: as exact as a straight line deserves."""
    if distance < 0.95:
        return "under a mile"
    rounded = f"{distance:.1f}".removesuffix(".0") if distance < 9.95 else f"{distance:.0f}"
    return f"{rounded} mile{'' if rounded == '1' else 's'}"


@register.filter
def sorted_url(results, order):
    return results.url(sort="" if order == results.usual_sort else order)


@register.filter
def page_url(results, number):
    """The address of the page after this one."""
    return results.url(page=str(number + 1))
