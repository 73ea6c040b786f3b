"""The directory, and a seller's own page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oportuno.doors.marketplace.queries import cards, choosing
from oportuno.doors.marketplace.queries import seller as sellers
from oportuno.doors.marketplace.queries.addresses import absolute
from oportuno.doors.marketplace.queries.packs import current_pack
from oportuno.doors.marketplace.rules import schema_org
from oportuno.doors.marketplace.views.frame import Meta, home_crumb, show
from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound
from oportuno.kernel.policies import public
from oportuno.kernel.ui.cards import Place
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory
from oportuno.offer.experts import api as experts
from oportuno.people.audience import api as audience

ANSWERS, WRITINGS, EXPERTS = 6, 4, 6


@require_safe
@public
def all_sellers(request: HttpRequest) -> HttpResponse:
    """Everybody who is vetted, by sector, place, distance and certification."""
    chosen = choosing.read(request.GET)
    meta = Meta(
        title=_("Verified sellers"),
        description=_("Every seller of this market was verified, and says in his own words what makes him different."),
        crumbs=[home_crumb(), (_("Sellers"), "")],
        indexed=not request.GET,
    )
    return show(request, "marketplace/sellers.html#results", meta, _listed(chosen, ""))


@require_safe
@public
def sector(request: HttpRequest, sector: str) -> HttpResponse:
    """Who works in one sector."""
    pack = current_pack()
    found = next((one for one in pack.sectors.sectors if one.slug == sector), None) if pack else None
    if found is None:
        raise NotFound
    chosen = choosing.read(request.GET).but(sector=sector)
    meta = Meta(
        title=found.title.in_(choosing.language()),
        description=found.description.in_(choosing.language()),
        image=cards.cover(f"sector-{sector}").src,
        crumbs=[home_crumb(), (_("Sellers"), reverse("market:sellers")), (found.title.in_(choosing.language()), "")],
        indexed=not request.GET,
    )
    context = {"sector": found, "cover": cards.cover(f"sector-{sector}"), **_listed(chosen, sector)}
    return show(request, "marketplace/sellers.html#results", meta, context)


def _listed(chosen: choosing.Chosen, fixed: str) -> dict[str, Any]:
    criteria = chosen.criteria()
    page = directory.sellers_page(criteria, after=chosen.after)
    counts = directory.directory_counts(criteria)
    return {
        "chosen": chosen,
        "action": reverse("market:sector", args=[fixed]) if fixed else reverse("market:sellers"),
        "sellers": cards.sellers(page.cards),
        "next": chosen.query(after=page.after) if page.after else "",
        "total": counts.total,
        "groups": choosing.groups(chosen, counts, fixed),
        "chips": choosing.chips(chosen, counts, fixed),
        "views": choosing.views(chosen),
        "places": _on_map(criteria) if chosen.view == "map" else [],
        "hidden": chosen.parameters(without=("q", "sort", "km", "after")),
        "distances": choosing.DISTANCES,
        "sorts": choosing.sorts(chosen),
    }


def _on_map(criteria: directory.Criteria) -> list[Place]:
    return [
        Place(
            name=f"{one.seller} · {one.name}",
            latitude=one.latitude,
            longitude=one.longitude,
            href=reverse("market:seller", args=[one.slug]),
            lines=[_("Open now") if one.is_open else _("Closed now")],
        )
        for one in directory.map_points(criteria, now())
    ]


@require_safe
@public
def one_seller(request: HttpRequest, seller: str) -> HttpResponse:
    """The person and the difference first, then proof, then what is offered, then what was written."""
    at = now()
    page = directory.seller_page_data(seller, at)
    offers = catalogue.products_of_seller(seller, after=sellers.mark(request.GET.get("after", "")), limit=12)
    answers = audience.published_answers(page.card.organisation, limit=ANSWERS)
    site, writings = sellers.voice(page.card, WRITINGS)
    context = {
        "seller": page,
        "card": cards.seller(page.card),
        "products": cards.products(offers.cards),
        "next": f"?{urlencode({'after': str(offers.after)})}" if offers.after else "",
        "writings": writings,
        "experts": experts.who_answers(page.card.organisation, limit=EXPERTS),
        "site": site,
        "answers": answers,
        "places": sellers.places(page),
        "ask": reverse("audience:asking", args=[seller]),
    }
    return show(request, "marketplace/seller.html#offers", _meta(page, answers), context)


def _meta(page: directory.SellerPage, answers: list[audience.PublishedAnswer]) -> Meta:
    card = page.card
    url = absolute(reverse("market:seller", args=[card.slug]))
    picture = cards.kept(card.portrait) or cards.kept(card.emblem) or cards.cover(card.slug)
    data = [
        schema_org.seller(
            name=card.name,
            url=url,
            description=card.difference,
            image=absolute(picture.src),
            founded=page.founded_year,
            same=page.web_address,
            shops=sellers.shops(page),
        )
    ]
    if answers:
        data.append(schema_org.questions((one.asked, one.answered) for one in answers))
    return Meta(
        title=" · ".join(one for one in (card.name, card.city) if one),
        description=card.difference,
        image=picture.src,
        kind="profile",
        crumbs=[home_crumb(), (_("Sellers"), reverse("market:sellers")), (card.name, "")],
        data=data,
    )
