"""Finding files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings

from oportuno.kernel.errors import NotFound
from oportuno.offer.media.models import Document, Picture


def pictures(ids: Iterable[UUID]) -> dict[UUID, Picture]:
    """Pictures by id, in one query; those we may not see are left out."""
    return Picture.objects.in_bulk([i for i in ids if i])


def is_kept(document: UUID) -> bool:
    """Whether the organisation we act for keeps this document."""
    return Document.objects.filter(pk=document).exists()


def document_for(document: UUID) -> tuple[Document, Path]:
    """A private file of the organisation we act for, and where it lies. Raises NotFound."""
    found = Document.objects.filter(pk=document).first()
    if found is None:
        raise NotFound
    return found, Path(settings.PRIVATE_ROOT) / found.path
