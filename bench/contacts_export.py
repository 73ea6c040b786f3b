"""Taking contacts out in every form, with the memory it takes.

    python bench/contacts_export.py [--quick] [--most NUMBER] [--json FILE]

At most: bare COPY of the same contacts as text.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import processes
import psycopg
from frame import Size, Workload, clocked, main, several
from scratch import Scratch
from segments import fill, founded

ONE = "--one"  # FORM ORGANISATION: take them out in a process of its own, whose memory is measured
FORMS = ("csv", "jsonl", "vcf", "xlsx")
FILLED = """
INSERT INTO contact_identity (id, organisation_id, contact_id, kind, value, key, created_at, shared)
SELECT gen_random_uuid(), organisation_id, id, 'email', email, email, created_at, false FROM contact WHERE organisation_id = {here} AND email <> ''
"""
NOTED = """
INSERT INTO contact_note (id, organisation_id, contact_id, text, by_id, by_name, at)
SELECT gen_random_uuid(), organisation_id, id, 'Paga a treinta días y pide por las mañanas.', id, 'Medida', created_at FROM contact
WHERE organisation_id = {here} AND 'raro' = ANY(tags)
"""


def measure(size: Size) -> Iterator[Workload]:
    for count in size.steps:
        scratch = Scratch("export")
        try:
            here = founded()
            fill(scratch, here, count)
            scratch.as_owner(
                FILLED.format(here=here), NOTED.format(here=here), "VACUUM (ANALYZE) contact", "VACUUM (ANALYZE) contact_identity"
            )
            yield taken_out(scratch, here, count, size.runs if count <= 10_000 else 1)
        finally:
            scratch.drop()


def taken_out(scratch: Scratch, here: int, count: int, runs: int) -> Workload:
    workload = Workload(
        f"contacts taken out, {count:,}",
        "name, place, tags, nine of ten with an e-mail, one in a hundred with a note; vacuumed",
        "none: each run in a new process",
    )
    limits = several(runs, lambda: count / clocked(lambda: bare_copy(scratch, here)))
    for form in FORMS:
        done = [one_export(form, here) for _run in range(runs)]
        if any(one["rows"] != count for one in done):
            raise SystemExit(f"not all of them came out: {done}")
        workload.add(
            form, "rows/s", [count / one["seconds"] for one in done], limit=sorted(limits)[len(limits) // 2],
            limit_is="bare COPY of the same contacts as text",
        )  # fmt: skip
        workload.add(f"{form}: peak memory", "MB", [one["peak_mb"] for one in done], less=True, goal=300)
    return workload


def one_export(form: str, here: int) -> dict[str, Any]:
    told = subprocess.run([sys.executable, __file__, ONE, form, str(here)], check=True, stdout=subprocess.PIPE, text=True).stdout
    return dict(json.loads(told.splitlines()[-1]))


def export_alone(form: Any, here: int) -> None:
    """The child of `one_export`; the environment names the database."""
    import django

    os.environ["OPORTUNO_PROCESS"] = "command"
    django.setup()
    from oportuno.kernel.isolation import for_organisation
    from oportuno.people.audience import api

    begin, rows = time.perf_counter(), 0

    def counted() -> Iterator[Any]:
        nonlocal rows
        for one in api.everybody(here):
            rows += 1
            yield one

    with for_organisation(here), open(os.devnull, "wb") as out:
        for piece in api.written(counted(), form, api.fields_of(here)):
            out.write(piece)
    print(json.dumps({"rows": rows, "seconds": time.perf_counter() - begin, "peak_mb": processes.own_peak_mb()}))


def bare_copy(scratch: Scratch, here: int) -> None:
    with psycopg.connect(**scratch.cluster.dsn("superuser", scratch.name)) as connection, connection.cursor() as cursor:
        with cursor.copy(f"COPY (SELECT * FROM contact WHERE organisation_id = {here}) TO STDOUT".encode()) as rows:
            for _piece in rows:
                pass


if __name__ == "__main__":
    if ONE in sys.argv:
        export_alone(sys.argv[-2], int(sys.argv[-1]))
    else:
        main(measure, __doc__)
