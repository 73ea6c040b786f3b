"""Searching: the box, what narrows it, and what was found."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oportuno.doors.marketplace.queries import asking, facets, home, where
from oportuno.doors.marketplace.queries.packs import current_pack
from oportuno.doors.marketplace.rules.asking import DISTANCES, LAST_PAGE, PAGE, Asked, read
from oportuno.doors.marketplace.views.frame import Meta, home_crumb, show
from oportuno.kernel.clock import now
from oportuno.kernel.policies import public
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.search import api as search


@require_safe
@public
def searching(request: HttpRequest) -> HttpResponse:
    """Anything of the market. The address says the whole search, so that it can be sent to somebody."""
    asked = read(dict(request.GET.lists()))
    title = _("“%(words)s”") % {"words": asked.text} if asked.text else _("Search the market")
    meta = Meta(
        title=title,
        description=_("Products, sellers and advice of this market, each with the reason why it is where it is."),
        crumbs=[home_crumb(), (_("Search"), "")],
        indexed=not request.GET,
    )
    return show(request, "marketplace/search.html#results", meta, results(asked, reverse("market:search")))


def results(asked: Asked, action: str, *, within: catalogue.Shelf | None = None) -> dict[str, Any]:
    """What a page of results shows. `within` a category, only its products."""
    fixed: dict[str, Any] = {"kind": "product", "category": asked.category or within.slug} if within else {}
    question = asking.question(asked, **fixed)
    found = search.search(question, snippets=False)
    search.searched(question, found, at=now())  # what is looked for in vain is how the market knows whom to invite
    shown = asking.shown(found.items)
    words = facets.Words([one.value for one in found.facets.sellers] + [asked.seller])
    pages = min(LAST_PAGE, -(-found.total // PAGE)) if not found.unmet else 1
    pack = current_pack()
    return {
        "asked": asked,
        "action": action,
        "found": found,
        "shown": shown,
        "groups": facets.groups(asked, found.facets, words, within=within),
        "chips": facets.chips(asked, words),
        "clear": Asked(q=asked.q, view=asked.view).query(),
        "pages": pages,
        "sorts": _sorts(asked),
        "views": _views(asked),
        "places": where.of_results(shown) if asked.view == "map" else [],
        "hidden": asked.parameters(without=("q", "for", "place", "km", "page", "sort", "exact")),
        "near_hidden": asked.parameters(without=("lat", "lon", "km", "page", "place")),
        "sort_hidden": asked.parameters(without=("sort", "page")),
        "price_hidden": asked.parameters(without=("least", "most", "currency", "page")),
        "currency": asked.currency or (found.facets.prices[0].currency if found.facets.prices else ""),
        "save": f"{reverse('search:save')}{asked.but(view='cards').query()}" if not within else "",
        "purposes": home.purposes(pack, get_language() or "es") if pack else [],
        "distances": DISTANCES,
        "meant": asked.but(q=found.correction, purpose="").query() if found.correction and not found.corrected else "",
        "literal": asked.but(exact=True).query() if found.corrected else "",
        "search_words": asked.q,
    }


def _sorts(asked: Asked) -> list[dict[str, Any]]:
    names = {
        "relevance": _("Best match"),
        "newest": _("Newest"),
        "price": _("Cheapest first"),
        "-price": _("Dearest first"),
        **({"distance": _("Nearest")} if asked.is_near else {}),
    }
    return [{"value": value, "label": label, "chosen": value == asked.sort} for value, label in names.items()]


def _views(asked: Asked) -> list[dict[str, Any]]:
    names = {"cards": (_("Cards"), "layout-grid"), "list": (_("List"), "list"), "map": (_("Map"), "map")}
    return [
        {"label": label, "icon": icon, "href": asked.but(view=value, page=asked.page).query(), "current": value == asked.view}
        for value, (label, icon) in names.items()
    ]
