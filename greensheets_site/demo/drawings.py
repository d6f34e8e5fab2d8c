"""Pictures for some of the invented articles: a school under the sky, drawn flat in a few colours."""

import io
from random import Random

from PIL import Image, ImageDraw

from .seed import dice

SIZE, SCALE = (1280, 720), 2
SKIES = (("#bfe0d0", "#f4faf6"), ("#f7d9a8", "#fdf6e9"), ("#b9d7ea", "#f2f8fc"), ("#e7c9c0", "#fbf2ee"))
HILLS = ("#5d9b77", "#3f7f5c", "#0b6b3a", "#06432a")
LEAVES = ("#06432a", "#1c5a3a", "#2f7d52")
WALLS = ("#a4553b", "#8c6a4f", "#d8c7a8", "#7d8794")


def school_scene(name: str) -> bytes:
    """A PNG; the same name gives the same picture."""
    chance = dice(f"picture {name}")
    width, height = SIZE[0] * SCALE, SIZE[1] * SCALE
    image = _sky(chance, width, height)
    draw = ImageDraw.Draw(image)
    sun = chance.randrange(width // 8, width - width // 8), chance.randrange(height // 8, height // 3)
    draw.circle(sun, 95 * SCALE, fill="#fff8e1")
    for number, colour in enumerate(HILLS[:3]):
        _hill(draw, chance, (width, height), height * (0.52 + 0.11 * number), colour)
        if number == 1:
            _building(draw, chance, width, height)
    for foot in sorted(chance.uniform(0.86, 0.98) for _ in range(7)):
        _tree(draw, chance, width, height * foot)
    out = io.BytesIO()
    image.resize(SIZE, Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()


def _sky(chance: Random, width: int, height: int) -> Image.Image:
    top, bottom = chance.choice(SKIES)
    gradient = Image.linear_gradient("L").resize((width, height))
    return Image.composite(Image.new("RGB", (width, height), bottom), Image.new("RGB", (width, height), top), gradient)


def _hill(draw: ImageDraw.ImageDraw, chance: Random, size: tuple[int, int], top: float, colour: str) -> None:
    width, height = size
    shift = chance.uniform(-0.25, 0.25)
    draw.ellipse([width * (shift - 0.6), top, width * (shift + 1.6), top + height * 1.6], fill=colour)


def _building(draw: ImageDraw.ImageDraw, chance: Random, width: int, height: int) -> None:
    wall, left, ground = chance.choice(WALLS), width * chance.uniform(0.2, 0.4), height * 0.82
    right, eaves, ridge = left + width * 0.36, height * 0.52, height * 0.4
    draw.rectangle([left, eaves, right, ground], fill=wall)
    draw.polygon([(left - 40, eaves), ((left + right) / 2, ridge), (right + 40, eaves)], fill="#3a3f44")
    middle = (left + right) / 2
    draw.rectangle([middle - 14, ridge - 130, middle + 14, ridge + 20], fill="#3a3f44")
    draw.circle((middle, eaves - 55), 40, fill="#f4faf6")
    step = (right - left) / 6
    for column in range(6):
        x = left + step * (column + 0.25)
        for floor in (eaves + 60, eaves + 210):
            is_door = floor > eaves + 100 and column in (2, 3)
            bottom = ground if is_door else floor + 95
            draw.rectangle([x, floor, x + step / 2, bottom], fill="#06432a" if is_door else "#fdf3d0")


def _tree(draw: ImageDraw.ImageDraw, chance: Random, width: int, foot: float) -> None:
    x, radius = chance.randrange(width), chance.randrange(90, 170)
    draw.rectangle([x - 12, foot - radius * 1.6, x + 12, foot], fill="#4a3728")
    draw.circle((x, foot - radius * 1.9), radius, fill=chance.choice(LEAVES))
