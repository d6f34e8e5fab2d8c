"""Stands in for the child process where a test is about what happens around it: writes what the press would write, at once."""

from pathlib import Path

from editions.press import galley

PDF = b"%PDF-1.7 whole "


class PressDouble:
    """Counts its runs; each makes another PDF."""

    def __init__(self):
        self.jobs: list[galley.Galley] = []

    def __call__(self, folder: Path, alive, **_options) -> None:
        job = galley.load(folder / "galley.json")
        self.jobs.append(job)
        alive("Setting 1 pages")
        (folder / "bulletin.pdf").write_bytes(PDF + str(len(self.jobs)).encode())
        (folder / "cover.jpg").write_bytes(b"jpeg")
        job.save(folder / "setting.json")
        names = [*(advert.reference for advert in job.adverts), "furniture", "cover"]
        keys = {name: f"key of {name}" for name in names}
        outcome = galley.Outcome(
            pages=1,
            page_of={advert.reference: 1 for advert in job.adverts},
            keys=keys,
            heights={key: [*map(galley.Sized, [100.0, 50.0, 100.0, 13.0])] for key in keys.values()},
        )
        outcome.save(folder / "outcome.json")
