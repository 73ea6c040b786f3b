"""Looking over all contacts of an organisation for those that are the same, by sets."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection

from oportuno.kernel.isolation import acting_organisation, for_market
from oportuno.kernel.jobs import defer
from oportuno.people.audience.models import LikelyPair, LikenessLook

MOST_PAIRS = 5_000  # the likeliest; whoever has joined or parted those finds the following ones
MOST_ALIKE = 12  # who shares a name and a city, or a switchboard, with more than these shows nothing by it
ALIKE = 0.75
IDLE = 100  # of the time, one part goes into looking
EMPTY = ("de", "del", "la", "las", "los", "y", "e", "sa", "sas", "ltda", "cia", "srl", "sl", "cv", "rl", "inc", "llc", "ltd", "")
"""Words of names that tell nobody apart."""
SOUNDS = (
    ("ch", "x"), ("ph", "f"), ("qu", "k"), ("ll", "y"), ("ce", "se"), ("ci", "si"), ("ge", "je"), ("gi", "ji"), ("z", "s"), ("c", "k"), ("v", "b"),
    ("w", "b"), ("h", ""), ("ss", "s"), ("nn", "n"), ("tt", "t"), ("rr", "r"), ("mm", "m"), ("pp", "p"), ("ff", "f"), ("oo", "o"), ("ee", "e"),
)  # fmt: skip
"""How Spanish is heard: who takes a name by phone writes Gonzales for González and Jiménez for Giménez."""
PLAIN = "translate(lower(btrim({column})), 'áéíóúüñ.', 'aeiouun')"


def _heard(column: str) -> str:
    said = f"translate({column}, '.,-''\"()&', '')"
    for letters, sound in SOUNDS:
        said = f"replace({said}, '{letters}', '{sound}')"
    return said


LOOK = f"""
WITH known AS MATERIALIZED (
    SELECT c.id, c.kind, c.person_id, c.name_key, s.sound, {PLAIN.format(column="c.place")} AS place, {PLAIN.format(column="c.company_name")} AS company
    FROM contact c CROSS JOIN LATERAL (
        SELECT string_agg(word, ' ' ORDER BY word) AS sound FROM unnest(string_to_array({_heard("c.name_key")}, ' ')) word WHERE word <> ALL (%(empty)s)
    ) s WHERE c.organisation_id = %(here)s
), spots AS MATERIALIZED (
    SELECT id, name_key, sound, kind || ' p ' || place AS spot FROM known WHERE sound <> '' AND place <> ''
    UNION ALL SELECT id, name_key, sound, kind || ' c ' || company FROM known WHERE sound <> '' AND company <> ''
), mailboxes AS (
    SELECT contact_id AS id, split_part(split_part(key, '@', 1), '+', 1) AS box, split_part(key, '@', 2) AS host
    FROM contact_identity WHERE organisation_id = %(here)s AND kind = 'email'
), alike AS (
    SELECT 'name' AS what, id, spot || ' ' || sound AS key FROM spots
    UNION SELECT 'mailbox', id, CASE WHEN host IN ('gmail.com', 'googlemail.com') THEN replace(box, '.', '') || '@gmail.com' ELSE box || '@' || host END FROM mailboxes
    UNION SELECT i.kind, i.contact_id, i.key FROM contact_identity i JOIN contact_identity s
        ON s.organisation_id = i.organisation_id AND s.kind = i.kind AND s.key = i.key AND s.shared
        WHERE i.organisation_id = %(here)s AND s.organisation_id = %(here)s AND i.kind IN ('email', 'phone')
), beside AS (
    SELECT what, id, count(*) OVER (PARTITION BY what, key) AS many, ARRAY[lead(id, 1) OVER w, lead(id, 2) OVER w, lead(id, 3) OVER w, lead(id, 4) OVER w] AS others
    FROM alike WINDOW w AS (PARTITION BY what, key ORDER BY id)
), neighbours AS (
    SELECT n.id, n.name_key, n.sound, o.id AS other, o.name_key AS other_key, o.sound AS other_sound FROM (
        SELECT id, name_key, sound, lead(id, 1) OVER w AS o1, lead(name_key, 1) OVER w AS k1, lead(sound, 1) OVER w AS s1,
            lead(id, 2) OVER w AS o2, lead(name_key, 2) OVER w AS k2, lead(sound, 2) OVER w AS s2
        FROM (SELECT DISTINCT ON (spot, sound) id, name_key, sound, spot FROM spots ORDER BY spot, sound, id) one WINDOW w AS (PARTITION BY spot ORDER BY name_key, id)
    ) n CROSS JOIN LATERAL (VALUES (o1, k1, s1), (o2, k2, s2)) o (id, name_key, sound) WHERE o.id IS NOT NULL
), found AS (
    SELECT id AS one, other, what FROM beside CROSS JOIN LATERAL unnest(others) other WHERE many BETWEEN 2 AND %(alike_most)s AND other <> id
    UNION ALL SELECT LEAST(id, other), GREATEST(id, other), 'near' FROM neighbours WHERE similarity(name_key, other_key) >= %(alike)s
        OR (string_to_array(sound, ' ') <@ string_to_array(other_sound, ' ') AND sound LIKE '%% %%')
        OR (string_to_array(other_sound, ' ') <@ string_to_array(sound, ' ') AND other_sound LIKE '%% %%')
), told AS (
    SELECT f.one, f.other, CASE WHEN f.what = 'name' AND a.name_key <> b.name_key THEN 'near' ELSE f.what END AS reason,
        CASE f.what WHEN 'email' THEN 1 WHEN 'mailbox' THEN 1 WHEN 'name' THEN CASE WHEN a.name_key = b.name_key THEN 3 ELSE 4 END WHEN 'near' THEN 5
            ELSE CASE WHEN similarity(a.name_key, b.name_key) >= 0.3 THEN 2 ELSE 6 END END AS rank
    FROM found f JOIN known a ON a.id = f.one JOIN known b ON b.id = f.other
    WHERE a.kind = b.kind AND (a.person_id IS NULL OR b.person_id IS NULL OR a.person_id = b.person_id)
        AND NOT EXISTS (SELECT 1 FROM contact_distinct d WHERE d.organisation_id = %(here)s AND d.first_id = f.one AND d.second_id = f.other)
), judged AS MATERIALIZED (
    SELECT one, other, array_agg(DISTINCT reason) AS reasons, min(rank) AS rank FROM told GROUP BY one, other ORDER BY min(rank), one, other LIMIT %(most)s
), stale AS (
    DELETE FROM contact_likely_pair p WHERE p.organisation_id = %(here)s AND NOT EXISTS (SELECT 1 FROM judged j WHERE j.one = p.first_id AND j.other = p.second_id)
)
INSERT INTO contact_likely_pair AS p (id, organisation_id, first_id, second_id, reasons, rank, found_at)
SELECT gen_random_uuid(), %(here)s, one, other, reasons, rank, %(at)s FROM judged
ON CONFLICT (organisation_id, first_id, second_id) DO UPDATE SET reasons = excluded.reasons, rank = excluded.rank
    WHERE (p.reasons, p.rank) IS DISTINCT FROM (excluded.reasons, excluded.rank)
