"""What the market shows: pictures, prices, cards of products and sellers, maps.

What a page of results has dozens of is put together here, not in a template: that takes a tenth of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from oportuno.kernel import formats
from oportuno.kernel.money import Money

from . import register
from .feedback import status
from .frame import Context, icon, told
from .texts import as_money, distance, here

STARS = 5
AT_ONCE, LATER = SafeString(' fetchpriority="high"'), SafeString(' loading="lazy" decoding="async"')
STAR = SafeString(
    '<svg class="star" viewBox="0 0 20 20" aria-hidden="true"><path fill="currentColor" d="M10 1.6l2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8L1.6 7.700l5.8-.8z"/></svg>'
)


@register.simple_block_tag
def card(content: str, title: object = "", href: str = "", kind: str = "", level: int = 3) -> str:
    """`{% card _("Points of sale") %}…{% endcard %}`: a group with a hairline; kinds: quiet, tinted, brand."""
    return render_to_string("ui/shop/card.html", {"content": content, "title": title, "href": href, "kind": kind, "level": level})


@register.simple_tag
def picture(
    found: Any, alt: object = "", ratio: str = "4-3", eager: bool = False, sizes: str = "(min-width: 820px) 25vw, 50vw"
) -> SafeString:
    """`{% picture product.picture product.name ratio="1-1" %}`: a Picture in its reserved place, or the vertical's drawing."""
    if not (src := told(found, "src")):
        return _no_picture(ratio, get_language())
    sources = told(found, "sources")
    return format_html(
        '<span class="picture ratio-{}"><img src="{}"{} alt="{}" width="{}" height="{}"{}></span>',
        ratio,
        src,
        format_html(' srcset="{}" sizes="{}"', sources, sizes) if sources else "",
        told(found, "alt") or alt,
        told(found, "width") or 800,
        told(found, "height") or 600,
        AT_ONCE if eager else LATER,
    )


@lru_cache(maxsize=64)
def _no_picture(ratio: str, language: str | None) -> SafeString:
    return format_html(
        '<span class="picture ratio-{}"><span class="picture-missing">{}<span class="hidden">{}</span></span></span>',
        ratio,
        render_to_string("ui/parts/drawing.html", {"drawing": "picture"}),
        _("No picture yet"),
    )


@register.simple_tag
def product_card(product: Any, layout: str = "", level: int = 3) -> SafeString:
    """`{% product_card card %}` of a `cards.ProductCard`; layout "row" for dense lists."""
    badge, seller, place, stock = (told(product, name) for name in ("badge", "seller", "place", "stock"))
    return format_html(
        """<article class="product-card {layout}">
  <div class="product-card-picture">{picture}{badge}</div>
  <div class="product-card-words">
    <h{level}><a href="{href}">{name}</a></h{level}>
    {by}{price}
    <p class="facts">{rating}{place}{stock}</p>{why}
  </div>
</article>""",
        layout=layout,
        level=level,
        picture=picture(told(product, "picture"), "", "1-1"),
        badge=format_html('<span class="badge accent over">{}</span>', badge) if badge else "",
        href=told(product, "href"),
        name=told(product, "name"),
        by=_by(seller, told(product, "certified")) if seller else "",
        price=price(
            told(product, "price"),
            was=told(product, "was") or None,
            unit=told(product, "unit"),
            tax=told(product, "tax"),
            since=told(product, "since"),
        ),
        rating=rating(told(product, "rating"), told(product, "ratings")) if told(product, "rating") else "",
        place=_place(place, told(product, "distance")) if place else "",
        stock=status(stock, told(product, "stock_state") or "good") if stock else "",
        why=_why(told(product, "why")),
    )


def _by(seller: object, certified: object) -> SafeString:
    mark = icon("rosette-discount-check", label=_("Certified seller"), size="small") if certified else ""
    return format_html('<p class="by">{} {}</p>', seller, mark)


def _place(place: object, metres: Any) -> SafeString:
    away = distance(metres)
    return format_html("<span>{}{}{}</span>", icon("map-pin", size="small"), place, f" · {away}" if away else "")


def _why(why: object) -> SafeString | str:
    if not why:
        return ""
    sign = icon("help-circle", size="small")
    return format_html('<details class="why"><summary>{}<span>{}</span></summary><p>{}</p></details>', sign, _("Why this?"), why)


@register.simple_tag
def why(reasons: object) -> SafeString | str:
    """`{% why hit.why %}`: why this is here, folded away; nothing without a reason."""
    return _why(reasons)


@register.inclusion_tag("ui/shop/seller_card.html")
def seller_card(seller: Any, layout: str = "", level: int = 3) -> dict[str, Any]:
    """`{% seller_card card %}` of a `cards.SellerCard`: the person and the difference first; layout "row" for lists."""
    return {"seller": seller, "layout": layout, "level": level}


@register.simple_tag
def price(
    amount: Any, currency: str = "", was: Money | None = None, unit: object = "", tax: object = "", size: str = "", since: bool = False
) -> SafeString:
    """`{% price offer.price unit=_("per stem") tax=_("VAT included") size="large" %}`; None says that one asks for a quote."""
    money = as_money(amount, currency)
    if money is None:
        sign = icon("message-question", size="small")
        return format_html('<p class="price {}"><span class="price-ask">{}{}</span></p>', size, sign, _("Price on request"))
    return format_html(
        '<p class="price {}">{}{}<span class="price-amount">{}</span> <abbr class="price-currency">{}</abbr>{}{}</p>',
        size,
        format_html('<span class="price-word">{}</span> ', pgettext("price", "from")) if since else "",
        format_html('<del><span class="hidden">{} </span>{}</del> ', pgettext("price", "before"), _bare(was)) if was else "",
        _bare(money),
        money.currency,
        format_html(' <span class="price-word">{}</span>', unit) if unit else "",
        format_html('<span class="price-tax">{}</span>', tax) if tax else "",
    )


def _bare(money: Money) -> str:
    """Without its currency, which stands beside."""
    return formats.money(money, here(), code=False).removesuffix(f"{formats.NBSP}{money.currency}")


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
