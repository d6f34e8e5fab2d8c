"""``{% picture article.picture alt="..." sizes="..." %}``: an ``img`` that takes no more bytes than the screen can show."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..fields import PictureFile

register = template.Library()


@register.simple_tag
def picture(file: PictureFile, alt: str = "", sizes: str = "100vw", loading: str = "") -> SafeString:
    """Width and height are given, so that nothing jumps; ``loading="lazy"`` is for pictures below the first screen."""
    srcset = ", ".join(f"{address} {width}w" for address, width in getattr(file, "webps", []))
    optional = [("srcset", srcset), ("sizes", sizes if srcset else ""), ("loading", loading)]
    given = format_html_join("", ' {}="{}"', [(name, value) for name, value in optional if value])
    return format_html(
        '<img src="{}"{} width="{}" height="{}" alt="{}" decoding="async">', file.url, given, file.width, file.height, alt
    )
