"""The columns of a table of adverts: what each is called, and which field of the advert it fills."""

from dataclasses import dataclass

from ..models import Vacancy

SCHOOL, URN, TITLE, CLOSING_DATE, CLOSING_TIME, IN_BULLETIN = (
    "School",
    "School URN",
    "Title",
    "Closing date",
    "Closing time",
    "In the bulletin",
)


@dataclass(frozen=True)
class Column:
    name: str
    field: str
    example: str = ""

    @property
    def choices(self) -> dict[str, str]:
        """What may stand in it, in words, with the stored value; nothing if it takes any text."""
        choices = Vacancy._meta.get_field(self.field).choices
        return {str(label): value for value, label in choices} if choices else {}


COLUMNS = [
    Column(URN, "school", "100001"),
    Column(SCHOOL, "school", "Fernhollow Primary School"),
    Column(TITLE, "title", "Teaching Assistant"),
    Column("Role type", "role_type", "Teaching assistant"),
    Column("Subjects", "subjects"),
    Column("Number of posts", "posts", "1"),
    Column("Text", "body", "We want a kind and patient colleague.\n- Experience in Key Stage 1\n- A Level 2 qualification"),
    Column("On the website from", "publish_on", "27/04/2026"),
    Column(IN_BULLETIN, "print_from", "Yes"),
    Column("Printed from", "print_from"),
    Column("Printed until", "print_until"),
    Column(CLOSING_DATE, "closes_at", "12/05/2026"),
    Column(CLOSING_TIME, "closes_at", "noon"),
    Column("Contract", "contract", "Permanent"),
    Column("Contract detail", "contract_detail"),
    Column("Working pattern", "working_pattern", "Part time"),
    Column("Hours a week", "hours_per_week", "25"),
    Column("Hours detail", "hours_detail", "Mon-Fri 8.45am-2.15pm"),
    Column("Weeks", "weeks", "Term time only"),
    Column("Weeks worked", "weeks_worked", "39"),
    Column("Start", "start_text", "September 2026"),
    Column("Pay scale", "pay_scale", "NJC Grade 3"),
    Column("Pay points", "pay_points", "SCP 4-6"),
    Column("Full-time pay from", "pay_min", "£23,893"),
    Column("Full-time pay to", "pay_max", "£24,702"),
    Column("Pay is", "pay_unit", "a year"),
    Column("Actual pay from", "actual_pay_min", "£13,900"),
    Column("Actual pay to", "actual_pay_max", "£14,370"),
    Column("Pay note", "pay_note"),
    Column("Shortlisting", "shortlisting"),
    Column("Interview", "interview", "19 May"),
    Column("Visits", "visits"),
    Column("Apply", "apply_method", "By email"),
    Column("Apply email", "apply_email", "office@fernhollow.example"),
    Column("Apply address", "apply_url"),
    Column("Apply telephone", "apply_phone"),
    Column("Contact name", "contact_name"),
    Column("Contact telephone", "contact_phone"),
    Column("Contact email", "contact_email"),
    Column("DBS check", "dbs", "Enhanced DBS check"),
    Column("Safeguarding", "safeguarding_text"),
]
BY_NAME = {column.name: column for column in COLUMNS}
NAME_OF = {column.field: column.name for column in reversed(COLUMNS)} | {"print_from": "Printed from"}
