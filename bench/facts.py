"""Facts: how many a second in batches, and how many bytes each takes with its indexes.

    python bench/facts.py [--json FILE] [--sizes 10000,100000,1000000]

At most: the same rows by COPY into an unlogged table without indexes, on the same server.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "src")]
from scratch import Scratch  # noqa: E402  (its folder first)

BATCH = 500
PATHS = ["/productos/rosa-blanca-60-cm/", "/v/flores-de-alba/", "/categorias/rosas/", "/buscar/", "/v/viveros-gala/orquideas/"]


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--json", type=Path)
    arguments.add_argument("--sizes", default="10000,100000,1000000")
    given = arguments.parse_args()
    scratch = Scratch("facts")
    try:
        limit = statistics.median(at_most(scratch) for _ in range(3))
        results = [measure(scratch, int(size), limit) for size in given.sizes.split(",")]
    finally:
        scratch.drop()
    print(f"{'facts':>10} {'facts/s':>10} {'of most':>8} {'bytes/fact':>11} {'row':>6} {'indexes':>8}")
    for one in results:
        print(
            f"{one['facts']:>10,} {one['per_second']:>10,.0f} {one['of_most']:>8.2f} {one['bytes']:>11.0f} {one['row']:>6.0f} {one['indexes']:>8.0f}"
        )
    if given.json:
        given.json.write_text(json.dumps({"facts": results, "at_most_per_second": limit}, indent=2))


def measure(scratch: Scratch, size: int, limit: float) -> dict[str, float]:
    """Fill an empty log with `size` page views in batches, as the beacon's buffer does."""
    scratch.as_owner("TRUNCATE fact")
    views = page_views()
    from oportuno.people.audience import beacons

    seconds = clocked(lambda: [beacons.write(views(BATCH)) for _ in range(size // BATCH)])
    row, indexes = sizes(scratch)
    return {
        "facts": size,
        "per_second": size / seconds,
        "of_most": size / seconds / limit,
        "bytes": (row + indexes) / size,
        "row": row / size,
        "indexes": indexes / size,
    }


def page_views() -> Callable[[int], list[tuple[int, object]]]:
    """Views of a market: 200 sellers, a visitor reads about seven pages, a third of them of a product."""
    from oportuno.people.audience.facts import PageViewed

    begin = datetime.now(UTC) - timedelta(days=20)
    visitors = [uuid4() for _ in range(BATCH // 7)]
    count = 0

    def make(number: int) -> list[tuple[int, object]]:
        nonlocal count
        rows: list[tuple[int, object]] = []
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


def clocked(do: Callable[[], object]) -> float:
    begin = time.perf_counter()
    do()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
