"""The labels that schools write before facts, such as ``Closing date:`` and ``SALARY``: one table, by what they announce."""

import re

LONGEST = 50  # characters of a label that stands alone

# Of what a line speaks: the labels that say so, as the beginning of a line. Longer ones first where one begins another.
TOPICS: dict[str, str] = {
    "closing": r"(?:clos(?:ing|es?)|deadline)(?: date)?(?: and time)?(?: for (?:both posts|all posts"
    r"|(?:receipt of )?(?:completed )?applications?|returns?))?"
    r"|(?:last|final) (?:day|date) (?:for|to) (?:receipt of )?(?:completed )?(?:applications?|apply(?:ing)?|returns?|forms)"
    r"|application (?:deadline|closing date)|applications? (?:close|due|deadline)(?: on)?"
    r"|return(?: forms)? by|apply by|last date",
    "shortlisting": r"short[- ]?listing(?: date| will (?:take place|be)(?: on)?)?|shortlisted on",
    "interview": r"(?:provisional |proposed |planned |expected )?(?:interviewing|interviews?)(?: dates?| day)?"
    r"(?: (?:and|&) (?:an? )?(?:short )?(?:assessments?|tasks?|selection|tests?(?: drive)?|lessons?|observations?))?"
    r"(?: (?:will be(?: held)?|are(?: planned)?|(?:to be )?held|to take place|planned|w/c)(?: for| on)?)?"
    r"|selection day|assessment day",
    "visits": r"(?:pre-?application |school |site )?(?:visits?|tours?|open (?:mornings?|evenings?"
    r"|days?))(?: to (?:the )?school)?(?: dates?)?",
    "start": r"(?:proposed )?(?:start(?:ing)?|commencement)(?: date| from| on)?|commencing"
    r"|(?:required|wanted|needed)(?: (?:for|from"
    r"|by))?|to start|when (?:can|do|would|does|will) (?:I|you|it|the (?:job|post))(?: be)? (?:start|begin)"
    r"|available from|from(?=\s?:)|post (?:available|commences?)|date required",
    "hours": r"(?:contracted |working |weekly )?(?:hours|hrs)(?: (?:of work|(?:per|a) week|and days))?"
    r"|working (?:hours|times?|days)|days|times|shifts?|working time",
    "weeks": r"(?:working |paid )?weeks(?: (?:per|a) year| worked)?|weeks of work|term time",
    "contract": r"(?:(?:type|length|duration|term) of )?contract(?: (?:type|term|length|details|period|duration))?"
    r"|tenure|status|employment type|type of post"
    r"|duration|term|contract/hours",
    "pattern": r"working pattern|full[/ -](?:or )?part[- ]time|work pattern|job type",
    "fte": r"fte",
    "ect": r"ects?|suitable for ects?|ect suitable|suitable for nqts?",
    "actual": r"(?:actual|pro[- ]?rata)(?: annual)?(?: (?:salary|pay))?|take[- ]home(?: (?:salary|pay|basis))?",
    "pay": r"(?:annual |fte |full[- ]time |starting )?(?:salary|pay|wage|remuneration)(?: (?:range|scale|details"
    r"|band|per annum|grade))?(?: \(?fte\)?)?|rate of pay|hourly rate|rate|salary/grade|grade/salary"
    r"|grade (?:and|&) salary",
    "grade": r"(?:salary |pay )?(?:grade|scale|band|spine)(?: points?)?|scp|scale points?|point|(?:pay )?range|isr"
    r"|allowance|responsibility",
    "place": r"location|based at|place of work|work(?:ing)? base|workplace|base|work location|site",
    "school": r"school|academy|employer|name of school|school name|organisation|establishment|trust",
    "title": r"(?:job |post )?title|post|position|role|vacancy|job|post title",
    "apply": r"how to apply|to apply(?: please)?|apply(?: (?:online|by|via|at|to|now))?|application(?:s| forms?"
    r"| packs?| process)?(?: (?:to|from(?:,? and to be returned to)?))?|applying",
    "contact": r"contact(?: (?:details|name|person|for questions))?|for (?:more|further) (?:information|details)"
    r"|further (?:information|details)|enquir(?:ies|es)|questions\??|informal (?:discussions?|chats?|enquir(?:y|ies))",
    "subject": r"subjects?",
    "posts": r"(?:no\.?|number) of (?:posts|positions|vacancies)|vacancies|posts",
    "stages": r"key stages?|age range|year groups?|phase",
    "safeguarding": r"safeguarding(?: statement)?|safer recruitment|dbs",
    "other": r"line manager|reports? to|job ref(?:erence)?|reference(?: number)?|ref|department|pension|holiday|benefits",
}
_AFTER = r"(?:\s*(?:[:–—]|-(?=\s)|\t|\?(?=\s))\s*|\s*$)"
_BARE = {"closing", "interview", "shortlisting", "start", "hours", "weeks", "contract", "pattern", "pay", "grade", "fte", "place"}
_VALUE_FOLLOWS = (
    r"\s+(?=[£\d(]|(?:week commencing|w/c|to be|as|asap|permanent|fixed|temporary|casual|full|part|mps|mpr"
    r"|main|upper|grade|scale|scp"
    r"|term|noon|midday|easter|summer|autumn|spring|january|february|march|april|may|june|july|august|september|october|november"
    r"|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|weds?|thurs?|fri"
    r"|[A-Z]\S+ (?:[A-Z]\S+ ){0,3}(?:Academy|School))\b)"
)
_LABEL = {topic: re.compile(rf"(?:{words}){_AFTER}", re.IGNORECASE) for topic, words in TOPICS.items()}
_BARE_LABEL = {topic: re.compile(rf"(?:{TOPICS[topic]}){_VALUE_FOLLOWS}", re.IGNORECASE) for topic in TOPICS if topic in _BARE}


_LEADERS = re.compile(r"(?P<label>[^\W\d][^.:£…_]{1,48}?)\s?(?:\.{3,}|…+|_{3,}|(?:\. ){3,})[.…_]*:?\s*(?P<value>\S.*)", re.DOTALL)


def with_colon(line: str) -> str:
    """``Hours      15 a week`` of a text with tabs, or with dots between, as ``Hours: 15 a week``, before the gap is closed."""
    if (leaders := _LEADERS.fullmatch(line)) and stands_alone(leaders["label"].strip()):
        return f"{leaders['label'].strip()}: {leaders['value']}"
    head, gap, rest = re.match(r"(\S+(?: \S+){0,5})?(\s{2,}|)(.*)", line, re.DOTALL).groups(default="")  # type: ignore[union-attr]
    return f"{head}: {rest}" if head and gap and rest and stands_alone(head) and head[-1] not in ":?-–" else line


def label_before(text: str) -> tuple[str, int]:
    """The topic, and where the value begins; no topic where the line begins with none. ``Start February 2027`` needs no colon."""
    for patterns in (_LABEL, _BARE_LABEL):
        for topic, pattern in patterns.items():
            if match := pattern.match(text):
                return topic, match.end()
    return "", 0


def stands_alone(text: str) -> bool:
    """A line that is nothing but a label: its value is on the next."""
    topic, value_from = label_before(text)
    return bool(topic) and not text[value_from:].strip() and len(text) < LONGEST
