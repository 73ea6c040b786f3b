"""Vertical packs: what makes a market one of flowers or of software, as data. Format: docs/packs.md."""

from .errors import PackError
from .pack import Pack
from .reading import available, home, load
from .words import Text

__all__ = ["Pack", "PackError", "Text", "available", "home", "load"]
