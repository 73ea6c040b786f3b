"""What people wrote in WordPress, as our blocks: Gutenberg's and classic."""

from .converting import Converted, Shown, convert, needs
from .settling import settle

__all__ = ["Converted", "Shown", "convert", "needs", "settle"]
