"""Blocks of words and places: what somebody says of us, and where we are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Annotated, Any, Literal

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from pydantic import Field, StringConstraints, model_validator

from oportuno.kernel.content import Block, Kind, Need, Part, ShownPicture
from oportuno.kernel.content.address import Address
from oportuno.kernel.content.inline import Inline, plain
from oportuno.kernel.content.rendering.cards import mail_button
from oportuno.kernel.content.rendering.media import picture_html
from oportuno.kernel.content.rendering.page import Page
from oportuno.kernel.ui.cards import Place
from oportuno.offer.sites.queries.blocks.things import ThingId

Line = Annotated[str, StringConstraints(max_length=160)]
POINT = re.compile(r"^\s*(-?\d{1,2}(?:[.]\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:[.]\d+)?)\s*$")


class Testimonial(Block):
    """What somebody says. `href` is where she said it."""

    type: Literal["testimonial"] = "testimonial"
    words: Annotated[Inline, Field(max_length=2_000, min_length=1)]
    who: Annotated[str, StringConstraints(min_length=1, max_length=160)]
    role: Line = ""
    picture: ThingId | Literal[""] = ""
    href: Address | Literal[""] = ""

    def needs(self) -> Iterator[Need]:
        if self.picture:
            yield ("picture", self.picture)


class Map(Block):
    """Where it is: a point of sale (`point`), or a place that was typed, `at` "latitude, longitude" in degrees."""

    type: Literal["map"] = "map"
    point: ThingId | Literal[""] = ""
    title: Line = ""
    address: Annotated[str, StringConstraints(max_length=240)] = ""
    at: Annotated[str, StringConstraints(max_length=60)] = ""

    @model_validator(mode="after")
    def _is_somewhere(self) -> Map:
        if not self.point and (not self.title or _degrees(self.at) is None):
            raise ValueError("at")
        return self

    def needs(self) -> Iterator[Need]:
        if self.point:
            yield ("point", self.point)


def _degrees(text: str) -> tuple[float, float] | None:
    """As maps copy them; None for what is nowhere on earth."""
    found = POINT.match(text)
    if not found:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _place(one: Map, page: Page) -> Place | None:
    if one.point:
        found: Place | None = page.shown("point", one.point)
        return found
    degrees = _degrees(one.at)
    if degrees is None:
        return None
    route = f"https://www.openstreetmap.org/directions?to={degrees[0]:.6f},{degrees[1]:.6f}"
    return Place(one.title, *degrees, lines=[one.address] if one.address else [], route=route)


def map_html(one: Map, page: Page) -> str:
    """A list that a script of ours turns into a map of our own outlines: nothing is asked of others."""
    place = _place(one, page)
    if place is None:
        return ""
    told: dict[str, Any] = {"places": [place], "label": place.name or _("Map"), "list_title": "", "height": "", "first": False}
    return f'<div class="block-map">{render_to_string("ui/shop/map.html", told).strip()}</div>'


def map_mjml(one: Map, page: Page) -> str:
    place = _place(one, page)
    if place is None:
        return ""
    lines = "".join(f"<p>{escape(str(line))}</p>" for line in place.lines)
    way = mail_button(page.address(place.route), _("How to get there"), outlined=True)
    return f"<mj-text><h3>{escape(place.name)}</h3>{lines}</mj-text>{way if place.route else ''}"


def map_text(one: Map, page: Page) -> str:
    place = _place(one, page)
    return "\n".join([place.name, *(str(line) for line in place.lines), place.route]).strip() if place else ""


def testimonial_html(one: Testimonial, page: Page) -> str:
    shown: ShownPicture | None = page.shown("picture", one.picture) if one.picture else None
    face = f'<span class="said-by-face">{picture_html(shown, one.who, page, sizes="5rem")}</span>' if shown else ""
    name = escape(one.who)
    linked = f'<a href="{page.address(one.href)}" rel="noopener">{name}</a>' if one.href else name
    role = f'<span class="said-by-role">{escape(one.role)}</span>' if one.role else ""
    return (
        f'<figure class="block-testimonial"><blockquote><p>{page.inline(one.words)}</p></blockquote>'
        f"<figcaption>{face}<span><cite>{linked}</cite>{role}</span></figcaption></figure>"
    )


def testimonial_mjml(one: Testimonial, page: Page) -> str:
    shown: ShownPicture | None = page.shown("picture", one.picture) if one.picture else None
    face = f'<td class="said-face" width="64"><img src="{page.picture(shown.src)}" alt="" width="64" height="64"></td>' if shown else ""
    role = f", {escape(one.role)}" if one.role else ""
    words = f'<p>“{page.inline(one.words)}”</p><p class="said-by"><strong>{escape(one.who)}</strong>{role}</p>'
    return f'<mj-table css-class="said"><tr>{face}<td class="said-words">{words}</td></tr></mj-table>'


def testimonial_text(one: Testimonial, page: Page) -> str:
    return f"“{plain(one.words)}”\n— {one.who}{f', {one.role}' if one.role else ''}"


KINDS = [
    Kind(
        Testimonial, testimonial_html, testimonial_mjml, testimonial_text, pgettext_lazy("editor", "Testimonial"), "quote",
        (
            Part("words", "words", pgettext_lazy("editor", "What she or he says"), required=True),
            Part("who", "line", pgettext_lazy("editor", "Who says it"), required=True),
            Part("role", "line", pgettext_lazy("editor", "Who that is"), hint=pgettext_lazy("editor", "Such as: Florist in Cali")),
            Part("picture", "pick", pgettext_lazy("editor", "Picture"), of="picture"),
            Part("href", "address", pgettext_lazy("editor", "Where it was said"), hint=pgettext_lazy("editor", "A testimonial that can be looked up is believed.")),
        ),
    ),
    Kind(
        Map, map_html, map_mjml, map_text, pgettext_lazy("editor", "Map"), "map-pin",
        (
            Part("point", "pick", pgettext_lazy("editor", "A point of sale of yours"), of="point"),
            Part("title", "line", pgettext_lazy("editor", "Or another place")),
            Part("address", "line", pgettext_lazy("editor", "Address")),
            Part("at", "line", pgettext_lazy("editor", "Where on earth"), hint=pgettext_lazy("editor", "Latitude and longitude, as maps copy them: 4.7110, -74.0721")),
        ),
    ),
]  # fmt: skip
