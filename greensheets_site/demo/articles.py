"""The demo's news: one article of the former site under its old number, and a year of invented ones."""

import io
from datetime import date, datetime, timedelta

from django.core.files.storage import default_storage

from news.models import Article
from pictures.renditions import keep, prepare
from vacancies.schedule import at

from .data import read
from .drawings import school_scene
from .seed import dice

SEND_BUDGETS_PK = 196
_WORDS = read("articles")


def send_budgets() -> Article:
    """The article of the former site, at its old number."""
    return Article(
        pk=SEND_BUDGETS_PK,
        title="DfE to intervene on local authority SEND budgets",
        summary="More than fifty local authorities will be helped to manage their budgets for high needs.",
        body=_WORDS["send_budgets"].strip(),
        published_at=at(date(2022, 6, 20), datetime.min.time().replace(hour=9)),
    )


def articles(today: date) -> list[Article]:
    """The old article, and the invented ones after it, about one a month back from ``today``."""
    chance = dice("news")
    rows = [send_budgets()]
    invented = _WORDS["invented"]
    for number, one in enumerate(reversed(invented)):
        picture = _picture(one["title"]) if number % 3 == 2 else {}
        weeks_ago = 4 * (len(invented) - 1 - number)
        day = today - timedelta(days=today.weekday() + 3 + 7 * weeks_ago + chance.randint(0, 2))
        rows.append(
            Article(
                pk=SEND_BUDGETS_PK + 1 + number,
                title=one["title"],
                summary=one["summary"],
                body="\n".join(_html(part) for part in one["parts"]),
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
