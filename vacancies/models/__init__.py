from .roles import RoleType, StaffGroup, Subject
from .schools import Authority, Phase, School
from .terms import Break, Term, calendar
from .vacancies import ApplyMethod, Contract, Dbs, PayUnit, Start, Status, Vacancy, VacancyQuerySet, Weeks, WorkingPattern

__all__ = [
    "ApplyMethod",
    "Authority",
    "Break",
    "Contract",
    "Dbs",
    "PayUnit",
    "Phase",
    "RoleType",
    "School",
    "StaffGroup",
    "Start",
    "Status",
    "Subject",
    "Term",
    "Vacancy",
    "VacancyQuerySet",
    "Weeks",
    "WorkingPattern",
    "calendar",
]
