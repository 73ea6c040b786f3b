"""What machines read of a page: schema.org terms as plain dictionaries. Addresses are absolute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Data = dict[str, Any]
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
AVAILABLE = {True: "https://schema.org/InStock", False: "https://schema.org/OutOfStock"}
TYPES = {"good": "Product", "service": "Service", "course": "Course"}


@dataclass(frozen=True, slots=True)
class Offered:
    """One seller's price. `amount` is a decimal number as text; None: it must be asked for."""

    seller: str
    seller_url: str
    amount: str | None
    currency: str
    in_stock: bool
    until: datetime | None = None


def website(name: str, url: str, search: str, description: str) -> Data:
    """`search` is an address with {search_term_string} in it."""
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": search},
        "query-input": "required name=search_term_string",
    }
    return _thing("WebSite", name=name, url=url, description=description, potentialAction=action)


def product(
    *,
    kind: str,
    name: str,
    url: str,
    description: str,
    images: Sequence[str],
    offers: Sequence[Offered],
    brand: str = "",
    gtin: str = "",
    sku: str = "",
    category: str = "",
    properties: Iterable[tuple[str, str]] = (),
) -> Data:
    """A thing, a service or a course, and what it costs where."""
    return _thing(
        TYPES.get(kind, "Product"),
        name=name,
        url=url,
        description=description,
        image=list(images),
        offers=_offers(offers),
        category=category,
        **(
            {
                "brand": {"@type": "Brand", "name": brand} if brand else None,
                "gtin": gtin,
                "sku": sku,
                "additionalProperty": [{"@type": "PropertyValue", "name": label, "value": value} for label, value in properties],
            }
            if kind == "good"
            else {"provider": {"@type": "Organization", "name": offers[0].seller, "url": offers[0].seller_url} if offers else None}
        ),
    )


def _offers(offers: Sequence[Offered]) -> Any:
    priced = [one for one in offers if one.amount is not None]
    each = [_offer(one) for one in priced]
    if len({one.currency for one in priced}) != 1 or len(priced) < 2:
        return each[0] if len(each) == 1 else each
    amounts = sorted((one.amount for one in priced if one.amount), key=float)
    return {
        "@type": "AggregateOffer",
        "lowPrice": amounts[0],
        "highPrice": amounts[-1],
        "priceCurrency": priced[0].currency,
        "offerCount": len(priced),
        "offers": each,
    }


def _offer(one: Offered) -> Data:
    return _without_nothing(
        {
            "@type": "Offer",
            "price": one.amount,
            "priceCurrency": one.currency,
            "availability": AVAILABLE[one.in_stock],
            "priceValidUntil": one.until.date().isoformat() if one.until else None,
            "seller": {"@type": "Organization", "name": one.seller, "url": one.seller_url},
        }
    )


@dataclass(frozen=True, slots=True)
class Shop:
    """A point of sale. `week` is (weekday 0–6, opens, closes)."""

    name: str
    address: str
    city: str
    region: str
    country: str
    latitude: float | None
    longitude: float | None
    phone: str
    week: Sequence[tuple[int, str, str]]


def seller(*, name: str, url: str, description: str, image: str, founded: int | None, same: str, shops: Sequence[Shop]) -> Data:
    """A company that sells, with the places where it does."""
    return _thing(
        "Organization",
        name=name,
        url=url,
        description=description,
        image=image,
        foundingDate=str(founded) if founded else "",
        sameAs=same,
        location=[_shop(one) for one in shops],
    )


def _shop(one: Shop) -> Data:
    return _without_nothing(
        {
            "@type": "Store",
            "name": one.name,
            "telephone": one.phone,
            "address": _without_nothing(
                {
                    "@type": "PostalAddress",
                    "streetAddress": one.address,
                    "addressLocality": one.city,
                    "addressRegion": one.region,
                    "addressCountry": one.country,
                }
            ),
            "geo": {"@type": "GeoCoordinates", "latitude": one.latitude, "longitude": one.longitude} if one.latitude is not None else None,
            "openingHoursSpecification": [
                {"@type": "OpeningHoursSpecification", "dayOfWeek": WEEKDAYS[day], "opens": opens, "closes": closes}
                for day, opens, closes in one.week
            ],
        }
    )


def article(*, title: str, url: str, description: str, at: datetime, author: str, author_url: str, image: str, publisher: str) -> Data:
    return _thing(
        "Article",
        headline=title,
        url=url,
        description=description,
        datePublished=at.isoformat(),
        image=image,
        author={"@type": "Organization", "name": author, "url": author_url},
        publisher={"@type": "Organization", "name": publisher},
    )


def listing(items: Iterable[tuple[str, str]]) -> Data:
    """(name, address) in the order shown."""
    return _thing(
        "ItemList",
        itemListElement=[{"@type": "ListItem", "position": n, "name": name, "url": url} for n, (name, url) in enumerate(items, 1)],
    )


def questions(pairs: Iterable[tuple[str, str]]) -> Data:
    """(question, answer) that the page shows."""
    return _thing(
        "FAQPage",
        mainEntity=[{"@type": "Question", "name": asked, "acceptedAnswer": {"@type": "Answer", "text": answer}} for asked, answer in pairs],
    )


def guide(*, name: str, description: str, url: str, steps: Sequence[str], at: datetime) -> Data:
    """A guide that helps to decide: its questions are its steps."""
    told = [{"@type": "HowToStep", "position": place, "name": one} for place, one in enumerate(steps, 1)]
    return _thing("HowTo", name=name, description=description, url=url, dateModified=at.isoformat(), step=told)


def _thing(kind: str, **terms: Any) -> Data:
    return {"@context": "https://schema.org", "@type": kind, **_without_nothing(terms)}


def _without_nothing(terms: Mapping[str, Any]) -> Data:
    return {name: value for name, value in terms.items() if value not in (None, "", [], {})}
