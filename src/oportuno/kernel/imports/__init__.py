"""Files on their way in: what every import of people's files shares, whatever the files hold.

A run reads, compares, waits for a person's word, and writes; each step commits with how far it came, so that it goes on wherever
it was stopped. An app brings its own rows, rules and words.
"""

from oportuno.kernel.imports.copies import MOST_UPLOAD, keep_copy
from oportuno.kernel.imports.driving import Drive, Incoming, Outdated
from oportuno.kernel.imports.runs import Problem, Run, TableRun, has_stopped, later, tell_problems

__all__ = [
    "MOST_UPLOAD",
    "Drive",
    "Incoming",
    "Outdated",
    "Problem",
    "Run",
    "TableRun",
    "has_stopped",
    "keep_copy",
    "later",
    "tell_problems",
]
