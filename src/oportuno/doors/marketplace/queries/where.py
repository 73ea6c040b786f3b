"""Where results can be found, for the map beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.urls import reverse

from oportuno.doors.marketplace.queries.asking import Shown
from oportuno.kernel.ui.cards import Place
from oportuno.offer.directory import api as directory

MOST_LINES = 3


def of_results(shown: Sequence[Shown]) -> list[Place]:
    """Points of sale of the sellers of these results, each with what of them it has; one query."""
    titles: dict[str, list[str]] = defaultdict(list)
    for one in shown:
        if one.hit.seller_slug:
            titles[one.hit.seller_slug].append(one.hit.title if one.kind == "product" else "")
    points = directory.PointOfSale.objects.filter(seller__slug__in=list(titles), published=True, latitude__isnull=False)
    return [
        Place(
            name=f"{point.seller.trade_name} · {point.name}",
            latitude=point.latitude or 0.0,
            longitude=point.longitude or 0.0,
            href=reverse("market:seller", args=[point.seller.slug]),
            lines=[one for one in titles[point.seller.slug] if one][:MOST_LINES],
        )
        for point in points.select_related("seller").order_by("seller__trade_name", "name")
    ]
