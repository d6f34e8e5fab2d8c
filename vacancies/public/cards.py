"""The picture that goes with a link when it is shared: the masthead, and what a reader would ask first."""

from functools import lru_cache
from io import BytesIO

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from .. import wording
from ..models import Vacancy

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
BAND, DEEP, TINT, INK, GREY = "#0b6b3a", "#06432a", "#dcebe2", "#141a17", "#4d5953"
HEAD, TEXT = "barlow-semi-condensed-latin-600-normal", "source-sans-3-latin-400-normal"
TITLE_SIZES = (84, 72, 60, 52)
TITLE_LINES = 3


def draw_advert_card(vacancy: Vacancy) -> bytes:
    """Title, school, pay and closing date, as the advert's page words them."""
    return _drawn(vacancy.title, str(vacancy.school), wording.headline_pay(vacancy), f"Closes {wording.closing(vacancy)}")


@lru_cache(maxsize=200)
def _drawn(title: str, school: str, pay: str, closes: str) -> bytes:
    """Kept, because anybody may ask: a card is small to keep and slow to make."""
    image, draw = _masthead()
    lines, font, height = _fitted(title)
    top = 196
    for line in lines:
        draw.text((MARGIN, top), line, font=font, fill=DEEP)
        top += height
    draw.text((MARGIN, top + 12), _cut(school, _font(TEXT, 38)), font=_font(TEXT, 38), fill=INK)
    draw.text((MARGIN, HEIGHT - 148), _cut(pay, _font(HEAD, 50)), font=_font(HEAD, 50), fill=BAND)
    draw.text((MARGIN, HEIGHT - 84), closes, font=_font(TEXT, 34), fill=GREY)
    return _png(image)


@lru_cache(maxsize=1)
def draw_site_card() -> bytes:
    """For every other page."""
    image, draw = _masthead()
    draw.text((MARGIN, 230), "Teaching and support posts", font=_font(HEAD, 96), fill=DEEP)
    draw.text((MARGIN, 340), "in schools", font=_font(HEAD, 96), fill=DEEP)
    draw.text((MARGIN, HEIGHT - 110), "New posts every Monday of term, since 1997", font=_font(TEXT, 40), fill=GREY)
    return _png(image)


def _masthead() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (WIDTH, HEIGHT), "#ffffff")
    draw = ImageDraw.Draw(image)
    draw.rectangle([0, 0, WIDTH, 132], fill=BAND)
    draw.rectangle([0, 132, WIDTH, 152], fill=DEEP)
    draw.text((MARGIN, 66), "Greensheets", font=_font(HEAD, 76), fill="#ffffff", anchor="lm")
    draw.text((WIDTH - MARGIN, 66), "Vacancies in schools", font=_font(TEXT, 36), fill=TINT, anchor="rm")
    return image, draw


@lru_cache(maxsize=16)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(settings.BASE_DIR / "static" / "fonts" / f"{name}.woff2", size)


def _fitted(title: str) -> tuple[list[str], ImageFont.FreeTypeFont, int]:
    """The title in the largest letters in which it fits, its lines, and their height; cut short in the smallest."""
    for size in TITLE_SIZES:
        font = _font(HEAD, size)
        lines = _wrapped(title, font)
        if len(lines) * size <= TITLE_SIZES[-1] * TITLE_LINES + 30:
            break
    lines = lines[:TITLE_LINES]
    return [_cut(line, font) for line in lines], font, round(size * 1.12)


def _wrapped(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= WIDTH - 2 * MARGIN or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(text: str, font: ImageFont.FreeTypeFont) -> str:
    if font.getlength(text) <= WIDTH - 2 * MARGIN:
        return text
    while text and font.getlength(f"{text}…") > WIDTH - 2 * MARGIN:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.quantize(48).save(out, "PNG", optimize=True)
    return out.getvalue()
