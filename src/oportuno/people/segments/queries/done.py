"""What each contact did, put together from the log: how often, first, last, when lately, and which of the last things were answered.

The log is the truth; what is kept is made of it anew for the contacts that a fact touches, so that it may be done twice. What
became one contact by merging did it together.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from oportuno.kernel.facts.log import kind_number
from oportuno.people.segments.models import DeedKept
from oportuno.people.segments.queries.deeds import deeds
from oportuno.people.segments.rules.deeds import DEEPEST, LATELY, LONGEST_ABOUT, DeedKind

VERSION = 1  # of how it is put together: another one has all of it made anew
Param = Callable[[Any], str]

NOW = """
WITH mine AS MATERIALIZED (
    SELECT c.id FROM contact c WHERE c.organisation_id = %(organisation)s AND c.id = ANY(%(contacts)s)
), whose AS MATERIALIZED (
    SELECT id AS contact_id, id AS source FROM mine
    UNION ALL
    SELECT m.kept_id, m.gone_id FROM contact_merge m JOIN mine ON mine.id = m.kept_id
    WHERE m.organisation_id = %(organisation)s AND m.undone_at IS NULL
), told AS MATERIALIZED (
    SELECT w.contact_id, f.kind_id, f.at, f.subject_id, f.data FROM whose w CROSS JOIN LATERAL (
        SELECT f.kind_id, f.at, f.subject_id, f.data FROM fact f
        WHERE f.organisation_id = %(organisation)s AND f.contact_id = w.source AND f.kind_id IN ({kinds}) OFFSET 0
    ) f -- each contact's own by index: of millions the planner would rather read the whole log for a few thousand
), done (contact_id, deed, at, subject_id, path) AS MATERIALIZED (
    {done}
), places AS (
    SELECT contact_id, deed, subject_id, row_number() OVER (PARTITION BY contact_id, deed ORDER BY at DESC, subject_id DESC) - 1 AS place
    FROM done WHERE deed = ANY(%(asked)s) AND subject_id IS NOT NULL
), answered AS (
    SELECT p.contact_id, o.deed, bit_or(1 << p.place::int) AS answered
    FROM unnest(%(answering)s::int[], %(asked)s::int[]) AS o (deed, asked)
    JOIN places p ON p.deed = o.asked AND p.place < {lately}
    JOIN done d ON d.contact_id = p.contact_id AND d.deed = o.deed AND d.subject_id = p.subject_id
    GROUP BY 1, 2
), about (contact_id, deed, about, at) AS (
    SELECT contact_id, deed, '', at FROM done{about}
), now AS MATERIALIZED (
    SELECT a.contact_id, a.deed, a.about, count(*)::int AS times, min(a.at) AS first, max(a.at) AS last,
        (array_agg(a.at ORDER BY a.at DESC))[1:{lately}] AS moments
    FROM about a GROUP BY 1, 2, 3
), whole AS (
    SELECT n.*, COALESCE(w.answered, 0) AS answered FROM now n
    LEFT JOIN answered w ON w.contact_id = n.contact_id AND w.deed = n.deed AND n.about = ''
)
"""
BELOW = """
    UNION ALL
    SELECT d.contact_id, d.deed, array_to_string((string_to_array(d.below, '/'))[1:n], '/'), d.at
    FROM (SELECT contact_id, deed, at, regexp_replace(substr(path, {begin}), '/[^/]*$', '') AS below FROM done
        WHERE deed = {deed} AND starts_with(path, {prefix}) AND strpos(substr(path, {begin}), '/') > 0) d,
        generate_series(1, LEAST({deepest}, cardinality(string_to_array(d.below, '/')))) n
    WHERE length(array_to_string((string_to_array(d.below, '/'))[1:n], '/')) <= {longest}"""
KEEP = """, gone AS (
    DELETE FROM contact_deed k WHERE k.organisation_id = %(organisation)s AND k.contact_id = ANY(%(contacts)s)
        AND NOT EXISTS (SELECT FROM now n WHERE n.contact_id = k.contact_id AND n.deed = k.deed AND n.about = k.about)
)
INSERT INTO contact_deed AS k (organisation_id, deed, about, contact_id, times, first, last, moments, answered)
SELECT %(organisation)s, deed, about, contact_id, times, first, last, moments, answered FROM whole ORDER BY deed, about, contact_id
ON CONFLICT (organisation_id, deed, about, contact_id) DO UPDATE
SET times = excluded.times, first = excluded.first, last = excluded.last, moments = excluded.moments, answered = excluded.answered
WHERE (k.times, k.first, k.last, k.moments, k.answered) IS DISTINCT FROM
    (excluded.times, excluded.first, excluded.last, excluded.moments, excluded.answered)
