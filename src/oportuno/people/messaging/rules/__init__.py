"""Plain rules of sending and of what comes back."""

from oportuno.people.messaging.rules.sending import MOST_UNCLEAR, PAUSES, STRANGER_WINDOW, may_write_to_stranger, pause_after

__all__ = ["MOST_UNCLEAR", "PAUSES", "STRANGER_WINDOW", "may_write_to_stranger", "pause_after"]
