"""Front door: imports from WordPress and exports to it."""

from oportuno.doors.integrations.models import WordpressItem, WordpressRun
from oportuno.doors.integrations.wordpress.actions.running import bring
from oportuno.doors.integrations.wordpress.actions.starting import cancel_run, go_on, run_for, start_run, take_back
from oportuno.doors.integrations.wordpress.queries.runs import files_of, left_of, listed, runs, summary

__all__ = [
    "WordpressItem",
    "WordpressRun",
    "bring",
    "cancel_run",
    "files_of",
    "go_on",
    "left_of",
    "listed",
    "run_for",
    "runs",
    "start_run",
    "summary",
    "take_back",
]
