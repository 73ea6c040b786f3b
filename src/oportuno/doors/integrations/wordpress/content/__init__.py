"""What people wrote in WordPress, as our blocks: Gutenberg's and classic."""

from .converting import Converted, convert, needs, teaser
from .marking import block_names, digest_of_words
from .page import Shown, file_id
from .settling import settle

__all__ = ["Converted", "Shown", "block_names", "convert", "digest_of_words", "file_id", "needs", "settle", "teaser"]
