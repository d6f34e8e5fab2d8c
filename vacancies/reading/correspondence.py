"""Which lines are no advert: mail heads, greetings, remarks to the publisher, signatures, orders, page heads and feet, menus."""

import re

from .labels import label_before
from .names import is_school
from .pages import SentLine
from .roles import names_a_role
from .running import running
from .surroundings import set_beside
from .unprinted import CERTAIN, TO_PUBLISHER

_CERTAIN = re.compile("|".join(f"(?:{pattern})" for pattern in CERTAIN), re.IGNORECASE)
_HEAD = re.compile(
    r"^\*?(?:from(?!\s?:.*\b20\d\d)|sent|to|cc|bcc|subject|date|attachments?|importance|reply-to|re|fw|edition|received|priority"
    r"|for the attention of|fao|(?:no\.?|number) of (?:weeks|issues|editions)|advertiser|client"
    r"|customer|date sent|issues?)\*?\s?:",
    re.IGNORECASE,
)
_HEAD_SURE = re.compile(r"^\*?(?:from(?!\s?:.*\b20\d\d)|sent|to|cc|bcc|subject|attachments?)\*?\s?:", re.IGNORECASE)
_GREETING = re.compile(
    r"^(?:hi(?:ya)?|hello|hallo|dear|greetings|to whom it may concern|happy (?:monday|friday|new year)|evening"
    r"|good (?:morning|afternoon|evening)|morning|afternoon|hey)\b(?! (?:applicant"
    r"|candidate|colleague))(?:[\w ’'-]{0,30}[,!.–-]|[\w ’'-]{0,25}$|.*\bplease\b|.*[!?])",
    re.IGNORECASE,
)
_DEAR_APPLICANT = re.compile(r"^dear (?:applicant|candidate|prospective)", re.IGNORECASE)
_TO_PUBLISHER = re.compile("|".join(f"(?:{pattern})" for pattern in TO_PUBLISHER), re.IGNORECASE)
# What could be said to a reader too, and is taken for a remark only before the advert begins.
_REMARK = re.compile(
    r"\bplease (?:find|see|use|can|could|would|advertise)\b|\b(?:can|could|would) (?:you|we|this)\b"
    r"|\bhope\b|\bI(?:’|')(?:ve|m|ll)\b|\bI have\b"
    r"|\blet me know\b|\bthanks\b|\bthank you\b|\b(?:advert|wording|text|copy)\b.{0,20}\b(?:attached|below"
    r"|follow)|\battach(?:ed|ment)\b"
    r"|\bas (?:discussed|agreed|requested|promised)\b|\bis it (?:ok|possible)\b|\bhow much\b|\bpls\b|\bbelow\b",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"^(?:[a-z’']+,? ){0,4}(?:wishes|regards|greetings)[,.!]?$|^in haste\b.{0,30}$"
    r"|^(?:\w+,? ){0,4}with (?:many |my |our )?thanks[,.!]?$"
    r"|^(?:many |with |my )?(?:thanks|thank you|regards|kind(?:est)? regards|best(?: wishes| regards)?"
    r"|warm(?:est)? regards|all (?:the|my) (?:very )?best|wishes|cheers|ta|yours (?:sincerely|faithfully|truly)"
    r"|with (?:best|kind|many|every|all good|our) (?:wish(?:es)?|regards|thanks|blessings?)|kind wishes|thx|best wishes"
    r"|(?:every |many )?blessings|every (?:blessing|good wish)|all good wishes|(?:sincerely|faithfully|respectfully|gratefully)"
    r"|bye(?: for now)?|have a (?:good|great|lovely|nice)|(?:happy|merry) christmas|in christ|kindest"
    r"|speak soon|god bless|take care|yours|kr|bw|rgds|tks|many thanks again)\b(?:[\w ,!.’'-]{0,30})?$",
    re.IGNORECASE,
)
_DELIMITER = re.compile(r"^--\s?$")
_OTHER_JOBS = re.compile(
    r"^(?:similar|related|other|more|latest|recommended) (?:jobs|vacancies|posts|roles|opportunities)\b"
    r"|^(?:you may also|people also)\b",
    re.IGNORECASE,
)
_RUNNING = re.compile(r"\|.*(?:\||\d{5,}|www\.)|\b(?:tel|t|e|w):.*\b(?:e|w|www)\b[:.]", re.IGNORECASE)
_SHORT_NAME = re.compile(r"^[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?(?:\s?x+)?$")
_FULL_NAME = re.compile(r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Revd?)\.? )?(?:[A-Z][\w’'-]*\.? ){1,2}[A-Z][\w’'-]+")
_PARTS = re.compile(r",\s+|\s*[|•·]\s*|\s+[–-]\s+")
_WHOM_TO_ASK = re.compile(
    r"\bcontact|\bquestion|\binformation|\bvisit|\bchat|\btouch\b|\bdiscuss|\bring\b|\bcall\b|\bsend\b|\bto:?$|\bappl(?:y|ication)",
    re.IGNORECASE,
)
_TAIL = 4  # lines at the end, among which a signature may begin
_TEAM = re.compile(r"\b(?:HR|Team|Office|Recruitment|Personnel|Department)$")
_PRIVATE = re.compile(
    r"\b(?:I|I’m|I’ve|I’ll|me|my|please|thanks|sorry|urgent|ok|attached|above|below|Lx|x)\b|[!?]", re.IGNORECASE
)
_FACTS = {"closing", "pay", "hours", "contract", "start", "interview", "weeks", "grade", "school", "title"}
# Words that no disclaimer and no remark to the publisher holds.
_ASKS = re.compile(r"\bplease\b|\bcan (?:you|it|we)\b|\bthanks\b", re.IGNORECASE)
_OF_ADVERT = re.compile(r"\bsafeguard|\bDBS\b|\bclosing date\b(?!.*\bchanged)|\bapplication form|\bcandidates?\b", re.IGNORECASE)
_PAGE_NAME = re.compile(
    r"(?:home|about(?: us)?|our school|contact(?: us)?|parents|pupils|students|staff|news|events|calendar"
    r"|vacancies|policies|admissions"
    r"|governors|curriculum|gallery|search|menu|login|jobs|join us|work for us|key information|letters"
    r"|facebook|twitter|x|instagram)",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"^(?:please (?:find|see|use|advertise|can|could|would)\b|(?:can|could) (?:you|we) .*\b(?:advert|run|put|place|print|add)\b"
    r"|(?:advert|text|wording) (?:below|attached|as )|as discussed|pls\b)",
    re.IGNORECASE,
)
_NAME_ALONE = re.compile(r"[A-Z][\w’'-]+(?: (?:and|&) [A-Z][\w’'-]+)?,")  # Sue,
_FIRST_LINES, _FEWEST, _FEWEST_FACTS = 3, 4, 2
_LONGEST = 1_000  # characters of a line that are looked at
_MANY = 6  # lines of a signature at the most where an advert follows


def correspondence(lines: tuple[SentLine, ...]) -> frozenset[int]:
    """The numbers of these lines."""
    finder = _Finder([line.text.strip()[:_LONGEST] for line in lines], lines)
    finder.marked |= (
        {number for number, line in enumerate(lines) if line.beside} | running(finder.texts) | set_beside(finder.texts)
    )
    finder.mark_certain()
    finder.mark_menus()
    finder.mark_heads()
    finder.mark_parts_without_facts()
    finder.mark_openings()
    finder.mark_signatures()
    finder.mark_last_signature()
    finder.mark_edges()
    finder.mark_other_jobs()
    return frozenset(finder.marked)


class _Finder:
    def __init__(self, texts: list[str], lines: tuple[SentLine, ...]) -> None:
        self.texts, self.lines = texts, lines
        self.marked: set[int] = set()
        self.behind_heads: list[int] = []
        """Where the text behind each mail head begins."""

    def mark_certain(self) -> None:
        for number, text in enumerate(self.texts):
            is_sure = _CERTAIN.search(text) and label_before(text)[0] not in {"apply", "school", "closing", "contact"}
            if is_sure and not _OF_ADVERT.search(text) and not self._leads_somewhere(number):
                self.marked.add(number)
                self._mark_rest_of_disclaimer(number)

    def _leads_somewhere(self, number: int) -> bool:
        """``Apply online`` as a link is how to apply; as a button of a page it is nothing."""
        return self.texts[number].lower().startswith("apply") and any(href for *_, href in self.lines[number].links)

    def mark_menus(self) -> None:
        """Two or more lines under each other that are nothing but the names of pages."""
        number = 0
        while number < len(self.texts):
            end = number
            while end < len(self.texts) and _PAGE_NAME.fullmatch(self.texts[end]):
                end += 1
            if end - number > 1:
                self.marked.update(range(number, end))
            number = max(end, number + 1)

    def _mark_rest_of_disclaimer(self, number: int) -> None:
        """A disclaimer that was broken into lines goes on in them."""
        if not re.search(r"\be-?mail\b|\bmessage\b", self.texts[number], re.IGNORECASE):
            return
        following = number + 1
        while (
            following < len(self.texts)
            and self.lines[following].place[0] == self.lines[number].place[0]
            and not label_before(self.texts[following])[0]
        ):
            if self.texts[following - 1].endswith((".", "!")) and not re.search(
                r"\be-?mail|\bmessage|\bviews|\bvirus|\brecipient|\bliab", self.texts[following], re.IGNORECASE
            ):
                return
            self.marked.add(following)
            following += 1

    def mark_heads(self) -> None:
        """Two or more lines of a mail head under each other, one of which can be nothing else."""
        number = 0
        while number < len(self.texts):
            end = number
            while end < len(self.texts) and (
                _HEAD.match(self.texts[end]) or (end > number and end in self.marked and ":" in self.texts[end][:20])
            ):
                end += 1
            run = self.texts[number:end]
            if len(run) >= 2 and any(_HEAD_SURE.match(text) for text in run):
                self.marked.update(range(number, end))
                self.behind_heads.append(end)
            number = max(end, number + 1)

    def mark_parts_without_facts(self) -> None:
        """Of what stands above and below a mail head, the part that states facts is the advert, the other a covering note."""
        begins = [0, *self.behind_heads]
        parts = [range(begin, end) for begin, end in zip(begins, [*begins[1:], len(self.texts)], strict=True)]
        counts = [
            sum(label_before(self.texts[number])[0] in _FACTS for number in part if number not in self.marked) for part in parts
        ]
        if max(counts) >= _FEWEST_FACTS:
            self.marked.update(number for part, count in zip(parts, counts, strict=True) if not count for number in part)

    def mark_openings(self) -> None:
        """From the beginning, and behind each mail head, up to the first line of the advert."""
        for begin in [0, *self.behind_heads]:
            self._mark_opening(begin)
        for number, text in enumerate(self.texts):
            if _is_to_publisher(text) and number not in self.marked:
                self.marked.add(number)

    def _mark_opening(self, begin: int) -> None:
        is_letter = begin > 0
        for number in range(begin, len(self.texts)):
            text = self.texts[number]
            if number in self.marked:
                continue
            greets = bool(_GREETING.match(text) or _NAME_ALONE.fullmatch(text)) and not _DEAR_APPLICANT.match(text)
            is_letter = is_letter or greets
            opens = number < _FIRST_LINES and bool(_OPENS.match(text))
            if not (greets or opens or _is_to_publisher(text) or (is_letter and self._is_remark(number))):
                return
            self.marked.add(number)

    def _is_remark(self, number: int) -> bool:
        """Behind a greeting or a head: a sentence to a person, before any line of the advert."""
        text = self.texts[number]
        if self.lines[number].strong or self.lines[number].kind != "p" or label_before(text)[0] or is_school(text):
            return False
        is_line_of_title = names_a_role(text) and len(text) < 70 and not text.endswith((".", "!", "?")) and not _ASKS.search(text)
        return not is_line_of_title and bool(
            _REMARK.search(text) or _PRIVATE.search(text) or _SIGN_OFF.match(text) or _SHORT_NAME.match(text)
        )

    def mark_signatures(self) -> None:
        for number, text in enumerate(self.texts):
            if _SIGN_OFF.match(text) or _DELIMITER.match(text):
                self.marked.add(number)
                self._mark_signature(number + 1)

    def _mark_signature(self, begin: int) -> None:
        """To the end, or to the next mail head; where an advert follows, only as far as the lines look like a signature."""
        end = next((number for number in range(begin, len(self.texts)) if _HEAD_SURE.match(self.texts[number])), len(self.texts))
        rest = self.texts[begin:end]
        if (
            any(label_before(text)[0] in _FACTS and len(text) > 12 and ":" in text for text in rest)
            or sum(len(text) > 120 for text in rest) > 1
        ):
            end = next((number for number in range(begin, end) if self._begins_advert(number, begin)), min(begin + _MANY, end))
        self.marked.update(range(begin, end))

    def _begins_advert(self, number: int, begin: int) -> bool:
        """A heading, or a line apart from the one before that is neither somebody's name nor full of numbers."""
        text = self.texts[number]
        if self.lines[number].strong:
            return not (number == begin and _SHORT_NAME.match(text) and _is_person(text))
        is_apart = self.lines[number].place[0] != self.lines[number - 1].place[0]
        is_of_signature = re.search(r"\||\btel\b|@", text, re.IGNORECASE) or (_SHORT_NAME.match(text) and _is_person(text))
        return is_apart and not is_of_signature

    def mark_edges(self) -> None:
        """Running heads and feet with address and number; a lone page number; a first name at the very end."""
        numbers = [number for number in range(len(self.texts)) if number not in self.marked]
        for number in numbers:
            text = self.texts[number]
            if (re.fullmatch(r"\d{1,2}", text) and (number == numbers[-1] or number == numbers[0])) or (
                _RUNNING.search(text)
                and number >= numbers[-1] - 3
                and len(text) < 160
                and not label_before(text)[0]
                and self._has_school_or_number(text)
            ):
                self.marked.add(number)
        self._mark_last_name()

    def _has_school_or_number(self, text: str) -> bool:
        return bool(re.search(r"\d{5,}|www\.", text)) and not re.search(r"\bapply|\bdownload|\bform\b", text, re.IGNORECASE)

    def _mark_last_name(self) -> None:
        """At the very end: a first name or a team, or a name with the lines of a signature under it."""
        numbers = [number for number in range(len(self.texts)) if number not in self.marked]
        while len(numbers) > _FEWEST and self._is_plain(numbers[-1]) and _is_left_of_signature(self.texts[numbers[-1]]):
            self.marked.add(numbers.pop())
        tail: list[int] = []
        while len(numbers) > _FEWEST and self._is_plain(numbers[-1]) and _is_in_signature(self.texts[numbers[-1]]):
            tail.append(numbers.pop())
        names = [number for number in tail if _SHORT_NAME.match(self.texts[number]) and _is_person(self.texts[number])]
        if names and len(tail) > 1:
            self.marked.update(number for number in tail if number >= min(names))

    def mark_last_signature(self) -> None:
        """``Linda Pym, Admin Officer, Oak School`` at the end, with what stands below it, and a first name above it."""
        numbers = [number for number in range(len(self.texts)) if number not in self.marked]
        for place in range(max(_FEWEST, len(numbers) - _TAIL), len(numbers)):
            number, below = numbers[place], [self.texts[one] for one in numbers[place:]]
            if self._is_signed(number) and _is_name_and_office(self.texts[number]) and not any(map(_is_of_advert, below)):
                self.marked.update(numbers[place:])
                if self._has_first_name_above(number):
                    self.marked.add(number - 1)
                return

    def _is_signed(self, number: int) -> bool:
        """Behind a remark or a first name; behind a sentence only with a school, and if it does not say whom to ask."""
        above = self.texts[number - 1]
        if number - 1 in self.marked or self._has_first_name_above(number):
            return True
        has_school = any(map(is_school, _PARTS.split(self.texts[number])))
        return has_school and above.endswith((".", "!", "?")) and not _WHOM_TO_ASK.search(above)

    def _has_first_name_above(self, number: int) -> bool:
        above = self.texts[number - 1]
        return bool(_SHORT_NAME.match(above)) and len(above.split()) <= _FEWEST_FACTS and _is_person(above)

    def _is_plain(self, number: int) -> bool:
        return not self.lines[number].strong and self.lines[number].kind == "p"

    def mark_other_jobs(self) -> None:
        for number, text in enumerate(self.texts):
            if _OTHER_JOBS.match(text):
                self.marked.update(range(number, len(self.texts)))
                return


def _is_left_of_signature(text: str) -> bool:
    if len(text.split()) <= 4 and _TEAM.search(text) and not text.endswith((".", ":")):
        return True
    return bool(
        _SHORT_NAME.match(text)
        and len(text.split()) <= 2
        and not is_school(text)
        and not label_before(text)[0]
        and not names_a_role(text)
    ) or bool(re.match(r"^(?:thanks|ta|cheers)\b.{0,20}$", text, re.IGNORECASE))


def _is_of_advert(text: str) -> bool:
    return bool(text.endswith(".") or _OF_ADVERT.search(text) or label_before(text)[0] in _FACTS - {"hours"})


def _is_name_and_office(text: str) -> bool:
    """Somebody's name with an office or a school behind it, and no sentence."""
    parts = _PARTS.split(text)
    is_short = len(text) < 120 and not text.endswith((".", "!", "?", ":")) and not label_before(text)[0]
    is_name = len(parts) > 1 and bool(_FULL_NAME.fullmatch(parts[0])) and _is_person(parts[0])
    return is_short and is_name and any(names_a_role(part) or is_school(part) or _TEAM.search(part) for part in parts[1:])


def _is_person(text: str) -> bool:
    return not (is_school(text) or label_before(text)[0] or names_a_role(text))


def _is_in_signature(text: str) -> bool:
    """A short line such as name, office, school, address, number; no fact and no sentence."""
    is_short = len(text) < 90 and not text.endswith((".", "!", "?", ":")) and len(text.split()) <= 12
    return is_short and not label_before(text)[0] and not re.search(r"£|\d{1,2}[.:]\d\d|\b20\d\d\b|\bhours?\b|\bterm\b", text)


def _is_to_publisher(text: str) -> bool:
    return _TO_PUBLISHER.search(text) is not None and not _OF_ADVERT.search(text)
