"""Front door: the vertical that this market shows."""

from oportuno.doors.marketplace.actions import show_pack
from oportuno.doors.marketplace.queries import current_pack

__all__ = ["current_pack", "show_pack"]
