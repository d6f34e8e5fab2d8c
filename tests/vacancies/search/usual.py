"""The search words that the product ships with, for tests without a database."""

from importlib import import_module

from vacancies.models import Synonym
from vacancies.search.synonyms import Thesaurus, meanings

ROWS = [
    Synonym(same=same, typed=typed, after=after, in_text=in_text)
    for same, typed, after, in_text in import_module("vacancies.migrations.0006_synonym").SYNONYMS
]
USUAL = Thesaurus(meanings(ROWS))
