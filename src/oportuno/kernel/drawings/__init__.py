"""Pictures drawn by code, as SVG text: light, scriptless, the same each time."""

from .palette import hex_of
from .scenes import KINDS, cover, emblem, placeholder, product_picture
from .shared import shared_picture

__all__ = ["KINDS", "cover", "emblem", "hex_of", "placeholder", "product_picture", "shared_picture"]
