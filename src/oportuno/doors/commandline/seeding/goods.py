"""What sellers offer, brought in by the importer as a seller would."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.kernel.packs.demo import DemoOffer, DemoProduct, DemoSeller, DemoVariant
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.media.api import Drawing
from oportuno.people.organisations.api import Member


def stock_shelves(
    seller: DemoSeller, offers: list[DemoOffer], products: Mapping[str, DemoProduct], labels: Mapping[str, str], me: Member, at: datetime
) -> int:
    """Import a seller's offers, and draw the pictures of what it described; how many offers. `labels`: what attributes are called."""
    points = {point.key: point.name for point in seller.points}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "productos.jsonl"
        with file.open("w", encoding="utf-8") as out:
            for offer in mixed(offers, products):
                for row in _rows(offer, products[offer.product], labels, points):
                    out.write(json.dumps(row, ensure_ascii=False) + "\n")
        _import(file, seller, me, at)
    with for_organisation(me.organisation.pk):
        catalogue.illustrate({_sku(offer): _drawing(products[offer.product]) for offer in offers}, at=at)
    return len(offers)


def mixed(offers: list[DemoOffer], products: Mapping[str, DemoProduct]) -> list[DemoOffer]:
    """Kinds in turn, what the seller has most of last: lists show the latest first, so they begin with variety."""
    by_kind: dict[str, list[DemoOffer]] = {}
    for offer in offers:
        by_kind.setdefault(products[offer.product].category, []).append(offer)
    kinds = sorted(by_kind.values(), key=len, reverse=True)
    return [offer for turn in zip_longest(*kinds) for offer in turn if offer][::-1]


def _import(file: Path, seller: DemoSeller, me: Member, at: datetime) -> None:
    with for_organisation(me.organisation.pk):
        run = catalogue.start_import(name=file.name, path=file, currency=seller.currency, by=me.id, at=at, dry_run=False, language="es")
    done = catalogue.run_import(Lease(job=0, attempt=0, organisation=me.organisation.pk, name="seed"), run.pk)
    if done.wrong or done.state != done.State.DONE:
        raise Refusal(f"The demo's products of {seller.name} did not go in: {done.state}, {done.wrong} wrong rows.")


def _rows(offer: DemoOffer, product: DemoProduct, labels: Mapping[str, str], points: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The main row, and one for each variant when there is more than one."""
    many = len(offer.variants) > 1
    first = offer.variants[0]
    main: dict[str, Any] = {
        "sku": _sku(offer),
        "title_es": product.title.es,
        "title_en": product.title.en,
        "description_es": product.description.es,
        "description_en": product.description.en,
        "kind": product.sells,
        "category": product.category,
        "attributes": {key: list(v) if isinstance(v, tuple) else v for key, v in product.attributes.items()},
        "unit": offer.unit.es,
        "tax": offer.tax,
        "lead_days": str(offer.lead_days),
        "quote_only": "1" if offer.quote_only else "0",
        "has_variants": "1" if many else "0",
        "active": "1",
    }
    if product.gtin:
        main["gtin"] = product.gtin
    yield main if many else main | _listing(offer, first, points)
    if many:
        for number, variant in enumerate(offer.variants):
            label = variant.label.es if variant.label else str(number + 1)
            options = {labels[key]: label for key in variant.attributes}
            yield {"sku": variant.sku, "parent": _sku(offer), "options": options, "active": "1"} | _listing(offer, variant, points)


def _listing(offer: DemoOffer, variant: DemoVariant, points: Mapping[str, str]) -> dict[str, Any]:
    listing: dict[str, Any] = {}
    if variant.price is not None:
        listing["prices"] = {offer.currency: str(variant.price)}
    if variant.stock:
        listing["stock"] = {points[key]: count for key, count in variant.stock.items()}
    return listing


def _sku(offer: DemoOffer) -> str:
    """Of the main offer: the only variant's own, else one that stands for all."""
    return offer.variants[0].sku if len(offer.variants) == 1 else f"{offer.variants[0].sku}-T"


def _drawing(product: DemoProduct) -> Drawing:
    return Drawing(product.picture.kind, product.picture.colour, product.picture.seed, product.title.es)
