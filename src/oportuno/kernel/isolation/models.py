"""The shape of a private table."""

from __future__ import annotations

from typing import Any

from django.db import models

from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation.context import acting_organisation


class OrganisationField(models.IntegerField):  # type: ignore[type-arg]
    """The organisation that owns a row; by default the one we act for. Marks a table as private."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", acting_organisation)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)


class SiblingKey(models.ForeignKey):  # type: ignore[type-arg]
    """A reference to a private row of the same organisation.

    `Isolate` adds the foreign key (organisation, id), so that no row points into another organisation,
    whatever the code does. Django's own single-column constraint would only cost time beside it.
    """

    def __init__(self, to: Any, on_delete: Any = models.CASCADE, **kwargs: Any) -> None:
        kwargs.setdefault("related_name", "+")
        kwargs["db_constraint"] = False
        super().__init__(to, on_delete, **kwargs)


class PrivateModel(models.Model):
    """A row of one organisation. Its migration lists `Isolate("<Model>")` right after CreateModel."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation_id = OrganisationField()

    class Meta:
        abstract = True
