"""Where documents show what."""

from __future__ import annotations

from django.db import models

from oportuno.kernel.isolation import PrivateModel


class Used(PrivateModel):
    """A document names a thing: `place` is its table, `holder` its row there.

    The database writes these down itself, in the statement that writes the document (a trigger that `media_watch` puts on its table):
    whoever brings, restores or copies documents cannot forget it, and nothing that is used is taken for unused.
    """

    place = models.CharField(max_length=63)
    holder = models.UUIDField()
    item_id = models.UUIDField()

    class Meta:
        db_table = "media_used"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "place", "holder", "item_id"], name="media_used_once")]
        indexes = [models.Index(fields=["organisation_id", "item_id"], name="media_used_where")]
