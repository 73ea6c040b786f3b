"""What organisations keep, bring from elsewhere and show."""

from .channels import Channel, Find, Sighting
from .files import Document, Picture, drawing_address
from .library import Folder, Item, LibraryChange
from .showing import Collection, Piece, Place
from .uses import Used

__all__ = [
    "Channel",
    "Collection",
    "Document",
    "Find",
    "Folder",
    "Item",
    "LibraryChange",
    "Picture",
    "Piece",
    "Place",
    "Sighting",
    "Used",
    "drawing_address",
]
