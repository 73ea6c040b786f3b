"""`{% remember market.name market.nav %}…{% endremember %}`: a part of the frame that is drawn once for the values it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.template import Node, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from . import register

MOST = 64  # drawings of one part: languages times what varies, and room for a market that changes its name


class Remembered(Node):
    """What lies inside may read nothing but the values it names, and the language: then no drawing can ever be another's, or old."""

    def __init__(self, inside: NodeList, values: Sequence[FilterExpression]) -> None:
        self.inside, self.values = inside, values
        self.drawn: dict[Any, SafeString] = {}

    def render(self, context: Any) -> SafeString:
        key = (get_language(), *(value.resolve(context, ignore_failures=True) for value in self.values))
        try:
            found = self.drawn.get(key)
        except TypeError:  # a list of somebody's own: drawn anew
            return SafeString(self.inside.render(context))
        if found is None:
            if len(self.drawn) >= MOST:
                self.drawn.clear()
            found = self.drawn[key] = SafeString(self.inside.render(context))
        return found


@register.tag
def remember(parser: Parser, token: Token) -> Remembered:
    """`{% remember value … %}…{% endremember %}`: names every value that its inside reads."""
    values = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    inside = parser.parse(("endremember",))
    parser.delete_first_token()
    return Remembered(inside, values)
