"""Segments of an organisation: counts, first pages, members gathered and kept, with what people did, and what that takes.

    python bench/segments.py [--quick] [--most NUMBER] [--json FILE]

At most: the same three counts as plain SQL by hand, past row-level security, in the same run.
"""

from __future__ import annotations

import random
import time
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
BULLETINS = 26  # of a year, every fortnight: sent to everybody, a third opened, a tenth clicked
FACTS_EACH = 50  # of a contact: the bulletins, and pages seen in between
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
            facts, filled = fill_facts(scratch, organisation)
            scratch.as_owner("VACUUM (ANALYZE) contact", "VACUUM (ANALYZE) fact", "VACUUM (ANALYZE) consent_state")
            yield counted(scratch, organisation, count, size.runs)
            asked = [by_deeds(organisation, count, facts, 1, "of the log alone")] if count <= 100_000 else []
            yield gathered(scratch, organisation, count, facts, filled)
            yield from asked
            yield by_deeds(organisation, count, facts, size.runs, "of what is kept")
            yield kept(organisation, count, ids, size.runs)
            yield followed(scratch, organisation, ids)
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


# A bulletin's message has an id of its own; who opens is always a third, not always the same third.
BULLETIN = """
INSERT INTO fact (at, organisation_id, kind_id, subject_id, contact_id, data)
SELECT {at} + interval '1 second' * (abs(hashtext(c.id::text)) %% 3600), %(organisation)s, %(kind)s,
    md5(c.id::text || %(bulletin)s::text)::uuid, c.id, {data} FROM contact c
WHERE c.organisation_id = %(organisation)s AND {which} ORDER BY c.id
"""
VIEW = """
INSERT INTO fact (at, organisation_id, kind_id, subject_id, contact_id, data)
SELECT %(at)s + interval '3 days' + interval '1 second' * (abs(hashtext(c.id::text)) %% 86400), %(organisation)s, %(kind)s, NULL, c.id,
    jsonb_build_object('path', CASE WHEN abs(hashtext(c.id::text || %(bulletin)s::text)) %% 4 = 0
        THEN '/categorias/' || (ARRAY['rosas/', 'rosas/rojas/', 'claveles/', 'follajes/'])[1 + %(bulletin)s %% 4] ELSE '/productos/x/' END)
FROM contact c WHERE c.organisation_id = %(organisation)s AND (abs(hashtext(c.id::text)) + %(bulletin)s) %% 2 = 0 ORDER BY c.id
"""
INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = 'fact'"


def fill_facts(scratch: Scratch, organisation: int) -> tuple[int, float]:
    """In the order of time, as they would be told, without the indexes, which are made behind; how many, and in how many seconds."""
    from oportuno.kernel.facts.log import kind_number

    names = ("messaging.message_sent", "messaging.mail_opened", "messaging.mail_clicked", "audience.page_viewed")
    sent, opened, clicked, viewed = (kind_number(name) for name in names)
    told = 0
    begun = time.perf_counter()
    with psycopg.connect(**scratch.cluster.dsn("superuser", scratch.name), autocommit=True) as connection:
        connection.execute(
            "SELECT fact_partition((date_trunc('month', now()) - make_interval(months => n))::date) FROM generate_series(0, 13) n"
        )
        indexes = connection.execute(INDEXES).fetchall()
        for name, _definition in indexes:
            connection.execute(f'DROP INDEX "{name}"'.encode())
        for bulletin in range(BULLETINS):
            known = {"organisation": organisation, "bulletin": bulletin, "at": AT - timedelta(days=14 * (BULLETINS - bulletin) - 4)}
            third, tenth = (f"(abs(hashtext(c.id::text)) / 7 + {bulletin}) %% {part} = 0" for part in (3, 10))
            data = """'{"purpose": "marketing"}'""", """'{"frame": "x", "machine": false}'""", """'{"frame": "x", "machine": false}'"""
            for kind, hours, which, said in zip((sent, opened, clicked), (0, 2, 3), ("true", third, tenth), data, strict=True):
                question = BULLETIN.format(at=f"%(at)s::timestamptz + interval '{hours} hours'", data=said, which=which)
                told += connection.execute(question.encode(), {**known, "kind": kind}).rowcount
            told += connection.execute(VIEW.encode(), {**known, "kind": viewed}).rowcount
        connection.execute("SET maintenance_work_mem = '1GB'")
        for _name, definition in indexes:
            connection.execute(definition.replace(" ON ONLY ", " ON ").encode())  # of all months, not of the parent alone
    return told, time.perf_counter() - begun


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
        f"place = 'Cali' AND tags && '{{\"lista 2\"}}' AND last_seen_at BETWEEN '{AT - timedelta(days=90)}' AND '{AT}'",
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


