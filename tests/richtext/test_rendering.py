"""Nothing in the project shows a text that staff formatted except through the ``richtext`` filters."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.template import engines

from richtext.cleaning import LARGEST
from richtext.fields import HtmlField
from richtext.templatetags.richtext import richtext

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["richtext", "pictures", "files", "web", "vacancies", "editions", "mailing", "news", "greensheets_site"]
TEMPLATES = [
    path for folder in ("templates", *ROOMS) for path in sorted((ROOT / folder).rglob("*.*")) if path.suffix in {".html", ".txt"}
]
MODULES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")) if "migrations" not in path.parts]

# Where code calls a string safe, and why it is.
CALLS_SAFE = {
    "richtext/templatetags/richtext.py": "makes it safe on that very line",
    "editions/building/pieces.py": "keeps telephone numbers together in what the filter has made safe",
    "vacancies/templatetags/vacancies.py": "puts what it has escaped into a row that a template has made",
    "greensheets_site/templatetags/lists.py": "puts the escaped name of its column into a cell that Django has made",
    "web/templatetags/structured.py": "JSON, with every angle bracket escaped",
}
# Where code takes a text out of its row without showing it.
TAKES_A_BODY = {
    "vacancies/search/documents.py": "takes the words out of it, to look for them",
    "vacancies/public/structured_data.py": "makes it safe",
    "news/feeds.py": "makes it safe",
    "vacancies/editing/problems.py": "asks only whether it is empty",
    "vacancies/admin/live_feedback.py": "reads the facts out of it as plain text",
    "editions/building/resetting.py": "takes the blocks of what was set, which pieces made safe",
    "editions/building/estimating.py": "guesses how tall it will be",
    "greensheets_site/admin.py": "looks for gaps in it",
    "greensheets_site/desk/preview.py": "cleans it as saving would",
    "editions/building/pieces.py": "cuts it into blocks, which the filter makes safe again",
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def texts() -> set[str]:
    """The names of all fields with formatted text; flat pages keep theirs in a plain field."""
    fields = (field for model in apps.get_models() for field in model._meta.fields)
    return {field.name for field in fields if isinstance(field, HtmlField)} | {"content"}


def printed(template: str) -> list[str]:
    return re.findall(r"{{(.*?)}}", template, re.DOTALL)


def test_the_names_of_the_texts_are_known():
    assert texts() == {"body", "content"}


def test_every_template_shows_a_text_through_the_filter():
    """Or without its tags, as the escaped words of a description."""
    bare = re.compile(rf"\.({'|'.join(sorted(texts()))})\b(?!\|(richtext(_from_h2)?|striptags)\b)")
    found = [f"{name_of(path)}: {shown}" for path in TEMPLATES for shown in printed(path.read_text()) if bare.search(shown)]
    assert found == []


def test_no_template_gives_a_text_another_name():
    pattern = re.compile(
        rf"{{%-?\s*(with|include|blocktranslate|cycle|firstof)\b[^%]*\.({'|'.join(sorted(texts()))})\b(?!\|striptags\b)"
    )
    assert [name_of(path) for path in TEMPLATES if pattern.search(path.read_text())] == []


def test_no_page_or_html_email_switches_escaping_off():
    pattern = re.compile(r"autoescape\s+off|\|\s*safe(seq)?\b")
    assert [name_of(path) for path in TEMPLATES if path.suffix == ".html" and pattern.search(path.read_text())] == []


def test_a_plain_email_that_escapes_nothing_is_plain():
    off = [path for path in TEMPLATES if "autoescape off" in path.read_text()]
    assert [name_of(path) for path in off if path.suffix != ".txt"] == []


def test_code_calls_a_string_safe_only_where_it_is_written_why():
    pattern = re.compile(r"\b(mark_safe|SafeString|SafeText|html_safe)\(|def __html__|is_safe = True")
    found = {name_of(path) for path in MODULES if pattern.search(path.read_text())}
    assert found == set(CALLS_SAFE)


def test_code_takes_a_text_out_of_its_row_only_where_it_is_written_why():
    pattern = re.compile(r"\b(vacancy|advert|article|item|row|obj)\.(body|content)\b(?! = )")
    found = {name_of(path) for path in MODULES if "/demo/" not in name_of(path) and pattern.search(path.read_text())}
    assert found - {"editions/press/packing.py"} == set(TAKES_A_BODY)  # packing's items are what pieces made


def test_an_unfiltered_text_would_be_escaped_rather_than_run():
    page = engines["django"].from_string("{{ advert.body }}")
    assert page.render({"advert": {"body": "<b>x</b>"}}) == "&lt;b&gt;x&lt;/b&gt;"


@pytest.mark.parametrize("value", ["", "<p>a</p>", "<p>a</p>" * (LARGEST // 4)])
def test_the_filter_takes_a_text_of_any_size(value):
    assert richtext(value).startswith(value[:8])
