"""WordPress eXtended RSS, the file that WordPress exports: read as a stream, written as one."""

from .reader import read
from .shapes import Author, Comment, Filed, Head, Item, Record, Term

__all__ = ["Author", "Comment", "Filed", "Head", "Item", "Record", "Term", "read"]
