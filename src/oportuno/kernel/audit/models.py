"""The audit trail."""

from __future__ import annotations

from django.db import models

from oportuno.kernel.isolation import PrivateModel


class AuditEntry(PrivateModel):
    """One sensitive action: who did what to which object, and why. Nobody can change or remove it."""

    number = models.BigIntegerField()
    at = models.DateTimeField()
    person_id = models.UUIDField(null=True)
    action = models.TextField()
    object_kind = models.TextField(default="")
    object_id = models.TextField(default="")
    reason = models.TextField(default="")
    data = models.JSONField(default=dict)
    digest = models.BinaryField()

    class Meta:
        db_table = "audit_entry"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "number"], name="audit_entry_number")]
