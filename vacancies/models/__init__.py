"""What adverts are made of: schools and authorities, role types and subjects, terms and breaks, the advert itself."""

from .among import Among
from .documents import DocumentKind, VacancyDocument
from .proofs import ProofRecall
from .roles import RoleType, StaffGroup, Subject
from .schools import Authority, Phase, School
from .synonyms import Synonym
from .terms import Break, Term, calendar, confirm
from .vacancies import ApplyMethod, Contract, Dbs, PayUnit, Start, Status, Vacancy, VacancyQuerySet, Weeks, WorkingPattern

__all__ = [
    "Among",
    "ApplyMethod",
    "Authority",
    "Break",
    "Contract",
    "Dbs",
    "DocumentKind",
    "PayUnit",
    "Phase",
    "ProofRecall",
    "RoleType",
    "School",
    "StaffGroup",
    "Start",
    "Status",
    "Subject",
    "Synonym",
    "Term",
    "Vacancy",
    "VacancyDocument",
    "VacancyQuerySet",
    "Weeks",
    "WorkingPattern",
    "calendar",
    "confirm",
]
