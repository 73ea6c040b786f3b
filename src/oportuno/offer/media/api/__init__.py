"""Front door: pictures and documents."""

from oportuno.offer.media.actions import draw_picture, keep_document, keep_picture, keep_picture_from
from oportuno.offer.media.api.handing_out import download
from oportuno.offer.media.models import Document, Picture, drawing_address
from oportuno.offer.media.queries import document_for, pictures

__all__ = [
    "Document",
    "Picture",
    "document_for",
    "download",
    "draw_picture",
    "drawing_address",
    "keep_document",
    "keep_picture",
    "keep_picture_from",
    "pictures",
]
