"""The back office of adverts, schools and the calendar. One module for each noun."""

from .calendar import BreakAdmin, TermAdmin
from .lookups import AuthorityAdmin, RoleTypeAdmin, SubjectAdmin
from .schools import SchoolAdmin
from .synonyms import SynonymAdmin
from .vacancies import VacancyAdmin

__all__ = [
    "AuthorityAdmin",
    "BreakAdmin",
    "RoleTypeAdmin",
    "SchoolAdmin",
    "SubjectAdmin",
    "SynonymAdmin",
    "TermAdmin",
    "VacancyAdmin",
]
