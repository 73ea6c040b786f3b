"""Handing a private file to somebody whose view has asked for the permission."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse

from oportuno.kernel.errors import NotFound
from oportuno.offer.media.queries.files import document_for

SANDBOX = "default-src 'none'; sandbox"


def download(document: UUID) -> FileResponse:
    """The file as an attachment that no browser will interpret (threat T09). Raises NotFound."""
    found, path = document_for(document)
    if not path.exists():
        raise NotFound
    response = FileResponse(path.open("rb"), as_attachment=True, filename=found.name, content_type=found.content_type)
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, no-store"
    return response
