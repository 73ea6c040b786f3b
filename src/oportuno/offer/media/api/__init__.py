"""Front door: pictures and documents."""

from oportuno.offer.media.actions import Drawing, draw_pictures, fetch_picture, keep_document, keep_picture, pictures_from
from oportuno.offer.media.api.handing_out import download
from oportuno.offer.media.models import Document, Picture, drawing_address
from oportuno.offer.media.queries import document_for, is_kept, pictures

__all__ = [
    "Document",
    "Drawing",
    "Picture",
    "document_for",
    "download",
    "draw_pictures",
    "drawing_address",
    "fetch_picture",
    "is_kept",
    "keep_document",
    "keep_picture",
    "pictures",
    "pictures_from",
]
