"""The house rules that a machine can hold: which room may import which, how long things grow, what templates never do."""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import quantiles

import pytest
from django.template.library import import_library

ROOT = Path(__file__).resolve().parent.parent
LEAVES = {"richtext", "pictures", "files", "uploads", "web"}
MAY_IMPORT = {
    **{leaf: set() for leaf in LEAVES},
    "vacancies": LEAVES,
    "news": LEAVES,
    "editions": {"vacancies", *LEAVES},
    "mailing": {"editions", "vacancies", *LEAVES},
    "greensheets_site": {"vacancies", "news", "editions", "mailing", *LEAVES},
}
# What stands behind the door of a room, wings and single modules, lowest first: each may import only what is named before it.
WINGS = {
    "files": "outages address folder bucket leftovers",
    "uploads": "rules refusals workshop addresses locking pdf word_kinds word_package word_fields word opening scanner written",
    "web": "rules quantities remembered freshness models templatetags cells csp cookies csv_files json_ld network limits "
    "isolation trail",
    "vacancies": "rules bank_holidays schedule reference paths models wording reading search editing public templatetags imports "
    "admin urls",
    "news": "rules models freshness structured_data sitemaps feeds views admin urls",
    "editions": "rules models press building publishing readiness posting public templatetags admin urls",
    "mailing": "rules verdicts models contacting emails sending readers filters forms views admin urls",
    "greensheets_site": "rules models page_cache accounts backups beginning public watching starting doctor worker demo desk "
    "admin urls wsgi",
}
UNORDERED = {"apps", "management", "settings", "templatetags"}
DOORS = 20
MODELS_NEVER_IMPORT = {"forms", "views", "emails", "sending", "bulletins", "admin", "weasyprint", "django.core.mail"}
FILE_LINES, FILE_LINES_P90, FUNCTION_LINES, FUNCTION_LINES_P90, TEMPLATE_LINES = 400, 200, 50, 20, 120
INLINE_SCRIPT = re.compile(r'<script(?![^>]*\b(src|type="application/(ld\+)?json"))')


def modules(*folders: str) -> list[Path]:
    return [p for folder in folders for p in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in p.parts]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


TREES = {path: ast.parse(path.read_text()) for path in modules(*MAY_IMPORT)}
MODULES = {dotted(path) for path in TREES}


