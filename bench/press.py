"""The bulletins: what measuring, packing and typesetting cost, beside R1 in the same run: the same adverts in one narrow column.

R1 is bench/one_column: WeasyPrint as it comes, which breaks the column over pages by itself. What the press tells WeasyPrint
besides (docs/decisions/0058) is ours, and R1 goes without.
Times are processor seconds of whole child processes, each contender's the least of its rounds, so that a busy machine matters
little. The line of each figure says what design/print.md asks for; the run fails if one does not hold.
"""

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import django
import page
from django.core.management import call_command
from django.utils.html import strip_tags

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "greensheets_site.settings")
django.setup()

from bench.measure import row, spent  # noqa: E402  models can be imported only now
from editions.building import composing, pieces  # noqa: E402
from editions.models import Bulletin  # noqa: E402
from editions.press import galley  # noqa: E402
from richtext.cleaning import plain_text  # noqa: E402
from vacancies.models import Vacancy  # noqa: E402

ROUNDS = 3
FEW, MANY = 100, 400
WORDS = 160  # of text in an advert, the condition under which design/print.md sets its limits
MB = 1_000_000


class Contest:
    """One number of adverts, in a folder of its own."""

    def __init__(self, root: Path, number: int):
        self.number, self.folder = number, root / str(number)
        (self.folder / "crests").mkdir(parents=True)
        self.job = self.filled()
        self.costs: dict[str, list[tuple[float, int]]] = {}
        self.digests: set[str] = set()

    def filled(self) -> galley.Galley:
        """Adverts of all editions of the demo, those nearest to ``WORDS`` in length, in the order of print."""
        texts = Vacancy.objects.in_group("teaching").order_by("pk").values_list("pk", "body")
        nearest = sorted(texts, key=lambda text: abs(len(plain_text(text[1]).split()) - WORDS))
        keys = [pk for pk, _ in nearest[: self.number]]
        bulletin = Bulletin.objects.filter(staff_group="teaching").select_related("edition").first()
        job, _ = composing.compose(bulletin, self.folder / "crests")
        adverts = [
            pieces.advert(vacancy, composing.lay_out_crest(vacancy, self.folder / "crests"), composing.site())[0]
            for vacancy in Vacancy.objects.filter(pk__in=keys).for_display().in_order_of_print()
        ]
        return replace(job, adverts=tuple(adverts))

    def run(self, name: str, module: Iterable[str], heights: dict | None = None) -> None:
        replace(self.job, heights=heights or {}).save(self.folder / "galley.json")
        self.costs.setdefault(name, []).append(spent("-m", *module, str(self.folder)))

    def press(self, name: str, heights: dict | None = None) -> None:
        self.run(name, ["editions.press"], heights)
        self.digests.add(hashlib.sha256(self.pdf.read_bytes()).hexdigest())

    @property
    def pdf(self) -> Path:
        return self.folder / "bulletin.pdf"

    @property
    def outcome(self) -> galley.Outcome:
        return galley.load_outcome(self.folder / "outcome.json")

    def seconds(self, name: str) -> float:
        return min(cost for cost, _ in self.costs[name])

    def memory(self) -> float:
        return max(peak for name, costs in self.costs.items() if name != "R1" for _, peak in costs) / MB


class Verdict:
    def __init__(self) -> None:
        self.broken = 0

    def __call__(self, what: str, figure: float, limit: float, unit: str = "", at_least: bool = False) -> None:
        holds = figure >= limit if at_least else figure <= limit
        self.broken += not holds
        asked = f"{'at least' if at_least else 'at most'} {limit:g}{unit}"
        row(
            what,
            f"{figure:.3f}{unit}" if unit == "" else f"{figure:.1f}{unit}",
            f"{asked}: {'holds' if holds else 'DOES NOT HOLD'}",
        )


def contend(few: Contest, many: Contest) -> None:
    for _ in range(ROUNDS):
        few.run("R1", ["bench.one_column"])
        few.press("cold")
        few.press("warm", few.outcome.heights)
    many.press("cold")
    many.press("warm", many.outcome.heights)


def judge(few: Contest, many: Contest) -> int:
    base, verdict = few.seconds("R1"), Verdict()
    words = sum(len(strip_tags(piece).split()) for advert in few.job.adverts for piece in advert.body) / few.number
    row("adverts, words of text in each", f"{few.number}, {words:.0f}", f"{few.outcome.pages} pages")
    row("R1: one narrow column", f"{base:.2f} s", "processor seconds, least of the rounds, start of Python included")
    for contest, name in ((few, "warm"), (few, "cold"), (many, "warm"), (many, "cold")):
        row(f"{name}, {contest.number} adverts", f"{contest.seconds(name):.2f} s", json.dumps(contest.outcome.seconds))
    verdict("warm / R1", few.seconds("warm") / base, 0.95)
    verdict("cold / R1", few.seconds("cold") / base, 1.8)
    for name in ("warm", "cold"):
        verdict(f"{name}: t({MANY}) / t({FEW})", many.seconds(name) / few.seconds(name), 4.4)
    for contest in (few, many):
        verdict(f"peak memory, {contest.number} adverts", contest.memory(), 90 + 0.8 * contest.number, " MB")
        verdict(f"column fill, {contest.number} adverts", contest.outcome.fill, 0.93, at_least=True)
        verdict(f"size for 100 adverts, of {contest.number}", contest.pdf.stat().st_size / MB * 100 / contest.number, 1, " MB")
        verdict(f"different files from {2 * len(contest.costs['warm'])} runs, {contest.number} adverts", len(contest.digests), 1)
    report = page.validate_pdf_bytes(few.pdf.read_bytes(), profile="ua1")
    verdict("PDF/UA-1 failures", len(list(report.failures)) + (not report.is_compliant), 0)
    return verdict.broken


def main() -> int:
    call_command("migrate", verbosity=0)
    call_command("demo_data", verbosity=0)
    root = Path(tempfile.mkdtemp(prefix="bench-press-"))
    try:
        few, many = Contest(root, FEW), Contest(root, MANY)
        contend(few, many)
        return 1 if judge(few, many) else 0
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    sys.exit(main())
