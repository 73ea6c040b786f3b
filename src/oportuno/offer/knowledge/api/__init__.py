"""Front door: the knowledge centre."""

from oportuno.offer.knowledge.api.places import BELOW_ARTICLE, BESIDE_ARTICLE, ROOMS, Room, room_card

__all__ = ["BELOW_ARTICLE", "BESIDE_ARTICLE", "ROOMS", "Room", "room_card"]
