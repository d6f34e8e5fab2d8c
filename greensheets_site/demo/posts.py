"""The posts that the demo's schools advertise: how often, at what sort of school, for what pay and hours."""

from decimal import Decimal
from typing import NamedTuple

from vacancies.models import Phase, Weeks

YOUNG = (Phase.PRIMARY, Phase.NURSERY, Phase.MIDDLE, Phase.ALL_THROUGH)
OLD = (Phase.SECONDARY, Phase.MIDDLE, Phase.ALL_THROUGH, Phase.SIXTEEN_PLUS)
ANY = tuple(Phase)

SUBJECTS = [
    "Art and Design",
    "Biology",
    "Business Studies",
    "Chemistry",
    "Computing",
    "Design and Technology",
    "Drama",
    "Economics",
    "English",
    "Food and Nutrition",
    "French",
    "Geography",
    "German",
    "Health and Social Care",
    "History",
    "Mathematics",
    "Media Studies",
    "Music",
    "Physical Education",
    "Physics",
    "Psychology",
    "Religious Education",
    "Science",
    "Sociology",
    "Spanish",
]


class TeachingPost(NamedTuple):
    share: int
    role: str
    title: str
    phases: tuple[Phase, ...]
    family: str  # which sentences describe it
    leadership_from: int = 0  # 0 is the teachers' scale
    allowance: bool = False


class SupportPost(NamedTuple):
    share: int
    role: str
    title: str
    phases: tuple[Phase, ...]
    family: str
    grade: int
    points: tuple[int, int]
    hours: tuple[str, ...]
    times: str
    weeks: tuple[Weeks, ...] = (Weeks.TERM_TIME_ONLY, Weeks.TERM_TIME_PLUS_INSET)
    casual: bool = False

    def hours_a_week(self, number: int) -> Decimal:
        return Decimal(self.hours[number % len(self.hours)])


TEACHING = (
    TeachingPost(24, "teacher", "Class Teacher ({key_stage})", YOUNG, "class"),
    TeachingPost(8, "teacher", "Class Teacher (Reception)", YOUNG, "class"),
    TeachingPost(30, "teacher", "Teacher of {subject}", OLD, "subject"),
    TeachingPost(8, "teacher", "SEND Teacher", (Phase.SPECIAL, Phase.SECONDARY, Phase.PRIMARY), "send", allowance=True),
    TeachingPost(5, "senco", "SENCO", (Phase.PRIMARY, Phase.SECONDARY), "send", allowance=True),
    TeachingPost(8, "head-of-department-or-curriculum", "Head of {subject}", OLD, "middle", allowance=True),
    TeachingPost(4, "head-of-department-or-curriculum", "Curriculum Lead for {subject}", OLD, "middle", allowance=True),
    TeachingPost(5, "head-of-year-or-phase", "Head of Year {year}", OLD, "middle", allowance=True),
    TeachingPost(4, "head-of-year-or-phase", "Phase Leader ({key_stage})", YOUNG, "middle", allowance=True),
    TeachingPost(5, "assistant-headteacher", "Assistant Headteacher", ANY, "leader", leadership_from=3),
    TeachingPost(5, "deputy-headteacher", "Deputy Headteacher", ANY, "leader", leadership_from=6),
    TeachingPost(4, "headteacher", "Headteacher", ANY, "leader", leadership_from=10),
    TeachingPost(2, "other-leadership", "Head of School", YOUNG, "leader", leadership_from=7),
)
_FULL, _DAY = ("37", "37", "30"), ("25", "27.5", "30", "32.5")
SUPPORT = (
    SupportPost(22, "teaching-assistant", "Teaching Assistant", ANY, "ta", 3, (4, 6), _DAY, "Monday to Friday, 8.45am-3.15pm"),
    SupportPost(10, "teaching-assistant", "Teaching Assistant (one-to-one SEND support)", ANY, "ta", 3, (4, 6), _DAY, "8.30am-3.15pm"),
    SupportPost(5, "teaching-assistant", "Early Years Practitioner", YOUNG, "ta", 4, (5, 7), ("32.5", "37"), "8am-4pm"),
    SupportPost(8, "higher-level-teaching-assistant", "Higher Level Teaching Assistant", YOUNG, "ta", 5, (11, 15), _DAY, "8.30am-3.30pm"),
    SupportPost(7, "learning-support-or-cover-supervisor", "Cover Supervisor", OLD, "ta", 5, (9, 13), ("32.5",), "8.30am-3.30pm"),
    SupportPost(8, "administration-hr-data-and-finance", "School Administrator", ANY, "office", 4, (7, 10), ("20", "30", "37"), "8am-4pm"),
    SupportPost(4, "administration-hr-data-and-finance", "Finance Officer", ANY, "office", 6, (14, 18), ("25", "37"), "flexible"),
    SupportPost(3, "administration-hr-data-and-finance", "Data Manager", OLD, "office", 7, (19, 23), _FULL, "8am-4pm", (Weeks.ALL_YEAR,)),
    SupportPost(3, "administration-hr-data-and-finance", "School Business Manager", ANY, "office", 9, (26, 30), _FULL, "8am-4.30pm", (Weeks.ALL_YEAR, Weeks.TERM_TIME_PLUS)),
    SupportPost(8, "catering-cleaning-and-site-management", "Cleaner", ANY, "site", 1, (2, 2), ("10", "12.5", "15"), "3.15pm-5.45pm", (Weeks.ALL_YEAR, Weeks.TERM_TIME_PLUS_INSET)),
    SupportPost(5, "catering-cleaning-and-site-management", "Catering Assistant", ANY, "site", 1, (2, 3), ("12.5", "17.5", "20"), "10.30am-2pm"),
    SupportPost(5, "catering-cleaning-and-site-management", "Site Manager", ANY, "site", 6, (12, 17), ("37",), "split shifts between 6.45am and 6pm", (Weeks.ALL_YEAR,)),
    SupportPost(3, "it-and-technical-support", "Science Technician", OLD, "technical", 4, (7, 11), ("25", "32.5"), "8am-4pm"),
    SupportPost(3, "it-and-technical-support", "IT Support Technician", OLD, "technical", 5, (9, 14), ("37",), "8am-4pm", (Weeks.ALL_YEAR,)),
    SupportPost(5, "pastoral-health-and-welfare", "Pastoral Support Worker", ANY, "pastoral", 5, (11, 15), ("32.5", "37"), "8.15am-4pm"),
    SupportPost(3, "pastoral-health-and-welfare", "Attendance and Family Support Officer", ANY, "pastoral", 6, (14, 18), ("30", "37"), "8am-4pm"),
    SupportPost(10, "midday-supervisor", "Midday Supervisor", YOUNG, "midday", 1, (2, 2), ("5", "6.25", "7.5"), "11.45am-1.15pm"),
    SupportPost(4, "other-support", "Exam Invigilator", OLD, "casual", 2, (2, 4), ("0",), "", casual=True),
    SupportPost(3, "other-support", "Minibus Driver and Escort", (Phase.SPECIAL, Phase.SECONDARY), "casual", 2, (3, 5), ("0",), "", casual=True),
    SupportPost(2, "other-support", "Librarian", OLD, "office", 5, (9, 13), ("25", "30"), "8.30am-4pm"),
)  # fmt: skip
