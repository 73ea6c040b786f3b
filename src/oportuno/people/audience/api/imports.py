"""Following imports of contacts: for the command line and the API."""

from oportuno.people.audience.queries.imports import Problem, listed, notes, problems, rows, run_for, runs, trouble
from oportuno.people.audience.queries.sentences import sentence

__all__ = ["Problem", "listed", "notes", "problems", "rows", "run_for", "runs", "sentence", "trouble"]
