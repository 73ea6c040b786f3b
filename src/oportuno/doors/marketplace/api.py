"""Front door: the vertical that this market shows, and how it draws what has no picture."""

from oportuno.doors.marketplace.actions.entries import IN_SEARCH
from oportuno.doors.marketplace.actions.packs import show_pack
from oportuno.doors.marketplace.queries.cards import cover
from oportuno.doors.marketplace.queries.packs import current_pack
from oportuno.doors.marketplace.queries.vertical import stages_of_the_way

__all__ = ["IN_SEARCH", "cover", "current_pack", "show_pack", "stages_of_the_way"]
