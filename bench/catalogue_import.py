"""Bringing a catalogue in: the first time, and the same file again, with the memory it takes.

    python bench/catalogue_import.py [--quick] [--json FILE]

At most: bare COPY of the same rows as text into a table without keys or indexes. Search and pictures are the worker's, afterwards.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import goods
import market
import processes
from frame import Size, Workload, clocked, main
from scratch import Scratch

ONE = "--one"  # FILE ORGANISATION: import it in a process of its own, whose memory is measured


def measure(size: Size) -> Iterator[Workload]:
    scratch = Scratch("import")
    try:
        market.open_demo()
        sellers = market.vetted_sellers()
        begin = 0
        with tempfile.TemporaryDirectory() as folder:
            for count in size.steps:
                runs = size.runs if count <= 10_000 else 1
                files = []
                for _ in range(runs):
                    files.append((goods.write(Path(folder) / f"{begin}.csv", count, start=begin), sellers.pop(0).pk))
                    begin += count
                yield imported(scratch, count, files)
    finally:
        scratch.drop()


def imported(scratch: Scratch, count: int, files: list[tuple[Path, int]]) -> Workload:
    workload = Workload(
        f"product import, {count:,} rows",
        f"our own CSV, 11 columns, {files[0][0].stat().st_size / count:.0f} bytes a row; each file to a seller of the demo without these products",
        "none: each run reads a file that was never read, in a new process",
    )
    limits = [count / clocked(lambda file=file: bare_copy(scratch, file)) for file, _ in files]  # type: ignore[misc]
    first = [one_import(scratch, file, seller) for file, seller in files]
    again = [one_import(scratch, file, seller) for file, seller in files]
    if any(run["new"] != count for run in first) or any(run["same"] != count for run in again):
        raise SystemExit(f"the files did not go in as they should: {first} {again}")
    most = {"limit": sorted(limits)[len(limits) // 2], "limit_is": "bare COPY of the same rows as text, no key, no index"}
    workload.add("first time", "rows/s", [count / run["seconds"] for run in first], goal=1000, **most)
    workload.add("the same file again", "rows/s", [count / run["seconds"] for run in again], **most)
    workload.add("processor time of the importer, first time", "ms/row", [run["cpu"] * 1000 / count for run in first], less=True)
    workload.add("peak memory of the importing process", "MB", [run["peak_mb"] for run in [*first, *again]], less=True, goal=300)
    return workload


def one_import(scratch: Scratch, file: Path, organisation: int) -> dict[str, Any]:
    command = [sys.executable, __file__, ONE, str(file), str(organisation)]
    return dict(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1]))


def import_alone(file: Path, organisation: int) -> None:
    """The child of `one_import`; the environment names the database."""
    import os
    import time

    import django

    os.environ["OPORTUNO_PROCESS"] = "command"
    django.setup()
    from oportuno.people.organisations.api import Organisation

    seller = Organisation.objects.get(pk=organisation)
    begin = time.perf_counter()
    run = market.import_file(file, seller)
    seconds = time.perf_counter() - begin
    print(json.dumps({"seconds": seconds, "new": run.new, "same": run.same, "wrong": run.wrong, "cpu": time.process_time(),
                      "peak_mb": processes.own_peak_mb()}))  # fmt: skip


def bare_copy(scratch: Scratch, file: Path) -> None:
    import psycopg

    columns = ", ".join(f"c{place} text" for place in range(len(goods.COLUMNS)))
    with psycopg.connect(**scratch.cluster.dsn("superuser", scratch.name)) as connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare_copy ({columns})".encode())
        with file.open(encoding="utf-8", newline="") as table, cursor.copy("COPY bare_copy FROM STDIN") as out:
            rows = csv.reader(table)
            next(rows)
            for row in rows:
                out.write_row(row)
        cursor.execute("DROP TABLE bare_copy")


if __name__ == "__main__":
    if ONE in sys.argv:
        import_alone(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(measure, __doc__)
