"""Several who press at the same moment, each over a connection of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

Answer = TypeVar("Answer")
LONGEST = 30  # seconds until all are there


def together(acts: Iterable[Callable[[], Answer]]) -> list[Answer]:
    """What each answers, in their order; all are let go at once. Raises what the first of them raised, after all are done.

    Only where rows are really committed: `@pytest.mark.django_db(transaction=True)`.
    """
    all_of = list(acts)
    gate = threading.Barrier(len(all_of))

    def run(act: Callable[[], Answer]) -> Answer:
        gate.wait(LONGEST)
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(all_of)) as pool:
        running = [pool.submit(run, act) for act in all_of]
    return [one.result() for one in running]
