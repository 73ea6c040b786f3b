"""Pictures drawn by code, as SVG text: light, scriptless, the same each time."""

from .app_icons import SIZES as ICON_SIZES
from .app_icons import app_icon
from .palette import hex_of
from .scenes import KINDS, cover, emblem, placeholder, product_picture
from .screens import PREFIX as SCREENS
from .shared import shared_picture

__all__ = ["ICON_SIZES", "KINDS", "SCREENS", "app_icon", "cover", "emblem", "hex_of", "placeholder", "product_picture", "shared_picture"]
