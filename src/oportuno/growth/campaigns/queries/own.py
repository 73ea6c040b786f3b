"""Rows of the organisation we act for, named in the query: the first lock before the database's own (threat T02)."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import QuerySet

from oportuno.kernel.isolation import PrivateModel, acting_organisation

Row = TypeVar("Row", bound=PrivateModel)


def own(model: type[Row]) -> QuerySet[Row]:
    """All of one kind, to be read, held or changed. Raises Broken when nobody said for whom this acts."""
    return model._default_manager.filter(organisation_id=acting_organisation())
