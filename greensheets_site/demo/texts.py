"""The words of the demo's adverts: about 160 in several paragraphs, as schools send them, put together by chance."""

from random import Random

from .data import read

_TEXTS = read("texts")


def body(chance: Random, *, title: str, school: str, place: str, roll: int | None, family: str, staff_group: str) -> str:
    """Clean HTML of the grammar for adverts: opening, school, duties, two lists, closing."""
    size = "large" if (roll or 400) > 520 else "small" if (roll or 400) < 150 else "medium"
    who = chance.choice(["The governors", "The headteacher and governors", "The trustees"])
    facts = {
        "who": who,
        "title": title,
        "a_title": f"{'an' if title[0] in 'AEIO' else 'a'} {title}",
        "school": school,
        "place": f"in {place}",
        "roll": roll or "several hundred",
    }
    paragraphs = [
        chance.choice(_TEXTS["openings"]),
        chance.choice(_TEXTS["schools"][size]),
        chance.choice(_TEXTS["duties"][family]),
    ]
    lines = [f"<p>{paragraph.format(**facts)}</p>" for paragraph in paragraphs]
    lines += ["<p><strong>We are looking for</strong></p>", _items(chance, _TEXTS["wanted"][staff_group])]
    lines += ["<p><strong>We can offer</strong></p>", _items(chance, _TEXTS["offered"])]
    lines.append(f"<p>{chance.choice(_TEXTS['closings'])}</p>")
    return "\n".join(lines)


def _items(chance: Random, choices: list[str]) -> str:
    chosen = chance.sample(choices, 3)
    return "<ul>" + "".join(f"<li>{text}</li>" for text in chosen) + "</ul>"
