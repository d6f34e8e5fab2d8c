"""What a change of the search words would do to the searches of readers, before it is saved."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from .directory import Directory
from .forms import VacancyFilterForm
from .live import LiveAdverts
from .results import Results
from .synonyms import Meaning


@dataclass(frozen=True)
class SearchChange:
    """For one phrase that readers may type: how many posts it finds and would find, and which come and go."""

    phrase: str
    before: int
    after: int
    first_before: str
    first_after: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def is_any(self) -> bool:
        return (self.before, self.first_before) != (self.after, self.first_after) or bool(self.gained or self.lost)


def effects(live: LiveAdverts, before: Directory, after: Directory, phrases: Sequence[str]) -> list[SearchChange]:
    """Every phrase in the order given, whether it makes a difference or not."""
    return [_effect(phrase, _search(live, before, phrase), _search(live, after, phrase)) for phrase in phrases]


def _search(live: LiveAdverts, names: Directory, phrase: str) -> Results:
    query = QueryDict(mutable=True)
    query["q"] = phrase
    return VacancyFilterForm(query).apply(live, names)


def _effect(phrase: str, before: Results, after: Results) -> SearchChange:
    old, new = before.pks, after.pks
    gained = [after.live.by_pk[pk].title for pk in new if pk not in set(old)]
    lost = [before.live.by_pk[pk].title for pk in old if pk not in set(new)]
    return SearchChange(phrase, len(old), len(new), _first(before), _first(after), _counted(gained), _counted(lost))


def _first(results: Results) -> str:
    return next((advert.title for advert in results.page(1, 1)), "")


def _counted(titles: list[str]) -> tuple[str, ...]:
    """The commonest first: ``Cleaner (13)``."""
    return tuple(title if count == 1 else f"{title} ({count})" for title, count in Counter(titles).most_common())


def phrases_of_both(before: Meaning | None, after: Meaning) -> list[str]:
    """What readers may type for a row as it is and as it would be, each once."""
    rows = [after, *([before] if before else [])]
    spelt: dict[str, str] = {}
    for row in rows:
        for phrase in (*row.same, *row.typed):
            spelt.setdefault(phrase.casefold(), phrase)
    return list(spelt.values())
