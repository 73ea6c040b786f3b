"""What must always hold of the catalogue, counted across the market. 0 is well."""

from __future__ import annotations

from django.db import connection

from oportuno.kernel.isolation import for_market

CHECKS = {
    "offers on show of sellers who are not": """
        SELECT count(*) FROM offer o LEFT JOIN seller s ON s.organisation_id = o.organisation_id
        WHERE o.published AND NOT COALESCE(s.published, false)""",
    "products on show that nobody on show offers": """
        SELECT count(*) FROM product p WHERE p.published
        AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.product_id = p.id AND o.published AND o.variant_id IS NULL)""",
    "stock below zero": "SELECT count(*) FROM stock WHERE on_hand < 0",
    "stock that its movements do not add up to": """
        SELECT count(*) FROM stock s LEFT JOIN (SELECT stock_id, sum(change) AS n FROM stock_movement GROUP BY stock_id) m ON m.stock_id = s.id
        WHERE s.on_hand <> COALESCE(m.n, 0)""",
    "prices below zero": "SELECT count(*) FROM offer_price WHERE amount_minor < 0",
    "offers without their product": "SELECT count(*) FROM offer o WHERE NOT EXISTS (SELECT 1 FROM product p WHERE p.id = o.product_id)",
}


def catalogue_invariants() -> dict[str, int]:
    """Violations by name. Looks at every row: for operators and tests, not for pages."""
    found = {}
    with for_market("the catalogue's promises hold for every seller"), connection.cursor() as cursor:
        for name, sql in CHECKS.items():
            cursor.execute(sql)
            row = cursor.fetchone()
            found[name] = int(row[0]) if row else 0
    return found
