"""Visitors: who agreed to be recognised by a cookie, and whom an organisation knows them to be."""

from __future__ import annotations

from django.db import models

from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import PrivateModel, SiblingKey
from oportuno.people.audience.models.contact import Contact


class Visitor(models.Model):
    """A browser whose owner accepted the notice. The id stands in a cookie of our own; nothing else tells who it is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    accepted_at = models.DateTimeField()
    notice_version = models.CharField(max_length=20)
    language = models.CharField(max_length=8)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "visitor"


class KnownVisitor(PrivateModel):
    """In this organisation, the visitor is that contact: he identified himself. The last one he said he is counts."""

    visitor_id = models.UUIDField()
    contact = SiblingKey(Contact)
    at = models.DateTimeField()

    class Meta:
        db_table = "known_visitor"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "visitor_id"], name="known_visitor_once")]
        indexes = [models.Index(fields=["visitor_id"], name="known_visitor_id")]


class Pace(models.Model):
    """How often something was done lately: `key` is a digest of what and from where. Kept for a day."""

    key = models.CharField(max_length=64, primary_key=True, db_collation="C")
    since = models.DateTimeField()
    times = models.IntegerField(default=1)

    class Meta:
        db_table = "audience_pace"
        indexes = [models.Index(fields=["since"], name="audience_pace_since")]
