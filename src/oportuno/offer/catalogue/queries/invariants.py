"""What must always hold of the catalogue, counted across the market. 0 is well."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.db import connection

from oportuno.kernel.isolation import for_market

CHECKS = {  # name: (promise, how many break it)
    "shown": (
        "An offer is on show only while its seller is",
        """SELECT count(*) FROM offer o LEFT JOIN seller s ON s.organisation_id = o.organisation_id
           WHERE o.published AND NOT COALESCE(s.published, false)""",
    ),
    "offered": (
        "A product is on show only while somebody on show offers it",
        """SELECT count(*) FROM product p WHERE p.published
           AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.product_id = p.id AND o.published AND o.variant_id IS NULL)""",
    ),
    "stock": ("There is never less than nothing in stock", "SELECT count(*) FROM stock WHERE on_hand < 0"),
    "movements": (
        "Stock is the sum of its movements",
        """SELECT count(*) FROM stock s LEFT JOIN (SELECT stock_id, sum(change) AS n FROM stock_movement GROUP BY stock_id) m
           ON m.stock_id = s.id WHERE s.on_hand <> COALESCE(m.n, 0)""",
    ),
    "sums": (
        "What lists show as stock is the sum over all places",
        """SELECT count(*) FROM offer o JOIN (SELECT offer_id, sum(on_hand) AS n FROM stock GROUP BY offer_id) s ON s.offer_id = o.id
           WHERE NOT o.has_variants AND o.on_hand IS DISTINCT FROM s.n""",
    ),
    "prices": ("No price is less than zero", "SELECT count(*) FROM offer_price WHERE amount_minor < 0 OR compare_minor < 0"),
    "products": (
        "Every offer has its product",
        "SELECT count(*) FROM offer o WHERE NOT EXISTS (SELECT 1 FROM product p WHERE p.id = o.product_id)",
    ),
}


def catalogue_invariants() -> dict[str, int]:
    """Violations by name. Looks at every row: for operators and tests, not for pages."""
    with for_market("the catalogue's promises hold for every seller"):
        return {name: _count(sql) for name, (_, sql) in CHECKS.items()}


def _count(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


PROMISES: dict[str, tuple[str, Callable[[], int]]] = {name: (promise, partial(_count, sql)) for name, (promise, sql) in CHECKS.items()}
"""Each promise in words, and a count of where it is broken; acts as the caller does."""
