"""An import whose process dies in the middle of a statement, again and again."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Sequence

from oportuno.kernel.imports.runs import TableRun
from oportuno.kernel.isolation import for_organisation

WORKER = """
import os, signal, sys
from importlib import import_module
import django
django.setup()
from uuid import UUID
from django.db import connection
from oportuno.kernel.jobs import Lease
api, organisation, run, statements, *phases = sys.argv[1:]
for phase in phases:
    import_module(phase).BATCH = 200
left = int(statements)
def dying(execute, *asked):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(*asked)
with connection.execute_wrapper(dying):
    import_module(api).run_import(Lease(0, 0, int(organisation), "test"), UUID(run))
"""


def kill_again_and_again(run: TableRun, *, api: str, phases: Sequence[str], statements: tuple[int, int], kills: int = 10) -> set[str]:
    """Have a process of its own work on a run, and die by SIGKILL before a statement of some transaction; the states it was left in.

    `phases` are modules whose BATCH is made small; each process lives for a number of `statements` between these two.
    """
    random_, left = random.Random(7), set()
    for _ in range(kills):
        command = [sys.executable, "-c", WORKER, api, str(run.organisation_id), str(run.pk), str(random_.randint(*statements)), *phases]
        ended = subprocess.run(command, env={**os.environ, "OPORTUNO_PROCESS": "test"}, check=False, timeout=60)
        assert ended.returncode == -signal.SIGKILL
        with for_organisation(run.organisation_id):
            run.refresh_from_db()
        left.add(run.state)
    return left
