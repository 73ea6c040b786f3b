"""Front door: e-books."""

from oportuno.offer.ebooks.actions.forgetting import forget_person
from oportuno.offer.ebooks.actions.keeping import Choice, ask_edition, keep_book, show_book
from oportuno.offer.ebooks.actions.making import make_edition
from oportuno.offer.ebooks.models import Book, Edition
from oportuno.offer.ebooks.queries.books import Chapter, Shelved, addresses, count, shelf_page, shown_book, shown_edition, tasks
from oportuno.offer.ebooks.queries.colours import Colours, connect

__all__ = [
    "Book",
    "Chapter",
    "Choice",
    "Colours",
    "Edition",
    "Shelved",
    "addresses",
    "ask_edition",
    "connect",
    "count",
    "forget_person",
    "keep_book",
    "make_edition",
    "shelf_page",
    "show_book",
    "shown_book",
    "shown_edition",
    "tasks",
]
