"""What staff type to find a school or a type of post, understood as readers are: without apostrophes, and by other names."""

from collections.abc import Iterable

from django.db.models import Case, IntegerField, QuerySet, Value, When

from ..models import RoleType, School
from .stemming import plain, stem
from .synonyms import Thesaurus, Words, meanings, words_of

# Words of so many names of posts that sharing one of them means nothing.
_OF_MANY = "assistant manager management officer supervisor worker support staff head other and or of"
_COMMON = frozenset(map(stem, _OF_MANY.split()))
HALF = 0.5


def schools_called(typed: str, schools: QuerySet[School]) -> QuerySet[School]:
    """Every word that was typed begins one of the school's name, town, postcode, trust or number."""
    wanted = plain(typed).split()
    if not wanted:
        return schools
    rows = schools.order_by().values_list("pk", "name", "town", "postcode", "trust", "urn")
    return schools.filter(pk__among=[pk for pk, *facts in rows if _begin(wanted, facts)])


def _begin(wanted: Iterable[str], facts: Iterable[object]) -> bool:
    said = [str(fact) for fact in facts if fact]
    words = {*plain(". ".join(said)).split(), *(plain(one).replace(" ", "") for one in said)}
    return all(any(word.startswith(one) for word in words) for one in wanted)


def roles_called(typed: str, roles: QuerySet[RoleType]) -> QuerySet[RoleType]:
    """The best first: its name, a name that begins so, what else it is called, a word of its name, a post that belongs to it."""
    thesaurus = Thesaurus(meanings())
    ranks = {pk: rank for pk, name in roles.order_by().values_list("pk", "name") if (rank := _rank(typed, name, thesaurus))}
    best_first = [When(pk=pk, then=Value(rank)) for pk, rank in ranks.items()]
    if not best_first:
        return roles.none() if plain(typed) else roles
    in_order = Case(*best_first, output_field=IntegerField())
    return roles.filter(pk__in=ranks).order_by(in_order, "-staff_group", "position", "name")


def _rank(typed: str, name: str, thesaurus: Thesaurus) -> int:
    """From 1, the best; 0 where the name has nothing to do with what was typed."""
    said, called = plain(typed), plain(name)
    if not said:
        return 0
    tests = (
        said == called,
        words_of(typed) in [tuple(phrase.split()) for phrase in thesaurus.same_as(name)],
        called.startswith(said),
        all(any(word.startswith(one) for word in called.split()) for one in said.split()),
        _belongs(words_of(typed), set(words_of(name)), thesaurus),
        said in called,
    )
    return next((rank for rank, holds in enumerate(tests, 1) if holds), 0)


def _belongs(typed: Words, name: set[str], thesaurus: Thesaurus) -> bool:
    """A cook is found in catering, because a catering manager means the same."""
    known = [phrase for meaning in thesaurus.by_phrase.get(typed, ()) for phrase in (*meaning.same, *meaning.after)]
    for words in map(words_of, known):
        shared = name.intersection(words)
        if shared - _COMMON and len(shared) / len(words) >= HALF:
            return True
    return False