"""


def look_for_duplicates(*, at: datetime) -> None:
    """Look over all contacts of the organisation we act for. What was found before and does not hold any more goes; twice changes nothing."""
    begun, here = time.monotonic(), acting_organisation()
    with connection.cursor() as cursor:
        cursor.execute(LOOK, {"here": here, "empty": list(EMPTY), "alike_most": MOST_ALIKE, "alike": ALIKE, "most": MOST_PAIRS, "at": at})
    rest = timedelta(seconds=(time.monotonic() - begun) * IDLE)
    LikenessLook.objects.update_or_create(organisation_id=here, defaults={"looked_at": at, "next_at": at + rest})


def look_later(organisations: Iterable[int]) -> None:
    """Have their contacts looked over, once each, as soon as it is their turn again."""
    wanted = sorted(set(organisations))
    with for_market("each organisation's contacts were looked over at another time"):
        turns = dict(LikenessLook.objects.filter(organisation_id__in=wanted).values_list("organisation_id", "next_at"))
    for one in wanted:
        defer("audience.look_for_duplicates", organisation=one, once=f"duplicates {one}", at=turns.get(one))


def forget_pairs(contacts: Iterable[object]) -> None:
    """Whoever goes is in no pair any more; in the organisation we act for."""
    gone = list(contacts)
    LikelyPair.objects.filter(organisation_id=acting_organisation(), first_id__in=gone).delete()
    LikelyPair.objects.filter(organisation_id=acting_organisation(), second_id__in=gone).delete()
