"""Bringing a file in: reading → comparing → (a person's word) → writing. Each step commits with how far it came."""

from oportuno.offer.catalogue.actions.importing.deciding import apply_import, cancel_import, start_import
from oportuno.offer.catalogue.actions.importing.running import run_import

__all__ = ["apply_import", "cancel_import", "run_import", "start_import"]
