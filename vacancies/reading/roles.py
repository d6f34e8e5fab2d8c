"""What sort of post it is, its subjects and key stages, and whether early career teachers may apply."""

import re
from collections.abc import Iterator

from .finds import Advert, Find, Sentence

# By slug of the role type; the first that a title meets is taken, so what is special stands before what is general.
ROLES: tuple[tuple[str, str], ...] = (
    (
        "administration-hr-data-and-finance",
        r"\b(?:PA|assistant|secretary|clerk) to (?:the )?"
        r"(?:head|deputy|assistant|principal|governor|senior|CEO|chief|trust|executive|director)",
    ),
    ("deputy-headteacher", r"\bdeputy (?:head|principal)|\bvice[- ]principal"),
    ("assistant-headteacher", r"\bassistant (?:head|principal|vice)\b(?! of)|\bassistant head ?teacher"),
    (
        "other-support",
        r"\binvigilators?\b|\blibrarian|\bnursery (?:nurse|practitioner|assistant|manager|officer)"
        r"|\bearly years (?:practitioner|educator|assistant)"
        r"|\b(?:breakfast|after[- ]school|holiday|wraparound|club)[- ](?:club )?(?:leader|supervisor|assistant"
        r"|worker|manager)|\bplay ?worker|\bminibus|\bdriver\b"
        r"|\bcareers (?:adviser|leader|officer)|\bcoach\b|\bescort\b|\blibrary\b|\blifeguard|\bmusic tutor|\bperipatetic",
    ),
    (
        "midday-supervisor",
        r"\b(?:midday|mid-day|lunch ?time|dinner(?: ?time)?|meal ?times?|playground)\s+(?:meals? )?(?:supervis"
        r"|assistant|controller|play)|\bMSAs?\b|\bMDSAs?\b|\bMTAs?\b|\bdinner lad",
    ),
    ("higher-level-teaching-assistant", r"\bHLTAs?\b|\bhigher[- ]level teaching"),
    (
        "teaching-assistant",
        r"\b(?:teaching|classroom|class|SEND?|special (?:needs|support)|inclusion|1:1"
        r"|one to one) (?:and learning )?(?:support )?assistants?\b|\bTAs?\b|\bEYTAs?\b",
    ),
    (
        "learning-support-or-cover-supervisor",
        r"\bcover (?:supervisor|assistant|manager|teacher|co-?ordinator)|\blearning support (?:assistant"
        r"|practitioner|worker)|\bLSAs?\b",
    ),
    (
        "it-and-technical-support",
        r"\b(?:ICT|IT|network|systems?|science|lab(?:oratory)?|DT|D&T|food|art|design|AV|technology"
        r"|theatre)\b[\w &/]{0,20}\b(?:technician|manager|engineer|support|administrator|officer)|\btechnician",
    ),
    (
        "catering-cleaning-and-site-management",
        r"\bsite (?:manager|supervisor|controller|officer|assistant|team|staff|keeper|agent|technician)"
        r"|\bcaretaker|\bcleaners?\b|\bcleaning|\bpremises"
        r"|\bcook\b|\bchef|\bkitchen|\bcatering|\bgrounds|\bgardener|\bestates|\bfacilities|\bdomestic|\bhandy"
        r"|\bjanitor|\bhousekeep|\bmaintenance|\bporter\b",
    ),
    (
        "pastoral-health-and-welfare",
        r"\bpastoral|\bwelfare|\b(?:school|lead) nurse|\bmatron|\battendance|\bfamily (?:support|liaison"
        r"|worker)|\bcounsellor|\bsafeguarding (?:officer|lead|manager)"
        r"|\blearning mentor|\bbehaviour (?:mentor|manager|support|officer)|\bfirst aid|\bhouse ?parent"
        r"|\bwellbeing|\btherap|\bmentor\b|\bhealth\b|\bELSA\b|\bthrive\b|\bhead of house",
    ),
    (
        "administration-hr-data-and-finance",
        r"\badmin|\breceptionist|\bsecretar|\bfinance|\bHR\b|\bhuman resources|\bbusiness manager|\bbursar"
        r"|\bdata (?:manager|officer|analyst|and)|\band data\b|\bexam(?:ination)?s? (?:officer|and|manager"
        r"|administrator|assistant)"
        r"|\bPA\b|\bclerk|\bclerical|\bpayroll|\boffice (?:manager|assistant)|\bregistrar|\bgovernance"
        r"|\bmarketing|\bcommunications|\badmissions|\bpersonal assistant|\baccountant|\bprocurement|\bcensus"
        r"|\brecruitment",
    ),
    ("senco", r"\bSENDCO\b|\bSENCO\b|\bSENDCo\b|\bspecial educational needs co"),
    (
        "head-of-year-or-phase",
        r"\bhead of (?:year|key stage|KS|phase|lower|upper|sixth|early|EYFS|foundation)|\b(?:phase"
        r"|year(?: group)?|key stage|KS ?\d|EYFS|early years) (?:\d )?lead(?:er)?\b",
    ),
    (
        "head-of-department-or-curriculum",
        r"\b(?:head|leader|director|second) (?:of|in) (?!school)|\b(?:subject|curriculum|faculty"
        r"|department) lead(?:er)?\b|\blead (?:of|for)\b|\bsecond in (?:dep|charge)",
    ),
    ("headteacher", r"\bhead ?teacher|\bhead of school|\bprincipal\b|\bexecutive head|\bCEO\b|\bchief executive"),
    ("teacher", r"\bteachers?\b|\blecturer|\binstructor\b|\btutor\b|\bteaching post"),
    (
        "other-support",
        r"\b(?:assistant|officer|manager|supervisor|worker|co-?ordinator|apprentice|practitioner|adviser|lead)s?\b",
    ),
)
_ROLES = tuple((slug, re.compile(pattern, re.IGNORECASE)) for slug, pattern in ROLES)
# What a line of a title, or of an advert, names; the subject as it is called on the form.
SUBJECTS: dict[str, str] = {
    "Art and Design": r"\bart(?: (?:and|&) design)?\b(?! school)|\bfine art\b|\btextiles\b",
    "Biology": r"\bbiology\b",
    "Business Studies": r"\bbusiness(?: studies)?\b(?! manager)",
    "Chemistry": r"\bchemistry\b",
    "Computing": r"\bcomput(?:ing|er science)\b|\b(?-i:ICT|IT)\b",
    "Design and Technology": r"\bdesign (?:and|&) technology\b|\b(?-i:DT|D&T|D & T)\b|\bproduct design\b",
    "Drama": r"\bdrama\b|\bperforming arts\b",
    "Economics": r"\beconomics\b(?<!home economics)",
    "English": r"\benglish\b",
    "Food and Nutrition": r"\bfood\b|\bcatering\b|\bhome economics\b",
    "French": r"\bfrench\b",
    "Geography": r"\bgeography\b",
    "German": r"\bgerman\b",
    "Health and Social Care": r"\bhealth (?:and|&) social care\b",
    "History": r"\bhistory\b",
    "Mathematics": r"\bmaths?\b|\bmathematics\b|\bnumeracy\b",
    "Media Studies": r"\bmedia(?: studies)?\b",
    "Music": r"\bmusic\b",
    "Physical Education": r"\bphysical education\b|\b(?-i:PE|P\.E\.)(?!\w)",
    "Physics": r"\bphysics\b",
    "Psychology": r"\bpsychology\b",
    "Religious Education": r"\breligious (?:education|studies)\b|\b(?-i:RE|RS|R\.E\.)(?!\w)",
    "Science": r"\bscience\b(?<!computer science)",
    "Sociology": r"\bsociology\b",
    "Spanish": r"\bspanish\b",
}
_SUBJECTS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in SUBJECTS.items()}
_TEACHES = re.compile(r"\bteach|\bhead of\b|\bsecond in\b|\blead|\btutor|\blecturer|\bHLTA\b|\bdirector of\b", re.IGNORECASE)
# Key Stages 3 and 4, KS1/2, KS3-4, Key Stage 1
_STAGES = re.compile(
    r"\b(?:key[- ]stages?|KS)\s?(?P<stages>[1-5](?:\s?(?:,|/|-|–|&|and|to|or)\s?(?:KS\s?)?[1-5]\b)*)(?!\d)", re.IGNORECASE
)
_STAGES_OF_OTHERS = re.compile(
    r"\b(?:knowledge|experience|understanding|assessments?|results|outcomes|end of|work in|deputis)\b", re.IGNORECASE
)
_ECT = re.compile(r"\bECTs?\b|\bearly career teachers?\b|\bnewly qualified teachers?\b|\bNQTs?\b", re.IGNORECASE)
_NO_ECT = re.compile(
    r"\bnot\b[^.]{0,30}\bsuit(?:able|ed|s)?\b|\bunsuitable|\bcannot (?:be )?(?:consider|accept)|:\s*no\b"
    r"|\bnot (?:be )?(?:consider|open|available)",
    re.IGNORECASE,
)
_ECT_WELCOME = re.compile(
    r"\bwelcome|\bencourag|\bsuit|\bconsider|\bapply\b|\bso are\b|:\s*yes\b|\bopen to\b|\bapplications from\b|\binvited\b",
    re.IGNORECASE,
)


