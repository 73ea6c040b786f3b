"""Facts: how many a second in batches, and how many bytes each takes with its indexes.

    python bench/facts.py [--quick] [--json FILE]

At most: the same rows by COPY into an unlogged table without indexes, on the same server.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from frame import Size, Workload, clocked, main, several
from scratch import Scratch

if TYPE_CHECKING:
    from oportuno.people.audience.facts import PageViewed

BATCH = 1000
PATHS = ["/productos/rosa-blanca-60-cm/", "/v/flores-de-alba/", "/categorias/rosas/", "/buscar/", "/v/viveros-gala/orquideas/"]


def measure(size: Size) -> Iterator[Workload]:
    scratch = Scratch("facts")
    try:
        limit = statistics.median(several(3, lambda: at_most(scratch)))
        for count in size.steps:
            yield logged(scratch, count, limit, size.runs if count < 1_000_000 else 1)
    finally:
        scratch.drop()


def logged(scratch: Scratch, count: int, limit: float, runs: int) -> Workload:
    workload = Workload(
        f"facts in batches, {count:,}",
        f"page views of 200 sellers, {BATCH} a batch, each batch a transaction; the log is emptied before each run",
        "none beyond the runs before",
    )
    rates = several(runs, lambda: count / clocked(lambda: fill(scratch, count)))
    row, indexes = sizes(scratch)
    workload.add("facts", "facts/s", rates, limit=limit, limit_is="COPY of such rows into an unlogged table without indexes", goal=50_000)
    workload.add("bytes a fact, with indexes", "bytes", [(row + indexes) / count], less=True, goal=300)
    workload.add("  of them the row", "bytes", [row / count], less=True)
    return workload


def fill(scratch: Scratch, count: int) -> None:
    """Fill an empty log with `count` page views in batches, as the beacon's buffer does."""
    from oportuno.people.audience.actions import beacons

    scratch.as_owner("TRUNCATE fact")
    views = page_views()
    for _ in range(count // BATCH):
        beacons.write(views(BATCH))


def page_views() -> Callable[[int], list[tuple[int, PageViewed]]]:
    """Views of a market: 200 sellers, a visitor reads about seven pages, a third of them of a product."""
    from oportuno.people.audience.facts import PageViewed

    begin = datetime.now(UTC) - timedelta(days=20)
    visitors = [uuid4() for _ in range(BATCH // 7)]
    count = 0

    def make(number: int) -> list[tuple[int, PageViewed]]:
        nonlocal count
        rows: list[tuple[int, PageViewed]] = []
        for step in range(number):
            count += 1
            if count % 7 == 0:
                visitors[count % len(visitors)] = uuid4()
            page: UUID | None = uuid4() if count % 3 == 0 else None
            visitor = visitors[step % len(visitors)]
            view = PageViewed(
                path=PATHS[count % 5],
                page=page,
                page_kind="product" if page else None,
                visitor=visitor,
                at=begin + timedelta(milliseconds=count),
            )
            rows.append((count % 200 + 1, view))
        return rows

    return make


def sizes(scratch: Scratch) -> tuple[int, int]:
    """Bytes of all partitions and of all their indexes."""
    import psycopg

    with psycopg.connect(**scratch.cluster.dsn("superuser", scratch.name)) as connection:
        found = connection.execute(
            "SELECT sum(pg_table_size(inhrelid)), sum(pg_indexes_size(inhrelid)) FROM pg_inherits WHERE inhparent = 'fact'::regclass"
        ).fetchone()
    assert found
    return int(found[0]), int(found[1])


def at_most(scratch: Scratch, rows: int = 200_000) -> float:
    """Rows a second that this server takes at most: plain COPY, no index, no log."""
    import psycopg

    line = [1, 2, uuid4(), datetime.now(UTC), '{"path": "/productos/rosa-blanca-60-cm/"}']
    with psycopg.connect(**scratch.cluster.dsn("superuser", scratch.name)) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE UNLOGGED TABLE at_most (a int, b int, c uuid, at timestamptz, data jsonb)")

        def copy() -> None:
            with cursor.copy("COPY at_most FROM STDIN") as out:
                for _ in range(rows):
                    out.write_row(line)

        seconds = clocked(copy)
        cursor.execute("DROP TABLE at_most")
    return rows / seconds


if __name__ == "__main__":
    main(measure, __doc__)
