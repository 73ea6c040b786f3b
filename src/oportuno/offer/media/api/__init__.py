"""Front door: pictures, documents, the library and what uses it, channels, collections and pieces."""

from oportuno.offer.media.actions.files import Drawing, draw_pictures, fetch_picture, keep_document, keep_picture, pictures_from
from oportuno.offer.media.actions.forgetting import forget_documents
from oportuno.offer.media.actions.library import Said, describe_item, keep_item
from oportuno.offer.media.actions.pieces import Telling, make_piece, show_piece, text_of
from oportuno.offer.media.api.contents import picture_contents
from oportuno.offer.media.api.handing_out import download
from oportuno.offer.media.api.picking import pickers
from oportuno.offer.media.models import Collection, Document, Find, Item, Picture, Piece, drawing_address
from oportuno.offer.media.queries.files import document_for, is_kept, pictures
from oportuno.offer.media.queries.library import item_for, items
from oportuno.offer.media.queries.pieces import (
    PAGE,
    as_mark,
    mark_of,
    own_pieces,
    shown_collection,
    shown_collections,
    shown_piece,
    shown_pieces,
    where_told,
)
from oportuno.offer.media.queries.shown import shown_files, shown_pictures
from oportuno.offer.media.queries.tasks import tasks
from oportuno.offer.media.queries.usage import Use, add_usage, uses_of
from oportuno.offer.media.queries.vertical import categories, connect, for_whom, personas, stages
from oportuno.offer.media.queries.watched import holders_of, untold

__all__ = [
    "PAGE",
    "Collection",
    "Document",
    "Drawing",
    "Find",
    "Item",
    "Picture",
    "Piece",
    "Said",
    "Telling",
    "Use",
    "add_usage",
    "as_mark",
    "categories",
    "connect",
    "describe_item",
    "document_for",
    "download",
    "draw_pictures",
    "drawing_address",
    "fetch_picture",
    "for_whom",
    "forget_documents",
    "holders_of",
    "is_kept",
    "item_for",
    "items",
    "keep_document",
    "keep_item",
    "keep_picture",
    "make_piece",
    "mark_of",
    "own_pieces",
    "personas",
    "pickers",
    "picture_contents",
    "pictures",
    "pictures_from",
    "show_piece",
    "shown_collection",
    "shown_collections",
    "shown_files",
    "shown_pictures",
    "shown_piece",
    "shown_pieces",
    "stages",
    "tasks",
    "text_of",
    "untold",
    "uses_of",
    "where_told",
]
