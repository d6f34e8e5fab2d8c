"""What goes to the press and what comes back passes through files unchanged."""

from editions.press import galley
from editions.press.galley import Advert, Cover, Galley, Kept, Outcome, Part, Sized, Slot

COVER = Cover(
    "T", "Teaching staff", "27 April 2026", "Issue 9", "S", "4 May", "noon", "01632 960000", "a@b.example", "b.example", "N"
)


def test_a_galley_is_read_as_it_was_saved(tmp_path):
    advert = Advert(
        reference="GS1",
        authority="Ynys Môn",
        group="Teachers",
        title="Athro – “Tŷ”",
        head="<h4>Head</h4>",
        body=("<p>One</p>", "<p>Two</p>"),
        foot="<p>Foot</p>",
        continued="<p>Athro</p>",
        leads_on=(1,),
        contact=2,
        unnamed="<p>Nobody</p>",
        parts=(Part(0), Part(1, 0, 2), Part(1, 2)),
    )
    job = Galley(
        COVER,
        "2026-04-27T07:00:00+01:00",
        "https://b.example",
        adverts=(advert,),
        house=("<p>Ours</p>",),
        heights={"key": [Sized(1.5), Sized(2.0, [(3, 1.0)])]},
        static_root="static",
        for_print=True,
        profile=galley.PROFILE,
        kept=Kept(((Slot("advert", "GS1", 90.0, 17.5, 0, 3),), ()), 300.0, "css"),
        house_pages=("<p>Sheet</p>", "<p>Sheet too</p>"),
    )

    job.save(tmp_path / "galley.json")

    assert galley.load(tmp_path / "galley.json") == job
    assert advert.pieces == ("<h4>Head</h4>", "<p>One</p>", "<p>Two</p>", "<p>Foot</p>")


def test_an_outcome_is_read_as_it_was_saved(tmp_path):
    outcome = Outcome(
        pages=2,
        page_of={"GS1": 1},
        held_back={"GS2": "Why."},
        heights={"key": [Sized(1.5)]},
        keys={"GS1": "key"},
        moved="Page 3.",
        fill=0.97,
        turns=(3, 8, 37),
        seconds={"setting": 1.25},
    )

    outcome.save(tmp_path / "outcome.json")

    assert galley.load_outcome(tmp_path / "outcome.json") == outcome