def role_of(title: str) -> str:
    return next((slug for slug, pattern in _ROLES if pattern.search(title)), "")


def names_a_role(text: str) -> bool:
    return bool(role_of(text))


def role(advert: Advert, title: Find | None) -> Iterator[Find]:
    if title and (slug := role_of(title.phrase)):
        yield Find("role_type", slug, title.phrase, title.start)


def subjects(advert: Advert, title: Find | None) -> Iterator[Find]:
    """Of teachers, from the title; from a line ``Subject:`` if there is one."""
    if title and _TEACHES.search(title.phrase):
        found = tuple(name for name, pattern in _SUBJECTS.items() if pattern.search(title.phrase))
        if found:
            yield Find("subjects", found, title.phrase, title.start)
            return
    for clause in advert.about("subject"):
        if found := tuple(name for name, pattern in _SUBJECTS.items() if pattern.search(clause.value)):
            yield clause.find("subjects", found, clause.value_from, len(clause.text))


def key_stages(advert: Advert, title: Find | None) -> Iterator[Find]:
    """The title's, else those that a line or a sentence says are taught."""
    if title and (stages := _STAGES.search(title.phrase)):
        yield Find("key_stages", _stages(stages), stages[0], title.start + stages.start())
        return
    for clause in advert.clauses:
        matches = list(_STAGES.finditer(clause.text))
        if matches and not _STAGES_OF_OTHERS.search(clause.text) and (clause.topic == "stages" or _is_taught(clause)):
            first, last = matches[0], matches[-1]
            taught = sorted({stage for match in matches for stage in _stages(match).split(", ")})
            yield clause.find("key_stages", ", ".join(taught), first.start(), last.end())
            return


def _is_taught(clause: Sentence) -> bool:
    return (
        clause.statement.kind != "item"
        and re.search(r"\bteach|\bacross\b|\bclass\b|\bsupport|\bto join\b", clause.text, re.IGNORECASE) is not None
    )


def _stages(match: re.Match[str]) -> str:
    figures = re.findall(r"[1-5]", match["stages"])
    if re.search(r"[-–]|to", match["stages"]) and len(figures) == 2:
        figures = [str(stage) for stage in range(int(figures[0]), int(figures[1]) + 1)]
    return ", ".join(f"KS{stage}" for stage in sorted(set(figures)))


def ect_suitable(advert: Advert, title: Find | None) -> Iterator[Find]:
    for clause in advert.clauses:
        match = _ECT.search(clause.text)
        if not match:
            continue
        if _NO_ECT.search(clause.text):
            yield clause.find("ect_suitable", False, 0, len(clause.text))
        elif _ECT_WELCOME.search(clause.text):
            yield clause.find("ect_suitable", True, 0, len(clause.text))
