"""Answering with a public page of the market: its words for people, and the same for machines. Drawn by `ui/public.html`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from oportuno.kernel.ui.pages import page
from oportuno.kernel.ui.tags.lists import CURSORS

DRAWN = re.compile(r"^/(?P<words>[a-z0-9/_-]+)[-/](?P<seed>\d+)\.svg$")
DESCRIPTION = 160  # characters that search engines show


def absolute(path: str) -> str:
    """With our own origin: never made from what a request says its host is."""
    return path if path.startswith(("http://", "https://")) else f"{settings.ORIGIN}{path}"


def home_crumb() -> tuple[str, str]:
    return (_("Home"), reverse("market:home"))


@dataclass(frozen=True)
class Meta:
    """What a page says of itself. `image` is a path of ours; `crumbs` are (words, path) from the top, the last without a path.

    `indexed` False: followed, not listed. `data` are schema.org blocks; `tags` more (name, content) for machines.
    """

    title: str
    description: str = ""
    image: str = ""
    kind: str = "website"
    crumbs: Sequence[tuple[str, str]] = ()
    indexed: bool = True
    data: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    tags: Sequence[tuple[str, str]] = ()

    @property
    def short(self) -> str:
        words = " ".join(self.description.split())
        return words if len(words) <= DESCRIPTION else words[:DESCRIPTION].rsplit(" ", 1)[0].rstrip(".,;:") + "…"

    @property
    def og_image(self) -> str:
        """A picture that networks and messengers can show; drawings are SVG, which none of them does."""
        if drawn := DRAWN.search(self.image):
            words = drawn["words"].removeprefix("portadas/").removeprefix("media/drawings/").replace("/", "-")
            return absolute(reverse("shared", args=[words, drawn["seed"]]))
        return absolute(self.image) if self.image else ""

    @property
    def blocks(self) -> list[Mapping[str, Any]]:
        steps = [(str(words), absolute(href) if href else "") for words, href in self.crumbs]
        return [*self.data, *([crumb_list(steps)] if len(steps) > 1 else [])]


def crumb_list(steps: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Where a page stands, as schema.org says it. `steps`: (name, address) from the top; the last may have none."""
    items = [
        {"@type": "ListItem", "position": place, "name": name, **({"item": href} if href else {})}
        for place, (name, href) in enumerate(steps, 1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


def show(request: HttpRequest, template: str, meta: Meta, context: Mapping[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """Answer with a public page. Pages beyond the first, and chosen lists, are followed and not listed."""
    narrowed = any(name in request.GET for name in (*CURSORS, "sort"))
    indexed = meta.indexed and not narrowed
    return page(request, template, {"meta": meta, "indexed": indexed, "home_crumb": home_crumb(), **(context or {})}, status=status)
