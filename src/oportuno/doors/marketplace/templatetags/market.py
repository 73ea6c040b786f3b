"""`{% load market %}`: what only public pages need."""

from __future__ import annotations

from django import template

from oportuno.doors.marketplace.queries import cards

register = template.Library()


@register.simple_tag
def cover(name: str) -> str:
    """`{% cover "articulo-"|add:slug %}`: the address of a drawing in the vertical's style."""
    return cards.cover(name).src
