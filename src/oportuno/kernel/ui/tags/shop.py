"""What the market shows: pictures, prices, cards of products and sellers, maps.

What a page of results has dozens of is put together here, not in a template: that takes a tenth of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from oportuno.kernel import formats
from oportuno.kernel.money import Money

from . import register
from .feedback import status
from .frame import Context, e, icon, told
from .texts import as_money, distance, here

STARS = 5
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
    several = f' srcset="{e(sources)}" sizes="{e(sizes)}"' if sources else ""
    size = f'width="{e(told(found, "width") or 800)}" height="{e(told(found, "height") or 600)}"'
    when = 'fetchpriority="high"' if eager else 'loading="lazy" decoding="async"'
    look = f' class="{e(focus)}"' if (focus := told(found, "focus")) else ""
    drawn = f'<img src="{e(src)}"{several} alt="{e(told(found, "alt") or alt)}" {size} {when}{look}>'
    if avif := told(found, "avif"):
        drawn = f'<picture><source type="image/avif" srcset="{e(avif)}" sizes="{e(sizes)}">{drawn}</picture>'
    return SafeString(f'<span class="picture ratio-{e(ratio)}">{drawn}</span>')


@lru_cache(maxsize=64)
def _no_picture(ratio: str, language: str | None) -> SafeString:
    return format_html(
        '<span class="picture ratio-{}"><span class="picture-missing">{}<span class="hidden">{}</span></span></span>',
        ratio,
        render_to_string("ui/parts/drawing.html", {"drawing": "picture"}),
        _("No picture yet"),
    )


@dataclass(frozen=True, slots=True)
class _Ready:
    """What all cards of a language have alike."""

    certified: str
    why: str
    ask: str
    since: str
    before: str
    place: str


@lru_cache(maxsize=8)
def _ready(language: str | None) -> _Ready:
    return _Ready(
        certified=icon("rosette-discount-check", label=_("Certified seller"), size="small"),
        why=format_html('<details class="why"><summary>{}<span>{}</span></summary><p>', icon("help-circle", size="small"), _("Why this?")),
        ask=format_html('<span class="price-ask">{}{}</span>', icon("message-question", size="small"), _("Price on request")),
        since=format_html('<span class="price-word">{}</span> ', pgettext("price", "from")),
        before=format_html('<span class="hidden">{} </span>', pgettext("price", "before")),
        place=icon("map-pin", size="small"),
    )


@register.simple_tag
def product_card(product: Any, layout: str = "", level: int = 3) -> SafeString:
    """`{% product_card card %}` of a `cards.ProductCard`; layout "row" for dense lists."""
    ready = _ready(get_language())
    badge, seller, stars = (told(product, name) for name in ("badge", "seller", "rating"))
    over = f'<span class="badge accent over">{e(badge)}</span>' if badge else ""
    by = f'<p class="by">{e(seller)} {ready.certified if told(product, "certified") else ""}</p>' if seller else ""
    facts = f"{rating(stars, told(product, 'ratings') or 0) if stars else ''}{_place(product, ready)}{_stock(product)}"
    cost = price(
        told(product, "price") or None,
        was=told(product, "was") or None,
        unit=told(product, "unit"),
        tax=told(product, "tax"),
        since=bool(told(product, "since")),
    )
    return SafeString(
        f"""<article class="product-card {e(layout)}">
  <div class="product-card-picture">{picture(told(product, "picture"), "", "1-1")}{over}</div>
  <div class="product-card-words">
    <h{level:d}><a href="{e(told(product, "href"))}">{e(told(product, "name"))}</a></h{level:d}>
    {by}{cost}<p class="facts">{facts}</p>{why(told(product, "why"))}
  </div>
</article>"""
    )


def _place(product: Any, ready: _Ready) -> str:
    place, metres = told(product, "place"), told(product, "distance", None)
    away = f" · {e(distance(metres))}" if metres not in (None, "") else ""
    return f"<span>{ready.place}{e(place)}{away}</span>" if place else ""


def _stock(product: Any) -> str:
    stock = told(product, "stock")
    return status(stock, told(product, "stock_state") or "good") if stock else ""


@register.simple_tag
def why(reasons: object) -> SafeString:
    """`{% why hit.why %}`: why this is here, folded away; nothing without a reason."""
    return SafeString(f"{_ready(get_language()).why}{e(reasons)}</p></details>" if reasons else "")


@register.inclusion_tag("ui/shop/seller_card.html")
def seller_card(seller: Any, layout: str = "", level: int = 3) -> dict[str, Any]:
    """`{% seller_card card %}` of a `cards.SellerCard`: the person and the difference first; layout "row" for lists."""
    return {"seller": seller, "layout": layout, "level": level}


@register.simple_tag
def price(
    amount: Any, currency: str = "", was: Money | None = None, unit: object = "", tax: object = "", size: str = "", since: bool = False
) -> SafeString:
    """`{% price offer.price unit=_("per stem") tax=_("VAT included") size="large" %}`; None says that one asks for a quote."""
    money, ready = as_money(amount, currency), _ready(get_language())
    if money is None:
        return SafeString(f'<p class="price {e(size)}">{ready.ask}</p>')
    before = f"<del>{ready.before}{e(_bare(was))}</del> " if was else ""
    each = f' <span class="price-word">{e(unit)}</span>' if unit else ""
    taxed = f'<span class="price-tax">{e(tax)}</span>' if tax else ""
    return SafeString(
        f'<p class="price {e(size)}">{ready.since if since else ""}{before}<span class="price-amount">{e(_bare(money))}</span>'
        f' <abbr class="price-currency">{e(money.currency)}</abbr>{each}{taxed}</p>'
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


@register.inclusion_tag("ui/shop/point_picker.html")
def point_picker(
    latitude: BoundField, longitude: BoundField, place: BoundField, towns: Mapping[str, Any], label: object = ""
) -> dict[str, Any]:
    """`{% point_picker form.latitude form.longitude form.place towns %}`: fills in two fields; without JavaScript they are typed.

    `towns`: what may be chosen in `place` → {"name", "at": [latitude, longitude], "town": whether to show it on the map}.
    """
    return {
        "latitude": latitude.id_for_label,
        "longitude": longitude.id_for_label,
        "place": place.id_for_label,
        "towns": towns,
        "label": label or _("Choose the point on the map"),
        "denied": _("Your device did not say where it is. Press on the map instead."),
    }
