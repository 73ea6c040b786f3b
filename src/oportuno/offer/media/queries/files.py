"""Finding files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import acting
from oportuno.kernel.statements import Statement
from oportuno.offer.media.models import Document, Picture

BY_ID: Statement[Picture] = Statement(lambda ids: Picture.objects.filter(pk__among=ids))


def pictures(ids: Iterable[UUID]) -> dict[UUID, Picture]:
    """Pictures by id, in one query; those we may not see are left out."""
    asked = [i for i in ids if i]
    return {one.pk: one for one in BY_ID.all(ids=asked)} if asked else {}


def is_kept(document: UUID) -> bool:
    """Whether the organisation we act for keeps this document."""
    return _own().filter(pk=document).exists()


def document_for(document: UUID) -> tuple[Document, Path]:
    """A private file of the organisation we act for, and where it lies. Raises NotFound."""
    found = _own().filter(pk=document).first()
    if found is None:
        raise NotFound
    return found, Path(settings.PRIVATE_ROOT) / found.path


def _own() -> QuerySet[Document]:
    """Documents of the organisation we act for; all of them when we act for the market."""
    return Document.objects.all() if acting().role == "market" else Document.objects.filter(organisation_id=acting().organisation)
