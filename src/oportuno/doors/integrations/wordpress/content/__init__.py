"""What people wrote in WordPress, as our blocks: Gutenberg's and classic."""

from .converting import Converted, convert, needs, teaser
from .page import Shown, file_id
from .settling import settle

__all__ = ["Converted", "Shown", "convert", "file_id", "needs", "settle", "teaser"]
