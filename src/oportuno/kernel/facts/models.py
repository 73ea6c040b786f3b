"""The log's side tables. The log itself, `fact`, is a partitioned table that Django does not manage."""

from __future__ import annotations

from django.db import models


class FactKind(models.Model):
    """The name behind each number that the log keeps. See `log.kind_number`."""

    id = models.IntegerField(primary_key=True)
    name = models.TextField(unique=True)

    class Meta:
        db_table = "fact_kind"


class ReaderCursor(models.Model):
    """How far a reader has come. Moves in the transaction of the reader's own work."""

    name = models.TextField(primary_key=True)
    transaction = models.BigIntegerField(default=0)
    fact = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0)
    last_error = models.TextField(default="", blank=True)
    retry_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reader_cursor"


class ParkedFact(models.Model):
    """A fact that a reader could not take after several tries; the reader went on without it."""

    id = models.BigAutoField(primary_key=True)
    reader = models.TextField()
    fact = models.BigIntegerField()
    transaction = models.BigIntegerField()
    error = models.TextField()
    parked_at = models.DateTimeField()
    replayed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "parked_fact"
        constraints = [models.UniqueConstraint(fields=["reader", "fact"], name="parked_fact_once")]
