"""What the areas below know, as the design system's cards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oportuno.doors.marketplace.queries.addresses import page_of
from oportuno.doors.marketplace.queries.packs import current_pack
from oportuno.kernel.drawings import SCREENS
from oportuno.kernel.ui import cards
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory
from oportuno.offer.search import api as search

COVER = (1200, 675)
SQUARE = 800


def cover(slug: str, alt: str = "", seed: int = 1) -> cards.Picture:
    """A drawing of ours, the same each time, where nobody brought a picture."""
    pack = current_pack()
    style = SCREENS if pack and pack.identity.drawings == "screens" else ""
    return cards.Picture(_cover(f"{style}{slug}", seed, get_language()), alt, *COVER)


@lru_cache(maxsize=1024)
def _cover(slug: str, seed: int, language: str | None) -> str:
    return reverse("cover", args=[slug, seed])


def kept(picture: Any, alt: str = "") -> cards.Picture | None:
    """A kept picture of media; None for none."""
    if picture is None:
        return None
    return cards.Picture(
        picture.url(640), picture.alt or alt, picture.width or SQUARE, picture.height or SQUARE, picture.url(320), picture.srcset(),
        picture.avif_srcset(), picture.focus,
    )  # fmt: skip


def pictured(card: catalogue.PictureCard | None, alt: str = "") -> cards.Picture | None:
    """A picture of a product."""
    return None if card is None else cards.Picture(card.address, card.alt or alt, SQUARE, SQUARE, "", card.srcset, card.avif, card.focus)


def seller(card: directory.SellerCard, why: str = "") -> cards.SellerCard:
    """A seller in a list: the difference first, then what the market vouches for."""
    return cards.SellerCard(
        name=card.name,
        href=page_of("market:seller", card.slug),
        role=card.sectors[0].singular if card.sectors else "",
        face=card.emblem.url(320) if card.emblem else "",
        picture=kept(card.portrait, card.name) or cover(card.slug),
        difference=card.difference,
        place=place(card.city, card.region),
        distance=card.km * 1000 if card.km is not None else None,
        certified=certified(card),
        sectors=[one.singular for one in card.sectors],
        why=why,
    )


def sellers(found: Iterable[directory.SellerCard]) -> list[cards.SellerCard]:
    return [seller(one) for one in found]


def place(city: str, region: str) -> str:
    return ", ".join(dict.fromkeys(one for one in (city, region) if one))


def certified(card: directory.SellerCard) -> str:
    """What the market vouches for, in a few words."""
    if not card.certified:
        return ""
    named = [one.title for one in card.certifications]
    if not named:
        return _("Certified")
    return named[0] if len(named) == 1 else _("%(first)s and %(more)d more") % {"first": named[0], "more": len(named) - 1}


def product(card: catalogue.ProductCard, hit: search.Hit | None = None) -> cards.ProductCard:
    """A product in a list; `hit` adds why search put it there, and how far it is."""
    return cards.ProductCard(
        name=card.title,
        href=page_of("market:product", card.slug),
        picture=pictured(card.picture, card.title),
        price=card.price,
        since=card.sellers > 1 and card.price is not None,
        seller=offered_by(card),
        certified=bool(card.seller and card.seller.certified),
        place=hit.city if hit else "",
        distance=hit.metres if hit else None,
        stock=_stock_words(card),
        stock_state="good" if card.in_stock else "warning",
        badge=kind_word(card.kind),
        why=sentence(hit.why) if hit else "",
    )


def products(found: Iterable[catalogue.ProductCard]) -> list[cards.ProductCard]:
    """Cards of what somebody on show offers: who was hidden a moment ago takes along what only he has."""
    return [product(one) for one in found if one.seller is not None]


def offered_by(card: catalogue.ProductCard) -> str:
    if card.sellers > 1:
        return _("%(count)d sellers") % {"count": card.sellers}
    return card.seller.name if card.seller else ""


def _stock_words(card: catalogue.ProductCard) -> str:
    if card.kind != "good":
        return ""
    return "" if card.in_stock else _("Sold out for now")


def kind_word(kind: str) -> str:
    """What is said of something that is no thing."""
    if kind == "good":
        return ""
    return {"service": _("Service"), "course": _("Course")}.get(kind, "")


def sentence(reasons: Sequence[str]) -> str:
    """Short reasons as one sentence."""
    words = "; ".join(reasons)
    return f"{words[:1].upper()}{words[1:]}." if words else ""
