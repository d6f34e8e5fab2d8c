"""Crests for some of the invented schools: a shield in two colours with the school's initials."""

import io
from random import Random

from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageFont

from pictures.renditions import keep, prepare
from vacancies.models import School

from .seed import dice

SIDE = 240
COLOURS = ("#14532d", "#7c2d12", "#1e3a5f", "#581c87", "#134e4a", "#7f1d1d", "#3f3f46", "#713f12")
METALS = ("#fef3c7", "#ffffff", "#e5e7eb", "#fde68a")
SHIELD = [(30, 20), (210, 20), (210, 120), (190, 170), (120, 226), (50, 170), (30, 120)]
EVERY = 6


def draw_for(schools: list[School]) -> None:
    """Give every sixth school a crest; the same drawing has the same name in every run."""
    chance, font = dice("crests"), ImageFont.load_default(64)
    for school in schools[::EVERY]:
        crest = prepare(io.BytesIO(_crest(chance, _initials(school.name), font)))
        school.logo = keep(crest, "logos", default_storage)


def _initials(name: str) -> str:
    words = [word for word in name.replace("St ", "").split() if word[0].isupper()]
    return "".join(word[0] for word in words[:2])


def _crest(chance: Random, initials: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> bytes:
    colour, metal = chance.choice(COLOURS), chance.choice(METALS)
    image = Image.new("RGB", (SIDE, SIDE), "#ffffff")
    draw = ImageDraw.Draw(image)
    draw.polygon(SHIELD, fill=colour)
    match chance.randrange(3):
        case 0:
            draw.polygon([(30, 60), (210, 60), (210, 150), (30, 150)], fill=metal)
        case 1:
            draw.ellipse([52, 40, 188, 176], fill=metal)
        case _:
            draw.polygon([(120, 26), (198, 104), (120, 182), (42, 104)], fill=metal)
    draw.text((120, 106), initials, font=font, fill=colour, anchor="mm")
    buffer = io.BytesIO()
    image.quantize(16).save(buffer, "PNG")
    return buffer.getvalue()
