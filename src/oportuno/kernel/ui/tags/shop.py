"""What the market shows: pictures, prices, cards of products and sellers, maps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from oportuno.kernel import formats
from oportuno.kernel.money import Money

from . import register
from .frame import Context
from .texts import as_money, here

STARS = 5
STAR = SafeString(
    '<svg class="star" viewBox="0 0 20 20" aria-hidden="true"><path fill="currentColor" d="M10 1.6l2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8L1.6 7.700l5.8-.8z"/></svg>'
)


@register.simple_block_tag
def card(content: str, title: object = "", href: str = "", kind: str = "", level: int = 3) -> str:
    """`{% card _("Points of sale") %}…{% endcard %}`: a group with a hairline; kinds: quiet, tinted, brand."""
    return render_to_string("ui/shop/card.html", {"content": content, "title": title, "href": href, "kind": kind, "level": level})


@register.inclusion_tag("ui/shop/picture.html")
def picture(
    found: Any, alt: object = "", ratio: str = "4-3", eager: bool = False, sizes: str = "(min-width: 820px) 25vw, 50vw"
) -> dict[str, Any]:
    """`{% picture product.picture product.name ratio="1-1" %}`: a Picture in its reserved place, or the vertical's drawing."""
    return {"picture": found, "alt": alt, "ratio": ratio, "eager": eager, "sizes": sizes}


@register.inclusion_tag("ui/shop/product_card.html")
def product_card(product: Any, layout: str = "", level: int = 3) -> dict[str, Any]:
    """`{% product_card card %}` of a `cards.ProductCard`; layout "row" for dense lists."""
    return {"product": product, "layout": layout, "level": level}


@register.inclusion_tag("ui/shop/seller_card.html")
def seller_card(seller: Any, layout: str = "", level: int = 3) -> dict[str, Any]:
    """`{% seller_card card %}` of a `cards.SellerCard`: the person and the difference first; layout "row" for lists."""
    return {"seller": seller, "layout": layout, "level": level}


@register.simple_tag
def price(
    amount: Any, currency: str = "", was: Money | None = None, unit: object = "", tax: object = "", size: str = "", since: bool = False
) -> str:
    """`{% price offer.price unit=_("per stem") tax=_("VAT included") size="large" %}`; None says that one asks for a quote."""
    money = as_money(amount, currency)
    words = {"unit": unit, "tax": tax, "size": size, "since": since}
    if money is None:
        return render_to_string("ui/shop/price.html", words)
    shown = formats.money(money, here(), code=False).removesuffix(f"{formats.NBSP}{money.currency}")
    before = formats.money(was, here(), code=False) if was else ""
    return render_to_string("ui/shop/price.html", {**words, "amount": shown, "currency": money.currency, "was": before})


@register.simple_tag
def rating(value: float | Decimal | None, count: int = 0, size: str = "") -> SafeString | str:
    """`{% rating 4.6 count=38 %}`: stars in words and drawing; nothing where nobody has said anything."""
    if value is None:
        return ""
    shown = formats.number(value, here(), 1)
    label = _("%(value)s of %(most)s stars") % {"value": shown, "most": STARS}
    counted = format_html(' <span class="quiet-text">({})</span>', formats.number(count, here())) if count else ""
    return format_html(
        '<span class="rating {}" role="img" aria-label="{}" title="{}">{}<span>{}</span>{}</span>', size, label, label, STAR, shown, counted
    )


@register.inclusion_tag("ui/shop/gallery.html")
def gallery(pictures: Sequence[Any], alt: object = "", ratio: str = "4-3") -> dict[str, Any]:
    """`{% gallery product.pictures product.name %}`: one large, the others beside; links without JavaScript."""
    return {"pictures": pictures, "first": pictures[0] if pictures else None, "alt": alt, "ratio": ratio}


@register.inclusion_tag("ui/shop/map.html", takes_context=True)
def map_block(context: Context, places: Iterable[Any], label: object = "", list_title: object = "", height: str = "") -> dict[str, Any]:
    """`{% map_block places label=_("Points of sale") %}` of `cards.Place`: a list, and a map where there is JavaScript."""
    first = "map_block" not in context.render_context
    context.render_context["map_block"] = True
    return {"places": list(places), "label": label or _("Map"), "list_title": list_title, "height": height, "first": first}
