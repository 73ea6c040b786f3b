"""The shelves of the vertical."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oportuno.doors.marketplace.queries import cards
from oportuno.doors.marketplace.queries.addresses import absolute
from oportuno.doors.marketplace.rules import schema_org
from oportuno.doors.marketplace.rules.asking import read
from oportuno.doors.marketplace.views.frame import Meta, home_crumb, show
from oportuno.doors.marketplace.views.search import results
from oportuno.kernel.errors import NotFound
from oportuno.kernel.policies import public
from oportuno.kernel.ui.cards import Picture
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.search import api as search


@dataclass(frozen=True)
class Tile:
    """A shelf as a picture. `count`: products on it and below."""

    title: str
    description: str
    href: str
    icon: str
    picture: Picture
    count: int
    below: tuple[tuple[str, str], ...]


@require_safe
@public
def all_categories(request: HttpRequest) -> HttpResponse:
    """The whole tree, two steps deep."""
    tree = catalogue.shelves()
    counts = _counts()
    meta = Meta(
        title=_("Categories"),
        description=_("Everything this market has, shelf by shelf."),
        crumbs=[home_crumb(), (_("Categories"), "")],
    )
    return show(request, "marketplace/categories.html", meta, {"tiles": [_tile(tree, one, counts) for one in tree.children(None)]})


def _counts() -> dict[str, int]:
    found = search.search(search.Query(kind="product", limit=1), snippets=False)
    return {one.value: one.count for one in found.facets.categories}


def _tile(tree: catalogue.Shelves, shelf: catalogue.Shelf, counts: dict[str, int]) -> Tile:
    return Tile(
        title=shelf.title,
        description=shelf.description,
        href=_address(shelf),
        icon=shelf.icon,
        picture=cards.cover(f"categoria-{shelf.slug}"),
        count=counts.get(shelf.slug, 0),
        below=tuple((one.title, _address(one)) for one in tree.children(shelf)),
    )


def _address(shelf: catalogue.Shelf) -> str:
    return reverse("market:category", args=[shelf.path])


@require_safe
@public
def category(request: HttpRequest, path: str) -> HttpResponse:
    """One shelf and what is below it, narrowed by what it asks of its products."""
    tree = catalogue.shelves()
    shelf = tree.by_slug.get(path.rstrip("/").rpartition("/")[2])
    if shelf is None or not shelf.active:
        raise NotFound
    if shelf.path != path.rstrip("/"):
        return redirect("market:category", shelf.path, permanent=True)
    context = results(read(dict(request.GET.lists())), _address(shelf), within=shelf)
    above = [(one.title, _address(one)) for one in tree.crumbs(shelf)[:-1]]
    listed = [(one.card.name, absolute(one.card.href)) for one in context["shown"]]
    meta = Meta(
        title=shelf.title,
        description=shelf.description or _("%(category)s of verified sellers, with price and stock.") % {"category": shelf.title},
        image=cards.cover(f"categoria-{shelf.slug}").src,
        crumbs=[home_crumb(), (_("Categories"), reverse("market:categories")), *above, (shelf.title, "")],
        indexed=not request.GET,
        data=[schema_org.listing(listed)] if listed else [],
    )
    below = [(one.title, _address(one), one.icon) for one in tree.children(shelf)]
    return show(request, "marketplace/category.html#results", meta, {**context, "shelf": shelf, "below": below})
