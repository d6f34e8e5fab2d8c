"""``{% picture article.picture alt="..." sizes="..." %}``: an ``img`` that takes no more bytes than the screen can show."""

from django import template

from ..fields import PictureFile

register = template.Library()


@register.inclusion_tag("pictures/picture.html")
def picture(file: PictureFile, alt: str = "", sizes: str = "100vw", loading: str = "") -> dict[str, object]:
    """Width and height are given, so that nothing jumps; ``loading="lazy"`` is for pictures below the first screen."""
    return {"file": file, "webps": getattr(file, "webps", []), "alt": alt, "sizes": sizes, "loading": loading}
