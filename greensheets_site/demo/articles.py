"""The demo's news: one article of the former site under its old number, and a year of invented ones."""

import io
from datetime import date, datetime, timedelta

from django.core.files.storage import default_storage

from news.models import Article
from pictures.renditions import keep, prepare
from vacancies.schedule import at

from .drawings import school_scene
from .seed import dice

SEND_BUDGETS_PK = 196
# Word for word as it stood on the former site.
_SEND_BUDGETS = """
<p>The Department for Education (DfE) has announced it will intervene to support more than fifty local authorities (LAs) to manage their high needs SEND budgets ‘sustainably’.</p>
<p>Educational provision in England for children and young people with ‘high needs’ is funded at local authority level through the high needs block of the Dedicated Schools Grant. This covers the costs of placements in all types of specialist provision, additional funding for pupils in mainstream schools and settings with this level of needs and the costs of some special educational needs and disability (SEND) support services.</p>
<p>In a letter to LA chief executives Will Quince MP, the children and families minister, announced the Delivering Better Value in SEND (DBV) programme, which would support 55 local authorities with ‘substantial deficits’ to manage their high needs funding and provide ‘sustainable’ SEND services. He also drew attention to a new research paper from the DfE which examines potential good practice in a sample of LAs.</p>
<p>The research paper High needs budgets: effective management in local authorities, looks at 10 LAs which were considered to be managing their high needs budgets more effectively, with the initial sample selection based on LAs which in surplus on their annual high needs budget for the 2020/21 financial year. The report found the case study LAs had often achieved a more collective understanding of the provision that should be ‘ordinarily available’, and had also placed a strong emphasis on working collaboratively with parents. Recommendations from the research included that alternative provision and special school places should only we used ‘strategically’, and that SEND and finance officers should be made jointly accountable for managing high needs budgets.</p>
<p>Full report: <a href="https://tinyurl.com/mvkwbrwa">https://tinyurl.com/mvkwbrwa</a></p>
<p>Meanwhile the consultation on the DfE’s recent SEND review is ongoing, and can be responded to until 22 July 2022 here: <a href="https://tinyurl.com/yc7y94xy">https://tinyurl.com/yc7y94xy</a></p>
"""

