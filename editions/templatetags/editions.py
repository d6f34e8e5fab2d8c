from django import template

from vacancies import wording

from ..models import Bulletin

register = template.Library()


@register.inclusion_tag("editions/_printed_in.html")
def printed_in(vacancy) -> dict:
    """In which edition and on which page it was printed, with a link that opens the PDF at the advert; else nothing."""
    reference = vacancy.reference
    bulletin = Bulletin.objects.public().filter(page_of__has_key=reference).select_related("edition").first()
    return {"bulletin": bulletin, "reference": reference, "page": bulletin and bulletin.page_of[reference]}


@register.filter
def headline_pay(vacancy) -> str:
    return wording.headline_pay(vacancy)


@register.filter
def closing(vacancy) -> str:
    return wording.closing(vacancy, long=False)
