"""Segments of an organisation: counts, first pages, members gathered and kept, with what people did, and what that takes.

    python bench/segments.py [--quick] [--most NUMBER] [--json FILE]

At most: the same three counts as plain SQL by hand, past row-level security, in the same run.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from frame import Size, Workload, clocked, main, several
from scratch import Scratch

PLACES = ("Bogotá", "Medellín", "Cali", "Cartagena", "Pasto", "Bogota", "Barranquilla", "Manizales", "Pereira", "Neiva")
NAMES = ("María", "Juan", "Carmen", "Luis", "Ana", "Pedro", "Sofía", "Andrés", "Lucía", "Jorge")
FAMILIES = ("Pérez", "Gómez", "Rodríguez", "Martínez", "García", "López", "Ruiz", "Díaz")
STAGES = ("contact", "lead", "prospect", "customer")
FACTS_EACH = 8  # of a contact: five mails sent, some of them opened, a page seen, a question now and then
MOST_FACTS = 8_000_000
AT = datetime.now(UTC).replace(microsecond=0)
CONTACT = (
    "id, organisation_id, display_name, name_key, given_name, family_name, company_name, job_title, kind, stage, language, country, place, tags, email, phone, "
    "fields, source, created_at, last_seen_at"
)
PEERS = {"two cities": "listmonk 698 · Odoo 307", "tag or name": "listmonk 1,787 · Odoo 1,165", "city, tag": "listmonk 206 · Odoo 180"}


def measure(size: Size) -> Iterator[Workload]:
    for count in [one for one in size.steps if one >= 100_000] or size.steps:
        scratch = Scratch("segments")
        try:
            organisation = founded()
            ids = fill(scratch, organisation, count)
            facts = fill_facts(scratch, organisation, ids)
            scratch.as_owner("VACUUM (ANALYZE) contact", "VACUUM (ANALYZE) fact", "VACUUM (ANALYZE) consent_state")
            yield counted(scratch, organisation, count, size.runs)
            yield by_deeds(organisation, count, facts, size.runs)
            yield kept(organisation, count, ids, size.runs)
        finally:
            scratch.drop()


def founded() -> int:
    from oportuno.people.organisations.testing import make_organisation, make_person

    return int(make_organisation("Medida", owner=make_person("Medida")).pk)


def fill(scratch: Scratch, organisation: int, count: int) -> list[UUID]:
    """By COPY, as the owner of the tables: a hundredth have a tag that is rare, a fifth one that is not, nearly all an e-mail."""
    from oportuno.kernel.ids import new_id

    chance, ids = random.Random(7), []
    with psycopg.connect(**scratch.cluster.dsn("superuser", scratch.name)) as connection, connection.cursor() as cursor:
        with cursor.copy(f"COPY contact ({CONTACT}) FROM STDIN".encode()) as out:
            for number in range(count):
                ids.append(one := new_id())
                given, family = NAMES[number % 10], f"{FAMILIES[number % 8]} {FAMILIES[number // 8 % 8]}"
                tags = "{" + ",".join(("raro",) * (number % 100 == 0) + ("rosas",) * (number % 5 == 0) + (f"lista {number % 20}",)) + "}"
                seen = AT - timedelta(seconds=chance.randrange(400 * 86400))
                email = f"contacto{number}@example.com" if number % 10 else ""
                key = f"{given} {family}".lower().translate(str.maketrans("áéíóú", "aeiou"))
                row = (one, organisation, f"{given} {family}", key, given, family, "", "", "person", STAGES[number % 4], "es-co", "CO", PLACES[number % 10],
                       tags, email, "", "{}", "import", seen - timedelta(days=9), seen)  # fmt: skip
                out.write_row(row)
        connection.commit()
    return ids


def fill_facts(scratch: Scratch, organisation: int, ids: list[UUID]) -> int:
    """In the order of time, as they would be told."""
    from oportuno.kernel.facts.log import kind_number

    sent, opened, viewed = (kind_number(f"{kind}") for kind in ("messaging.message_sent", "messaging.mail_opened", "audience.page_viewed"))
    told, most = 0, min(MOST_FACTS, FACTS_EACH * len(ids))
    with psycopg.connect(**scratch.cluster.dsn("superuser", scratch.name)) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT fact_partition((date_trunc('month', now()) - make_interval(months => n))::date) FROM generate_series(0, 6) n"
        )
        with cursor.copy(b"COPY fact (at, organisation_id, kind_id, subject_id, contact_id, data) FROM STDIN") as out:
            for bulletin in range(5):
                at = AT - timedelta(days=150 - 30 * bulletin)
                for number, one in enumerate(ids):
                    message = UUID(int=bulletin << 64 | number)
                    out.write_row((at, organisation, sent, message, one, '{"purpose": "marketing"}'))
                    told += 1
                    if (number + bulletin) % 3 == 0:
                        out.write_row((at + timedelta(hours=1), organisation, opened, message, one, '{"frame": "x", "machine": false}'))
                        told += 1
                    if (number + bulletin) % 5 == 0:
                        path = '{"path": "/categorias/rosas/"}' if number % 2 else '{"path": "/productos/x/"}'
                        out.write_row((at + timedelta(hours=2), organisation, viewed, None, one, path))
                        told += 1
                    if told >= most:
                        break
        connection.commit()
    return told


def leaf(what: str, op: str, value: Any = None, **more: Any) -> dict[str, Any]:
    return {"what": what, "op": op, **({} if value is None else {"value": value}), **more}


def tree(*nodes: dict[str, Any], match: str = "all") -> dict[str, Any]:
    return {"version": 1, "match": match, "of": list(nodes)}


THREE = {
    "two cities and no tag": (
        tree(leaf("place", "is", ["Medellín", "Cali"]), leaf("tags", "none", ["rosas"])),
        "place IN ('Medellín', 'Cali') AND NOT tags && '{rosas}'",
    ),
    "tag or name contains, with e-mail": (
        tree({"match": "any", "of": [leaf("tags", "any", ["raro"]), leaf("name", "contains", "ez gom")]}, leaf("email", "filled")),
        "(tags && '{raro}' OR name_key LIKE '%ez gom%') AND email <> ''",
    ),
    "city, tag, 90 days": (
        tree(leaf("place", "is", ["Cali"]), leaf("tags", "any", ["lista 2"]), leaf("seen", "past", 90)),
        "place = 'Cali' AND tags && '{\"lista 2\"}' AND last_seen_at >= now() - interval '90 days'",
    ),
}


def meaning(organisation: int, said: dict[str, Any]) -> Any:
    from oportuno.people.segments.queries.things import meant, things_of
    from oportuno.people.segments.rules.tree import read

    return meant(organisation, read(said, things_of(organisation)), AT)


def counted(scratch: Scratch, organisation: int, count: int, runs: int) -> Workload:
    from oportuno.people.segments.queries.choosing import count_of, first_of

    workload = Workload(
        f"segments of {count:,} contacts: counts and first pages",
        "ten cities, three tags, nearly all with an e-mail; vacuumed",
        "each question once",
    )
    with psycopg.connect(**scratch.cluster.dsn("superuser", scratch.name), autocommit=True) as plain:
        for name, (said, by_hand) in THREE.items():
            asked = meaning(organisation, said)
            sql = f"SELECT count(*) FROM contact WHERE organisation_id = {organisation} AND {by_hand}".encode()
            found, expected = count_of(organisation, asked), plain.execute(sql).fetchone()
            if expected is None or found != expected[0]:
                raise SystemExit(f"{name}: {found}, and by hand {expected}")
            limits = several(runs, lambda sql=sql: ms(lambda: plain.execute(sql).fetchone()))
            peer = next((one for key, one in PEERS.items() if name.startswith(key)), "") if count == 1_000_000 else ""
            workload.add(
                f"count: {name}", "ms", several(runs, lambda asked=asked: ms(lambda: count_of(organisation, asked))), less=True,
                limit=sorted(limits)[len(limits) // 2], limit_is="the same by hand", peer=peer, goal=1.5 * sorted(limits)[len(limits) // 2],
            )  # fmt: skip
            workload.add(
                f"first page: {name}", "ms", several(runs, lambda asked=asked: ms(lambda: first_of(organisation, asked))), less=True
            )
    return workload


def by_deeds(organisation: int, count: int, facts: int, runs: int) -> Workload:
    from oportuno.people.segments.queries.choosing import count_of, weigh

    workload = Workload(f"segments of {count:,} contacts by what they did", f"{facts:,} facts of six months", "each question once")
    questions = {
        "opened in the last 30 days": tree(leaf("deed:opened", "at_least", 1, days=30)),
        "opened 2 or more in the last 90 days": tree(leaf("deed:opened", "at_least", 2, days=90)),
        "visited a category in the last 60 days": tree(leaf("deed:visited", "at_least", 1, days=60, about="rosas")),
        "opened 2 of the last 5": tree(leaf("share:opened", "at_least", 2, of=5)),
        "opened more than once and silent": tree(leaf("rhythm:opened", "silent", 1.5)),
        "lives in Cali and never opened": tree(leaf("place", "is", ["Cali"]), leaf("deed:opened", "never")),
    }
    for name, said in questions.items():
        asked = meaning(organisation, said)
        runs_of = several(runs, lambda asked=asked: ms(lambda: count_of(organisation, asked)))
        workload.add(f"count: {name}", "ms", runs_of, less=True, goal=2000)
    asked = meaning(organisation, tree(*(said["of"][0] for said, _sql in THREE.values())))
    weighed = several(runs, lambda: ms(lambda: weigh(organisation, asked, count_of(organisation, asked))))
    workload.add("what each of three conditions takes away", "ms", weighed, less=True)
    return workload


def kept(organisation: int, count: int, ids: list[UUID], runs: int) -> Workload:
    """Gathered for the first time, looked at again when nothing changed, after an edit, and for 500 contacts that facts touched."""
    from oportuno.kernel.isolation import for_market, for_organisation
    from oportuno.people.segments import api
    from oportuno.people.segments.actions.building import build, look_again
    from oportuno.people.segments.models import Segment

    workload = Workload(f"members of segments of {count:,} contacts", "a fifth of the contacts are members", "none")
    with for_organisation(organisation):
        segment = Segment.objects.create(
            name="Medida", revision=1, tree=tree(leaf("tags", "any", ["rosas"])), depends=["tags"], made_at=AT, changed_at=AT
        )

    def step(do: Callable[[], object]) -> float:
        def act() -> None:
            with for_organisation(organisation):
                do()

        return ms(act)

    workload.add("gathered for the first time", "ms", [step(lambda: build(segment=segment.pk, at=AT))], less=True)
    workload.add("looked at again, nothing changed", "ms", several(runs, lambda: step(lambda: build(segment=segment.pk, at=AT))), less=True)
    with for_organisation(organisation):
        Segment.objects.filter(pk=segment.pk).update(revision=2, tree=tree(leaf("tags", "any", ["rosas", "raro"])))
    changed = step(lambda: build(segment=segment.pk, at=AT))
    workload.add("after an edit that lets a hundredth in", "ms", [changed], less=True)
    with for_organisation(organisation):
        segment.refresh_from_db()

    def touched() -> None:
        with for_market("a measure follows facts"):
            look_again(segment=segment, contacts=ids[:500], at=AT)

    workload.add("looked at again for 500 contacts", "ms", several(runs, lambda: ms(touched)), less=True)
    workload.add("a page of 5,000 members", "ms", several(runs, lambda: step(lambda: api.contacts_in(segment.pk))), less=True)
    return workload


def ms(do: Callable[[], object]) -> float:
    return clocked(do) * 1000


if __name__ == "__main__":
    main(measure, __doc__)