# Title, summary, paragraphs; the newest first. A paragraph that begins with "- " is a list, one entry a line; with "# ", a heading.
INVENTED = (
    (
        "What “actual pay” means in a term-time post",
        "Why the figure beside a support post is lower than the grade, and how to check the sum yourself.",
        (
            "Most support posts in schools are advertised with two figures. The larger one is what a colleague would earn who worked full-time hours in every week of the year. The smaller one is what this post pays: we call it actual pay, and it is the figure that you will find first in every advert on this site.",
            "# The sum",
            "Take the full-time figure, multiply by the hours of the post and divide by 37, the hours of a full week. Then multiply by the weeks that are paid, which include holiday pay, and divide by 52.143. For 27½ hours in a term-time post with training days, £25,185 becomes about £16,000 a year.",
            "The answer is paid in twelve equal parts, so that August is not an empty month. If an advert gives no actual pay, ask the school: it has to work it out before it can write your contract, and it will not mind.",
        ),
    ),
    (
        "Before half-term: the dates that move",
        "There is no bulletin in half-term week, and the deadline comes round sooner than it looks.",
        (
            "Greensheets does not appear in the half-term week. Adverts that would have been printed then are carried to the edition after it, and go on the website on that Monday unless the school asks for an earlier day.",
            "The deadline for copy stays where it always is: noon on the Thursday before the edition. Where a bank holiday falls between the two it moves back by a working day, and the new time is shown on our page for advertisers.",
            "If interviews are planned for the first week back, please send the advert a week earlier than you think you need to. Candidates tell us that ten clear days is the least in which they can visit, write and find two referees.",
        ),
    ),
    (
        "Five things that candidates look for first",
        "We asked two hundred readers what they read before they read anything else.",
        (
            "In the autumn we asked readers who had changed jobs in the last year what they wanted to know from an advert, and in which order. The answers were remarkably alike.",
            "- Where it is, and how far that is from home\n- What it pays: not the grade, the money\n- Which hours, on which days, in which weeks\n- When applications close, and when interviews are\n- Whom to ring, and whether visits are welcome",
            "The description of the school came ninth. Nobody said that it did not matter; several said that they read it with more care once the first five had been settled.",
        ),
    ),
    (
        "Midday supervisors: the hardest post to fill, and how three schools filled it",
        "A sandwich, a second role and a note in the book bag.",
        (
            "Six and a quarter hours a week, all of them in the middle of the day: no post is harder to fill. Three schools told us what worked for them.",
            "The first offered lunch. The second joined the post to two hours of reading support in the morning, and had eleven applications where it had had none. The third stopped advertising for “experience” and asked instead for people who like the company of children, then put a slip in every book bag.",
            "All three found that replies came from within a mile of the gate. That is why each advert here can be found by distance, and why we ask for the times of the day as well as the number of hours.",
        ),
    ),
    (
        "A quieter way to apply: visits by telephone",
        "Schools in the moors and on the coast are offering a conversation before a journey.",
        (
            "A visit before applying is still the best way for both sides to find out what they need to know. For a candidate who lives forty miles away and teaches every day, it can also be impossible.",
            "A group of small schools has begun to set aside half an hour after school on two afternoons, when the head will answer the telephone to anybody who is thinking of applying. No name is needed. Heads report that they talk to more people, that fewer apply, and that those who do apply come to the interview.",
        ),
    ),
    (
        "Early career teachers: reading between the lines of an advert",
        "“Suitable for ECTs” is a promise. Here is what it should come with.",
        (
            "When an advert says that a post is suitable for an early career teacher, the school is saying that it can give what the induction rules ask for: a lighter timetable, a mentor with time to do the job, and a programme of training that lasts two years.",
            "Good questions for the visit are simple ones. Who will be my mentor, and when do we meet? Which lessons will I not be teaching? Who was the last person in this post, and where are they now?",
            "You can list only those posts with the filter at the side of the page for teaching staff.",
        ),
    ),
    (
        "Trusts may now send several adverts at once",
        "One message, one spreadsheet, one proof.",
        (
            "Trusts and authorities that place several adverts in a week can send them to us in one spreadsheet. Ask us for the form: it has one row for each post and says beside each column what we need.",
            "We send back a proof of every advert as it will look on the website and in the printed bulletin. Nothing is published until you have said that it is right.",
        ),
    ),
    (
        "Closing dates in the holidays: think twice",
        "An advert that closes on the second Tuesday of August closes to an empty office.",
        (
            "Now and then an advert reaches us with a closing date in the middle of a holiday. Sometimes that is meant. More often the date was counted on from the day of publication, and nobody looked at the calendar.",
            "We will always ask. Candidates cannot visit in the holidays, referees do not read their email, and the person who ought to answer the telephone is, with luck, at the seaside.",
        ),
    ),
    (
        "How we keep adverts honest",
        "Why we sometimes ring a school before its advert goes in.",
        (
            "Every advert that we print has been read by one of us. We look for the things that cost candidates time: a salary that does not fit the hours, a link that leads nowhere, an interview before the closing date.",
            "When we find one we ring the school. It takes a few minutes on a Thursday and saves a good many more in the week after. If something slips through, tell us: the website can be put right at once.",
        ),
    ),
    (
        "Printed bulletins: check how many copies you receive",
        "Two for a large school, one for a small one, and the staff-room notice board for both.",
        (
            "The printed bulletins go to every school in our thirteen areas, one of each for a small school and two for a large one. If yours arrives addressed to a head who has retired, or if you would like more copies or fewer, please tell us.",
            "Both bulletins are also here as PDFs on the Monday of publication, for schools that prefer to print the pages they want.",
        ),
    ),
    (
        "Job shares are on the increase",
        "One advert in twelve now says that a job share is welcome. Two years ago it was one in thirty.",
        (
            "More schools are saying from the start that a post may be shared. In the last year one advert in twelve did so, among them four for heads of department and one for a deputy headteacher.",
            "Schools that have done it give two pieces of advice. Let the pair apply as a pair, with one letter; and pay for the hour on Wednesday in which they hand over to each other.",
        ),
    ),
    (
        "Welcome to the new website",
        "The same adverts, easier to find: by place, by pay, by hours.",
        (
            "Greensheets has been sent to schools since 1997, and its website has now been made again from the ground up. Every advert can be found by distance from where you live, and shows what a post would really pay.",
            "You need no account and there is nothing to switch off: we set no cookies for visitors and do not follow you about. If you liked the email on Mondays you will still have it, now with only the areas and the posts that you choose.",
            "Tell us what you think. A person reads every message.",
        ),
    ),
)  # fmt: skip


def articles(today: date) -> list[Article]:
    """The old article at its old number, the invented ones after it, about one a month back from ``today``."""
    chance = dice("news")
    rows = [
        Article(
            pk=SEND_BUDGETS_PK,
            title="DfE to intervene on local authority SEND budgets",
            summary="More than fifty local authorities will be helped to manage their budgets for high needs.",
            body=_SEND_BUDGETS.strip(),
            published_at=at(date(2022, 6, 20), datetime.min.time().replace(hour=9)),
        )
    ]
    for number, (title, summary, parts) in enumerate(reversed(INVENTED)):
        picture = _picture(title) if number % 3 == 2 else {}
        weeks_ago = 4 * (len(INVENTED) - 1 - number)
        day = today - timedelta(days=today.weekday() + 3 + 7 * weeks_ago + chance.randint(0, 2))
        rows.append(
            Article(
                pk=SEND_BUDGETS_PK + 1 + number,
                title=title,
                summary=summary,
                body="\n".join(_html(part) for part in parts),
                published_at=at(day, datetime.min.time().replace(hour=chance.choice([9, 10, 14]))),
                **picture,
            )
        )
    return rows


def _html(part: str) -> str:
    if part.startswith("# "):
        return f"<h3>{part[2:]}</h3>"
    if part.startswith("- "):
        return "<ul>" + "".join(f"<li>{line[2:]}</li>" for line in part.splitlines()) + "</ul>"
    return f"<p>{part}</p>"


def _picture(title: str) -> dict[str, str]:
    return {
        "picture": keep(prepare(io.BytesIO(school_scene(title))), "news", default_storage),
        "picture_alt": "A school with two rows of lit windows and a clock in its gable, on a green hill among trees.",
        "picture_caption": "Drawing: Greensheets",
    }