"""
DIFFERENT = """
SELECT count(*) FROM whole w FULL JOIN (
    SELECT * FROM contact_deed k WHERE k.organisation_id = %(organisation)s AND k.contact_id = ANY(%(contacts)s)
) k ON k.contact_id = w.contact_id AND k.deed = w.deed AND k.about = w.about
WHERE (k.times, k.first, k.last, k.moments, k.answered) IS DISTINCT FROM (w.times, w.first, w.last, w.moments, w.answered)
"""


def number_of(deed: DeedKind) -> int:
    """The number that stands for it in the table, as facts have one."""
    return kind_number(f"deed.{deed.key}")


def digest_of(deed: DeedKind) -> str:
    """Tells one meaning of a deed from another: what was put together of the one says nothing of the other."""
    asked = deeds().get(deed.of)
    said = [
        VERSION,
        LATELY,
        DEEPEST,
        *([*sorted(one.kinds), dict(one.only), dict(one.never), one.under, one.of] for one in (deed, asked) if one),
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]


def whole_deeds() -> set[str]:
    """Keys of the deeds that are put together for every contact as they are meant today."""
    kept = dict(DeedKept.objects.values_list("deed", "digest"))
    return {one.key for one in deeds().values() if kept.get(number_of(one)) == digest_of(one)}


def says(deed: DeedKind, alias: str, param: Param) -> str:
    """What must and must not stand in a fact's data, beginning with AND."""
    only = [f" AND COALESCE({alias}.data ->> {param(key)}::text = {param(value)}, false)" for key, value in deed.only.items()]
    never = [f" AND {alias}.data ->> {param(key)}::text IS DISTINCT FROM {param(value)}" for key, value in deed.never.items()]
    return "".join([*only, *never])


def put_together(organisation: int, contacts: Sequence[UUID]) -> int:
    """Make what is kept of these contacts what the log says; how many rows that wrote. Acts for the market."""
    return _run(NOW, KEEP, organisation, contacts)[0]


def told_otherwise(organisation: int, contacts: Sequence[UUID]) -> int:
    """How many rows of these contacts are not what the log says."""
    return int(_run(NOW, DIFFERENT, organisation, contacts)[1])


def _run(begins: str, ends: str, organisation: int, contacts: Sequence[UUID]) -> tuple[int, Any]:
    known = deeds()
    if not known or not contacts:
        return 0, 0
    said, params = _said(known)
    with connection.cursor() as cursor:
        cursor.execute(begins.format(**said) + ends, {**params, "organisation": organisation, "contacts": list(contacts)})
        return int(cursor.rowcount), cursor.fetchone()[0] if cursor.description else None


def _said(known: Mapping[str, DeedKind]) -> tuple[dict[str, Any], dict[str, Any]]:
    params: dict[str, Any] = {}

    def param(value: Any) -> str:
        params[name := f"q{len(params)}"] = value
        return f"%({name})s"

    pairs = [(number_of(one), number_of(known[one.of])) for one in known.values() if one.of in known]
    done = [
        f"SELECT t.contact_id, {number_of(one)}, t.at, t.subject_id, t.data ->> 'path' FROM told t WHERE t.kind_id IN ({_kinds(one)}){says(one, 't', param)}"
        for one in known.values()
    ]
    about = [
        BELOW.format(deed=number_of(one), prefix=param(prefix), begin=len(prefix) + 1, deepest=DEEPEST, longest=LONGEST_ABOUT)
        for one in known.values()
        for prefix in one.under
    ]
    said = {
        "kinds": ", ".join(_kinds(one) for one in known.values()), "done": "\n    UNION ALL ".join(done), "about": "".join(about), "lately": LATELY,
    }  # fmt: skip
    return said, {**params, "answering": [one for one, _ in pairs], "asked": [one for _, one in pairs]}


def _kinds(deed: DeedKind) -> str:
    return ", ".join(str(kind_number(kind)) for kind in deed.kinds)
