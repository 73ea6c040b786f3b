"""`{% load market %}`: what only public pages need."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from oportuno.doors.marketplace.queries import cards

register = template.Library()
UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@register.simple_tag
def cover(name: str) -> str:
    """`{% cover "articulo-"|add:slug %}`: the address of a drawing in the vertical's style."""
    return cards.cover(name).src


@register.simple_tag
def json_ld(data: Any) -> SafeString:
    """`{% json_ld data %}`: a block of data for machines. Nothing in it can end it: `<` is written as an escape (threat T08)."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(UNSAFE)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(written))
