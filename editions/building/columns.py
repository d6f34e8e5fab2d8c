"""A picture of one advert as the next bulletin would print it, saved or not. Nothing is stored."""

import json

from django.conf import settings

from uploads import workshop
from vacancies.models import Vacancy

from . import composing, pieces, rendering

SECONDS = 20


def picture(vacancy: Vacancy) -> bytes:
    """A PNG. Raises ``rendering.PressFailed`` with a sentence for staff when the advert cannot be set."""
    with workshop.bench("column") as folder:
        (folder / "crests").mkdir()
        crest = composing.lay_out_crest(vacancy, folder / "crests")
        advert, _ = pieces.advert(vacancy, crest, composing.site())
        job = {
            "pieces": advert.pieces,
            "address": settings.SITE_URL,
            "static_root": str(settings.BASE_DIR / "static"),
        }
        (folder / "column.json").write_text(json.dumps(job), encoding="utf-8")
        rendering.run(folder, lambda _progress: True, module="editions.press.column", seconds=SECONDS)
        return (folder / "column.png").read_bytes()
