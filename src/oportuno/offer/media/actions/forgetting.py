"""Private files that are wanted no more."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from oportuno.offer.media.actions.storing import remove
from oportuno.offer.media.models import Document


def forget_documents(ids: Collection[UUID]) -> int:
    """Remove private files of the organisation we act for, on disk once this is committed; how many."""
    found = list(Document.objects.filter(pk__in=list(ids)))
    paths = [Path(settings.PRIVATE_ROOT) / one.path for one in found]
    Document.objects.filter(pk__in=[one.pk for one in found]).delete()
    transaction.on_commit(lambda: remove(paths))
    return len(found)
