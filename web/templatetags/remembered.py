"""``{% remembered "school" school.pk %} ... {% endremembered %}``: a piece that is made once for all pages that hold it."""

from django import template
from django.template.base import FilterExpression, NodeList

from ..remembered import remember

register = template.Library()


class RememberedNode(template.Node):
    def __init__(self, key: list[FilterExpression], nodelist: NodeList):
        self.key, self.nodelist = key, nodelist

    def render(self, context: template.Context) -> str:
        key = ("piece", *(part.resolve(context, ignore_failures=True) for part in self.key))
        return self.nodelist.render(context) if None in key else remember(key, lambda: self.nodelist.render(context))


@register.tag
def remembered(parser: template.base.Parser, token: template.base.Token) -> RememberedNode:
    """Its arguments are the key: everything in the block follows from them and from content (``web.remembered``).

    Where one of them is None or missing the piece is made anew: for what may be of any number, such as the adverts of the past.
    """
    key = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodelist = parser.parse(("endremembered",))
    parser.delete_first_token()
    return RememberedNode(key, nodelist)
