"""Front door: imports from WordPress and exports to it; what mailboxes ask for."""

from collections.abc import Iterator
from pathlib import Path

from oportuno.doors.integrations.inbox.tasks import tasks
from oportuno.doors.integrations.models import WordpressItem, WordpressRun
from oportuno.doors.integrations.wordpress.actions.running import bring
from oportuno.doors.integrations.wordpress.actions.starting import (
    cancel_run,
    go_on,
    run_for,
    start_remote,
    start_run,
    take_back,
)
from oportuno.doors.integrations.wordpress.queries.exporting import export_site
from oportuno.doors.integrations.wordpress.queries.runs import files_of, left_of, listed, runs, summary
from oportuno.doors.integrations.wordpress.rest import Pushed, Remote, pull, push
from oportuno.doors.integrations.wordpress.wxr import Record, read
from oportuno.kernel.packed import opened


def read_export(file: Path) -> Iterator[Record]:
    """What an export file holds, one item in memory at a time. Raises kernel.packed.Unreadable."""
    with opened(file) as source:
        yield from read(source)  # type: ignore[arg-type]


__all__ = [
    "Pushed",
    "Remote",
    "WordpressItem",
    "WordpressRun",
    "bring",
    "cancel_run",
    "export_site",
    "files_of",
    "go_on",
    "left_of",
    "listed",
    "pull",
    "push",
    "read_export",
    "run_for",
    "runs",
    "start_remote",
    "start_run",
    "summary",
    "take_back",
    "tasks",
]