def imported(path: Path) -> list[tuple[ast.stmt, str]]:
    """Every module that a file imports, by its full dotted name; ``from x import y`` gives ``x.y`` where that is a module."""
    found: list[tuple[ast.stmt, str]] = []
    package = dotted(path).split(".") if path.name == "__init__.py" else dotted(path).split(".")[:-1]
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Import):
            found += [(node, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            names = [f"{source}.{alias.name}" for alias in node.names]
            found += [(node, name if name in MODULES else source) for name in names]
    return found


def functions() -> list[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [(path, node) for path, tree in TREES.items() for node in ast.walk(tree) if isinstance(node, kinds)]


def app_of(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def templates() -> list[Path]:
    return [p for p in sorted((ROOT / "templates").rglob("*.html")) if "email" not in p.parts]


def test_every_arrow_points_down():
    upward = [
        f"{name_of(path)}: {app} may not import {module}"
        for path in TREES
        for app in [path.relative_to(ROOT).parts[0]]
        for _, module in imported(path)
        if app_of(module) in MAY_IMPORT and app_of(module) not in {app, *MAY_IMPORT[app]}
    ]
    assert upward == []


def wing_of(module: str) -> str:
    """The wing, or the module at the door, that a module belongs to; nothing for the room itself."""
    return ".".join(module.split(".")[1:2])


def test_a_wing_imports_only_wings_below_it():
    upward = []
    for path in TREES:
        room, wing = app_of(dotted(path)), wing_of(dotted(path))
        order = WINGS.get(room, "").split()
        if wing in order:
            below = {"", wing, *order[: order.index(wing)], *(UNORDERED - set(order))}
            inside = {module for _, module in imported(path) if app_of(module) == room}
            upward += [f"{name_of(path)}: {wing} may not import {module}" for module in inside if wing_of(module) not in below]
    assert upward == []


def behind_the_door(room: str) -> set[str]:
    return {wing_of(dotted(path)) for path in TREES if app_of(dotted(path)) == room} - {""}


def test_every_wing_stands_in_the_table():
    assert {room: behind_the_door(room) - UNORDERED for room in WINGS} == {
        room: set(order.split()) - UNORDERED for room, order in WINGS.items()
    }


def test_a_wing_says_in_one_sentence_what_it_is():
    wings = [path for path in TREES if path.name == "__init__.py" and len(path.relative_to(ROOT).parts) == 3]
    said = {name_of(path): ast.get_docstring(TREES[path]) or "" for path in wings if path.parent.name not in UNORDERED}
    assert {name: text for name, text in said.items() if not re.fullmatch(r"[A-Z][^\n]*\.", text)} == {}


def test_a_room_opens_on_few_doors():
    doors = {room: behind_the_door(room) - {"management", "templatetags"} for room in MAY_IMPORT}
    assert {room: sorted(names) for room, names in doors.items() if len(names) > DOORS} == {}


def test_an_import_shows_whether_it_crosses_a_border():
    """Within an app imports are relative, so that a full name stands out; sub-packages may spell it out, dots count badly."""
    spelled_out = [
        f"{name_of(path)}:{node.lineno} imports {module}"
        for path in TREES
        for app, *folders in [path.relative_to(ROOT).parent.parts]
        if folders in ([], ["models"])
        for node, module in imported(path)
        if app_of(module) == app and not getattr(node, "level", 0)
    ]
    assert spelled_out == []


def test_models_import_nothing_that_shows_or_sends():
    faults = [
        f"{name_of(path)}: {module}"
        for path in TREES
        if path.stem == "models" or path.parent.name == "models"
        for _, module in imported(path)
        if module in MODELS_NEVER_IMPORT or module.split(".")[-1] in MODELS_NEVER_IMPORT
    ]
    assert faults == []


def test_no_two_modules_import_each_other():
    """No cycle of any length, found by taking away modules that import none of the others until none is left."""
    waiting = {dotted(path): {module for _, module in imported(path)} & MODULES - {dotted(path)} for path in TREES}
    while free := {module for module, needs in waiting.items() if not needs & waiting.keys()}:
        waiting = {module: needs for module, needs in waiting.items() if module not in free}
    assert waiting == {}


def test_no_import_hides_in_a_function():
    hidden = [
        f"{name_of(path)}:{inner.lineno} in {node.name}"
        for path, node in functions()
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_files_stay_short():
    lengths = {name_of(path): path.read_text().count("\n") for path in TREES}
    assert {name: lines for name, lines in lengths.items() if lines > FILE_LINES} == {}
    assert quantiles(lengths.values(), n=10)[-1] <= FILE_LINES_P90


def test_functions_stay_short():
    lengths = {f"{name_of(path)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1 for path, node in functions()}
    assert {name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES} == {}
    assert quantiles(lengths.values(), n=10)[-1] <= FUNCTION_LINES_P90


def test_templates_stay_short():
    lengths = {name_of(path): path.read_text().count("\n") for path in templates()}
    assert {name: lines for name, lines in lengths.items() if lines > TEMPLATE_LINES} == {}


@pytest.mark.parametrize(
    ("fault", "pattern"),
    [
        ("a style attribute", re.compile(r"\sstyle=")),
        ("an inline script", INLINE_SCRIPT),
        ("an event handler", re.compile(r"\son(click|load|change|submit|input|error)=")),
        ("a body that is called safe without having been cleaned", re.compile(r"\|\s*safe\b")),
    ],
)
def test_no_template_has(fault, pattern):
    assert [name_of(path) for path in templates() if pattern.search(path.read_text())] == []


def test_only_the_models_of_vacancies_ask_for_publication_dates():
    """Everything else starts from ``live()``, ``with_page()`` or ``printed_in()``, so that the rule has one place."""
    elsewhere = [
        name_of(path) for path in TREES if "publish_on__" in path.read_text() and "vacancies/models" not in name_of(path)
    ]
    assert elsewhere == []


# The settings name the folder of media, the watch looks how full its disk is, and backups go to a folder of their own.
KNOWS_FOLDERS = {
    "greensheets_site/settings.py",
    "greensheets_site/watching/machine.py",
    "greensheets_site/backups/folder.py",
    "greensheets_site/backups/addresses.py",
    "greensheets_site/backups/making.py",
}


def test_no_code_asks_where_on_a_disk_a_stored_file_lies():
    """It may lie in a bucket: only the settings name a folder, and only ``files`` knows of either."""
    asked = [
        f"{name_of(path)}:{node.lineno}"
        for path, tree in TREES.items()
        if path.parts[len(ROOT.parts)] != "files" and name_of(path) not in KNOWS_FOLDERS
        for node in ast.walk(tree)
        if names_a_place(node, no_files={"os", "request", "parts", *(["self"] if path.name == "views.py" else [])})
    ]
    assert asked == []


def names_a_place(node: ast.AST, no_files: set[str]) -> bool:
    match node:
        case ast.Attribute(attr="path", value=value):
            return not (isinstance(value, ast.Name) and value.id in no_files)
        case ast.Attribute(attr="MEDIA_ROOT" | "location" | "base_location"):
            return True
        case ast.Name(id="FileSystemStorage") | ast.Constant(value="MEDIA_ROOT") | ast.alias(name="FileSystemStorage"):
            return True
    return False


def names_for_templates() -> list[str]:
    """The filters and tags of every room's libraries."""
    libraries = [import_library(dotted(path)) for path in TREES if path.parent.name == "templatetags" and path.stem != "__init__"]
    return [name for library in libraries for name in (*library.filters, *library.tags)]


def test_no_two_filters_or_tags_have_one_name():
    """A page may load two libraries, and then the order of loading would decide."""
    assert [name for name, count in Counter(names_for_templates()).items() if count > 1] == []


def test_every_filter_and_tag_is_used_by_a_template():
    files = [path for folder in ("templates", "pictures/templates") for path in (ROOT / folder).rglob("*.*")]
    text = "\n".join(path.read_text() for path in files)
    assert [name for name in names_for_templates() if not re.search(rf"(\|\s*|{{%\s*){name}\b", text)] == []


@pytest.mark.parametrize("name", ["signals.py", "services.py", "utils.py", "helpers.py"])
def test_no_module_is_named_for_nothing_in_particular(name):
    assert [name_of(path) for path in TREES if path.name == name] == []


def test_the_page_and_the_picture_of_the_house_are_made_from_it():
    check = subprocess.run([sys.executable, "bin/architecture", "--check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (check.stdout, check.returncode) == ("", 0)


def test_no_two_public_things_of_a_room_have_one_name():
    """What starts a program is called ``main`` everywhere; the two databases are backed up by the same calls."""
    alike = {"greensheets_site.backups.postgres", "greensheets_site.backups.sqlite"}
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    named = Counter(
        (app_of(dotted(path)), node.name)
        for path, tree in TREES.items()
        if "management" not in path.parts and dotted(path) not in alike
        for node in tree.body
        if isinstance(node, kinds) and not node.name.startswith("_") and node.name != "main"
    )
    assert [thing for thing, count in named.items() if count > 1] == []


def test_decision_records_are_numbered_once_each():
    numbers = [path.name[:4] for path in sorted((ROOT / "docs/decisions").glob("*.md"))]
    assert [one for one, next_one in pairwise(numbers) if one == next_one] == []


# Tags in Python, and why they are there.
WRITES_TAGS = {
    "richtext": "reads, cleans and writes HTML; that is its trade",
    "editions/building/blocks.py": "cuts a cleaned text into blocks, and writes again the tags that it has read",
    "editions/building/links.py": "marks the addresses in a text as links",
    "editions/press": "sets finished pieces side by side, in a process that has no templates but its cover's",
    "greensheets_site/demo": "types adverts and articles, as staff would into the editor",
}
TAG = re.compile(r"(?<!\?P)<(?!token>|uidb64>)[a-z][a-z0-9]*[\s>/]")


def tags_in_strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Literals that hold a tag, also as parts of an f-string; no docstrings, no groups of a pattern or an address."""
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes) and id(node) not in said:
            text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
            yield from ((node.lineno, tag) for tag in TAG.findall(text))


def test_html_is_made_in_templates():
    found = [
        f"{name_of(path)}:{line} {tag}"
        for path, tree in TREES.items()
        if not name_of(path).startswith(tuple(WRITES_TAGS))
        for line, tag in tags_in_strings(tree)
    ]
    assert found == []


def test_who_may_write_tags_does():
    writers = {name_of(path) for path, tree in TREES.items() if any(tags_in_strings(tree))}
    assert [room for room in WRITES_TAGS if not any(name.startswith(room) for name in writers)] == []
