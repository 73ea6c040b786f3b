"""Bringing contacts in: the first time, with consent, and the same file again, with the memory it takes.

    python bench/contacts_import.py [--quick] [--json FILE]

At most: bare COPY of the same rows as text into a table without keys or indexes.
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

import processes
from frame import Size, Workload, clocked, main
from scratch import Scratch

ONE = "--one"  # FILE ORGANISATION: import it in a process of its own, whose memory is measured
HEADER = "Nombre,Apellidos,Correo electrónico,Celular,Ciudad,País,Etiquetas"
NAMES = ("María", "Juan", "Carmen", "Luis", "Ana", "Pedro", "Sofía", "Andrés", "Lucía", "Jorge")
FAMILIES = ("Pérez", "Gómez", "Rodríguez", "Martínez", "García", "López", "Ruiz", "Díaz")
PLACES = ("Bogotá", "Medellín", "Cali", "Cartagena", "Pasto")
PEER = "listmonk 2,800–4,400 · Odoo 410–420"


def measure(size: Size) -> Iterator[Workload]:
    scratch = Scratch("contacts")
    try:
        from oportuno.people.organisations.testing import make_organisation, make_person

        with tempfile.TemporaryDirectory() as folder:
            for count in size.steps:
                runs = size.runs if count <= 10_000 else 1
                file = write(Path(folder) / f"{count}.csv", count)
                owners = [
                    make_organisation(f"Medida {count} {turn}", owner=make_person(f"Medida {count} {turn}")).pk for turn in range(runs)
                ]
                yield imported(scratch, count, file, owners)
    finally:
        scratch.drop()


def write(path: Path, count: int) -> Path:
    """Every hundredth person stands in it twice."""
    with path.open("w", encoding="utf-8") as out:
        out.write(f"{HEADER}\n")
        for line in range(count):
            who = line - 50 if line % 100 == 99 else line
            out.write(f'{NAMES[who % 10]},{FAMILIES[who % 8]} {FAMILIES[who // 8 % 8]},contacto{who}@example.com,+57 3{who:09d},{PLACES[who % 5]},Colombia,"rosas, lista {who % 20}"\n')  # fmt: skip
    return path


def imported(scratch: Scratch, count: int, file: Path, owners: list[int]) -> Workload:
    workload = Workload(
        f"contact import, {count:,} rows",
        f"CSV, 7 columns, {file.stat().st_size / count:.0f} bytes a row: name, e-mail, phone, place, tags; consent to the bulletin with its evidence; one in a hundred twice",
        "none: each run reads the file for an organisation without contacts, in a new process",
    )
    limits = [count / clocked(lambda: bare_copy(scratch, file)) for _ in owners]
    first = [one_import(file, owner) for owner in owners]
    again = [one_import(file, owner) for owner in owners]
    people = count - count // 100
    if any(run["new"] != people for run in first) or any(run["same"] != count for run in again):
        raise SystemExit(f"the file did not go in as it should: {first} {again}")
    most = {"limit": sorted(limits)[len(limits) // 2], "limit_is": "bare COPY of the same rows as text, no key, no index"}
    workload.add("first time", "rows/s", [count / run["seconds"] for run in first], goal=20_000, peer=PEER, **most)
    workload.add("the same file again", "rows/s", [count / run["seconds"] for run in again], **most)
    workload.add("processor time of the importer, first time", "ms/row", [run["cpu"] * 1000 / count for run in first], less=True)
    workload.add("peak memory of the importing process", "MB", [run["peak_mb"] for run in [*first, *again]], less=True, goal=300)
    return workload


def one_import(file: Path, organisation: int) -> dict[str, Any]:
    command = [sys.executable, __file__, ONE, str(file), str(organisation)]
    return dict(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1]))


def import_alone(file: Path, organisation: int) -> None:
    """The child of `one_import`; the environment names the database."""
    import os
    import time

    import django

    os.environ["OPORTUNO_PROCESS"] = "command"
    django.setup()
    from oportuno.kernel.clock import now
    from oportuno.kernel.isolation import for_organisation
    from oportuno.kernel.jobs import Lease
    from oportuno.people.audience import api

    begin = time.perf_counter()
    with for_organisation(organisation):
        agreed = api.Proof(("bulletin",), "form of a measure", "I want the bulletin", now())
        run = api.start_import(name=file.name, path=file, at=now(), dry_run=False, consent=agreed)
    done = api.run_import(Lease(0, 0, organisation, "bench"), run.pk)
    seconds = time.perf_counter() - begin
    print(json.dumps({"seconds": seconds, "new": done.new, "same": done.same, "wrong": done.wrong, "cpu": time.process_time(),
                      "peak_mb": processes.own_peak_mb()}))  # fmt: skip


def bare_copy(scratch: Scratch, file: Path) -> None:
    import psycopg

    columns = ", ".join(f"c{place} text" for place in range(len(HEADER.split(","))))
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
