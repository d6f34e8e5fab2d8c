"""The facts of an advert for templates, in the one wording that the bulletin and the emails have too."""

from collections.abc import Iterable

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString, mark_safe

from web.remembered import remember

from .. import wording
from ..models import Vacancy
from ..public import facts
from ..search import facets
from ..search.results import Results

# Stand in a remembered row for what differs from list to list; no line of ours can hold them (richtext.plain.one_line).
QUERY, MILES = "\ue000", "\ue001"

register = template.Library()

for fact in (
    facts.about_school,
    facts.after_applying,
    facts.application_by_email,
    facts.at_a_glance,
    facts.deadline,
    facts.shared_by_email,
    facts.telephone,
    wording.brief_closing,
    wording.closing,
    wording.days_and_weeks,
    wording.headline,
    wording.headline_pay,
    wording.pattern,
    wording.long_day,
    wording.moment_text,
):
    register.filter(fact.__name__, fact)


@register.filter
def is_new(vacancy: Vacancy) -> bool:
    return facets.is_new_in(vacancy, facets.this_week(timezone.now()))


def miles(distance: float) -> str:
    """``under a mile``, ``1 mile``, ``2.3 miles``, ``14 miles``: as precise as a straight line deserves."""
    if distance < 0.95:
        return "under a mile"
    rounded = f"{distance:.1f}".removesuffix(".0") if distance < 9.95 else f"{distance:.0f}"
    return f"{rounded} mile{'' if rounded == '1' else 's'}"


@register.filter
def sorted_url(results: Results, order: str) -> str:
    return results.url(sort="" if order == results.usual_sort else order)


@register.filter
def page_url(results: Results, number: int) -> str:
    """The address of the page after this one."""
    return results.url(page=str(number + 1))


@register.simple_tag
def posts(vacancies: Iterable[Vacancy], results: Results | None = None, at_school: bool = False) -> SafeString:
    """Rows of a list. A search adds itself to the link of each, and how far away it is."""
    return mark_safe("\n".join(_post(vacancy, results, at_school) for vacancy in vacancies))  # noqa: S308  made by a template; what is filled in is escaped


def _post(vacancy: Vacancy, results: Results | None, at_school: bool) -> str:
    """A post as one row, made once for all lists and once more for those that say how far away it is."""
    distance = results.found.miles.get(vacancy.pk) if results else None
    away = "" if distance is None else miles(distance)
    context = {"vacancy": vacancy, "at_school": at_school, "query": QUERY, "miles": MILES if away else ""}
    key = ("post", vacancy.pk, at_school, bool(away))
    row = remember(key, lambda: render_to_string("vacancies/_post.html", context))
    query = f"?{escape(results.query)}" if results else ""
    return row.replace(QUERY, query).replace(MILES, away)


@register.inclusion_tag("vacancies/_facts.html")
def fact_list(known: Iterable[facts.Fact], columns: str = "") -> dict[str, object]:
    """Facts (``vacancies.public.facts``) as a list of terms."""
    return {"known": known, "columns": columns}