def gathered(scratch: Scratch, organisation: int, count: int, facts: int, filled: float) -> Workload:
    """What contacts did, put together for all of them from the log; and how much room it takes."""
    from oportuno.kernel.jobs import Lease
    from oportuno.people.segments.actions.gathering import gather_deeds

    workload = Workload(f"what {count:,} contacts did, put together", f"{facts:,} facts of a year, told in {filled:.0f} s", "none")
    seconds = clocked(lambda: gather_deeds(Lease(0, 1, None, "a measure"), AT))
    workload.add("put together from the log", "facts/s", [facts / seconds])
    scratch.as_owner("VACUUM (ANALYZE) contact_deed")
    with psycopg.connect(**scratch.cluster.dsn("superuser", scratch.name)) as connection:
        row = connection.execute("SELECT pg_total_relation_size('contact_deed') / 1048576.0, count(*) FROM contact_deed").fetchone()
    assert row is not None
    workload.add("room it takes", "MB", [float(row[0])], less=True)
    workload.notes.append(f"{row[1]:,} rows.")
    return workload


def by_deeds(organisation: int, count: int, facts: int, runs: int, of: str) -> Workload:
    from oportuno.people.segments.queries.choosing import count_of, first_of, weigh

    workload = Workload(f"segments of {count:,} contacts by what they did, asked {of}", f"{facts:,} facts of a year", "each question once")
    questions = {
        "opened in the last 30 days": tree(leaf("deed:opened", "at_least", 1, days=30)),
        "opened 2 or more in the last 90 days": tree(leaf("deed:opened", "at_least", 2, days=90)),
        "visited a category in the last 60 days": tree(leaf("deed:visited", "at_least", 1, days=60, about="rosas")),
        "visited a category at least 3 times ever": tree(leaf("deed:visited", "at_least", 3, about="rosas")),
        "opened 2 of the last 5": tree(leaf("share:opened", "at_least", 2, of=5)),
        "opened none of the last 10": tree(leaf("share:opened", "at_most", 0, of=10)),
        "opened more than once and silent": tree(leaf("rhythm:opened", "silent", 1.5)),
        "lives in Cali and never opened": tree(leaf("place", "is", ["Cali"]), leaf("deed:opened", "never")),
    }
    for name, said in questions.items():
        asked = meaning(organisation, said)
        runs_of = several(runs, lambda asked=asked: ms(lambda: count_of(organisation, asked)))
        workload.add(f"count: {name}", "ms", runs_of, less=True, goal=2000)
        if of == "of the log alone":
            continue
        found = count_of(organisation, asked)
        paged = several(runs, lambda asked=asked, found=found: ms(lambda: first_of(organisation, asked, count=found)))
        workload.add(f"first page: {name}", "ms", paged, less=True, goal=2000)
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


SEGMENTS, BURST = 50, 10_000


def followed(scratch: Scratch, organisation: int, ids: list[UUID]) -> Workload:
    """From facts told at once to the members that follow them, with as many segments as an organisation has, most of them concerned."""
    from oportuno.kernel.clock import now
    from oportuno.kernel.facts import record_all
    from oportuno.kernel.facts.loop import ensure_cursors
    from oportuno.kernel.facts.readers import READERS, read_once
    from oportuno.kernel.isolation import for_organisation
    from oportuno.people.messaging.facts import MailOpened
    from oportuno.people.segments.actions.building import build
    from oportuno.people.segments.models import Segment
    from oportuno.people.segments.queries.things import things_of
    from oportuno.people.segments.rules.tree import by_clock, depends_on, read

    workload = Workload(
        f"{SEGMENTS} segments follow {BURST:,} facts", "each fact of another contact; 40 segments ask for what it tells", "none"
    )
    ensure_cursors()
    with psycopg.connect(**scratch.cluster.dsn("superuser", scratch.name), autocommit=True) as connection:
        connection.execute("UPDATE reader_cursor SET transaction = (SELECT max(transaction) FROM fact), fact = (SELECT max(id) FROM fact)")
    with for_organisation(organisation):
        for number in range(SEGMENTS):
            said = tree(
                leaf("deed:opened", "at_least", 1 + number % 5, days=30 + number)
                if number < 40
                else leaf("place", "is", [PLACES[number % 10]])
            )
            root = read(said, things_of(organisation))
            made = Segment.objects.create(
                name=f"M {number}",
                revision=1,
                tree=said,
                depends=sorted(depends_on(root)),
                by_clock=by_clock(root),
                made_at=AT,
                changed_at=AT,
            )
            build(segment=made.pk, at=now())
    runs = []
    for turn in range(2):
        chosen = ids[turn * BURST : (turn + 1) * BURST]
        with for_organisation(organisation):
            record_all(
                MailOpened(message=UUID(int=number), frame=UUID(int=1), machine=False, contact=one, at=now())
                for number, one in enumerate(chosen)
            )

        def follow() -> None:
            while read_once(READERS["segments.follow"], now()):
                pass

        runs.append(clocked(follow))
    workload.add("told, until everybody is where he belongs", "s", runs, less=True, goal=5)
    return workload


def ms(do: Callable[[], object]) -> float:
    return clocked(do) * 1000


if __name__ == "__main__":
    main(measure, __doc__)
