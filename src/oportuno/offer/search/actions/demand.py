"""What people look for: told as facts by whoever shows results, counted in sets by a reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound
from oportuno.kernel.facts import Buffer, Recorded, record, record_cheaply
from oportuno.kernel.isolation import for_market
from oportuno.kernel.moments import Moments
from oportuno.offer.search.facts import DemandHandled, Searched
from oportuno.offer.search.models import SearchDemand
from oportuno.offer.search.queries.answers import Results
from oportuno.offer.search.queries.asking import Query
from oportuno.offer.search.rules.private import keepable
from oportuno.people.organisations.api import Member, market_operator

OPERATOR: Moments[int] = Moments(seconds=60, most=1)
"""Whose market it is; whoever searches tells it, and asks once a minute."""
HALF_LIFE = 7.0  # days after which a search counts half towards its trend

COUNT = f"""
INSERT INTO search_demand AS d (text, shown, language, place, times, unmet, results, askers, recent, first_at, last_at, handled_at, handled_by_id)
SELECT text, shown, language, place, times, unmet, results, 1, times, at, at, NULL, NULL
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::int[], %s::int[], %s::int[], %s::timestamptz[])
    AS given(text, shown, language, place, times, unmet, results, at) ORDER BY text, language, place
ON CONFLICT (text, language, place) DO UPDATE SET
    times = d.times + excluded.times, unmet = d.unmet + excluded.unmet, results = excluded.results,
    askers = d.askers + (d.last_at::date <> excluded.last_at::date)::int,
    recent = excluded.recent + d.recent * power(0.5, GREATEST(0, extract(epoch FROM excluded.last_at - d.last_at)) / (86400 * {HALF_LIFE})),
    last_at = GREATEST(d.last_at, excluded.last_at), shown = excluded.shown,
    handled_at = CASE WHEN excluded.unmet > 0 AND d.results > 0 THEN NULL ELSE d.handled_at END
"""


def searched(query: Query, results: Results, *, at: datetime, visitor: UUID | None = None) -> bool:
    """Tell that somebody asked, within a second or so; whether it will be told. Only the first page of a question with words counts.

    `visitor` only with her consent. What may be somebody's data is not kept. Costs the page nothing; a crash may lose it.
    """
    text = keepable(query.text)
    if not text or query.after:
        return False
    ASKED.put(
        Searched(
            text=" ".join(query.text.split()),
            language=query.language[:2],
            results=results.total,
            unmet=results.unmet,
            place=query.place,
            kind_asked=query.kind or "",
            visitor=visitor,
            at=at,
        )
    )
    return True


def write(asked: Sequence[Searched]) -> int:
    """Into the log of whose market it is; a market without an operator has none."""
    with suppress(NotFound), for_market("tell what was looked for"):
        operator = OPERATOR.get("operator", lambda: market_operator().pk)
        return record_cheaply([(operator, one) for one in asked])
    return 0


ASKED: Buffer[Searched] = Buffer("searches", write)


@dataclass
class _Counted:
    times: int = 0
    unmet: int = 0
    results: int = 0
    shown: str = ""
    at: datetime | None = field(default=None)


def count_demand(batch: Sequence[Recorded]) -> int:
    """Add a batch of searches to the counts, in one statement; how many different questions it had."""
    found: dict[tuple[str, str, str], _Counted] = defaultdict(_Counted)
    for fact in batch:
        text = keepable(fact.data["text"])
        if text:
            one = found[text, fact.data["language"], fact.data.get("place", "")]
            one.times += 1
            one.unmet += bool(fact.data.get("unmet"))
            one.results, one.shown = fact.data["results"], fact.data["text"].strip()
            one.at = max(one.at or fact.at, fact.at)
    rows: list[tuple[Any, ...]] = [
        (text, one.shown, language, place, one.times, one.unmet, one.results, one.at) for (text, language, place), one in found.items()
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(COUNT, [list(column) for column in zip(*rows, strict=True)])
    return len(rows)


@transaction.atomic
def handle_demand(*, demand: int, by: Member, at: datetime) -> SearchDemand:
    """The operator has answered it (found a seller, written about it): it leaves the list until it is asked in vain again.

    Raises NotFound.
    """
    one = SearchDemand.objects.select_for_update().filter(pk=demand).first()
    if one is None:
        raise NotFound(_("This search is not counted any more."))
    if one.handled_at is None:
        one.handled_at, one.handled_by_id = at, by.id
        one.save(update_fields=["handled_at", "handled_by_id"])
        record(DemandHandled(text=one.text, by=by.id, at=at))
    return one
