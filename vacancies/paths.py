"""Addresses of pages, each worked out once in a process: Django takes longer over one than over a row of a list."""

from functools import lru_cache

from django.urls import reverse
from django.utils.text import slugify

KEPT = 5_000

slug = lru_cache(maxsize=KEPT)(slugify)


@lru_cache(maxsize=KEPT)
def path_to(view: str, *args: str | int) -> str:
    """The path, without the site. Raises NoReverseMatch as ``reverse`` does."""
    return reverse(f"vacancies:{view}", args=args)
