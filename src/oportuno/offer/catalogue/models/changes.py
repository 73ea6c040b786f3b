"""What a person changed many at once of, so that it can be undone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.isolation import PrivateModel


class BulkChange(PrivateModel):
    """One change of many offers. `before`: {offer id: what it was}; undone once, and only where it still is as we left it."""

    class Kind(models.TextChoices):
        PUBLISH = "publish", _("Published")
        HIDE = "hide", _("Hidden")
        PRICE = "price", _("Prices changed")
        CATEGORY = "category", _("Category changed")
        ARCHIVE = "archive", _("Archived")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    count = models.PositiveIntegerField()
    by_id = models.UUIDField()
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "bulk_change"
        indexes = [models.Index(fields=["organisation_id", "-id"], name="bulk_change_latest")]
