"""A product, and several side by side."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oportuno.doors.marketplace.queries import cards, comparing
from oportuno.doors.marketplace.queries import product as products
from oportuno.doors.marketplace.queries.addresses import absolute
from oportuno.doors.marketplace.rules import schema_org
from oportuno.doors.marketplace.views.frame import Meta, home_crumb, show
from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound
from oportuno.kernel.policies import public
from oportuno.kernel.ui.pages import page
from oportuno.offer.catalogue import api as catalogue
from oportuno.people.audience import api as audience

RELATED = 4
ANSWERS = 5
SEEN = 6


@require_safe
@public
def one_product(request: HttpRequest, slug: str) -> HttpResponse:
    """Picture, price, stock where and when, who else offers it, what others asked."""
    page = catalogue.product_page(slug, now())
    if not page.offers:  # its last seller was hidden a moment ago
        raise NotFound
    lines = products.offer_lines(page)
    best = products.in_own_currency_first(page.offers)[0]
    answers = products.answers_of(page, limit=ANSWERS)
    context = {
        "product": page,
        "pictures": [cards.pictured(one, page.title) for one in page.pictures],
        "kind": cards.kind_word(page.kind),
        "lines": products.by_variant(page, lines),
        "best": lines[0] if lines else None,
        "sellers": len({one.href for one in lines}),
        "answer_hours": best.seller.answer_hours,
        "places": products.where(page),
        "facts": [(one.label, one.value) for one in page.attributes],
        "answers": answers,
        "about": urlencode({"kind": "product", "id": str(page.id), "label": page.title}),
        "compare": f"{reverse('market:comparison')}?{urlencode({'p': page.slug})}",
        "related": _related(page),
    }
    return show(request, "marketplace/product.html", _meta(page, answers), context)


def _related(page: catalogue.ProductPage) -> list[Any]:
    """Others of the same shelf."""
    if page.category is None:
        return []
    found = catalogue.products_in_category(page.category.path, limit=RELATED + 1).cards
    return cards.products(one for one in found if one.id != page.id)[:RELATED]


def _meta(page: catalogue.ProductPage, answers: list[audience.PublishedAnswer]) -> Meta:
    url = absolute(reverse("market:product", args=[page.slug]))
    data = [
        schema_org.product(
            kind=page.kind,
            name=page.title,
            url=url,
            description=page.description,
            images=[absolute(one.address) for one in page.pictures],
            offers=products.offered(page),
            brand=page.brand,
            gtin=page.gtin,
            sku=page.offers[0].sku if page.offers else "",
            category=" > ".join(one.title for one in page.crumbs),
            properties=[(one.label, one.value) for one in page.attributes],
        )
    ]
    if answers:
        data.append(schema_org.questions((one.asked, one.answered) for one in answers))
    shelves = [(one.title, reverse("market:category", args=[one.path])) for one in page.crumbs]
    return Meta(
        title=page.title,
        description=page.description or page.title,
        image=page.pictures[0].address if page.pictures else "",
        kind="product",
        crumbs=[home_crumb(), *shelves, (page.title, "")],
        data=data,
    )


@require_safe
@public
def seen(request: HttpRequest) -> HttpResponse:
    """GET /productos/vistos/?p=…&p=…: cards of what a browser remembers, as a part for its page; the same for whoever asks."""
    found = catalogue.products_named(comparing.asked(request.GET, most=SEEN))
    answer = page(request, "marketplace/parts/seen_cards.html", {"cards": cards.products(found)})
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
@public
def comparison(request: HttpRequest) -> HttpResponse:
    """Up to four products side by side; the address remembers which. Made to be printed, too."""
    found = comparing.compare(comparing.asked(request.GET), comparing.led_by(request.GET))
    meta = Meta(
        title=_("Compare"),
        description=_("Products side by side: what the market verified, with its evidence, and what is only the seller's word."),
        crumbs=[home_crumb(), (_("Compare"), "")],
        indexed=False,
    )
    return show(request, "marketplace/comparison.html", meta, {"comparison": found})
