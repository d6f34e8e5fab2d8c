"""About 1,400 invented schools in their authorities, with rolls, heads, trusts, addresses and a crest for some."""

from random import Random
from typing import Any, NamedTuple

from django.utils.text import slugify

from vacancies.models import Authority, Phase, School

from . import names
from .places import PLACES, Place, Town
from .seed import dice

FIRST_URN = 900_001  # above every number that the DfE has given out
# Letters that no real postcode ends in, so that an invented school is at nobody's address.
UNIT_LETTERS = "CIKMOV"
TRUST_OFFICES = 16


class Kind(NamedTuple):
    """One sort of school: its share of all schools, how it is called, ages, and pupils from and to."""

    share: int
    phase: Phase
    name: str
    ages: tuple[int, int]
    roll: tuple[int, int]
    faith: str = ""
    can_be_academy: bool = True


KINDS = (
    Kind(300, Phase.PRIMARY, "{place} Primary School", (4, 11), (88, 460)),
    Kind(120, Phase.PRIMARY, "{place} Community Primary School", (4, 11), (90, 420), can_be_academy=False),
    Kind(150, Phase.PRIMARY, "{place} Church of England Primary School", (4, 11), (46, 300), "Church of England"),
    Kind(50, Phase.PRIMARY, "St {saint}'s Church of England (VA) Primary School", (4, 11), (90, 420), "Church of England"),
    Kind(35, Phase.PRIMARY, "St {saint}'s Catholic Primary School", (4, 11), (120, 420), "Roman Catholic"),
    Kind(35, Phase.PRIMARY, "{place} Infant School", (4, 7), (110, 270)),
    Kind(35, Phase.PRIMARY, "{place} Junior School", (7, 11), (170, 370)),
    Kind(30, Phase.PRIMARY, "{place} Nursery and Primary Academy", (3, 11), (190, 480)),
    Kind(20, Phase.NURSERY, "{place} Nursery School", (2, 5), (50, 120), can_be_academy=False),
    Kind(70, Phase.SECONDARY, "{place} School", (11, 18), (640, 1620)),
    Kind(40, Phase.SECONDARY, "{place} Academy", (11, 16), (560, 1280)),
    Kind(10, Phase.SECONDARY, "St {saint}'s Catholic School", (11, 18), (620, 1180), "Roman Catholic"),
    Kind(8, Phase.MIDDLE, "{place} Middle School", (9, 13), (300, 580)),
    Kind(9, Phase.ALL_THROUGH, "{place} All-Through School", (3, 16), (620, 1500)),
    Kind(45, Phase.SPECIAL, "{place} Special School", (4, 19), (58, 240)),
    Kind(15, Phase.SPECIAL, "{place} Alternative Provision Academy", (11, 16), (30, 90)),
    Kind(7, Phase.SIXTEEN_PLUS, "{place} Sixth Form College", (16, 19), (700, 1900)),
)
ROADS = (
    "Church Lane",
    "School Lane",
    "Orchard Way",
    "Station Road",
    "Mill Lane",
    "The Green",
    "Coombe Road",
    "High Street",
    "Park Road",
    "Weir Street",
)


def authorities() -> list[Authority]:
    return [
        Authority(pk=pk, name=place.name, slug=slugify(place.name), code=place.code) for pk, place in enumerate(PLACES, start=1)
    ]


def schools(authorities: list[Authority], size: float) -> list[School]:
    """The schools of all authorities, keys included; ``size`` 1 is the whole site, less is a smaller one in proportion."""
    chance, place_names = dice("schools"), names.invented_places(dice("places"))
    made: list[School] = []
    for authority, place in zip(authorities, PLACES, strict=True):
        for town in _towns(chance, place, max(2, round(place.schools * size))):
            made.append(_school(len(made) + 1, chance, authority, town, next(place_names)))
    offices = [_trust_office(len(made) + number, made, trust) for number, trust in enumerate(_trusts_of(made), start=1)]
    return made + offices[:TRUST_OFFICES]


def _towns(chance: Random, place: Place, schools: int) -> list[Town]:
    """Where its schools are: one in every town first, for a postcode is found only where there is a school; then by chance."""
    first = list(place.towns[:schools])
    return first + chance.choices(place.towns, k=schools - len(first))


def _school(pk: int, chance: Random, authority: Authority, town: Town, village: str) -> School:
    kind = chance.choices(KINDS, [kind.share for kind in KINDS])[0]
    name = kind.name.format(place=village, saint=names.saint(chance))
    is_academy = "Academy" in name or (kind.can_be_academy and chance.random() < 0.45)
    domain = f"{slugify(village)}-school.example"
    return School(
        pk=pk,
        urn=FIRST_URN + pk,
        name=name,
        authority=authority,
        kind=_kind_in_words(name, kind, is_academy),
        phase=kind.phase,
        age_from=kind.ages[0],
        age_to=kind.ages[1],
        roll=chance.randint(*kind.roll),
        religious_character=kind.faith,
        trust=_trust(chance, pk) if is_academy else "",
        head=names.formal_person(chance),
        website=f"https://www.{domain}",
        email=f"office@{domain}",
        phone=names.telephone(chance),
        copies=2 if kind.phase in (Phase.SECONDARY, Phase.ALL_THROUGH) else 1,
        **_whereabouts(chance, village, town),
    )


def _whereabouts(chance: Random, village: str, town: Town) -> dict[str, Any]:
    spread = town.spread
    unit = "".join(chance.choices(UNIT_LETTERS, k=2))
    return {
        "address": f"{chance.choice(ROADS)}, {village}",
        "town": town.name,
        "postcode": f"{town.outward} {chance.randint(1, 9)}{unit}",
        "latitude": round(town.latitude + chance.uniform(-spread, spread), 5),
        "longitude": round(town.longitude + chance.uniform(-1.5 * spread, 1.5 * spread), 5),
    }


def _kind_in_words(name: str, kind: Kind, is_academy: bool) -> str:
    if is_academy:
        return "Academy"
    if "(VA)" in name or kind.faith == "Roman Catholic":
        return "Voluntary aided school"
    if kind.faith:
        return "Voluntary controlled school"
    return {
        Phase.SPECIAL: "Community special school",
        Phase.NURSERY: "Local authority nursery school",
        Phase.SIXTEEN_PLUS: "Further education",
    }.get(kind.phase, "Community school")


def _trust(chance: Random, pk: int) -> str:
    """Schools that follow each other are neighbours, so trusts are local."""
    return names.TRUSTS[(pk // 60 + chance.randint(0, 2)) % len(names.TRUSTS)]


def _trusts_of(made: list[School]) -> list[str]:
    return sorted({school.trust for school in made if school.trust})


def _trust_office(pk: int, made: list[School], trust: str) -> School:
    """Where a trust's own posts are: at the largest of its schools."""
    largest = max((school for school in made if school.trust == trust), key=lambda school: school.roll or 0)
    domain = f"{slugify(trust)}.example"
    return School(
        pk=pk,
        name=trust,
        authority=largest.authority,
        kind="Multi-academy trust",
        trust=trust,
        address=f"Trust Office, {largest.name}",
        town=largest.town,
        postcode=largest.postcode,
        latitude=largest.latitude,
        longitude=largest.longitude,
        website=f"https://www.{domain}",
        email=f"jobs@{domain}",
        phone=largest.phone,
    )
