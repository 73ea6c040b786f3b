"""What the frame of every public page shows."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oportuno.doors.marketplace.queries.packs import current_pack
from oportuno.kernel.ui.shell import Column, Link, Market


def market(request: HttpRequest) -> dict[str, Any]:
    """`market` for ui/market.html, `brand_css`, and `words`: the language of the pack's texts, es or en."""
    spoken = get_language() or "es"
    language = spoken[:2]
    pack = current_pack()
    frame = replace(
        _frame(spoken),
        nav=tuple(replace(link, current=request.path.startswith(link.href)) for link in _frame(spoken).nav),
        **_of_the_vertical(pack, language) if pack else {},
    )
    return {"market": frame, "brand_css": reverse("brand") if pack else "", "words": language}


def _of_the_vertical(pack: Any, language: str) -> dict[str, Any]:
    return {
        "name": pack.identity.title.in_(language),
        "emblem": pack.identity.emblem,
        "promise": pack.identity.promise.in_(language),
        "search_hint": pack.identity.home.search_what.in_(language),
    }


@lru_cache(maxsize=8)
def _frame(spoken: str) -> Market:
    """What is the same on all pages of a language: thirty addresses, worked out once."""
    return Market(
        name="Oportuno",
        emblem="building-store",
        legal=_("Open software under the Apache 2.0 licence. The demo market's people and companies are invented."),
        home=reverse("market:home"),
        search=reverse("market:search"),
        suggest=reverse("search:suggestions"),
        bulletin=reverse("audience:bulletin"),
        sell=reverse("market:sell"),
        sign_in=reverse("account_login"),
        sign_out=reverse("account_logout"),
        account=reverse("organisations:account"),
        desk=reverse("desk:entrance"),
        nav=[
            Link(_("Sellers"), reverse("market:sellers"), "building-store"),
            Link(_("Categories"), reverse("market:categories"), "category"),
            Link(_("Knowledge"), reverse("knowledge:home"), "book"),
            Link(_("Media"), reverse("market:media"), "video"),
            Link(_("How we verify"), reverse("market:vetting"), "shield-check"),
        ],
        footer=tuple(Column(column.title, tuple(column.links)) for column in _footer()),
    )


def _footer() -> list[Column]:
    return [
        Column(
            _("Buy"),
            [
                Link(_("Search"), reverse("market:search")),
                Link(_("Sellers"), reverse("market:sellers")),
                Link(_("Categories"), reverse("market:categories")),
            ],
        ),
        Column(
            _("Sell"),
            [
                Link(_("Sell here"), reverse("market:sell")),
                Link(_("How we verify"), reverse("market:vetting")),
                Link(_("My workbench"), reverse("desk:entrance")),
            ],
        ),
        Column(
            _("Learn"),
            [
                Link(_("Knowledge"), reverse("knowledge:home")),
                Link(_("Guides to decide"), reverse("market:guides")),
                Link(_("Questions to the experts"), reverse("experts:list")),
                Link(_("Experts"), reverse("experts:experts")),
                Link(_("Bulletin"), reverse("audience:bulletin")),
                Link(_("Your data"), reverse("market:privacy")),
                Link(_("Your visits"), reverse("audience:visits")),
            ],
        ),
    ]
