"""Bringing a file of contacts in: (a person's look at its columns) → reading → comparing → (a person's word) → writing."""

from oportuno.people.audience.actions.importing.deciding import apply_import, cancel_import, map_import, start_import
from oportuno.people.audience.actions.importing.running import run_import
from oportuno.people.audience.actions.importing.undoing import tidy_import, undo_import

__all__ = ["apply_import", "cancel_import", "map_import", "run_import", "start_import", "tidy_import", "undo_import"]
