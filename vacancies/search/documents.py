"""What an advert says, field by field, for the index of words."""

import re
from functools import lru_cache
from html import unescape

from ..models import Vacancy
from ..wording import starts

_BRACKETS = re.compile(r"\([^)]*\)")
_TAGS = re.compile(r"<[^>]+>")
_LIST = re.compile(r"[,;]| and ")


def document_of(advert: Vacancy) -> dict[str, str]:
    """A type of post that lists several ("Catering, cleaning and site management") does not say which of them this one is."""
    school, role = advert.school, advert.role_type
    said = (
        advert.key_stages,
        advert.contract_detail,
        advert.get_contract_display() if advert.contract else "",
        "job share" if advert.job_share else "",
        "ECT" if advert.ect_suitable else "",
        school.religious_character,
        school.get_phase_display() if school.phase else "",
        advert.reference,
    )
    return {
        "title": advert.title,
        "role": role.name if role and not _LIST.search(role.name) else "",
        "subject": ". ".join(subject.name for subject in advert.subject_list),
        "school": "\n".join(names_of(school.name)),
        "said": ". ".join(filter(None, said)),
        "place": ". ".join(filter(None, [school.town, school.authority.name, advert.workplaces])),
        "trust": school.trust,
        "terms": ". ".join(filter(None, [_scale(advert.pay_scale), advert.pay_points, advert.pay_allowance, starts(advert)])),
        "text": ". ".join(filter(None, [_words_in(advert.body), advert.hours_detail, advert.weeks_detail, advert.pay_note])),
    }


def names_of(school: str) -> list[str]:
    """With and without what stands in brackets, which nobody types: St Neot's Church of England (VA) Primary School."""
    return list(dict.fromkeys([school, " ".join(_BRACKETS.sub(" ", school).split())]))


def _scale(name: str) -> str:
    """A scale that is not called one is: Leadership."""
    return f"{name} scale" if name and " " not in name else name


@lru_cache(maxsize=4096)
def _words_in(html: str) -> str:
    return unescape(_TAGS.sub(" ", html))
