"""A market to measure in: the demo, and as many made-up products more as wanted, all in search."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import goods
from scratch import Scratch

SHELVES_OF = 10  # sellers who share the made-up products
SET = 500


def open_demo() -> None:
    """The demo market of `flores`, as `oportuno seed` makes it, and what the worker does after it: its products into search."""
    from oportuno.doors.commandline.seeding.market import seed
    from oportuno.kernel.clock import now
    from oportuno.kernel.isolation import for_public
    from oportuno.kernel.packs import load
    from oportuno.offer.catalogue import api
    from oportuno.offer.search.api import learn

    seed(load("flores"), at=now(), tell=lambda _: None)
    with for_public():
        products = list(api.Product.objects.filter(published=True).values_list("pk", flat=True))
    api.feed_search(products)
    learn(anew=True)


def vetted_sellers() -> list[Any]:
    """Organisations whose offers show, the eldest first."""
    from oportuno.kernel.isolation import for_public
    from oportuno.offer.directory.api import Seller
    from oportuno.people.organisations.api import Organisation

    with for_public():
        shown = list(Seller.objects.filter(published=True).order_by("organisation_id").values_list("organisation_id", flat=True))
    return list(Organisation.objects.filter(pk__in=shown).order_by("pk"))


def bring(scratch: Scratch, count: int, *, start: int) -> None:
    """Import `count` products, a tenth for each of ten sellers, and put them into search; then tidy up as autovacuum would in time."""
    from oportuno.offer.search.api import learn

    sellers = vetted_sellers()[:SHELVES_OF]
    share = count // len(sellers)
    with tempfile.TemporaryDirectory() as folder:
        for place, seller in enumerate(sellers):
            first = start + place * share
            run = import_file(goods.write(Path(folder) / f"{first}.csv", share, start=first), seller)
            if run.wrong or run.new != share:
                raise SystemExit(f"the made-up products did not go in: {run.new} new, {run.wrong} wrong")
            index(seller.pk, run.pk)
    learn(anew=True)
    scratch.as_owner("VACUUM ANALYZE")


def import_file(file: Path, seller: Any) -> Any:
    """As the command line does; the finished run."""
    from oportuno.kernel.clock import now
    from oportuno.kernel.isolation import for_organisation
    from oportuno.kernel.jobs import Lease
    from oportuno.offer.catalogue import api

    with for_organisation(seller.pk):
        run = api.start_import(name=file.name, path=file, at=now(), currency="COP", dry_run=False, language="es")
    return api.run_import(Lease(0, 0, seller.pk, "bench"), run.pk)


def index(organisation: int, run: UUID) -> int:
    """What the worker's jobs do after an import: its products into search. How many."""
    from oportuno.kernel.isolation import for_organisation
    from oportuno.offer.catalogue import api
    from oportuno.offer.catalogue.models import ImportRow

    with for_organisation(organisation):
        rows = ImportRow.objects.filter(run_id=run, product_id__isnull=False).order_by("number")
        products = [one for one in rows.values_list("product_id", flat=True) if one]
        done = 0
        for begin in range(0, len(products), SET):
            done += api.feed_search(products[begin : begin + SET])
    return done


def some_products(count: int) -> list[str]:
    """Addresses of products on show, drawn from all over the market."""
    from oportuno.kernel.isolation import for_public
    from oportuno.offer.catalogue.api import Product

    with for_public():
        slugs: Sequence[str] = list(Product.objects.filter(published=True).order_by("slug").values_list("slug", flat=True))
    return [f"/productos/{slug}/" for slug in random.Random(5).sample(slugs, min(count, len(slugs)))]


def seller_pages() -> list[str]:
    return [f"/v/{one.slug}/" for one in vetted_sellers()]
